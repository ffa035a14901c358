//! The stack `GoodLoopUnknown`: 1 resource, converted by `import-template` from
//! `good_loop_unknown.yaml`.
//!
//! Crates: `infra-core`, `serde_json`.

use infra_core::{App, Output, ParameterProps, ParameterType, Section, Stack, StackProps, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_loop_unknown(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::LanguageExtensions")
        .build(app, "GoodLoopUnknown");

    // Parameters
    ParameterProps::new(ParameterType::CommaDelimitedList).build(stack, "Names");

    // Resources

    // As in the template: `Fn::ForEach` makes entries at deployment.
    stack.raw_entry(
        Section::Resources,
        "Fn::ForEach::Topics",
        json!(["Name", { "Ref": "Names" }, { "Topic${Name}": { "Type": "AWS::SNS::Topic" } }]),
    );

    // Outputs
    Output::new(
        stack,
        "First",
        raw::<String>(json!({ "Ref": "TopicOrders" })),
    );

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
