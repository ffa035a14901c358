//! The stack `CaseConditionMissing`: 1 resource, converted by `import-template` from
//! `case_condition_missing.json`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `s3`), `serde_json`.

use infra_cfn::s3;
use infra_core::{App, Section, Stack, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_condition_missing(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseConditionMissing");

    // Resources
    let notes = s3::CfnBucketProps::new()
        .bucket_name(raw::<String>(json!({
            "Fn::If": ["NowhereEither", "x-y-z", { "Ref": "AWS::NoValue" }]
        })))
        .build(stack, "Notes");
    notes.override_attribute("Condition", json!("Nowhere"));

    // Outputs

    // As in the template: the template has no condition `Nor`.
    stack.raw_entry(
        Section::Outputs,
        "Out",
        json!({ "Condition": "Nor", "Value": "x" }),
    );

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
