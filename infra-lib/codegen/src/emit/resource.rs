//! Bindings of a resource type: handle, properties, property types.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use infra_schema::model::{Definition, Property, ResourceType, Shape, Type};
use infra_schema::rust_names;

use super::shared::{SharedTypes, list_names};
use super::types::{self, Place};
use super::{NameClash, claim_name, doc, enums};
use crate::docs::TypeDocs;

/// Maximum number of required properties that are arguments of `new`. More are named fields, since arguments of one
/// type can be swapped unnoticed.
pub(crate) const POSITIONAL: usize = 2;

/// Attributes that are omitted because another one is the same and has the same Rust name.
pub(crate) const SAME: [(&str, &str); 1] = [("AWS::EKS::Cluster", "CertificateAuthority.Data")];

pub(super) fn emit_resource(
    out: &mut String,
    ty: &ResourceType,
    docs: TypeDocs<'_, '_>,
    shared: &mut SharedTypes,
) -> Result<(), NameClash> {
    let name = rust_names::to_pascal_case(ty.short_name());
    let place = Place { ty, owner: None };
    let returns = match ty.ref_returns.kind {
        Some(kind) => types::render_reference_type(kind, &ty.name),
        None => "rt::String".to_owned(),
    };
    out.push_str("rt::resource_type! {\n");
    doc::write_doc_comment(out, "    ", &resource_doc(ty, docs));
    let _ = writeln!(
        out,
        "    Cfn{name}, Cfn{name}Props, \"{}\", ref: {returns}\n}}",
        ty.name
    );

    let settable: Vec<&Property> = ty
        .properties
        .iter()
        .filter(|property| !property.read_only)
        .collect();
    emit_constructor(out, "", place, &format!("Cfn{name}"), &settable, docs)?;
    emit_attributes(out, ty, &name, docs)?;

    let reachable = reachable_definitions(ty);
    let has_enum = settable
        .iter()
        .any(|property| enums::is_closed(innermost_shape(&property.shape)));
    if reachable.is_empty() && !has_enum {
        return Ok(());
    }
    let _ = writeln!(out, "/// Property types of [`Cfn{name}`].");
    let _ = writeln!(
        out,
        "pub mod {} {{\n    use crate::rt;",
        rust_names::to_snake_case(ty.short_name())
    );
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for definition in &reachable {
        claim_name(
            &mut seen,
            ty,
            rust_names::to_pascal_case(definition),
            "property types or enumerations",
        )?;
    }
    let mut own = BTreeSet::new();
    for definition in ty
        .definitions
        .iter()
        .filter(|definition| reachable.contains(&*definition.name))
    {
        if let Some((module, same)) = shared.find_or_insert(ty, definition) {
            emit_exports(out, ty, definition, &module, &same);
            continue;
        }
        own.insert(&*definition.name);
        if definition.alias.is_some() {
            continue;
        }
        let name = rust_names::to_pascal_case(&definition.name);
        let text = doc::escape_markdown(docs.find_definition_text(&definition.name));
        out.push_str("    rt::property_type! {\n");
        let text = if text.is_empty() {
            format!("The property type `{}`.", definition.name)
        } else {
            text
        };
        doc::write_doc_comment(out, "        ", &text);
        let _ = writeln!(out, "        {name}\n    }}");
        let settable: Vec<&Property> = definition
            .properties
            .iter()
            .filter(|property| !property.read_only)
            .collect();
        let place = Place {
            ty,
            owner: Some(definition),
        };
        if required_properties(&settable).len() > POSITIONAL {
            claim_name(
                &mut seen,
                ty,
                format!("{name}Required"),
                "property types or enumerations",
            )?;
        }
        emit_constructor(out, "    ", place, &name, &settable, docs)?;
    }
    enums::emit_enums(out, ty, &own, &mut seen)?;
    out.push_str("}\n");
    Ok(())
}

/// Exports a property type of another module, or of this one under another name, with what belongs to it.
fn emit_exports(
    out: &mut String,
    ty: &ResourceType,
    definition: &Definition,
    module: &str,
    same: &str,
) {
    let is_own = module == rust_names::to_snake_case(ty.short_name());
    let path = if is_own {
        "self".to_owned()
    } else {
        format!("super::{module}")
    };
    let own = rust_names::to_pascal_case(&definition.name);
    for name in list_names(definition) {
        let end = name.strip_prefix(&own).unwrap_or_default();
        let from = format!("{same}{end}");
        let renamed = if from == name {
            String::new()
        } else {
            format!(" as {name}")
        };
        let _ = writeln!(out, "    pub use {path}::{from}{renamed};");
    }
}

fn resource_doc(ty: &ResourceType, docs: TypeDocs<'_, '_>) -> String {
    let mut text = doc::escape_markdown(docs.find_resource_text());
    let mut facts = Vec::new();
    if ty.stateful {
        facts.push("Stateful: deletion or replacement loses its data.".to_owned());
    }
    if ty.deprecated {
        facts.push("AWS has announced the end of this type.".to_owned());
    }
    let page = ty
        .name
        .trim_start_matches("AWS::")
        .replace("::", "-")
        .to_lowercase();
    facts.push(format!(
        "[`{}`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-{page}.html)",
        ty.name
    ));
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text + &facts.join("\n\n")
}

pub(super) fn required_properties<'p>(settable: &[&'p Property]) -> Vec<&'p Property> {
    settable
        .iter()
        .copied()
        .filter(|property| property.required)
        .collect()
}

