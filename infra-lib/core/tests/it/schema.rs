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
fn suggests_nearest_name_for_unknown_property() {
    insta::assert_snapshot!(check("AWS::S3::Bucket", json!({ "BukcetName": "notes" })));
}

#[test]
fn suggests_nearest_name_for_unknown_type() {
    insta::assert_snapshot!(check("AWS::S3::Bukcet", json!({})));
}

#[test]
fn accepts_any_property_of_custom_resource() {
    let found = check(
        "Custom::Thing",
        json!({ "ServiceToken": "arn", "Whatever": 1 }),
    );
    assert!(found.starts_with("warning[INF1286]"), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn names_missing_required_property() {
    insta::assert_snapshot!(check("AWS::IAM::Role", json!({})));
}

#[test]
fn reports_nested_type_mismatch_with_path() {
    let rules = json!({ "LifecycleConfiguration": { "Rules": [{ "Status": "Enabled", "ExpirationInDays": "soon" }] } });
    insta::assert_snapshot!(check("AWS::S3::Bucket", rules));
}

#[test]
fn accepts_numbers_and_booleans_as_text() {
    assert_eq!(
        check(
            "AWS::SQS::Queue",
            json!({ "DelaySeconds": "5", "FifoQueue": "true" })
        ),
        ""
    );
}

#[test]
fn warns_about_unknown_enum_value_with_allowed_values() {
    insta::assert_snapshot!(check(
        "AWS::S3::Bucket",
        json!({ "VersioningConfiguration": { "Status": "On" } })
    ));
}

#[test]
fn warns_about_value_outside_pattern() {
    insta::assert_snapshot!(check(
        "AWS::Logs::LogGroup",
        json!({ "LogGroupName": "has spaces" })
    ));
}

#[test]
fn rejects_number_out_of_range() {
    insta::assert_snapshot!(check(
        "AWS::Lambda::EventInvokeConfig",
        json!({
            "FunctionName": "f", "Qualifier": "$LATEST", "MaximumRetryAttempts": 9
        })
    ));
}

#[test]
fn rejects_value_of_read_only_property() {
    insta::assert_snapshot!(check(
        "AWS::SQS::Queue",
        json!({ "Arn": "arn:aws:sqs:eu-west-1:111122223333:q" })
    ));
}

#[test]
fn rejects_null_property_value() {
    insta::assert_snapshot!(check("AWS::SQS::Queue", json!({ "DelaySeconds": null })));
}

#[test]
fn lists_known_attributes_for_unknown_attribute() {
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
fn reports_reference_of_wrong_kind_in_raw_json() {
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
fn suggests_nearest_name_for_undefined_reference() {
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
fn reports_mutually_exclusive_properties() {
    let both = json!({ "HostedZoneId": "Z1", "HostedZoneName": "example.com.", "Name": "a.example.com", "Type": "A", "TTL": "300", "ResourceRecords": ["192.0.2.1"] });
    insta::assert_snapshot!(check("AWS::Route53::RecordSet", both));
}

#[test]
fn warns_of_names_that_may_be_newer_than_schemas() {
    insta::assert_snapshot!(check("AWS::Quantum::Annealer", json!({})));
    insta::assert_snapshot!(check(
        "AWS::SQS::QueuePolicy",
        json!({ "PolicyDocument": { "Statement": [] }, "Queues": ["q"], "Zorblax": 1 })
    ));
}

#[test]
fn names_constant_for_near_enum_value() {
    let lists = json!({ "LifecycleConfiguration": { "Rules": [{ "Status": "enabled", "Id": "a", "ExpirationInDays": 5 }] } });
    let found = check("AWS::S3::Bucket", lists);
    let help = "did you mean `Enabled`? In Rust: `cfn::s3::bucket::RuleStatus::ENABLED`";
    assert!(found.contains(help), "{found}");
}

#[test]
fn compares_blocks_of_subnets_and_names() {
    insta::assert_snapshot!(findings_of(|stack| {
        let add = |id: &str, type_name: &'static str, properties: JsonValue| {
            CfnResource::new(stack, id, type_name, properties);
        };
        let subnet =
            |vpc: &str, block: &str| json!({ "VpcId": { "Ref": vpc }, "CidrBlock": block });
        add(
            "Vpc",
            "AWS::EC2::VPC",
            json!({ "CidrBlock": "10.0.0.0/16" }),
        );
        add("First", "AWS::EC2::Subnet", subnet("Vpc", "10.0.0.0/24"));
        add("Second", "AWS::EC2::Subnet", subnet("Vpc", "10.0.0.128/25"));
        add("Outside", "AWS::EC2::Subnet", subnet("Vpc", "10.1.0.0/24"));
        add(
            "Orders",
            "AWS::SQS::Queue",
            json!({ "QueueName": "orders" }),
        );
        add(
            "Invoices",
            "AWS::SQS::Queue",
            json!({ "QueueName": "orders" }),
        );
    }));
}

#[test]
fn rejects_runtime_that_lambda_refuses() {
    let function = |runtime: &str| {
        json!({
            "Code": { "S3Bucket": "code", "S3Key": "a.zip" }, "Handler": "index.handler",
            "Role": "arn:aws:iam::111122223333:role/a", "Runtime": runtime
        })
    };
    insta::assert_snapshot!(check("AWS::Lambda::Function", function("nodejs14.x")));
    assert_eq!(check("AWS::Lambda::Function", function("python3.14")), "");
}
