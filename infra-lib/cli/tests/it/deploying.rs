//! Tests of `plan` and `deploy` for people and workflows: whole outputs, against an AWS in memory.

use std::time::Duration;

use infra_aws::ExecutionStatus;
use infra_cli::ExitCode;
use infra_cli::testing::{Interrupt, Invocation, Outcome};
use infra_core::{App, CfnResource, Output, Stack};
use infra_fake::{FailurePhase, FakeCloud};
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use crate::json_schema::problems;
use crate::support::RunApp as _;

/// Builds an app with a queue, and a topic that depends on it.
fn app_with(delay: u32) -> impl Fn(&App) {
    move |app| {
        let stack = Stack::new(app, "Web");
        let properties = json!({ "DelaySeconds": delay });
        let queue = CfnResource::new(stack, "Queue", "AWS::SQS::Queue", properties);
        let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
        topic.override_prop(
            "DisplayName",
            queue.attr_value::<String>("QueueName").into_data(),
        );
        Output::new(stack, "Url", queue.ref_value::<String>());
    }
}

/// Builds two stacks, the second of which reads from the first.
fn two_stacks(app: &App) {
    let data = Stack::new(app, "Data");
    let queue = CfnResource::new(data, "Queue", "AWS::SQS::Queue", json!({}));
    let web = Stack::new(app, "Web");
    let topic = CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
    topic.override_prop(
        "DisplayName",
        queue.attr_value::<String>("QueueName").into_data(),
    );
}

fn table(name: &'static str) -> impl Fn(&App) {
    move |app| {
        let stack = Stack::new(app, "Data");
        CfnResource::new(
            stack,
            "Table",
            "AWS::DynamoDB::Table",
            json!({
                "TableName": name,
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
                "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
            }),
        );
    }
}

fn invocation(aws: &FakeCloud, arguments: &[&str]) -> Invocation {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
}

fn run(aws: &FakeCloud, arguments: &[&str], delay: u32) -> Outcome {
    let outcome = invocation(aws, arguments).run_simple(app_with(delay));
    aws.elapsed_time();
    outcome
}

fn at_terminal(aws: &FakeCloud, arguments: &[&str], answers: &[&str]) -> Invocation {
    invocation(aws, arguments)
        .terminal()
        .variable("NO_COLOR", "1")
        .answers(answers.iter().copied())
}

/// Returns the account after a first deployment.
fn deployed() -> FakeCloud {
    let aws = FakeCloud::new();
    let outcome = run(&aws, &["deploy", "--yes", "--quiet"], 0);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    aws
}

/// Returns the change sets that can be executed; AWS keeps those that were executed.
fn names(aws: &FakeCloud) -> Vec<String> {
    let sets = aws.change_sets("Web").into_iter();
    sets.filter(|set| set.execution_status != ExecutionStatus::Complete)
        .map(|set| set.name)
        .collect()
}

#[test]
fn creates_stack_after_approval_at_terminal() {
    let aws = FakeCloud::new();
    let outcome = at_terminal(&aws, &["deploy", "--progress", "lines"], &["y"]);
    assert_snapshot!(outcome.run_simple(app_with(0)));
    assert_eq!(aws.stack_status("Web").as_deref(), Some("CREATE_COMPLETE"));
}

#[test]
fn deletes_change_set_unless_answer_is_yes() {
    for answer in ["", "n", "no", "maybe"] {
        let aws = deployed();
        let outcome = at_terminal(&aws, &["deploy", "--progress", "lines"], &[answer]);
        let outcome = outcome.run_simple(app_with(5));
        assert_eq!(outcome.exit_code, ExitCode::Blocked, "{answer}: {outcome}");
        assert_eq!(aws.stack_status("Web").as_deref(), Some("CREATE_COMPLETE"));
        assert_eq!(names(&aws), Vec::<String>::new());
        if answer == "n" {
            assert_snapshot!(outcome);
        }
    }
}

#[test]
fn refuses_deployment_without_terminal() {
    let aws = deployed();
    assert_snapshot!(run(&aws, &["deploy"], 5));
    assert_eq!(names(&aws), Vec::<String>::new());
}

