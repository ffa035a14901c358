//! Property types that several resource types of a service have: one Rust type, which the others export again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use infra_schema::model::{Definition, Property, ResourceType, Type};
use infra_schema::rust_names;

use super::enums;
use super::resource::{POSITIONAL, innermost_shape, required_properties};
use super::types::{self, Place};

/// Property types that have the members of another one under a different name: resource type, name, name of the other.
/// Equal members alone are no reason: a tag and a parameter can both be a key and a value.
const RENAMED: [(&str, &str, &str); 2] = [
    (
        "AWS::DynamoDB::GlobalTable",
        "GlobalSecondaryIndexKeySchema",
        "KeySchemaItem",
    ),
    (
        "AWS::DynamoDB::Table",
        "GlobalSecondaryIndexKeySchema",
        "KeySchemaItem",
    ),
];

/// The property types of a service that are written so far, by name and members.
#[derive(Default)]
pub(super) struct SharedTypes {
    /// Module of the first resource type that has it.
    modules: BTreeMap<String, String>,
}

impl SharedTypes {
    /// Returns the module and the Rust name of an equal property type that is already written, or registers this one.
    pub(super) fn find_or_insert(
        &mut self,
        ty: &ResourceType,
        definition: &Definition,
    ) -> Option<(String, String)> {
        let module = rust_names::to_snake_case(ty.short_name());
        let renamed = RENAMED
            .iter()
            .find(|(resource, name, _)| *resource == ty.name && *name == definition.name)
            .and_then(|(_, _, other)| ty.definition(other));
        let wanted = renamed.unwrap_or(definition);
        let key = describe(ty, wanted);
        let name = rust_names::to_pascal_case(&wanted.name);
        match self.modules.get(&key) {
            Some(first) => Some((first.clone(), name)),
            // The other name stands in the same module, which registers it on its own turn.
            None if renamed.is_some() => Some((module, name)),
            None => {
                self.modules.insert(key, module);
                None
            }
        }
    }
}

/// Returns the Rust names that belong to a property type: its own, that of its required properties, and those of its
/// enumerations.
pub(super) fn list_names(definition: &Definition) -> Vec<String> {
    let name = rust_names::to_pascal_case(&definition.name);
    let settable: Vec<&Property> = definition
        .properties
        .iter()
        .filter(|property| !property.read_only)
        .collect();
    let enumerations = settable
        .iter()
        .filter(|property| enums::is_closed(innermost_shape(&property.shape)))
        .map(|property| rust_names::enumeration_name(Some(definition), property));
    let mut found: Vec<String> = enumerations.collect();
    if required_properties(&settable).len() > POSITIONAL {
        found.push(format!("{name}Required"));
    }
    found.push(name);
    found
}

/// Returns a text that is equal for property types with the same name, members and nested types. Limits of a member are
/// no part of its Rust type: synthesis checks them by the schema of the resource type.
fn describe(ty: &ResourceType, definition: &Definition) -> String {
    let mut text = String::new();
    let mut seen = BTreeSet::new();
    let mut queue = vec![definition];
    while let Some(definition) = queue.pop() {
        if !seen.insert(&*definition.name) {
            continue;
        }
        let values = definition.alias.as_ref().map(|shape| &shape.values);
        let _ = write!(text, "#{} {values:?}", definition.name);
        let place = Place {
            ty,
            owner: Some(definition),
        };
        for property in definition.properties.iter().filter(|one| !one.read_only) {
            let inner = innermost_shape(&property.shape);
            let _ = write!(
                text,
                "; {} {} {} {:?}",
                property.name,
                property.required,
                types::render_property_type(place, property),
                inner.values
            );
            if let Type::Definition(name) = &inner.ty {
                queue.extend(ty.definition(name));
            }
        }
    }
    text
}
