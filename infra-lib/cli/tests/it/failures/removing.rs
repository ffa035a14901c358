//! What keeps a stack, or an export, from being removed.

use infra_cli::ExitCode;
use insta::assert_snapshot;
use serde_json::json;

use super::{Notes, holds, invocation, minutes, run};

#[test]
fn bucket_with_objects_is_not_deleted() {
    let notes = Notes::default().with(
        "Files",
        "AWS::S3::Bucket",
        json!({ "BucketName": "notes-files" }),
    );
    let aws = notes.deployed();
    aws.object("notes-files", "a.txt", b"the only copy");
    let kept = [("Files".to_owned(), "notes-files".to_owned())].into();
    let arguments = [
        "destroy",
        "--progress",
        "lines",
        "--allow-data-loss",
        "Files",
    ];
    let outcome = invocation(&aws, &arguments)
        .terminal()
        .variable("NO_COLOR", "1")
        .answers(["Web"])
        .run_simple(|app| notes.build(app));
    assert_snapshot!(outcome);
    holds(&aws, &kept, &outcome, minutes(2));
    assert_eq!(aws.objects("notes-files").len(), 1);
    assert_eq!(outcome.exit_code, ExitCode::Stuck);
}

#[test]
fn termination_protection_is_respected() {
    let aws = Notes::default().deployed();
    let before = aws.live("Web");
    aws.protect("Web", true);
    let outcome = invocation(&aws, &["destroy", "--progress", "lines"])
        .terminal()
        .variable("NO_COLOR", "1")
        .answers(["Web"])
        .run_simple(|app| Notes::default().build(app));
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    assert_eq!(outcome.exit_code, ExitCode::Blocked);
    assert!(aws.writes().is_empty());
}

#[test]
fn export_in_use_keeps_its_stack() {
    let notes = Notes {
        exports: true,
        ..Notes::default()
    };
    let aws = notes.deployed();
    aws.deploy(
        "Reader",
        &json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": { "Fn::ImportValue": "queue-url" },
    } } } }),
    );
    let before = aws.live("Web");
    let outcome = run(&aws, &Notes::default(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
}
