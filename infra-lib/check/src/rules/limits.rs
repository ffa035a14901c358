//! Quotas of templates.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>

use infra_core::{Code, Diagnostic, codes, quotas};
use infra_yaml::Position;

use crate::finding::Findings;
use crate::model::Model;
use crate::tree::Entry;

pub(super) fn check_limits<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    let resources = model
        .resources
        .iter()
        .map(|resource| resource.entry)
        .collect::<Vec<_>>();
    let sections: [(&str, &[&Entry], usize, Code); 4] = [
        ("resources", &resources, 500, codes::TOO_MANY_RESOURCES),
        (
            "parameters",
            &model.parameters.entries,
            200,
            codes::TOO_MANY_PARAMETERS,
        ),
        (
            "outputs",
            &model.outputs.entries,
            200,
            codes::TOO_MANY_OUTPUTS,
        ),
        (
            "mappings",
            &model.mappings.entries,
            200,
            codes::TOO_MANY_MAPPINGS,
        ),
    ];
    for (name, entries, limit, code) in sections {
        if let Some(first_over) = entries.get(limit) {
            let message = format!(
                "the template has {} {name}; the quota is {limit}",
                entries.len()
            );
            findings.add(code, first_over.key_span, message);
        }
    }
    let named = resources
        .iter()
        .chain(&model.parameters.entries)
        .chain(&model.outputs.entries);
    for entry in named.chain(&model.mappings.entries) {
        check_name(entry, findings);
    }
}

/// Maximum length of a logical ID in characters.
const NAME_LENGTH: usize = 255;

fn check_name(entry: &Entry, findings: &mut Findings) {
    let name = &entry.key;
    // The loop that makes the name has been reported, or its items are unknown.
    if name.contains(['$', '&']) {
        return;
    }
    let is_valid = !name.is_empty()
        && name.len() <= NAME_LENGTH
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_valid {
        findings
            .add(
                codes::INVALID_LOGICAL_ID,
                entry.key_span,
                format!("`{name}` is not a valid logical ID"),
            )
            .help("use letters and digits only, at most 255");
    }
}

/// Reports a template that is larger than CloudFormation accepts.
pub(crate) fn check_size(text: &str, findings: &mut Findings) {
    let (size, limit) = (text.len(), quotas::TEMPLATE_BYTES);
    if size > limit {
        let finding = Diagnostic::new(
            codes::TEMPLATE_TOO_LARGE,
            format!("the template has {size} bytes; the quota is {limit}"),
        )
        .help("split the template, or move a part of it to a nested stack");
        findings.add_diagnostic(finding, (Position::START, Position::START));
    }
}
