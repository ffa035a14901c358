//! The stack `Rules`: 1 resource, converted by `import-template` from
//! `rules.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ec2`), `serde_json`.

use infra_cfn::ec2;
use infra_core::intrinsics::{ConditionExpr, equals, fn_not, fn_or};
use infra_core::{App, ParameterProps, ParameterType, Rule, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn rules(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("What parameters must be, before anything is made")
        .build(app, "Rules");

    // Parameters
    let environment = ParameterProps::new(ParameterType::String)
        .allowed_values(["test", "production"])
        .default_value("test")
        .build(stack, "Environment");
    let instance_type = ParameterProps::new(ParameterType::String)
        .default_value("t3.micro")
        .build(stack, "InstanceType");
    let vpc = ParameterProps::new(ParameterType::Other("AWS::EC2::VPC::Id".to_owned()))
        .build(stack, "Vpc");
    ParameterProps::new(ParameterType::Other(
        "List<AWS::EC2::Subnet::Id>".to_owned(),
    ))
    .build(stack, "Subnets");

    // Rules
    Rule::new(
        stack,
        "ProductionIsLarge",
        fn_not(ConditionExpr::from_data(
            json!({ "Fn::Contains": [["t3.nano", "t3.micro"], { "Ref": "InstanceType" }] }).into(),
        )),
        "production needs more than a micro instance",
    )
    .when(equals::<String>(environment, "production"))
    .assert(
        fn_or([
            equals::<String>(instance_type, "m7g.large"),
            equals::<String>(instance_type, "m7g.xlarge"),
        ]),
        "one of the \"m7g\" family",
    );
    Rule::new(
        stack,
        "SubnetsOfVpc",
        ConditionExpr::from_data(
            json!({
                "Fn::EachMemberIn": [
                    { "Fn::ValueOfAll": ["AWS::EC2::Subnet::Id", "VpcId"] },
                    { "Fn::RefAll": "AWS::EC2::VPC::Id" }
                ]
            })
            .into(),
        ),
        "",
    );

    // Resources
    ec2::CfnSecurityGroupProps::new("Nothing may enter")
        .vpc_id(vpc.value())
        .build(stack, "Group");

    stack
}
