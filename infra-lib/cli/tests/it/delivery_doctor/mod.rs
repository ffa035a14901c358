//! Tests of `doctor --delivery`: it accepts a deployment of the reference app's golden templates, and reports each missing or changed part.
//!
//! The real program runs against a local server in place of the APIs of GitHub, IAM, ECR and SNS.

mod project;
mod repository;
mod roles;
mod rules;
mod stand_in;
mod world;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::Value as JsonValue;

use self::world::{World, world};
use crate::credentials::stand_in::StandIn;
use crate::json_schema::conforming;

const ACCOUNT: &str = "111122223333";
const REPOSITORY: &str = "your-org/cloud-native-notes";
const ISSUER: &str = "token.actions.githubusercontent.com";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A finished run of the program against a world.
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

fn run(world: &World, change: impl FnOnce(&mut Command)) -> Run {
    let world = Arc::new(Mutex::new(world.clone()));
    let server = StandIn::new(move |request| {
        let world = world.lock().unwrap().clone();
        if request.line.starts_with("GET ") {
            stand_in::github(&world, request)
        } else {
            stand_in::aws(&world, request)
        }
    });
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_infra"));
    command
        .args(["doctor", "--delivery", "--repository", REPOSITORY])
        .current_dir(root())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", home.path())
        .env("NO_PROXY", "127.0.0.1")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_ACCESS_KEY_ID", "AKIATEST")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ENDPOINT_URL", &server.address)
        .env("GITHUB_API_URL", &server.address)
        .env("GITHUB_TOKEN", "token");
    change(&mut command);
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Asserts that exactly one part is reported as missing, with this message.
#[track_caller]
fn finds(world: &World, subject: &str, said: &str) {
    let run = run(world, |_| {});
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    let lines: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("missing"))
        .collect();
    let [line] = lines.as_slice() else {
        panic!("{}", run.stdout);
    };
    assert!(line.contains(subject) && line.contains(said), "{line}");
    let repair = run
        .stdout
        .lines()
        .skip_while(|one| one != line)
        .nth(1)
        .unwrap();
    assert!(
        repair.starts_with("         "),
        "there is no repair: {repair}"
    );
}

#[test]
fn passes_all_checks_for_reference_app() {
    let run = run(&world(), |_| {});
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("unknown"), "{}", run.stdout);
    for subject in [
        "repository your-org/cloud-native-notes",
        "environment `plan`",
        "environment `production`",
        "rule for `main`",
        "rule against a tag `main`",
        "identity provider of GitHub",
        "trust of DEPLOY_ROLE",
        "trust of PLAN_ROLE",
        "boundary of EXECUTION_ROLE",
        "boundary of the app's roles",
        "PROPOSAL_REPOSITORY",
        "IMAGE_REPOSITORY",
        "mail of `prod`",
        "variables of the repository",
        "first version in `production`",
    ] {
        assert!(
            run.stdout.contains(&format!("ok       {subject}")),
            "{subject}\n{}",
            run.stdout
        );
    }
    // Checks are in the order of the set-up.
    let at = |subject: &str| run.stdout.find(subject).unwrap();
    assert!(at("environment `production`") < at("identity provider"));
    assert!(at("trust of DEPLOY_ROLE") < at("variables of the repository"));
}

#[test]
fn checks_github_and_aws_independently() {
    let without_token = run(&world(), |command| {
        command.env_remove("GITHUB_TOKEN");
        for (name, value) in world().variables {
            command.env(name, value);
        }
    });
    assert_eq!(
        without_token.code, 0,
        "{}{}",
        without_token.stdout, without_token.stderr
    );
    assert!(
        without_token
            .stdout
            .contains("unknown  environments: neither GITHUB_TOKEN nor GH_TOKEN is set")
    );
    assert!(
        without_token
            .stdout
            .contains("ok       trust of DEPLOY_ROLE")
    );
    let without_keys = run(&world(), |command| {
        command
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY");
    });
    assert_eq!(
        without_keys.code, 0,
        "{}{}",
        without_keys.stdout, without_keys.stderr
    );
    assert!(
        without_keys
            .stdout
            .contains("unknown  identity provider, roles and registries")
    );
    assert!(
        without_keys
            .stdout
            .contains("ok       environment `production`")
    );
    let neither = run(&world(), |command| {
        command
            .env_remove("GITHUB_TOKEN")
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY");
    });
    assert_eq!(neither.code, 8, "{}{}", neither.stdout, neither.stderr);
}

#[test]
fn prints_all_checks_as_json() {
    let mut world = world();
    world.pending.push("ada@example.com".to_owned());
    let run = run(&world, |command| {
        command.arg("--json");
    });
    assert_eq!(run.code, 1, "{}", run.stderr);
    let document = conforming("doctor-delivery", &run.stdout);
    assert_eq!(document["complete"], false);
    let checks = document["checks"].as_array().unwrap();
    let missing: Vec<&JsonValue> = checks
        .iter()
        .filter(|one| one["verdict"] == "missing")
        .collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0]["stage"], "mail");
    assert!(
        missing[0]["repair"]
            .as_str()
            .unwrap()
            .contains("aws sns subscribe")
    );
}
