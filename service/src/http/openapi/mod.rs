//! The document that describes the API, made from the types that serve it.

mod about;
mod complete;
mod examples;
mod refine;
pub(super) mod scopes;

use std::sync::OnceLock;

use poem_openapi::{OpenApi, OpenApiService};
use serde_json::Value;

use super::api;

pub use about::API_VERSION;

/// The operations, with the document that describes them.
pub(super) fn service() -> OpenApiService<impl OpenApi, ()> {
    OpenApiService::new(api::all(), about::TITLE, API_VERSION).url_prefix("/api")
}

/// The document: what is committed, served, and what requests are checked against.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut document = serde_json::from_str(&service().spec()).unwrap_or_default();
        refine::refine(&mut document);
        about::describe(&mut document);
        scopes::add(&mut document);
        complete::complete(&mut document);
        examples::add(&mut document);
        document
    })
}

/// All operations of a document: the path, the method, and the operation.
fn operations(document: &mut Value) -> impl Iterator<Item = (&str, &str, &mut Value)> {
    let paths = document["paths"].as_object_mut();
    paths.into_iter().flatten().flat_map(|(path, item)| {
        let methods = item.as_object_mut();
        let methods = methods.into_iter().flatten();
        methods.map(|(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}
