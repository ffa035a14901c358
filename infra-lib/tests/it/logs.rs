//! Tests of the constructs in `infra_lib::logs`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, Statistic, TreatMissingData};
use infra_lib::iam::{Principal, Statement};
use infra_lib::kinesis::Stream;
use infra_lib::kinesisfirehose::DeliveryStream;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::{
    DataIdentifier, DataProtection, FilterMetric, FilterPattern, LogClass, LogDestination,
    LogField, LogGroup, LogResourcePolicy, LogStream, MetricFilter, QueryDefinition, RetentionDays,
    SubscriptionFilter,
};
use infra_lib::s3::Bucket;
use infra_lib::{RemovalPolicy, Stack};
use serde_json::json;

use crate::base::findings_of;

fn group(stack: Stack<'_>) -> LogGroup<'_> {
    LogGroup::builder().build(stack, "Logs")
}

#[test]
fn retains_log_group_and_keeps_events_for_90_days() {
    let template = Template::of_stack(|stack| {
        LogGroup::builder().build(stack, "Logs");
    });
    template.has_resource(
        "AWS::Logs::LogGroup",
        json!({
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": { "RetentionInDays": 90, "LogGroupName": Match::absent() },
        }),
    );
}

#[test]
fn allows_infinite_retention_and_deletion() {
    let template = Template::of_stack(|stack| {
        LogGroup::builder()
            .retention(RetentionDays::INFINITE)
            .class(LogClass::InfrequentAccess)
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Logs");
    });
    template.has_resource(
        "AWS::Logs::LogGroup",
        json!({
            "DeletionPolicy": "Delete",
            "Properties": { "RetentionInDays": Match::absent(), "LogGroupClass": "INFREQUENT_ACCESS" },
        }),
    );
}

#[test]
fn counts_events_of_pattern_in_metric() {
    let template = Template::of_stack(|stack| {
        let errors = MetricFilter::builder()
            .log_group(group(stack))
            .pattern(FilterPattern::json(
                LogField::new("level")
                    .equals("ERROR")
                    .or(LogField::new("status").greater_than(499)),
            ))
            .metric(FilterMetric::new("Shop", "Errors").default_value(0))
            .build(stack, "Errors");
        Alarm::builder()
            .metric(errors.metric(Statistic::Sum))
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(10)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "ManyErrors");
    });
    template.has_properties(
        "AWS::Logs::MetricFilter",
        json!({
            "FilterPattern": r#"{ ($.level = "ERROR") || ($.status > 499) }"#,
            "LogGroupName": { "Ref": Match::any() },
            "MetricTransformations": [{
                "MetricNamespace": "Shop", "MetricName": "Errors", "MetricValue": "1", "DefaultValue": 0,
                "Dimensions": Match::absent(),
            }],
        }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "Namespace": "Shop", "MetricName": "Errors", "Statistic": "Sum" }),
    );
}