/// Writes `new` and the setters of a property struct.
fn emit_constructor(
    out: &mut String,
    indent: &str,
    place: Place<'_>,
    name: &str,
    settable: &[&Property],
    docs: TypeDocs<'_, '_>,
) -> Result<(), NameClash> {
    let owner = place.owner.map_or("", |definition| &definition.name);
    let required = required_properties(settable);
    let comment = |property: &Property| {
        doc::describe_property(
            docs.find_property_text(owner, &property.name),
            property,
            place.owner.is_none(),
        )
    };
    // `CfnBucketProps` has the resource's properties, `CfnBucketRequired` the required ones.
    let props = if place.owner.is_none() {
        format!("{name}Props")
    } else {
        name.to_owned()
    };

    if required.len() > POSITIONAL {
        let _ = writeln!(
            out,
            "{indent}/// Required properties of [`{props}`]. Create the fields with `value(…)`."
        );
        let _ = writeln!(
            out,
            "{indent}#[derive(Clone, Debug)]\n{indent}pub struct {name}Required {{"
        );
        for property in &required {
            doc::write_doc_comment(out, &format!("{indent}    "), &comment(property));
            let ty = types::render_property_type(place, property);
            let _ = writeln!(
                out,
                "{indent}    pub {}: rt::Value<{ty}>,",
                rust_names::to_snake_case(&property.name)
            );
        }
        let _ = writeln!(out, "{indent}}}");
    }

    let _ = writeln!(out, "{indent}impl {props} {{");
    new(out, indent, place, name, &required);
    let mut seen = BTreeSet::new();
    for property in settable {
        let method = rust_names::to_snake_case(&property.name);
        claim_name(&mut seen, place.ty, method.clone(), "properties")?;
        doc::write_doc_comment(out, &format!("{indent}    "), &comment(property));
        let ty = types::render_property_type(place, property);
        let _ = writeln!(
            out,
            "{indent}    pub fn {method}(mut self, value: impl rt::IntoValue<{ty}>) -> Self {{ self.0.set(\"{}\", value); self }}",
            property.name
        );
    }
    let _ = writeln!(out, "{indent}}}");
    Ok(())
}

fn new(out: &mut String, indent: &str, place: Place<'_>, name: &str, required: &[&Property]) {
    let arguments: Vec<String> = if required.len() > POSITIONAL {
        vec![format!("required: {name}Required")]
    } else {
        let argument = |property: &&Property| {
            format!(
                "{}: impl rt::IntoValue<{}>",
                rust_names::to_snake_case(&property.name),
                types::render_property_type(place, property)
            )
        };
        required.iter().map(argument).collect()
    };
    let text = match required.len() {
        0 => "Creates the properties, all unset.",
        1 | POSITIONAL => "Creates the properties from the required ones.",
        _ => "Creates the properties from the required ones, by name.",
    };
    let _ = writeln!(out, "{indent}    /// {text}");
    let _ = write!(
        out,
        "{indent}    pub fn new({}) -> Self {{ ",
        arguments.join(", ")
    );
    if required.is_empty() {
        out.push_str("Self(rt::Props::new()) }\n");
        return;
    }
    out.push_str("let mut props = rt::Props::new(); ");
    for property in required {
        let argument = rust_names::to_snake_case(&property.name);
        if required.len() > POSITIONAL {
            // The type of the field would suffice, but a reference can also be used as plain text.
            let ty = types::render_property_type(place, property);
            let _ = write!(
                out,
                "props.set::<{ty}>(\"{}\", required.{argument}); ",
                property.name
            );
        } else {
            let _ = write!(out, "props.set(\"{}\", {argument}); ", property.name);
        }
    }
    out.push_str("Self(props) }\n");
}

fn emit_attributes(
    out: &mut String,
    ty: &ResourceType,
    name: &str,
    docs: TypeDocs<'_, '_>,
) -> Result<(), NameClash> {
    if ty.attributes.is_empty() {
        return Ok(());
    }
    let place = Place { ty, owner: None };
    let _ = writeln!(out, "impl Cfn{name}<'_> {{");
    let mut seen = BTreeSet::new();
    for attribute in &ty.attributes {
        if SAME.contains(&(&*ty.name, &*attribute.name)) {
            continue;
        }
        let method = format!("attr_{}", rust_names::to_bare_snake_case(&attribute.name));
        claim_name(&mut seen, ty, method.clone(), "attributes")?;
        let text = doc::escape_markdown(docs.find_attribute_text(&attribute.name));
        let text = if text.is_empty() {
            format!("Returns the attribute `{}` (`Fn::GetAtt`).", attribute.name)
        } else {
            text
        };
        doc::write_doc_comment(out, "    ", &text);
        let returns = types::render_attribute_type(place, &attribute.shape);
        let _ = writeln!(
            out,
            "    pub fn {method}(&self) -> rt::Value<{returns}> {{ self.0.attr_value(\"{}\") }}",
            attribute.name
        );
    }
    out.push_str("}\n");
    Ok(())
}

/// Returns the names of the definitions in settable properties.
fn reachable_definitions(ty: &ResourceType) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut queue: Vec<&Property> = ty.properties.iter().collect();
    while let Some(property) = queue.pop() {
        if property.read_only {
            continue;
        }
        if let Type::Definition(name) = &innermost_shape(&property.shape).ty
            && let Some(definition) = ty.definition(name)
            && found.insert(&*definition.name)
        {
            queue.extend(&definition.properties);
        }
    }
    found
}

pub(super) fn innermost_shape(shape: &Shape) -> &Shape {
    match &shape.ty {
        Type::List(inner) | Type::Map(inner) => innermost_shape(inner),
        _ => shape,
    }
}
