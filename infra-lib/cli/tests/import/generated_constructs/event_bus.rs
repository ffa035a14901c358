//! The stack `EventBus`: 4 resources, converted by `import-template` from
//! `event_bus.yaml`.
//!
//! Crates: `infra-lib` (features `events`, `sqs`), `serde_json`.

use infra_lib::cfn::{
    events::{self, rule},
    sqs,
};
use infra_lib::events::{Archive, ArchiveRetention, EventBus};
use infra_lib::{App, Duration, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn event_bus(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "EventBus");

    let bus = EventBus::builder()
        .event_bus_name("orders")
        .build(stack, "Bus");
    bus.cfn().override_logical_id("Bus");

    let archive = Archive::builder()
        .source_arn(bus.arn().cast())
        .retention(ArchiveRetention::For(Duration::days(7)))
        .build(stack, "Archive");
    archive
        .cfn()
        .modify(|props| props.event_pattern(json!({ "source": [{ "prefix": "com.example." }] })));
    archive.cfn().override_logical_id("Archive");

    let queue = sqs::CfnQueueProps::new()
        .kms_master_key_id("alias/aws/sqs")
        .sqs_managed_sse_enabled(false)
        .build(stack, "Queue");

    events::CfnRuleProps::new()
        .event_bus_name(bus.event_bus_name())
        .event_pattern(json!({
            "detail-type": ["Order Placed"],
            "detail": {
                "total": [{ "numeric": [">", 1000] }],
                "country": [{ "anything-but": ["DE", "AT"] }]
            }
        }))
        .targets([rule::Target::new(queue.attr_arn(), "queue")
            .dead_letter_config(rule::DeadLetterConfig::new().arn(queue.attr_arn()))
            .input_transformer(
                rule::InputTransformer::new(r#"{"order": <id>, "total": <total>}"#)
                    .input_paths_map([("id", "$.detail.id"), ("total", "$.detail.total")]),
            )])
        .build(stack, "Large");

    stack
}
