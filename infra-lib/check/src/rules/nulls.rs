//! `null`, which CloudFormation refuses everywhere in a template. The properties of resources are checked with their schema.

use std::collections::BTreeSet;

use infra_core::codes;
use infra_yaml::Position;

use crate::finding::Findings;
use crate::model::Model;
use crate::tree::{Kind, Value};

/// Reports every `null` that no other rule has reported.
pub(super) fn check_nulls<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    let known: BTreeSet<Position> = findings.drafts.iter().map(|draft| draft.span.0).collect();
    let mut found = Vec::new();
    collect_nulls(model.root, String::new(), &mut found);
    for (subject, value) in found {
        if !known.contains(&value.span.start) {
            let message = format!("{subject} is `null`, which is not allowed in templates");
            findings
                .add(codes::WRONG_FORM, value.span, message)
                .help("remove it, or give it a value");
        }
    }
}

/// Collects the values that are `null`, each with words for its place: a key, or an item of the list at a key.
fn collect_nulls<'t>(value: &'t Value, subject: String, found: &mut Vec<(String, &'t Value)>) {
    match &value.kind {
        Kind::Null => found.push((subject, value)),
        Kind::List(items) => {
            for item in items {
                let subject = if subject.starts_with("an item") {
                    subject.clone()
                } else {
                    format!("an item of {subject}")
                };
                collect_nulls(item, subject, found);
            }
        }
        Kind::Map(map) => {
            for entry in &map.entries {
                collect_nulls(&entry.value, format!("`{}`", entry.key), found);
            }
        }
        Kind::Call(call) => collect_nulls(&call.argument, format!("`{}`", call.name), found),
        _ => {}
    }
}
