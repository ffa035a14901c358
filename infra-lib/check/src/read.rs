//! Reads the text of a template, and reports why it cannot be read.

use infra_core::codes;
use infra_template::{TemplateError, read_tree};
use infra_yaml::{Limits, Position, read_json};

use crate::finding::Findings;
use crate::tree::{Kind, Value};

/// Returns the root of the template, or `None` with a finding if the text is not a document.
pub(crate) fn read_template(text: &str, findings: &mut Findings) -> Option<Value> {
    if let Some(at) = find_json_comment(text) {
        let finding =
            infra_core::Diagnostic::new(codes::NOT_A_DOCUMENT, "comments are not allowed in JSON")
                .help("remove the comment, or write it as YAML, where a comment starts with `#`");
        findings.add_diagnostic(finding, (at, at));
        return None;
    }
    let tree = match read_tree(text) {
        Ok(tree) => Value::from_node(tree),
        Err(error) => {
            report_error(&error, findings);
            return None;
        }
    };
    if !matches!(tree.kind, Kind::Map(_)) {
        let message = format!("a template is a map of sections, found {}", tree.describe());
        findings.add(codes::WRONG_FORM, tree.span, message);
        return None;
    }
    Some(tree)
}

fn report_error(error: &TemplateError, findings: &mut Findings) {
    let at = error.position().unwrap_or(Position::START);
    let message = error.message();
    let duplicate = message.find("duplicate key");
    let (code, message) = match (error.first_position(), duplicate) {
        (Some(_), Some(from)) => (codes::DUPLICATE_KEY, &message[from..]),
        _ => (codes::NOT_A_DOCUMENT, message),
    };
    let draft = findings.add_diagnostic(infra_core::Diagnostic::new(code, message), (at, at));
    if let Some(first) = error.first_position() {
        draft.related.push(("first used here".to_owned(), first));
        draft
            .help("remove one of the two: CloudFormation keeps the last one and ignores the other");
    }
}

/// Returns the position of a comment as JavaScript writes them, in a text that is JSON otherwise.
fn find_json_comment(text: &str) -> Option<Position> {
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !begins.starts_with('{') {
        return None;
    }
    let at = read_json(text, &Limits::default()).err()?.position()?;
    let line = text
        .lines()
        .nth(usize::try_from(at.line).ok()?.checked_sub(1)?)?;
    let column = usize::try_from(at.column).ok()?.checked_sub(1)?;
    let rest: String = line.chars().skip(column).collect();
    (rest.starts_with("//") || rest.starts_with("/*")).then_some(at)
}
