//! The stack `GoodJsonComma`: 1 resource, converted by `import-template` from
//! `good_json_comma.json`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`).

use infra_cfn::sns;
use infra_core::{App, Stack};

/// Adds the stack to the app.
pub fn good_json_comma(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodJsonComma");

    sns::CfnTopicProps::new().build(stack, "Topic");

    stack
}
