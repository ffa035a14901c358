//! Enumerations: an open type for each named enumeration, and for each property with listed values.
//!
//! An inline enumeration is named after its property and the property's owner, independent of other enumerations, so
//! that its path is stable.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use infra_schema::model::{ResourceType, Shape, Text, Type};
use infra_schema::rust_names;

use super::{NameClash, claim_name, doc};

/// Returns `true` if the values of a text are listed.
pub(crate) fn is_closed(shape: &Shape) -> bool {
    shape.ty == Type::String && !shape.values.is_empty()
}

/// Writes all enumerations of a resource type.
pub(super) fn emit_enums(
    out: &mut String,
    ty: &ResourceType,
    reachable: &BTreeSet<&str>,
    seen: &mut BTreeSet<String>,
) -> Result<(), NameClash> {
    for definition in ty
        .definitions
        .iter()
        .filter(|definition| reachable.contains(&*definition.name))
    {
        if let Some(alias) = &definition.alias {
            let text = format!("Known values of `{}`.", definition.name);
            write_enum(
                out,
                &rust_names::to_pascal_case(&definition.name),
                &text,
                &alias.values,
            );
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
        let shape = innermost_shape(&property.shape);
        if property.read_only || !is_closed(shape) {
            continue;
        }
        let name = rust_names::enumeration_name(owner, property);
        claim_name(seen, ty, name.clone(), "property types or enumerations")?;
        let place = owner.map_or_else(String::new, |owner| format!("{}.", owner.name));
        write_enum(
            out,
            &name,
            &format!("Known values of `{place}{}`.", property.name),
            &shape.values,
        );
    }
    Ok(())
}

fn innermost_shape(shape: &Shape) -> &Shape {
    match &shape.ty {
        Type::List(inner) | Type::Map(inner) => innermost_shape(inner),
        _ => shape,
    }
}

fn write_enum(out: &mut String, name: &str, text: &str, values: &[Text]) {
    let mut lines = String::new();
    let mut left = Vec::new();
    for (value, constant) in rust_names::name_constants(values) {
        match constant {
            Some(constant) => {
                let _ = writeln!(lines, "            {constant} = {value:?},");
            }
            None => left.push(format!("`{value}`")),
        }
    }
    out.push_str("    rt::string_enum! {\n");
    doc::write_doc_comment(out, "        ", text);
    if !left.is_empty() {
        let text = format!(
            "\nValues without a constant, since another one has the same name: {}.",
            left.join(", ")
        );
        doc::write_doc_comment(out, "        ", &text);
    }
    let _ = write!(out, "        {name} {{\n{lines}        }}\n    }}\n");
}
