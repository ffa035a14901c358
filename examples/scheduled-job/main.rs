//! A report every morning: a schedule in a time zone, a function with a setting and a secret, and an alarm.

use std::process::ExitCode;

use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::scheduler::{Schedule, ScheduleExpression, ScheduleGroup};
use infra_lib::secretsmanager::Secret;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::ssm::StringParameter;
use infra_lib::{App, Duration, Stack};

const CODE: &str = "\
def handler(event, context):
    print('the report is on its way')
";

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Reports");
    let key = Key::builder().build(stack, "Key");
    let token = Secret::builder()
        .description("Token of the mail service")
        .encryption_key(key)
        .build(stack, "Token");
    let recipients = StringParameter::builder()
        .value("board@example.com")
        .build(stack, "Recipients");

    let report = Function::builder()
        .runtime(Runtime::Python314)
        .handler("index.handler")
        .code(Code::inline(CODE))
        .timeout(Duration::minutes(5))
        .env("TOKEN", token.arn())
        .env("RECIPIENTS", recipients.name())
        .build(stack, "Report");
    token.grant_read(&report);
    recipients.grant_read(&report);

    let group = ScheduleGroup::builder().build(stack, "Group");
    let mornings = ScheduleExpression::cron("0 7 ? * MON-FRI *").time_zone("Europe/Berlin");
    Schedule::of(mornings, report)
        .group(group)
        .build(stack, "Mornings");

    let on_call = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "OnCall");
    Alarm::builder()
        .metric(report.metric_errors())
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .action(&on_call)
        .build(stack, "Failed");
}
