//! JSON documents of the commands that an app has, and their JSON Schemas.
//!
//! App and tool share them: the app prints them, and the tool describes them to agents. Fields are added without notice;
//! `version` is raised when a reader of the version before would misunderstand a document.

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
pub use sarif::sarif;
pub use stacks::StackListDocument;
pub use synthesis::SynthesisDocument;
pub use validation::ValidationDocument;

/// Version of the documents.
const VERSION: u32 = 1;

/// Name of a command and the JSON Schema of its `--json`, committed as `schemas/NAME.schema.json`.
pub fn schemas() -> Vec<(&'static str, JsonValue)> {
    vec![
        ("explain", schema::<CodeDocument>()),
        ("graph", schema::<GraphDocument>()),
        ("ls", schema::<StackListDocument>()),
        ("synth", schema::<SynthesisDocument>()),
        ("validate", schema::<ValidationDocument>()),
    ]
}

/// Writes a document as a JSON value.
///
/// # Panics
///
/// Never for the documents here: none has a map with other keys than text, and none fails to serialize.
pub fn to_json(document: &impl Serialize) -> JsonValue {
    serde_json::to_value(document).expect("a document has no maps with other keys than text")
}

/// Makes the JSON Schema of what is written: every field is required that is always there.
pub fn schema<T: JsonSchema>() -> JsonValue {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<T>();
    schema.to_value()
}
