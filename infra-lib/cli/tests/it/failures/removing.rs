//! Tests of stacks and exports that cannot be removed.

use infra_cli::ExitCode;
use infra_cli::testing::Outcome;
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::json;

use super::{Notes, holds, minutes, run};

/// Deletes `Web` without asking.
fn destroy(aws: &FakeCloud, notes: &Notes, more: &[&str]) -> Outcome {
    let mut arguments = vec![
        "destroy",
        "--stack",
        "Web",
        "--yes",
        "--allow-data-loss",
        "Queue",
    ];
    arguments.extend(more);
    run(aws, notes, &arguments)
}

fn with_bucket() -> (FakeCloud, Notes) {
    let bucket = json!({ "BucketName": "notes-files" });
    let notes = Notes::default().with("Files", "AWS::S3::Bucket", bucket);
    let aws = notes.deployed();
    aws.put_object("notes-files", "a.txt", b"the only copy");
    (aws, notes)
}

#[test]
fn refuses_to_destroy_bucket_with_objects() {
    let (aws, notes) = with_bucket();
    let before = aws.live_resources("Web");
    let outcome = destroy(&aws, &notes, &[]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    assert_eq!(outcome.exit_code, ExitCode::Blocked);
    assert!(aws.write_operations().is_empty());
}

#[test]
fn keeps_objects_of_unreadable_bucket() {
    let (aws, notes) = with_bucket();
    aws.deny_operation("ListObjectsV2");
    let kept = [("Files".to_owned(), "notes-files".to_owned())].into();
    let outcome = destroy(&aws, &notes, &["--allow-data-loss", "Files"]);
    assert_snapshot!(outcome);
    holds(&aws, &kept, &outcome, minutes(2));
    assert_eq!(aws.bucket_objects("notes-files").len(), 1);
    assert_ne!(outcome.exit_code, ExitCode::Ok);
}

#[test]
fn refuses_to_destroy_stack_with_termination_protection() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.set_protection("Web", true);
    let outcome = destroy(&aws, &Notes::default(), &[]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    assert_eq!(outcome.exit_code, ExitCode::Blocked);
    assert!(aws.write_operations().is_empty());
}

/// Returns an account in which `Web` exports a value that `Reader` imports.
fn imported() -> (FakeCloud, Notes) {
    let notes = Notes {
        exports: true,
        ..Notes::default()
    };
    let aws = notes.deployed();
    aws.deploy_stack(
        "Reader",
        &json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
            "DisplayName": { "Fn::ImportValue": "queue-url" },
        } } } }),
    );
    (aws, notes)
}

#[test]
fn refuses_to_destroy_stack_with_export_in_use() {
    let (aws, notes) = imported();
    let before = aws.live_resources("Web");
    let outcome = destroy(&aws, &notes, &[]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_ne!(outcome.exit_code, ExitCode::Ok);
}

#[test]
fn keeps_removed_export_while_imported() {
    let (aws, _) = imported();
    let before = aws.live_resources("Web");
    let outcome = run(&aws, &Notes::default(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
}
