//! The stack `Data`: 20 resources, converted by `import-template` from
//! `data.json`.
//!
//! Crates: `infra-lib` (features `cloudwatch`, `dynamodb`, `events`, `iam`, `kms`, `s3`, `scheduler`, `secretsmanager`, `ssm`), `serde_json`.

use infra_lib::cfn::ssm::parameter;
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, Period, Statistic, TreatMissingData};
use infra_lib::dynamodb::{Attribute, StreamView, Table};
use infra_lib::events::{Archive, ArchiveRetention, EventBus};
use infra_lib::iam::{Principal, Statement};
use infra_lib::kms::Key;
use infra_lib::s3::Bucket;
use infra_lib::scheduler::ScheduleGroup;
use infra_lib::secretsmanager::Secret;
use infra_lib::ssm::StringParameter;
use infra_lib::{
    App, Construct as _, Duration, Output, RemovalPolicy, Stack, StackProps, bucket_name, sub,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn data(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Buckets, tables, alarms, events and secrets with every setter")
        .build(app, "Data");

    // Resources
    let files = Bucket::builder()
        .bucket_name(bucket_name!("files-of-the-shop"))
        .build(stack, "Files");

    files.add_to_policy(
        Statement::allow()
            .principal(Principal::service("logging.s3.amazonaws.com"))
            .action("s3:PutObject")
            .resource(sub![files.arn(), "/logs/*"]),
    );

    Bucket::builder()
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Temporary");

    let notes = Table::builder()
        .partition_key(Attribute::string("id"))
        .deletion_protection(true)
        .build(stack, "Notes");
    notes.cfn().override_logical_id("Notes");

    let events = Table::builder()
        .partition_key(Attribute::binary("day"))
        .sort_key(Attribute::number("at"))
        .table_name("events")
        .time_to_live("expires")
        .stream(StreamView::NewAndOldImages)
        .deletion_protection(false)
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Events");
    events.cfn().override_logical_id("Events");

    let old = Alarm::builder()
        .metric(
            Metric::new("AWS/SQS", "ApproximateAgeOfOldestMessage")
                .dimension("QueueName", "jobs")
                .statistic(Statistic::Maximum),
        )
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(600.0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .build(stack, "Old");
    old.cfn().override_logical_id("Old");

    let slow = Alarm::builder()
        .metric(
            Metric::new("AWS/SQS", "ApproximateAgeOfOldestMessage")
                .dimension("TableName", notes.table_name())
                .dimension("Operation", "Query")
                .period(Period::ONE_MINUTE),
        )
        .comparison(Comparison::LessThanOrEqualToThreshold)
        .threshold(0.5)
        .evaluation_periods(5)
        .datapoints_to_alarm(3)
        .treat_missing_data(TreatMissingData::Ignore)
        .alarm_name("slow")
        .description("Too slow")
        .build(stack, "Slow");
    slow.cfn()
        .modify(|props| props.alarm_actions(["arn:aws:sns:eu-west-1:111122223333:alarms"]));
    slow.cfn().override_logical_id("Slow");

    let odd = Alarm::builder()
        .metric(
            Metric::new("AWS/SQS", "ApproximateAgeOfOldestMessage")
                .dimension("QueueName", "jobs")
                .statistic(Statistic::SampleCount)
                .period(Period::minutes(2)),
        )
        .comparison(Comparison::LessThanThreshold)
        .threshold(600.0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::Missing)
        .build(stack, "Odd");
    odd.cfn().override_logical_id("Odd");

    let daily = Alarm::builder()
        .metric(
            Metric::new("AWS/SQS", "ApproximateAgeOfOldestMessage")
                .dimension("QueueName", "jobs")
                .statistic(Statistic::Minimum)
                .period(Period::ONE_DAY),
        )
        .comparison(Comparison::GreaterThanOrEqualToThreshold)
        .threshold(12.0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::Breaching)
        .build(stack, "Daily");
    daily.cfn().override_logical_id("Daily");

    let bus = EventBus::builder()
        .event_bus_name("shop")
        .description("Events of the shop")
        .build(stack, "Bus");
    bus.cfn().override_logical_id("Bus");

    let kept = Archive::builder()
        .source_arn(bus.arn().cast())
        .retention(ArchiveRetention::For(Duration::days(30)))
        .archive_name("kept")
        .description("A month")
        .build(stack, "Kept");
    kept.cfn()
        .modify(|props| props.event_pattern(json!({ "source": ["shop"] })));
    kept.cfn().override_logical_id("Kept");

    let kept_forever = Archive::builder()
        .source_arn(bus.arn().cast())
        .retention(ArchiveRetention::Infinite)
        .build(stack, "KeptForever");
    kept_forever.cfn().override_logical_id("KeptForever");

    let kept_by_default = Archive::builder()
        .source_arn(bus.arn().cast())
        .build(stack, "KeptByDefault");
    kept_by_default.cfn().override_logical_id("KeptByDefault");

    let key = Key::builder().build(stack, "Key");
    key.cfn().override_logical_id("Key");

    let token = Secret::builder()
        .secret_name("token")
        .description("A token")
        .encryption_key(key)
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Token");
    token.cfn().override_logical_id("Token");

    let password = Secret::builder().build(stack, "Password");
    password.cfn().override_logical_id("Password");

    let schedules = ScheduleGroup::builder()
        .schedule_group_name("reports")
        .build(stack, "Schedules");
    schedules.cfn().override_logical_id("Schedules");
    schedules
        .cfn()
        .apply_update_replace_policy(RemovalPolicy::Destroy);

    let other_schedules = ScheduleGroup::builder()
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "OtherSchedules");
    other_schedules.cfn().override_logical_id("OtherSchedules");

    let setting = StringParameter::builder()
        .value("dev")
        .name("/shop/stage")
        .description("The stage")
        .allowed_pattern("^[a-z]+$")
        .build(stack, "Setting");
    setting
        .cfn()
        .modify(|props| props.tier(parameter::Tier::STANDARD));
    setting.cfn().override_logical_id("Setting");

    // Outputs
    Output::new(stack, "Bucket", files.bucket_name());
    Output::new(stack, "BucketArn", files.arn());
    Output::new(stack, "Table", events.arn());
    Output::new(stack, "SettingOutput", setting.name())
        .scope()
        .override_logical_id("Setting");
    Output::new(stack, "Alarm", old.arn());
    Output::new(stack, "BusOutput", bus.event_bus_name())
        .scope()
        .override_logical_id("Bus");
    Output::new(stack, "Archive", kept.archive_name());
    Output::new(stack, "Group", schedules.schedule_group_name());

    stack
}
