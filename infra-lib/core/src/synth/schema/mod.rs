//! Validates literals against the schema of their resource type, for bindings and untyped properties alike.
//!
//! Schemas can be wrong: a value missing from an enumeration, or a pattern that does not match, is a warning that can be acknowledged for one
//! property. A violation that CloudFormation is certain to refuse is an error.

mod pattern;
mod references;
mod rules;
mod scalar;
mod walk;

use infra_schema::ResourceType;
use infra_schema::nearest::find_nearest;

use super::Synth;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::template::{Template, TemplateResource};

pub(super) fn check_schemas(synth: &mut Synth) {
    synth.check_templates(|template, findings| {
        for resource in &template.resources {
            let mut found = Vec::new();
            check_resource(template, resource, &mut found);
            let id = &resource.logical_id;
            findings.extend(found.into_iter().map(|finding| finding.logical_id(id)));
        }
    });
}

fn check_resource(template: &Template, resource: &TemplateResource, found: &mut Vec<Diagnostic>) {
    let type_name = &*resource.type_name;
    // A macro generates the properties, so they are unknown here.
    if resource.properties.get("Fn::Transform").is_some() {
        return;
    }
    let Some(schema) = infra_schema::resource(type_name) else {
        if !is_third_party(type_name) && !is_serverless(template, type_name) {
            found.push(unknown_type_finding(type_name));
        }
        return;
    };
    if schema.deprecated {
        found.push(
            Diagnostic::new(
                codes::DEPRECATED_PROPERTY,
                format!("`{type_name}` is closed to new users"),
            )
            .help("use the service that AWS recommends instead"),
        );
    }
    walk::Walk {
        template,
        schema,
        found,
    }
    .check_properties(&resource.properties);
}

/// Returns `true` for custom resources and third-party types, which have no schema here.
fn is_third_party(type_name: &str) -> bool {
    type_name.starts_with("Custom::")
        || (type_name.matches("::").count() >= 2 && !type_name.starts_with("AWS::"))
}

/// Returns `true` for types that the serverless macro expands before CloudFormation validates the template.
fn is_serverless(template: &Template, type_name: &str) -> bool {
    type_name.starts_with("AWS::Serverless::")
        && template
            .transforms
            .iter()
            .any(|name| name.starts_with("AWS::Serverless-"))
}

fn unknown_type_finding(type_name: &str) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::UNKNOWN_RESOURCE_TYPE,
        format!(
            "the resource type `{type_name}` is not in the schemas of {}",
            infra_schema::SCHEMA_DATE
        ),
    )
    .actual(type_name);
    match infra_schema::nearest_type(type_name) {
        // A name that resembles a known one is a typing error, not a type that is newer than the schemas.
        Some(close) => finding
            .severity(Severity::Error)
            .help(format!("did you mean `{close}`?")),
        None => finding.help(
            "check the name, in the format `AWS::Service::Resource`, or `Custom::Name` for a custom resource; acknowledge the finding if AWS added the type later",
        ),
    }
}

/// Returns `true` if `Fn::GetAtt` of the attribute yields a list.
pub(super) fn is_list_attribute(type_name: &str, attribute: &str) -> bool {
    // Each output of a nested stack is text; the registry describes all of them as one list.
    if is_nested_output(type_name, attribute) {
        return false;
    }
    infra_schema::resource(type_name)
        .and_then(|schema| schema.attribute(attribute))
        .is_some_and(|found| matches!(found.shape.ty, infra_schema::Type::List(_)))
}

fn is_nested_output(type_name: &str, attribute: &str) -> bool {
    type_name == "AWS::CloudFormation::Stack" && attribute.starts_with("Outputs.")
}

/// Returns a finding if the resource type is known and has no attribute of that name.
pub(super) fn unknown_attribute_finding(type_name: &str, attribute: &str) -> Option<Diagnostic> {
    let schema: &ResourceType = infra_schema::resource(type_name)?;
    if schema.open || schema.attribute(attribute).is_some() {
        return None;
    }
    // The outputs of a nested stack are not part of its schema.
    if is_nested_output(type_name, attribute) {
        return None;
    }
    let names: Vec<&str> = schema.attributes.iter().map(|known| &*known.name).collect();
    let expected = if names.is_empty() {
        "none: use `Ref`".to_owned()
    } else {
        names.join(", ")
    };
    let finding = Diagnostic::new(
        codes::UNKNOWN_ATTRIBUTE,
        format!("`{type_name}` has no attribute `{attribute}`"),
    )
    .actual(attribute)
    .expected(expected);
    Some(match find_nearest(attribute, names) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None => finding,
    })
}
