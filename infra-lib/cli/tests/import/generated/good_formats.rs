//! The stack `GoodFormats`: 1 resource, converted by `import-template` from
//! `good_formats.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::{App, Construct as _, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_formats(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("one topic")
        .build(app, "GoodFormats");
    stack.scope().add_metadata("Note", json!("text"));

    sns::CfnTopicProps::new().build(stack, "Topic");

    stack
}
