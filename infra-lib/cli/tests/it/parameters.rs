//! Tests of parameter values from files, standard input and a variable.

use std::fs;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::json;

use crate::failures::{Notes, SECRET};
use crate::support::RunApp as _;

/// Deploys the app with this document as `parameters.json`, and as standard input.
fn deploy(aws: &FakeCloud, document: &str, arguments: &[&str], variable: Option<&str>) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("parameters.json"), document).unwrap();
    let all = ["deploy", "--yes", "--progress", "none"]
        .iter()
        .chain(arguments);
    let mut invocation = Invocation::new(all.copied())
        .directory(folder.path())
        .input(document)
        .cloud(aws.cloud(), FakeCloud::paused_runtime());
    if let Some(value) = variable {
        invocation = invocation.variable("INFRA_PARAMETERS", value);
    }
    let outcome = invocation.run_simple(|app| Notes::default().build(app));
    assert!(!outcome.to_string().contains(SECRET), "{outcome}");
    outcome
}

/// Returns the values that the stack was deployed with, from its resources.
fn given(aws: &FakeCloud) -> (Option<String>, Option<String>) {
    let value = |pointer| {
        let value = aws.resource_property("Web", "Key", pointer);
        value.and_then(|value| Some(value.as_str()?.to_owned()))
    };
    (value("/Value"), value("/Description"))
}

fn both(key: &str, label: &str) -> (Option<String>, Option<String>) {
    (Some(key.to_owned()), Some(label.to_owned()))
}

#[test]
fn reads_parameters_from_all_sources() {
    let document = json!({ "Web": { "ApiKey": SECRET, "Label": "of a file" } }).to_string();
    let list = json!([
        { "ParameterKey": "ApiKey", "ParameterValue": SECRET },
        { "ParameterKey": "Label", "ParameterValue": "of a file" },
    ])
    .to_string();
    for (document, arguments, variable) in [
        (
            &document,
            &["--parameters-file", "parameters.json"] as &[&str],
            None,
        ),
        (&document, &["--parameters-file", "-"], None),
        (
            &list,
            &["--stack", "Web", "--parameters-file", "parameters.json"],
            None,
        ),
        (&"broken".to_owned(), &[], Some(document.as_str())),
    ] {
        let aws = FakeCloud::new();
        let outcome = deploy(&aws, document, arguments, variable);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        assert_eq!(given(&aws), both(SECRET, "of a file"), "{arguments:?}");
    }
}

#[test]
fn prefers_argument_then_file_then_variable() {
    let variable = json!({ "Web": { "ApiKey": SECRET, "Label": "of the variable" } }).to_string();
    for (arguments, label) in [
        (&[] as &[&str], "of the variable"),
        (&["--parameters-file", "parameters.json"], "of the file"),
        (
            &[
                "--parameters",
                "Web:Label=of the argument",
                "--parameters-file",
                "-",
            ],
            "of the argument",
        ),
    ] {
        let aws = FakeCloud::new();
        let document = json!({ "Web:Label": "of the file" }).to_string();
        let outcome = deploy(&aws, &document, arguments, Some(&variable));
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        assert_eq!(given(&aws), both(SECRET, label), "{arguments:?}");
    }
}

#[test]
fn reports_source_of_parameter_error_without_value() {
    let broken = format!("{{ \"Web\": {SECRET} }}");
    let file = ["--parameters-file", "parameters.json"];
    let refused = |document: &str, arguments: &[&str], variable: Option<&str>| {
        let aws = FakeCloud::new();
        let outcome = deploy(&aws, document, arguments, variable);
        assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
        assert_eq!(aws.called_operations(), Vec::<String>::new());
        outcome
    };
    assert_snapshot!(refused(&broken, &file, None), @r#"
    exit code: 1
    --- stderr
    error[INF7212]: `parameters.json` is not valid JSON: line 1, column 10
       = help: write `{"STACK": {"KEY": "VALUE"}}`; `infra deploy --help` shows the other forms
    "#);
    assert_snapshot!(refused("", &[], Some(&broken)), @r#"
    exit code: 1
    --- stderr
    error[INF7212]: INFRA_PARAMETERS is not valid JSON: line 1, column 10
       = help: write `{"STACK": {"KEY": "VALUE"}}`; `infra deploy --help` shows the other forms
    "#);
    assert_snapshot!(refused(&format!("[\"ApiKey={SECRET}\"]"), &["--parameters-file", "-"], None), @r#"
    exit code: 1
    --- stderr
    error[INF7212]: standard input does not specify the stack of its parameters
       = help: choose one stack with `--stack NAME`, or write `{"STACK": {"KEY": "VALUE"}}`
    "#);
    assert_snapshot!(refused("", &["--parameters-file", "none.json"], None), @r"
    exit code: 1
    --- stderr
    error[INF7334]: cannot read `none.json`: No such file or directory (os error 2)
    ");
    let nested = json!({ "Web": { "ApiKey": [SECRET, 1] } }).to_string();
    assert_snapshot!(refused(&nested, &file, None), @r#"
    exit code: 1
    --- stderr
    error[INF7212]: `Web.ApiKey` in `parameters.json` is not a valid parameter value
       = expected: a string, a number, true or false, or a list of strings
       = help: write `{"STACK": {"KEY": "VALUE"}}`; `infra deploy --help` shows the other forms
    "#);
}

/// Runs the real program with an app that records all visible processes of this machine.
#[cfg(target_os = "linux")]
#[test]
fn hides_secrets_from_process_arguments_and_app_environment() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    let folder = tempfile::tempdir().unwrap();
    let app = "cat /proc/[0-9]*/cmdline >seen 2>/dev/null; env >environment\n\
        printf '{\"version\":\"48.0.0\",\"artifacts\":{}}' >\"$CDK_OUTDIR/manifest.json\"\n";
    fs::write(folder.path().join("app.sh"), app).unwrap();
    let secret = format!("{SECRET}-{}", std::process::id());
    let document = json!({ "Web": { "ApiKey": secret } }).to_string();
    let mut child = Command::new(env!("CARGO_BIN_EXE_infra"))
        .args(["plan", "--app", "sh app.sh", "--parameters-file", "-"])
        .current_dir(folder.path())
        .env("INFRA_PARAMETERS", &document)
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        .env("AWS_ACCESS_KEY_ID", "AKIATEST")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_REGION", "eu-west-1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(document.as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let seen = fs::read(folder.path().join("seen")).unwrap();
    let seen = String::from_utf8_lossy(&seen).replace('\0', " ");
    assert!(
        seen.contains("plan --app sh app.sh --parameters-file -"),
        "{seen}"
    );
    let environment = fs::read_to_string(folder.path().join("environment")).unwrap();
    assert!(environment.contains("CDK_OUTDIR="), "{environment}");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    for text in [&seen, &environment, &stderr] {
        assert!(!text.contains(&secret), "{text}");
    }
}
