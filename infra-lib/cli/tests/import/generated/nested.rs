//! The stack `Nested`: 2 resources, converted by `import-template` from
//! `nested.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `cloudformation`).

use infra_cfn::cloudformation;
use infra_core::intrinsics::{join, select};
use infra_core::{App, Output, ParameterProps, ParameterType, Stack, StackProps, pseudo, sub};

/// Adds the stack to the app.
pub fn nested(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Stacks in a stack")
        .build(app, "Nested");

    // Parameters
    let bucket = ParameterProps::new(ParameterType::String).build(stack, "Bucket");
    let zones = ParameterProps::new(ParameterType::CommaDelimitedList)
        .default_value("a,b")
        .build(stack, "Zones");

    // Resources
    let network = cloudformation::CfnStackProps::new(sub![
        "https://",
        bucket.value::<String>(),
        ".s3.",
        pseudo::region(),
        ".",
        pseudo::url_suffix(),
        "/network.yaml",
    ])
    .timeout_in_minutes(20)
    .parameters([
        ("Zones", join(",", zones.value::<Vec<String>>())),
        ("First", select::<String>(0, zones.value::<Vec<String>>())),
    ])
    .build(stack, "Network");

    let application = cloudformation::CfnStackProps::new(sub![
        "https://",
        bucket.value::<String>(),
        ".s3.amazonaws.com/application.yaml",
    ])
    .notification_arns(
        pseudo::Pseudo::NotificationArns
            .value()
            .cast::<Vec<String>>(),
    )
    .parameters([
        ("VpcId", network.attr_value::<String>("Outputs.VpcId")),
        ("Subnets", network.attr_value::<String>("Outputs.Subnets")),
        ("Parent", pseudo::Pseudo::StackId.value()),
    ])
    .build(stack, "Application");
    application.depends_on(network);

    // Outputs
    Output::new(
        stack,
        "Url",
        application.attr_value::<String>("Outputs.Url"),
    );

    stack
}
