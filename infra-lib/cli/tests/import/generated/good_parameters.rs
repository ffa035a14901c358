//! The stack `GoodParameters`: 2 resources, converted by `import-template` from
//! `good_parameters.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `ec2`, `sqs`).

use infra_cfn::{
    ec2::{self, instance},
    sqs,
};
use infra_core::intrinsics::{join, select};
use infra_core::{App, ParameterProps, ParameterType, Stack};

/// Adds the stack to the app.
pub fn good_parameters(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodParameters");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String)
        .allowed_values(["test", "prod"])
        .default_value("test")
        .build(stack, "Stage");
    let delay = ParameterProps::new(ParameterType::Number)
        .min_value(0)
        .max_value(900)
        .default_value("5")
        .build(stack, "Delay");
    let subnets = ParameterProps::new(ParameterType::Other(
        "List<AWS::EC2::Subnet::Id>".to_owned(),
    ))
    .build(stack, "Subnets");
    let image = ParameterProps::new(ParameterType::Other(
        "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>".to_owned(),
    ))
    .default_value("/aws/service/ami")
    .build(stack, "Image");
    let names = ParameterProps::new(ParameterType::CommaDelimitedList)
        .default_value("a, b")
        .allowed_pattern("[a-z]")
        .build(stack, "Names");

    // Resources
    sqs::CfnQueueProps::new()
        .delay_seconds(delay.value())
        .queue_name(join("-", names.value::<Vec<String>>()))
        .build(stack, "Queue");

    ec2::CfnInstanceProps::new()
        .image_id(image)
        .subnet_id(select::<String>(0, subnets.value::<Vec<String>>()).cast())
        .tags([instance::Tag::new("stage", stage)])
        .build(stack, "Server");

    stack
}
