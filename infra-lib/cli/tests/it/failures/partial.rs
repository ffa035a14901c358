//! Tests of deployments that end after some of several stacks, with whole outputs as text and JSON.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_cli::testing::{Interrupt, Invocation, Outcome};
use infra_core::{App, CfnResource, Stack};
use infra_fake::{FailurePhase, FakeCloud, Fault, FaultTiming};
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use super::minutes;
use crate::support::RunApp as _;

const STACKS: [&str; 3] = ["Data", "Edge", "Web"];

/// Builds stacks with one queue each, each of which depends on the previous one.
fn app(delay: u32) -> impl Fn(&App) {
    move |app| {
        let mut before: Option<Stack<'_>> = None;
        for name in STACKS {
            let stack = Stack::new(app, name);
            if let Some(before) = before {
                stack.depends_on(before);
            }
            let queue = format!("{name}Queue");
            CfnResource::new(
                stack,
                &queue,
                "AWS::SQS::Queue",
                json!({ "DelaySeconds": delay }),
            );
            before = Some(stack);
        }
    }
}

fn invocation(aws: &FakeCloud, arguments: &[&str]) -> Invocation {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
}

/// Returns an account with all stacks deployed, in which every further change takes a minute.
fn deployed() -> FakeCloud {
    let aws = FakeCloud::new();
    let outcome = invocation(&aws, &["deploy", "--yes", "--quiet"]).run_simple(app(0));
    aws.elapsed_time();
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    for name in STACKS {
        aws.set_duration(&format!("{name}Queue"), minutes(1));
    }
    aws
}

fn change(aws: &FakeCloud, more: &[&str]) -> Outcome {
    let mut arguments = vec!["deploy", "--yes"];
    arguments.extend(more);
    let outcome = invocation(aws, &arguments).run_simple(app(5));
    aws.elapsed_time();
    outcome
}

/// Refuses these operations for all stacks after the first.
fn refuse(aws: &FakeCloud, operations: &[&str], code: &str, message: &str) {
    for operation in operations {
        let fault = Fault::Rejected {
            code: code.to_owned(),
            message: message.to_owned(),
        };
        let from = aws.elapsed_time() + Duration::from_secs(40);
        aws.inject_fault(operation, fault, FaultTiming::Since(from));
    }
}

fn change_set_is_gone(aws: &FakeCloud) {
    let operations = ["ExecuteChangeSet", "DescribeChangeSet"];
    refuse(
        aws,
        &operations,
        "ChangeSetNotFound",
        "ChangeSet [infra] does not exist",
    );
}

/// Returns the last line, with the state of each stack.
fn result(outcome: &Outcome) -> (JsonValue, Vec<String>) {
    let last = outcome.stdout.lines().last().unwrap();
    let last: JsonValue = serde_json::from_str(last).unwrap();
    assert_eq!(last["type"], "result", "{outcome}");
    let states = last["stacks"].as_array().unwrap().iter();
    let states = states.map(|one| {
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        format!("{} {}", text("stack"), text("outcome"))
    });
    let states = states.collect();
    (last["exitCode"].clone(), states)
}

#[test]
fn reports_partial_deployment_when_second_plan_is_gone() {
    let aws = deployed();
    change_set_is_gone(&aws);
    let outcome = change(&aws, &["--progress", "none"]);
    assert_snapshot!(outcome);
    assert_eq!(outcome.exit_code, ExitCode::Partial);
    assert_eq!(
        aws.resource_property("Data", "DataQueue", "/DelaySeconds"),
        Some(json!(5))
    );
    assert_eq!(
        aws.resource_property("Edge", "EdgeQueue", "/DelaySeconds"),
        Some(json!(0))
    );
}

#[test]
fn reports_partial_deployment_when_second_stack_is_locked() {
    let aws = deployed();
    let message = "Stack:Edge is in UPDATE_IN_PROGRESS state and can not be updated.";
    refuse(&aws, &["ExecuteChangeSet"], "ValidationError", message);
    let outcome = change(&aws, &["--progress", "none"]);
    assert_snapshot!(outcome);
    assert_eq!(outcome.exit_code, ExitCode::Partial);
}

#[test]
fn reports_partial_deployment_when_second_stack_fails() {
    let aws = deployed();
    aws.fail_resource("EdgeQueue", FailurePhase::Update, "Invalid value");
    let outcome = change(&aws, &["--progress", "none"]);
    assert_snapshot!(outcome);
    assert_eq!(outcome.exit_code, ExitCode::Partial);
}

#[test]
fn lists_deployed_and_remaining_stacks_on_sigterm() {
    let aws = deployed();
    let at = Duration::from_secs(90);
    let outcome = invocation(&aws, &["deploy", "--yes", "--progress", "none"])
        .interrupt(at, Interrupt::Terminate)
        .run_simple(app(5));
    assert_snapshot!(outcome);
    assert_eq!(outcome.exit_code, ExitCode::Interrupted);
    assert_eq!(
        aws.stack_status("Edge").as_deref(),
        Some("UPDATE_IN_PROGRESS")
    );
}

#[test]
fn prints_exit_code_and_stack_states_as_json() {
    let aws = deployed();
    change_set_is_gone(&aws);
    let outcome = change(&aws, &["--json"]);
    let (code, states) = result(&outcome);
    assert_eq!(code, 9, "{outcome}");
    assert_eq!(states, ["Data deployed", "Edge notBegun", "Web notBegun"]);

    let aws = deployed();
    let outcome = invocation(&aws, &["deploy", "--yes", "--json"])
        .interrupt(Duration::from_secs(90), Interrupt::Terminate)
        .run_simple(app(5));
    let (code, states) = result(&outcome);
    assert_eq!(code, 130, "{outcome}");
    assert_eq!(states, ["Data deployed", "Edge begun", "Web notBegun"]);
}

#[test]
fn deploys_remaining_stacks_on_next_run() {
    let aws = deployed();
    let message = "Stack:Edge is in UPDATE_IN_PROGRESS state and can not be updated.";
    let fault = Fault::Rejected {
        code: "ValidationError".to_owned(),
        message: message.to_owned(),
    };
    aws.inject_fault(
        "ExecuteChangeSet",
        fault,
        FaultTiming::After { passing: 1, hit: 1 },
    );
    let outcome = change(&aws, &["--progress", "none"]);
    assert_eq!(outcome.exit_code, ExitCode::Partial, "{outcome}");
    let outcome = change(&aws, &["--json"]);
    let (code, states) = result(&outcome);
    assert_eq!(code, 0, "{outcome}");
    assert_eq!(states, ["Data noChanges", "Edge deployed", "Web deployed"]);
}
