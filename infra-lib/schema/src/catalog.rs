//! Looks up resource types by name. The text of a service is indexed once, and each type is parsed on first use.

use std::sync::OnceLock;

use crate::model::ResourceType;
use crate::nearest::find_nearest;
use crate::parse;
use crate::services::SERVICES;

/// A resource type of a service: its text, and its model once it has been requested.
struct Entry {
    name: &'static str,
    text: &'static str,
    model: OnceLock<ResourceType>,
}

static INDEX: [OnceLock<Vec<Entry>>; SERVICES.len()] = [const { OnceLock::new() }; SERVICES.len()];

/// Returns the resource type with a full name such as `AWS::S3::Bucket`, or `None` if the registry has none.
///
/// `Custom::Anything` returns the type of custom resources, under its CloudFormation name.
///
/// # Panics
///
/// Panics if the embedded model does not parse. A test parses every line of it.
pub fn resource(name: &str) -> Option<&'static ResourceType> {
    let name = match name.strip_prefix("Custom::") {
        Some(_) => "AWS::CloudFormation::CustomResource",
        None => name,
    };
    let entries = find_entries(&service_of(name))?;
    let entry = entries.iter().find(|entry| entry.name == name)?;
    let model = entry
        .model
        .get_or_init(|| match parse::parse_resource_type(entry.text) {
            Ok(model) => model,
            Err(error) => panic!("the embedded model of {name} does not parse: {error}"),
        });
    Some(model)
}

/// Returns the service of a resource type: the second part of its name in lower case, `s3` for `AWS::S3::Bucket`.
///
/// Types of other vendors keep the vendor as prefix (`alexa_ask` for `Alexa::ASK::Skill`), which keeps them apart from services of AWS.
pub fn service_of(type_name: &str) -> String {
    let mut parts = type_name.split("::");
    match (parts.next(), parts.next()) {
        (Some("AWS"), Some(service)) => service.to_ascii_lowercase(),
        (Some(vendor), Some(service)) => format!("{vendor}_{service}").to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// Cargo feature that enables the bindings of all services that AWS has closed to new users.
pub const CLOSED: &str = "closed";

/// Returns the Cargo feature of `infra-cfn` and `infra-lib` that enables the bindings of a service: the name of the service, or [`CLOSED`] if AWS has
/// closed all of its resource types.
///
/// ```
/// use infra_schema::feature_of;
///
/// assert_eq!(feature_of("s3"), "s3");
/// assert_eq!(feature_of("qldb"), "closed");
/// ```
pub fn feature_of(service: &str) -> &str {
    let closed = |entry: &Entry| entry.text.lines().any(|line| line == "@closed");
    match find_entries(service) {
        Some(types) if types.iter().all(closed) => CLOSED,
        _ => service,
    }
}

/// Returns the names of all services in lower case, sorted alphabetically, for example `s3`.
pub fn list_services() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().map(|(name, _)| *name)
}

/// Returns the full names of all resource types, sorted by service and then by name, for example `AWS::S3::Bucket`.
pub fn list_types() -> impl Iterator<Item = &'static str> {
    list_services().flat_map(types_of)
}

/// Returns the names of the resource types of a service, sorted. An unknown service has none.
pub fn types_of(service: &str) -> impl Iterator<Item = &'static str> + use<> {
    find_entries(service)
        .unwrap_or_default()
        .iter()
        .map(|entry| entry.name)
}

/// Returns the model file of a service, as committed to the repository.
pub fn text_of(service: &str) -> Option<&'static str> {
    let at = SERVICES
        .binary_search_by(|(name, _)| (*name).cmp(service))
        .ok()?;
    Some(SERVICES[at].1)
}

/// Returns the resource type with the name most similar to `name`, or `None` if no name is similar.
pub fn nearest_type(name: &str) -> Option<&'static str> {
    find_nearest(name, types_of(&service_of(name))).or_else(|| find_nearest(name, list_types()))
}

fn find_entries(service: &str) -> Option<&'static [Entry]> {
    let at = SERVICES
        .binary_search_by(|(name, _)| (*name).cmp(service))
        .ok()?;
    Some(INDEX[at].get_or_init(|| {
        parse::split_types(SERVICES[at].1)
            .map(|(name, text)| Entry {
                name,
                text,
                model: OnceLock::new(),
            })
            .collect()
    }))
}
