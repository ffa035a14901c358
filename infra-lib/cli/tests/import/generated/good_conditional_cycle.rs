//! The stack `GoodConditionalCycle`: 2 resources, converted by `import-template` from
//! `good_conditional_cycle.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::intrinsics::{equals, fn_if};
use infra_core::{App, Condition, ParameterProps, ParameterType, Stack, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_conditional_cycle(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodConditionalCycle");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String).build(stack, "Stage");

    // Conditions
    let is_prod = Condition::new(stack, "IsProd", equals::<String>(stage, "prod"));
    let is_test = Condition::new(stack, "IsTest", equals::<String>(stage, "test"));

    // Resources
    let two = sns::CfnTopicProps::new()
        .display_name(fn_if::<String>(
            is_test,
            raw::<String>(json!({ "Fn::GetAtt": ["One", "TopicName"] })),
            "b",
        ))
        .build(stack, "Two");

    sns::CfnTopicProps::new()
        .display_name(fn_if::<String>(is_prod, two.attr_topic_name(), "a"))
        .build(stack, "One");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
