//! The stack `CaseAssertionKey`: 1 resource, converted by `import-template` from
//! `case_assertion_key.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::{App, Section, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_assertion_key(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseAssertionKey");

    // Rules

    // As in the template: constructs of rules have no `AssetDescription`.
    stack.raw_entry(
        Section::Rules,
        "One",
        json!({
            "Assertions": [{ "Assert": { "Fn::Equals": ["a", "a"] }, "AssetDescription": "x" }]
        }),
    );

    // Resources
    sns::CfnTopicProps::new().build(stack, "Orders");

    stack
}
