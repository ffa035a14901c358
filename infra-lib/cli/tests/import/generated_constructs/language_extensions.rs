//! The stack `LanguageExtensions`: 2 resources, converted by `import-template` from
//! `language_extensions.yaml`.
//!
//! Crates: `infra-lib` (features `logs`, `ssm`), `serde_json`.

use infra_lib::intrinsics::equals;
use infra_lib::logs::LogGroup;
use infra_lib::ssm::StringParameter;
use infra_lib::{
    App, Condition, Data, Mapping, ParameterProps, ParameterType, RemovalPolicy, Stack, StackProps,
    Value,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn language_extensions(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::LanguageExtensions")
        .build(app, "LanguageExtensions");

    // Parameters
    ParameterProps::new(ParameterType::CommaDelimitedList)
        .default_value("one,two")
        .build(stack, "Names");
    ParameterProps::new(ParameterType::String)
        .default_value("test")
        .build(stack, "Stage");

    // Mappings
    Mapping::new(
        stack,
        "Retention",
        [("production", vec![("Days", Data::from(json!(365)))])],
    );

    // Conditions
    let has_names = Condition::new(
        stack,
        "HasNames",
        equals::<String>(raw::<String>(json!({ "Fn::Length": ["a", "b"] })), "2"),
    );

    // Resources
    let settings = StringParameter::builder()
        .value(raw::<String>(json!({
            "Fn::ToJsonString": {
                "names": { "Ref": "Names" },
                "stage": { "Ref": "Stage" },
                "limits": { "most": 3 }
            }
        })))
        .build(stack, "Settings");
    settings.cfn().override_logical_id("Settings");
    settings.cfn().apply_condition(has_names);

    let logs = LogGroup::builder()
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Logs");
    logs.cfn().modify(|props| {
        props.retention_in_days(raw(json!({
            "Fn::FindInMap": [
                "Retention",
                { "Ref": "Stage" },
                "Days",
                { "DefaultValue": 7 }
            ]
        })))
    });
    logs.cfn().override_logical_id("Logs");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
