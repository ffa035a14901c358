//! The document that describes the API, made from the types that serve it.

use std::sync::OnceLock;

use poem_openapi::{OpenApi, OpenApiService};
use serde_json::Value;

use super::api;

/// The operations, with the document that describes them.
pub(super) fn service() -> OpenApiService<impl OpenApi, ()> {
    OpenApiService::new(api::all(), "Notes", env!("CARGO_PKG_VERSION"))
        .description("Notes with labels, an archive and a trash.")
        .url_prefix("/api")
}

/// The document: what is committed, served, and what bodies are checked against.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut document = serde_json::from_str(&service().spec()).unwrap_or_default();
        refine(&mut document);
        document
    })
}

/// Says what poem-openapi enforces and does not write.
fn refine(document: &mut Value) {
    document["openapi"] = "3.0.3".into();
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    for schema in schemas.into_iter().flat_map(|schemas| schemas.values_mut()) {
        if schema.get("type").is_some_and(|kind| kind == "object")
            && schema.get("properties").is_some()
        {
            schema["additionalProperties"] = false.into();
        }
    }
}
