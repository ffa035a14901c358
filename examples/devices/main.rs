//! Devices that publish their state: rules keep it, call a function when one is too hot, and count failures.

use std::process::ExitCode;

use infra_lib::cloudwatch::{Comparison, TreatMissingData};
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::iot::{DevicePolicy, TopicAction, TopicRule};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::LogGroup;
use infra_lib::prelude::*;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stack to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Devices");
    // Each device reads and writes its own topics only.
    DevicePolicy::builder()
        .connect_as_thing()
        .publish("devices/{thing}/state")
        .subscribe("devices/{thing}/commands/#")
        .build(stack, "Policy");

    let failures = LogGroup::builder().build(stack, "Failures");
    let latest = Table::builder()
        .partition_key(Attribute::string("device"))
        .build(stack, "Latest");
    let keep = TopicRule::builder()
        .sql("SELECT *, topic(2) AS device FROM 'devices/+/state'")
        .action(TopicAction::put_item(latest))
        .error_action(TopicAction::put_log_events(&failures))
        .build(stack, "Keep");

    let warn = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline(
            "exports.handler = async (event) => console.log(`${event.device} is at ${event.temperature} degrees`);",
        ))
        .build(stack, "Warn");
    TopicRule::builder()
        .sql("SELECT topic(2) AS device, temperature FROM 'devices/+/state' WHERE temperature > 30")
        .action(&warn)
        .error_action(TopicAction::put_log_events(&failures))
        .build(stack, "Hot");

    keep.metric_parse_error()
        .alarm()
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .build(stack, "NoJson");
    Output::new(stack, "Table", latest.table_name()).description("Latest state of each device");
}
