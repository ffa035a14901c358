//! The stack `CasePropertiesIf`: 1 resource, converted by `import-template` from
//! `case_properties_if.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `s3`), `serde_json`.

use infra_cfn::s3;
use infra_core::intrinsics::equals;
use infra_core::{App, Condition, Props, Stack, pseudo};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_properties_if(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CasePropertiesIf");

    // Conditions
    Condition::new(
        stack,
        "Named",
        equals::<String>(pseudo::region(), "us-east-1"),
    );

    // Resources

    // As in the template: a required property is missing, or a macro provides it.
    s3::CfnBucketProps::from_props(Props::from(json!({
        "Fn::If": ["Named", { "BucketName": "notes-of-all" }, { "Ref": "AWS::NoValue" }]
    })))
    .build(stack, "Notes");

    stack
}
