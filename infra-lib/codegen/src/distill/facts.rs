//! Facts of a registry schema about the whole type: identifiers, paths, tags.

use std::collections::{BTreeMap, BTreeSet};

use infra_schema::model::{Path, Property, ResourceType, Type};
use infra_schema::{RefReturns, Replacement, TagShape, Tags};
use serde_json::Value;

use super::json::string_items;
use super::paths;

/// Removes unused definitions; schemas contain some for their handlers only.
pub(super) fn prune_definitions(ty: &mut ResourceType) {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut queue: Vec<&Property> = ty.properties.iter().collect();
    while let Some(property) = queue.pop() {
        let mut names = Vec::new();
        paths::collect_definitions(&property.shape, &mut names);
        for name in names {
            if used.insert(name.to_owned()) {
                let mut definitions = ty.definitions.iter();
                let definition = definitions.find(|definition| definition.name == name);
                queue.extend(
                    definition
                        .into_iter()
                        .flat_map(|definition| &definition.properties),
                );
            }
        }
    }
    ty.definitions
        .retain(|definition| used.contains(&*definition.name));
}

pub(super) fn read_facts(
    ty: &mut ResourceType,
    schema: &Value,
    notes: &mut BTreeMap<&'static str, usize>,
) {
    let mut list = |key: &str| -> Vec<Path> {
        let mut found: Vec<Path> = Vec::new();
        for pointer in string_items(&schema[key]) {
            match paths::resolve_pointer(ty, &pointer) {
                Some(path) => found.push(path),
                None => *notes.entry("paths that lead nowhere").or_default() += 1,
            }
        }
        found
    };
    let primary_identifier = list("primaryIdentifier");
    let [
        mut read_only,
        mut create_only,
        mut may_replace,
        mut write_only,
        mut deprecated,
    ] = [
        "readOnlyProperties",
        "createOnlyProperties",
        "conditionalCreateOnlyProperties",
        "writeOnlyProperties",
        "deprecatedProperties",
    ]
    .map(&mut list);
    for sorted in [
        &mut read_only,
        &mut create_only,
        &mut may_replace,
        &mut write_only,
        &mut deprecated,
    ] {
        // Nested ones first, in the order in which the model is read.
        sorted.sort_by_key(|path| (path.is_top_level(), path.clone()));
        sorted.dedup();
    }
    ty.additional_identifiers = schema["additionalIdentifiers"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|set| {
            string_items(set)
                .iter()
                .filter_map(|pointer| paths::resolve_pointer(ty, pointer))
                .collect::<Vec<Path>>()
        })
        .filter(|set| !set.is_empty())
        .collect();
    ty.primary_identifier = primary_identifier;
    ty.read_only = read_only;
    ty.create_only = create_only;
    ty.conditional_create_only = may_replace;
    ty.write_only = write_only;
    ty.deprecated_paths = deprecated;
    ty.ref_returns = RefReturns::from_properties(ty.primary_identifier.clone());
    ty.replacement = match schema["replacementStrategy"].as_str() {
        Some("delete_then_create") => Some(Replacement::DeleteFirst),
        Some("create_then_delete") => Some(Replacement::CreateFirst),
        _ => None,
    };
    ty.deprecated = schema["lifecycle"].is_object();
    ty.tags = read_tags(ty, schema);
}

fn read_tags(ty: &ResourceType, schema: &Value) -> Option<Tags> {
    let pointer = schema["tagging"]["tagProperty"]
        .as_str()
        .unwrap_or("/properties/Tags");
    let property = ty.property(pointer.rsplit('/').next()?)?;
    if schema["tagging"]["taggable"] == Value::Bool(false) {
        return None;
    }
    let shape = match &property.shape.ty {
        Type::List(_) => TagShape::List,
        Type::Map(_) | Type::Json => TagShape::Map,
        _ => return None,
    };
    Some(Tags::new(property.name.clone(), shape))
}
