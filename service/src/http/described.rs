//! Facts of the OpenAPI document that requests are checked against.
//!
//! The document itself is dropped: in memory it takes several times the size of its text, and almost all of it is descriptions and examples.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::middleware::routes::{Route, collect_routes};
use super::openapi;
use super::queries::{Operation, collect_operations};
use super::schema::Schemas;

/// Facts of the document, in forms for fast checks.
pub(super) struct Described {
    /// Operations, with their query parameters and scopes.
    pub(super) operations: Vec<Operation>,
    /// Paths by the pattern of the router.
    pub(super) routes: BTreeMap<String, Route>,
    /// Schemas of request bodies.
    pub(super) schemas: Schemas,
}

/// Returns the facts, which are collected once per process.
pub(super) fn described() -> &'static Described {
    static DESCRIBED: OnceLock<Described> = OnceLock::new();
    DESCRIBED.get_or_init(|| {
        let document = openapi::build_document();
        Described {
            operations: collect_operations(&document),
            routes: collect_routes(&document),
            schemas: Schemas::from_document(&document),
        }
    })
}
