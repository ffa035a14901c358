//! The stack `Serverless`: 3 resources, converted by `import-template` from
//! `serverless.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `cloudwatch`), `serde_json`.

use infra_cfn::cloudwatch::{self, alarm};
use infra_core::{App, CfnResource, Construct as _, Output, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn serverless(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("What the serverless macro writes out at deployment")
        .transform("AWS::Serverless-2016-10-31")
        .section(
            "Globals",
            json!({
                "Function": {
                    "Runtime": "nodejs22.x",
                    "Timeout": 5,
                    "Environment": { "Variables": { "TABLE": { "Ref": "Items" } } }
                }
            }),
        )
        .build(app, "Serverless");

    // Resources

    // There are no bindings of `AWS::Serverless::SimpleTable`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Items",
        "AWS::Serverless::SimpleTable",
        json!({ "PrimaryKey": { "Name": "id", "Type": "String" } }),
    );

    // There are no bindings of `AWS::Serverless::Function`: the properties are as in the template.
    let read = CfnResource::new(
        stack,
        "Read",
        "AWS::Serverless::Function",
        json!({
            "CodeUri": "src/",
            "Handler": "read.handler",
            "Policies": [{ "DynamoDBReadPolicy": { "TableName": { "Ref": "Items" } } }],
            "Events": {
                "Get": {
                    "Type": "HttpApi",
                    "Properties": { "Path": "/items/{id}", "Method": "get" }
                }
            }
        }),
    );
    read.scope().add_metadata("BuildMethod", json!("esbuild"));

    cloudwatch::CfnAlarmProps::new()
        .namespace("AWS/Lambda")
        .metric_name("Errors")
        .dimensions([alarm::Dimension::new(
            "FunctionName",
            read.ref_value::<String>(),
        )])
        .statistic(alarm::Statistic::SUM)
        .period(60)
        .evaluation_periods(1)
        .threshold(1.0)
        .comparison_operator(alarm::ComparisonOperator::GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .treat_missing_data(alarm::TreatMissingData::NOT_BREACHING)
        .build(stack, "Alarm");

    // Outputs
    Output::new(stack, "Function", read.attr_value::<String>("Arn"));

    stack
}
