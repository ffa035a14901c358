//! The stack `CaseBlockText`: 1 resource, converted by `import-template` from
//! `case_block_text.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ssm`).

use infra_cfn::ssm::{self, parameter};
use infra_core::{App, Stack};

/// Adds the stack to the app.
pub fn case_block_text(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseBlockText");

    ssm::CfnParameterProps::new(parameter::Type::STRING, "a\nb\n").build(stack, "Text");

    stack
}
