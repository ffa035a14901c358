//! The stack `LanguageExtensions`: 2 resources, converted by `import-template` from
//! `language_extensions.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `logs`, `ssm`), `serde_json`.

use infra_cfn::{
    logs,
    ssm::{self, parameter},
};
use infra_core::intrinsics::equals;
use infra_core::{
    App, Condition, Data, Mapping, ParameterProps, ParameterType, Stack, StackProps, Value,
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
    let settings = ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        raw::<String>(json!({
            "Fn::ToJsonString": {
                "names": { "Ref": "Names" },
                "stage": { "Ref": "Stage" },
                "limits": { "most": 3 }
            }
        })),
    )
    .build(stack, "Settings");
    settings.apply_condition(has_names);

    logs::CfnLogGroupProps::new()
        .retention_in_days(raw(json!({
            "Fn::FindInMap": ["Retention", { "Ref": "Stage" }, "Days", { "DefaultValue": 7 }]
        })))
        .build(stack, "Logs");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
