//! Tests of the configuration: reading, `--set`, and explanations of mistakes.

use infra_runtime::ExitCode;
use insta::assert_snapshot;

use crate::app::{build, invocation, invoke};

/// Returns the properties of the queue, to check the effect of `--set`.
#[track_caller]
fn queue(arguments: &[&str]) -> serde_json::Value {
    let mut all = vec!["synth", "--stack", "Data"];
    all.extend(arguments);
    let outcome = invoke(&all);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let template: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    template["Resources"]["Queue"]["Properties"].clone()
}

#[test]
fn reads_default_environment_without_env() {
    assert_eq!(queue(&[])["DelaySeconds"], 5);
    assert_eq!(queue(&["--env", "prod"])["DelaySeconds"], 0);
}

#[test]
fn set_replaces_value_of_file() {
    assert_eq!(queue(&["--set", "queue.delay_secs=7"])["DelaySeconds"], 7);
}

#[test]
fn set_adds_value_missing_in_file() {
    let queue = queue(&["--set", "queue.retention=9d"]);
    assert_eq!(queue["MessageRetentionPeriod"], 9 * 86_400);
}

#[test]
fn set_keeps_number_as_text_for_text_field() {
    let outcome = invoke(&["ls", "--long", "--set", "account=210987654321"]);
    assert!(
        outcome.stdout.contains("aws://210987654321/eu-west-1"),
        "{outcome}"
    );
}

#[test]
fn set_accepts_yaml_lists_and_maps() {
    let outcome = invoke(&[
        "validate",
        "--set",
        "queue.subscribers=[{email: a@example.com}]",
    ]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

#[test]
fn fills_unset_key_from_environment_variable() {
    let list = |arguments: &[&str]| {
        let with = invocation(arguments).variable("CDK_DEFAULT_ACCOUNT", "999999999999");
        with.run(build).stdout
    };
    assert!(list(&["ls", "--long"]).contains("aws://999999999999/"));
    assert!(list(&["ls", "--long", "--env", "prod"]).contains("aws://123456789012/"));
}

#[test]
fn reads_folder_of_config_option() {
    let outcome = invoke(&["ls", "--config", "tests/fixtures/nowhere"]);
    assert_snapshot!(outcome);
}

#[test]
fn reports_every_mistake_of_file_with_line() {
    assert_snapshot!(invoke(&["synth", "--env", "broken"]));
}

#[test]
fn reports_value_rejected_by_type_with_line() {
    assert_snapshot!(invoke(&["synth", "--env", "retention"]));
}

#[test]
fn rejects_repeated_configuration_key() {
    assert_snapshot!(invoke(&["synth", "--env", "malformed"]));
}

#[test]
fn suggests_nearest_name_for_unknown_environment() {
    assert_snapshot!(invoke(&["synth", "--env", "pord"]));
}

#[test]
fn set_suggests_nearest_name_for_unknown_key() {
    assert_snapshot!(invoke(&[
        "synth",
        "--set",
        "queue.delay_sec=3",
        "--set",
        "queue"
    ]));
}

#[test]
fn set_reports_allowed_values_for_wrong_value() {
    assert_snapshot!(invoke(&[
        "synth",
        "--set",
        "queue.order=best-efort",
        "--set",
        "queue.delay_secs=long",
    ]));
}

/// The name of an environment is not a path: files outside of the folder are never read.
#[test]
fn rejects_path_as_environment_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("config")).expect("a folder");
    let file = |name: &str| {
        let path = folder.path().join(name);
        std::fs::write(path, "secret: hunter2\n").expect("a file");
    };
    file("x.yaml");
    file("config/dev.yaml");
    for environment in ["../x", "../../x", "..", "config/../../x", "/etc/hosts", ""] {
        let arguments = ["synth", "--config", "config", "--env", environment];
        let outcome = invocation(&arguments).directory(folder.path()).run(build);
        assert_eq!(
            outcome.exit_code,
            ExitCode::Error,
            "{environment}: {outcome}"
        );
        assert_eq!(outcome.stdout, "", "{environment}");
        let finding = format!("error[INF6005]: unknown environment `{environment}`");
        assert!(outcome.stderr.starts_with(&finding), "{outcome}");
        assert!(outcome.stderr.contains("`dev`"), "{outcome}");
        assert!(!outcome.stderr.contains("hunter2"), "{outcome}");
    }
}
