//! The stack `GoodJson`: 1 resource, converted by `import-template` from
//! `good_json.json`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sqs`).

use infra_cfn::sqs;
use infra_core::{App, Stack};

/// Adds the stack to the app.
pub fn good_json(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodJson");

    sqs::CfnQueueProps::new()
        .delay_seconds(5)
        .fifo_queue(true)
        .queue_name("a.fifo")
        .build(stack, "Queue");

    stack
}
