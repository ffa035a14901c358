//! Tests of functions, delivery streams and queues that subscribe to topics.

use infra_lib::assertions::{Match, Template};
use infra_lib::kinesisfirehose::DeliveryStream;
use infra_lib::lambda::{Alias, AsFunction as _, Code, Function, Runtime};
use infra_lib::s3::Bucket;
use infra_lib::sns::{FifoTopic, FilterPolicy, Subscriber, Topic, TopicSubscriber, WithMetadata};
use infra_lib::sqs::Queue;
use infra_lib::{App, Arn, Construct, Environment, Scope, Stack, StackProps};
use serde_json::json;

use crate::base::findings_of;

const SUBSCRIPTION: &str = "AWS::SNS::Subscription";
const PERMISSION: &str = "AWS::Lambda::Permission";
const IMPORTED_TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:orders";

fn function<'app>(scope: impl Construct<'app>, id: &str) -> Function<'app> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => {};"))
        .build(scope, id)
}

fn deliveries(stack: Stack<'_>) -> DeliveryStream<'_> {
    let lake = Bucket::builder().build(stack, "Lake");
    DeliveryStream::builder()
        .bucket(lake)
        .build(stack, "Clicks")
}

fn ids<'t>(template: &'t Template, kind: &str) -> Vec<&'t str> {
    template.resources(kind).iter().map(|(id, _)| *id).collect()
}

#[test]
fn subscribes_function_with_permission_for_topic() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        let failed = Queue::builder().build(stack, "Failed");
        topic
            .subscribe(&function(stack, "Function"))
            .filter(FilterPolicy::attributes().any_of("kind", ["refund"]))
            .dead_letter_queue(&failed);
    });
    // As the CDK names them.
    assert_eq!(ids(&template, SUBSCRIPTION), ["FunctionTopicD77BEC18"]);
    assert_eq!(
        ids(&template, PERMISSION),
        ["FunctionAllowInvokeStackTopic2F4048F04622C9A1"]
    );
    template.has_properties(
        SUBSCRIPTION,
        json!({
            "Protocol": "lambda",
            "Endpoint": { "Fn::GetAtt": [Match::string_like("Function*"), "Arn"] },
            "TopicArn": { "Ref": "TopicBFC7AF6E" },
            "FilterPolicy": { "kind": ["refund"] },
            "RedrivePolicy": { "deadLetterTargetArn": Match::any() },
            "RawMessageDelivery": Match::absent(),
            "Region": Match::absent(),
        }),
    );
    template.has_properties(
        PERMISSION,
        json!({
            "Action": "lambda:InvokeFunction",
            "Principal": "sns.amazonaws.com",
            "SourceArn": { "Ref": "TopicBFC7AF6E" },
        }),
    );
}

#[test]
fn subscribes_alias_and_version_by_their_arn() {
    let template = Template::of_stack(|stack| {
        let version = function(stack, "Function").current_version();
        let live = Alias::builder()
            .alias_name("live")
            .version(version)
            .build(stack, "Live");
        Topic::builder().build(stack, "A").subscribe(&live);
        Topic::builder().build(stack, "B").subscribe(&version);
    });
    for target in ["AWS::Lambda::Alias", "AWS::Lambda::Version"] {
        let id = ids(&template, target)[0];
        template.has_properties(SUBSCRIPTION, json!({ "Endpoint": { "Ref": id } }));
        template.has_properties(PERMISSION, json!({ "FunctionName": { "Ref": id } }));
    }
}

#[test]
fn puts_records_to_existing_delivery_streams() {
    const CLICKS: &str = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks";
    let template = Template::of_stack(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        topic
            .subscribe(&DeliveryStream::from_arn(CLICKS))
            .raw_delivery();
        let deferred = Queue::builder()
            .build(stack, "Other")
            .arn()
            .cast::<Arn<_>>();
        topic.subscribe(&DeliveryStream::from_arn(deferred));
    });
    let subscriptions = ids(&template, SUBSCRIPTION);
    assert!(
        subscriptions[0].starts_with("Topicclicks"),
        "{subscriptions:?}"
    );
    assert!(
        subscriptions[1].starts_with("TopicImportedDeliveryStream1"),
        "{subscriptions:?}"
    );
    template.has_properties(
        SUBSCRIPTION,
        json!({
            "Protocol": "firehose",
            "Endpoint": CLICKS,
            "RawMessageDelivery": true,
            "TopicArn": { "Ref": "TopicBFC7AF6E" },
            "SubscriptionRoleArn": { "Fn::GetAtt": [Match::string_like("TopicclicksRole*"), "Arn"] },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "AssumeRolePolicyDocument": { "Statement": [{ "Principal": { "Service": "sns.amazonaws.com" } }] },
            "Policies": [{ "PolicyDocument": { "Statement": [{
                "Action": [
                    "firehose:DescribeDeliveryStream",
                    "firehose:ListDeliveryStreams",
                    "firehose:ListTagsForDeliveryStream",
                    "firehose:PutRecord",
                    "firehose:PutRecordBatch",
                ],
                "Resource": CLICKS,
            }] } }],
        }),
    );
}

