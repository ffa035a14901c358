//! The stack `EventBus`: 4 resources, converted by `import-template` from
//! `event_bus.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `events`, `sqs`), `serde_json`.

use infra_cfn::{
    events::{self, rule},
    sqs,
};
use infra_core::{App, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn event_bus(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "EventBus");

    let bus = events::CfnEventBusProps::new("orders").build(stack, "Bus");

    events::CfnArchiveProps::new(bus.attr_arn())
        .retention_days(7)
        .event_pattern(json!({ "source": [{ "prefix": "com.example." }] }))
        .build(stack, "Archive");

    let queue = sqs::CfnQueueProps::new()
        .kms_master_key_id("alias/aws/sqs")
        .sqs_managed_sse_enabled(false)
        .build(stack, "Queue");

    events::CfnRuleProps::new()
        .event_bus_name(bus.ref_())
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
