//! Checks the attributes that `Fn::GetAtt` reads.

use infra_schema::ResourceType;
use infra_schema::nearest::find_nearest;

use crate::diagnostic::{Diagnostic, Severity, codes};

/// Page of AWS about `Fn::GetAtt`, which refers to the page of the resource type for its attributes.
const GET_ATT_PAGE: &str = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html";

/// Returns `true` if `Fn::GetAtt` of the attribute yields a list.
pub fn is_list_attribute(type_name: &str, attribute: &str) -> bool {
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
///
/// Some types return the values of their properties as well, although their page does not list them as attributes. A property that can be set is
/// therefore a warning.
pub fn attribute_finding(type_name: &str, attribute: &str) -> Option<Diagnostic> {
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
    if schema.property(attribute).is_some() {
        let message =
            format!("`{type_name}` does not document its property `{attribute}` as an attribute");
        let finding = Diagnostic::new(codes::UNKNOWN_ATTRIBUTE, message)
            .severity(Severity::Warning)
            .actual(attribute)
            .expected(expected)
            .note("some types return the values of their properties, although their page does not list them")
            .help("use the value that the property is set to")
            .url(GET_ATT_PAGE);
        return Some(finding);
    }
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
