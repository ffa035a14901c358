//! Tests of the constructs in `infra_lib::sqs`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, TreatMissingData};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::sqs::{
    AsQueue, DeadLetterQueue, FifoQueue, FifoThroughput, Queue, QueueEncryption, RedriveAllow,
};
use infra_lib::{App, Code, Duration, Output, RemovalPolicy, Size, Stack, codes};
use serde_json::{Value, json};

use crate::base::findings_of;

const IMPORTED: &str = "arn:aws:sqs:eu-west-1:111122223333:jobs";

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Role")
}

/// Returns code and property of each finding.
fn codes_of(build: impl FnOnce(Stack<'_>)) -> Vec<(Code, String)> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    let findings = synthesis.findings().iter();
    findings
        .map(|one| (one.code, one.property.clone().unwrap_or_default()))
        .collect()
}

fn properties(template: &Template, kind: &str) -> Value {
    template.only(kind)["Properties"].clone()
}

fn id_of<'t>(template: &'t Template, kind: &str) -> &'t str {
    template.resources(kind)[0].0
}

#[test]
fn creates_encrypted_queue_with_long_polling_that_refuses_clear_text() {
    let template = Template::of_stack(|stack| {
        Queue::builder().build(stack, "Jobs");
    });
    assert_eq!(
        properties(&template, "AWS::SQS::Queue"),
        json!({ "ReceiveMessageWaitTimeSeconds": 20, "SqsManagedSseEnabled": true })
    );
    assert_eq!(
        template.only("AWS::SQS::Queue")["DeletionPolicy"],
        json!("Delete")
    );
    let queue = id_of(&template, "AWS::SQS::Queue");
    assert_eq!(
        properties(&template, "AWS::SQS::QueuePolicy"),
        json!({
            "Queues": [{ "Ref": queue }],
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [{
                "Sid": "RequireTls", "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "sqs:*",
                "Resource": { "Fn::GetAtt": [queue, "Arn"] },
                "Condition": { "Bool": { "aws:SecureTransport": "false" } },
            }] },
        })
    );
}

#[test]
fn writes_every_option_of_standard_queue() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        Queue::builder()
            .queue_name("jobs")
            .visibility_timeout(Duration::minutes(6))
            .retention(Duration::days(14))
            .delivery_delay(Duration::seconds(10))
            .receive_wait_time(Duration::seconds(5))
            .max_message_size(Size::mib(1))
            .encryption(QueueEncryption::key(key))
            .redrive_allow(RedriveAllow::NoQueue)
            .removal_policy(RemovalPolicy::Retain)
            .build(stack, "Jobs");
    });
    assert_eq!(
        template.only("AWS::SQS::Queue")["DeletionPolicy"],
        json!("Retain")
    );
    let key = id_of(&template, "AWS::KMS::Key");
    assert_eq!(
        properties(&template, "AWS::SQS::Queue"),
        json!({
            "QueueName": "jobs",
            "VisibilityTimeout": 360,
            "MessageRetentionPeriod": 1_209_600,
            "DelaySeconds": 10,
            "ReceiveMessageWaitTimeSeconds": 5,
            "MaximumMessageSize": 1_048_576,
            "KmsMasterKeyId": { "Fn::GetAtt": [key, "Arn"] },
            "RedriveAllowPolicy": { "redrivePermission": "denyAll" },
        })
    );
}

#[test]
fn creates_fifo_queue_with_high_throughput_and_dead_letter_queue() {
    let template = Template::of_stack(|stack| {
        let failed = FifoQueue::builder().build(stack, "Failed");
        FifoQueue::builder()
            .queue_name("orders.fifo")
            .content_based_deduplication(true)
            .throughput(FifoThroughput::PerMessageGroup)
            .dead_letter_queue(DeadLetterQueue::new(&failed, 3))
            .build(stack, "Orders");
    });
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "FifoQueue": true, "QueueName": Match::absent(), "DeduplicationScope": Match::absent() }),
    );
    template.has_properties(
        "AWS::SQS::Queue",
        json!({
            "FifoQueue": true,
            "QueueName": "orders.fifo",
            "ContentBasedDeduplication": true,
            "DeduplicationScope": "messageGroup",
            "FifoThroughputLimit": "perMessageGroupId",
            "RedrivePolicy": { "deadLetterTargetArn": Match::any(), "maxReceiveCount": 3 },
        }),
    );
}

#[test]
fn uses_imported_queue_as_dead_letter_queue() {
    let template = Template::of_stack(|stack| {
        Queue::builder()
            .dead_letter_queue(DeadLetterQueue::new(&Queue::from_arn(IMPORTED), 5))
            .build(stack, "Jobs");
    });
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "RedrivePolicy": { "deadLetterTargetArn": IMPORTED, "maxReceiveCount": 5 } }),
    );
}

