//! The stack `Lambda`: 6 resources, converted by `import-template` from
//! `lambda.yaml`.
//!
//! Crates: `infra-lib` (features `dynamodb`, `events`, `iam`, `lambda`, `logs`), `serde_json`.

use infra_lib::cfn::{
    dynamodb::{self, table},
    events::{self, rule},
    iam::role,
    lambda::{self, function},
};
use infra_lib::iam::{Principal, Role};
use infra_lib::lambda::Permission as LambdaPermission;
use infra_lib::logs::LogGroup;
use infra_lib::{
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

    let role = Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .managed_policy(
            sub![
                "arn:",
                pseudo::partition(),
                ":iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            ]
            .cast(),
        )
        .build(stack, "Role");
    role.cfn().modify(|props| {
        props.policies([role::Policy::new(
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
    });
    role.cfn().override_logical_id("Role");

    let function = lambda::CfnFunctionProps::new(
        function::Code::new().zip_file(
            r#"import os

def handler(event, context):
    """Answers "hello"."""
    return {"table": os.environ["TABLE"]}
"#,
        ),
        role.arn(),
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

    let logs = LogGroup::builder()
        .log_group_name(sub!["/aws/lambda/", function.ref_()])
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Logs");
    logs.cfn()
        .modify(|props| props.retention_in_days(retention.value()));
    logs.cfn().override_logical_id("Logs");

    let every_hour = events::CfnRuleProps::new()
        .schedule_expression("rate(1 hour)")
        .state(rule::State::ENABLED)
        .targets([
            rule::Target::new(function.attr_arn(), "function").input(r#"{"source": "schedule"}"#)
        ])
        .build(stack, "EveryHour");

    let may_call = LambdaPermission::builder()
        .function(function.ref_().cast())
        .principal("events.amazonaws.com")
        .source_arn(every_hour.attr_arn())
        .build(stack, "MayCall");
    may_call.cfn().override_logical_id("MayCall");

    stack
}
