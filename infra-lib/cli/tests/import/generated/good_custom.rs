//! The stack `GoodCustom`: 3 resources, converted by `import-template` from
//! `good_custom.yaml`.
//!
//! Crates: `infra-core`, `serde_json`.

use infra_core::{App, CfnResource, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_custom(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodCustom");

    CfnResource::new(
        stack,
        "One",
        "Custom::Thing",
        json!({ "ServiceToken": "arn:aws:lambda:us-east-1:111111111111:function:f", "Any": 1 }),
    );

    CfnResource::new(
        stack,
        "Two",
        "AWS::CloudFormation::CustomResource",
        json!({ "ServiceToken": { "Fn::GetAtt": ["One", "Arn"] } }),
    );

    // There are no bindings of `Company::Service::Thing`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Three",
        "Company::Service::Thing",
        json!({ "Any": 1 }),
    );

    stack
}
