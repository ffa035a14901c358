//! The stack `Reports`: 12 resources, converted by `import-template` from
//! `Reports.template.json`.
//!
//! Crates: `infra-lib` (features `cloudwatch`, `iam`, `kms`, `lambda`, `scheduler`, `secretsmanager`, `sns`, `ssm`).

use infra_lib::cfn::scheduler::{self, schedule};
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, Statistic, TreatMissingData};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::scheduler::ScheduleGroup;
use infra_lib::secretsmanager::Secret;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::ssm::StringParameter;
use infra_lib::{App, Duration, Stack, pseudo, sub, value};

/// Adds the stack to the app.
pub fn reports(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Reports");

    let key = Key::builder().build(stack, "Key");
    key.add_statement(
        Statement::allow()
            .principal(Principal::service("cloudwatch.amazonaws.com"))
            .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
            .resource("*")
            .condition("StringEquals", "aws:SourceAccount", pseudo::account_id()),
    );

    let token = Secret::builder()
        .description("Token of the mail service")
        .encryption_key(key)
        .build(stack, "Token");

    let recipients = StringParameter::builder()
        .value("board@example.com")
        .build(stack, "Recipients");

    let report = Function::builder()
        .code(Code::inline(
            r"def handler(event, context):
    print('the report is on its way')
",
        ))
        .runtime(Runtime::Python314)
        .handler("index.handler")
        .timeout(Duration::minutes(5))
        .env("TOKEN", token.cfn().ref_())
        .env("RECIPIENTS", recipients.name())
        .build(stack, "Report");
    report.add_statement(
        Statement::allow()
            .action("secretsmanager:GetSecretValue")
            .resource(token.cfn().ref_()),
    );
    report.add_statement(Statement::allow().action("kms:Decrypt").resource(key.arn()));
    report.add_statement(
        Statement::allow()
            .actions(["ssm:GetParameter", "ssm:GetParameters"])
            .resource(recipients.cfn().attr_arn()),
    );

    let group = ScheduleGroup::builder().build(stack, "Group");

    let mornings_role5327901_e = Role::builder()
        .assumed_by(
            Principal::service("scheduler.amazonaws.com")
                .condition("StringEquals", "aws:SourceAccount", pseudo::account_id())
                .condition("ArnEquals", "aws:SourceArn", group.arn()),
        )
        .statement(
            Statement::allow()
                .action("lambda:InvokeFunction")
                .resource(report.arn())
                .resource(sub![report.arn(), ":*"]),
        )
        .build(stack, "MorningsRole5327901E");
    mornings_role5327901_e
        .cfn()
        .override_logical_id("MorningsRole5327901E");

    scheduler::CfnScheduleProps::new(scheduler::CfnScheduleRequired {
        flexible_time_window: value(schedule::FlexibleTimeWindow::new(
            schedule::FlexibleTimeWindowMode::OFF,
        )),
        schedule_expression: value("cron(0 7 ? * MON-FRI *)"),
        target: value(schedule::Target::new(
            report.arn(),
            mornings_role5327901_e.arn(),
        )),
    })
    .schedule_expression_timezone("Europe/Berlin")
    .group_name(group.schedule_group_name())
    .state(schedule::ScheduleState::ENABLED)
    .build(stack, "Mornings6145FD36");

    let on_call = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "OnCall");

    on_call.add_statement(
        Statement::allow()
            .principal(Principal::service("cloudwatch.amazonaws.com"))
            .action("sns:Publish")
            .resource(on_call.arn())
            .condition("StringEquals", "aws:SourceAccount", pseudo::account_id()),
    );

    let failed = Alarm::builder()
        .metric(
            Metric::new("AWS/Lambda", "Errors")
                .dimension("FunctionName", report.function_name())
                .statistic(Statistic::Sum),
        )
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(0.0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .build(stack, "Failed");
    failed
        .cfn()
        .modify(|props| props.alarm_actions([on_call.arn()]));

    stack
}