#[test]
fn skips_approval_for_changes_without_broadening() {
    let aws = deployed();
    let outcome = run(&aws, &["deploy", "--require-approval", "broadening"], 5);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

#[test]
fn succeeds_when_nothing_changes() {
    let aws = deployed();
    assert_snapshot!(run(&aws, &["deploy"], 0));
}

#[test]
fn writes_outputs_to_file() {
    let folder = tempfile::tempdir().unwrap();
    let aws = FakeCloud::new();
    let arguments = ["deploy", "--yes", "--outputs-file", "outputs.json"];
    let outcome = invocation(&aws, &arguments)
        .directory(folder.path())
        .run_simple(app_with(0));
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let written = std::fs::read_to_string(folder.path().join("outputs.json")).unwrap();
    assert_snapshot!(written);
}

#[test]
fn refuses_unwritable_outputs_file_before_any_call() {
    let aws = FakeCloud::new();
    let outcome = run(
        &aws,
        &["deploy", "--yes", "--outputs-file", "no/such/f.json"],
        0,
    );
    assert_snapshot!(outcome);
    assert_eq!(aws.called_operations(), Vec::<String>::new());
}

#[test]
fn executes_reviewed_plan_after_showing_it() {
    let aws = deployed();
    let outcome = run(&aws, &["plan"], 5);
    assert_snapshot!("plan", outcome);
    assert_eq!(names(&aws).len(), 1);
    let shown = run(&aws, &["plan", "show"], 5);
    assert_eq!(shown.stdout, outcome.stdout, "{shown}");
    let differing = run(&aws, &["plan", "--detailed-exitcode"], 5);
    assert_eq!(differing.exit_code, ExitCode::Differences);
    assert_snapshot!("deploy_reviewed", run(&aws, &["deploy", "--reviewed"], 5));
    assert_eq!(aws.stack_status("Web").as_deref(), Some("UPDATE_COMPLETE"));
}

#[test]
fn refuses_changes_without_reviewed_plan() {
    let aws = deployed();
    run(&aws, &["plan", "--quiet"], 5);
    assert_snapshot!(run(&aws, &["deploy", "--reviewed"], 7));
    assert_eq!(aws.stack_status("Web").as_deref(), Some("CREATE_COMPLETE"));
}

#[test]
fn executes_plan_file_and_reports_missing_one() {
    let folder = tempfile::tempdir().unwrap();
    let aws = deployed();
    let run = |arguments: &[&str]| {
        let outcome = invocation(&aws, arguments).directory(folder.path());
        let outcome = outcome.run_simple(app_with(5));
        aws.elapsed_time();
        outcome
    };
    let planned = run(&["plan", "--out", "plan.json"]);
    assert_eq!(planned.exit_code, ExitCode::Ok, "{planned}");
    let outcome = run(&["deploy", "--plan", "plan.json"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(aws.stack_status("Web").as_deref(), Some("UPDATE_COMPLETE"));
    let missing = run(&["deploy", "--plan", "other.json"]);
    assert_snapshot!(missing);
}

#[test]
fn discards_own_plans_and_keeps_foreign_ones() {
    let aws = deployed();
    run(&aws, &["plan", "--quiet"], 5);
    aws.create_foreign_change_set(
        "Web",
        "somebody-elses",
        &json!({ "Resources": {
        "Other": { "Type": "AWS::SQS::Queue" },
    } }),
    );
    assert_snapshot!("plan_prune", run(&aws, &["plan", "prune"], 5));
    assert_snapshot!("plan_discard", run(&aws, &["plan", "discard"], 5));
    assert_eq!(names(&aws), ["somebody-elses"]);
}

#[test]
fn deletes_change_set_on_ctrl_c_while_planning() {
    let aws = deployed();
    aws.set_change_set_duration(Duration::from_mins(1));
    let outcome = invocation(&aws, &["deploy", "--yes"])
        .interrupt(Duration::from_secs(20), Interrupt::CtrlC)
        .run_simple(app_with(5));
    assert_snapshot!(outcome);
    assert_eq!(names(&aws), Vec::<String>::new());
    assert_eq!(aws.stack_status("Web").as_deref(), Some("CREATE_COMPLETE"));
}

#[test]
fn deletes_change_set_on_ctrl_c_at_question() {
    let aws = deployed();
    let outcome = invocation(&aws, &["deploy", "--progress", "lines"])
        .terminal()
        .silent()
        .variable("NO_COLOR", "1")
        .interrupt(Duration::from_secs(100), Interrupt::CtrlC)
        .run_simple(app_with(5));
    assert_snapshot!(outcome);
    assert_eq!(names(&aws), Vec::<String>::new());
}

#[test]
fn removes_new_stack_on_ctrl_c_at_question() {
    let aws = FakeCloud::new();
    let outcome = invocation(&aws, &["deploy"])
        .terminal()
        .silent()
        .interrupt(Duration::from_secs(100), Interrupt::CtrlC)
        .run_simple(app_with(0));
    assert_eq!(outcome.exit_code, ExitCode::Interrupted, "{outcome}");
    aws.elapsed_time();
    assert_ne!(
        aws.stack_status("Web").as_deref(),
        Some("REVIEW_IN_PROGRESS")
    );
}

#[test]
fn detaches_on_sigterm_during_execution() {
    let aws = deployed();
    aws.set_duration("Queue", Duration::from_mins(5));
    let outcome = invocation(&aws, &["deploy", "--yes"])
        .interrupt(Duration::from_secs(100), Interrupt::Terminate)
        .run_simple(app_with(5));
    assert_snapshot!(outcome);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_IN_PROGRESS")
    );
    let watched = run(&aws, &["watch", "--quiet"], 5);
    assert_eq!(watched.exit_code, ExitCode::Ok, "{watched}");
    assert_eq!(aws.stack_status("Web").as_deref(), Some("UPDATE_COMPLETE"));
}

#[test]
fn watches_detached_deployment() {
    let aws = deployed();
    aws.set_duration("Queue", Duration::from_secs(100));
    assert_snapshot!("detach", run(&aws, &["deploy", "--yes", "--detach"], 5));
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_IN_PROGRESS")
    );
    assert_snapshot!("detach_then_watch", run(&aws, &["watch"], 5));
}

#[test]
fn cancels_execution_after_ctrl_c_and_answer() {
    let aws = deployed();
    aws.set_duration("Queue", Duration::from_secs(100));
    let outcome = at_terminal(&aws, &["deploy", "--yes", "--progress", "lines"], &["c"])
        .interrupt(Duration::from_secs(50), Interrupt::CtrlC)
        .run_simple(app_with(5));
    assert_snapshot!(outcome);
    aws.elapsed_time();
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}

#[test]
fn detaches_on_second_ctrl_c() {
    let aws = deployed();
    aws.set_duration("Queue", Duration::from_secs(100));
    let outcome = invocation(&aws, &["deploy", "--yes", "--progress", "lines"])
        .terminal()
        .silent()
        .variable("NO_COLOR", "1")
        .interrupt(Duration::from_secs(50), Interrupt::CtrlC)
        .interrupt(Duration::from_secs(1), Interrupt::CtrlC)
        .run_simple(app_with(5));
    assert_snapshot!(outcome);
}

#[test]
fn reports_cause_and_next_step_of_failed_update() {
    let aws = deployed();
    aws.fail_resource(
        "Queue",
        FailurePhase::Update,
        "Invalid value for DelaySeconds",
    );
    assert_snapshot!(run(&aws, &["deploy", "--yes"], 5));
}

#[test]
fn prints_workflow_commands_on_github() {
    let aws = deployed();
    aws.fail_resource("Queue", FailurePhase::Update, "::warning::Invalid value");
    let outcome = invocation(&aws, &["deploy", "--yes"])
        .variable("GITHUB_ACTIONS", "true")
        .variable("CI", "true")
        .run_simple(app_with(5));
    assert_snapshot!(outcome);
}

#[test]
fn accepts_one_approval_for_all_stacks() {
    let aws = FakeCloud::new();
    let outcome = at_terminal(&aws, &["deploy", "--progress", "lines"], &["all"]);
    assert_snapshot!(outcome.run_simple(two_stacks));
    assert_eq!(aws.stack_status("Web").as_deref(), Some("CREATE_COMPLETE"));
}

#[test]
fn blocks_data_loss_without_allow_option() {
    let aws = FakeCloud::new();
    let deploy = |name: &'static str, arguments: &[&str]| {
        let outcome = invocation(&aws, arguments).run_simple(table(name));
        aws.elapsed_time();
        outcome
    };
    deploy("notes", &["deploy", "--yes", "--quiet"]);
    assert_snapshot!("data_loss", deploy("users", &["deploy", "--yes"]));
    let accepted = deploy("users", &["deploy", "--yes", "--allow-data-loss", "Table"]);
    assert_eq!(accepted.exit_code, ExitCode::Ok, "{accepted}");
}

