//! Tests of landing zones.

use infra_lib::assertions::{Match, Template};
use infra_lib::iam::{Principal, Role};
use infra_lib::kinesisfirehose::Compression;
use infra_lib::kms::Key;
use infra_lib::patterns::LandingZone;
use infra_lib::prelude::*;
use infra_lib::s3::BucketEncryption;
use serde_json::json;

use super::{operators, resources};

#[test]
fn delivers_records_to_folder_of_day() {
    let template = Template::of_stack(|stack| {
        let site = Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Site");
        let clicks = LandingZone::builder()
            .dataset("clicks")
            .build(stack, "Clicks");
        clicks.grant_put_records(&site);
        assert!(clicks.alarm().is_none());
    });
    insta::assert_snapshot!(resources(template.json()));
    template.has_properties(
        "AWS::KinesisFirehose::DeliveryStream",
        json!({ "ExtendedS3DestinationConfiguration": {
            "Prefix": "clicks/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/",
            "ErrorOutputPrefix": "errors/clicks/!{firehose:error-output-type}/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/",
            "CompressionFormat": "GZIP",
            "BufferingHints": { "IntervalInSeconds": 300 },
        } }),
    );
    template.has_properties(
        "AWS::S3::Bucket",
        json!({ "LifecycleConfiguration": { "Rules": Match::list_with(json!([
            { "Id": "Tiering", "Transitions": [{ "StorageClass": "INTELLIGENT_TIERING", "TransitionInDays": 30 }] },
            { "Id": "Errors", "Prefix": "errors/", "ExpirationInDays": 30 },
        ])) } }),
    );
    let (_, role) = template
        .find_resources("AWS::IAM::Role", json!({}))
        .into_iter()
        .find(|(id, _)| id.starts_with("Site"))
        .unwrap();
    assert!(role.to_string().contains("firehose:PutRecord"), "{role}");
}

#[test]
fn shares_bucket_and_passes_options_on() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "LakeKey");
        let clicks = LandingZone::builder()
            .dataset("clicks")
            .encryption(BucketEncryption::kms(key))
            .build(stack, "Clicks");
        let searches = LandingZone::builder()
            .dataset("searches")
            .bucket(clicks.bucket())
            .compression(Compression::Uncompressed)
            .buffering_interval(Duration::minutes(1))
            .max_delay(Duration::minutes(20))
            .alarm_action(&operators(stack))
            .build(stack, "Searches");
        assert!(searches.alarm().is_some());
        assert_eq!(searches.bucket().arn(), clicks.bucket().arn());
    });
    template.only("AWS::S3::Bucket");
    template.has_properties(
        "AWS::S3::Bucket",
        json!({ "BucketEncryption": { "ServerSideEncryptionConfiguration": [
            { "ServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms" } },
        ] } }),
    );
    template.has_properties(
        "AWS::KinesisFirehose::DeliveryStream",
        json!({ "ExtendedS3DestinationConfiguration": {
            "CompressionFormat": "UNCOMPRESSED",
            "BufferingHints": { "IntervalInSeconds": 60 },
        } }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "MetricName": "DeliveryToS3.DataFreshness", "Threshold": 1200, "Statistic": "Maximum" }),
    );
}
