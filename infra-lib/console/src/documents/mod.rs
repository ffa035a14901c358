//! JSON documents of an app's commands, and their JSON Schemas.
//!
//! App and tool share them: the app prints the documents, and the tool describes them to agents. Fields can be added at any time; `version` increases
//! when readers of the previous version would misunderstand a document.

mod codes;
mod finding;
mod graph;
mod sarif;
mod stacks;
mod synthesis;
mod validation;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value as JsonValue;

pub use codes::{Code, CodeDocument, CodePage};
pub use finding::Finding;
pub use graph::{GraphDocument, GraphNode, GraphStack};
pub use sarif::render_sarif;
pub use stacks::StackListDocument;
pub use synthesis::SynthesisDocument;
pub use validation::ValidationDocument;

/// Version of the format of the documents.
const VERSION: u32 = 1;

/// Returns the JSON Schemas of the documents by command name, which are committed as `schemas/NAME.schema.json`.
pub fn list_schemas() -> Vec<(&'static str, JsonValue)> {
    vec![
        ("explain", document_schema::<CodeDocument>()),
        ("graph", document_schema::<GraphDocument>()),
        ("ls", document_schema::<StackListDocument>()),
        ("synth", document_schema::<SynthesisDocument>()),
        ("validate", document_schema::<ValidationDocument>()),
    ]
}

/// Serializes a document to a JSON value.
///
/// # Panics
///
/// Never for the documents here: none has a map with other keys than text, and none fails to serialize.
pub fn to_json(document: &impl Serialize) -> JsonValue {
    serde_json::to_value(document).expect("a document has no maps with other keys than text")
}

/// Returns the JSON Schema of serialized values, in which every field is required that is always present.
pub fn document_schema<T: JsonSchema>() -> JsonValue {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<T>();
    schema.to_value()
}
