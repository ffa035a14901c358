//! The stack `GoodServerlessGlobals`: 5 resources, converted by `import-template` from
//! `good_serverless_globals.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sqs`), `serde_json`.

use infra_cfn::sqs;
use infra_core::intrinsics::equals;
use infra_core::{App, CfnResource, Condition, ParameterProps, ParameterType, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_serverless_globals(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::Serverless-2016-10-31")
        .section(
            "Globals",
            json!({
                "Function": {
                    "Runtime": "nodejs22.x",
                    "Timeout": 5,
                    "Tags": { "Team": "web" },
                    "Environment": { "Variables": { "STAGE": { "Ref": "AWS::StackName" } } }
                },
                "Api": { "TracingEnabled": true, "Cors": "'*'" }
            }),
        )
        .build(app, "GoodServerlessGlobals");

    // Parameters
    let size = ParameterProps::new(ParameterType::String)
        .default_value("small")
        .build(stack, "Size");

    // Conditions
    Condition::new(stack, "IsLarge", equals::<String>(size, "large"));

    // Resources

    // There are no bindings of `AWS::Serverless::SimpleTable`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Table",
        "AWS::Serverless::SimpleTable",
        json!({ "PrimaryKey": { "Name": "id", "Type": "String" }, "Tags": { "Team": "web" } }),
    );

    sqs::CfnQueueProps::new().build(stack, "Jobs");

    // There are no bindings of `AWS::Serverless::Function`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Web",
        "AWS::Serverless::Function",
        json!({
            "CodeUri": { "Bucket": "code", "Key": "web.zip" },
            "Handler": { "Fn::Sub": "${AWS::StackName}.handler" },
            "MemorySize": { "Fn::If": ["IsLarge", 1024, { "Ref": "AWS::NoValue" }] },
            "Policies": [
                "AmazonDynamoDBReadOnlyAccess",
                { "DynamoDBReadPolicy": { "TableName": { "Ref": "Table" } } },
                { "Version": "2012-10-17", "Statement": [] }
            ],
            "Architectures": ["arm64"],
            "Events": {
                "Get": { "Type": "Api", "Properties": { "Path": "/", "Method": "get" } },
                "Timer": { "Type": "Schedule", "Properties": { "Schedule": "rate(1 hour)" } },
                "Jobs": {
                    "Type": "SQS",
                    "Properties": { "Queue": { "Fn::GetAtt": ["Jobs", "Arn"] }, "BatchSize": 5 }
                }
            }
        }),
    );

    // There are no bindings of `AWS::Serverless::Api`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Site",
        "AWS::Serverless::Api",
        json!({ "StageName": "live", "Auth": { "DefaultAuthorizer": "AWS_IAM" } }),
    );

    // There are no bindings of `AWS::Serverless::StateMachine`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Flow",
        "AWS::Serverless::StateMachine",
        json!({
            "DefinitionUri": "flow.json",
            "Policies": [{ "LambdaInvokePolicy": { "FunctionName": { "Ref": "Web" } } }]
        }),
    );

    stack
}
