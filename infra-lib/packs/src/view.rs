//! The resources of a template by logical ID and by type.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// A resource of a template.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resource<'t> {
    pub(crate) logical_id: &'t str,
    pub(crate) type_name: &'t str,
    /// Attributes such as `DeletionPolicy`, and `Properties`.
    pub(crate) attributes: &'t Map<String, Value>,
}

impl<'t> Resource<'t> {
    pub(crate) fn properties(&self) -> Option<&'t Value> {
        self.attributes.get("Properties")
    }
}

/// The resources of a template, and the values of its parameters that are known.
#[derive(Debug)]
pub(crate) struct View<'t> {
    pub(crate) resources: Vec<Resource<'t>>,
    by_id: HashMap<&'t str, usize>,
    by_type: HashMap<&'t str, Vec<usize>>,
}

impl<'t> View<'t> {
    pub(crate) fn new(template: &'t Value) -> Self {
        let entries = template.get("Resources").and_then(Value::as_object);
        let resources: Vec<Resource<'t>> = entries
            .into_iter()
            .flatten()
            .filter_map(|(logical_id, value)| {
                let attributes = value.as_object()?;
                Some(Resource {
                    logical_id,
                    type_name: attributes.get("Type")?.as_str()?,
                    attributes,
                })
            })
            .collect();
        let mut by_type: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut by_id = HashMap::new();
        for (at, resource) in resources.iter().enumerate() {
            by_type.entry(resource.type_name).or_default().push(at);
            by_id.insert(resource.logical_id, at);
        }
        Self {
            resources,
            by_id,
            by_type,
        }
    }

    pub(crate) fn of_type(&self, type_name: &str) -> impl Iterator<Item = &Resource<'t>> {
        let places = self.by_type.get(type_name).map_or(&[][..], Vec::as_slice);
        places.iter().map(|at| &self.resources[*at])
    }

    pub(crate) fn find(&self, logical_id: &str) -> Option<&Resource<'t>> {
        self.by_id.get(logical_id).map(|at| &self.resources[*at])
    }
}

/// Returns the name and the argument of an intrinsic function.
pub(crate) fn as_call(value: &Value) -> Option<(&str, &Value)> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    let (name, argument) = map.iter().next()?;
    (name == "Ref" || name.starts_with("Fn::")).then_some((name.as_str(), argument))
}

/// Returns `true` if a value is, or contains, a reference to a resource.
pub(crate) fn refers_to(value: &Value, logical_id: &str) -> bool {
    if let Some((name, argument)) = as_call(value) {
        match (name, argument) {
            ("Ref", Value::String(target)) => return target == logical_id,
            ("Fn::GetAtt", Value::String(target)) => {
                return target.split('.').next() == Some(logical_id);
            }
            ("Fn::GetAtt", Value::Array(items)) => {
                return items.first().and_then(Value::as_str) == Some(logical_id);
            }
            ("Fn::Sub", Value::String(text)) => return names_in_text(text, logical_id),
            ("Fn::Sub", Value::Array(items)) => {
                let text = items.first().and_then(Value::as_str).unwrap_or_default();
                return names_in_text(text, logical_id)
                    || items.get(1).is_some_and(|map| refers_to(map, logical_id));
            }
            _ => {}
        }
    }
    match value {
        Value::Array(items) => items.iter().any(|item| refers_to(item, logical_id)),
        Value::Object(map) => map.values().any(|inner| refers_to(inner, logical_id)),
        _ => false,
    }
}

/// Returns `true` if the text of `Fn::Sub` contains `${Name}` or `${Name.Attribute}`.
fn names_in_text(text: &str, logical_id: &str) -> bool {
    text.split("${").skip(1).any(|part| {
        let name = part.split(['}', '.']).next();
        name == Some(logical_id)
    })
}

/// Returns the logical ID that `Ref` or `Fn::GetAtt` names.
pub(crate) fn referred_id(value: &Value) -> Option<&str> {
    match as_call(value)? {
        ("Ref", Value::String(target)) => Some(target),
        ("Fn::GetAtt", Value::String(target)) => target.split('.').next(),
        ("Fn::GetAtt", Value::Array(items)) => items.first()?.as_str(),
        _ => None,
    }
}
