//! The stack `CasePropertyBeside`: 1 resource, converted by `import-template` from
//! `case_property_beside.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `iam`), `serde_json`.

use infra_cfn::iam;
use infra_core::{App, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_property_beside(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CasePropertyBeside");

    let reader = iam::CfnUserProps::new().build(stack, "Reader");
    reader.override_attribute(
        "ManagedPolicyArns",
        json!(["arn:aws:iam::aws:policy/ReadOnlyAccess"]),
    );

    stack
}
