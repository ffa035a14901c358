//! Tests of the constructs in `infra_lib::logs`.

use infra_lib::RemovalPolicy;
use infra_lib::assertions::{Match, Template};
use infra_lib::logs::{LogClass, LogGroup, RetentionDays};
use serde_json::json;

#[test]
fn retains_log_group_and_keeps_events_for_90_days() {
    let template = Template::of_stack(|stack| {
        LogGroup::builder().build(stack, "Logs");
    });
    template.has_resource(
        "AWS::Logs::LogGroup",
        json!({
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": { "RetentionInDays": 90, "LogGroupName": Match::absent() },
        }),
    );
}

#[test]
fn allows_infinite_retention_and_deletion() {
    let template = Template::of_stack(|stack| {
        LogGroup::builder()
            .retention(RetentionDays::INFINITE)
            .class(LogClass::InfrequentAccess)
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Logs");
    });
    template.has_resource(
        "AWS::Logs::LogGroup",
        json!({
            "DeletionPolicy": "Delete",
            "Properties": { "RetentionInDays": Match::absent(), "LogGroupClass": "INFREQUENT_ACCESS" },
        }),
    );
}
