//! The stack `CaseCustomNever`: 2 resources, converted by `import-template` from
//! `case_custom_never.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::intrinsics::equals;
use infra_core::{App, CfnResource, Condition, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_custom_never(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseCustomNever");

    // Conditions
    let never = Condition::new(stack, "Never", equals::<String>("a", "b"));

    // Resources
    let thing = CfnResource::new(stack, "Thing", "Custom::Nothing", json!({}));
    thing.apply_condition(never);

    sns::CfnTopicProps::new().build(stack, "Orders");

    stack
}
