//! Tests of deployments that migrate between two stacks, are recorded, and are restored.

use std::fs;
use std::time::Duration;

use infra_cli::ExitCode;
use infra_cli::testing::{AppRun, Interrupt, Outcome};
use infra_core::{App, CfnResource, Construct as _, Output, Stack, Value, intrinsics};
use infra_fake::{FakeCloud, Fault, FaultTiming, TaskRun};
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use super::invocation;
use crate::support::RunApp as _;

/// A version of the deployed system.
#[derive(Clone, Copy)]
struct Version {
    /// Character that is repeated to form the image digest.
    image: &'static str,
    /// Steps of the migration, each with its effect.
    steps: &'static [(&'static str, &'static str)],
}

const FIRST: Version = Version {
    image: "11",
    steps: &[("m0001_notes", "expands")],
};

const SECOND: Version = Version {
    image: "22",
    steps: &[("m0001_notes", "expands"), ("m0002_labels", "expands")],
};

const CONTRACTING: Version = Version {
    image: "33",
    steps: &[
        ("m0001_notes", "expands"),
        ("m0002_labels", "expands"),
        ("m0003_without_title", "contracts"),
    ],
};

fn app(version: Version) -> impl Fn(&App) {
    move |app| {
        let base = Stack::new(app, "Base");
        let log = base.scope().construct("Releases");
        let bucket = CfnResource::new(
            log,
            "Bucket",
            "AWS::S3::Bucket",
            json!({ "BucketName": "releases" }),
        );
        Output::new(log, "ReleaseBucketName", bucket.ref_value::<String>());

        let migration = Stack::new(app, "Migration");
        let cluster = CfnResource::new(
            migration,
            "Cluster",
            "AWS::ECS::Cluster",
            json!({ "ClusterName": "notes" }),
        );
        let task = migration.scope().construct("Task");
        let definition = definition(task, "migration", version.image);
        let steps = version.steps.iter();
        let steps = steps.map(|(name, effect)| json!({ "Name": name, "Effect": effect }));
        definition.scope().add_metadata(
            "infra:migration",
            json!({ "Steps": steps.collect::<Vec<_>>() }),
        );
        let output = |id: &str, value: Value<String>| {
            Output::new(task, id, value);
        };
        output("ClusterArn", cluster.attr_value("Arn"));
        output("TaskDefinitionArn", definition.ref_value());
        output("SubnetIds", intrinsics::join(",", ["subnet-1".to_owned()]));
        output("SecurityGroupId", intrinsics::join("", ["sg-1".to_owned()]));

        let web = Stack::new(app, "Web");
        let api = self::definition(web.scope().construct("Api"), "api", version.image);
        let service = CfnResource::new(
            web,
            "Service",
            "AWS::ECS::Service",
            json!({ "ServiceName": "api", "DesiredCount": 1, "DeploymentConfiguration": {
                "DeploymentCircuitBreaker": { "Enable": true, "Rollback": true } } }),
        );
        service.override_prop("Cluster", cluster.ref_value::<String>().into_data());
        service.override_prop("TaskDefinition", api.ref_value::<String>().into_data());
    }
}

fn definition<'app>(
    scope: infra_core::Scope<'app>,
    name: &str,
    image: &str,
) -> infra_core::Resource<'app> {
    let logs = CfnResource::new(
        scope,
        "Logs",
        "AWS::Logs::LogGroup",
        json!({ "LogGroupName": format!("/notes/{name}") }),
    );
    let definition = CfnResource::new(
        scope,
        "TaskDefinition",
        "AWS::ECS::TaskDefinition",
        json!({ "Family": format!("notes-{name}"), "ContainerDefinitions": [{
            "Name": name,
            "Image": format!("registry.example/notes@sha256:{}", image.repeat(32)),
            "Essential": true,
            "LogConfiguration": { "LogDriver": "awslogs", "Options": {
                "awslogs-region": "eu-west-1", "awslogs-stream-prefix": name } },
        }] }),
    );
    definition.override_prop(
        "ContainerDefinitions.0.LogConfiguration.Options.awslogs-group",
        logs.ref_value::<String>().into_data(),
    );
    definition
}

