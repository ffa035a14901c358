//! The stack `Serverless`: 3 resources, converted by `import-template` from
//! `serverless.yaml`.
//!
//! Crates: `infra-lib` (feature `cloudwatch`), `serde_json`.

use infra_lib::cloudwatch::{Alarm, Comparison, Metric, Period, Statistic, TreatMissingData};
use infra_lib::{App, CfnResource, Construct as _, Output, Stack, StackProps};
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

    let alarm = Alarm::builder()
        .metric(
            Metric::new("AWS/Lambda", "Errors")
                .dimension("FunctionName", read.ref_value::<String>())
                .statistic(Statistic::Sum)
                .period(Period::ONE_MINUTE),
        )
        .comparison(Comparison::GreaterThanOrEqualToThreshold)
        .threshold(1.0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .build(stack, "Alarm");
    alarm.cfn().override_logical_id("Alarm");

    // Outputs
    Output::new(stack, "Function", read.attr_value::<String>("Arn"));

    stack
}
