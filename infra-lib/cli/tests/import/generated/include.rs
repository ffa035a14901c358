//! The stack `Include`: 2 resources, converted by `import-template` from
//! `include.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `sns`, `sqs`), `serde_json`.

use infra_cfn::{sns, sqs};
use infra_core::{App, ParameterProps, ParameterType, Props, Stack, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn include(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Include");

    // Parameters
    ParameterProps::new(ParameterType::String).build(stack, "Bucket");

    // Resources

    // As in the template: a required property is missing, or a macro provides it.
    sqs::CfnQueueProps::from_props(Props::from(json!({
        "Fn::Transform": {
            "Name": "AWS::Include",
            "Parameters": { "Location": { "Fn::Sub": "s3://${Bucket}/queue.yaml" } }
        }
    })))
    .build(stack, "Queue");

    sns::CfnTopicProps::new()
        .topic_name(raw::<String>(json!({
            "Fn::Transform": { "Name": "Upper", "Parameters": { "Text": "alerts" } }
        })))
        .display_name("alerts")
        .build(stack, "Topic");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
