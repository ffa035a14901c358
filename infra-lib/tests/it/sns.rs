//! Tests of the constructs in `infra_lib::sns`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::AlarmAction as _;
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::sns::{FifoTopic, FifoTopicThroughput, FilterPolicy, Topic, TopicEncryption};
use infra_lib::sqs::{FifoQueue, Queue, QueueEncryption};
use infra_lib::{App, Code, Construct, Stack, codes};
use serde_json::{Value, json};

use crate::base::findings_of;

#[test]
fn encrypts_topic_and_denies_clear_text() {
    let template = Template::of_stack(|stack| {
        Topic::builder().build(stack, "Topic");
    });
    template.has_properties(
        "AWS::SNS::Topic",
        json!({ "KmsMasterKeyId": "alias/aws/sns" }),
    );
    template.has_properties(
        "AWS::SNS::TopicPolicy",
        json!({ "PolicyDocument": { "Statement": [{
            "Sid": "RequireTls", "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "sns:Publish",
            "Condition": { "Bool": { "aws:SecureTransport": "false" } },
        }] } }),
    );
}

#[test]
fn rejects_alarms_for_topic_with_aws_managed_key() {
    insta::assert_snapshot!(findings_of(|stack| {
        Topic::builder().build(stack, "Topic").allow_alarms();
    }));
}

#[test]
fn rejects_invalid_email_address() {
    insta::assert_snapshot!(findings_of(|stack| {
        Topic::builder()
            .build(stack, "Topic")
            .subscribe_email("ops at example.com");
    }));
}

const IMPORTED_QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:jobs";
const IMPORTED_TOPIC: &str = "arn:aws:sns:eu-west-1:111122223333:orders";

fn codes_of(build: impl FnOnce(Stack<'_>)) -> Vec<Code> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    synthesis.findings().iter().map(|one| one.code).collect()
}

fn id_of<'t>(template: &'t Template, kind: &str) -> &'t str {
    template.resources(kind)[0].0
}

fn last_statement(template: &Template, kind: &str, property: &str) -> Value {
    let statements = &template.only(kind)["Properties"][property]["Statement"];
    let last = statements.as_array().and_then(|all| all.last());
    last.cloned().unwrap_or_default()
}

#[test]
fn subscribes_queue_and_allows_delivery() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        topic.subscribe_queue(&Queue::builder().build(stack, "Jobs"));
    });
    let (topic, queue) = (
        id_of(&template, "AWS::SNS::Topic"),
        id_of(&template, "AWS::SQS::Queue"),
    );
    let (id, subscription) = template.resources("AWS::SNS::Subscription")[0];
    // As the CDK names it.
    assert_eq!(id, "JobsStackTopic2F4048F0F75D4F19");
    assert_eq!(
        subscription["DependsOn"],
        json!([id_of(&template, "AWS::SQS::QueuePolicy")]),
        "the queue refuses messages until its policy allows the topic"
    );
    assert_eq!(
        subscription["Properties"],
        json!({
            "Protocol": "sqs",
            "TopicArn": { "Ref": topic },
            "Endpoint": { "Fn::GetAtt": [queue, "Arn"] },
        })
    );
    assert_eq!(
        last_statement(&template, "AWS::SQS::QueuePolicy", "PolicyDocument"),
        json!({
            "Effect": "Allow",
            "Principal": { "Service": "sns.amazonaws.com" },
            "Action": "sqs:SendMessage",
            "Resource": { "Fn::GetAtt": [queue, "Arn"] },
            "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": topic } } },
        })
    );
}

