//! The stack `CustomResource`: 4 resources, converted by `import-template` from
//! `custom_resource.json`.
//!
//! Crates: `infra-lib` (features `s3`, `ssm`), `serde_json`.

use infra_lib::cfn::s3;
use infra_lib::ssm::StringParameter;
use infra_lib::{App, CfnResource, Output, ParameterProps, ParameterType, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn custom_resource(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CustomResource");

    // Parameters
    ParameterProps::new(ParameterType::String)
        .no_echo()
        .build(stack, "FunctionArn");

    // Resources
    s3::CfnBucketProps::new().build(stack, "Data");

    let seed = CfnResource::new(
        stack,
        "Seed",
        "Custom::Seed",
        json!({
            "ServiceToken": { "Ref": "FunctionArn" },
            "Rows": [1, 2.5, "three"],
            "Deep": { "yes": true, "Bucket": { "Ref": "Data" } }
        }),
    );

    let lookup = CfnResource::new(
        stack,
        "Lookup",
        "AWS::CloudFormation::CustomResource",
        json!({
            "ServiceToken": { "Ref": "FunctionArn" },
            "Name": { "Fn::Join": ["-", ["seed", { "Fn::GetAtt": ["Seed", "Id"] }]] }
        }),
    );
    lookup.depends_on(seed);

    let alias = StringParameter::builder()
        .value(lookup.attr_value::<String>("Address"))
        .build(stack, "Alias");
    alias.cfn().override_logical_id("Alias");

    // Outputs
    Output::new(stack, "Id", seed.attr_value::<String>("Id"));

    stack
}
