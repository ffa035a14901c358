//! Marks and attributes that follow from the paths of a type.

use std::collections::BTreeSet;

use infra_schema::model::{Attribute, Path, Property, ResourceType, Type};
use infra_schema::{Definition, Shape};

use super::paths;

/// Sets the marks of properties and of members of definitions.
pub(super) fn set_marks(ty: &mut ResourceType) {
    type Mark = fn(&mut Property);
    let lists: [(Vec<Path>, Mark); 4] = [
        (ty.create_only.clone(), |property| {
            property.create_only = true;
        }),
        (ty.conditional_create_only.clone(), |property| {
            property.conditional_create_only = true;
        }),
        (ty.write_only.clone(), |property| property.write_only = true),
        (ty.deprecated_paths.clone(), |property| {
            property.deprecated = true;
        }),
    ];
    for (list, mark) in lists {
        for path in list {
            if let Some(property) = property_at(ty, &path) {
                mark(property);
            }
        }
    }
    mark_read_only(ty);
}

fn property_at<'t>(ty: &'t mut ResourceType, path: &Path) -> Option<&'t mut Property> {
    if path.is_top_level() {
        return ty
            .properties
            .iter_mut()
            .find(|property| property.name == path.0);
    }
    let (owner, name) = paths::find_destination(ty, path)?;
    let definition = ty
        .definitions
        .iter_mut()
        .find(|definition| definition.name == owner)?;
    definition
        .properties
        .iter_mut()
        .find(|property| property.name == name)
}

/// Marks a member of a definition as read-only if it is read-only at every settable place of the definition.
fn mark_read_only(ty: &mut ResourceType) {
    let top: Vec<Path> = ty
        .read_only
        .iter()
        .filter(|path| path.is_top_level())
        .cloned()
        .collect();
    for path in top {
        if let Some(property) = property_at(ty, &path) {
            property.read_only = true;
        }
    }
    let nested: Vec<(Path, String, String)> = ty
        .read_only
        .iter()
        .filter(|path| !path.is_top_level())
        .filter_map(|path| {
            let (owner, name) = paths::find_destination(ty, path)?;
            Some((path.clone(), owner, name))
        })
        .collect();
    for (_, owner, name) in &nested {
        let here: BTreeSet<&str> = nested
            .iter()
            .filter(|(_, other, member)| other == owner && member == name)
            .filter_map(|(path, ..)| path.0.rsplit_once('/').map(|(parent, _)| parent))
            .map(|parent| parent.trim_end_matches("/*"))
            .collect();
        if here.len() < count_uses(ty, owner) {
            continue;
        }
        let definition = ty
            .definitions
            .iter_mut()
            .find(|definition| definition.name == *owner);
        let member = definition.and_then(|definition| {
            definition
                .properties
                .iter_mut()
                .find(|member| member.name == *name)
        });
        if let Some(member) = member {
            member.read_only = true;
        }
    }
}

/// Returns the number of settable members that have this definition.
fn count_uses(ty: &ResourceType, name: &str) -> usize {
    let definitions = ty
        .definitions
        .iter()
        .flat_map(|definition| &definition.properties);
    ty.properties
        .iter()
        .filter(|property| !property.read_only)
        .chain(definitions)
        .filter(|property| paths::innermost_definition(&property.shape) == Some(name))
        .count()
}

/// Returns the attributes that follow from the read-only paths.
pub(super) fn list_attributes(ty: &ResourceType) -> Vec<Attribute> {
    let mut found = Vec::new();
    for path in &ty.read_only {
        if path.0.contains('*') {
            continue;
        }
        let steps: Vec<&str> = path.steps().collect();
        let mut shape = ty.property(steps[0]).map(|property| &property.shape);
        for step in &steps[1..] {
            shape = shape
                .and_then(|shape| find_definition(ty, shape))
                .and_then(|definition| definition.property(step))
                .map(|property| &property.shape);
        }
        if let Some(shape) = shape {
            expand_attribute(ty, &steps.join("."), shape, 0, &mut found);
        }
    }
    found.sort_by(|a: &Attribute, b| a.name.cmp(&b.name));
    found.dedup_by(|a, b| a.name == b.name);
    found
}

fn find_definition<'t>(ty: &'t ResourceType, shape: &Shape) -> Option<&'t Definition> {
    match &shape.ty {
        Type::Definition(name) => ty.definition(name),
        _ => None,
    }
}

fn expand_attribute(
    ty: &ResourceType,
    name: &str,
    shape: &Shape,
    depth: usize,
    found: &mut Vec<Attribute>,
) {
    match find_definition(ty, shape) {
        Some(definition) if definition.alias.is_none() => {
            for property in definition.properties.iter().filter(|_| depth < 4) {
                let name = format!("{name}.{}", property.name);
                expand_attribute(ty, &name, &property.shape, depth + 1, found);
            }
        }
        enumeration => found.push(Attribute::new(
            name.to_owned(),
            match enumeration {
                Some(_) => Shape::from_type(Type::String),
                None => strip_shape(shape),
            },
        )),
    }
}

/// Removes constraints, which do not matter for a value that AWS sets, and keeps the resources it names.
fn strip_shape(shape: &Shape) -> Shape {
    let mut bare = Shape::from_type(match &shape.ty {
        Type::List(inner) => Type::List(Box::new(strip_shape(inner))),
        Type::Map(inner) => Type::Map(Box::new(strip_shape(inner))),
        Type::Definition(_) => Type::Json,
        other => other.clone(),
    });
    bare.targets.clone_from(&shape.targets);
    let format = shape.format.clone();
    bare.format = format.filter(|format| !format.starts_with("AWS::"));
    bare
}
