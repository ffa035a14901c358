//! Tests of `new`: the files of each kind of project, and refusals. `scripts/new-check` builds, tests and synthesizes them.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod pipeline;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use insta::assert_snapshot;
use tempfile::TempDir;

const QUEUE: &str = "
Resources:
  # Orders wait here.
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 3}
  Failed: {Type: 'AWS::SQS::Queue'}
  Alerts: {Type: 'AWS::SNS::Topic'}
";

/// Runs the command line in a folder.
fn invoke(folder: &TempDir, arguments: &[&str]) -> Outcome {
    Invocation::new(["new"].iter().chain(arguments).copied())
        .directory(folder.path())
        .run()
}

/// Returns the files of a project in a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inner = self::files(&path).into_iter();
            files.extend(inner.map(|(file, text)| (format!("{name}/{file}"), text)));
        } else {
            files.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    files
}

/// Source whose text is the same on every machine.
const SOURCE: &str = "git:https://example.com/infra.git#0123456789abcdef0123456789abcdef01234567";

/// Creates a project that depends on a git commit. It is not compiled; `scripts/new-check` does that.
fn project(name: &str, arguments: &[&str]) -> (Outcome, BTreeMap<String, String>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("queue.yaml"), QUEUE).unwrap();
    let unchecked: &[&str] = if arguments.contains(&"--from") {
        &["--no-check"]
    } else {
        &[]
    };
    let arguments = [&[name, "--source", SOURCE], arguments, unchecked].concat();
    let outcome = invoke(&folder, &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    (outcome, files(&folder.path().join(name)))
}

fn list(files: &BTreeMap<String, String>) -> String {
    files.keys().flat_map(|file| [file, "\n"]).collect()
}

#[test]
fn writes_empty_project_with_one_stack() {
    let (outcome, files) = project("hello", &[]);
    assert_snapshot!("empty", outcome);
    assert_snapshot!("empty_files", list(&files));
    let version = env!("CARGO_PKG_VERSION");
    // A release changes only the version.
    let text = |file: &str| files[file].replace(version, "VERSION");
    assert_snapshot!("empty_readme", text("README.md"));
    assert_snapshot!("project_file", text("infra.toml"));
    let dependency = "infra-lib = { git = \"https://example.com/infra.git\", rev = \"0123456789abcdef0123456789abcdef01234567\", features = [\"github\", \"s3\"] }\n";
    assert!(
        files["Cargo.toml"].contains(dependency),
        "{}",
        files["Cargo.toml"]
    );
}

#[test]
fn writes_web_service_project_with_network() {
    let (outcome, files) = project("web-shop", &["--template", "web-service"]);
    assert_snapshot!("web_service", outcome);
    assert_snapshot!("web_service_files", list(&files));
    assert!(files["src/main.rs"].contains("use web_shop::{Config, build};"));
    assert!(files["src/environment.rs"].contains("const PREFIX: &str = \"web-shop\";"));
}

#[test]
fn writes_workspace_with_functions() {
    let (outcome, files) = project("orders", &["--template", "serverless"]);
    assert_snapshot!("serverless", outcome);
    assert_snapshot!("serverless_files", list(&files));
    assert_snapshot!("serverless_manifest", files["Cargo.toml"]);
    assert_snapshot!(
        "serverless_readme",
        files["README.md"].replace(env!("CARGO_PKG_VERSION"), "VERSION")
    );
    assert_snapshot!("serverless_service", files["src/service.rs"]);
    let build = files["src/service.rs"]
        .split("pub fn build")
        .nth(1)
        .unwrap();
    let lines = build.lines().filter(|line| !line.is_empty()).count();
    assert!(lines <= 40, "the stack has {lines} lines");
}

#[test]
fn converts_template_to_project() {
    let (outcome, files) = project("jobs", &["--from", "queue.yaml"]);
    assert_snapshot!("converted", outcome);
    assert_snapshot!("converted_files", list(&files));
    assert_snapshot!("converted_stack", files["src/stack.rs"]);
    assert_snapshot!("converted_tests", files["tests/it/stacks.rs"]);
    assert!(files["Cargo.toml"].contains("features = [\"sns\", \"sqs\"] }\n"));
    assert!(files["config/prod.yaml"].ends_with("stack_name: \"Queue\"\n"));
}

#[test]
fn replaces_all_placeholders() {
    let kinds: [&[&str]; 4] = [
        &[],
        &["--template", "web-service"],
        &["--template", "serverless"],
        &["--from", "queue.yaml"],
    ];
    for arguments in kinds {
        for (file, text) in project("other", arguments).1 {
            let placeholders = [
                "my-app",
                "my_app",
                "my-stack",
                "stack-prefix",
                "@infra",
                "@about@",
            ];
            for placeholder in placeholders {
                assert!(!text.contains(placeholder), "{file} has {placeholder}");
            }
        }
    }
}

#[test]
fn writes_identical_files_on_repetition() {
    let arguments = ["--from", "queue.yaml"];
    assert_eq!(project("jobs", &arguments), project("jobs", &arguments));
}

#[test]
fn uses_workspace_versions_of_third_party_crates() {
    let manifest = |text: &str| text.parse::<toml::Table>().unwrap();
    let workspace = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"));
    let workspace = manifest(&workspace.unwrap());
    let known = &workspace["workspace"]["dependencies"];
    let version = |of: &toml::Value| of.get("version").unwrap_or(of).clone();
    let project = manifest(&project("hello", &[]).1["Cargo.toml"]);
    for section in ["dependencies", "dev-dependencies"] {
        for (name, dependency) in project[section].as_table().unwrap() {
            if dependency.get("git").is_none() {
                assert_eq!(version(dependency), version(&known[name]), "{name}");
            }
        }
    }
}

