//! Tests of the whole command line with the real SDK, against an AWS emulator on this machine, from app to stacks and back.
//!
//! `scripts/test emulator` starts the emulator and runs these tests; a plain `cargo test` ignores them. Each test has a separate stack.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod assets;
mod hard;
#[path = "../support/mod.rs"]
mod support;

use crate::support::RunApp as _;
use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Stack};
use serde_json::{Value as JsonValue, json};

/// Runs a command over an app of one stack with one queue and one topic.
fn run(stack: &str, queue: &JsonValue, topic: &str, arguments: &[&str]) -> Outcome {
    assert!(
        std::env::var_os("INFRA_EMULATOR_URL").is_some(),
        "INFRA_EMULATOR_URL is not set; run `scripts/test emulator`"
    );
    Invocation::new(arguments.iter().copied()).run_simple(|app: &App| {
        let stack = Stack::new(app, stack);
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", queue.clone());
        let name = json!({ "TopicName": topic });
        CfnResource::new(stack, "Topic", "AWS::SNS::Topic", name);
    })
}

fn good() -> JsonValue {
    json!({ "VisibilityTimeout": 30 })
}

/// Returns properties that CloudFormation accepts and SQS refuses.
fn bad() -> JsonValue {
    json!({ "VisibilityTimeout": { "Fn::Join": ["", ["a", "bc"]] } })
}

#[track_caller]
fn expect(outcome: &Outcome, code: ExitCode) {
    assert_eq!(outcome.exit_code, code, "{outcome}");
}

#[test]
#[ignore = "needs the emulator: scripts/test emulator"]
fn deploys_redeploys_and_updates_stack() {
    let yes = ["deploy", "--yes"];
    let first = run("Life", &good(), "life-1", &yes);
    expect(&first, ExitCode::Ok);
    assert!(first.stderr.contains("CREATE_COMPLETE"), "{first}");

    let again = run("Life", &good(), "life-1", &yes);
    expect(&again, ExitCode::Ok);
    assert!(again.to_string().contains("no changes"), "{again}");

    let same = run("Life", &good(), "life-1", &["diff", "--detailed-exitcode"]);
    expect(&same, ExitCode::Ok);
    let other = run("Life", &good(), "life-2", &["diff", "--detailed-exitcode"]);
    expect(&other, ExitCode::Differences);
    assert!(other.stdout.contains("TopicName"), "{other}");

    // Changes that were not planned are not executed as reviewed.
    let unplanned = run(
        "Life",
        &good(),
        "life-2",
        &["deploy", "--reviewed", "--yes"],
    );
    expect(&unplanned, ExitCode::Stale);
    expect(&run("Life", &good(), "life-2", &["plan"]), ExitCode::Ok);
    let tampered = run(
        "Life",
        &good(),
        "life-3",
        &["deploy", "--reviewed", "--yes"],
    );
    expect(&tampered, ExitCode::Stale);
    let reviewed = run(
        "Life",
        &good(),
        "life-2",
        &["deploy", "--reviewed", "--yes"],
    );
    expect(&reviewed, ExitCode::Ok);
    assert!(reviewed.stderr.contains("UPDATE_COMPLETE"), "{reviewed}");
}

#[test]
#[ignore = "needs the emulator: scripts/test emulator"]
fn creates_stack_after_failed_creation() {
    let failed = run("Fresh", &bad(), "fresh", &["deploy", "--yes"]);
    expect(&failed, ExitCode::RolledBack);
    assert!(failed.to_string().contains("Fresh/Queue"), "{failed}");
    let next = run("Fresh", &good(), "fresh", &["deploy", "--yes"]);
    expect(&next, ExitCode::Ok);
}

#[test]
#[ignore = "needs the emulator: scripts/test emulator"]
fn rolls_back_failed_update_and_names_cause() {
    expect(
        &run("Update", &good(), "update", &["deploy", "--yes"]),
        ExitCode::Ok,
    );
    let failed = run("Update", &bad(), "update", &["deploy", "--yes"]);
    expect(&failed, ExitCode::RolledBack);
    assert!(failed.to_string().contains("Update/Queue"), "{failed}");
    let same = run(
        "Update",
        &good(),
        "update",
        &["diff", "--detailed-exitcode"],
    );
    expect(&same, ExitCode::Ok);
}

#[test]
#[ignore = "needs the emulator: scripts/test emulator"]
fn changes_nothing_without_approval() {
    let nobody = run("Asked", &good(), "asked", &["deploy"]);
    expect(&nobody, ExitCode::Blocked);
    let there = run("Asked", &good(), "asked", &["diff", "--detailed-exitcode"]);
    expect(&there, ExitCode::Differences);
}
