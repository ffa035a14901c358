//! The stack `Lambda`: 6 resources, converted by `import-template` from
//! `lambda.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `dynamodb`, `events`, `iam`, `lambda`, `logs`), `serde_json`.

use infra_cfn::{
    dynamodb::{self, table},
    events::{self, rule},
    iam::{self, role},
    lambda::{self, function},
    logs,
};
use infra_core::{
    App, ParameterProps, ParameterType, RemovalPolicy, Stack, StackProps, pseudo, sub, value,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn lambda(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("A function, its role, its log group and a rule that calls it")
        .build(app, "Lambda");

    // Parameters
    let retention = ParameterProps::new(ParameterType::Number)
        .default_value("30")
        .build(stack, "Retention");

    // Resources
    let table = dynamodb::CfnTableProps::new([table::KeySchemaItem::new(
        "id",
        table::KeySchemaItemKeyType::HASH,
    )])
    .billing_mode(table::BillingMode::PAY_PER_REQUEST)
    .attribute_definitions([table::AttributeDefinition::new(
        "id",
        table::AttributeDefinitionAttributeType::S,
    )])
    .time_to_live_specification(table::TimeToLiveSpecification::new(true).attribute_name("expires"))
    .point_in_time_recovery_specification(
        table::PointInTimeRecoverySpecification::new().point_in_time_recovery_enabled(true),
    )
    .build(stack, "Table");
    table.apply_removal_policy(RemovalPolicy::Retain);
    table.apply_update_replace_policy(RemovalPolicy::Destroy);

    let role = iam::CfnRoleProps::new(json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": { "Service": "lambda.amazonaws.com" },
                "Action": "sts:AssumeRole"
            }
        ]
    }))
    .managed_policy_arns([sub![
        "arn:",
        pseudo::partition(),
        ":iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    ]
    .cast()])
    .policies([role::Policy::new(
        json!({
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": ["dynamodb:GetItem", "dynamodb:PutItem"],
                    "Resource": [
                        { "Fn::GetAtt": ["Table", "Arn"] },
                        { "Fn::Sub": "${Table.Arn}/index/*" }
                    ]
                }
            ]
        }),
        "table",
    )])
    .build(stack, "Role");

    let function = lambda::CfnFunctionProps::new(
        function::Code::new().zip_file(
            r#"import os

def handler(event, context):
    """Answers "hello"."""
    return {"table": os.environ["TABLE"]}
"#,
        ),
        role.attr_arn(),
    )
    .runtime(function::Runtime::PYTHON3_13)
    .handler("index.handler")
    .timeout(10)
    .memory_size(256)
    .environment(function::Environment::new().variables([
        ("TABLE", value::<String>(table.ref_())),
        ("STAGE", value::<String>("test")),
        ("EMPTY", value::<String>("")),
    ]))
    .build(stack, "Function");

    logs::CfnLogGroupProps::new()
        .log_group_name(sub!["/aws/lambda/", function.ref_()])
        .retention_in_days(retention.value())
        .build(stack, "Logs");

    let every_hour = events::CfnRuleProps::new()
        .schedule_expression("rate(1 hour)")
        .state(rule::State::ENABLED)
        .targets([
            rule::Target::new(function.attr_arn(), "function").input(r#"{"source": "schedule"}"#)
        ])
        .build(stack, "EveryHour");

    lambda::CfnPermissionProps::new(lambda::CfnPermissionRequired {
        action: value("lambda:InvokeFunction"),
        function_name: value(function.ref_()),
        principal: value("events.amazonaws.com"),
    })
    .source_arn(every_hour.attr_arn())
    .build(stack, "MayCall");

    stack
}
