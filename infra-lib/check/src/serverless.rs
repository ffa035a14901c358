//! `null` in resources of the serverless transform, which takes several of them as absent.
//!
//! The transform reads the template before CloudFormation does. It leaves out a property of its own types that is `null`, and writes the definition of a
//! state machine as text, in which `null` has a meaning. It copies others, which CloudFormation rejects.

use infra_core::{Diagnostic, Severity, codes};

use crate::transforms::Transforms;
use crate::tree::{Entry, Kind, Map, Value};

/// Properties of the serverless transform whose content it copies to resources of CloudFormation.
const COPIED: [&str; 5] = [
    "Environment",
    "VpcConfig",
    "SSESpecification",
    "DefinitionBody",
    "DefinitionSubstitutions",
];

/// Returns the template without the `null`s that the serverless transform takes as absent.
pub(crate) fn resolve_nulls(mut root: Value) -> Value {
    let Kind::Map(sections) = &mut root.kind else {
        return root;
    };
    if !Transforms::of_template(sections).serverless {
        return root;
    }
    for defaults in maps_in(sections, "Globals") {
        drop_nulls(defaults);
    }
    for attributes in maps_in(sections, "Resources") {
        resolve_resource(attributes);
    }
    root
}

fn resolve_resource(attributes: &mut Map) {
    let written = attributes.get("Type").and_then(Value::as_text);
    let Some(type_name) = written.filter(|name| name.starts_with("AWS::Serverless::")) else {
        return;
    };
    let is_machine = type_name == "AWS::Serverless::StateMachine";
    attributes
        .entries
        .retain(|entry| entry.key != "DependsOn" || !is_null(entry));
    let Some(properties) = map_at(attributes, "Properties") else {
        return;
    };
    drop_nulls(properties);
    for event in maps_in(properties, "Events") {
        if let Some(properties) = map_at(event, "Properties") {
            drop_nulls(properties);
        }
    }
    let entries = properties.entries.iter_mut();
    for definition in entries.filter(|entry| is_machine && entry.key == "Definition") {
        write_as_text(&mut definition.value);
    }
}

/// Removes properties that are `null`, and tags without a value, which the transform gives an empty one.
fn drop_nulls(properties: &mut Map) {
    properties.entries.retain(|entry| !is_null(entry));
    if let Some(tags) = map_at(properties, "Tags") {
        tags.entries.retain(|entry| !is_null(entry));
    }
}

/// Replaces `null` by the text that the transform writes.
fn write_as_text(value: &mut Value) {
    match &mut value.kind {
        Kind::Null => value.kind = Kind::Text("null".to_owned()),
        Kind::List(items) => items.iter_mut().for_each(write_as_text),
        Kind::Map(map) => {
            let entries = map.entries.iter_mut();
            entries.for_each(|entry| write_as_text(&mut entry.value));
        }
        _ => {}
    }
}

fn is_null(entry: &Entry) -> bool {
    matches!(entry.value.kind, Kind::Null)
}

fn map_at<'m>(map: &'m mut Map, key: &str) -> Option<&'m mut Map> {
    let entry = map.entries.iter_mut().find(|entry| entry.key == key)?;
    match &mut entry.value.kind {
        Kind::Map(map) => Some(map),
        _ => None,
    }
}

/// Returns the maps among the entries of the map at a key.
fn maps_in<'m>(map: &'m mut Map, key: &str) -> impl Iterator<Item = &'m mut Map> + use<'m> {
    let entries = map_at(map, key).map(|map| map.entries.iter_mut());
    let values = entries.into_iter().flatten().map(|entry| &mut entry.value);
    values.filter_map(|value| match &mut value.kind {
        Kind::Map(map) => Some(map),
        _ => None,
    })
}

/// Gives a finding about `null` in a resource or the defaults of the serverless transform the severity that it has there: the transform decides whether
/// CloudFormation gets the `null`.
pub(crate) fn judge_null(mut finding: Diagnostic) -> Diagnostic {
    if finding.code == codes::NULL_VALUE {
        let mut steps = finding.property.iter().flat_map(|at| at.split('.'));
        let is_copied = steps.any(|step| COPIED.contains(&step));
        finding.severity = if is_copied {
            Severity::Error
        } else {
            Severity::Warning
        };
        finding = finding.note(if is_copied {
            "the serverless transform copies the value"
        } else {
            "the serverless transform reads the value, and copies it to some types"
        });
    }
    finding
}
