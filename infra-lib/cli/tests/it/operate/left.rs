//! Tests of stacks that left the app: named by `diff`, `plan` and `deploy`, deleted by `destroy`, given up by `orphan`.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Environment, Output, Stack, StackProps};
use infra_fake::{FakeCloud, StackOptions};
use infra_template::assembly::CloudAssembly;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use super::{assert_nothing_written, at};
use crate::json_schema::{conforming, problems};
use crate::support::RunApp as _;

/// Builds the earlier app: a stack with data, one with a queue, one with an alarm topic.
fn before(app: &App) {
    now(app);
    let edge = stack(app, "Edge", "notes-dev-edge");
    let topic = CfnResource::new(edge, "Alerts", "AWS::SNS::Topic", json!({}));
    let files = json!({ "BucketName": "edge-files" });
    CfnResource::new(edge, "Files", "AWS::S3::Bucket", files);
    CfnResource::new(edge, "Key", "AWS::KMS::Key", json!({}));
    Output::new(edge, "Topic", topic.ref_value::<String>()).export("edge:topic");
}

/// Builds the app without the stack `Edge`.
fn now(app: &App) {
    app.mark_stacks("notes", "dev");
    for (id, name) in [("Data", "notes-dev-data"), ("Web", "notes-dev-web")] {
        let stack = stack(app, id, name);
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
    }
}

fn stack<'a>(app: &'a App, id: &str, name: &str) -> Stack<'a> {
    let environment = Environment::region("eu-west-1");
    StackProps::new()
        .stack_name(name)
        .environment(environment)
        .build(app, id)
}

/// Returns an AWS in which the earlier app is deployed, and a stack of another environment.
fn aws() -> FakeCloud {
    let aws = FakeCloud::new();
    let app = App::new();
    before(&app);
    for stack in CloudAssembly::from_synthesis(&app.synth()).unwrap().stacks {
        let document = JsonValue::Object(stack.template.document().clone());
        let existing = StackOptions::builder().tags(stack.tags).build();
        aws.deploy_stack_with(&stack.name, &document, existing);
    }
    deploy_as(&aws, "notes-prod-edge", Some("notes/prod"));
    aws
}

fn deploy_as(aws: &FakeCloud, name: &str, mark: Option<&str>) {
    let tags = mark.map(|mark| ("infra:app".to_owned(), mark.to_owned()));
    let existing = StackOptions::builder()
        .tags(tags.into_iter().collect())
        .build();
    let queue = json!({ "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } } });
    aws.deploy_stack_with(name, &queue, existing);
}

fn run(aws: &FakeCloud, arguments: &[&str]) -> Outcome {
    at(aws, arguments).run_simple(now)
}

/// Asserts that no line exceeds a narrow terminal, except commands, which are not wrapped.
fn assert_narrow(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 60, "{line}");
    }
}

#[test]
fn shows_removed_stack_and_next_commands_in_diff() {
    let aws = aws();
    let outcome = run(&aws, &["diff"]);
    assert_snapshot!(outcome);
    let section = outcome.stdout.split("compared with").next().unwrap();
    assert_narrow(section);
    assert_nothing_written(&aws);
    assert_eq!(
        aws.called_operations(),
        ["DescribeStacks", "GetTemplate", "GetTemplate"]
    );
    assert_snapshot!("diff_markdown", run(&aws, &["diff", "--markdown"]));
}

#[test]
fn counts_removed_stack_as_difference_in_full_diff_only() {
    let aws = aws();
    for (arguments, code) in [
        (&["diff"][..], ExitCode::Ok),
        (&["diff", "--detailed-exitcode"], ExitCode::Differences),
        (&["diff", "--fail-on", "any-change"], ExitCode::Differences),
        (&["diff", "--fail-on", "broadening"], ExitCode::Ok),
        (&["diff", "--fail-on", "destructive"], ExitCode::Ok),
        (
            &["diff", "--detailed-exitcode", "--stack", "Web"],
            ExitCode::Ok,
        ),
        (&["plan", "--detailed-exitcode"], ExitCode::Ok),
    ] {
        let outcome = run(&aws, arguments);
        assert_eq!(outcome.exit_code, code, "{arguments:?}: {outcome}");
    }
}

