//! The stack `CaseConditionUnknown`: 2 resources, converted by `import-template` from
//! `case_condition_unknown.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `s3`, `sns`), `serde_json`.

use infra_cfn::{s3, sns};
use infra_core::intrinsics::equals;
use infra_core::{App, Condition, Stack, Value, pseudo};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_condition_unknown(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseConditionUnknown");

    // Conditions
    let somewhere = Condition::new(
        stack,
        "Somewhere",
        equals::<String>(pseudo::region(), "us-east-1"),
    );

    // Resources
    let notes = s3::CfnBucketProps::new()
        .bucket_name(raw::<String>(json!({
            "Fn::If": ["Somewere", "x-y-z", { "Ref": "AWS::NoValue" }]
        })))
        .build(stack, "Notes");
    notes.apply_condition(somewhere);

    sns::CfnTopicProps::new()
        .topic_name(raw::<String>(json!({ "Ref": "Missing" })))
        .display_name(raw::<String>(json!({ "Fn::Sub": "${AlsoMissing.Arn}" })))
        .build(stack, "Orders");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