#[test]
fn names_sources_in_redrive_allow_policy() {
    let template = Template::of_stack(|stack| {
        Queue::builder()
            .redrive_allow(RedriveAllow::Queues(vec![infra_lib::value(IMPORTED)]))
            .build(stack, "Failed");
    });
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "RedriveAllowPolicy": { "redrivePermission": "byQueue", "sourceQueueArns": [IMPORTED] } }),
    );
}

#[test]
fn grants_send_consume_and_purge_with_permissions_on_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let jobs = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Jobs");
        let one = |id: &str| {
            Role::builder()
                .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
                .build(stack, id)
        };
        jobs.grant_send(&one("Sender"));
        jobs.grant_consume(&one("Consumer"));
        jobs.grant_purge(&one("Operator"));
    });
    let roles = template.resources("AWS::IAM::Role");
    let actions = |id: &str| -> Vec<Value> {
        let role = roles
            .iter()
            .find(|(name, _)| name.starts_with(id))
            .map(|(_, role)| &role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]);
        let statements = role.and_then(Value::as_array).cloned().unwrap_or_default();
        statements
            .iter()
            .map(|statement| statement["Action"].clone())
            .collect()
    };
    assert_eq!(
        actions("Sender"),
        [
            json!([
                "sqs:SendMessage",
                "sqs:GetQueueAttributes",
                "sqs:GetQueueUrl"
            ]),
            json!(["kms:Decrypt", "kms:GenerateDataKey*"]),
        ]
    );
    assert_eq!(
        actions("Consumer"),
        [
            json!([
                "sqs:ReceiveMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:GetQueueUrl",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes"
            ]),
            json!("kms:Decrypt"),
        ]
    );
    assert_eq!(
        actions("Operator"),
        [json!([
            "sqs:PurgeQueue",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl"
        ])]
    );
}

#[test]
fn names_service_in_policy_of_queue() {
    let template = Template::of_stack(|stack| {
        let jobs = FifoQueue::builder().build(stack, "Jobs");
        jobs.grant_send(&Principal::service("events.amazonaws.com"));
    });
    template.has_properties(
        "AWS::SQS::QueuePolicy",
        json!({ "PolicyDocument": { "Statement": [{ "Effect": "Deny" }, {
            "Effect": "Allow",
            "Principal": { "Service": "events.amazonaws.com" },
            "Action": ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
        }] } }),
    );
}

#[test]
fn allows_delivery_with_key_of_queue() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let jobs = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Jobs");
        let topic = "arn:aws:sns:eu-west-1:111122223333:orders";
        jobs.as_queue()
            .allow_delivery("sns.amazonaws.com", topic, None, stack);
    });
    let condition =
        json!({ "ArnEquals": { "aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:orders" } });
    let last = |kind: &str, property: &str| {
        let properties = properties(&template, kind);
        let statements = properties[property]["Statement"].as_array().cloned();
        statements.and_then(|mut all| all.pop()).unwrap_or_default()
    };
    let queue = last("AWS::SQS::QueuePolicy", "PolicyDocument");
    assert_eq!(queue["Action"], json!("sqs:SendMessage"));
    assert_eq!(queue["Condition"], condition);
    let key = last("AWS::KMS::Key", "KeyPolicy");
    assert_eq!(
        key["Action"],
        json!(["kms:Decrypt", "kms:GenerateDataKey*"])
    );
    assert_eq!(key["Condition"], condition);
}

#[test]
fn grants_on_imported_queue_and_composes_its_url() {
    let template = Template::of_stack(|stack| {
        let jobs = Queue::from_arn(IMPORTED);
        let role = role(stack);
        jobs.grant_send(&role);
        jobs.grant_consume(&role);
        jobs.grant_purge(&role);
        Output::new(stack, "Url", jobs.queue_url());
        Output::new(stack, "Name", jobs.queue_name());
    });
    let role = template.only("AWS::IAM::Role")["Properties"]["Policies"][0].clone();
    let statement = &role["PolicyDocument"]["Statement"];
    assert_eq!(statement.as_array().map(Vec::len), Some(1), "{statement}");
    assert_eq!(statement[0]["Resource"], json!(IMPORTED));
    assert_eq!(statement[0]["Action"].as_array().map(Vec::len), Some(7));
    template.has_output("Name", json!({ "Value": "jobs" }));
    template.has_output(
        "Url",
        json!({ "Value": { "Fn::Sub": "https://sqs.eu-west-1.${AWS::URLSuffix}/111122223333/jobs" } }),
    );
}

#[test]
fn returns_metrics_of_queue() {
    let template = Template::of_stack(|stack| {
        let failed = Queue::builder().build(stack, "Failed");
        Alarm::builder()
            .metric(failed.metric_approximate_number_of_messages_visible())
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(0)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Alarm");
    });
    let queue = id_of(&template, "AWS::SQS::Queue");
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/SQS",
            "MetricName": "ApproximateNumberOfMessagesVisible",
            "Statistic": "Maximum",
            "Dimensions": [{ "Name": "QueueName", "Value": { "Fn::GetAtt": [queue, "QueueName"] } }],
        }),
    );
}

