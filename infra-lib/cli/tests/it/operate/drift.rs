//! Tests of the command `drift`.

use infra_cli::ExitCode;
use insta::assert_snapshot;

use super::{at, deployed, notes, run};
use crate::json_schema::conforming;
use crate::support::RunApp as _;

#[test]
fn lists_manual_changes_with_source_location() {
    let aws = deployed(notes);
    aws.drift_resource("Web", "ServiceQueue4C6E5B3F", "", "");
    let web = infra_core::logical_id::logical_id(&["Service", "Queue"]);
    aws.drift_resource("Web", &web, "/DelaySeconds", "30");
    aws.drift_resource("Web", "Alerts", "", "");
    assert_snapshot!("drift", run(&aws, &["drift"]));
    let json = run(
        &aws,
        &["drift", "--json", "--stack", "Web", "--progress", "none"],
    );
    conforming("drift", &json.stdout);
    assert_snapshot!("drift_json", json);
}

#[test]
fn exits_with_differences_on_detailed_exitcode() {
    let aws = deployed(notes);
    let code = |arguments: &[&str]| run(&aws, arguments).exit_code;
    assert_eq!(code(&["drift", "--detailed-exitcode"]), ExitCode::Ok);
    aws.drift_resource("Web", "Alerts", "", "");
    assert_eq!(
        code(&["drift", "--detailed-exitcode"]),
        ExitCode::Differences
    );
    assert_eq!(code(&["drift"]), ExitCode::Ok);
}

#[test]
fn lists_ignored_drift_and_stale_ignore_entries() {
    let aws = deployed(notes);
    let queue = infra_core::logical_id::logical_id(&["Service", "Queue"]);
    aws.drift_resource("Web", &queue, "/DelaySeconds", "30");
    let folder = tempfile::tempdir().unwrap();
    let text = "ignore:\n  \
        - { resource: Web/Service/*, property: /DelaySeconds, reason: tuned at night }\n  \
        - { resource: Web/Alerts, property: /DisplayName, reason: marketing }\n";
    std::fs::write(folder.path().join("drift.yaml"), text).unwrap();
    let outcome = at(
        &aws,
        &["drift", "--ignore", "drift.yaml", "--detailed-exitcode"],
    )
    .directory(folder.path())
    .run_simple(notes);
    assert_snapshot!(outcome);
}

#[test]
fn reports_missing_ignore_file() {
    let aws = deployed(notes);
    assert_snapshot!(run(&aws, &["drift", "--ignore", "nowhere.yaml"]));
}
