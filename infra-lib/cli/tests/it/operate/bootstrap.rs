//! Tests of `bootstrap`: the bucket, and its use by deployments.

use infra_cli::ExitCode;
use infra_core::{App, CfnResource, Stack};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::json;

use super::{assert_nothing_written, at, run};
use crate::support::RunApp as _;

#[test]
fn prints_bootstrap_template_without_deployment() {
    let aws = FakeCloud::new();
    assert_snapshot!(run(&aws, &["bootstrap", "--print"]));
    assert_nothing_written(&aws);
}

/// Builds topics with long names, whose template exceeds the size of a request.
fn large(app: &App) {
    let stack = Stack::new(app, "Large");
    for number in 0..400 {
        let name = format!("{number:0100}");
        let properties = json!({ "DisplayName": name });
        CfnResource::new(
            stack,
            &format!("Topic{number}"),
            "AWS::SNS::Topic",
            properties,
        );
    }
}

#[test]
fn uploads_large_template_to_bootstrap_bucket() {
    let aws = FakeCloud::new();
    let deploy = || at(&aws, &["deploy", "--yes", "--progress", "none"]).run_simple(large);
    let refused = deploy();
    assert_eq!(refused.exit_code, ExitCode::Error, "{refused}");
    assert!(refused.stderr.contains("INF7209"), "{refused}");
    assert_nothing_written(&aws);

    let made = at(&aws, &["bootstrap"]).answers(["y"]).run_simple(large);
    assert_snapshot!(made);
    let bucket = aws.live_resources("infra-bootstrap")["Templates"].clone();
    aws.create_bucket(&bucket);
    let deployed = deploy();
    assert_eq!(deployed.exit_code, ExitCode::Ok, "{deployed}");
    assert_eq!(aws.bucket_objects(&bucket).len(), 1);
}
