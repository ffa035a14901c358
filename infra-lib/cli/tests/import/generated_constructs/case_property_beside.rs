//! The stack `CasePropertyBeside`: 1 resource, converted by `import-template` from
//! `case_property_beside.yaml`.
//!
//! Crates: `infra-lib` (feature `iam`), `serde_json`.

use infra_lib::iam::User;
use infra_lib::{App, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_property_beside(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CasePropertyBeside");

    let reader = User::builder().build(stack, "Reader");
    reader.cfn().override_logical_id("Reader");
    reader.cfn().override_attribute(
        "ManagedPolicyArns",
        json!(["arn:aws:iam::aws:policy/ReadOnlyAccess"]),
    );

    stack
}
