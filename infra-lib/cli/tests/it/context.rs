//! Tests of `context`: answers to lookups are listed, reset and cleared; values written by people stay.

use std::fs;
use std::path::Path;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};
use tempfile::TempDir;

const ZONES: &str = "availability-zones:account=111122223333:region=eu-west-1";
const NAME: &str = "ssm:account=111122223333:parameterName=/web/name:region=eu-west-1";
const SIZE: &str = "ssm:account=111122223333:parameterName=/web/size:region=eu-west-1";

/// Creates a CDK project with this context in `cdk.json`.
fn project(own: &JsonValue) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let cdk = json!({ "app": "exit 1", "context": own });
    fs::write(folder.path().join("cdk.json"), cdk.to_string()).unwrap();
    // The order differs from that of sorted keys, and has to be preserved.
    let kept = json!({ SIZE: "3", ZONES: ["eu-west-1a", "eu-west-1b"], NAME: "\u{1b}[31mpages" });
    fs::write(folder.path().join("cdk.context.json"), kept.to_string()).unwrap();
    folder
}

fn context(folder: &TempDir, arguments: &[&str]) -> Outcome {
    let arguments = ["context"].iter().chain(arguments).copied();
    Invocation::new(arguments).directory(folder.path()).run()
}

fn kept(folder: &TempDir) -> Vec<String> {
    let text = fs::read_to_string(folder.path().join("cdk.context.json")).unwrap();
    let values: serde_json::Map<String, JsonValue> = serde_json::from_str(&text).unwrap();
    values.keys().cloned().collect()
}

#[test]
fn lists_context_values_with_numbers() {
    let folder = project(&json!({ "@aws-cdk/core:flag": true }));
    assert_snapshot!(context(&folder, &[]));
    let outcome = context(&folder, &["--json"]);
    let document: JsonValue = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(document["file"], "cdk.context.json");
    let first = &document["values"][0];
    assert_eq!(
        first,
        &json!({ "number": 1, "key": "@aws-cdk/core:flag", "value": true, "source": "cdk.json" })
    );
    assert_eq!(document["values"][2]["key"], NAME);
}

#[test]
fn resets_values_by_number_key_and_pattern() {
    let folder = project(&json!({}));
    assert_eq!(context(&folder, &["reset", "1"]).exit_code, ExitCode::Ok);
    assert_eq!(kept(&folder), [SIZE, NAME]);
    assert_eq!(context(&folder, &["reset", NAME]).exit_code, ExitCode::Ok);
    assert_eq!(kept(&folder), [SIZE]);
    let folder = project(&json!({}));
    assert_eq!(
        context(&folder, &["reset", "ssm:*"]).exit_code,
        ExitCode::Ok
    );
    assert_eq!(kept(&folder), [ZONES]);
}

