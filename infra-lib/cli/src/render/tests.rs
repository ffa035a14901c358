//! Tests of the whole page in both forms, for a review that contains every kind of change.

use infra_console::Output;
use infra_template::ResourceName;
use infra_template::assembly::CloudAssembly;
use infra_template::diff::{DeployedStackState, review_stacks};
use infra_template::review::{
    Action, Basis, Blocker, Direction, Note, NoteSource, OpenedPath, PathStep, PolicyAction,
    PropertyChange, PropertyDrift, Recreation, Replacement, ResourceChange, Review, SectionChange,
    SecurityChange, SecurityKind, StackChange, StackReview,
};
use infra_template::simulate::add_interruptions;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use super::markdown::{render_markdown, render_within};
use super::page::Page;
use super::terminal::wrap_names;
use super::{Detail, Target, render_text};

fn name(id: &str, type_name: &str) -> ResourceName {
    ResourceName::builder()
        .stack("prod-data")
        .logical_id(id)
        .type_name(type_name)
        .construct_path(format!("Data/{id}/Resource"))
        .source("src/data.rs:7:3")
        .build()
}

fn resource(id: &str, type_name: &str, properties: Vec<PropertyChange>) -> ResourceChange {
    ResourceChange::builder()
        .resource(name(id, type_name))
        .action(Action::Modify)
        .replacement(Replacement::No)
        .properties(properties)
        .build()
}

fn replaced(id: &str, caused_by: Option<&str>) -> ResourceChange {
    let mut property = property("Name", "a", "b");
    property.recreation = Recreation::Always;
    property.caused_by = caused_by.map(str::to_owned);
    let because = vec!["Name".to_owned()];
    let mut change = resource(id, "AWS::SNS::Topic", vec![property]);
    change.replacement = Replacement::Yes { because };
    change
}

fn property(path: &str, before: &str, after: &str) -> PropertyChange {
    PropertyChange::builder()
        .path(format!("Properties.{path}"))
        .before(before.into())
        .after(after.into())
        .build()
}

fn note(code: Option<&str>, fatal: bool, message: &str) -> Note {
    Note::builder()
        .source(NoteSource::Hook)
        .maybe_code(code.map(str::to_owned))
        .fatal(fatal)
        .message(message)
        .resource(name("Queue", "AWS::SQS::Queue"))
        .property("Properties.Tags")
        .build()
}

fn everything() -> Review {
    let drift = |path: &str| {
        let mut change = property(path, "90", "60");
        change.drift = Some(PropertyDrift::new(Some("90".to_owned()), None));
        change
    };
    let document = |id: u32| {
        json!(format!(
            "{{\"Version\": \"2012-10-17\", \"Statement\": [{id}]}}"
        ))
    };
    let mut policy = property("Policy", "", "");
    policy.before = Some(document(1));
    policy.after = Some(document(2));
    let queue = vec![
        drift("Timeout"),
        drift("Password"),
        policy,
        property("Label", "*a*", "`b` \u{1b}[2J@team"),
    ];
    let mut table = resource("Table", "AWS::DynamoDB::Table", Vec::new());
    table.action = Action::Remove;
    table.policy_action = Some(PolicyAction::Retain);
    let opened = |id: &str, direction, public, summary: &str| {
        SecurityChange::builder()
            .resource(name(id, "AWS::S3::Bucket"))
            .direction(direction)
            .kind(SecurityKind::PublicAccess)
            .summary(summary)
            .public(public)
            .build()
    };
    let stop = |id: &str, data_loss| {
        Blocker::builder()
            .resource(name(id, "AWS::DynamoDB::Table"))
            .message("is removed")
            .because(vec!["it is no longer in the app".to_owned()])
            .data_loss(data_loss)
            .build()
    };
    let section = |section: &str, name: &str, after: JsonValue| {
        SectionChange::builder()
            .section(section)
            .name(name)
            .after(after)
            .build()
    };
    let stack = StackReview::builder()
        .path("Data")
        .stack("prod-data")
        .region("eu-west-1")
        .change(StackChange::Update)
        .basis(Basis::Templates {
            against: "git main".to_owned(),
        })
        .provisional(true)
        .resources(vec![
            resource("Queue", "AWS::SQS::Queue", queue),
            table,
            replaced("Topic", None),
            replaced("Follower", Some("Topic.Arn")),
            replaced("Other", Some("Topic.Arn")),
        ])
        .sections(vec![
            section("Outputs", "Url", json!({ "Value": "https://x" })),
            section("Outputs", "ApiToken", json!({ "Value": "hunter2" })),
        ])
        .security(vec![
            opened(
                "Assets",
                Direction::Broadening,
                true,
                "anyone may read *all* of <Assets>",
            ),
            opened("Logs", Direction::Narrowing, false, "Logs is private"),
        ])
        .stops(vec![stop("Archive", true), stop("Table", false)])
        .notes(vec![
            note(Some("INF7514"), false, "step `m1` contracts"),
            note(None, false, "it waits"),
            note(None, true, "limit of *tags* \u{1b}[31m@team"),
        ])
        .unchecked(vec!["drift: `plan` asks".to_owned()])
        .build();
    Review::new(vec![stack])
}

