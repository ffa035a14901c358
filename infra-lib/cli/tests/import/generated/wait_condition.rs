//! The stack `WaitCondition`: 4 resources, converted by `import-template` from
//! `wait_condition.json`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `cloudformation`, `ec2`), `serde_json`.

use infra_cfn::{cloudformation, ec2};
use infra_core::intrinsics::{base64, join};
use infra_core::{App, Output, Stack, sub, value};
use serde_json::json;

/// Adds the stack to the app.
pub fn wait_condition(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "WaitCondition");

    // Resources
    let handle = cloudformation::CfnWaitConditionHandleProps::new().build(stack, "Handle");

    let server = ec2::CfnInstanceProps::new()
        .image_id(
            "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}",
        )
        .instance_type("t3.micro")
        .user_data(base64(join(
            "\n",
            [
                value::<String>("#!/bin/bash"),
                sub![
                    r#"curl -X PUT -d '{"Status":"SUCCESS"}' ""#,
                    handle.ref_(),
                    "\""
                ],
            ],
        )))
        .build(stack, "Server");

    let wait = cloudformation::CfnWaitConditionProps::new()
        .handle(handle.ref_())
        .timeout("600")
        .count(1)
        .build(stack, "Wait");
    wait.depends_on(server);

    let wait2 = cloudformation::CfnWaitConditionProps::new().build(stack, "Wait2");
    wait2.creation_policy(json!({ "ResourceSignal": { "Timeout": "PT15M", "Count": "2" } }));

    // Outputs
    Output::new(stack, "Data", wait.attr_data().cast::<String>());

    stack
}
