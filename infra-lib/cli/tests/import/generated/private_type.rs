//! The stack `PrivateType`: 3 resources, converted by `import-template` from
//! `private_type.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sqs`), `serde_json`.

use infra_cfn::sqs;
use infra_core::{App, CfnResource, Construct as _, Output, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn private_type(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Types and properties that the schema does not have")
        .build(app, "PrivateType");

    // Resources
    sqs::CfnQueueProps::new()
        .visibility_timeout(30)
        .build(stack, "Queue");

    // There are no bindings of `Example::Team::Monitor`: the properties are as in the template.
    let monitor = CfnResource::new(
        stack,
        "Monitor",
        "Example::Team::Monitor",
        json!({ "Endpoint": { "Fn::GetAtt": ["Queue", "QueueUrl"] }, "Interval": 5 }),
    );

    // There are no bindings of `Example::S3::Bucket::MODULE`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Module",
        "Example::S3::Bucket::MODULE",
        json!({ "Name": "data" }),
    );

    // Outputs
    Output::new(stack, "MonitorOutput", monitor.ref_value::<String>())
        .scope()
        .override_logical_id("Monitor");

    stack
}
