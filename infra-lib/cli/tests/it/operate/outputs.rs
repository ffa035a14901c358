//! Tests of the command `outputs`.

use infra_core::{App, CfnResource, Output, Stack};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::json;

use super::{assert_nothing_written, at, deployed, notes, run};
use crate::support::RunApp as _;

#[test]
fn prints_outputs_in_all_formats() {
    let aws = deployed(notes);
    for format in ["json", "env", "dotenv", "github"] {
        assert_snapshot!(
            format!("outputs_{format}"),
            run(&aws, &["outputs", "--format", format])
        );
    }
    assert_nothing_written(&aws);
}

#[test]
fn rejects_selected_stack_that_is_not_deployed() {
    let aws = FakeCloud::new();
    assert_snapshot!("outputs_of_nothing", run(&aws, &["outputs"]));
    assert_snapshot!(
        "outputs_not_deployed",
        run(&aws, &["outputs", "--stack", "Data"])
    );
    assert_snapshot!(
        "outputs_unknown_stack",
        run(&aws, &["outputs", "--stack", "Dat"])
    );
}

#[test]
fn rejects_outputs_with_duplicate_names() {
    let build = |app: &App| {
        for name in ["Data", "Web"] {
            let stack = Stack::new(app, name);
            let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
            Output::new(stack, "Url", topic.ref_value::<String>());
        }
    };
    let aws = deployed(build);
    assert_snapshot!(at(&aws, &["outputs", "--format", "env"]).run_simple(build));
}
