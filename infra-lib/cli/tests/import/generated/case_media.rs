//! The stack `CaseMedia`: 2 resources, converted by `import-template` from
//! `case_media.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `medialive`).

use infra_cfn::medialive::{self, input, input_security_group};
use infra_core::{App, Stack};

/// Adds the stack to the app.
pub fn case_media(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseMedia");

    let group = medialive::CfnInputSecurityGroupProps::new()
        .whitelist_rules([input_security_group::InputWhitelistRule::new().cidr("10.0.0.0/8")])
        .build(stack, "Group");

    medialive::CfnInputProps::new()
        .type_(input::InputType::RTMP_PUSH)
        .input_security_groups([group.ref_()])
        .build(stack, "Stream");

    stack
}
