//! Tests of `check`: paths, forms of the report, and exit codes.

use std::fs;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use serde_json::json;
use tempfile::TempDir;

use crate::json_schema::conforming;

const GOOD: &str = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n";
const BAD: &str =
    "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySecond: 5\n";

/// Returns a folder with a good and a bad template, and a file that is none.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("good.yaml", GOOD),
        ("bad.yaml", BAD),
        ("workflow.yml", "on: push\n"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Outcome {
    let words = ["check"].iter().chain(arguments).copied();
    Invocation::new(words).directory(folder.path()).run()
}

#[test]
fn checks_files_and_folders_with_exit_codes() {
    let folder = folder();
    let good = run(&folder, &["good.yaml"]);
    assert_eq!(good.exit_code, ExitCode::Ok);
    assert_eq!(good.stdout, "0 errors and 0 warnings in 1 template\n");
    let all = run(&folder, &["."]);
    assert_eq!(all.exit_code, ExitCode::Error);
    assert!(
        all.stdout.starts_with(
            "error[INF3002]: `AWS::SQS::Queue` has no property `DelaySecond` in the schemas of "
        ) && all.stdout.contains("bad.yaml:5:7\n")
            && all
                .stdout
                .ends_with("1 error and 0 warnings in 2 templates\n"),
        "{}",
        all.stdout
    );
    let quiet = run(&folder, &["--quiet", "bad.yaml"]);
    assert_eq!(quiet.stdout.lines().count(), 1);
    assert!(
        quiet.stdout.starts_with(
            "bad.yaml:5:7: error[INF3002]: `AWS::SQS::Queue` has no property `DelaySecond`"
        ),
        "{}",
        quiet.stdout
    );
}

#[test]
fn fails_on_paths_that_cannot_be_read() {
    let folder = folder();
    let outcome = run(&folder, &["nowhere.yaml", "good.yaml"]);
    assert_eq!(outcome.exit_code, ExitCode::Usage);
    assert!(
        outcome.stderr.contains("cannot read `nowhere.yaml`"),
        "{}",
        outcome.stderr
    );
    assert_eq!(outcome.stdout, "0 errors and 0 warnings in 1 template\n");
}

#[test]
fn validates_paths_in_place_of_the_app() {
    let folder = folder();
    let manifest = r#"{"version": "36.0.0", "artifacts": {
        "Web": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "bad.yaml"}}
    }}"#;
    fs::write(folder.path().join("manifest.json"), manifest).unwrap();
    let validate = |words: &[&str]| {
        let words = ["validate"].iter().chain(words).copied();
        Invocation::new(words).directory(folder.path()).run()
    };
    // The manifest lists one of the templates of the folder.
    let assembly = validate(&["."]);
    assert_eq!(assembly.exit_code, ExitCode::Error, "{assembly}");
    assert_eq!(assembly.stdout, run(&folder, &["."]).stdout);
    assert!(assembly.stdout.ends_with("in 1 template\n"), "{assembly}");
    let good = validate(&["good.yaml", "--format", "json"]);
    assert_eq!(good.exit_code, ExitCode::Ok, "{good}");
    conforming("check", &good.stdout);
    let wrong = validate(&["good.yaml", "--strict"]);
    assert_eq!(wrong.exit_code, ExitCode::Usage, "{wrong}");
    assert!(
        wrong.stderr.contains("unexpected argument '--strict'"),
        "{wrong}"
    );
}

#[test]
fn follows_nested_stacks_to_local_templates() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "app.yaml",
        "Resources:\n  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: bad.yaml, Parameters: {Name: a}}}\n",
    );
    let outcome = run(&folder, &["--quiet", "app.yaml"]);
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(
        outcome.stdout.starts_with(
            "app.yaml:2:94: error[INF8030]: `bad.yaml` has no parameter `Name`\nbad.yaml:5:7: error[INF3002]: "
        ),
        "{outcome}"
    );
    // The nested template is part of the folder, and is checked once.
    let all = run(&folder, &["."]);
    assert!(
        all.stdout
            .ends_with("2 errors and 0 warnings in 3 templates\n"),
        "{all}"
    );
}

#[test]
fn fails_on_named_files_that_cannot_be_used() {
    let folder = folder();
    fs::write(folder.path().join("latin.json"), b"{\"a\": \"\xe9\"}").unwrap();
    for option in ["--baseline", "--parameters"] {
        for (file, message) in [
            ("nowhere.json", "cannot read `nowhere.json`: "),
            (
                "latin.json",
                "cannot read `latin.json`: stream did not contain valid UTF-8",
            ),
            ("good.yaml", "it is not valid JSON"),
        ] {
            let outcome = run(&folder, &["good.yaml", option, file]);
            assert_eq!(outcome.exit_code, ExitCode::Usage, "{option} {file}");
            assert!(outcome.stderr.contains(message), "{outcome}");
        }
    }
}

