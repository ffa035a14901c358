//! Defines a tool: its name, description, JSON Schema of arguments, and implementation.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as JsonValue};

use super::answer::Answer;
use crate::session::Session;

/// Arguments of a call.
pub(super) type JsonObject = Map<String, JsonValue>;

/// A read-only tool of the MCP server.
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    /// Function that generates the JSON Schema of the arguments.
    pub(super) schema: fn() -> JsonObject,
    pub(super) work: Work,
    /// True if the tool can read AWS.
    pub(super) reads_aws: bool,
}

/// The implementation of a tool, by the resources that it needs.
#[derive(Clone, Copy)]
pub(super) enum Work {
    /// A function of its arguments alone.
    Offline(fn(JsonObject) -> Answer),
    /// A function that also needs the app of the project.
    Project(fn(&mut Session<'_>, JsonObject) -> Answer),
}

/// Generates the JSON Schema of arguments, without keys that are irrelevant to agents.
pub(super) fn argument_schema<T: JsonSchema>() -> JsonObject {
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

/// Parses arguments; a missing or unknown one becomes a failed answer.
pub(super) fn parse_arguments<T: DeserializeOwned>(
    tool: &str,
    arguments: JsonObject,
) -> Result<T, Answer> {
    serde_json::from_value(JsonValue::Object(arguments)).map_err(|error| {
        Answer::from_error(format!("error: invalid arguments of `{tool}`: {error}\n"))
    })
}
