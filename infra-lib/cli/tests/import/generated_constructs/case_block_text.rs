//! The stack `CaseBlockText`: 1 resource, converted by `import-template` from
//! `case_block_text.yaml`.
//!
//! Crates: `infra-lib` (feature `ssm`).

use infra_lib::ssm::StringParameter;
use infra_lib::{App, Stack};

/// Adds the stack to the app.
pub fn case_block_text(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseBlockText");

    let text = StringParameter::builder()
        .value("a\nb\n")
        .build(stack, "Text");
    text.cfn().override_logical_id("Text");

    stack
}
