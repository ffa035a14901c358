//! Tests of queues, topics and streams, of the app and imported, as targets and dead-letter queues of other services.

use infra_lib::assertions::{Match, Template};
use infra_lib::cfn::sns::CfnSubscriptionProps;
use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::events::{EventPattern, Rule, Target};
use infra_lib::kinesis::{Stream, StreamEncryption};
use infra_lib::kinesisfirehose::DeliveryStream;
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::pipes::{Pipe, PipeSource, PipeTarget, StartFrom};
use infra_lib::s3::{Bucket, BucketEvent, Notification};
use infra_lib::scheduler::{self, Schedule, ScheduleExpression};
use infra_lib::sns::{FilterPolicy, Topic};
use infra_lib::sqs::{FifoQueue, ImportedQueue, Queue, QueueEncryption, RedriveAllow};
use infra_lib::{Duration, Stack};
use serde_json::json;

use crate::base::findings_of;

const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:jobs";
const TOPIC: &str = "arn:aws:sns:eu-west-1:111122223333:orders";
const RULE: &str = "AWS::Events::Rule";
const SCHEDULE: &str = "AWS::Scheduler::Schedule";
const PIPE: &str = "AWS::Pipes::Pipe";

fn existing() -> ImportedQueue {
    Queue::from_arn(QUEUE)
}

fn encrypted(stack: Stack<'_>) -> Queue<'_> {
    let key = Key::builder().build(stack, "Key");
    Queue::builder()
        .encryption(QueueEncryption::key(key))
        .build(stack, "Failed")
}

fn rule<'app>(stack: Stack<'app>, target: impl infra_lib::events::RuleTarget<'app>) {
    Rule::on_event(EventPattern::new().source("aws.health"))
        .target(target)
        .build(stack, "Rule");
}

fn schedule<'app>(stack: Stack<'app>, target: impl scheduler::ScheduleTarget<'app>) {
    Schedule::of(ScheduleExpression::rate(Duration::hours(1)), target).build(stack, "Schedule");
}

fn text(template: &Template, kind: &str) -> String {
    let found: Vec<_> = template
        .resources(kind)
        .into_iter()
        .map(|(_, one)| one)
        .collect();
    serde_json::to_string(&found).unwrap()
}

#[test]
fn rule_may_send_to_its_dead_letter_queue_and_use_the_key() {
    let template = Template::of_stack(|stack| {
        let failed = encrypted(stack);
        rule(stack, Target::new(TOPIC).dead_letter_queue(&failed));
    });
    let (queue, _) = template.resources("AWS::SQS::Queue")[0];
    let arn = json!({ "Fn::GetAtt": [queue, "Arn"] });
    template.has_properties(
        RULE,
        json!({ "Targets": [{ "Arn": TOPIC, "DeadLetterConfig": { "Arn": arn } }] }),
    );
    let (rule, _) = template.resources(RULE)[0];
    let source = json!({ "ArnEquals": { "aws:SourceArn": { "Fn::GetAtt": [rule, "Arn"] } } });
    template.has_properties(
        "AWS::SQS::QueuePolicy",
        json!({ "PolicyDocument": { "Statement": Match::list_with(json!([{
            "Action": "sqs:SendMessage",
            "Condition": source,
            "Principal": { "Service": "events.amazonaws.com" },
        }])) } }),
    );
    template.has_properties(
        "AWS::KMS::Key",
        json!({ "KeyPolicy": { "Statement": Match::list_with(json!([{
            "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
            "Principal": { "Service": "events.amazonaws.com" },
        }])) } }),
    );
}

#[test]
fn schedule_may_send_to_its_dead_letter_queue_and_use_the_key() {
    let template = Template::of_stack(|stack| {
        let failed = encrypted(stack);
        schedule(
            stack,
            scheduler::Target::new(TOPIC).dead_letter_queue(&failed),
        );
    });
    template.has_properties(
        SCHEDULE,
        json!({ "Target": { "DeadLetterConfig": { "Arn": Match::any() } } }),
    );
    let roles = text(&template, "AWS::IAM::Role");
    for action in ["sqs:SendMessage", "kms:Decrypt", "kms:GenerateDataKey*"] {
        assert!(roles.contains(action), "{action} is missing: {roles}");
    }
}

#[test]
fn sends_to_fifo_queue_in_message_group() {
    let template = Template::of_stack(|stack| {
        let orders = FifoQueue::builder()
            .content_based_deduplication(true)
            .build(stack, "Orders");
        rule(stack, Target::fifo_queue(&orders, "health"));
        schedule(stack, scheduler::Target::fifo_queue(&orders, "hourly"));
        Pipe::builder()
            .source(PipeSource::from_imported_queue(&existing()))
            .target(PipeTarget::to_fifo_queue(&orders, "$.body.customer"))
            .build(stack, "Pipe");
    });
    let group = |name: &str| json!({ "SqsParameters": { "MessageGroupId": name } });
    template.has_properties(RULE, json!({ "Targets": [group("health")] }));
    template.has_properties(SCHEDULE, json!({ "Target": group("hourly") }));
    template.has_properties(
        PIPE,
        json!({
            "Source": QUEUE,
            "TargetParameters": { "SqsQueueParameters": { "MessageGroupId": "$.body.customer" } },
        }),
    );
    let roles = text(&template, "AWS::IAM::Role");
    assert!(roles.contains("sqs:ReceiveMessage"), "{roles}");
}

