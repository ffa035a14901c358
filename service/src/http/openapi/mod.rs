//! The OpenAPI document of the service, generated from the types that implement the operations.

mod about;
mod complete;
mod examples;
mod refine;
pub(super) mod scopes;

use poem_openapi::{OpenApi, OpenApiService};
use serde_json::Value;

use super::api;

pub use about::API_VERSION;

/// Returns all operations as a service that also generates their OpenAPI document.
pub(super) fn create_service() -> OpenApiService<impl OpenApi, ()> {
    OpenApiService::new(api::all_operations(), about::TITLE, API_VERSION).url_prefix("/api")
}

/// Builds the complete OpenAPI document. The service serves it and checks requests against it, and `service/openapi.json` is a copy of it.
pub fn build_document() -> Value {
    let mut document = serde_json::from_str(&create_service().spec()).unwrap_or_default();
    refine::refine_document(&mut document);
    about::describe_service(&mut document);
    scopes::add_scopes(&mut document);
    complete::complete_document(&mut document);
    examples::add_examples(&mut document);
    document
}

/// Returns all operations of a document with their path and method.
fn iter_operations(document: &mut Value) -> impl Iterator<Item = (&str, &str, &mut Value)> {
    let paths = document["paths"].as_object_mut();
    paths.into_iter().flatten().flat_map(|(path, item)| {
        let methods = item.as_object_mut();
        let methods = methods.into_iter().flatten();
        methods.map(|(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}
