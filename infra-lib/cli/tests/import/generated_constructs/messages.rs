//! The stack `Messages`: 21 resources, converted by `import-template` from
//! `messages.json`.
//!
//! Crates: `infra-lib` (features `iam`, `kms`, `sns`, `sqs`), `serde_json`.

use infra_lib::cfn::sqs::queue;
use infra_lib::iam::{Principal, Statement};
use infra_lib::intrinsics::equals;
use infra_lib::kms::{Alias as KmsAlias, Key};
use infra_lib::sns::{FifoTopic, Topic, TopicEncryption};
use infra_lib::sqs::{DeadLetterQueue, FifoQueue, Queue, QueueEncryption};
use infra_lib::{
    App, Condition, Construct as _, Duration, Output, ParameterProps, ParameterType, RemovalPolicy,
    Size, Stack, StackProps, pseudo, sub,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn messages(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Queues, topics and keys with every setter")
        .build(app, "Messages");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String)
        .default_value("dev")
        .build(stack, "Stage");
    let seconds = ParameterProps::new(ParameterType::Number)
        .default_value("30")
        .build(stack, "Seconds");

    // Conditions
    let is_large = Condition::new(stack, "IsLarge", equals::<String>(stage, "prod"));

    // Resources
    let key = Key::builder().build(stack, "Key");

    let keys = Key::builder()
        .description("For messages")
        .rotation_period(Duration::days(180))
        .pending_window(Duration::days(7))
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Keys");
    keys.cfn().override_logical_id("Keys");
    keys.add_statement(
        Statement::allow()
            .principal(Principal::service("events.amazonaws.com"))
            .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
            .resource("*"),
    );

    let key_name = KmsAlias::builder()
        .alias_name("alias/messages")
        .key_arn(keys.key_id().cast())
        .build(stack, "KeyName");
    key_name.cfn().override_logical_id("KeyName");

    let failed = Queue::builder()
        .retention(Duration::days(14))
        .build(stack, "Failed");

    let jobs = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .queue_name(sub![stage.value::<String>(), "-jobs"])
        .visibility_timeout(Duration::seconds(90))
        .retention(Duration::days(1))
        .delivery_delay(Duration::seconds(5))
        .receive_wait_time(Duration::seconds(0))
        .max_message_size(Size::mib(1))
        .removal_policy(RemovalPolicy::Retain)
        .build(stack, "Jobs");
    jobs.cfn()
        .modify(|props| props.tags([queue::Tag::new("team", "shop")]));

    jobs.add_statement(
        Statement::allow()
            .principal(Principal::service("events.amazonaws.com"))
            .action("sqs:SendMessage")
            .resource(jobs.arn())
            .condition(
                "ArnEquals",
                "aws:SourceArn",
                sub![
                    "arn:",
                    pseudo::partition(),
                    ":events:",
                    pseudo::region(),
                    ":",
                    pseudo::account_id(),
                    ":rule/a",
                ],
            )
            .condition(
                "ArnEquals",
                "aws:SourceArn",
                sub![
                    "arn:",
                    pseudo::partition(),
                    ":events:",
                    pseudo::region(),
                    ":",
                    pseudo::account_id(),
                    ":rule/b",
                ],
            ),
    );
    jobs.add_statement(
        Statement::allow()
            .sid("Others")
            .principal(Principal::arn("arn:aws:iam::111122223333:root"))
            .principal(Principal::arn("arn:aws:iam::222233334444:root"))
            .not_actions(["sqs:DeleteQueue", "sqs:PurgeQueue"])
            .resource(jobs.arn()),
    );

    Queue::builder()
        .encryption(QueueEncryption::key(key))
        .build(stack, "Secret");

    let alarms = Topic::builder().build(stack, "Alarms");

    let later = Queue::builder().build(stack, "Later");
    later
        .cfn()
        .modify(|props| props.visibility_timeout(seconds.value()));
    later.cfn().apply_condition(is_large);
    later.cfn().depends_on(jobs.cfn());
    later.cfn().depends_on(alarms.cfn());
    later.cfn().scope().add_metadata("Owner", json!("shop"));

    let failed_in_order = FifoQueue::builder()
        .queue_name("failed.fifo")
        .retention(Duration::days(14))
        .build(stack, "FailedInOrder");

    let in_order = FifoQueue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed_in_order, 3))
        .content_based_deduplication(true)
        .queue_name("jobs.fifo")
        .visibility_timeout(Duration::minutes(1))
        .retention(Duration::days(4))
        .delivery_delay(Duration::seconds(1))
        .receive_wait_time(Duration::seconds(3))
        .max_message_size(Size::mib(1))
        .removal_policy(RemovalPolicy::Retain)
        .build(stack, "InOrder");
    in_order
        .cfn()
        .apply_update_replace_policy(RemovalPolicy::Destroy);

    let orders = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .topic_name("orders")
        .display_name("Orders of the shop")
        .build(stack, "Orders");

    orders.add_statement(
        Statement::allow()
            .principal(Principal::service("cloudwatch.amazonaws.com"))
            .action("sns:Publish")
            .resource(orders.arn())
            .condition("StringEquals", "aws:SourceAccount", pseudo::account_id()),
    );

    FifoTopic::builder()
        .content_based_deduplication(true)
        .encryption(TopicEncryption::key(key))
        .topic_name("orders.fifo")
        .display_name("In order")
        .build(stack, "OrdersInOrder");

    // Outputs
    Output::new(stack, "Url", jobs.queue_url());
    Output::new(stack, "Name", jobs.queue_name());
    Output::new(stack, "Topic", orders.arn());
    Output::new(stack, "TopicName", orders.name());
    Output::new(stack, "KeyOutput", key.key_id())
        .scope()
        .override_logical_id("Key");

    stack
}