#[test]
fn refuses_registry_source_for_unpackaged_tool() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = invoke(&folder, &["hello", "--source", "registry"]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome.stderr.contains("could be published by anyone"),
        "{outcome}"
    );
    assert!(!folder.path().join("hello").exists());
}

/// Uses a program in place of Cargo that writes an assembly, to compare it with the template.
#[cfg(unix)]
#[test]
fn checks_converted_project_against_template() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("queue.yaml"), QUEUE).unwrap();
    let manifest = r#"{"version":"36.0.0","artifacts":{"Queue":{"type":"aws:cloudformation:stack","environment":"aws://unknown-account/unknown-region","properties":{"templateFile":"Queue.json"}}}}"#;
    let cargo = at("cargo");
    let check = |name: &str, template: &str| {
        let script = format!(
            "#!/bin/sh\ntest \"$1 $2 $3 $4 $5 $6\" = 'run --quiet -- synth --quiet --out' || exit 9\n\
             test -f src/stack.rs || exit 9\n{template}"
        );
        fs::write(&cargo, script).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        Invocation::new(["new", name, "--source", SOURCE, "--from", "queue.yaml"])
            .directory(folder.path())
            .variable("CARGO", &cargo)
            .run()
    };
    let write = |template: &str| {
        format!("echo '{manifest}' > $7/manifest.json\necho '{template}' > $7/Queue.json\n")
    };
    let same = r#"{"Resources":{"Orders":{"Type":"AWS::SQS::Queue","Properties":{"RedrivePolicy":{"deadLetterTargetArn":{"Fn::GetAtt":["Failed","Arn"]},"maxReceiveCount":3}}},"Failed":{"Type":"AWS::SQS::Queue"},"Alerts":{"Type":"AWS::SNS::Topic"}}}"#;
    let outcome = check("same", &write(same));
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        outcome.stderr.ends_with("it synthesizes to `queue.yaml`\n"),
        "{outcome}"
    );

    let other = same.replace("\"maxReceiveCount\":3", "\"maxReceiveCount\":5");
    let outcome = check("other", &write(&other));
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome.stderr.contains("maxReceiveCount: 3 → 5"),
        "{outcome}"
    );
    assert!(
        outcome
            .stderr
            .contains("error[INF7601]: the project does not synthesize to `queue.yaml`"),
        "{outcome}"
    );

    let outcome = check("broken", "echo 'error: no network' >&2\nexit 101\n");
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome
            .stderr
            .contains("error[INF6108]: the project was created"),
        "{outcome}"
    );
    assert!(outcome.stderr.contains("error: no network"), "{outcome}");
    assert!(outcome.stderr.contains("`--no-check`"), "{outcome}");
    assert!(folder.path().join("broken/Cargo.toml").is_file());
}

#[test]
fn accepts_git_commit_as_source() {
    let folder = tempfile::tempdir().unwrap();
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let source = format!("git:https://example.com/infra.git#{commit}");
    let outcome = invoke(&folder, &["hello", "--source", &source]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let files = files(&folder.path().join("hello"));
    let key = format!("git = \"https://example.com/infra.git\", rev = \"{commit}\"");
    assert!(files["Cargo.toml"].contains(&format!("infra-runtime = {{ {key} }}\n")));
    let install = format!("--git https://example.com/infra.git --rev {commit} infra-cli\"\n");
    assert!(files["infra.toml"].contains(&install));
}

#[test]
fn reports_dependency_on_checkout_of_tool() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = invoke(&folder, &["hello"]);
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap();
    let notice = format!("it depends on the local folder `{}`: ", checkout.display());
    assert!(outcome.stderr.contains(&notice), "{outcome}");
    let manifest = &files(&folder.path().join("hello"))["Cargo.toml"];
    assert!(manifest.contains("/infra-lib/runtime\" }\n"), "{manifest}");
}

#[test]
fn refuses_folder_with_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("hello")).unwrap();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/mine"), "mine").unwrap();
    assert_eq!(
        invoke(&folder, &["hello", "--source", SOURCE]).exit_code,
        ExitCode::Ok
    );
    assert_snapshot!(invoke(&folder, &["full", "--source", SOURCE]));
    assert_eq!(list(&files(&folder.path().join("full"))), "mine\n");
}

#[test]
fn rejects_wrong_arguments_of_new() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("queue.yaml"), QUEUE).unwrap();
    let mut text = String::new();
    let calls: [&[&str]; 8] = [
        &[],
        &["Hello"],
        &["serde"],
        &["hello", "--template", "function"],
        &[
            "hello",
            "--source",
            "git:https://example.com/infra.git#main",
        ],
        &["hello", "--source", "path:nowhere"],
        &["hello", "--from", "nowhere.yaml", "--source", SOURCE],
        &["hello", "--from", "queue.yaml", "--template", "empty"],
    ];
    for arguments in calls {
        let _ = writeln!(
            text,
            "$ infra new {}\n{}",
            arguments.join(" "),
            invoke(&folder, arguments)
        );
    }
    assert_snapshot!(text);
    assert_eq!(list(&files(folder.path())), "queue.yaml\n");
}
