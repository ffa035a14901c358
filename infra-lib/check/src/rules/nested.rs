//! Nested stacks whose templates are known: their parameters and outputs.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html>

use infra_core::codes;
use infra_yaml::Span;

use crate::finding::Findings;
use crate::function::{FOR_EACH, IF};
use crate::model::{Child, Model, Resource, Scenario};
use crate::tree::{Entry, Value, condition_name};

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
        let mut check = StackCheck {
            model,
            resource,
            child,
            scenario: resource.condition.iter().map(|own| (*own, true)).collect(),
        };
        match resource.stack_parameters() {
            None => check.check_entries(&[], resource.entry.key_span, findings),
            Some(written) => check.check_value(written, findings),
        }
    }
}

/// A nested stack with its template, and the conditions that hold at the current place.
struct StackCheck<'a, 't> {
    model: &'t Model<'t>,
    resource: &'a Resource<'t>,
    child: &'a Child,
    scenario: Scenario<'t>,
}

impl<'t> StackCheck<'_, 't> {
    /// Checks the parameters of the stack, in every branch of `Fn::If` that can be taken.
    fn check_value(&mut self, written: &'t Value, findings: &mut Findings) {
        if let Some(map) = written.as_map() {
            self.check_entries(&map.entries, written.span, findings);
        } else if written.as_ref_name() == Some("AWS::NoValue") {
            self.check_entries(&[], written.span, findings);
        } else if let Some([condition, then, otherwise]) =
            written.argument_of(IF).and_then(Value::as_list)
            && let Some(name) = condition_name(condition)
        {
            for (branch, holds) in [(then, true), (otherwise, false)] {
                self.scenario.push((name, holds));
                if self.model.conditions.can_hold(&self.scenario) {
                    self.check_value(branch, findings);
                }
                self.scenario.pop();
            }
        }
    }

    fn check_entries(&self, entries: &[Entry], span: Span, findings: &mut Findings) {
        let child = self.child;
        if entries.iter().any(|entry| is_generated(&entry.key)) {
            return;
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
            let message = format!(
                "the nested stack `{}` lacks the parameter `{name}`, which has no default in `{}`",
                self.resource.name(),
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
