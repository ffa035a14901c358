//! Tests of `doctor`: each line describes a check, and problems include the way to solve them.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_core::{App, CfnResource, Environment, Stack, StackProps};
use infra_fake::{FakeCloud, Fault, FaultTiming};
use insta::assert_snapshot;
use serde_json::json;

use super::{assert_nothing_written, at, deployed, notes, run};
use crate::support::RunApp as _;

#[test]
fn passes_all_checks_for_healthy_app() {
    let aws = deployed(notes);
    assert_snapshot!(run(&aws, &["doctor"]));
    assert_nothing_written(&aws);
}

#[test]
fn reports_all_problems_with_repairs() {
    let build = |app: &App| {
        notes(app);
        let jobs = Stack::new(app, "Jobs");
        let image = format!("example.com/jobs@sha256:{:064}", 0);
        let containers = json!([{ "Name": "jobs", "Image": image }]);
        let definition = json!({ "ContainerDefinitions": containers });
        CfnResource::new(jobs, "Task", "AWS::ECS::TaskDefinition", definition);
        let elsewhere = StackProps::new()
            .environment(Environment::new("999999999999", "eu-west-1"))
            .build(app, "Elsewhere");
        CfnResource::new(elsewhere, "Topic", "AWS::SNS::Topic", json!({}));
        let large = Stack::new(app, "Large");
        let text = "x".repeat(60_000);
        let topic = CfnResource::new(large, "Topic", "AWS::SNS::Topic", json!({}));
        topic.override_prop("DisplayName", infra_core::Data::from(text));
    };
    let aws = deployed(notes);
    aws.set_status("Web", "UPDATE_ROLLBACK_FAILED");
    aws.set_status("Data", "UPDATE_FAILED");
    aws.expire_credentials_after(Duration::from_mins(20));
    let outcome = at(&aws, &["doctor"])
        .variable("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
        .run_simple(build);
    assert_snapshot!(outcome);
    assert_nothing_written(&aws);
}

#[test]
fn stops_after_failed_credentials_check() {
    let aws = FakeCloud::new();
    aws.inject_fault("*", Fault::AccessDenied, FaultTiming::Always);
    let outcome = run(&aws, &["doctor", "--json"]);
    assert_snapshot!(outcome);
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert_eq!(aws.called_operations().len(), 1);
}