#[test]
fn writes_every_option_of_subscription() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        let undelivered = Queue::builder().build(stack, "Undelivered");
        topic
            .subscribe_queue(&Queue::builder().build(stack, "Jobs"))
            .raw_delivery()
            .filter(
                FilterPolicy::body()
                    .any_of("kind", ["order", "refund"])
                    .none_of("kind", ["test"])
                    .starts_with("region", "eu-")
                    .ends_with("region", "-1")
                    .between("price", 1.5, 9.5)
                    .exists("customer")
                    .absent("draft"),
            )
            .dead_letter_queue(&undelivered);
    });
    template.has_properties(
        "AWS::SNS::Subscription",
        json!({
            "RawMessageDelivery": true,
            "FilterPolicyScope": "MessageBody",
            "FilterPolicy": {
                "kind": ["order", "refund", { "anything-but": ["test"] }],
                "region": [{ "prefix": "eu-" }, { "suffix": "-1" }],
                "price": [{ "numeric": [">=", 1.5, "<=", 9.5] }],
                "customer": [{ "exists": true }],
                "draft": [{ "exists": false }],
            },
            "RedrivePolicy": { "deadLetterTargetArn": Match::any() },
        }),
    );
    let policies = template.resources("AWS::SQS::QueuePolicy");
    let allowed = policies
        .iter()
        .filter(|(_, policy)| policy.to_string().contains("sns.amazonaws.com"));
    assert_eq!(allowed.count(), 2, "queue and dead-letter queue");
}

#[test]
fn allows_topic_to_use_key_of_queue() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let jobs = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Jobs");
        Topic::builder()
            .build(stack, "Topic")
            .subscribe_queue(&jobs);
    });
    let topic = id_of(&template, "AWS::SNS::Topic");
    assert_eq!(
        last_statement(&template, "AWS::KMS::Key", "KeyPolicy"),
        json!({
            "Effect": "Allow",
            "Principal": { "Service": "sns.amazonaws.com" },
            "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
            "Resource": "*",
            "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": topic } } },
        })
    );
}

#[test]
fn avoids_circle_if_topic_and_queue_have_same_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let jobs = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Jobs");
        Topic::builder()
            .encryption(TopicEncryption::key(key))
            .build(stack, "Topic")
            .subscribe_queue(&jobs);
    });
    assert_eq!(
        last_statement(&template, "AWS::KMS::Key", "KeyPolicy")["Condition"],
        json!({ "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } })
    );
}

#[test]
fn subscribes_https_endpoint() {
    let template = Template::of_stack(|stack| {
        Topic::builder()
            .build(stack, "Topic")
            .subscribe_https("https://hooks.example.com/orders");
    });
    template.has_properties(
        "AWS::SNS::Subscription",
        json!({ "Protocol": "https", "Endpoint": "https://hooks.example.com/orders" }),
    );
    // As the CDK names it.
    assert_eq!(
        id_of(&template, "AWS::SNS::Subscription"),
        "Topichttpshooksexamplecomorders82874DBF"
    );
}

#[test]
fn creates_fifo_topic_that_delivers_to_both_kinds_of_queues() {
    let template = Template::of_stack(|stack| {
        let topic = FifoTopic::builder()
            .topic_name("orders.fifo")
            .content_based_deduplication(true)
            .throughput(FifoTopicThroughput::PerMessageGroup)
            .build(stack, "Orders");
        topic
            .subscribe_queue(&FifoQueue::builder().build(stack, "Billing"))
            .dead_letter_queue(&FifoQueue::builder().build(stack, "Undelivered"));
        topic.subscribe_queue(&Queue::builder().build(stack, "Statistics"));
        topic.grant_publish(&Principal::service("events.amazonaws.com"));
    });
    assert_eq!(
        template.only("AWS::SNS::Topic")["Properties"],
        json!({
            "TopicName": "orders.fifo",
            "FifoTopic": true,
            "ContentBasedDeduplication": true,
            "FifoThroughputScope": "MessageGroup",
            "KmsMasterKeyId": "alias/aws/sns",
        })
    );
    template.resource_count("AWS::SNS::Subscription", 2);
    template.has_properties(
        "AWS::SNS::TopicPolicy",
        json!({ "PolicyDocument": { "Statement": [
            { "Sid": "RequireTls" },
            { "Effect": "Allow", "Action": "sns:Publish", "Principal": { "Service": "events.amazonaws.com" } },
        ] } }),
    );
}

#[test]
fn subscribes_own_queue_to_imported_topic() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::from_arn(IMPORTED_TOPIC);
        topic.subscribe_queue(&Queue::builder().build(stack, "Jobs"));
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Role");
        topic.grant_publish(&role);
    });
    template.has_properties(
        "AWS::SNS::Subscription",
        json!({ "Protocol": "sqs", "TopicArn": IMPORTED_TOPIC }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": "sns:Publish", "Resource": IMPORTED_TOPIC },
        ] } }] }),
    );
    assert_eq!(
        last_statement(&template, "AWS::SQS::QueuePolicy", "PolicyDocument")["Condition"],
        json!({ "ArnEquals": { "aws:SourceArn": IMPORTED_TOPIC } })
    );
}

