//! A tool: name, description, the JSON Schema of its arguments, and its work.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as JsonValue};

use super::answer::Answer;
use crate::session::Session;

/// Arguments of a call.
pub(super) type JsonObject = Map<String, JsonValue>;

/// A tool that changes nothing.
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    /// Makes the JSON Schema of the arguments.
    pub(super) schema: fn() -> JsonObject,
    pub(super) work: Work,
    /// True when it may read AWS.
    pub(super) reads_aws: bool,
}

/// The work of a tool.
#[derive(Clone, Copy)]
pub(super) enum Work {
    /// Needs nothing but its arguments.
    Offline(fn(JsonObject) -> Answer),
    /// Needs the app of the project.
    Project(fn(&mut Session<'_>, JsonObject) -> Answer),
}

/// The JSON Schema of arguments, without what says nothing to an agent.
pub(super) fn schema<T: JsonSchema>() -> JsonObject {
    let mut schema = schemars::schema_for!(T).to_value();
    match schema.as_object_mut() {
        Some(object) => {
            object.shift_remove("$schema");
            object.shift_remove("title");
            object.shift_remove("description");
            std::mem::take(object)
        }
        None => JsonObject::new(),
    }
}

/// Reads arguments; unknown and missing ones are an answer that says so.
pub(super) fn read<T: DeserializeOwned>(tool: &str, arguments: JsonObject) -> Result<T, Answer> {
    serde_json::from_value(JsonValue::Object(arguments)).map_err(|error| {
        Answer::refused(format!(
            "error: the arguments of `{tool}` cannot be used: {error}\n"
        ))
    })
}
