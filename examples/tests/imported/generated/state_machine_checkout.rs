//! The stack `Checkout`: 11 resources, converted by `import-template` from
//! `Checkout.template.json`.
//!
//! Crates: `infra-lib` (features `iam`, `lambda`, `logs`, `sns`, `sqs`, `stepfunctions`).

use infra_lib::cfn::stepfunctions::{self, state_machine};
use infra_lib::iam::{Group, Principal, Role, Statement};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::sns::Topic;
use infra_lib::sqs::Queue;
use infra_lib::{App, Stack, pseudo, sub};

/// Adds the stack to the app.
pub fn checkout(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Checkout");

    let charge = Function::builder()
        .code(Code::inline(
            "exports.handler = async (order) => ({ ...order, paid: true });",
        ))
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .build(stack, "Charge");

    let parcels = Queue::builder().build(stack, "Parcels");

    let support = Topic::builder().build(stack, "Support");

    let machine_role_d2_d3_d395 = Role::builder()
        .assumed_by(
            Principal::service("states.amazonaws.com")
                .condition("StringEquals", "aws:SourceAccount", pseudo::account_id())
                .condition(
                    "ArnLike",
                    "aws:SourceArn",
                    sub![
                        "arn:",
                        pseudo::partition(),
                        ":states:",
                        pseudo::region(),
                        ":",
                        pseudo::account_id(),
                        ":stateMachine:*",
                    ],
                ),
        )
        .statement(
            Statement::allow()
                .action("lambda:InvokeFunction")
                .resource(charge.arn()),
        )
        .statement(
            Statement::allow()
                .action("sns:Publish")
                .resource(support.arn()),
        )
        .statement(
            Statement::allow()
                .action("sqs:SendMessage")
                .resource(parcels.arn()),
        )
        .statement(
            Statement::allow()
                .actions([
                    "logs:CreateLogDelivery",
                    "logs:DeleteLogDelivery",
                    "logs:DescribeLogGroups",
                    "logs:DescribeResourcePolicies",
                    "logs:GetLogDelivery",
                    "logs:ListLogDeliveries",
                    "logs:PutResourcePolicy",
                    "logs:UpdateLogDelivery",
                ])
                .resource("*"),
        )
        .build(stack, "MachineRoleD2D3D395");
    machine_role_d2_d3_d395
        .cfn()
        .override_logical_id("MachineRoleD2D3D395");

    let machine_log_group3_dc2_a6_d8 = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .build(stack, "MachineLogGroup3DC2A6D8");
    machine_log_group3_dc2_a6_d8
        .cfn()
        .override_logical_id("MachineLogGroup3DC2A6D8");

    let machine6_fc8_ae80 = stepfunctions::CfnStateMachineProps::new(machine_role_d2_d3_d395.arn())
        .definition_string(sub![
            r#"{"StartAt":"Has items?","States":{"Has items?":{"Type":"Choice","Choices":[{"Condition":"{% $count($states.input.items) > 0 %}","Next":"Charge"}],"Default":"Empty"},"Charge":{"Type":"Task","Resource":"arn:"#,
            pseudo::partition(),
            r#":states:::lambda:invoke","Arguments":{"FunctionName":""#,
            charge.arn(),
            r#"","Payload":"{% $states.input %}"},"Retry":[{"ErrorEquals":["Lambda.ClientExecutionTimeoutException","Lambda.ServiceException","Lambda.AWSLambdaException","Lambda.SdkClientException"],"IntervalSeconds":2,"MaxAttempts":6,"BackoffRate":2},{"ErrorEquals":["Shop.TryAgain"],"IntervalSeconds":2,"MaxAttempts":3}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Tell support"}],"Next":"Send"},"Tell support":{"Type":"Task","Resource":"arn:"#,
            pseudo::partition(),
            r#":states:::sns:publish","Arguments":{"TopicArn":""#,
            support.arn(),
            r#"","Message":"{% $states.input %}"},"Next":"Not paid"},"Not paid":{"Type":"Fail","Error":"Shop.NotPaid"},"Send":{"Type":"Task","Resource":"arn:"#,
            pseudo::partition(),
            r#":states:::sqs:sendMessage","Arguments":{"QueueUrl":""#,
            parcels.queue_url(),
            r#"","MessageBody":"{% $states.input %}"},"Next":"Done"},"Done":{"Type":"Succeed"},"Empty":{"Type":"Fail","Error":"Shop.EmptyCart"}},"TimeoutSeconds":300,"QueryLanguage":"JSONata"}"#,
        ])
        .state_machine_type(state_machine::StateMachineType::STANDARD)
        .logging_configuration(
            state_machine::LoggingConfiguration::new()
                .destinations([
                    state_machine::LogDestination::new()
                        .cloud_watch_logs_log_group(
                            state_machine::CloudWatchLogsLogGroup::new()
                                .log_group_arn(machine_log_group3_dc2_a6_d8.arn()),
                        ),
                ])
                .level(state_machine::LoggingConfigurationLevel::ERROR)
                .include_execution_data(false),
        )
        .build(stack, "Machine6FC8AE80");

    Group::builder()
        .statement(
            Statement::allow()
                .action("states:StartExecution")
                .resource(machine6_fc8_ae80.ref_()),
        )
        .build(stack, "Clerks");

    stack
}