#[test]
fn returns_metrics_of_topic() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::from_arn(IMPORTED_TOPIC);
        Alarm::builder()
            .metric(topic.metric_number_of_notifications_failed())
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(0)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Alarm");
    });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/SNS",
            "MetricName": "NumberOfNotificationsFailed",
            "Statistic": "Sum",
            "Dimensions": [{ "Name": "TopicName", "Value": "orders" }],
        }),
    );
}

#[test]
fn warns_that_policy_of_imported_queue_cannot_be_changed() {
    insta::assert_snapshot!(findings_of(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        topic.subscribe_queue(&Queue::from_arn(IMPORTED_QUEUE));
    }));
}

#[test]
fn rejects_imported_fifo_queue_of_standard_topic() {
    insta::assert_snapshot!(findings_of(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        let subscription =
            topic.subscribe_queue(&Queue::from_arn(format!("{IMPORTED_QUEUE}.fifo")));
        subscription.scope().acknowledge(
            codes::IMPORTED_QUEUE_POLICY,
            "the other app allows the topic",
        );
    }));
}

#[test]
fn rejects_imported_standard_queue_as_dead_letter_queue_of_fifo_topic() {
    let found = codes_of(|stack| {
        let orders = FifoQueue::builder().build(stack, "Orders");
        FifoTopic::builder()
            .build(stack, "Topic")
            .subscribe_queue(&orders)
            .dead_letter_queue(&Queue::from_arn(IMPORTED_QUEUE));
    });
    assert_eq!(
        found,
        [codes::SUBSCRIBED_QUEUE_KIND, codes::IMPORTED_QUEUE_POLICY]
    );
}

#[test]
fn rejects_topic_names_that_sns_rejects() {
    for name in ["orders.fifo", "a b", "", &"x".repeat(257)] {
        let found = codes_of(|stack| {
            Topic::builder().topic_name(name).build(stack, "Topic");
        });
        assert!(found.contains(&codes::TOPIC_NAME), "{name}: {found:?}");
    }
    insta::assert_snapshot!(findings_of(|stack| {
        FifoTopic::builder()
            .topic_name("orders")
            .build(stack, "Topic");
    }));
}

#[test]
fn rejects_https_endpoint_without_https() {
    for url in [
        "http://hooks.example.com",
        "https://",
        "https:///path",
        "hooks.example.com",
    ] {
        let found = codes_of(|stack| {
            Topic::builder().build(stack, "Topic").subscribe_https(url);
        });
        assert_eq!(found, [codes::INVALID_HTTPS_ENDPOINT], "{url}");
    }
}

#[test]
fn rejects_filter_policies_that_sns_rejects() {
    let none: [&str; 0] = [];
    let many: Vec<String> = (0..13).map(|number| number.to_string()).collect();
    let six = ["a", "b", "c", "d", "e", "f"];
    let keys = six
        .into_iter()
        .fold(FilterPolicy::attributes(), FilterPolicy::exists);
    let rejected = [
        FilterPolicy::attributes(),
        FilterPolicy::attributes().any_of("kind", none),
        FilterPolicy::attributes().none_of("kind", none),
        FilterPolicy::body().any_of("a", &many).any_of("b", &many),
        keys,
    ];
    for policy in rejected {
        let found = codes_of(|stack| {
            let jobs = Queue::builder().build(stack, "Jobs");
            let topic = Topic::builder().build(stack, "Topic");
            topic.subscribe_queue(&jobs).filter(policy.clone());
        });
        assert_eq!(found, [codes::FILTER_POLICY], "{policy:?}");
    }
}