#[test]
fn refuses_allow_data_loss_option_in_workflow() {
    let aws = FakeCloud::new();
    let arguments = ["deploy", "--yes", "--allow-data-loss", "Table"];
    let outcome = invocation(&aws, &arguments)
        .variable("CI", "true")
        .run_simple(table("notes"));
    assert_snapshot!(outcome);
    assert_eq!(aws.called_operations(), Vec::<String>::new());
}

fn database(class: &'static str) -> impl Fn(&App) {
    move |app| {
        let stack = Stack::new(app, "Data");
        let properties = json!({ "Engine": "postgres", "DBInstanceClass": class, "AllocatedStorage": "20", "PubliclyAccessible": false });
        CfnResource::new(stack, "Database", "AWS::RDS::DBInstance", properties);
    }
}

/// The limit of the environment in `infra.toml` blocks the plan of a deployment, and the comparison shows it.
#[test]
fn keeps_availability_of_environment() {
    let folder = tempfile::tempdir().unwrap();
    let aws = FakeCloud::new();
    let run = |class: &'static str, environment: &str, arguments: &[&str]| {
        let project = format!(
            "app = 'x'\nenv = '{environment}'\n[environments.dev]\n[environments.prod]\navailability = 'none'\n"
        );
        std::fs::write(folder.path().join("infra.toml"), project).unwrap();
        let arguments = [arguments, &["--app", "x"]].concat();
        let outcome = invocation(&aws, &arguments)
            .directory(folder.path())
            .run_simple(database(class));
        aws.elapsed_time();
        outcome
    };
    let first = run("db.t4g.small", "prod", &["deploy", "--yes", "--quiet"]);
    assert_eq!(first.exit_code, ExitCode::Ok, "{first}");
    let large = "db.t4g.large";
    for command in ["diff", "plan"] {
        let dev = run(large, "dev", &[command]);
        assert!(!dev.stdout.contains("availability"), "{dev}");
        let prod = run(large, "prod", &[command]);
        assert!(
            prod.stdout.contains("--allow-interruption Database"),
            "{prod}"
        );
    }
    let refused = run(large, "prod", &["deploy", "--yes"]);
    assert_eq!(refused.exit_code, ExitCode::Blocked, "{refused}");
    assert!(refused.stderr.contains("INF7603"), "{refused}");
    let allowed = ["deploy", "--yes", "--allow-interruption", "Database"];
    let accepted = run(large, "prod", &allowed);
    assert_eq!(accepted.exit_code, ExitCode::Ok, "{accepted}");
}

