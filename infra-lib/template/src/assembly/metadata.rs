//! Reads and writes the metadata of a stack artifact: source locations of resources, annotations, and tags in assemblies of older versions.

use std::collections::BTreeMap;

use infra_core::AllowedInterruption;
use serde_json::{Value as JsonValue, json};

use super::{Annotation, ResourceOrigin, Stack};

/// Type of the entry that holds the interruption which a construct allows.
const AVAILABILITY: &str = "infra:availability";

/// Returns the origins of resources by logical ID.
pub(super) fn read_origins(metadata: &JsonValue) -> BTreeMap<String, ResourceOrigin> {
    let mut found = BTreeMap::new();
    each_origin(metadata, |logical_id, origin| {
        found.insert(logical_id.to_owned(), origin);
    });
    found
}

/// Returns the origins of resources by construct path, which is unique across nested stacks.
pub(super) fn read_origins_by_path(metadata: &JsonValue) -> BTreeMap<String, ResourceOrigin> {
    let mut found = BTreeMap::new();
    each_origin(metadata, |_, origin| {
        found.insert(origin.construct_path.clone(), origin);
    });
    found
}

fn each_origin(metadata: &JsonValue, mut take: impl FnMut(&str, ResourceOrigin)) {
    for (path, entries) in metadata.as_object().into_iter().flatten() {
        let entries = || entries.as_array().into_iter().flatten();
        let of_type = |name: &'static str| entries().filter(move |entry| entry["type"] == name);
        for entry in of_type("aws:cdk:logicalId") {
            let Some(logical_id) = entry["data"].as_str() else {
                continue;
            };
            let origin = ResourceOrigin {
                construct_path: path.trim_start_matches('/').to_owned(),
                source: read_source(&entry["trace"]),
                moved_from: of_type("infra:moved-from")
                    .filter_map(|entry| Some(entry["data"].as_str()?.to_owned()))
                    .collect(),
            };
            take(logical_id, origin);
        }
    }
}

/// Returns the limits of interruptions by construct path. A value that a newer version wrote counts as the strictest limit.
pub(super) fn read_limits(metadata: &JsonValue) -> BTreeMap<String, AllowedInterruption> {
    let mut found = BTreeMap::new();
    for (path, entries) in metadata.as_object().into_iter().flatten() {
        let entries = entries.as_array().into_iter().flatten();
        let limits = entries
            .filter(|entry| entry["type"] == AVAILABILITY)
            .map(|entry| {
                let word = entry["data"].as_str().unwrap_or_default();
                AllowedInterruption::from_word(word).unwrap_or(AllowedInterruption::None)
            });
        if let Some(strictest) = limits.min() {
            found.insert(path.trim_start_matches('/').to_owned(), strictest);
        }
    }
    found
}

/// Returns the metadata that [`read_origins`] and the reader of annotations understand.
pub(super) fn render_metadata(stack: &Stack, annotations: &[&Annotation]) -> JsonValue {
    let mut paths: BTreeMap<String, Vec<JsonValue>> = BTreeMap::new();
    for (logical_id, origin) in &stack.origins {
        let mut entry = json!({ "type": "aws:cdk:logicalId", "data": logical_id });
        if let Some(source) = &origin.source {
            entry["trace"] = json!([source]);
        }
        let entries = paths
            .entry(format!("/{}", origin.construct_path))
            .or_default();
        entries.push(entry);
        let former = origin.moved_from.iter();
        entries.extend(former.map(|path| json!({ "type": "infra:moved-from", "data": path })));
    }
    for (path, allowed) in &stack.interruption_limits {
        let entries = paths.entry(format!("/{path}")).or_default();
        entries.push(json!({ "type": AVAILABILITY, "data": allowed.as_str() }));
    }
    for annotation in annotations {
        let entries = paths.entry(format!("/{}", annotation.path)).or_default();
        entries.push(json!({ "type": annotation.level.entry_type(), "data": annotation.message }));
    }
    json!(paths)
}

/// Returns the tags of the stack, which assemblies before schema version 50 may list in their metadata only.
pub(super) fn read_tags(metadata: &JsonValue) -> BTreeMap<String, String> {
    let paths = metadata.as_object().into_iter().flatten();
    let entries = paths.flat_map(|(_, entries)| entries.as_array().into_iter().flatten());
    entries
        .filter(|entry| entry["type"] == "aws:cdk:stack-tags")
        .flat_map(|entry| entry["data"].as_array().into_iter().flatten())
        .filter_map(|tag| {
            // The CDK writes keys in the case of CloudFormation, and reads both cases.
            let text = |upper: &str, lower: &str| tag[upper].as_str().or(tag[lower].as_str());
            Some((
                text("Key", "key")?.to_owned(),
                text("Value", "value")?.to_owned(),
            ))
        })
        .collect()
}

/// Returns the source location of a trace with a single entry, as this project writes it. Stack traces of the CDK are ignored, because their lines
/// are not those of a Rust program.
fn read_source(trace: &JsonValue) -> Option<String> {
    match trace.as_array()?.as_slice() {
        [only] => Some(only.as_str()?.to_owned()),
        _ => None,
    }
}
