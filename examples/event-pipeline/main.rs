//! Events of a shop: a bus, a rule with a typed pattern, a queue with a dead-letter queue, and a pipe.

use std::process::ExitCode;

use infra_lib::events::{Archive, ArchiveRetention, EventBus, EventPattern, Rule};
use infra_lib::kms::Key;
use infra_lib::pipes::{Pipe, PipeSource, PipeTarget};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{DeadLetterQueue, Queue};
use infra_lib::{App, Duration, Stack};
use serde_json::json;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Shop");
    let bus = EventBus::builder().build(stack, "Bus");
    Archive::of(&bus)
        .retention(ArchiveRetention::For(Duration::days(30)))
        .build(stack, "Archive");

    let failed = Queue::builder()
        .retention(Duration::days(14))
        .build(stack, "Failed");
    let orders = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .build(stack, "Orders");
    Rule::on_event(EventPattern::new().source("shop").detail("kind", "order"))
        .event_bus(bus)
        .example(json!({ "source": "shop", "detail": { "kind": "order", "total": 12 } }))
        .target(orders)
        .build(stack, "OrdersPlaced");

    let invoices = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .build(stack, "Invoices");
    Pipe::builder()
        .source(PipeSource::from_queue(&orders))
        .filter(json!({ "body": { "detail": { "total": [{ "numeric": [">", 0] }] } } }))
        .target(PipeTarget::to_queue(&invoices))
        .build(stack, "OrdersToPay");

    let key = Key::builder()
        .alias("alias/shop-refunds")
        .build(stack, "Key");
    let refunds = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "Refunds");
    let desk = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .build(stack, "RefundDesk");
    refunds.subscribe_queue(&desk).raw_delivery();
    Rule::on_event(EventPattern::new().source("shop").detail("kind", "refund"))
        .event_bus(bus)
        .target(refunds)
        .build(stack, "RefundsAsked");
}