#[test]
fn renders_full_review_for_terminal() {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let output = Output::new(&mut stdout, &mut stderr, false, false);
    assert_snapshot!(render_text(&everything(), Detail::Brief, &output));
}

#[test]
fn renders_full_review_as_markdown() {
    let target = Target {
        app: "notes",
        environment: "prod",
    };
    assert_snapshot!(render_markdown(&everything(), target));
}

/// A failing deployment and data loss precede everything that is left out.
#[test]
fn keeps_failures_and_data_loss_in_shortened_comment() {
    let target = Target {
        app: "notes",
        environment: "prod",
    };
    let page = Page::new(&everything(), Detail::Brief);
    let whole = render_within(&page, target, 60_000);
    for (budget, left_out) in [
        (60_000, None),
        (2_400, Some("property changes")),
        (2_000, Some("individual resources")),
        (1_700, Some("individual stacks")),
        (1_000, Some("the length of a comment is limited")),
    ] {
        let text = render_within(&page, target, budget);
        assert!(text.chars().count() <= budget, "{budget}: {text}");
        assert!(text.contains("**Would fail**"), "{budget}: {text}");
        assert!(
            text.contains("--allow-data-loss Archive"),
            "{budget}: {text}"
        );
        match left_out {
            Some(left_out) => assert!(text.contains(left_out), "{budget}: {text}"),
            None => assert_eq!(text, whole),
        }
    }
}

#[test]
fn wraps_name_lists_between_names() {
    let names: Vec<String> = (10..30).map(|at| format!("Data/Construct{at}")).collect();
    let lines = wrap_names(&names, "  ", 119);
    assert!(lines.len() > 1 && lines.iter().all(|line| line.len() <= 120));
    let read: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.split(',').map(str::trim))
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(read, names);
}

/// Returns the review of an interruption that is not allowed.
fn interrupting() -> Review {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let template = |class: &str| {
        json!({ "Resources": { "Database": {
            "Type": "AWS::RDS::DBInstance",
            "Properties": { "Engine": "postgres", "DBInstanceClass": class, "MultiAZ": true },
        } } })
        .to_string()
    };
    let manifest = json!({ "version": "36.0.0", "artifacts": { "Data": {
        "type": "aws:cloudformation:stack",
        "properties": { "templateFile": "Data.template.json" },
        "metadata": {
            "/Data": [{ "type": "infra:availability", "data": "none" }],
            "/Data/Database": [{ "type": "aws:cdk:logicalId", "data": "Database", "trace": ["src/main.rs:7:9"] }],
        },
    } } })
    .to_string();
    let read = |class: &str| {
        let files = [
            file("manifest.json", &manifest),
            file("Data.template.json", &template(class)),
        ];
        CloudAssembly::from_files(&files.into()).unwrap()
    };
    let (old, new) = (read("db.t4g.small"), read("db.t4g.large"));
    let before = [(
        "Data".to_owned(),
        DeployedStackState::of_stack(&old.stacks[0]),
    )];
    let before = before.into();
    let after = [&new.stacks[0]];
    let mut review = review_stacks(&before, &after, &[], "git main");
    add_interruptions(&mut review.stacks, &before, &after, None);
    review
}

#[test]
fn renders_interruptions_that_are_not_allowed() {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let output = Output::new(&mut stdout, &mut stderr, false, false);
    let target = Target {
        app: "notes",
        environment: "prod",
    };
    let review = interrupting();
    assert_snapshot!(format!(
        "{}\n----\n{}",
        render_text(&review, Detail::Brief, &output),
        render_markdown(&review, target)
    ));
}

#[test]
fn renders_paths_that_need_an_approval_once() {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let output = Output::new(&mut stdout, &mut stderr, false, false);
    let target = Target {
        app: "notes",
        environment: "prod",
    };
    let review = interrupting();
    let path = |what: &str, port: &str| {
        OpenedPath::builder()
            .resource(review.stacks[0].resources[0].resource.clone())
            .from("the internet")
            .what(what)
            .certain(true)
            .steps(vec![
                PathStep::builder()
                    .text(format!("rule of Data/Group allows 0.0.0.0/0 to {port}"))
                    .build(),
            ])
            .build()
    };
    let (blocking, listed) = (path("connect", "port 5432"), path("port 22", "port 22"));
    let mut stack = review.stacks[0].clone();
    stack.stops = vec![
        Blocker::builder()
            .resource(blocking.resource.clone())
            .message("would be reachable from the internet: connect")
            .because(vec!["SecurityGroupIngress[0] of Data/Group".to_owned()])
            .opened(vec![blocking.clone()])
            .build(),
    ];
    stack.opened = vec![blocking, listed];
    // Another stack has a part in the path.
    let mut other = stack.clone();
    "Web".clone_into(&mut other.path);
    other.opened.clear();
    let review = Review::new(vec![stack, other]);
    assert_snapshot!(format!(
        "{}\n----\n{}",
        render_text(&review, Detail::Brief, &output),
        render_markdown(&review, target)
    ));
}