#[test]
fn roles_may_send_to_imported_queue() {
    let template = Template::of_stack(|stack| {
        let clicks = Stream::builder()
            .encryption(StreamEncryption::AwsManagedKey)
            .build(stack, "Clicks");
        let source = PipeSource::from_stream(&clicks, StartFrom::Latest);
        Pipe::builder()
            .source(source.dead_letter_queue(&existing()))
            .target(PipeTarget::to_queue(&existing()))
            .build(stack, "Pipe");
        schedule(
            stack,
            scheduler::Target::new(TOPIC).dead_letter_queue(&existing()),
        );
        Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => {};"))
            .build(stack, "Function")
            .send_dead_letters_to_queue(&existing());
    });
    template.has_properties(PIPE, json!({ "Target": QUEUE }));
    template.has_properties(
        "AWS::Lambda::Function",
        json!({ "DeadLetterConfig": { "TargetArn": QUEUE } }),
    );
    let roles = template.find_resources(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": Match::list_with(json!([{
            "Action": "sqs:SendMessage", "Resource": QUEUE,
        }])) } }] }),
    );
    assert_eq!(roles.len(), 3);
}

#[test]
fn reports_policies_of_imported_queue_and_topic() {
    insta::assert_snapshot!(findings_of(|stack| {
        Rule::on_event(EventPattern::new().source("aws.health"))
            .target(existing())
            .target(Topic::from_arn(TOPIC))
            .target(Target::new(TOPIC).dead_letter_queue(&existing()))
            .build(stack, "Rule");
        let files = Bucket::builder().build(stack, "Files");
        let created = Notification::on(BucketEvent::Created);
        files.notify(&existing(), &created.clone().prefix("a/"));
        files.notify(&Topic::from_arn(TOPIC), &created.prefix("b/"));
    }));
}

#[test]
fn rejects_imported_fifo_queue_for_dead_letters_of_function() {
    insta::assert_snapshot!(findings_of(|stack| {
        let failed = Queue::from_arn("arn:aws:sqs:eu-west-1:111122223333:failed.fifo");
        Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => {};"))
            .build(stack, "Function")
            .send_dead_letters_to_queue(&failed);
    }));
}

#[test]
fn schedule_puts_records_to_streams() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let clicks = Stream::builder()
            .encryption(StreamEncryption::key(key))
            .build(stack, "Clicks");
        schedule(stack, scheduler::Target::stream(&clicks, "hourly"));
        let lake = Bucket::builder().build(stack, "Lake");
        let archive = DeliveryStream::builder()
            .bucket(lake)
            .build(stack, "Archive");
        Schedule::of(ScheduleExpression::rate(Duration::hours(1)), archive)
            .build(stack, "Archived");
    });
    template.has_properties(
        SCHEDULE,
        json!({ "Target": { "KinesisParameters": { "PartitionKey": "hourly" } } }),
    );
    let roles = text(&template, "AWS::IAM::Role");
    for action in [
        "kinesis:PutRecord",
        "kms:GenerateDataKey",
        "firehose:PutRecord",
    ] {
        assert!(roles.contains(action), "{action} is missing: {roles}");
    }
}

#[test]
fn bindings_take_redrive_allow_and_filter_policies() {
    let template = Template::of_stack(|stack| {
        let only = RedriveAllow::Queues(vec![infra_lib::value(QUEUE)]);
        for (id, policy) in [
            ("All", RedriveAllow::AllQueues),
            ("None", RedriveAllow::NoQueue),
            ("Only", only),
        ] {
            CfnQueueProps::new()
                .redrive_allow_policy(policy)
                .build(stack, id);
        }
        CfnSubscriptionProps::new("email", TOPIC)
            .endpoint("shop@example.com")
            .filter_policy(FilterPolicy::attributes().any_of("kind", ["refund"]))
            .build(stack, "Refunds");
    });
    for policy in [
        json!({ "redrivePermission": "allowAll" }),
        json!({ "redrivePermission": "denyAll" }),
        json!({ "redrivePermission": "byQueue", "sourceQueueArns": [QUEUE] }),
    ] {
        template.has_properties("AWS::SQS::Queue", json!({ "RedriveAllowPolicy": policy }));
    }
    template.has_properties(
        "AWS::SNS::Subscription",
        json!({ "FilterPolicy": { "kind": ["refund"] } }),
    );
}
