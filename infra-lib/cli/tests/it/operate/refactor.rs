//! `refactor`: a construct with another name keeps its resources.

use infra_core::{App, CfnResource, Construct, Output, Stack};
use insta::assert_snapshot;
use serde_json::json;

use super::{assert_nothing_written, at, deployed};

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
fn a_renamed_construct_keeps_its_queue() {
    let aws = deployed(before);
    let live = aws.live("Web");
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
    let moved = aws.live("Web");
    assert_eq!(moved[&new], live[&old], "the same queue");
    assert_eq!(moved.get(&old), None);

    assert_snapshot!("refactor_done", at(&aws, &["refactor"]).run_simple(after));
}

#[test]
fn the_queue_goes_to_another_stack() {
    let before = |app: &App| {
        let web = Stack::new(app, "Web");
        CfnResource::new(web, "Jobs", "AWS::SQS::Queue", json!({}));
        CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
    };
    let after = |app: &App| {
        let data = Stack::new(app, "Data");
        let queue = CfnResource::new(data, "Queue", "AWS::SQS::Queue", json!({}));
        queue.scope().moved_from("Web/Jobs");
        let web = Stack::new(app, "Web");
        CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
    };
    let aws = deployed(before);
    let queue = aws.live("Web")["Jobs"].clone();
    let outcome = at(&aws, &["refactor", "--yes"]).run_simple(after);
    assert_snapshot!(outcome);
    assert_eq!(aws.live("Data")["Queue"], queue);
}
