//! The stack `GoodLanguageExtensions`: 3 resources, converted by `import-template` from
//! `good_language_extensions.yaml`.
//!
//! Crates: `infra-lib` (features `sqs`, `ssm`), `serde_json`.

use infra_lib::cfn::sqs;
use infra_lib::intrinsics::join;
use infra_lib::ssm::StringParameter;
use infra_lib::{
    App, Data, Mapping, ParameterProps, ParameterType, Section, Stack, StackProps, Value, value,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_language_extensions(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::LanguageExtensions")
        .build(app, "GoodLanguageExtensions");

    // Parameters
    ParameterProps::new(ParameterType::CommaDelimitedList)
        .default_value("a,b")
        .build(stack, "Names");

    // Mappings
    Mapping::new(
        stack,
        "Stages",
        [("prod", vec![("Delay", Data::from(json!(5)))])],
    );

    // Resources
    sqs::CfnQueueProps::new()
        .delay_seconds(raw(json!({
            "Fn::FindInMap": ["Stages", "test", "Delay", { "DefaultValue": 1 }]
        })))
        .queue_name(join(
            "-",
            [
                value::<String>("queue"),
                raw::<String>(json!({ "Fn::Length": { "Ref": "Names" } })),
            ],
        ))
        .build(stack, "Queue");

    let parameter = StringParameter::builder()
        .value(raw::<String>(
            json!({ "Fn::ToJsonString": { "topic": { "Ref": "TopicOrders" } } }),
        ))
        .build(stack, "Parameter");
    parameter.cfn().override_logical_id("Parameter");

    // As in the template: `Fn::ForEach` makes entries at deployment.
    stack.raw_entry(
        Section::Resources,
        "Fn::ForEach::Topics",
        json!([
            "Name",
            ["Orders", "Refunds"],
            {
                "Topic${Name}": {
                    "Type": "AWS::SNS::Topic",
                    "Properties": { "DisplayName": { "Ref": "Name" } }
                }
            }
        ]),
    );

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
