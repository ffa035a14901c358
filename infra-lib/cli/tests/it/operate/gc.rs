//! Tests of `gc`: assets in use stay, others are isolated and deleted by age.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_cli::testing::Outcome;
use infra_fake::{FakeCloud, StackOptions};
use infra_template::digest::Digest;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use super::{assert_nothing_written, run};
use crate::json_schema::conforming;

const BUCKET: &str = "cdk-hnb659fds-assets-111122223333-eu-west-1";
const REPOSITORY: &str = "cdk-hnb659fds-container-assets-111122223333-eu-west-1";

fn hash(digit: char) -> String {
    digit.to_string().repeat(64)
}

fn days(days: u64) -> Duration {
    Duration::from_hours(24 * days)
}

/// Returns a template that names the code of a function and an image.
fn uses(code: char, image: char) -> JsonValue {
    json!({ "Resources": {
        "Function": { "Type": "AWS::Lambda::Function", "Properties": {
            "Code": { "S3Bucket": BUCKET, "S3Key": format!("{}.zip", hash(code)) },
        } },
        "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
            "ContainerDefinitions": [{ "Name": "app", "Image": format!("host/{REPOSITORY}:{}", hash(image)) }],
        } },
    } })
}

/// Returns an AWS with a bootstrap stack, a stack that uses `a` and `1`, and assets that are ten days old.
fn bootstrapped() -> FakeCloud {
    let aws = FakeCloud::new();
    aws.deploy_stack(
        "CDKToolkit",
        &json!({
            "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } },
            "Outputs": {
                "BucketName": { "Value": BUCKET },
                "ImageRepositoryName": { "Value": REPOSITORY },
            },
        }),
    );
    aws.deploy_stack("Web", &uses('a', '1'));
    aws.enable_versioning(BUCKET);
    for digit in ['a', 'b', 'c'] {
        aws.put_object(BUCKET, &format!("{}.zip", hash(digit)), &[0; 1_000]);
    }
    // A second version of an object that no stack uses.
    aws.put_object(BUCKET, &format!("{}.zip", hash('c')), &[0; 500]);
    aws.put_object(BUCKET, "handwritten.json", b"{}");
    aws.add_repository(REPOSITORY, &[&hash('1'), &hash('2'), "latest"]);
    aws.advance_clock(days(10));
    aws.put_object(BUCKET, &format!("{}.zip", hash('d')), b"new");
    aws
}

fn gc(aws: &FakeCloud, arguments: &[&str]) -> Outcome {
    let all: Vec<&str> = ["gc"]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    run(aws, &all)
}

fn keys(aws: &FakeCloud) -> Vec<String> {
    let keys = aws.bucket_objects(BUCKET).into_keys();
    keys.map(|key| key.chars().take(1).collect()).collect()
}

fn images(aws: &FakeCloud) -> Vec<String> {
    let images = aws.repository_images(REPOSITORY).into_iter();
    images
        .map(|image| image.tags[0].chars().take(1).collect())
        .collect()
}

#[test]
fn lists_unused_assets_and_changes_nothing() {
    let aws = bootstrapped();
    let dry = gc(&aws, &["--dry-run"]);
    assert_eq!(dry.exit_code, ExitCode::Ok, "{dry}");
    assert_snapshot!(dry);
    let refused = gc(&aws, &[]);
    assert_eq!(refused.exit_code, ExitCode::Blocked, "{refused}");
    assert!(refused.stderr.contains("INF7409"), "{refused}");
    assert_nothing_written(&aws);
}

#[test]
fn deletes_unused_assets_with_all_versions() {
    let aws = bootstrapped();
    let done = gc(&aws, &["--yes", "--json"]);
    assert_eq!(done.exit_code, ExitCode::Ok, "{done}");
    let document = conforming("gc", &done.stdout);
    assert_eq!(document["changed"], true);
    assert_eq!(document["deletedBytes"], 1_000 + 1_500 + 1_000_000);
    assert_eq!(document["bucket"]["delete"][1]["versions"], 2);
    assert_eq!(keys(&aws), ["a", "d", "h"]);
    assert_eq!(images(&aws), ["1", "l"]);
    let again = gc(&aws, &["--yes"]);
    assert!(again.stderr.contains("nothing to remove"), "{again}");
}

#[test]
fn removes_only_requested_kind() {
    let aws = bootstrapped();
    gc(&aws, &["--yes", "--type", "s3"]);
    assert_eq!((keys(&aws).len(), images(&aws).len()), (3, 3));
    gc(&aws, &["--yes", "--type", "ecr"]);
    assert_eq!(images(&aws), ["1", "l"]);
}