#[test]
fn puts_records_with_one_role_for_all_topics() {
    let template = Template::of_stack(|stack| {
        let stream = deliveries(stack);
        Topic::builder()
            .build(stack, "Topic")
            .subscribe(&stream)
            .raw_delivery();
        Topic::builder().build(stack, "Other").subscribe(&stream);
    });
    let role = "ClicksTopicSubscriptionRole6CA29A14";
    assert!(
        ids(&template, "AWS::IAM::Role").contains(&role),
        "{:?}",
        ids(&template, "AWS::IAM::Role")
    );
    template.has_properties(
        SUBSCRIPTION,
        json!({
            "Protocol": "firehose",
            "Endpoint": { "Fn::GetAtt": [Match::string_like("Clicks*"), "Arn"] },
            "RawMessageDelivery": true,
            "SubscriptionRoleArn": { "Fn::GetAtt": [role, "Arn"] },
        }),
    );
    let subscriptions = template.find_resources(
        SUBSCRIPTION,
        json!({ "SubscriptionRoleArn": { "Fn::GetAtt": [role, "Arn"] } }),
    );
    assert_eq!(subscriptions.len(), 2);
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "AssumeRolePolicyDocument": { "Statement": [{
                "Principal": { "Service": "sns.amazonaws.com" },
            }] },
            "Policies": [{ "PolicyDocument": { "Statement": [{
                "Action": [
                    "firehose:DescribeDeliveryStream",
                    "firehose:ListDeliveryStreams",
                    "firehose:ListTagsForDeliveryStream",
                    "firehose:PutRecord",
                    "firehose:PutRecordBatch",
                ],
            }] } }],
        }),
    );
}

#[test]
fn queue_is_subscribed_as_by_its_own_method() {
    let general = Template::of_stack(|stack| {
        let jobs = Queue::builder().build(stack, "Jobs");
        Topic::builder()
            .build(stack, "Topic")
            .subscribe(&jobs)
            .raw_delivery();
    });
    let special = Template::of_stack(|stack| {
        let jobs = Queue::builder().build(stack, "Jobs");
        Topic::builder()
            .build(stack, "Topic")
            .subscribe_queue(&jobs)
            .raw_delivery();
    });
    assert_eq!(general.json(), special.json());
}

#[test]
fn subscription_and_permission_are_in_the_stack_of_the_function() {
    let app = App::new();
    let topics = Stack::new(&app, "Topics");
    let functions = Stack::new(&app, "Functions");
    let topic = Topic::builder().build(topics, "Topic");
    topic.subscribe(&function(functions, "Function"));
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    let template = Template::of(&synthesis, "Functions");
    template.resource_count(SUBSCRIPTION, 1);
    template.resource_count(PERMISSION, 1);
    Template::of(&synthesis, "Topics").resource_count(SUBSCRIPTION, 0);
}

#[test]
fn names_region_of_topic_elsewhere() {
    let template = Template::of_stack(|stack| {
        Topic::from_arn(IMPORTED_TOPIC).subscribe(&function(stack, "Function"));
    });
    template.has_properties(
        SUBSCRIPTION,
        json!({ "TopicArn": IMPORTED_TOPIC, "Region": "us-east-1" }),
    );
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(&app, "Stack");
    Topic::from_arn(IMPORTED_TOPIC).subscribe(&function(stack, "Function"));
    let synthesis = app.synth();
    Template::of(&synthesis, "Stack")
        .has_properties(SUBSCRIPTION, json!({ "Region": Match::absent() }));
}

#[test]
fn topics_with_the_same_id_have_subscriptions_of_their_own() {
    let template = Template::of_stack(|stack| {
        let function = function(stack, "Function");
        for part in ["Shop", "Stock"] {
            let scope: Scope<'_> = stack.scope().construct(part);
            Topic::builder().build(scope, "Topic").subscribe(&function);
        }
    });
    template.resource_count(SUBSCRIPTION, 2);
    template.resource_count(PERMISSION, 2);
}

#[test]
fn rejects_second_subscription_of_a_function() {
    let found = findings_of(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        let function = function(stack, "Function");
        topic.subscribe(&function);
        topic.subscribe(&function);
    });
    assert!(found.contains("INF1001"), "{found}");
}

#[test]
fn rejects_function_and_delivery_stream_for_imported_fifo_topic() {
    insta::assert_snapshot!(findings_of(|stack| {
        let orders = FifoTopic::from_arn("arn:aws:sns:eu-west-1:111122223333:orders.fifo");
        orders.subscribe(&function(stack, "Function"));
        orders.subscribe(&deliveries(stack));
    }));
}

#[test]
fn reports_permission_of_function_that_may_be_elsewhere() {
    insta::assert_snapshot!(findings_of(|stack| {
        let notify = "arn:aws:lambda:eu-west-1:111122223333:function:notify";
        let notify = Function::from_arn(stack, "Notify", notify);
        Topic::builder().build(stack, "Topic").subscribe(&notify);
    }));
}

#[test]
fn permits_topic_to_invoke_imported_function_of_the_environment() {
    let template = Template::of_stack(|stack| {
        let notify = Function::from_name(stack, "Notify", "notify");
        Topic::builder()
            .build(stack, "Topic")
            .subscribe(&notify.as_function());
    });
    template.has_properties(
        PERMISSION,
        json!({ "SourceArn": { "Ref": "TopicBFC7AF6E" }, "Principal": "sns.amazonaws.com" }),
    );
}

#[test]
fn subscriber_of_a_team_has_protocol_and_endpoint() {
    struct Phone;
    impl<'app> TopicSubscriber<'app> for Phone {
        type Delivery = WithMetadata;

        fn subscriber(&self) -> Subscriber<'app> {
            Subscriber::new("sms", "+4915100000000")
        }
    }
    let template = Template::of_stack(|stack| {
        Topic::builder().build(stack, "Topic").subscribe(&Phone);
    });
    template.has_properties(
        SUBSCRIPTION,
        json!({ "Protocol": "sms", "Endpoint": "+4915100000000" }),
    );
}
