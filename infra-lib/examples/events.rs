//! Creates users, event buses, rules, schedules and streams, as the peer with aws-cdk-lib does: `events OUT`.

use std::path::Path;
use std::process::ExitCode;

use infra_lib::core::assembly;
use infra_lib::events::{
    Archive, ArchiveRetention, EventBus, EventPattern, Matcher, Rule, Schedule as RuleSchedule,
    Target, TargetInput,
};
use infra_lib::iam::{Group, InstanceProfile, User};
use infra_lib::kinesis::{Stream, StreamCapacity};
use infra_lib::scheduler::{self, FlexibleTimeWindow, Schedule, ScheduleExpression, ScheduleGroup};
use infra_lib::{App, Duration, Stack};
use serde_json::json;

const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:jobs";
const FAILED: &str = "arn:aws:sqs:eu-west-1:111122223333:failed";

fn main() -> ExitCode {
    let Some(out) = std::env::args().nth(1) else {
        return ExitCode::from(2);
    };
    let app = App::new();
    build(Stack::new(&app, "Events"));
    let synthesis = app.synth();
    if synthesis.has_errors() || assembly::write_assembly(&synthesis, Path::new(&out)).is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn build(stack: Stack<'_>) {
    let group = Group::builder().path("/shops/").build(stack, "Shops");
    User::builder()
        .user_name("till")
        .group(group)
        .build(stack, "Till");
    InstanceProfile::builder().build(stack, "Profile");

    let bus = EventBus::builder()
        .event_bus_name("orders")
        .description("orders of the shop")
        .build(stack, "Orders");
    let orders = || EventPattern::new().source("shop.orders");
    Archive::of(&bus)
        .archive_name("orders")
        .description("orders of a month")
        .event_pattern(orders())
        .retention(ArchiveRetention::For(Duration::days(30)))
        .build(bus, "Archive");
    Rule::on_event(
        orders()
            .detail_type(Matcher::prefix("Order "))
            .detail("status", ["paid", "shipped"])
            .detail("total", Matcher::between(1, 100))
            .detail("coupon", Matcher::absent()),
    )
    .event_bus(bus)
    .target(
        Target::new(QUEUE)
            .input(TargetInput::path("$.detail"))
            .retry_attempts(2)
            .max_event_age(Duration::minutes(10))
            .dead_letter_queue_arn(FAILED),
    )
    .build(stack, "Paid");
    Rule::on_schedule(RuleSchedule::rate(Duration::minutes(5)))
        .target(Target::new(QUEUE).input(TargetInput::json(&json!({ "job": "poll" }))))
        .build(stack, "Poll");

    let reports = ScheduleGroup::builder()
        .schedule_group_name("reports")
        .build(stack, "Reports");
    let queue = scheduler::Target::new(QUEUE)
        .role_arn("arn:aws:iam::111122223333:role/scheduler")
        .retry_attempts(3)
        .max_event_age(Duration::hours(1));
    Schedule::of(
        ScheduleExpression::cron("0 3 ? * MON-FRI *").time_zone("Europe/Berlin"),
        queue,
    )
    .group(reports)
    .flexible_time_window(FlexibleTimeWindow::UpTo(Duration::minutes(15)))
    .build(stack, "Nightly");

    Stream::builder()
        .retention(Duration::days(7))
        .build(stack, "Clicks");
    Stream::builder()
        .capacity(StreamCapacity::Provisioned { shards: 2 })
        .build(stack, "Views");
}