fn account() -> FakeCloud {
    let aws = FakeCloud::new();
    aws.create_bucket("releases");
    aws
}

fn run(aws: &FakeCloud, version: Version, commit: &str, arguments: &[&str]) -> Outcome {
    let outcome = invocation(aws, arguments)
        .variable("GITHUB_SHA", commit)
        .variable("GITHUB_ACTOR", "ada")
        .run_simple(app(version));
    aws.elapsed_time();
    outcome
}

#[track_caller]
fn deployed(aws: &FakeCloud, version: Version, commit: &str) {
    let outcome = run(aws, version, commit, &["deploy", "--yes", "--quiet"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

fn listed(aws: &FakeCloud) -> JsonValue {
    let outcome = run(aws, FIRST, "", &["releases", "--json"]);
    crate::json_schema::conforming("releases", &outcome.stdout)
}

/// Returns the image that the service runs.
fn serving(aws: &FakeCloud) -> String {
    let pointer = "/ContainerDefinitions/0/Image";
    let live = aws.live_resources("Web");
    let id = live.keys().find(|id| id.starts_with("ApiTaskDefinition"));
    let image = aws.resource_property("Web", id.expect("a definition"), pointer);
    let image = image.expect("an image");
    let image = image.as_str().expect("text");
    image[image.len() - 2..].to_owned()
}

#[test]
fn runs_migration_between_stacks() {
    let aws = account();
    aws.set_task_run(
        "notes-migration",
        TaskRun::builder()
            .takes(Duration::from_secs(40))
            .log(vec!["applied m0001_notes".to_owned()])
            .build(),
    );
    let outcome = run(
        &aws,
        FIRST,
        "c1",
        &["deploy", "--yes", "--progress", "lines"],
    );
    assert_snapshot!(outcome);
    let writes = aws.write_operations();
    let at = |name: &str| writes.iter().position(|call| call == name);
    let last = writes.iter().rposition(|call| call == "ExecuteChangeSet");
    assert!(at("RunTask") < last, "{writes:?}");
}

#[test]
fn keeps_service_unchanged_after_failed_migration() {
    let aws = account();
    deployed(&aws, FIRST, "c1");
    aws.set_task_run(
        "notes-migration",
        TaskRun::builder()
            .exit_code(Some(69))
            .log(vec!["error: the schema of notes: no connection".to_owned()])
            .build(),
    );
    let planned = run(&aws, SECOND, "c2", &["plan", "--quiet"]);
    assert_eq!(planned.exit_code, ExitCode::Ok, "{planned}");
    let outcome = run(
        &aws,
        SECOND,
        "c2",
        &["deploy", "--reviewed", "--progress", "none"],
    );
    assert_eq!(outcome.exit_code, ExitCode::Stuck, "{outcome}");
    assert_snapshot!(outcome);
    assert_eq!(serving(&aws), "11");
    assert_eq!(listed(&aws).as_array().map(Vec::len), Some(1));

    // Once the cause is removed, the same command continues where it stopped.
    aws.set_task_run("notes-migration", TaskRun::default());
    let outcome = run(&aws, SECOND, "c2", &["deploy", "--reviewed", "--quiet"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(serving(&aws), "22");
    assert_eq!(listed(&aws)[0]["migration"], "m0002_labels");
}

#[test]
fn skips_migration_when_nothing_changes() {
    let aws = account();
    deployed(&aws, FIRST, "c1");
    let before = aws.write_operations().len();
    deployed(&aws, FIRST, "c1");
    let writes = aws.write_operations().split_off(before);
    assert!(!writes.iter().any(|call| call == "RunTask"), "{writes:?}");
    assert_eq!(listed(&aws).as_array().map(Vec::len), Some(1));
}

#[test]
fn keeps_migration_running_on_sigterm() {
    let aws = account();
    deployed(&aws, FIRST, "c1");
    let run = TaskRun::builder().takes(Duration::from_hours(1)).build();
    aws.set_task_run("notes-migration", run);
    let outcome = invocation(&aws, &["deploy", "--yes", "--progress", "none"])
        .interrupt(Duration::from_mins(10), Interrupt::Terminate)
        .run_simple(app(SECOND));
    assert_eq!(outcome.exit_code, ExitCode::Interrupted, "{outcome}");
    assert_snapshot!(outcome);
    assert_eq!(serving(&aws), "11");
}

#[test]
fn skips_migration_of_excluded_stack() {
    let aws = account();
    deployed(&aws, FIRST, "c1");
    let arguments = ["deploy", "--yes", "--stack", "Web", "--progress", "lines"];
    let outcome = run(&aws, SECOND, "c2", &arguments);
    assert!(
        outcome
            .stderr
            .contains("note: Migration: this stack is not selected, so its migration does not run"),
        "{outcome}"
    );
    // The record contains the current state of the other stacks.
    let releases = listed(&aws);
    assert_eq!(releases[0]["migration"], "m0001_notes");
    assert_eq!(releases[0]["stacks"][0], releases[1]["stacks"][0]);
    assert_ne!(releases[0]["stacks"][2], releases[1]["stacks"][2]);
}

#[test]
fn lists_releases_newest_first() {
    let aws = account();
    let none = run(&aws, FIRST, "c1", &["releases"]);
    assert_snapshot!("no_log", none);
    deployed(&aws, FIRST, "0a1b2c3d4e5f");
    deployed(&aws, SECOND, "99999999");
    assert_snapshot!("releases", run(&aws, FIRST, "", &["releases"]));
    assert_snapshot!(
        "releases_json",
        run(&aws, FIRST, "", &["releases", "--json", "--limit", "1"])
    );
}

#[test]
fn restores_release_without_running_migration() {
    let aws = account();
    deployed(&aws, FIRST, "c1");
    deployed(&aws, SECOND, "c2");
    let before = aws.write_operations().len();
    let arguments = [
        "rollback",
        "--to",
        "previous",
        "--yes",
        "--progress",
        "lines",
    ];
    // The current sources are those of the second version; the release is restored from its record.
    assert_snapshot!(run(&aws, SECOND, "c2", &arguments));
    assert_eq!(serving(&aws), "11");
    let writes = aws.write_operations().split_off(before);
    assert!(!writes.iter().any(|call| call == "RunTask"), "{writes:?}");
    let newest = &listed(&aws)[0];
    assert_eq!(
        (&newest["release"], &newest["restores"]),
        (&json!(3), &json!(1))
    );
    // The database keeps the schema of the second version.
    assert_eq!(newest["migration"], "m0002_labels");
    let again = run(
        &aws,
        SECOND,
        "c2",
        &["rollback", "--to", "latest", "--yes", "--quiet"],
    );
    assert_eq!(again.exit_code, ExitCode::Ok, "{again}");
    assert_eq!(listed(&aws).as_array().map(Vec::len), Some(3));
}

#[test]
fn finds_previous_release_behind_many_restorations() {
    let aws = account();
    deployed(&aws, FIRST, "c1");
    deployed(&aws, SECOND, "c2");
    let record = &aws.bucket_objects("releases")["releases/0000002.json"];
    let mut record: JsonValue = serde_json::from_slice(&record.body).expect("JSON");
    for number in 3..=120 {
        record["release"] = json!(number);
        record["restores"] = json!(2);
        let key = format!("releases/{number:07}.json");
        aws.put_object("releases", &key, record.to_string().as_bytes());
    }
    let arguments = ["rollback", "--to", "previous", "--yes", "--quiet"];
    let outcome = run(&aws, SECOND, "c2", &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(serving(&aws), "11");
    assert_eq!(listed(&aws)[0]["restores"], 1);
}

#[test]
fn requires_approval_to_restore_release() {
    let aws = account();
    deployed(&aws, FIRST, "c1");
    deployed(&aws, SECOND, "c2");
    let outcome = run(
        &aws,
        SECOND,
        "c2",
        &["rollback", "--to", "1", "--progress", "none"],
    );
    assert_eq!(outcome.exit_code, ExitCode::Blocked, "{outcome}");
    assert_eq!(serving(&aws), "22");
}

#[test]
fn blocks_restore_across_contracting_migration() {
    let aws = account();
    deployed(&aws, SECOND, "c1");
    deployed(&aws, CONTRACTING, "c2");
    let arguments = [
        "rollback",
        "--to",
        "previous",
        "--yes",
        "--progress",
        "none",
    ];
    let outcome = run(&aws, CONTRACTING, "c2", &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Blocked, "{outcome}");
    assert_snapshot!(outcome);
    assert_eq!(serving(&aws), "33");
    let mut arguments = arguments.to_vec();
    arguments.extend(["--despite-contraction", "m0003_without_title"]);
    let outcome = run(&aws, CONTRACTING, "c2", &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(serving(&aws), "22");
}

#[test]
fn flags_contraction_with_automatic_rollback() {
    let aws = account();
    deployed(&aws, SECOND, "c1");
    assert_snapshot!(
        "flagged",
        run(&aws, CONTRACTING, "c2", &["plan", "--progress", "none"])
    );
    assert_snapshot!(
        "flagged_markdown",
        run(&aws, CONTRACTING, "c2", &["diff", "--markdown"])
    );
    let arguments = ["deploy", "--reviewed", "--progress", "lines"];
    let outcome = run(&aws, CONTRACTING, "c2", &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(
        outcome.stderr.matches("INF7514").count(),
        1,
        "before it runs: {outcome}"
    );
    assert!(
        outcome.stderr.find("INF7514") < outcome.stderr.find("running the migration"),
        "{outcome}"
    );
}

#[test]
fn flags_no_step_of_earlier_release() {
    const LATER: Version = Version {
        image: "44",
        ..CONTRACTING
    };
    let aws = account();
    deployed(&aws, CONTRACTING, "c1");
    let planned = run(&aws, LATER, "c2", &["plan", "--progress", "none"]);
    assert!(!planned.stdout.contains("INF7514"), "{planned}");
    let arguments = ["deploy", "--reviewed", "--progress", "lines"];
    let outcome = run(&aws, LATER, "c2", &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(!outcome.stderr.contains("INF7514"), "{outcome}");
}

#[test]
fn lists_releases_for_unknown_release() {
    let aws = account();
    deployed(&aws, FIRST, "c1");
    assert_snapshot!(run(&aws, FIRST, "c1", &["rollback", "--to", "9", "--yes"]));
    let outcome = run(
        &aws,
        FIRST,
        "c1",
        &["rollback", "--to", "previous", "--yes"],
    );
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
}

#[test]
fn records_release_on_next_run_after_failed_record() {
    let aws = account();
    aws.inject_fault("PutObject", Fault::NetworkLost, FaultTiming::Next(5));
    let outcome = run(
        &aws,
        FIRST,
        "c1",
        &["deploy", "--yes", "--progress", "none"],
    );
    assert_eq!(outcome.exit_code, ExitCode::Partial, "{outcome}");
    assert!(outcome.stderr.contains("error[INF7523]"), "{outcome}");
    deployed(&aws, FIRST, "c1");
    assert_eq!(listed(&aws)[0]["release"], 1);
}

#[test]
fn writes_assembly_of_release_to_folder() {
    let aws = account();
    deployed(&aws, FIRST, "c1");
    deployed(&aws, SECOND, "c2");
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_string_lossy().into_owned();
    let outcome = run(&aws, SECOND, "c2", &["releases", "get", "1", "--out", &out]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(fs::exists(folder.path().join("manifest.json")).expect("readable"));
    let diff = run(
        &aws,
        SECOND,
        "c2",
        &["diff", "--assembly", &out, "--detailed-exitcode"],
    );
    assert_eq!(diff.exit_code, ExitCode::Differences, "{diff}");
}

/// Builds an app whose stack names and release bucket contain the environment.
fn in_environment(environment: &str, version: Version) -> impl Fn(&App) {
    let environment = environment.to_owned();
    move |app| {
        let base = Stack::new(app, &format!("Base-{environment}"));
        let log = base.scope().construct("Releases");
        let bucket = CfnResource::new(
            log,
            "Bucket",
            "AWS::S3::Bucket",
            json!({ "BucketName": format!("releases-{environment}") }),
        );
        Output::new(log, "ReleaseBucketName", bucket.ref_value::<String>());
        definition(log.construct("Api"), "api", version.image);
    }
}

/// Runs a command with an app that deploys the version of the environment in its arguments.
fn run_everywhere(
    aws: &FakeCloud,
    versions: &[(&str, Version)],
    directory: &std::path::Path,
    arguments: &[&str],
) -> Outcome {
    let outcome = invocation(aws, arguments)
        .directory(directory)
        .variable("GITHUB_SHA", "0a1b2c3d4e5f")
        .run_with(&|arguments, directory| {
            let at = arguments.iter().position(|one| one == "--env");
            let named = at.map(|at| arguments[at + 1].to_string_lossy().into_owned());
            let named = named.expect("the tool names the environment");
            let found = versions.iter().find(|(name, _)| *name == named);
            let Some((_, version)) = found else {
                return AppRun {
                    stdout: String::new(),
                    stderr: format!("error[INF6005]: unknown environment `{named}`\n"),
                    exit_code: ExitCode::Error,
                };
            };
            let others = arguments.iter().enumerate();
            let others =
                others.filter(|(index, _)| at.is_none_or(|at| *index != at && *index != at + 1));
            let own = others.map(|(_, argument)| argument.clone());
            let run = infra_runtime::testing::Invocation::new(own)
                .directory(directory)
                .run_simple(in_environment(&named, *version));
            AppRun {
                stdout: run.stdout,
                stderr: run.stderr,
                exit_code: run.exit_code,
            }
        });
    aws.elapsed_time();
    outcome
}

#[test]
fn shows_releases_of_environments_side_by_side() {
    let aws = FakeCloud::new();
    aws.create_bucket("releases-dev");
    aws.create_bucket("releases-prod");
    let folder = tempfile::tempdir().unwrap();
    let project = "app = \"app\"\n[environments.dev]\nprofile = \"notes-dev\"\n[environments.prod]\nprofile = \"notes-prod\"\n[environments.qa]\n";
    fs::write(folder.path().join("infra.toml"), project).unwrap();
    let versions = [("dev", SECOND), ("prod", FIRST), ("qa", FIRST)];
    let run = |arguments: &[&str]| run_everywhere(&aws, &versions, folder.path(), arguments);
    // The first release was deployed with a plan file, the second without.
    let planned = run(&["plan", "--env", "dev", "--out", "plan.json", "--quiet"]);
    assert_eq!(planned.exit_code, ExitCode::Ok, "{planned}");
    let plan = fs::read(folder.path().join("plan.json")).unwrap();
    for arguments in [
        &["deploy", "--env", "dev", "--yes", "--plan", "plan.json"][..],
        &["deploy", "--env", "prod", "--yes"],
    ] {
        let deployed = run(arguments);
        assert_eq!(deployed.exit_code, ExitCode::Ok, "{deployed}");
    }
    assert_snapshot!("of_environments", run(&["releases", "--env", "dev,prod"]));

    // An environment that cannot be read is listed with an error, and does not hide the others.
    let all = run(&["releases", "--all-environments"]);
    assert_eq!(all.exit_code, ExitCode::Error);
    assert_snapshot!("of_all_environments", all);
    let all = run(&["releases", "--all-environments", "--json"]);
    assert_eq!(all.exit_code, ExitCode::Error);
    let document = crate::json_schema::conforming("releases-of-environments", &all.stdout);
    let digest = infra_template::digest::Digest::hash_bytes(&plan).to_string();
    assert_eq!(document[0]["releases"][0]["plan"], digest);
    assert_eq!(document[1]["releases"][0]["plan"], JsonValue::Null);
    assert_eq!(document[2]["error"]["code"], "INF7520");
    assert_eq!(document[2]["releases"], json!([]));

    // The app reports an environment that it does not know.
    let unknown = run(&["releases", "--env", "staging,prod"]);
    assert_eq!(unknown.exit_code, ExitCode::Error);
    assert_snapshot!("of_an_unknown_environment", unknown);
}

#[test]
fn rejects_single_environment_options_for_several() {
    let aws = account();
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| run_everywhere(&aws, &[], folder.path(), arguments);
    let get = run(&["--env", "dev,prod", "releases", "get", "1", "--out", "x"]);
    let folder = run(&["releases", "--env", "dev,prod", "--assembly", "x"]);
    let none = run(&["releases", "--env", "dev,"]);
    let nowhere = run(&["releases", "--all-environments"]);
    assert_snapshot!(format!("{get}\n{folder}\n{none}\n{nowhere}"));
}
