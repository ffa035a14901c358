//! Tests of the constructs in `infra_lib::logs`.

use infra_lib::RemovalPolicy;
use infra_lib::assertions::{Match, Template};
use infra_lib::logs::{LogClass, LogGroup, RetentionDays};
use serde_json::json;

#[test]
fn events_are_kept_for_three_months_and_the_group_outlives_the_stack() {
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
fn for_ever_and_deletion_are_said_aloud() {
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
