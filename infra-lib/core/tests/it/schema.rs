//! Tests of the validation of literals against the registry schema.

use infra_core::CfnResource;
use serde_json::{Value as JsonValue, json};

use crate::support::findings_of;

#[expect(clippy::needless_pass_by_value, reason = "reads better at the call")]
fn check(type_name: &'static str, properties: JsonValue) -> String {
    findings_of(|stack| {
        CfnResource::new(stack, "It", type_name, properties.clone());
    })
}

#[test]
fn an_unknown_property_names_the_nearest() {
    insta::assert_snapshot!(check("AWS::S3::Bucket", json!({ "BukcetName": "notes" })));
}

#[test]
fn an_unknown_type_names_the_nearest() {
    insta::assert_snapshot!(check("AWS::S3::Bukcet", json!({})));
}

#[test]
fn a_custom_resource_is_nobody_elses_business() {
    assert_eq!(
        check(
            "Custom::Thing",
            json!({ "ServiceToken": "arn", "Whatever": 1 })
        ),
        ""
    );
}

#[test]
fn a_missing_property_is_named() {
    insta::assert_snapshot!(check("AWS::IAM::Role", json!({})));
}

#[test]
fn a_wrong_type_deep_inside_is_found_with_its_path() {
    let rules = json!({ "LifecycleConfiguration": { "Rules": [{ "Status": "Enabled", "ExpirationInDays": "soon" }] } });
    insta::assert_snapshot!(check("AWS::S3::Bucket", rules));
}

#[test]
fn numbers_and_booleans_may_be_written_as_text() {
    assert_eq!(
        check(
            "AWS::SQS::Queue",
            json!({ "DelaySeconds": "5", "FifoQueue": "true" })
        ),
        ""
    );
}

#[test]
fn an_enum_miss_is_a_warning_with_the_allowed_values() {
    insta::assert_snapshot!(check(
        "AWS::S3::Bucket",
        json!({ "VersioningConfiguration": { "Status": "On" } })
    ));
}

#[test]
fn a_pattern_miss_is_a_warning() {
    insta::assert_snapshot!(check(
        "AWS::Logs::LogGroup",
        json!({ "LogGroupName": "has spaces" })
    ));
}

#[test]
fn a_number_out_of_range_is_an_error() {
    insta::assert_snapshot!(check(
        "AWS::Lambda::EventInvokeConfig",
        json!({
            "FunctionName": "f", "Qualifier": "$LATEST", "MaximumRetryAttempts": 9
        })
    ));
}

#[test]
fn a_read_only_property_cannot_be_set() {
    insta::assert_snapshot!(check(
        "AWS::SQS::Queue",
        json!({ "Arn": "arn:aws:sqs:eu-west-1:111122223333:q" })
    ));
}

#[test]
fn null_is_refused() {
    insta::assert_snapshot!(check("AWS::SQS::Queue", json!({ "DelaySeconds": null })));
}

#[test]
fn an_unknown_attribute_names_the_known_ones() {
    insta::assert_snapshot!(findings_of(|stack| {
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
        CfnResource::new(
            stack,
            "Topic",
            "AWS::SNS::Topic",
            json!({ "DisplayName": { "Fn::GetAtt": ["Queue", "Name"] } }),
        );
    }));
}

#[test]
fn a_reference_of_the_wrong_kind_in_raw_json_is_found() {
    insta::assert_snapshot!(findings_of(|stack| {
        CfnResource::new(stack, "Bucket", "AWS::S3::Bucket", json!({}));
        CfnResource::new(
            stack,
            "Subnet",
            "AWS::EC2::Subnet",
            json!({ "VpcId": { "Ref": "Bucket" }, "CidrBlock": "10.0.0.0/24" }),
        );
    }));
}

#[test]
fn an_undefined_reference_names_the_nearest() {
    insta::assert_snapshot!(findings_of(|stack| {
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
        CfnResource::new(
            stack,
            "Topic",
            "AWS::SNS::Topic",
            json!({ "DisplayName": { "Fn::Sub": "${Quene.QueueName}!" } }),
        );
    }));
}

#[test]
fn properties_that_exclude_each_other_are_reported() {
    let both = json!({ "HostedZoneId": "Z1", "HostedZoneName": "example.com.", "Name": "a.example.com", "Type": "A" });
    insta::assert_snapshot!(check("AWS::Route53::RecordSet", both));
}
