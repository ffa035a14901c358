//! Finding a type: from its name to its service's text, parsed once and kept.

use std::sync::OnceLock;

use crate::model::ResourceType;
use crate::nearest::nearest;
use crate::parse;
use crate::services::SERVICES;

/// One type of a service: where its text is, and its model once somebody asked for it.
struct Entry {
    name: &'static str,
    text: &'static str,
    model: OnceLock<ResourceType>,
}

static INDEX: [OnceLock<Vec<Entry>>; SERVICES.len()] = [const { OnceLock::new() }; SERVICES.len()];

/// The resource type of this full name (`AWS::S3::Bucket`).
///
/// `Custom::Anything` is the custom resource type, under the name CloudFormation gives it.
///
/// # Panics
///
/// If the committed model does not parse; a test parses every line of it.
pub fn resource(name: &str) -> Option<&'static ResourceType> {
    let name = match name.strip_prefix("Custom::") {
        Some(_) => "AWS::CloudFormation::CustomResource",
        None => name,
    };
    let entries = entries(&service_of(name))?;
    let entry = entries.iter().find(|entry| entry.name == name)?;
    let model = entry
        .model
        .get_or_init(|| match parse::resource(entry.text) {
            Ok(model) => model,
            Err(error) => panic!("the embedded model of {name} does not parse: {error}"),
        });
    Some(model)
}

/// Service of a resource type's name: its second part in lower case, `s3` for `AWS::S3::Bucket`.
///
/// Other vendors' types keep their vendor in front (`alexa_ask` for `Alexa::ASK::Skill`), so that
/// they never meet a service of AWS.
pub fn service_of(type_name: &str) -> String {
    let mut parts = type_name.split("::");
    match (parts.next(), parts.next()) {
        (Some("AWS"), Some(service)) => service.to_ascii_lowercase(),
        (Some(vendor), Some(service)) => format!("{vendor}_{service}").to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// Cargo feature of the bindings of all services that AWS has closed.
pub const CLOSED: &str = "closed";

/// Cargo feature of `infra-cfn` and `infra-lib` that turns on the bindings of a service: the service's own name, or
/// [`CLOSED`] when AWS has closed every resource type of it.
///
/// ```
/// use infra_schema::feature_of;
///
/// assert_eq!(feature_of("s3"), "s3");
/// assert_eq!(feature_of("qldb"), "closed");
/// ```
pub fn feature_of(service: &str) -> &str {
    let closed = |entry: &Entry| entry.text.lines().any(|line| line == "@closed");
    match entries(service) {
        Some(types) if types.iter().all(closed) => CLOSED,
        _ => service,
    }
}

/// Names of all services, sorted.
pub fn services() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().map(|(name, _)| *name)
}

/// Names of all resource types, sorted by service.
pub fn types() -> impl Iterator<Item = &'static str> {
    services().flat_map(types_of)
}

/// Names of the resource types of a service, sorted; none for an unknown service.
pub fn types_of(service: &str) -> impl Iterator<Item = &'static str> + use<> {
    entries(service)
        .unwrap_or_default()
        .iter()
        .map(|entry| entry.name)
}

/// The model file of a service, as committed.
pub fn text_of(service: &str) -> Option<&'static str> {
    let at = SERVICES
        .binary_search_by(|(name, _)| (*name).cmp(service))
        .ok()?;
    Some(SERVICES[at].1)
}

/// The existing type whose name is closest to `name`, when one is close.
pub fn nearest_type(name: &str) -> Option<&'static str> {
    nearest(name, types_of(&service_of(name))).or_else(|| nearest(name, types()))
}

fn entries(service: &str) -> Option<&'static [Entry]> {
    let at = SERVICES
        .binary_search_by(|(name, _)| (*name).cmp(service))
        .ok()?;
    Some(INDEX[at].get_or_init(|| {
        parse::split(SERVICES[at].1)
            .map(|(name, text)| Entry {
                name,
                text,
                model: OnceLock::new(),
            })
            .collect()
    }))
}
