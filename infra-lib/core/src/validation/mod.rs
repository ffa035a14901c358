//! Validates literals against the schema of their resource type, for the resources of a program and those of a template file alike.
//!
//! [`check_resource`] checks the properties of one resource. Its values are read through the trait [`View`], so that every source of templates is
//! checked by the same rules with the same messages.
//!
//! Schemas can be wrong: a value missing from an enumeration, or a pattern that does not match, is a warning that can be acknowledged for one
//! property. A violation that CloudFormation is certain to refuse is an error.

mod attribute;
mod attributes;
mod identifier;
mod pattern;
mod policy;
mod records;
mod references;
mod relations;
mod rules;
mod runtime;
mod scalar;
mod serverless;
mod template;
mod view;
mod walk;

pub use attribute::{attribute_finding, is_list_attribute};
pub use serverless::check_serverless_resource;
pub use template::{IsPossible, ResourceView, TemplateFinding, check_resources};
pub use view::{Entries, Form, Returned, View};

use view::literal_text;

use infra_schema::nearest_type;

use crate::diagnostic::{Diagnostic, Severity, codes};

/// Returns the resource with a logical ID, or `None` if it is unknown.
pub type ResourceTypes<'a, 't> = &'a dyn Fn(&str) -> Option<Referenced<'t>>;

/// A resource that a reference names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Referenced<'t> {
    /// Type of the resource.
    pub type_name: &'t str,
    /// `true` if the resource has the property `VpcId`. `Ref` of a security group without it returns the name.
    pub has_vpc: bool,
}

impl<'t> Referenced<'t> {
    /// Creates the target of a reference.
    pub fn new(type_name: &'t str, has_vpc: bool) -> Self {
        Self { type_name, has_vpc }
    }
}

/// A finding with the value that it is about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding<V> {
    /// The finding, with the path of the property and without a location.
    pub diagnostic: Diagnostic,
    /// The value, or `None` for the resource as a whole. A missing property is about the object that lacks it.
    pub value: Option<V>,
    /// `true` for a finding about the key of the value.
    pub about_key: bool,
}

/// Checks the properties of a resource against the schema of its type, which can be a type of the serverless transform, or
/// [`GLOBALS`](infra_schema::serverless::GLOBALS) for the section `Globals`. A type without a schema, such as that of a third party, has no findings.
pub fn check_resource<'t, V: View<'t>>(
    type_name: &str,
    properties: &Entries<'t, V>,
    types: ResourceTypes<'_, 't>,
) -> Vec<Finding<V>> {
    let mut found = Vec::new();
    let schema =
        infra_schema::resource(type_name).or_else(|| infra_schema::serverless_type(type_name));
    let Some(schema) = schema else {
        return found;
    };
    if schema.deprecated {
        let message = format!("`{type_name}` is closed to new users");
        let diagnostic = Diagnostic::new(codes::DEPRECATED_PROPERTY, message)
            .help("use the service that AWS recommends instead");
        found.push(Finding {
            diagnostic,
            value: None,
            about_key: false,
        });
    }
    let mut walk = walk::Walk {
        types,
        schema,
        type_name,
        found: &mut found,
    };
    walk.check_properties(properties);
    runtime::check_runtime(&mut walk, properties);
    policy::check_policies(&mut walk, properties);
    records::check_records(&mut walk, properties);
    attributes::check_attributes(&mut walk, properties);
    found
}

/// Returns a finding if CloudFormation has no resource type of that name. Custom resources and types of third parties have no schema here and are
/// accepted.
pub fn unknown_type_finding(type_name: &str) -> Option<Diagnostic> {
    if infra_schema::resource(type_name).is_some() || is_third_party(type_name) {
        return None;
    }
    let finding = Diagnostic::new(
        codes::UNKNOWN_RESOURCE_TYPE,
        format!(
            "the resource type `{type_name}` is not in the schemas of {}",
            infra_schema::SCHEMA_DATE
        ),
    )
    .actual(type_name);
    Some(match nearest_type(type_name) {
        // A name that resembles a known one is a typing error, not a type that is newer than the schemas.
        Some(close) => finding
            .severity(Severity::Error)
            .help(format!("did you mean `{close}`?")),
        None => finding.help(
            "check the name, in the format `AWS::Service::Resource`, or `Custom::Name` for a custom resource; acknowledge the finding if AWS added the type later",
        ),
    })
}

/// Returns a finding if the serverless transform has no resource type of that name.
pub fn unknown_serverless_type_finding(type_name: &str) -> Option<Diagnostic> {
    if infra_schema::serverless_type(type_name).is_some() {
        return None;
    }
    let finding = Diagnostic::new(
        codes::UNKNOWN_RESOURCE_TYPE,
        format!(
            "the serverless transform of {} has no type `{type_name}`",
            infra_schema::SCHEMA_DATE
        ),
    )
    .actual(type_name);
    Some(
        match infra_schema::serverless::nearest_serverless_type(type_name) {
            Some(close) => finding
                .severity(Severity::Error)
                .help(format!("did you mean `{close}`?")),
            None => {
                finding.help("check the name; acknowledge the finding if AWS added the type later")
            }
        },
    )
}

/// Returns `true` for custom resources and types of third parties.
fn is_third_party(type_name: &str) -> bool {
    type_name.starts_with("Custom::")
        || (type_name.matches("::").count() >= 2 && !type_name.starts_with("AWS::"))
}
