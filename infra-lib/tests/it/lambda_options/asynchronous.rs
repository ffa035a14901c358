//! Tests of asynchronous invocations and dead letters.

use infra_lib::Duration;
use infra_lib::assertions::{Match, Template};
use infra_lib::events::EventBus;
use infra_lib::kms::Key;
use infra_lib::lambda::{Alias, AsyncInvoke};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{Queue, QueueEncryption};
use serde_json::json;

use super::{ASYNC, FUNCTION, codes, function};
use crate::lambda::inline_function;

#[test]
fn sends_records_of_asynchronous_invocations() {
    let template = Template::of_stack(|stack| {
        let failed = Queue::builder().build(stack, "Failed");
        let bus = EventBus::builder().build(stack, "Bus");
        function(stack).configure_async_invoke(
            AsyncInvoke::new()
                .max_event_age(Duration::hours(1))
                .retry_attempts(0)
                .on_failure(&failed)
                .on_success(&bus),
        );
    });
    template.has_resource(
        ASYNC,
        json!({ "Properties": {
            "Qualifier": "$LATEST",
            "MaximumEventAgeInSeconds": 3600,
            "MaximumRetryAttempts": 0,
            "DestinationConfig": {
                "OnFailure": { "Destination": { "Fn::GetAtt": [Match::any(), "Arn"] } },
                "OnSuccess": { "Destination": { "Fn::GetAtt": [Match::any(), "Arn"] } },
            },
        } }),
    );
    template.has_resource(
        "AWS::IAM::Role",
        json!({ "Properties": { "Policies": [{ "PolicyDocument": { "Statement":
            Match::list_with(json!([
                { "Action": "sqs:SendMessage", "Effect": "Allow" },
                { "Action": "events:PutEvents", "Effect": "Allow" },
            ])) } }] } }),
    );
}

#[test]
fn configures_version_and_alias() {
    let template = Template::of_stack(|stack| {
        let next = inline_function!().build(stack, "Next");
        let version = function(stack).current_version();
        let live = Alias::builder()
            .alias_name("live")
            .version(version)
            .build(stack, "Live");
        version.configure_async_invoke(AsyncInvoke::new().retry_attempts(1));
        live.configure_async_invoke(AsyncInvoke::new().on_success(&next));
    });
    template.has_resource(
        ASYNC,
        json!({
            "Properties": {
                "Qualifier": { "Fn::GetAtt": [Match::any(), "Version"] },
                "MaximumRetryAttempts": 1,
                "DestinationConfig": Match::absent(),
            },
        }),
    );
    template.has_resource(
        ASYNC,
        json!({
            "DependsOn": Match::any(),
            "Properties": { "Qualifier": "live", "MaximumRetryAttempts": Match::absent() },
        }),
    );
}

#[test]
fn rejects_imported_fifo_queue_as_destination() {
    let with = |arn: &'static str| {
        codes(|stack| {
            let queue = Queue::from_arn(arn);
            function(stack).configure_async_invoke(AsyncInvoke::new().on_failure(&queue));
        })
    };
    assert!(with("arn:aws:sqs:eu-west-1:111122223333:jobs").is_empty());
    assert_eq!(
        with("arn:aws:sqs:eu-west-1:111122223333:jobs.fifo"),
        ["INF4912"]
    );
}

#[test]
fn rejects_third_retry_and_age_above_six_hours() {
    fn with(set: impl for<'app> FnOnce(AsyncInvoke<'app>) -> AsyncInvoke<'app>) -> Vec<String> {
        codes(|stack| function(stack).configure_async_invoke(set(AsyncInvoke::new())))
    }
    assert!(with(|one| one.retry_attempts(2)).is_empty());
    assert_eq!(with(|one| one.retry_attempts(3)), ["INF3007"]);
    assert!(with(|one| one.max_event_age(Duration::hours(6))).is_empty());
    assert_eq!(
        with(|one| one.max_event_age(Duration::hours(7))),
        ["INF3007"]
    );
}

#[test]
fn sends_dead_letters_to_queue_with_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let queue = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Queue");
        function(stack).send_dead_letters_to_queue(&queue);
    });
    template.has_resource(
        FUNCTION,
        json!({ "Properties": {
            "DeadLetterConfig": { "TargetArn": { "Fn::GetAtt": [Match::any(), "Arn"] } },
        } }),
    );
    template.has_resource(
        "AWS::IAM::Role",
        json!({ "Properties": { "Policies": [{ "PolicyDocument": { "Statement":
            Match::list_with(json!([
                { "Action": "sqs:SendMessage" },
                { "Action": ["kms:Decrypt", "kms:GenerateDataKey*"] },
            ])) } }] } }),
    );
}

#[test]
fn sends_dead_letters_to_topic() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let topic = Topic::builder()
            .encryption(TopicEncryption::key(key))
            .build(stack, "Topic");
        function(stack).send_dead_letters_to_topic(&topic);
    });
    template.has_resource(
        FUNCTION,
        json!({ "Properties": { "DeadLetterConfig": { "TargetArn": { "Ref": Match::any() } } } }),
    );
}

#[test]
fn sends_dead_letters_to_imported_topic() {
    const FAILED: &str = "arn:aws:sns:eu-west-1:111122223333:failed";
    let template = Template::of_stack(|stack| {
        function(stack).send_dead_letters_to_topic(&Topic::from_arn(FAILED));
    });
    template.has_properties(
        FUNCTION,
        json!({ "DeadLetterConfig": { "TargetArn": FAILED } }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": Match::list_with(json!([
            { "Action": "sns:Publish", "Resource": FAILED },
        ])) } }] }),
    );
    let fifo = codes(|stack| {
        let topic = Topic::from_arn("arn:aws:sns:eu-west-1:111122223333:failed.fifo");
        function(stack).send_dead_letters_to_topic(&topic);
    });
    assert_eq!(fifo, ["INF4912"]);
}