#[test]
fn reports_unknown_number_key_or_pattern() {
    let folder = project(&json!({}));
    for (wrong, said) in [
        (
            "7",
            "context value number 7 does not exist\n   = expected: a number from 1 to 3",
        ),
        ("0", "context value number 0 does not exist"),
        ("ssm:*Region", "no context value has the key `ssm:*Region`"),
        (&NAME[1..], "did you mean"),
    ] {
        let outcome = context(&folder, &["reset", wrong]);
        assert_eq!(outcome.exit_code, ExitCode::Error, "{wrong}");
        assert!(outcome.stderr.contains("error[INF7109]"), "{outcome}");
        assert!(outcome.stderr.contains(said), "{outcome}");
    }
    let outcome = context(&folder, &["reset", "--force", "x*"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert_eq!(kept(&folder).len(), 3);
}

#[test]
fn keeps_and_reports_values_of_cdk_json() {
    let folder = project(&json!({ "ssm:own": "x" }));
    let outcome = context(&folder, &["reset", "ssm:own"]);
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(outcome.stderr.contains("is set in `cdk.json`"), "{outcome}");
    let outcome = context(&folder, &["reset", "-f", "ssm:own"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert_eq!(outcome.stderr, "kept ssm:own, which is set in `cdk.json`\n");
    let outcome = context(&folder, &["reset", "ssm:*"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert!(outcome.stderr.contains("kept ssm:own"), "{outcome}");
    assert_eq!(kept(&folder), [ZONES]);
    let outcome = context(&folder, &["clear"]);
    assert_eq!(
        outcome.stderr,
        "1 context value removed from `cdk.context.json`\n1 value set in `cdk.json` can only be changed there\n"
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("cdk.context.json")).unwrap(),
        "{}\n"
    );
}

#[test]
fn reports_project_without_context() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("infra.toml"), "app = 'x'\n").unwrap();
    let outcome = context(&folder, &[]);
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert!(
        outcome.stderr.contains("no context values yet"),
        "{outcome}"
    );
    assert_eq!(context(&folder, &["clear"]).exit_code, ExitCode::Ok);
    assert!(!Path::new(&folder.path().join("cdk.context.json")).exists());
}

/// Uses more than 131,072 bytes, the limit of a variable on Linux. CDK apps read the rest from a file.
#[test]
fn passes_long_context_to_cdk_app_in_file() {
    let folder = tempfile::tempdir().unwrap();
    let app = "\
mkdir -p \"$CDK_OUTDIR\"\n\
cp \"$CONTEXT_OVERFLOW_LOCATION_ENV\" seen.json\n\
echo \"$CDK_CONTEXT_JSON\" > variable\n\
echo \"$CONTEXT_OVERFLOW_LOCATION_ENV\" > location\n\
printf '{\"version\": \"36.0.0\", \"artifacts\": {}}' > \"$CDK_OUTDIR/manifest.json\"\n";
    fs::write(folder.path().join("app.sh"), app).unwrap();
    let cdk = json!({ "app": "sh app.sh", "context": { "own": 1 } });
    fs::write(folder.path().join("cdk.json"), cdk.to_string()).unwrap();
    let long = json!({ NAME: "x".repeat(200_000) });
    fs::write(folder.path().join("cdk.context.json"), long.to_string()).unwrap();
    let outcome = Invocation::new(["synth"])
        .directory(folder.path())
        .variable("PATH", std::env::var_os("PATH").unwrap())
        .run();
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let seen: JsonValue = serde_json::from_str(&read("seen.json")).unwrap();
    assert_eq!(seen[NAME], long[NAME]);
    assert_eq!(seen["own"], 1);
    assert_eq!(read("variable"), "{}\n");
    assert!(
        !Path::new(read("location").trim()).exists(),
        "it is removed"
    );
}

#[test]
fn passes_lookup_answers_to_cdk_app() {
    use infra_fake::FakeCloud;
    let folder = tempfile::tempdir().unwrap();
    // Requests the lookup until its context has the answer, as `aws-cdk-lib` does.
    let app = "\
case $CDK_CONTEXT_JSON in\n\
  *pages*) missing='[]' ;;\n\
  *) missing='[{\"key\": \"ssm:k\", \"provider\": \"ssm\", \"props\": {\"account\": \"123456789012\", \"region\": \"eu-west-1\", \"parameterName\": \"/web/name\"}}]' ;;\n\
esac\n\
mkdir -p \"$CDK_OUTDIR\"\n\
printf '{\"version\": \"36.0.0\", \"artifacts\": {}, \"missing\": %s}' \"$missing\" > \"$CDK_OUTDIR/manifest.json\"\n";
    fs::write(folder.path().join("app.sh"), app).unwrap();
    let cdk = json!({ "app": "sh app.sh" });
    fs::write(folder.path().join("cdk.json"), cdk.to_string()).unwrap();
    let aws = FakeCloud::new();
    let synth = |arguments: &[&str]| {
        Invocation::new(arguments.iter().copied())
            .directory(folder.path())
            .variable("PATH", std::env::var_os("PATH").unwrap())
            .cloud(aws.cloud(), FakeCloud::paused_runtime())
            .run()
    };
    let outcome = synth(&["synth", "--no-lookups"]);
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(outcome.stderr.contains("error[INF7105]"), "{outcome}");
    let outcome = synth(&["synth"]);
    assert!(outcome.stderr.contains("error[INF7106]"), "{outcome}");
    assert!(!folder.path().join("cdk.context.json").exists());
    aws.add_parameter("/web/name", "pages");
    let outcome = synth(&["synth"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(
        fs::read_to_string(folder.path().join("cdk.context.json")).unwrap(),
        "{\n  \"ssm:k\": \"pages\"\n}\n"
    );
    // `cdk.json` can disable lookups, as for the `cdk` CLI.
    fs::remove_file(folder.path().join("cdk.context.json")).unwrap();
    let cdk = json!({ "app": "sh app.sh", "lookups": false });
    fs::write(folder.path().join("cdk.json"), cdk.to_string()).unwrap();
    assert_eq!(synth(&["synth"]).exit_code, ExitCode::Error);
}