#[test]
fn refuses_allow_interruption_option_in_workflow() {
    let aws = FakeCloud::new();
    let arguments = ["deploy", "--yes", "--allow-interruption", "Table"];
    let outcome = invocation(&aws, &arguments)
        .variable("CI", "true")
        .run_simple(table("notes"));
    assert_eq!(outcome.exit_code, ExitCode::Blocked, "{outcome}");
    assert!(
        outcome
            .stderr
            .contains("error[INF7603]: `--allow-interruption Table` is not accepted in a workflow"),
        "{outcome}"
    );
    assert_eq!(aws.called_operations(), Vec::<String>::new());
}

fn queue(principal: &'static str) -> impl Fn(&App) {
    move |app| {
        let stack = Stack::new(app, "Jobs");
        let queue = CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
        let statement = json!({ "Effect": "Allow", "Principal": { "AWS": principal }, "Action": "sqs:SendMessage", "Resource": "*" });
        let properties = json!({ "Queues": [], "PolicyDocument": { "Version": "2012-10-17", "Statement": [statement] } });
        let policy = CfnResource::new(stack, "Policy", "AWS::SQS::QueuePolicy", properties);
        let address = queue.attr_value::<String>("QueueUrl").into_data();
        policy.override_prop("Queues.0", address);
    }
}

/// A path from the internet blocks the plan of a deployment, and the comparison shows it with its steps.
#[test]
fn opens_path_only_if_it_is_allowed() {
    let aws = FakeCloud::new();
    let run = |principal: &'static str, arguments: &[&str]| {
        let outcome = invocation(&aws, arguments).run_simple(queue(principal));
        aws.elapsed_time();
        outcome
    };
    let first = run("123456789012", &["deploy", "--yes", "--quiet"]);
    assert_eq!(first.exit_code, ExitCode::Ok, "{first}");
    for command in ["diff", "plan"] {
        let shown = run("*", &[command]);
        for text in ["reachable from the internet", "--allow-exposure Queue"] {
            assert!(shown.stdout.contains(text), "{text}: {shown}");
        }
    }
    let refused = run("*", &["deploy", "--yes"]);
    assert_eq!(refused.exit_code, ExitCode::Blocked, "{refused}");
    assert!(refused.stderr.contains("INF7610"), "{refused}");
    let accepted = run("*", &["deploy", "--yes", "--allow-exposure", "Queue"]);
    assert_eq!(accepted.exit_code, ExitCode::Ok, "{accepted}");
}

#[test]
fn refuses_allow_exposure_option_in_workflow() {
    let aws = FakeCloud::new();
    let arguments = ["deploy", "--yes", "--allow-exposure", "Queue"];
    let outcome = invocation(&aws, &arguments)
        .variable("CI", "true")
        .run_simple(queue("*"));
    assert_eq!(outcome.exit_code, ExitCode::Blocked, "{outcome}");
    assert!(
        outcome
            .stderr
            .contains("error[INF7610]: `--allow-exposure Queue` is not accepted in a workflow"),
        "{outcome}"
    );
    assert_eq!(aws.called_operations(), Vec::<String>::new());
}