#[test]
fn omits_removed_stacks_when_stack_is_selected() {
    let aws = aws();
    for command in [&["diff"][..], &["plan"], &["deploy", "--yes"]] {
        let arguments: Vec<&str> = command.iter().chain(&["--stack", "Web"]).copied().collect();
        let outcome = run(&aws, &arguments).to_string();
        assert!(!outcome.contains("edge"), "{outcome}");
    }
}

#[test]
fn reports_removed_stack_in_plan_and_deploy_without_writes() {
    let aws = aws();
    assert_snapshot!("plan_text", run(&aws, &["plan"]));
    assert_snapshot!("deploy_text", run(&aws, &["deploy", "--yes"]));
    assert_nothing_written(&aws);
}

#[test]
fn prints_removed_stacks_as_json() {
    let aws = aws();
    let review = conforming("review", &run(&aws, &["diff", "--json"]).stdout);
    assert_eq!(review["verdict"], "noChanges");
    let left = json!({
        "apps": ["notes/dev"],
        "stacks": [{
            "account": "123456789012", "region": "eu-west-1", "stack": "notes-dev-edge", "app": "notes/dev",
        }],
        "lookedAt": [{ "region": "eu-west-1", "complete": true }],
    });
    assert_eq!(review["left"], left);
    for command in [&["plan", "--json"][..], &["deploy", "--yes", "--json"]] {
        let outcome = run(&aws, command);
        let records: Vec<JsonValue> = outcome
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let schema = infra_cli::events_schema();
        for record in &records {
            assert_eq!(problems(&schema, record), Vec::<String>::new(), "{record}");
        }
        let found = records
            .iter()
            .find(|record| record["type"] == "left_stacks");
        let found = found.unwrap_or_else(|| panic!("{outcome}"));
        assert_eq!(found["stacks"], left["stacks"]);
        assert_eq!(found["lookedAt"][0]["complete"], true);
    }
    // The app has no tag, so its former stacks are not searched for.
    let unmarked = |app: &App| {
        let stack = Stack::new(app, "notes-dev-web");
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
    };
    let outcome = at(&aws, &["diff", "--json"]).run_simple(unmarked);
    assert_eq!(
        conforming("review", &outcome.stdout)["left"],
        JsonValue::Null
    );
}

