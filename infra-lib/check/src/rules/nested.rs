//! Nested stacks whose templates are known: their parameters and outputs.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html>

use infra_core::codes;
use infra_yaml::Span;

use crate::finding::Findings;
use crate::function::FOR_EACH;
use crate::model::Model;

/// Compares the parameters that nested stacks get with those of their templates.
pub(super) fn check_parameters<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    for resource in &model.resources {
        let Some(child) = model
            .nested
            .get(resource.name())
            .filter(|child| !child.open)
        else {
            continue;
        };
        let written = resource.stack_parameters();
        let map = match written.map(|written| (written, written.as_map())) {
            None => None,
            Some((_, Some(map))) => Some(map),
            // A function, or a value of the wrong form.
            Some((_, None)) => continue,
        };
        let entries = map.map_or(&[][..], |map| &map.entries);
        if entries.iter().any(|entry| is_generated(&entry.key)) {
            continue;
        }
        for entry in entries {
            if !child.parameters.contains_key(&entry.key) {
                let message = format!("`{}` has no parameter `{}`", child.name, entry.key);
                findings
                    .add(codes::NESTED_PARAMETER, entry.key_span, message)
                    .suggest(&entry.key, child.parameters.keys().map(String::as_str));
            }
        }
        let required = child.parameters.iter().filter(|(_, required)| **required);
        for (name, _) in required {
            if entries.iter().any(|entry| entry.key == *name) {
                continue;
            }
            let span = written.map_or(resource.entry.key_span, |written| written.span);
            let message = format!(
                "the nested stack `{}` lacks the parameter `{name}`, which has no default in `{}`",
                resource.name(),
                child.name
            );
            findings.add(codes::NESTED_PARAMETER, span, message);
        }
    }
}

fn is_generated(key: &str) -> bool {
    key.starts_with(FOR_EACH) || key.starts_with("Fn::")
}

/// Reports an output that the template of a nested stack does not have. `attribute` is that of `Fn::GetAtt`.
pub(super) fn check_output(
    model: &Model<'_>,
    stack: &str,
    attribute: &str,
    span: Span,
    findings: &mut Findings,
) {
    let child = model.nested.get(stack).filter(|child| !child.open);
    let (Some(child), Some(output)) = (child, attribute.strip_prefix("Outputs.")) else {
        return;
    };
    if !child.outputs.contains(output) && !output.contains(['$', '&']) {
        let message = format!("`{}` has no output `{output}`", child.name);
        findings
            .add(codes::NESTED_OUTPUT, span, message)
            .suggest(output, child.outputs.iter().map(String::as_str));
    }
}
