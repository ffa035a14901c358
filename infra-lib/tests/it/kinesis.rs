//! Tests of the constructs in `infra_lib::kinesis`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::events::{EventPattern, Rule};
use infra_lib::iam::{Principal, Role};
use infra_lib::kinesis::{AsStream as _, ShardMetric, Stream, StreamCapacity, StreamEncryption};
use infra_lib::kms::Key;
use infra_lib::logs::{LogDestination, LogGroup, SubscriptionFilter};
use infra_lib::scheduler::{Schedule, ScheduleExpression, Target};
use infra_lib::{Duration, RemovalPolicy, Size, Stack};
use serde_json::json;

use crate::base::findings_of;

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Role")
}

fn encrypted(stack: Stack<'_>) -> Stream<'_> {
    let key = Key::builder().build(stack, "Key");
    Stream::builder()
        .encryption(StreamEncryption::key(key))
        .build(stack, "Stream")
}

#[test]
fn creates_encrypted_stream_on_demand_that_is_retained() {
    let template = Template::of_stack(|stack| {
        Stream::builder().build(stack, "Stream");
    });
    template.has_resource(
        "AWS::Kinesis::Stream",
        json!({
            "Properties": {
                "Name": Match::absent(),
                "ShardCount": Match::absent(),
                "StreamModeDetails": { "StreamMode": "ON_DEMAND" },
                "StreamEncryption": { "EncryptionType": "KMS", "KeyId": "alias/aws/kinesis" },
                "RetentionPeriodHours": 24,
            },
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
        }),
    );
}

#[test]
fn writes_every_option_of_stream() {
    let template = Template::of_stack(|stack| {
        Stream::builder()
            .stream_name("clicks")
            .capacity(StreamCapacity::Provisioned { shards: 4 })
            .retention(Duration::days(7))
            .max_record_size(Size::mib(2))
            .shard_metric(ShardMetric::IteratorAgeMilliseconds)
            .shard_metric(ShardMetric::IncomingBytes)
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Stream");
    });
    template.has_properties(
        "AWS::Kinesis::Stream",
        json!({
            "Name": "clicks",
            "ShardCount": 4,
            "StreamModeDetails": { "StreamMode": "PROVISIONED" },
            "RetentionPeriodHours": 168,
            "MaxRecordSizeInKiB": 2048,
            "DesiredShardLevelMetrics": ["IteratorAgeMilliseconds", "IncomingBytes"],
        }),
    );
}

#[test]
fn grants_stream_and_its_key_to_role() {
    let template = Template::of_stack(|stack| {
        let stream = encrypted(stack);
        stream.grant_read_write(&role(stack));
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": [
                "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards",
                "kinesis:PutRecord", "kinesis:PutRecords",
            ], "Resource": { "Fn::GetAtt": [Match::any(), "Arn"] } },
            { "Action": ["kms:Decrypt", "kms:GenerateDataKey"] },
        ] } }] }),
    );
    template.resource_count("AWS::Kinesis::ResourcePolicy", 0);
}

#[test]
fn names_other_accounts_in_one_policy_of_stream() {
    let template = Template::of_stack(|stack| {
        let stream = encrypted(stack);
        stream.grant_read(&Principal::account("111122223333"));
        stream.grant_write(&Principal::account("444455556666"));
    });
    template.resource_count("AWS::Kinesis::ResourcePolicy", 1);
    template.has_properties(
        "AWS::Kinesis::ResourcePolicy",
        json!({
            "ResourceArn": { "Fn::GetAtt": [Match::any(), "Arn"] },
            "ResourcePolicy": { "Statement": [
                { "Action": Match::any(), "Resource": { "Fn::GetAtt": [Match::any(), "Arn"] } },
                { "Action": ["kinesis:ListShards", "kinesis:PutRecord", "kinesis:PutRecords"] },
            ] },
        }),
    );
    let key = template.only("AWS::KMS::Key").to_string();
    assert!(key.contains("444455556666"), "{key}");
}

#[test]
fn grants_imported_stream_to_role() {
    let arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";
    let template = Template::of_stack(|stack| {
        let role = role(stack);
        Stream::from_arn(arn).grant_read(&role);
        Stream::from_arn(arn).grant_write(&role);
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{ "Resource": arn }] } }] }),
    );
}

#[test]
fn puts_events_of_rule_with_its_role() {
    let template = Template::of_stack(|stack| {
        Rule::on_event(EventPattern::new().source("shop.orders"))
            .target(encrypted(stack))
            .build(stack, "Rule");
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": ["kinesis:PutRecord", "kinesis:PutRecords"] }, { "Action": "kms:GenerateDataKey" },
        ] } }] }),
    );
    template.has_properties(
        "AWS::Events::Rule",
        json!({ "Targets": [{ "RoleArn": { "Fn::GetAtt": Match::any() } }] }),
    );
}

