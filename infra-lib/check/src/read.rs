//! Reads the text of a template, and reports why it cannot be read.

use infra_core::{Diagnostic, codes};
use infra_template::{TemplateError, read_tree_with_duplicates};
use infra_yaml::DuplicateKey;

use crate::finding::Findings;
use crate::rules::limits::check_size;
use crate::tree::{Kind, Value};

/// Returns the root of the template, or `None` with a finding if the text is not a document.
pub(crate) fn read_template(text: &str, findings: &mut Findings) -> Option<Value> {
    let tree = match read_tree_with_duplicates(text) {
        Ok((tree, duplicates)) => {
            report_duplicates(&duplicates, findings);
            Value::from_node(tree)
        }
        Err(error) => {
            report_error(text, &error, findings);
            return None;
        }
    };
    if matches!(tree.kind, Kind::Null) {
        findings
            .add(codes::WRONG_FORM, tree.span, "the template is empty")
            .help("add the section `Resources` with one resource");
        return None;
    }
    if !matches!(tree.kind, Kind::Map(_)) {
        let message = format!("a template is a map of sections, found {}", tree.describe());
        findings.add(codes::WRONG_FORM, tree.span, message);
        return None;
    }
    Some(tree)
}

fn report_error(text: &str, error: &TemplateError, findings: &mut Findings) {
    let Some(at) = error.position() else {
        check_size(text, findings);
        return;
    };
    findings.add_diagnostic(
        Diagnostic::new(codes::NOT_A_DOCUMENT, message_of(error)),
        (at, at),
    );
}

/// Returns the message with its subject, which the reader leaves to its caller: "it is not valid YAML: …".
pub(crate) fn message_of(error: &TemplateError) -> String {
    match error.message().strip_prefix("it ") {
        Some(rest) => format!("the template {rest}"),
        None => error.message().to_owned(),
    }
}

fn report_duplicates(duplicates: &[DuplicateKey], findings: &mut Findings) {
    for duplicate in duplicates {
        findings
            .add(codes::DUPLICATE_KEY, duplicate.span, duplicate.message())
            .help("keep one of them: CloudFormation uses the last one and ignores the others")
            .related("first used here", duplicate.first);
    }
}
