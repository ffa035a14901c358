//! Tests of the command `drift`.

use infra_cli::ExitCode;
use insta::assert_snapshot;

use super::{at, deployed, notes, run};
use crate::json_schema::conforming;
use crate::support::RunApp as _;

#[test]
fn what_was_changed_by_hand_is_listed_with_its_place() {
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
fn the_exit_code_says_it_when_asked() {
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
fn what_is_accepted_is_said_and_what_is_stale_too() {
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
fn an_ignore_file_that_is_not_there_is_named() {
    let aws = deployed(notes);
    assert_snapshot!(run(&aws, &["drift", "--ignore", "nowhere.yaml"]));
}
