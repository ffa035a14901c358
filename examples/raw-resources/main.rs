//! A Lambda function and a DynamoDB table by their generated bindings, as for a service without constructs.

use std::collections::BTreeMap;
use std::process::ExitCode;

use infra_lib::cfn::dynamodb::CfnTableProps;
use infra_lib::cfn::dynamodb::table::{
    AttributeDefinition, AttributeDefinitionAttributeType, BillingMode, KeySchemaItem,
    KeySchemaItemKeyType, PointInTimeRecoverySpecification,
};
use infra_lib::cfn::lambda::CfnFunctionProps;
use infra_lib::cfn::lambda::function::{Architectures, Code, Environment, LoggingConfig, Runtime};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::{App, RemovalPolicy, Stack, Value, value};

/// The code of the function, for a template of one file. Larger code goes to S3: `Code::new().s3_bucket(…)`.
const CODE: &str = include_str!("counter.py");

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Counter");

    let table = CfnTableProps::new(vec![KeySchemaItem::new("id", KeySchemaItemKeyType::HASH)])
        .attribute_definitions(vec![AttributeDefinition::new(
            "id",
            AttributeDefinitionAttributeType::S,
        )])
        .billing_mode(BillingMode::PAY_PER_REQUEST)
        .point_in_time_recovery_specification(
            PointInTimeRecoverySpecification::new().point_in_time_recovery_enabled(true),
        )
        .build(stack, "Table");
    table.apply_removal_policy(RemovalPolicy::Retain);

    let role = Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Role");
    role.add_statement(
        Statement::allow()
            .action("dynamodb:UpdateItem")
            .resource(table.attr_arn()),
    );
    let logs = LogGroup::builder()
        .retention(RetentionDays::ONE_WEEK)
        .build(stack, "Logs");
    logs.grant_write(&role);

    let variables: BTreeMap<String, Value<String>> =
        BTreeMap::from([("TABLE".to_owned(), value(table.ref_()))]);
    CfnFunctionProps::new(Code::new().zip_file(CODE), role.arn())
        .runtime(Runtime::PYTHON3_13)
        .handler("index.handler")
        .architectures(vec![Architectures::ARM64])
        .environment(Environment::new().variables(variables))
        .logging_config(LoggingConfig::new().log_group(logs.name()))
        .build(stack, "Function");
}
