//! Tests of plan files: written, shown, signed, executed, and refused.

use std::path::Path;
use std::process::Command;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Stack};
use infra_fake::FakeCloud;
use infra_template::digest::Digest;
use insta::assert_snapshot;
use serde_json::json;

use crate::support::RunApp as _;

fn app_with(delay: u32) -> impl Fn(&App) {
    move |app| {
        let stack = Stack::new(app, "Web");
        CfnResource::new(
            stack,
            "Queue",
            "AWS::SQS::Queue",
            json!({ "DelaySeconds": delay }),
        );
        CfnResource::new(
            stack,
            "Task",
            "AWS::ECS::TaskDefinition",
            json!({ "ContainerDefinitions": [{ "Name": "api", "Image": "notes@sha256:12ab" }] }),
        );
    }
}

fn invocation(aws: &FakeCloud, folder: &Path, arguments: &[&str]) -> Invocation {
    Invocation::new(arguments.iter().copied())
        .directory(folder)
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
}

fn run(aws: &FakeCloud, folder: &Path, arguments: &[&str]) -> Outcome {
    let outcome = invocation(aws, folder, arguments).run_simple(app_with(5));
    aws.elapsed_time();
    outcome
}

/// Returns the account after a first deployment, and a folder with the plan file of a change.
fn planned() -> (FakeCloud, tempfile::TempDir) {
    let (aws, folder) = (FakeCloud::new(), tempfile::tempdir().unwrap());
    let outcome = invocation(&aws, folder.path(), &["deploy", "--yes", "--quiet"]);
    let outcome = outcome.run_simple(app_with(0));
    aws.elapsed_time();
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let outcome = run(&aws, folder.path(), &["plan", "--out", "plan.json"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    (aws, folder)
}

fn executed(aws: &FakeCloud) -> bool {
    aws.stack_status("Web").as_deref() == Some("UPDATE_COMPLETE")
}

/// Runs `openssl`, which signs independently of our code.
fn openssl(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let done = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "openssl {arguments:?}: {said}");
    done.stdout
}

fn base64(folder: &Path, bytes: &[u8]) -> String {
    std::fs::write(folder.join("bytes"), bytes).unwrap();
    let text = openssl(folder, &["base64", "-A", "-in", "bytes"]);
    String::from_utf8(text).unwrap().trim().to_owned()
}

/// Writes the attestation of the plan file to the folder, with a key that `openssl` creates there.
fn attest(folder: &Path) {
    openssl(
        folder,
        &[
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-out",
            "plan.key",
        ],
    );
    openssl(
        folder,
        &["pkey", "-in", "plan.key", "-pubout", "-out", "plan.pub"],
    );
    let digest = openssl(folder, &["dgst", "-sha256", "-r", "plan.json"]);
    let digest = String::from_utf8(digest).unwrap()[..64].to_owned();
    let statement = json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{ "name": "plan.json", "digest": { "sha256": digest } }],
        "predicateType": "https://github.com/infra-lib/infra-lib/attestations/plan/v1",
        "predicate": {},
    });
    let (kind, payload) = ("application/vnd.in-toto+json", statement.to_string());
    let signed = format!("DSSEv1 {} {kind} {} {payload}", kind.len(), payload.len());
    std::fs::write(folder.join("signed"), signed).unwrap();
    let signature = openssl(folder, &["dgst", "-sha256", "-sign", "plan.key", "signed"]);
    let bundle = json!({
        "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "dsseEnvelope": {
            "payloadType": kind,
            "payload": base64(folder, payload.as_bytes()),
            "signatures": [{ "sig": base64(folder, &signature) }],
        },
    });
    std::fs::write(folder.join("plan.json.sigstore.json"), bundle.to_string()).unwrap();
}

/// Replaces digests and ARNs, which depend on line numbers of this file.
fn settled(text: &str) -> String {
    let digest = regex_lite::Regex::new("[0-9a-f]{64}").unwrap();
    digest.replace_all(text, "<digest>").into_owned()
}

#[test]
fn shows_and_executes_plan_file() {
    let (aws, folder) = planned();
    let shown = run(
        &aws,
        folder.path(),
        &["plan", "show", "--plan", "plan.json"],
    );
    assert_eq!(shown.exit_code, ExitCode::Ok, "{shown}");
    assert_snapshot!("plan_show", settled(&shown.stderr));
    let text = std::fs::read_to_string(folder.path().join("plan.json")).unwrap();
    assert!(text.contains("changeSet/infra-"), "{text}");
    let outcome = run(
        &aws,
        folder.path(),
        &["deploy", "--reviewed", "--plan", "plan.json"],
    );
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(executed(&aws));
}

#[test]
fn writes_shown_plan_to_file() {
    let (aws, folder) = planned();
    let arguments = ["plan", "show", "--out", "shown.json"];
    let shown = run(&aws, folder.path(), &arguments);
    assert_eq!(shown.exit_code, ExitCode::Ok, "{shown}");
    let read = |name: &str| {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        let record: serde_json::Value = serde_json::from_str(&text).unwrap();
        record["stacks"].clone()
    };
    assert_eq!(read("shown.json"), read("plan.json"));
}

