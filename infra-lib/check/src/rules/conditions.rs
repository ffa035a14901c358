//! The section `Conditions`: the form of each condition, and conditions that depend on themselves.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html>

use std::collections::BTreeMap;

use infra_core::codes;

use super::graph::{Graph, list_cycles};
use crate::finding::Findings;
use crate::function::CONDITION;
use crate::model::Model;
use crate::tree::{Kind, Value};

/// Functions that return true or false.
const BOOLEAN: [&str; 5] = ["Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals", CONDITION];

pub(super) fn check_conditions<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    for entry in &model.condition_entries.entries {
        if !is_condition(&entry.value) {
            let message = format!("the condition `{}` is not a condition function", entry.key);
            findings
                .add(codes::WRONG_FORM, entry.value.span, message)
                .update(|diagnostic| diagnostic.expected(BOOLEAN.join(", ")));
        }
    }
    report_circles(model, findings);
}

/// Reports every condition that depends on itself.
fn report_circles<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    let entries = &model.condition_entries.entries;
    let numbers: BTreeMap<&str, usize> = (0..)
        .zip(entries)
        .map(|(number, entry)| (entry.key.as_str(), number))
        .collect();
    let uses = |value: &'t Value| {
        let mut used = Vec::new();
        collect_used(value, &mut used);
        used.into_iter()
            .filter_map(|name| numbers.get(name).copied())
            .collect()
    };
    let graph: Graph = entries.iter().map(|entry| uses(&entry.value)).collect();
    for number in list_cycles(&graph).into_iter().flatten() {
        let entry = entries[number];
        let message = format!("the condition `{}` depends on itself", entry.key);
        findings.add(codes::WRONG_FORM, entry.key_span, message);
    }
}

/// Returns `true` for a function that returns true or false. Macros are unknown.
pub(super) fn is_condition(value: &Value) -> bool {
    value
        .as_call()
        .is_some_and(|call| BOOLEAN.contains(&call.name.as_str()) || call.name == "Fn::Transform")
}

fn collect_used<'t>(value: &'t Value, used: &mut Vec<&'t str>) {
    match &value.kind {
        Kind::List(items) => items.iter().for_each(|item| collect_used(item, used)),
        Kind::Call(call) if call.name == CONDITION => used.extend(call.argument.as_text()),
        Kind::Call(call) => collect_used(&call.argument, used),
        _ => {}
    }
}