#[test]
fn has_equal_metrics_for_own_and_imported_queues() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let names = |metrics: [Metric; 2]| metrics.map(|one| format!("{one:?}"));
    let own = FifoQueue::builder().build(stack, "Own");
    let imported = Queue::from_arn(IMPORTED);
    let [sent, size] = names([
        own.metric_number_of_messages_sent(),
        imported.metric_sent_message_size(),
    ]);
    assert!(sent.contains("NumberOfMessagesSent"), "{sent}");
    assert!(size.contains("\"jobs\""), "{size}");
    let [groups, duplicates] = names([
        own.metric_approximate_number_of_groups_with_inflight_messages(),
        own.metric_number_of_deduplicated_sent_messages(),
    ]);
    assert!(groups.contains("ApproximateNumberOfGroupsWithInflightMessages"));
    assert!(duplicates.contains("NumberOfDeduplicatedSentMessages"));
}

#[test]
fn rejects_fifo_name_without_suffix() {
    insta::assert_snapshot!(findings_of(|stack| {
        FifoQueue::builder()
            .queue_name("orders")
            .build(stack, "Orders");
    }));
}

#[test]
fn rejects_names_that_sqs_rejects() {
    for name in ["orders.fifo", "a b", "", &"x".repeat(81)] {
        let found = codes_of(|stack| {
            Queue::builder().queue_name(name).build(stack, "Jobs");
        });
        assert_eq!(found, [(codes::QUEUE_NAME, "QueueName".into())], "{name}");
    }
    let found = codes_of(|stack| {
        FifoQueue::builder()
            .queue_name(".fifo")
            .build(stack, "Jobs");
    });
    assert_eq!(found, [(codes::QUEUE_NAME, "QueueName".into())]);
}

#[test]
fn rejects_max_receive_count_out_of_range() {
    for (count, rejected) in [(0, true), (1, false), (1000, false), (1001, true)] {
        let found = codes_of(|stack| {
            let failed = Queue::builder().build(stack, "Failed");
            Queue::builder()
                .dead_letter_queue(DeadLetterQueue::new(&failed, count))
                .build(stack, "Jobs");
        });
        let expected = (
            codes::MAX_RECEIVE_COUNT,
            "RedrivePolicy.maxReceiveCount".to_owned(),
        );
        assert_eq!(found == [expected], rejected, "{count}: {found:?}");
        assert_eq!(found.is_empty(), !rejected, "{count}: {found:?}");
    }
}

#[test]
fn rejects_imported_dead_letter_queue_of_other_kind() {
    insta::assert_snapshot!(findings_of(|stack| {
        FifoQueue::builder()
            .dead_letter_queue(DeadLetterQueue::new(&Queue::from_arn(IMPORTED), 5))
            .build(stack, "Orders");
    }));
}

#[test]
fn rejects_dead_letter_queue_that_refuses_sources() {
    insta::assert_snapshot!(findings_of(|stack| {
        let failed = Queue::builder()
            .redrive_allow(RedriveAllow::NoQueue)
            .build(stack, "Failed");
        Queue::builder()
            .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
            .build(stack, "Jobs");
    }));
}

#[test]
fn rejects_redrive_allow_policy_with_eleven_queues() {
    let found = codes_of(|stack| {
        let sources = (0..11).map(|n| infra_lib::value(format!("{IMPORTED}{n}")));
        Queue::builder()
            .redrive_allow(RedriveAllow::Queues(sources.collect()))
            .build(stack, "Failed");
    });
    assert_eq!(
        found,
        [(
            codes::REDRIVE_REFUSED,
            "RedriveAllowPolicy.sourceQueueArns".into()
        )]
    );
}

#[test]
fn warns_of_dead_letter_queue_with_shorter_retention() {
    insta::assert_snapshot!(findings_of(|stack| {
        let failed = Queue::builder().build(stack, "Failed");
        Queue::builder()
            .retention(Duration::days(5))
            .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
            .build(stack, "Jobs");
    }));
}

#[test]
fn rejects_times_outside_limits_of_sqs() {
    let found = codes_of(|stack| {
        Queue::builder()
            .visibility_timeout(Duration::hours(13))
            .retention(Duration::seconds(59))
            .delivery_delay(Duration::minutes(16))
            .receive_wait_time(Duration::seconds(21))
            .build(stack, "Jobs");
    });
    let out_of_range = |property: &str| (codes::OUT_OF_RANGE, property.to_owned());
    let mut properties = found;
    properties.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!(
        properties,
        [
            out_of_range("DelaySeconds"),
            out_of_range("MessageRetentionPeriod"),
            out_of_range("ReceiveMessageWaitTimeSeconds"),
            out_of_range("VisibilityTimeout"),
        ]
    );
}
