//! Tests of failures before anything is executed.

use infra_aws::OperationEvent;
use infra_cli::ExitCode;
use infra_cli::testing::Outcome;
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::json;

use super::{Notes, SECRET, holds, invocation, minutes, run};
use crate::support::RunApp as _;

/// Asserts that nothing was executed.
fn untouched(aws: &FakeCloud, outcome: &Outcome, exit_code: ExitCode) {
    assert_eq!(outcome.exit_code, exit_code, "{outcome}");
    let calls = aws.called_operations();
    assert!(
        !calls.contains(&"ExecuteChangeSet".to_owned()),
        "{calls:?}\n{outcome}"
    );
}

#[test]
fn succeeds_without_changes_and_deletes_change_set() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let outcome = run(&aws, &Notes::default(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    untouched(&aws, &outcome, ExitCode::Ok);
    assert!(aws.change_sets("Web").is_empty());
}

#[test]
fn reports_property_rejected_by_validation() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.add_validation(
        "Web",
        OperationEvent::builder()
            .event_type("VALIDATION_ERROR")
            .logical_id("Queue")
            .type_name("AWS::SQS::Queue")
            .validation_name("PROPERTY_VALIDATION")
            .failure_mode("FAIL")
            .reason("Value 5 for DelaySeconds is not allowed in this region")
            .path("/Resources/Queue/Properties/DelaySeconds")
            .build(),
    );
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    untouched(&aws, &outcome, ExitCode::Error);
    assert!(
        aws.change_sets("Web").is_empty(),
        "a failed change set was left behind"
    );
}

/// Plans `planned`, lets something happen, and then runs `deploy --reviewed` with `wanted`.
fn reviewed(
    planned: &Notes,
    wanted: &Notes,
    more: &[&str],
    meanwhile: impl FnOnce(&FakeCloud),
) -> (FakeCloud, Outcome) {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let plan = run(&aws, planned, &["plan"]);
    assert_eq!(plan.exit_code, ExitCode::Ok, "{plan}");
    meanwhile(&aws);
    let mut arguments = vec!["deploy", "--reviewed", "--yes"];
    arguments.extend(more);
    let outcome = run(&aws, wanted, &arguments);
    let day = minutes(60 * 24 * 10);
    holds(&aws, &before, &outcome, day);
    (aws, outcome)
}

#[test]
fn refuses_obsolete_change_set() {
    let (aws, outcome) = reviewed(&Notes::delayed(5), &Notes::delayed(5), &[], |aws| {
        let mut other = Notes::default().template();
        other["Resources"]["Queue"]["Properties"]["DelaySeconds"] = 7.into();
        aws.update_stack("Web", &other);
    });
    assert_snapshot!(outcome);
    untouched(&aws, &outcome, ExitCode::Stale);
}

#[test]
fn refuses_template_changed_since_review() {
    let (aws, outcome) = reviewed(&Notes::delayed(5), &Notes::delayed(6), &[], |_| {});
    assert_snapshot!(outcome);
    untouched(&aws, &outcome, ExitCode::Stale);
}

#[test]
fn refuses_tags_changed_since_review() {
    let tagged = Notes {
        tag: Some("search"),
        ..Notes::delayed(5)
    };
    let (aws, outcome) = reviewed(&Notes::delayed(5), &tagged, &[], |_| {});
    assert_snapshot!(outcome);
    untouched(&aws, &outcome, ExitCode::Stale);
}

#[test]
fn refuses_role_changed_since_review() {
    let role = ["--role-arn", "arn:aws:iam::123456789012:role/other"];
    let (aws, outcome) = reviewed(&Notes::delayed(5), &Notes::delayed(5), &role, |_| {});
    assert_snapshot!(outcome);
    untouched(&aws, &outcome, ExitCode::Stale);
}

#[test]
fn refuses_parameter_changed_since_review() {
    let label = ["--parameters", "Web:Label=of somebody else"];
    let (aws, outcome) = reviewed(&Notes::delayed(5), &Notes::delayed(5), &label, |_| {});
    assert_snapshot!(outcome);
    untouched(&aws, &outcome, ExitCode::Stale);
}

#[test]
fn deploys_planned_secret_and_notes_later_change() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    run(&aws, &Notes::delayed(5), &["plan"]);
    let other = format!("Web:ApiKey={SECRET}-2");
    let arguments = ["deploy", "--reviewed", "--yes", "--parameters", &other];
    let outcome = infra_cli::testing::Invocation::new(arguments)
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(|app| Notes::delayed(5).build(app));
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    // The deployed stack matches the plan, and the output reports it.
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert!(outcome.stderr.contains("`ApiKey`"), "{outcome}");
    let deployed = aws.resource_property("Web", "Key", "/Value");
    assert_eq!(deployed, Some(json!(SECRET)));
}

#[test]
fn refuses_expired_reviewed_plan() {
    let (aws, outcome) = reviewed(&Notes::delayed(5), &Notes::delayed(5), &[], |aws| {
        aws.advance_clock(minutes(60 * 24 * 8));
    });
    assert_snapshot!(outcome);
    untouched(&aws, &outcome, ExitCode::Stale);
}

#[test]
fn reports_action_and_resource_of_missing_permission() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.deny_operation("CreateChangeSet");
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    untouched(&aws, &outcome, ExitCode::Credentials);
}

#[test]
fn blocks_replacement_of_database() {
    let database = |name: &str| {
        Notes::default().with(
            "Database",
            "AWS::RDS::DBInstance",
            json!({
                "DBInstanceClass": "db.t4g.micro", "Engine": "postgres", "DBName": name,
                "AllocatedStorage": "20", "ManageMasterUserPassword": true, "MasterUsername": "notes",
            }),
        )
    };
    let aws = database("notes").deployed();
    let before = aws.live_resources("Web");
    let outcome = run(&aws, &database("archive"), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    untouched(&aws, &outcome, ExitCode::Blocked);
}

#[test]
fn refuses_large_template_without_bucket() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let outcome = run(&aws, &large(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    untouched(&aws, &outcome, ExitCode::Error);
    assert!(aws.write_operations().is_empty());
}

#[test]
fn uploads_large_template_to_bucket() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.create_bucket("templates");
    let outcome = run(
        &aws,
        &large(),
        &["deploy", "--yes", "--bucket", "templates"],
    );
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert_eq!(aws.bucket_objects("templates").len(), 1);
}

/// Returns an app whose template exceeds 51,200 bytes.
fn large() -> Notes {
    Notes::default().with(
        "Dashboard",
        "AWS::CloudWatch::Dashboard",
        json!({ "DashboardBody": "x".repeat(52_000) }),
    )
}

#[test]
fn refuses_unapproved_change_without_terminal() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let outcome = run(&aws, &Notes::delayed(5), &["deploy"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    untouched(&aws, &outcome, ExitCode::Blocked);
}

#[test]
fn discards_change_declined_at_terminal() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let outcome = invocation(&aws, &["deploy", "--progress", "lines"])
        .terminal()
        .variable("NO_COLOR", "1")
        .answers(["n"])
        .run_simple(|app| Notes::delayed(5).build(app));
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    untouched(&aws, &outcome, ExitCode::Blocked);
    assert!(aws.change_sets("Web").is_empty());
}