#[test]
fn writes_patterns_of_terms_and_fields() {
    for (pattern, text) in [
        (FilterPattern::every_event(), ""),
        (
            FilterPattern::all_terms(["a \"b\"", "c"]),
            r#""a \"b\"" "c""#,
        ),
        (FilterPattern::any_term(["a", "b"]), r#"?"a" ?"b""#),
        (
            FilterPattern::json(LogField::new("ok").is_boolean(false)),
            "{ $.ok IS FALSE }",
        ),
        (
            FilterPattern::json(LogField::new("user.id").is_missing()),
            "{ $.user.id NOT EXISTS }",
        ),
        (
            FilterPattern::of_text("[ip, status = 5*]"),
            "[ip, status = 5*]",
        ),
    ] {
        assert_eq!(pattern.to_string(), text);
    }
}

#[test]
fn rejects_default_value_of_metric_with_dimensions() {
    let found = findings_of(|stack| {
        MetricFilter::builder()
            .log_group(group(stack))
            .pattern(FilterPattern::every_event())
            .metric(
                FilterMetric::new("Shop", "Latency")
                    .value("$.millis")
                    .dimension("Path", "$.path")
                    .default_value(0),
            )
            .build(stack, "Latency");
    });
    assert!(found.contains("[INF4971]"), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn rejects_filters_of_infrequent_access() {
    let found = findings_of(|stack| {
        let logs = LogGroup::builder()
            .class(LogClass::InfrequentAccess)
            .build(stack, "Logs");
        MetricFilter::builder()
            .log_group(logs)
            .pattern(FilterPattern::every_event())
            .metric(FilterMetric::new("Shop", "Events"))
            .build(stack, "Events");
        SubscriptionFilter::builder()
            .log_group(logs)
            .destination(LogDestination::of(
                &Stream::builder().build(stack, "Stream"),
            ))
            .build(stack, "Delivery");
    });
    assert_eq!(found.matches("[INF4972]").count(), 2, "{found}");
    assert!(found.contains("cannot have a metric filter"), "{found}");
    assert!(
        found.contains("cannot have a subscription filter"),
        "{found}"
    );
    assert_eq!(found.matches("[INF").count(), 2, "{found}");
}

#[test]
fn permits_log_group_to_invoke_function_before_filter() {
    let template = Template::of_stack(|stack| {
        let function = Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => {};"))
            .build(stack, "Watch");
        SubscriptionFilter::builder()
            .log_group(group(stack))
            .destination(LogDestination::of(&function))
            .build(stack, "Delivery");
    });
    template.has_properties(
        "AWS::Lambda::Permission",
        json!({
            "Principal": "logs.amazonaws.com",
            "SourceArn": { "Fn::GetAtt": [Match::any(), "Arn"] },
        }),
    );
    let (permission, _) = template.resources("AWS::Lambda::Permission")[0];
    template.has_resource(
        "AWS::Logs::SubscriptionFilter",
        json!({
            "DependsOn": [permission],
            "Properties": {
                "DestinationArn": { "Fn::GetAtt": [Match::any(), "Arn"] },
                "FilterPattern": "",
                "RoleArn": Match::absent(),
            },
        }),
    );
}

#[test]
fn delivers_to_stream_with_role_of_filter() {
    let template = Template::of_stack(|stack| {
        SubscriptionFilter::builder()
            .log_group(group(stack))
            .pattern(FilterPattern::any_term(["ERROR"]))
            .destination(LogDestination::of(
                &Stream::builder().build(stack, "Stream"),
            ))
            .random_distribution(true)
            .build(stack, "Delivery");
    });
    template.has_properties(
        "AWS::Logs::SubscriptionFilter",
        json!({
            "Distribution": "Random",
            "FilterPattern": r#"?"ERROR""#,
            "RoleArn": { "Fn::GetAtt": Match::any() },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "AssumeRolePolicyDocument": { "Statement": [{
                "Principal": { "Service": "logs.amazonaws.com" },
                "Condition": { "ArnLike": { "aws:SourceArn": Match::any() } },
            }] },
            "Policies": [{ "PolicyDocument": { "Statement": [
                { "Action": ["kinesis:PutRecord", "kinesis:PutRecords"] },
            ] } }],
        }),
    );
}

#[test]
fn delivers_to_delivery_stream_with_role_of_filter() {
    let delivered = |put: serde_json::Value, template: &Template| {
        template.has_properties(
            "AWS::Logs::SubscriptionFilter",
            json!({
                "DestinationArn": put,
                "FilterPattern": "",
                "RoleArn": { "Fn::GetAtt": Match::any() },
            }),
        );
        template.has_properties(
            "AWS::IAM::Role",
            json!({
                "AssumeRolePolicyDocument": { "Statement": [{
                    "Principal": { "Service": "logs.amazonaws.com" },
                    "Condition": { "ArnLike": { "aws:SourceArn": Match::any() } },
                }] },
                "Policies": [{ "PolicyDocument": { "Statement": [{
                    "Action": ["firehose:PutRecord", "firehose:PutRecordBatch"],
                    "Resource": put,
                }] } }],
            }),
        );
    };
    let template = Template::of_stack(|stack| {
        let archive = Bucket::builder().build(stack, "Archive");
        let stream = DeliveryStream::builder()
            .bucket(archive)
            .build(stack, "Stream");
        SubscriptionFilter::builder()
            .log_group(group(stack))
            .destination(LogDestination::of(&stream))
            .build(stack, "Delivery");
    });
    let (id, _) = template.resources("AWS::KinesisFirehose::DeliveryStream")[0];
    delivered(json!({ "Fn::GetAtt": [id, "Arn"] }), &template);
    let arn = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/logs";
    let template = Template::of_stack(|stack| {
        SubscriptionFilter::builder()
            .log_group(group(stack))
            .destination(LogDestination::of(&DeliveryStream::from_arn(arn)))
            .build(stack, "Delivery");
    });
    delivered(json!(arn), &template);
}

#[test]
fn delivers_to_arn_with_existing_role() {
    let arn = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/logs";
    let template = Template::of_stack(|stack| {
        SubscriptionFilter::builder()
            .log_group(group(stack))
            .destination(
                LogDestination::from_arn(arn)
                    .role_arn("arn:aws:iam::111122223333:role/deliver")
                    .statement(
                        Statement::allow()
                            .action("firehose:PutRecord")
                            .resource(arn),
                    ),
            )
            .build(stack, "Delivery");
    });
    template.has_properties(
        "AWS::Logs::SubscriptionFilter",
        json!({ "DestinationArn": arn, "RoleArn": "arn:aws:iam::111122223333:role/deliver" }),
    );
    template.resource_count("AWS::IAM::Role", 0);
}

#[test]
fn masks_and_reports_sensitive_data() {
    let template = Template::of_stack(|stack| {
        let reports = LogGroup::builder().build(stack, "Reports");
        LogGroup::builder()
            .data_protection(
                DataProtection::mask(DataIdentifier::EMAIL_ADDRESS)
                    .and(DataIdentifier::EMAIL_ADDRESS)
                    .and(DataIdentifier::of_name("PhoneNumber-US"))
                    .report_to(&reports),
            )
            .build(stack, "Logs");
    });
    template.has_properties(
        "AWS::Logs::LogGroup",
        json!({ "DataProtectionPolicy": {
            "Version": "2021-06-01",
            "Statement": [
                {
                    "DataIdentifier": [Match::any(), Match::any()],
                    "Operation": { "Audit": { "FindingsDestination": {
                        "CloudWatchLogs": { "LogGroup": { "Ref": Match::any() } },
                    } } },
                },
                {
                    "DataIdentifier": [Match::any(), Match::any()],
                    "Operation": { "Deidentify": { "MaskConfig": {} } },
                },
            ],
        } }),
    );
    let text = template.json().to_string();
    assert_eq!(
        text.matches(":dataprotection::aws:data-identifier/EmailAddress")
            .count(),
        2,
        "{text}"
    );
}

#[test]
fn creates_query_stream_and_policy() {
    let template = Template::of_stack(|stack| {
        let logs = group(stack);
        QueryDefinition::builder()
            .query_name("shop/errors")
            .query("filter level = 'ERROR'")
            .log_group(&logs)
            .build(stack, "Errors");
        LogStream::builder()
            .log_group(logs)
            .log_stream_name("deliveries")
            .build(stack, "Deliveries");
        LogResourcePolicy::builder()
            .statement(
                Statement::allow()
                    .principal(Principal::service("route53.amazonaws.com").for_this_account())
                    .action("logs:PutLogEvents")
                    .resource(logs.arn()),
            )
            .build(stack, "Policy");
    });
    template.has_properties(
        "AWS::Logs::QueryDefinition",
        json!({ "Name": "shop/errors", "LogGroupNames": [{ "Ref": Match::any() }] }),
    );
    template.has_properties(
        "AWS::Logs::LogStream",
        json!({ "LogGroupName": { "Ref": Match::any() }, "LogStreamName": "deliveries" }),
    );
    let policy = template.only("AWS::Logs::ResourcePolicy");
    let name = policy["Properties"]["PolicyName"].as_str().unwrap();
    assert!(name.contains("Policy"), "{name}");
    let text = policy.to_string();
    assert!(text.contains("route53.amazonaws.com"), "{text}");
}
