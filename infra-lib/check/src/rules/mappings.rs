//! Mappings: two levels of keys, with scalars or lists as values.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html>

use infra_core::codes;
use infra_yaml::Span;

use super::expect_map;
use crate::finding::Findings;
use crate::function::TRANSFORM;
use crate::model::Model;
use crate::tree::{Kind, Value};

pub(super) fn check_mappings<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    for entry in &model.mappings.entries {
        if is_transform(&entry.value) {
            continue;
        }
        let Some(top) = expect_entries(
            &entry.value,
            &format!("the mapping `{}`", entry.key),
            findings,
        ) else {
            continue;
        };
        for second in &top.entries {
            if is_transform(&second.value) || second.key == TRANSFORM {
                continue;
            }
            let owner = format!("the key `{}` of the mapping `{}`", second.key, entry.key);
            let Some(values) = expect_entries(&second.value, &owner, findings) else {
                continue;
            };
            for value in values.entries.iter().filter(|value| value.key != TRANSFORM) {
                check_name(&value.key, value.key_span, findings);
                check_value(&value.value, findings);
            }
        }
    }
}

fn is_transform(value: &Value) -> bool {
    value.argument_of(TRANSFORM).is_some()
}

fn expect_entries<'t>(
    value: &'t Value,
    owner: &str,
    findings: &mut Findings,
) -> Option<&'t crate::tree::Map> {
    if value.as_call().is_some() {
        let message = format!("{owner} is a map of literals, found an intrinsic function");
        findings.add(codes::FUNCTION_NOT_ALLOWED, value.span, message);
        return None;
    }
    expect_map(value, owner, findings)
}

/// Reports a name of a value that is not alphanumeric.
fn check_name(name: &str, span: Span, findings: &mut Findings) {
    // Names of a loop whose items are unknown.
    if name.starts_with("Fn::") || name.contains(['$', '&']) {
        return;
    }
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let message = format!("the name `{name}` of a value of a mapping is not alphanumeric");
        findings
            .add(codes::WRONG_FORM, span, message)
            .help("use letters and digits only");
    }
}

fn check_value(value: &Value, findings: &mut Findings) {
    let problem = match &value.kind {
        Kind::Call(_) if is_transform(value) => return,
        Kind::Call(_) => {
            let message = "a value of a mapping is a literal, found an intrinsic function";
            findings.add(codes::FUNCTION_NOT_ALLOWED, value.span, message);
            return;
        }
        Kind::List(items) => match items.iter().find(|item| item.scalar_text().is_none()) {
            Some(item) => item,
            None => return,
        },
        Kind::Map(_) | Kind::Null => value,
        _ => return,
    };
    let message = format!(
        "a value of a mapping is text or a list of text, found {}",
        problem.describe()
    );
    findings.add(codes::WRONG_FORM, problem.span, message);
}
