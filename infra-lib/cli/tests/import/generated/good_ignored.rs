//! The stack `GoodIgnored`: 2 resources, converted by `import-template` from
//! `good_ignored.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sqs`), `serde_json`.

use infra_cfn::sqs;
use infra_core::{App, Construct as _, ParameterProps, ParameterType, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_ignored(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodIgnored");
    stack.scope().add_metadata(
        "cfn-lint",
        json!({ "config": { "ignore_checks": ["W2001"] } }),
    );

    // Parameters
    ParameterProps::new(ParameterType::String).build(stack, "Unused");

    // Resources
    let one = sqs::CfnQueueProps::new().build(stack, "One");
    one.override_prop("Own", json!(1));
    one.scope()
        .add_metadata("infra", json!({ "ignore": ["INF3002"] }));

    let two = sqs::CfnQueueProps::new().build(stack, "Two");
    two.override_prop("Own", json!(1));
    two.override_prop("Other", json!(2));

    stack
}
