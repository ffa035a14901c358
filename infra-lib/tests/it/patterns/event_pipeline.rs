//! Tests of event pipelines.

use infra_lib::assertions::{Match, Reachability, Template};
use infra_lib::events::{EventBus, EventPattern};
use infra_lib::lambda::{Code, FailureReport, Function, Runtime};
use infra_lib::patterns::EventPipeline;
use infra_lib::prelude::*;
use serde_json::json;

use super::{operators, resources};

fn function(stack: Stack<'_>, timeout: Duration) -> Function<'_> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .timeout(timeout)
        .code(Code::inline("exports.handler = async () => {};"))
        .build(stack, "Bill")
}

fn paid() -> EventPattern {
    EventPattern::new()
        .source("shop.orders")
        .detail_type("Paid")
}

#[test]
fn joins_rule_queue_and_function() {
    let template = Template::of_stack(|stack| {
        let bill = function(stack, Duration::seconds(20));
        let paid = EventPipeline::builder()
            .pattern(paid())
            .function(bill)
            .build(stack, "Paid");
        assert!(paid.alarms().is_empty());
        assert_eq!(paid.function().arn(), bill.arn());
        Output::new(stack, "Queue", paid.queue().queue_url());
        Output::new(stack, "Failed", paid.dead_letter_queue().queue_url());
        Output::new(stack, "Rule", paid.rule().arn().cast::<String>());
        Output::new(stack, "Source", paid.event_source().id().cast::<String>());
    });
    insta::assert_snapshot!(resources(template.json()));
    template.has_properties(
        "AWS::Events::Rule",
        json!({
            "EventPattern": { "source": ["shop.orders"], "detail-type": ["Paid"] },
            "EventBusName": Match::absent(),
            "Targets": [{ "Arn": { "Fn::GetAtt": [Match::string_like("PaidQueue*"), "Arn"] } }],
        }),
    );
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "VisibilityTimeout": 120, "RedrivePolicy": { "maxReceiveCount": 3 } }),
    );
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "MessageRetentionPeriod": 1_209_600 }),
    );
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({
            "EventSourceArn": { "Fn::GetAtt": [Match::string_like("PaidQueue*"), "Arn"] },
            "FunctionResponseTypes": Match::absent(),
        }),
    );
}

#[test]
fn allows_function_to_consume() {
    let app = App::new();
    let stack = Stack::new(&app, "Shop");
    EventPipeline::builder()
        .pattern(paid())
        .function(function(stack, Duration::seconds(3)))
        .build(stack, "Paid");
    let reachability = Reachability::of(&app.synth());
    reachability.assert_allowed("Shop/Bill", "sqs:ReceiveMessage", "Shop/Paid/Queue");
    reachability.assert_unreachable("Shop/Bill", "Shop/Paid/DeadLetterQueue");
}

#[test]
fn passes_every_option_on() {
    let template = Template::of_stack(|stack| {
        let bus = EventBus::builder()
            .event_bus_name("shop")
            .build(stack, "Bus");
        let paid = EventPipeline::builder()
            .pattern(paid())
            .event_bus(bus)
            .function(function(stack, Duration::minutes(1)))
            .batch_size(5)
            .max_concurrency(4)
            .failure_report(FailureReport::EachItem)
            .max_receives(7)
            .max_message_age(Duration::hours(2))
            .alarm_action(&operators(stack))
            .build(stack, "Paid");
        assert_eq!(paid.alarms().len(), 2);
    });
    template.has_properties(
        "AWS::Events::Rule",
        json!({ "EventBusName": { "Ref": Match::any() } }),
    );
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "VisibilityTimeout": 360, "RedrivePolicy": { "maxReceiveCount": 7 } }),
    );
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({
            "BatchSize": 5,
            "ScalingConfig": { "MaximumConcurrency": 4 },
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
        }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "MetricName": "ApproximateAgeOfOldestMessage", "Threshold": 7200 }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "MetricName": "ApproximateNumberOfMessagesVisible", "Threshold": 0 }),
    );
}
