//! The model of a service as the text of a Rust module.
//!
//! The crate that includes the text must have two modules at its root: `rt` (the run-time types) and `kind` (the
//! marker of every resource type).

mod doc;
pub(crate) mod enums;
pub(crate) mod resource;
mod shared;
mod types;

use std::collections::BTreeSet;
use std::fmt;
use std::fmt::Write as _;

use infra_schema::ResourceType;
use infra_schema::rust_names;

use crate::docs::Docs;

/// A name clash: two items of the schema have the same Rust name.
///
/// Names are public, so the generator's tables decide about them; no suffix is added automatically.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NameClash {
    /// Resource type with the clash, such as `AWS::S3::Bucket`.
    pub resource: String,
    /// Rust name that both items would have.
    pub name: String,
    /// Kind of the items in the plural, such as `properties`.
    pub what: &'static str,
}

impl fmt::Display for NameClash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            resource,
            name,
            what,
        } = self;
        write!(
            f,
            "{resource}: two {what} named `{name}`; decide in the generator's tables"
        )
    }
}

impl std::error::Error for NameClash {}

/// Returns the path of the handle of a resource type in the bindings. The path of its properties has the suffix
/// `Props`.
///
/// ```
/// assert_eq!(infra_codegen::handle_path("AWS::RDS::DBInstance"), "rds::CfnDbInstance");
/// ```
pub fn handle_path(type_name: &str) -> String {
    let short = type_name.rsplit("::").next().unwrap_or(type_name);
    let service = infra_schema::service_of(type_name);
    format!("{service}::Cfn{}", rust_names::to_pascal_case(short))
}

/// Returns the source of a service's module, with all its types in the embedded model. `docs` is the content of the
/// service's documentation file.
pub fn emit_service(name: &str, docs: &str) -> Result<String, NameClash> {
    let types: Vec<&ResourceType> = infra_schema::types_of(name)
        .filter_map(infra_schema::resource)
        .collect();
    emit_module(&types, docs)
}

/// Returns the source of a module with the given resource types, which must belong to one service. `docs` is the
/// content of the service's documentation file.
pub fn emit_module(types: &[&ResourceType], docs: &str) -> Result<String, NameClash> {
    let docs = Docs::parse(docs);
    let mut out = String::with_capacity(types.len() * 8192);
    let mut seen = BTreeSet::new();
    let mut shared = shared::SharedTypes::default();
    for ty in types {
        let pascal = rust_names::to_pascal_case(ty.short_name());
        for name in [
            format!("Cfn{pascal}"),
            format!("Cfn{pascal}Props"),
            format!("Cfn{pascal}Required"),
            rust_names::to_snake_case(ty.short_name()),
        ] {
            claim_name(&mut seen, ty, name, "types or modules of a service")?;
        }
        resource::emit_resource(&mut out, ty, docs.for_type(&ty.name), &mut shared)?;
    }
    Ok(out)
}

/// Returns the source of the marker types for the given resource types, in one module per service. The types must be
/// sorted by service.
pub fn emit_kinds<'a>(types: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    let mut open = String::new();
    for name in types {
        let service = infra_schema::service_of(name);
        if service != open {
            if !open.is_empty() {
                out.push_str("}\n");
            }
            let _ = writeln!(
                out,
                "/// Markers of the resource types of `{}`.",
                type_namespace(name)
            );
            let _ = writeln!(out, "pub mod {service} {{");
            open = service;
        }
        let short = name.rsplit("::").next().unwrap_or(name);
        let _ = writeln!(
            out,
            "    /// Marker of the resource type `{name}`.\n    pub enum {} {{}}",
            rust_names::to_pascal_case(short)
        );
    }
    if !open.is_empty() {
        out.push_str("}\n");
    }
    out
}

/// Returns `AWS::S3` for `AWS::S3::Bucket`.
fn type_namespace(type_name: &str) -> &str {
    type_name
        .rsplit_once("::")
        .map_or(type_name, |(namespace, _)| namespace)
}

fn claim_name(
    seen: &mut BTreeSet<String>,
    ty: &ResourceType,
    name: String,
    what: &'static str,
) -> Result<(), NameClash> {
    if seen.insert(name.clone()) {
        return Ok(());
    }
    Err(NameClash {
        resource: ty.name.to_string(),
        name,
        what,
    })
}
