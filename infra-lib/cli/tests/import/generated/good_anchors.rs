//! The stack `GoodAnchors`: 2 resources, converted by `import-template` from
//! `good_anchors.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sqs`).

use infra_cfn::sqs::{self, queue};
use infra_core::{App, Stack};

/// Adds the stack to the app.
pub fn good_anchors(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodAnchors");

    sqs::CfnQueueProps::new()
        .tags([queue::Tag::new("a", "b")])
        .build(stack, "One");

    sqs::CfnQueueProps::new()
        .tags([queue::Tag::new("a", "b")])
        .build(stack, "Two");

    stack
}