#[test]
fn reports_position_of_standard_input_that_is_not_utf_8() {
    let folder = folder();
    let outcome = Invocation::new(["check", "-", "--quiet"])
        .directory(folder.path())
        .input(b"Resources:\n  Caf\xe9: {Type: AWS::SNS::Topic}\n")
        .run();
    assert_eq!(
        outcome.stdout,
        "stdin:2:6: error[INF8001]: the template is not valid UTF-8: byte 0xE9 starts no character\n"
    );
    assert_eq!(outcome.exit_code, ExitCode::Error);
}

#[test]
fn reads_standard_input_and_parameters() {
    let folder = folder();
    let template = "Parameters: {Delay: {Type: Number, MaxValue: 9}}\nResources: {Q: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay}}}\n";
    let values = r#"[{"ParameterKey": "Delay", "ParameterValue": "10"}]"#;
    fs::write(folder.path().join("values.json"), values).unwrap();
    let words = ["check", "-", "--parameters", "values.json", "--quiet"];
    let outcome = Invocation::new(words)
        .directory(folder.path())
        .input(template)
        .run();
    assert_eq!(
        outcome.stdout,
        "stdin:1:14: error[INF8010]: the given value `10` is not at most 9\n"
    );
    assert_eq!(outcome.exit_code, ExitCode::Error);
}

#[test]
fn prints_report_as_json_that_matches_schema() {
    let folder = folder();
    let outcome = run(&folder, &["--format", "json", "."]);
    let found = conforming("check", &outcome.stdout);
    assert_eq!(
        found["summary"],
        json!({ "errors": 1, "warnings": 0, "templates": 2 })
    );
    assert_eq!(found["findings"][0]["code"], "INF3002");
    assert_eq!(
        found["findings"][0]["end"],
        json!({ "line": 5, "column": 18 })
    );
}

