//! Paths into a resource type: from JSON pointers to the model's form, and to the members they lead to.

use infra_schema::model::{Path, Property, ResourceType, Shape, Text, Type};
use serde_json::Value;

/// Converts a JSON pointer (`/properties/A/*/B`) to a path with `*` at every list; `None` if it leads nowhere.
pub(super) fn resolve_pointer(ty: &ResourceType, pointer: &str) -> Option<Path> {
    let mut steps: Vec<&str> = Vec::new();
    let mut at: Option<&Shape> = None;
    let mut rest = pointer
        .trim_start_matches('/')
        .split('/')
        .filter(|step| !matches!(*step, "properties" | "items" | "*" | "[*]"))
        .peekable();
    rest.peek()?;
    for step in rest {
        let property = match at {
            None => ty.property(step)?,
            Some(shape) => find_member(ty, shape, step, &mut steps)?,
        };
        steps.push(step);
        at = Some(&property.shape);
    }
    Some(Path(Text::from(steps.join("/"))))
}

fn find_member<'t>(
    ty: &'t ResourceType,
    mut shape: &'t Shape,
    name: &str,
    steps: &mut Vec<&str>,
) -> Option<&'t Property> {
    while let Type::List(inner) | Type::Map(inner) = &shape.ty {
        steps.push("*");
        shape = inner;
    }
    match &shape.ty {
        Type::Definition(definition) => ty.definition(definition)?.property(name),
        _ => None,
    }
}

/// Returns the definition and member at the end of a nested path.
pub(super) fn find_destination(ty: &ResourceType, path: &Path) -> Option<(String, String)> {
    let steps: Vec<&str> = path.steps().filter(|step| *step != "*").collect();
    let mut shape = &ty.property(steps.first()?)?.shape;
    let mut owner = None;
    for step in &steps[1..] {
        let definition = innermost_definition(shape)?;
        shape = &ty.definition(definition)?.property(step)?.shape;
        owner = Some(definition.to_owned());
    }
    Some((owner?, (*steps.last()?).to_owned()))
}

/// Returns the name of the definition that a shape is, or is a list or map of.
pub(super) fn innermost_definition(shape: &Shape) -> Option<&str> {
    match &innermost_shape(shape).ty {
        Type::Definition(name) => Some(name),
        _ => None,
    }
}

/// Adds the names of all definitions that a shape uses, also in the members of unions.
pub(super) fn collect_definitions<'t>(shape: &'t Shape, found: &mut Vec<&'t str>) {
    match &shape.ty {
        Type::Definition(name) => found.push(name),
        Type::List(inner) | Type::Map(inner) => collect_definitions(inner, found),
        Type::Union(members) => {
            for member in members {
                collect_definitions(member, found);
            }
        }
        _ => {}
    }
}

/// Returns the shape below all lists and maps.
pub(super) fn innermost_shape(shape: &Shape) -> &Shape {
    match &shape.ty {
        Type::List(inner) | Type::Map(inner) => innermost_shape(inner),
        _ => shape,
    }
}

/// Returns the shape below all lists and maps, for changes.
pub(super) fn innermost_mut(shape: &mut Shape) -> &mut Shape {
    if !matches!(shape.ty, Type::List(_) | Type::Map(_)) {
        return shape;
    }
    match &mut shape.ty {
        Type::List(inner) | Type::Map(inner) => innermost_mut(inner),
        _ => unreachable!("lists and maps only"),
    }
}

/// Returns the source's node of a member of an object, including members of its alternatives.
pub(super) fn member_node<'n>(node: &'n Value, name: &str) -> &'n Value {
    if !node["properties"][name].is_null() {
        return &node["properties"][name];
    }
    let alternatives = ["oneOf", "anyOf", "allOf"]
        .iter()
        .filter_map(|key| node[*key].as_array());
    alternatives
        .flatten()
        .map(|alternative| member_node(alternative, name))
        .find(|found| !found.is_null())
        .unwrap_or(&Value::Null)
}
