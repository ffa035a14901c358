//! Tests of Ctrl-C, signals, and killed processes.

use std::sync::Arc;
use std::time::Duration;

use infra_cli::ExitCode;
use infra_cli::testing::{Interrupt, Outcome};
use infra_core::App;
use infra_deploy::deploy::{Approver, DeployOptions, deploy_stacks};
use infra_fake::FakeCloud;
use infra_template::assembly::CloudAssembly;
use infra_template::review::StackReview;
use insta::assert_snapshot;

use super::{Notes, SECRET, holds, invocation, minutes, run};
use crate::support::RunApp as _;

/// Runs a deployment that is interrupted after a number of seconds, at a terminal if there are answers.
fn interrupted(aws: &FakeCloud, seconds: u64, interrupt: Interrupt, answers: &[&str]) -> Outcome {
    aws.set_duration("Queue", minutes(2));
    aws.set_change_set_duration(Duration::from_secs(10));
    let mut invocation = invocation(aws, &["deploy", "--yes", "--progress", "lines"])
        .variable("NO_COLOR", "1")
        .interrupt(Duration::from_secs(seconds), interrupt);
    if !answers.is_empty() {
        invocation = invocation.terminal().answers(answers.iter().copied());
    }
    invocation.run_simple(|app| Notes::delayed(5).build(app))
}

#[test]
fn deletes_own_change_set_on_ctrl_c_while_planning() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.create_foreign_change_set_with(
        "Web",
        "theirs",
        &Notes::delayed(9).template(),
        super::with_key(),
    );
    let outcome = interrupted(&aws, 5, Interrupt::CtrlC, &[]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    assert_eq!(outcome.exit_code, ExitCode::Interrupted);
    let left: Vec<String> = aws
        .change_sets("Web")
        .into_iter()
        .map(|set| set.name)
        .collect();
    assert_eq!(left, ["theirs"]);
}

#[test]
fn deletes_empty_stack_on_ctrl_c_while_planning() {
    let aws = FakeCloud::new();
    let outcome = interrupted(&aws, 5, Interrupt::CtrlC, &[]);
    assert_snapshot!(outcome);
    assert_eq!(outcome.exit_code, ExitCode::Interrupted);
    assert_eq!(aws.stack_status("Web"), None);
}

#[test]
fn cancels_update_on_ctrl_c_and_answer_c() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let outcome = interrupted(&aws, 40, Interrupt::CtrlC, &["c"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(5));
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}

#[test]
fn detaches_from_update_on_ctrl_c_and_answer_d() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let outcome = interrupted(&aws, 40, Interrupt::CtrlC, &["d"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Interrupted);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_IN_PROGRESS")
    );
}

#[test]
fn detaches_on_sigterm_and_names_watch_command() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let outcome = interrupted(&aws, 40, Interrupt::Terminate, &[]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Interrupted);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_IN_PROGRESS")
    );
}

/// An approver that approves every change.
#[derive(Debug)]
pub(super) struct Yes;

#[async_trait::async_trait]
impl Approver for Yes {
    async fn approve_changes(&self, _: &StackReview) -> Result<(), infra_deploy::Error> {
        Ok(())
    }
}

/// Returns the assembly and options that the command line passes to the engine.
pub(super) fn engine(wanted: &Notes) -> (CloudAssembly, DeployOptions) {
    let app = App::new();
    wanted.build(&app);
    let mut options = DeployOptions::default();
    let parameters = [("ApiKey".to_owned(), SECRET.to_owned())].into();
    options.plan.parameters.insert("Web".to_owned(), parameters);
    (
        CloudAssembly::from_synthesis(&app.synth()).unwrap(),
        options,
    )
}

#[test]
fn watches_deployment_of_killed_process() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.set_duration("Queue", minutes(2));
    let (assembly, options) = engine(&Notes::delayed(5));
    FakeCloud::paused_runtime().block_on(async {
        let operation = deploy_stacks(aws.cloud(), assembly, options, Arc::new(Yes));
        // A killed process stops at an arbitrary instruction and prints nothing.
        let killed = tokio::time::timeout(Duration::from_secs(40), operation).await;
        assert!(killed.is_err());
        aws.elapsed_time();
    });
    let outcome = run(&aws, &Notes::delayed(5), &["watch"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(4));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert_eq!(aws.stack_status("Web").as_deref(), Some("UPDATE_COMPLETE"));
}