#[test]
fn deletes_isolated_assets_after_rollback_buffer() {
    let aws = bootstrapped();
    let buffered = || gc(&aws, &["--yes", "--rollback-buffer-days", "7"]);
    let key = format!("{}.zip", hash('b'));
    let isolated = buffered();
    assert!(isolated.stderr.contains("isolated 3 assets"), "{isolated}");
    assert!(
        aws.object_tags(BUCKET, &key)
            .contains_key("aws-cdk:isolated")
    );
    assert_eq!((keys(&aws).len(), images(&aws).len()), (5, 3));

    // An object and an image come into use again, and the other object waits.
    aws.deploy_stack("Jobs", &uses('b', '2'));
    aws.advance_clock(days(6));
    let restored = buffered();
    assert!(restored.stderr.contains("restored 2 assets"), "{restored}");
    assert!(restored.stderr.contains("isolated 1 asset"), "{restored}");
    assert!(aws.object_tags(BUCKET, &key).is_empty());
    assert_eq!(aws.repository_images(REPOSITORY)[1].tags, [hash('2')]);
    assert_eq!(keys(&aws), ["a", "b", "c", "d", "h"]);

    aws.advance_clock(days(1));
    buffered();
    assert_eq!(keys(&aws), ["a", "b", "d", "h"]);
}

#[test]
fn keeps_assets_of_change_sets_parameters_and_digests() {
    let aws = bootstrapped();
    let digest = aws.repository_images(REPOSITORY)[1].digest.clone();
    let parameter = json!({
        "Parameters": { "Image": { "Type": "String" } },
        "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } },
    });
    let image = format!("host/{REPOSITORY}@{digest}");
    let options = StackOptions::builder()
        .parameters([("Image".to_owned(), image)].into())
        .build();
    aws.deploy_stack_with("Digest", &parameter, options);
    aws.create_foreign_change_set("Web", "later", &uses('b', '1'));
    aws.create_foreign_change_set("New", "first", &uses('c', '1'));
    let kept = gc(&aws, &["--yes"]);
    assert!(kept.stderr.contains("nothing to remove"), "{kept}");
    assert_eq!((keys(&aws).len(), images(&aws).len()), (5, 3));
}

#[test]
fn keeps_assets_of_releases_that_can_be_restored() {
    let aws = bootstrapped();
    aws.deploy_stack(
        "Base",
        &json!({
            "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } },
            "Outputs": { "LogReleaseBucketName0A1B2C3D": { "Value": "releases" } },
        }),
    );
    for (number, digit) in [(1, 'c'), (2, 'b')] {
        let template = uses(digit, '1').to_string();
        let digest = Digest::hash_bytes(template.as_bytes()).to_string();
        aws.put_object("releases", &format!("files/{digest}"), template.as_bytes());
        let record = json!({
            "release": number,
            "time": "2026-01-01T00:00:00Z",
            "images": { "Web/Task": format!("sha256:{}", hash('9')) },
            "migration": null,
            "steps": [],
            "site": null,
            "restores": null,
            "stacks": [],
            "assembly": { "Web.template.json": digest },
        });
        let key = format!("releases/{number:07}.json");
        aws.put_object("releases", &key, record.to_string().as_bytes());
    }
    let kept = gc(&aws, &["--yes", "--type", "s3"]);
    assert!(kept.stderr.contains("nothing to remove"), "{kept}");
    gc(&aws, &["--yes", "--type", "s3", "--keep-releases", "1"]);
    assert_eq!(keys(&aws), ["a", "b", "d", "h"]);
    gc(&aws, &["--yes", "--type", "s3", "--keep-releases", "0"]);
    assert_eq!(keys(&aws), ["a", "d", "h"]);
}

#[test]
fn refuses_while_assets_in_use_are_unknown() {
    let aws = bootstrapped();
    let busy = "UPDATE_IN_PROGRESS";
    aws.start_other_operation("Web", busy, Duration::from_mins(1), "UPDATE_COMPLETE");
    let refused = gc(&aws, &["--yes"]);
    assert_eq!(refused.exit_code, ExitCode::Busy, "{refused}");
    assert!(refused.stderr.contains("INF7451"), "{refused}");
    aws.advance_clock(Duration::from_mins(2));
    aws.set_status("Web", "UPDATE_ROLLBACK_FAILED");
    let refused = gc(&aws, &["--yes"]);
    assert_eq!(refused.exit_code, ExitCode::Blocked, "{refused}");
    assert_snapshot!(refused.stderr);
    assert_nothing_written(&aws);
}

#[test]
fn reports_missing_bootstrap_stack() {
    let aws = FakeCloud::new();
    let missing = gc(&aws, &["--bootstrap-stack-name", "Toolkit"]);
    assert_eq!(missing.exit_code, ExitCode::Error, "{missing}");
    assert!(missing.stderr.contains("INF7214"), "{missing}");
    assert!(missing.stderr.contains("`Toolkit`"), "{missing}");
}
