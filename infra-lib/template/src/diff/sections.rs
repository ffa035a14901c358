//! Compares the template outside its resources: outputs, parameters, conditions, mappings, and the tags of the stack.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as JsonValue};

use super::compare::is_same_value;
use crate::Template;
use crate::review::SectionChange;

/// Sections that are compared separately or have no effect in AWS.
const APART: [&str; 3] = ["AWSTemplateFormatVersion", "Metadata", "Resources"];

/// Sections that are a single value instead of named entries.
const WHOLE: [&str; 2] = ["Description", "Transform"];

/// Returns the entries that differ, by section and name.
pub(super) fn compare_sections(old: &Template, new: &Template) -> Vec<SectionChange> {
    let names: BTreeSet<&String> = old.document().keys().chain(new.document().keys()).collect();
    let mut found = Vec::new();
    for section in names {
        if APART.contains(&section.as_str()) {
            continue;
        }
        let (before, after) = (old.document().get(section), new.document().get(section));
        let entries = |value: Option<&JsonValue>| match value {
            Some(JsonValue::Object(map)) if !WHOLE.contains(&section.as_str()) => map.clone(),
            Some(other) => Map::from_iter([(String::new(), other.clone())]),
            None => Map::new(),
        };
        compare_entries(section, &entries(before), &entries(after), &mut found);
    }
    found
}

/// Returns the tags of the stack that differ.
pub(super) fn compare_tags(
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) -> Vec<SectionChange> {
    let entries = |tags: &BTreeMap<String, String>| {
        let entries = tags
            .iter()
            .map(|(key, value)| (key.clone(), value.clone().into()));
        entries.collect::<Map<String, JsonValue>>()
    };
    let mut found = Vec::new();
    compare_entries("Tags", &entries(old), &entries(new), &mut found);
    found
}

fn compare_entries(
    section: &str,
    old: &Map<String, JsonValue>,
    new: &Map<String, JsonValue>,
    found: &mut Vec<SectionChange>,
) {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let (before, after) = (old.get(name), new.get(name));
        if before
            .zip(after)
            .is_some_and(|(before, after)| is_same_value(before, after))
        {
            continue;
        }
        found.push(SectionChange {
            section: section.to_owned(),
            name: name.clone(),
            before: before.cloned(),
            after: after.cloned(),
        });
    }
}
