//! The stack `CaseServerlessCycle`: 2 resources, converted by `import-template` from
//! `case_serverless_cycle.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `cloudwatch`), `serde_json`.

use infra_cfn::cloudwatch::{self, alarm};
use infra_core::{App, CfnResource, Stack, StackProps, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_serverless_cycle(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::Serverless-2016-10-31")
        .build(app, "CaseServerlessCycle");

    cloudwatch::CfnAlarmProps::new()
        .comparison_operator(alarm::ComparisonOperator::GREATER_THAN_THRESHOLD)
        .evaluation_periods(1)
        .metric_name("Errors")
        .namespace("AWS/Lambda")
        .period(60)
        .statistic(alarm::Statistic::SUM)
        .threshold(0.0)
        .dimensions([alarm::Dimension::new(
            "FunctionName",
            raw::<String>(json!({ "Ref": "Work" })),
        )])
        .build(stack, "Errors");

    // There are no bindings of `AWS::Serverless::Function`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Work",
        "AWS::Serverless::Function",
        json!({
            "Handler": "a.b",
            "Runtime": "nodejs22.x",
            "InlineCode": "x",
            "AutoPublishAlias": "live",
            "DeploymentPreference": {
                "Type": "Linear10PercentEvery1Minute",
                "Alarms": [{ "Ref": "Errors" }]
            }
        }),
    );

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
