//! Tests of `refactor`: a renamed construct keeps its resources.

use infra_core::{App, CfnResource, Construct, Output, Stack};
use insta::assert_snapshot;
use serde_json::json;

use super::{assert_nothing_written, at, deployed};
use crate::support::RunApp as _;

fn before(app: &App) {
    let web = Stack::new(app, "Web");
    let jobs = web.scope().construct("Jobs");
    let queue = CfnResource::new(jobs, "Queue", "AWS::SQS::Queue", json!({}));
    CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
    Output::new(web, "QueueUrl", queue.ref_value::<String>());
}

fn after(app: &App) {
    let web = Stack::new(app, "Web");
    let inbox = web.scope().construct("Inbox");
    inbox.moved_from("Jobs");
    let queue = CfnResource::new(inbox, "Queue", "AWS::SQS::Queue", json!({}));
    CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
    Output::new(web, "QueueUrl", queue.ref_value::<String>());
}

#[test]
fn keeps_queue_when_construct_is_renamed() {
    let aws = deployed(before);
    let live = aws.live_resources("Web");
    let old = infra_core::logical_id::logical_id(&["Jobs", "Queue"]);
    let new = infra_core::logical_id::logical_id(&["Inbox", "Queue"]);

    assert_snapshot!(
        "refactor_dry_run",
        at(&aws, &["refactor", "--dry-run"]).run_simple(after)
    );
    assert_snapshot!(
        "refactor_unattended",
        at(&aws, &["refactor"]).run_simple(after)
    );
    let no = at(&aws, &["refactor"]).answers(["n"]).run_simple(after);
    assert_eq!(no.exit_code, infra_cli::ExitCode::Blocked, "{no}");
    assert_nothing_written(&aws);

    assert_snapshot!(
        "refactor_yes",
        at(&aws, &["refactor"]).answers(["y"]).run_simple(after)
    );
    let moved = aws.live_resources("Web");
    assert_eq!(moved[&new], live[&old], "the same queue");
    assert_eq!(moved.get(&old), None);

    assert_snapshot!("refactor_done", at(&aws, &["refactor"]).run_simple(after));
    let diff = at(&aws, &["diff"]).run_simple(after);
    assert_snapshot!("refactor_diff_after", diff);
}

#[test]
fn reports_pending_move_in_plan() {
    let aws = deployed(before);
    assert_snapshot!(at(&aws, &["plan", "--progress", "none"]).run_simple(after));
}

/// Builds the app with the queue in `Web`.
fn together(app: &App) {
    let data = Stack::new(app, "Data");
    CfnResource::new(data, "Topic", "AWS::SNS::Topic", json!({}));
    let web = Stack::new(app, "Web");
    CfnResource::new(web, "Jobs", "AWS::SQS::Queue", json!({}));
    CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
}

/// Builds the app with the queue in `Data`.
fn apart(app: &App) {
    let data = Stack::new(app, "Data");
    CfnResource::new(data, "Topic", "AWS::SNS::Topic", json!({}));
    let queue = CfnResource::new(data, "Queue", "AWS::SQS::Queue", json!({}));
    queue.scope().moved_from("Web/Jobs");
    let web = Stack::new(app, "Web");
    CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
}

#[test]
fn moves_queue_to_another_stack() {
    let aws = deployed(together);
    let queue = aws.live_resources("Web")["Jobs"].clone();
    assert_snapshot!(at(&aws, &["refactor", "--yes"]).run_simple(apart));
    assert_eq!(aws.live_resources("Data")["Queue"], queue);
    assert_eq!(aws.live_resources("Web").get("Jobs"), None);
}

#[test]
fn previews_refactor_that_creates_stack() {
    let aws = infra_fake::FakeCloud::new();
    let template = json!({ "Resources": {
        "Jobs": { "Type": "AWS::SQS::Queue" },
        "Topic": { "Type": "AWS::SNS::Topic" },
    } });
    aws.deploy_stack("Web", &template);
    assert_snapshot!(at(&aws, &["refactor", "--dry-run"]).run_simple(apart));
    assert_nothing_written(&aws);
}

#[test]
fn reports_denied_refactor_and_moves_nothing() {
    let aws = deployed(together);
    let refused = at(&aws, &["refactor", "--yes"]);
    aws.inject_fault(
        "ExecuteStackRefactor",
        infra_fake::Fault::AccessDenied,
        infra_fake::FaultTiming::Always,
    );
    assert_snapshot!(refused.run_simple(apart));
    assert!(aws.live_resources("Web").contains_key("Jobs"));
}