#[test]
fn checks_each_file_once() {
    let folder = folder();
    let outcome = run(&folder, &["bad.yaml", ".", "./bad.yaml"]);
    assert!(
        outcome
            .stdout
            .ends_with("1 error and 0 warnings in 2 templates\n"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn fails_for_folders_without_templates() {
    let folder = folder();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let outcome = run(&folder, &["empty", "good.yaml"]);
    assert_eq!(outcome.exit_code, ExitCode::Usage);
    assert!(
        outcome.stderr.contains("`empty` contains no templates"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn reports_bytes_that_are_no_text_as_finding() {
    let folder = folder();
    fs::write(folder.path().join("old.yaml"), b"Resources: caf\xe9\n").unwrap();
    let outcome = run(&folder, &["old.yaml", "good.yaml", "--quiet"]);
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert_eq!(
        outcome.stdout,
        "old.yaml:1:15: error[INF8001]: the template is not valid UTF-8: byte 0xE9 starts no character\n"
    );
}

#[test]
fn accepts_findings_of_baseline() {
    let folder = folder();
    let written = run(
        &folder,
        &[".", "--baseline", "old.json", "--write-baseline"],
    );
    assert_eq!(written.exit_code, ExitCode::Ok, "{written}");
    assert_eq!(written.stdout, "0 errors and 0 warnings in 2 templates\n");
    assert_eq!(written.stderr, "1 finding accepted by `old.json`\n");
    let text = fs::read_to_string(folder.path().join("old.json")).unwrap();
    assert!(text.contains("\"file\":\"bad.yaml\""), "{text}");

    fs::write(folder.path().join("new.yaml"), BAD).unwrap();
    let new = run(&folder, &[".", "--baseline", "old.json"]);
    assert_eq!(new.exit_code, ExitCode::Error, "{new}");
    assert!(new.stdout.contains("new.yaml:5:7\n"), "{new}");
    fs::write(folder.path().join("bad.yaml"), GOOD).unwrap();
    let gone = run(&folder, &["bad.yaml", "--baseline", "old.json"]);
    assert_eq!(
        gone.stderr,
        "0 findings accepted by `old.json`; 1 finding of the file not found: `--write-baseline` removes what no longer occurs\n"
    );

    fs::write(folder.path().join("old.json"), "[]").unwrap();
    let refused = run(&folder, &[".", "--baseline", "old.json"]);
    assert_eq!(refused.exit_code, ExitCode::Usage, "{refused}");
    assert!(
        refused
            .stderr
            .contains("cannot use the baseline `old.json`"),
        "{refused}"
    );
}

#[test]
fn applies_settings_of_project_file() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "infra.toml",
        "[check]\nignore = [\"INF8012\"]\nexclude = [\"bad.yaml\"]\nregion = \"eu-west-1\"\n",
    );
    let mapped = "Parameters: {Unused: {Type: String}}\nMappings: {Images: {us-east-1: {Id: a}}}\nResources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !FindInMap [Images, !Ref AWS::Region, Id]}}}\n";
    write("mapped.yaml", mapped);
    let outcome = run(&folder, &["--quiet", "."]);
    assert_eq!(
        outcome.stdout,
        "mapped.yaml:3:84: error[INF8009]: the mapping `Images` has no key `eu-west-1`\n"
    );
    // A file that is named is checked, although it is excluded from folders.
    let named = run(&folder, &["bad.yaml"]);
    assert!(named.stdout.contains("INF3002"), "{named}");
    let region = run(&folder, &["--quiet", ".", "--region", "us-east-1"]);
    assert_eq!(region.stdout, "", "{region}");

    write("infra.toml", "[check]\nignore = [\"INF9999\"]\n");
    let refused = run(&folder, &["."]);
    assert!(
        refused
            .stderr
            .contains("`ignore` of `[check]` has `INF9999`, which is not a code"),
        "{refused}"
    );
    // Without an app, other commands look for one elsewhere.
    write("infra.toml", "[check]\n");
    let none = Invocation::new(["ls"]).directory(folder.path()).run();
    assert!(
        none.stderr.contains("INF6102") || none.stderr.contains("there is no app"),
        "{none}"
    );
}

#[test]
fn corrects_what_is_certain_and_reports_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("queue.yaml");
    fs::write(&file, BAD.replace("Queue\n", "queue\n")).unwrap();
    let before = run(&folder, &["queue.yaml", "--format", "json"]);
    let document = conforming("check", &before.stdout);
    assert_eq!(
        document["findings"][0]["fix"]["replacement"],
        "AWS::SQS::Queue"
    );
    assert_eq!(document["findings"][0]["fix"]["certain"], true);
    let fixed = run(&folder, &["--fix", "queue.yaml"]);
    assert_eq!(fixed.exit_code, ExitCode::Error);
    assert_eq!(fixed.stderr, "1 correction in 1 file\n");
    assert!(
        fixed.stdout.contains("has no property `DelaySecond`")
            && fixed
                .stdout
                .ends_with("1 error and 0 warnings in 1 template\n"),
        "{}",
        fixed.stdout
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), BAD);
}

#[test]
fn refuses_to_correct_standard_input() {
    let outcome = Invocation::new(["check", "--fix", "-"]).input(BAD).run();
    assert_eq!(outcome.exit_code, ExitCode::Usage);
    assert!(
        outcome
            .stderr
            .contains("`--fix` cannot correct standard input"),
        "{outcome}"
    );
}

#[test]
fn checks_policy_packs() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: web\n      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]\n";
    fs::write(folder.path().join("web.yaml"), text).unwrap();
    assert_eq!(run(&folder, &["web.yaml"]).exit_code, ExitCode::Ok);
    let found = run(&folder, &["--pack", "cis,fsbp", "web.yaml"]);
    assert_eq!(found.exit_code, ExitCode::Error);
    assert!(
        found.stdout.contains("error[sg-no-remote-administration-v4]: SSH or RDP is open to every IPv4 address\n  --> web.yaml:6:")
            && found.stdout.contains("CIS AWS Foundations Benchmark 3.0.0: 5.2")
            && found.stdout.contains("  5.2 not satisfied: 1 failed, 0 undecided, 0 passed (sg-no-remote-administration-v4)\n")
            && found.stdout.ends_with("checks: 1 passed, 3 failed, 0 cannot be decided before the deployment, 0 accepted\n"),
        "{}",
        found.stdout
    );
    let json = run(&folder, &["--pack", "fsbp", "--format", "json", "web.yaml"]);
    let document = conforming("check", &json.stdout);
    assert_eq!(
        document["packs"]["summary"],
        json!({"passed": 0, "failed": 2, "undecided": 0, "accepted": 0})
    );
    let page = run(&folder, &["--pack", "all", "--format", "html", "web.yaml"]);
    assert!(
        page.stdout.starts_with("<!doctype html>"),
        "{}",
        page.stdout
    );
    let oscal = Invocation::new(["check", "--pack", "nist", "--format", "oscal", "web.yaml"])
        .directory(folder.path())
        .variable("SOURCE_DATE_EPOCH", "1764676800")
        .run();
    let document: serde_json::Value = serde_json::from_str(&oscal.stdout).unwrap();
    let root = &document["assessment-results"];
    assert_eq!(root["metadata"]["last-modified"], "2025-12-02T12:00:00Z");
    assert_eq!(
        root["results"][0]["observations"].as_array().map(Vec::len),
        Some(3)
    );
}

#[test]
fn takes_packs_from_the_project_file() {
    let folder = folder();
    let none = run(&folder, &["--format", "html", "good.yaml"]);
    assert_eq!(none.exit_code, ExitCode::Usage);
    assert!(none.stderr.contains("none is chosen"), "{}", none.stderr);
    let settings = "[check]\npacks = [\"hipaa\"]\nignore = [\"sqs-tls\"]\n";
    fs::write(folder.path().join("infra.toml"), settings).unwrap();
    let found = run(&folder, &["good.yaml"]);
    assert!(
        found.stdout.contains("HIPAA Security Rule: "),
        "{}",
        found.stdout
    );
    assert!(found.stdout.contains(" 1 accepted\n"), "{}", found.stdout);
    fs::write(
        folder.path().join("infra.toml"),
        "[check]\npacks = [\"iso\"]\n",
    )
    .unwrap();
    let refused = run(&folder, &["good.yaml"]);
    assert_eq!(refused.exit_code, ExitCode::Error);
    assert!(
        refused
            .stderr
            .contains("no pack has the name `iso`; one of: fsbp, cis, nist, pci, hipaa, wa"),
        "{}",
        refused.stderr
    );
}
