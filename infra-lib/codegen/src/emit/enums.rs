//! Enumerations: one open type per named enumeration, and per property that lists its values.
//!
//! An inline enumeration is named after its property and the property's owner, whatever other
//! enumerations exist, so that its path never moves.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use infra_schema::model::{Definition, Property, ResourceType, Shape, Text, Type};

use super::{Clash, claim, doc};
use crate::names;

/// Inline enumerations whose own name is taken by a property type of the same resource.
const RENAMED: &[(&str, &str, &str)] = &[];

/// Whether a text's values are listed.
pub(super) fn is_closed(shape: &Shape) -> bool {
    shape.ty == Type::String && !shape.values.is_empty()
}

/// Name of the enumeration at a property.
pub(super) fn inline_name(
    ty: &ResourceType,
    owner: Option<&Definition>,
    property: &Property,
) -> String {
    let owner = owner.map_or_else(String::new, |owner| names::pascal(&owner.name));
    let name = format!("{owner}{}", names::pascal(&property.name));
    let renamed = RENAMED
        .iter()
        .find(|(resource, from, _)| *resource == ty.name && *from == name);
    renamed.map_or(name, |(_, _, to)| (*to).to_owned())
}

/// Writes all enumerations of a resource type.
pub(super) fn emit(
    out: &mut String,
    ty: &ResourceType,
    reachable: &BTreeSet<&str>,
    seen: &mut BTreeSet<String>,
) -> Result<(), Clash> {
    for definition in ty
        .definitions
        .iter()
        .filter(|definition| reachable.contains(&*definition.name))
    {
        if let Some(alias) = &definition.alias {
            let text = format!("Values of `{}`.", definition.name);
            one(out, &names::pascal(&definition.name), &text, &alias.values);
        }
    }
    let top = ty.properties.iter().map(|property| (None, property));
    let nested = ty
        .definitions
        .iter()
        .filter(|definition| reachable.contains(&*definition.name))
        .flat_map(|definition| {
            definition
                .properties
                .iter()
                .map(move |property| (Some(definition), property))
        });
    for (owner, property) in top.chain(nested) {
        let shape = innermost(&property.shape);
        if property.read_only || !is_closed(shape) {
            continue;
        }
        let name = inline_name(ty, owner, property);
        claim(seen, ty, name.clone(), "property types or enumerations")?;
        let place = owner.map_or_else(String::new, |owner| format!("{}.", owner.name));
        one(
            out,
            &name,
            &format!("Values of `{place}{}`.", property.name),
            &shape.values,
        );
    }
    Ok(())
}

fn innermost(shape: &Shape) -> &Shape {
    match &shape.ty {
        Type::List(inner) | Type::Map(inner) => innermost(inner),
        _ => shape,
    }
}

fn one(out: &mut String, name: &str, text: &str, values: &[Text]) {
    // Values that differ only in case or punctuation: the first in byte order gets the constant,
    // the others are left to `other`.
    let mut sorted: Vec<&Text> = values.iter().collect();
    sorted.sort();
    let mut constants: BTreeSet<String> = BTreeSet::new();
    let mut lines = String::new();
    let mut left = Vec::new();
    for value in sorted {
        match names::constant(value) {
            Some(constant) if constants.insert(constant.clone()) => {
                let _ = writeln!(lines, "            {constant} = {value:?},");
            }
            _ => left.push(format!("`{value}`")),
        }
    }
    out.push_str("    rt::string_enum! {\n");
    doc::write(out, "        ", text);
    if !left.is_empty() {
        let text = format!(
            "\nWithout a constant, since one of like spelling has it: {}.",
            left.join(", ")
        );
        doc::write(out, "        ", &text);
    }
    let _ = write!(out, "        {name} {{\n{lines}        }}\n    }}\n");
}