#[test]
fn accepts_committed_approval_with_matching_digest_in_workflow() {
    let folder = tempfile::tempdir().unwrap();
    let aws = FakeCloud::new();
    let deploy = |name: &'static str, arguments: &[&str]| {
        let outcome = invocation(&aws, arguments)
            .directory(folder.path())
            .variable("CI", "true")
            .run_simple(table(name));
        aws.elapsed_time();
        outcome
    };
    deploy("notes", &["deploy", "--yes", "--quiet"]);
    let refused = deploy("users", &["deploy", "--yes"]);
    let (_, rest) = refused.stderr.split_once("changes: '").unwrap();
    let (digest, _) = rest.split_once('\'').unwrap();
    let approve = |digest: &str| {
        let text = format!(
            "version: 1\ndataLoss:\n  - {{ stack: Data, resource: Table, changes: '{digest}', reason: it is empty }}\n"
        );
        std::fs::create_dir_all(folder.path().join("infra")).unwrap();
        std::fs::write(folder.path().join("infra/approvals.yaml"), text).unwrap();
    };
    approve("0123456789ab");
    let other = deploy("users", &["deploy", "--yes"]);
    assert_eq!(other.exit_code, ExitCode::Blocked, "{other}");
    assert!(other.stderr.contains("INF7316"), "{other}");
    approve(digest);
    let accepted = deploy("users", &["deploy", "--yes"]);
    assert_eq!(accepted.exit_code, ExitCode::Ok, "{accepted}");
}

#[test]
fn prints_deployment_events_that_match_schema() {
    let aws = FakeCloud::new();
    let outcome = run(&aws, &["deploy", "--yes", "--json"], 0);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(outcome.stderr, "");
    let schema = infra_cli::events_schema();
    let records: Vec<JsonValue> = outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for record in &records {
        assert_eq!(problems(&schema, record), Vec::<String>::new(), "{record}");
    }
    let mut types: Vec<&str> = records
        .iter()
        .map(|r| r["type"].as_str().unwrap())
        .collect();
    types.dedup();
    assert_snapshot!(types.join(" "));
    let last = records.last().unwrap();
    assert_eq!(last["stacks"][0]["outcome"], "deployed", "{last}");
}

#[test]
fn prints_nothing_on_quiet_success() {
    let aws = FakeCloud::new();
    let outcome = run(&aws, &["deploy", "--yes", "--quiet"], 0);
    assert_eq!(outcome.to_string(), "exit code: 0\n");
}

#[test]
fn rejects_wrong_durations_and_parameters() {
    let aws = FakeCloud::new();
    assert_snapshot!(
        "bad_duration",
        run(&aws, &["deploy", "--timeout", "soon"], 0)
    );
    assert_snapshot!(
        "bad_parameter",
        run(&aws, &["plan", "--parameters", "Url=x"], 0)
    );
}

#[test]
fn rejects_express_with_reviewed_or_plan() {
    for other in [&["--reviewed"][..], &["--plan", "plan.json"]] {
        let mut arguments = vec!["deploy", "--express"];
        arguments.extend(other);
        let outcome = Invocation::new(arguments).run();
        assert_eq!(outcome.exit_code, ExitCode::Usage, "{outcome}");
        let told = format!("'--express' cannot be used with '{}", other[0]);
        assert!(outcome.stderr.contains(&told), "{outcome}");
    }
}

/// Compares whole outputs at a terminal of 60 columns; only unbreakable text may be wider.
#[test]
fn fits_plans_and_deployments_to_narrow_terminal() {
    let narrow = |aws: &FakeCloud, arguments: &[&str], build: &dyn Fn(&App)| {
        let outcome = invocation(aws, arguments).columns(60).run_simple(build);
        aws.elapsed_time();
        let text = [outcome.stdout.as_str(), outcome.stderr.as_str()].concat();
        for line in text.lines() {
            let words = line.split_whitespace().count();
            assert!(
                line.chars().count() <= 60 || words <= 2,
                "{line}\n{outcome}"
            );
        }
        outcome
    };
    let aws = deployed();
    assert_snapshot!("narrow_plan", narrow(&aws, &["plan"], &app_with(30)));
    narrow(&aws, &["deploy", "--yes"], &app_with(30));
    let aws = FakeCloud::new();
    narrow(&aws, &["deploy", "--yes"], &table("a"));
    narrow(&aws, &["plan"], &table("b"));
}
