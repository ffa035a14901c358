//! Applies the rules of policy packs, and finds the place of each violation in the text.

use std::collections::BTreeSet;

use infra_packs::{Assessed, PackSet, Verdict};
use infra_yaml::Span;
use serde_json::{Value as JsonValue, json};

use crate::finding::Findings;
use crate::function::REF;
use crate::model::{Model, Resource};
use crate::tree::{Kind, Value};

/// Evaluates the rules of the packs of the options, and adds a finding for each violation.
pub(crate) fn assess_packs(
    model: &Model<'_>,
    name: &str,
    findings: &mut Findings,
) -> Vec<Assessed> {
    if model.options.packs.is_empty() {
        return Vec::new();
    }
    let set = PackSet::new(model.options.packs.iter().copied());
    let assessed = set.assess(name, &to_known_json(model.root, model));
    for result in &assessed {
        let Some(finding) = set.to_finding(result) else {
            continue;
        };
        let Some(resource) = model.resource(&result.logical_id) else {
            continue;
        };
        let property = finding.property.clone().unwrap_or_default();
        let span = find_span(resource, &property);
        findings.add_diagnostic(finding, (span.start, span.end));
    }
    assessed
}

/// Marks violations whose findings were removed as accepted.
pub(crate) fn mark_accepted(assessed: &mut [Assessed], findings: &Findings) {
    let remaining: BTreeSet<(&str, &str)> = findings
        .drafts
        .iter()
        .filter_map(|draft| {
            let logical_id = draft.diagnostic.logical_id.as_deref()?;
            Some((draft.diagnostic.code.as_str(), logical_id))
        })
        .collect();
    for result in assessed {
        let key = (result.rule.id(), result.logical_id.as_str());
        if matches!(result.verdict, Verdict::Failed { .. }) && !remaining.contains(&key) {
            result.verdict = Verdict::Accepted;
        }
    }
}

/// Returns the template as JSON, with the values of parameters that are given.
fn to_known_json(value: &Value, model: &Model<'_>) -> JsonValue {
    match &value.kind {
        Kind::Call(call) => match model.known_text(value) {
            Some(text) if call.name == REF => json!(text),
            _ => json!({ call.name.as_str(): to_known_json(&call.argument, model) }),
        },
        Kind::List(items) => items
            .iter()
            .map(|item| to_known_json(item, model))
            .collect(),
        Kind::Map(map) => {
            let entries = map.entries.iter();
            let entries =
                entries.map(|entry| (entry.key.clone(), to_known_json(&entry.value, model)));
            JsonValue::Object(entries.collect())
        }
        _ => value.to_json(),
    }
}

/// Returns the range of the deepest key on the way to a property, or of the logical ID.
fn find_span(resource: &Resource<'_>, property: &str) -> Span {
    let mut span = resource.entry.key_span;
    let mut at = resource.attribute("Properties");
    for step in property.split('.') {
        let Some(value) = at else {
            break;
        };
        let next = match &value.kind {
            Kind::Map(map) => map
                .find_entry(step)
                .map(|entry| (entry.key_span, &entry.value)),
            Kind::List(items) => {
                let index: Option<usize> = step.parse().ok();
                let item = index.and_then(|index| items.get(index));
                item.map(|item| (item.span, item))
            }
            _ => None,
        };
        let Some((found, inner)) = next else {
            break;
        };
        span = found;
        at = Some(inner);
    }
    span
}