#[test]
fn requires_plan_file_in_workflow() {
    let (aws, folder) = planned();
    let outcome = invocation(&aws, folder.path(), &["deploy", "--reviewed"])
        .variable("CI", "true")
        .run_simple(app_with(5));
    assert_snapshot!("workflow", outcome);
    assert!(!executed(&aws));
    let outcome = invocation(&aws, folder.path(), &["deploy", "--plan", "plan.json"])
        .variable("CI", "true")
        .run_simple(app_with(5));
    aws.elapsed_time();
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

#[test]
fn refuses_drifted_stack_unless_drift_is_ignored() {
    let (aws, folder) = planned();
    aws.drift_resource("Web", "Queue", "/DelaySeconds", "900");
    let outcome = run(&aws, folder.path(), &["deploy", "--plan", "plan.json"]);
    assert_snapshot!("drifted", outcome);
    assert!(!executed(&aws));
    let arguments = ["deploy", "--plan", "plan.json", "--ignore-drift"];
    let outcome = run(&aws, folder.path(), &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

#[test]
fn executes_plan_file_signed_with_key() {
    let (aws, folder) = planned();
    attest(folder.path());
    let arguments = [
        "deploy",
        "--plan",
        "plan.json",
        "--require-signer",
        "key:plan.pub",
    ];
    let outcome = run(&aws, folder.path(), &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(executed(&aws));
}

#[test]
fn refuses_plan_file_without_valid_signature() {
    let (aws, folder) = planned();
    let arguments = [
        "deploy",
        "--plan",
        "plan.json",
        "--require-signer",
        "key:plan.pub",
    ];
    attest(folder.path());
    let path = folder.path().join("plan.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{text}\n")).unwrap();
    let outcome = run(&aws, folder.path(), &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Stale, "{outcome}");
    assert_snapshot!("signed_other_file", settled(&outcome.stderr));
    std::fs::remove_file(folder.path().join("plan.json.sigstore.json")).unwrap();
    assert_snapshot!("not_signed", run(&aws, folder.path(), &arguments));
    assert!(!executed(&aws));
}

/// Uses a program in place of `gh` that records its arguments; the real one checks the certificates of Sigstore.
#[cfg(unix)]
#[test]
fn verifies_workflow_signer_with_gh() {
    use std::os::unix::fs::PermissionsExt as _;

    let (aws, folder) = planned();
    let place = folder.path();
    let program = |body: &str| {
        let path = place.join("gh");
        std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    std::fs::write(place.join("plan.jsonl"), "{}").unwrap();
    let arguments = [
        "deploy",
        "--plan",
        "plan.json",
        "--attestation",
        "plan.jsonl",
        "--trusted-root",
        "root.jsonl",
        "--require-signer",
        "github:my-org/notes/.github/workflows/plan.yml@refs/heads/main",
    ];
    let run = || {
        let outcome = invocation(&aws, place, &arguments)
            .variable("PATH", format!("{}:/usr/bin:/bin", place.display()))
            .run_simple(app_with(5));
        aws.elapsed_time();
        outcome
    };
    program("echo 'no attestation of this identity' >&2; exit 1");
    let outcome = run();
    assert_eq!(outcome.exit_code, ExitCode::Stale, "{outcome}");
    assert_snapshot!("gh_refuses", outcome);
    assert!(!executed(&aws));
    // Version 2.66 exits with 0 even if no attestation of the wanted type exists.
    program(
        "echo '✗ No attestations found with predicate type: https://slsa.dev/provenance/v1' >&2",
    );
    let outcome = run();
    assert_eq!(outcome.exit_code, ExitCode::Stale, "{outcome}");
    assert_snapshot!("gh_verifies_nothing", outcome);
    assert!(!executed(&aws));
    let plan = std::fs::read(place.join("plan.json")).unwrap();
    let verified = |branch: &str| {
        json!([{ "verificationResult": {
        "statement": { "subject": [
            { "name": "plan.json", "digest": { "sha256": Digest::hash_bytes(&plan).as_str() } },
        ] },
        "signature": { "certificate": { "sourceRepositoryRef": branch } },
    } }])
    };
    // `gh` treats this branch as the requested one.
    let other = verified("refs/heads/Main");
    program(&format!("echo '{other}'"));
    let outcome = run();
    assert_eq!(outcome.exit_code, ExitCode::Stale, "{outcome}");
    assert!(!executed(&aws));
    let verified = verified("refs/heads/main");
    program(&format!(
        "cp \"$3\" asked.json; shift 3; echo \"$@\" > asked; echo '{verified}'"
    ));
    let outcome = run();
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let asked = std::fs::read_to_string(place.join("asked")).unwrap();
    assert_eq!(
        asked.replace(&place.display().to_string(), "."),
        "--hostname github.com --repo my-org/notes --cert-identity https://github.com/my-org/notes/.github/workflows/plan.yml@refs/heads/main --source-ref refs/heads/main --format json --bundle ./plan.jsonl --custom-trusted-root ./root.jsonl\n"
    );
    let read = |name: &str| std::fs::read_to_string(place.join(name)).unwrap();
    assert_eq!(read("asked.json"), read("plan.json"));
}

#[test]
fn refuses_site_missing_from_plan_file() {
    let (aws, folder) = planned();
    let site = folder.path().join("site");
    std::fs::create_dir(&site).unwrap();
    std::fs::write(site.join("index.html"), "one").unwrap();
    let arguments = ["publish-site", "site", "--plan", "plan.json"];
    let outcome = run(&aws, folder.path(), &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Stale, "{outcome}");
    assert!(
        outcome.stderr.contains("the plan file contains no site"),
        "{outcome}"
    );
    let plan = ["plan", "--out", "plan.json", "--site", "site"];
    let outcome = run(&aws, folder.path(), &plan);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let same = run(&aws, folder.path(), &arguments);
    // The app has no site, which is reported after the folder has been verified.
    assert_eq!(same.exit_code, ExitCode::Error, "{same}");
    for (name, text) in [("index.html", "two"), ("more.js", "")] {
        std::fs::write(site.join(name), text).unwrap();
        let outcome = run(&aws, folder.path(), &arguments);
        assert_eq!(outcome.exit_code, ExitCode::Stale, "{outcome}");
    }
    assert_snapshot!(
        "other_site",
        settled(&run(&aws, folder.path(), &arguments).stderr)
    );
}