#[test]
fn puts_events_of_rule_into_imported_stream() {
    const ARN: &str = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders";
    let template = Template::of_stack(|stack| {
        Rule::on_event(EventPattern::new().source("shop.orders"))
            .target(Stream::from_arn(ARN))
            .build(stack, "Rule");
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": ["kinesis:PutRecord", "kinesis:PutRecords"], "Resource": ARN },
        ] } }] }),
    );
    template.has_properties(
        "AWS::Events::Rule",
        json!({ "Targets": [{ "Arn": ARN, "RoleArn": { "Fn::GetAtt": Match::any() } }] }),
    );
}

const IMPORTED: &str = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders";

#[test]
fn puts_input_of_schedule_into_own_and_imported_stream() {
    let template = Template::of_stack(|stack| {
        let daily = || ScheduleExpression::rate(Duration::days(1));
        Schedule::of(daily(), encrypted(stack)).build(stack, "Own");
        Schedule::of(daily(), Stream::from_arn(IMPORTED)).build(stack, "Imported");
        let reference = Stream::from_arn(IMPORTED).as_stream();
        Schedule::of(daily(), Target::stream(&reference, "orders")).build(stack, "Reference");
    });
    for (target, key) in [
        (
            json!({ "Fn::GetAtt": [Match::string_like("Stream*"), "Arn"] }),
            "schedule",
        ),
        (json!(IMPORTED), "schedule"),
        (json!(IMPORTED), "orders"),
    ] {
        template.has_properties(
            "AWS::Scheduler::Schedule",
            json!({ "Target": { "Arn": target, "KinesisParameters": { "PartitionKey": key } } }),
        );
    }
    let put = json!([
        "kinesis:ListShards",
        "kinesis:PutRecord",
        "kinesis:PutRecords"
    ]);
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": put }, { "Action": "kms:GenerateDataKey" },
        ] } }] }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{ "Action": put, "Resource": IMPORTED }] } }] }),
    );
}

#[test]
fn delivers_log_events_to_own_and_imported_stream() {
    let template = Template::of_stack(|stack| {
        let logs = LogGroup::from_name(stack, "Logs", "/shop/api");
        for (id, destination) in [
            ("Own", LogDestination::of(&encrypted(stack).as_stream())),
            ("Imported", LogDestination::of(&Stream::from_arn(IMPORTED))),
        ] {
            SubscriptionFilter::builder()
                .log_group(logs)
                .destination(destination)
                .build(stack, id);
        }
    });
    let put = json!(["kinesis:PutRecord", "kinesis:PutRecords"]);
    template.has_properties(
        "AWS::Logs::SubscriptionFilter",
        json!({ "DestinationArn": IMPORTED, "RoleArn": { "Fn::GetAtt": Match::any() } }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{ "Action": put, "Resource": IMPORTED }] } }] }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": put }, { "Action": "kms:GenerateDataKey" },
        ] } }] }),
    );
}

#[test]
fn passes_reference_to_stream_on() {
    let template = Template::of_stack(|stack| {
        let role = role(stack);
        let (own, imported) = (
            encrypted(stack).as_stream(),
            Stream::from_arn(IMPORTED).as_stream(),
        );
        assert!(own.scope().is_some() && own.encryption_key().is_some());
        assert!(imported.scope().is_none() && imported.encryption_key().is_none());
        own.grant_read(&role);
        imported.grant_write(&role);
        Rule::on_event(EventPattern::new().source("shop.orders"))
            .target(imported)
            .build(stack, "Rule");
    });
    template.has_properties(
        "AWS::Events::Rule",
        json!({ "Targets": [{ "Arn": IMPORTED }] }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Resource": { "Fn::GetAtt": [Match::string_like("Stream*"), "Arn"] } },
            { "Action": "kms:Decrypt" },
            { "Action": ["kinesis:ListShards", "kinesis:PutRecord", "kinesis:PutRecords"], "Resource": IMPORTED },
        ] } }] }),
    );
}

#[test]
fn names_stream_in_metrics() {
    let template = Template::of_stack(|stack| {
        let stream = Stream::builder().build(stack, "Stream");
        Alarm::builder()
            .metric(stream.metric_get_records_iterator_age())
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(60_000)
            .evaluation_periods(3)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Behind");
    });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/Kinesis",
            "MetricName": "GetRecords.IteratorAgeMilliseconds",
            "Statistic": "Maximum",
            "Dimensions": [{ "Name": "StreamName", "Value": { "Ref": Match::any() } }],
        }),
    );
}

#[test]
fn rejects_retention_that_kinesis_rejects() {
    for (retention, actual) in [
        (Duration::hours(6), "6 hours"),
        (Duration::days(366), "366 days"),
        (Duration::minutes(1_441), "1441 minutes"),
    ] {
        let found = findings_of(|stack| {
            Stream::builder()
                .retention(retention)
                .build(stack, "Stream");
        });
        assert!(found.contains("[INF4881]"), "{found}");
        assert!(found.contains(&format!("actual: {actual}")), "{found}");
        assert_eq!(found.matches("[INF").count(), 1, "{found}");
    }
}