#[test]
fn finds_removed_stacks_of_tagged_cdk_app() {
    let aws = aws();
    let folder = tempfile::tempdir().unwrap();
    let write = |tags: &JsonValue| {
        let manifest = json!({ "version": "36.0.0", "artifacts": { "Web": {
            "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
            "properties": { "templateFile": "Web.template.json", "stackName": "notes-dev-web", "tags": tags } } } });
        let template = json!({ "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } } });
        std::fs::write(folder.path().join("manifest.json"), manifest.to_string()).unwrap();
        std::fs::write(
            folder.path().join("Web.template.json"),
            template.to_string(),
        )
        .unwrap();
        let path = folder.path().display().to_string();
        let arguments = ["diff", "--assembly", &path];
        let invocation = Invocation::new(arguments).cloud(aws.cloud(), FakeCloud::paused_runtime());
        invocation.run().stdout
    };
    assert!(!write(&json!({})).contains("no longer in the app"));
    let marked = write(&json!({ "infra:app": "notes/dev" }));
    assert!(marked.contains("2 stacks no longer in the app"), "{marked}");
    assert!(
        marked.contains("destroy --stack eu-west-1/notes-dev-edge"),
        "{marked}"
    );
}

const EDGE_MAY_GO: [&str; 2] = ["--allow-data-loss", "Key"];

#[test]
fn applies_all_stops_to_destroy_of_removed_stack() {
    let aws = aws();
    aws.set_protection("notes-dev-edge", true);
    aws.put_object("edge-files", "a.png", b"png");
    let name = ["destroy", "--stack", "notes-dev-edge"];
    assert_snapshot!("destroy_stops", run(&aws, &name));
    assert_nothing_written(&aws);
}

#[test]
fn requires_stack_name_to_destroy_removed_stack() {
    let aws = aws();
    let arguments: Vec<&str> = ["destroy", "--stack", "notes-dev-edge"]
        .iter()
        .chain(&EDGE_MAY_GO)
        .copied()
        .collect();
    let looked = run(&aws, &arguments);
    assert_eq!(looked.exit_code, ExitCode::Blocked, "{looked}");
    assert!(looked.stderr.contains("error[INF7409]"), "{looked}");
    assert_nothing_written(&aws);
    let answered = at(&aws, &arguments)
        .answers(["notes-dev-edge"])
        .run_simple(now);
    assert_eq!(answered.exit_code, ExitCode::Ok, "{answered}");
    assert_eq!(aws.stack_status("notes-dev-edge"), None);
    assert!(aws.stack_status("notes-dev-web").is_some());
    assert!(aws.stack_status("notes-prod-edge").is_some());
    let outcome = run(&aws, &["diff", "--detailed-exitcode"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

#[test]
fn deletes_removed_importers_before_exporters() {
    let aws = aws();
    let tags = [("infra:app".to_owned(), "notes/dev".to_owned())];
    let reader = json!({ "Resources": { "Queue": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": { "Fn::ImportValue": "edge:topic" } } } } });
    let existing = StackOptions::builder().tags(tags.into()).build();
    aws.deploy_stack_with("a-reader", &reader, existing);
    let alone = run(&aws, &["destroy", "--stack", "notes-dev-edge", "--yes"]);
    assert!(alone.stderr.contains("INF7403"), "{alone}");
    // The order of the names is irrelevant.
    let together = [
        "destroy",
        "--stack",
        "a-reader",
        "--stack",
        "notes-dev-edge",
        "--yes",
    ];
    let arguments: Vec<&str> = together.iter().chain(&EDGE_MAY_GO).copied().collect();
    let outcome = run(&aws, &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(aws.stack_status("a-reader"), None);
    assert_eq!(aws.stack_status("notes-dev-edge"), None);
}

#[test]
fn refuses_to_destroy_or_orphan_foreign_stacks() {
    let aws = aws();
    deploy_as(&aws, "of-nobody", None);
    for command in ["destroy", "orphan"] {
        for name in ["notes-prod-edge", "of-nobody", "notes-dev-edgy"] {
            let outcome = run(&aws, &[command, "--stack", name, "--yes"]);
            assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
            assert_snapshot!(format!("{command}_{name}"), outcome);
        }
    }
    assert_nothing_written(&aws);
}

#[test]
fn removes_tag_of_orphaned_stack_and_keeps_resources() {
    let aws = aws();
    let resources = aws.live_resources("notes-dev-edge");
    let arguments = ["orphan", "--stack", "notes-dev-edge"];
    assert_snapshot!("orphan_unattended", run(&aws, &arguments));
    assert_nothing_written(&aws);
    let declined = at(&aws, &arguments).answers(["n"]).run_simple(now);
    assert_eq!(declined.exit_code, ExitCode::Blocked, "{declined}");
    assert_nothing_written(&aws);

    let outcome = run(&aws, &["orphan", "--stack", "notes-dev-edge", "--yes"]);
    assert_snapshot!("orphan", outcome);
    assert_eq!(
        aws.write_operations(),
        ["CreateChangeSet", "ExecuteChangeSet"]
    );
    let stack = aws.describe_stack("notes-dev-edge").unwrap();
    assert_eq!(stack.status.as_str(), "UPDATE_COMPLETE");
    assert!(stack.tags.is_empty());
    assert_eq!(aws.live_resources("notes-dev-edge"), resources);
    let events = aws.stack_events("notes-dev-edge");
    let deleted = events
        .iter()
        .any(|event| event.status.as_str().starts_with("DELETE"));
    assert!(!deleted);

    // The stack is no longer listed, and `destroy` refuses to delete it.
    let diff = run(&aws, &["diff", "--detailed-exitcode"]);
    assert_eq!(diff.exit_code, ExitCode::Ok, "{diff}");
    let refused = run(&aws, &["destroy", "--stack", "notes-dev-edge", "--yes"]);
    assert!(refused.stderr.contains("INF7413"), "{refused}");
}

/// A stack of the app has the former name of another as its construct path: the page identifies the former stack by its region.
#[test]
fn distinguishes_removed_stack_from_app_path() {
    let may_go = &["--allow-data-loss", "Queue"][..];
    for (command, more, left) in [
        ("destroy", may_go, None),
        ("orphan", &[], Some("UPDATE_COMPLETE")),
    ] {
        let aws = aws();
        deploy_as(&aws, "Web", Some("notes/dev"));
        let diff = run(&aws, &["diff"]).stdout;
        let next = format!("{command} --stack eu-west-1/Web");
        assert!(diff.contains(&next), "{diff}");
        let more = more.iter().copied();
        let arguments: Vec<&str> = next.split(' ').chain(["--yes"]).chain(more).collect();
        let outcome = run(&aws, &arguments);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        assert_eq!(aws.stack_status("Web").as_deref(), left);
        assert!(aws.stack_status("notes-dev-web").is_some());
    }
}

#[test]
fn resolves_full_name_to_removed_stack_in_other_region() {
    let aws = aws();
    let tags = [("infra:app".to_owned(), "notes/dev".to_owned())];
    let existing = StackOptions::builder()
        .region("us-east-1")
        .tags(tags.into())
        .build();
    let queue = json!({ "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } } });
    aws.deploy_stack_with("notes-dev-web", &queue, existing);
    let writes = aws.write_operations().len();
    for (name, code) in [
        ("eu-west-1/notes-dev-web", "INF7414"),
        ("eu-west-3/notes-dev-web", "INF6102"),
    ] {
        for command in ["destroy", "orphan"] {
            let outcome = run(&aws, &[command, "--stack", name, "--yes"]);
            assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
            assert!(outcome.stderr.contains(code), "{outcome}");
        }
    }
    assert_eq!(aws.write_operations().len(), writes);
    let arguments = ["destroy", "--stack", "us-east-1/notes-dev-web", "--yes"];
    let may_go = ["--allow-data-loss", "Queue"];
    let outcome = run(&aws, &[&arguments[..], &may_go].concat());
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        aws.stack_status("notes-dev-web").is_some(),
        "that of the app"
    );
    assert_eq!(
        aws.write_operations()[writes..],
        ["DeleteStack"],
        "one stack was deleted"
    );
}

#[test]
fn prints_json_events_of_orphan() {
    let aws = aws();
    let outcome = run(
        &aws,
        &["orphan", "--stack", "notes-dev-edge", "--yes", "--json"],
    );
    let last = outcome.stdout.lines().last().unwrap();
    let last: JsonValue = serde_json::from_str(last).unwrap();
    assert_eq!(
        problems(&infra_cli::events_schema(), &last),
        Vec::<String>::new()
    );
    assert_eq!(last["command"], "orphan");
    assert_eq!(last["stacks"][0]["outcome"], "givenUp");
}

#[test]
fn refuses_to_orphan_stack_of_app() {
    let aws = aws();
    assert_snapshot!(run(&aws, &["orphan", "--stack", "Web", "--yes"]));
    assert_nothing_written(&aws);
}

#[test]
fn refuses_orphan_that_changes_more_than_tags() {
    let aws = aws();
    aws.create_bucket("templates");
    let child = json!({ "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } } });
    aws.put_object("templates", "child.json", child.to_string().as_bytes());
    let root = json!({ "Resources": { "Child": {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": { "TemplateURL": "https://templates.s3.eu-west-1.amazonaws.com/child.json" },
    } } });
    let tags = [("infra:app".to_owned(), "notes/dev".to_owned())];
    let existing = StackOptions::builder().tags(tags.into()).build();
    aws.deploy_stack_with("parent", &root, existing);
    let arguments = ["orphan", "--stack", "parent", "--yes"];

    // Changes of its nested stacks cannot be predicted.
    aws.ignore_nested_change_sets();
    let outcome = run(&aws, &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Blocked, "{outcome}");
    let said = "error[INF7415]: the change set of stack `parent` would change more than tags";
    assert!(outcome.stderr.contains(said), "{outcome}");
    let child = "Child (AWS::CloudFormation::Stack)";
    assert!(outcome.stderr.contains(child), "{outcome}");
    assert_eq!(
        aws.write_operations(),
        ["CreateChangeSet", "DeleteChangeSet"]
    );
    assert_eq!(
        aws.describe_stack("parent").unwrap().tags["infra:app"],
        "notes/dev"
    );
}
