//! Tests of the command `outputs`.

use infra_core::{App, CfnResource, Output, Stack};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::json;

use super::{assert_nothing_written, at, deployed, notes, run};
use crate::support::RunApp as _;

#[test]
fn every_form() {
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
fn a_stack_that_is_named_must_be_deployed() {
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
fn two_values_under_one_name_are_refused() {
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
