//! Nested stacks: everything that is stopped, told or refused of a root stack is so of what is nested in it.

use infra_aws::Cloud as _;
use infra_deploy::deploy::{Approvals, DeployOptions, Source};
use infra_deploy::diagnose::{DiagnoseOptions, diagnose};
use infra_deploy::operate::destroy;
use infra_deploy::operate::rollback::{self, Skip, Way, roll_back};
use infra_deploy::plan::{PlanOptions, Step};
use infra_deploy::{Class, Event};
use infra_fake::{During, FakeCloud, REGION};
use infra_template::Template;
use infra_template::assembly::CloudAssembly;
use infra_template::nested::NestedTemplate;
use infra_template::review::{
    Action, Direction, NestedBasis, Replacement, SecurityKind, StackReview, Verdict,
};
use serde_json::{Value as JsonValue, json};

use super::fixture::{app, deployed, outcomes, planned, reviewed, run, stack};

/// How the new template of the nested stack is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Known {
    /// CloudFormation makes a nested change set.
    ChangeSet,
    /// It makes none; the template is in S3.
    S3,
    /// It makes none, and S3 has nothing yet; the template is in the assembly.
    Assembly,
}

const EVERY_WAY: [Known; 3] = [Known::ChangeSet, Known::S3, Known::Assembly];

fn url(key: &str) -> String {
    format!("https://templates.s3.{REGION}.amazonaws.com/{key}.json")
}

/// A root stack that nests the template of that key.
fn parent(key: &str) -> JsonValue {
    json!({ "Resources": {
        "Child": { "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": url(key) } },
    } })
}

fn upload(aws: &FakeCloud, key: &str, template: &JsonValue) {
    aws.bucket("templates");
    aws.object(
        "templates",
        &format!("{key}.json"),
        template.to_string().as_bytes(),
    );
}

/// The app with a root stack `web` whose nested stack has this template.
fn nesting(key: &str, child: Option<&JsonValue>) -> CloudAssembly {
    let mut root = stack("web", &parent(key));
    if let Some(child) = child {
        let template = Template::from_json(child.clone()).unwrap();
        let nested = NestedTemplate::new("child.template.json", template);
        root.nested.insert("Child".to_owned(), nested);
    }
    app([root])
}

/// An AWS with the old nested template deployed, and the app that wants the new one.
fn changed(known: Known, old: &JsonValue, new: &JsonValue) -> (FakeCloud, CloudAssembly) {
    let aws = FakeCloud::new();
    upload(&aws, "old", old);
    aws.deploy("web", &parent("old"));
    match known {
        Known::ChangeSet | Known::S3 => upload(&aws, "new", new),
        Known::Assembly => {}
    }
    if known != Known::ChangeSet {
        aws.ignores_nested_change_sets();
    }
    let child = (known == Known::Assembly).then_some(new);
    (aws, nesting("new", child))
}

fn review(aws: &FakeCloud, app: &CloudAssembly) -> StackReview {
    let plan = planned(aws, app, &PlanOptions::default());
    let plan = plan.result.unwrap_or_else(|error| panic!("{error:?}"));
    plan.review.stacks[0].clone()
}

fn resources(entries: &[(&str, JsonValue)]) -> JsonValue {
    let entries = entries
        .iter()
        .map(|(id, entry)| ((*id).to_owned(), entry.clone()));
    json!({ "Resources": entries.collect::<serde_json::Map<_, _>>() })
}

fn table() -> JsonValue {
    json!({ "Type": "AWS::DynamoDB::Table", "Properties": {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{ "AttributeName": "a", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "a", "KeyType": "HASH" }],
    } })
}

fn database(name: &str) -> JsonValue {
    json!({ "Type": "AWS::RDS::DBInstance", "Properties": {
        "Engine": "postgres", "DBName": name, "DBInstanceClass": "db.t4g.micro", "AllocatedStorage": "20",
    } })
}

/// Something that holds no data.
fn topic(name: u32) -> JsonValue {
    json!({ "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": name.to_string() } })
}

fn kept(mut entry: JsonValue, policy: &str) -> JsonValue {
    entry["DeletionPolicy"] = json!(policy);
    entry["UpdateReplacePolicy"] = json!(policy);
    entry
}

/// The ARN of the only nested stack of `web`.
fn child(aws: &FakeCloud) -> String {
    aws.live("web")["Child"].clone()
}

struct Loss {
    name: &'static str,
    old: JsonValue,
    new: JsonValue,
    /// The resource that stops the deployment, with whether its data is lost for good.
    stop: Option<(&'static str, bool)>,
    message: &'static str,
}

fn losses() -> Vec<Loss> {
    let queue = || ("Q", topic(1));
    let removed = "is removed: the one with the data is deleted";
    vec![
        Loss {
            name: "a table goes",
            old: resources(&[("T", table()), queue()]),
            new: resources(&[queue()]),
            stop: Some(("Child/T", true)),
            message: removed,
        },
        Loss {
            name: "a database is replaced",
            old: resources(&[("D", database("postgres"))]),
            new: resources(&[("D", database("mysql"))]),
            stop: Some(("Child/D", true)),
            message: "is replaced: the one with the data is deleted",
        },
        Loss {
            name: "a database goes after a snapshot",
            old: resources(&[("D", database("postgres")), queue()]),
            new: resources(&[queue()]),
            stop: Some(("Child/D", false)),
            message: "is removed: the one with the data is deleted after a snapshot of it",
        },
        Loss {
            name: "a table stays in AWS",
            old: resources(&[("T", kept(table(), "Retain")), queue()]),
            new: resources(&[queue()]),
            stop: Some(("Child/T", false)),
            message: "is removed: the one with the data stays, outside the stack",
        },
        Loss {
            name: "a topic goes",
            old: resources(&[queue(), ("R", topic(2))]),
            new: resources(&[queue()]),
            stop: None,
            message: "",
        },
        Loss {
            name: "a table comes",
            old: resources(&[queue()]),
            new: resources(&[("T", table()), queue()]),
            stop: None,
            message: "",
        },
    ]
}

#[test]
fn every_loss_of_data_stops_in_a_nested_stack_as_well() {
    for known in EVERY_WAY {
        for loss in losses() {
            let (aws, app) = changed(known, &loss.old, &loss.new);
            let review = review(&aws, &app);
            let stops: Vec<_> = review
                .stops
                .iter()
                .map(|stop| (stop.resource.logical_id.as_str(), stop.data_loss))
                .collect();
            let expected: Vec<_> = loss.stop.into_iter().collect();
            assert_eq!(stops, expected, "{known:?}: {}", loss.name);
            assert!(review.stops.iter().all(|stop| stop.message == loss.message));
            assert!(review.stops.iter().all(|stop| stop.resource.stack == "web"));
            let basis = &review.nested[0].basis;
            let is_change_set = matches!(basis, NestedBasis::ChangeSet { .. });
            assert_eq!(is_change_set, known == Known::ChangeSet, "{basis:?}");
            assert_eq!(review.nested[0].path, "Child");
        }
    }
}

#[test]
fn a_nested_table_is_lost_only_when_exactly_that_was_allowed() {
    let loss = &losses()[0];
    for known in [Known::ChangeSet, Known::S3] {
        let (aws, app) = changed(known, &loss.old, &loss.new);
        let child = child(&aws);
        let mut options = DeployOptions::default();
        for wrong in ["", "T", "Child", "Child/Q"] {
            options.allow_data_loss = [wrong.to_owned()].into();
            let (ran, asked) = deployed(&aws, &app, &options);
            assert_eq!(ran.class(), Some(Class::Blocked), "{known:?} {wrong}");
            assert!(asked.stacks().is_empty());
            let findings = ran.findings();
            assert!(findings.contains("`Child/T` is removed"), "{findings}");
            assert!(findings.contains("--allow-data-loss Child/T"), "{findings}");
            assert!(aws.live(&child).contains_key("T"));
        }
        options.allow_data_loss = ["Child/T".to_owned()].into();
        let (ran, _) = deployed(&aws, &app, &options);
        assert_eq!(outcomes(&ran), ["web: deployed"]);
        assert_eq!(aws.live(&child).into_keys().collect::<Vec<_>>(), ["Q"]);
    }
}

#[test]
fn the_file_of_approvals_names_nested_resources_by_path() {
    let loss = &losses()[0];
    let (aws, app) = changed(Known::ChangeSet, &loss.old, &loss.new);
    let plan = planned(&aws, &app, &PlanOptions::default()).result.unwrap();
    let Step::ChangeSet { changes, .. } = &plan.record.stacks[0].step else {
        panic!("{:?}", plan.record);
    };
    let approvals = |resource: &str| {
        let text = format!(
            "version: 1\ndataLoss:\n- {{ stack: web, resource: {resource}, changes: '{}', reason: moved }}\n",
            changes.short()
        );
        Approvals::parse("infra/approvals.yaml", &text).unwrap()
    };
    let mut options = reviewed();
    options.approvals = approvals("T");
    assert_eq!(
        deployed(&aws, &app, &options).0.class(),
        Some(Class::Blocked)
    );
    options.approvals = approvals("Child/T");
    assert_eq!(
        outcomes(&deployed(&aws, &app, &options).0),
        ["web: deployed"]
    );
}

#[test]
fn what_cannot_be_read_stops_as_data_that_may_be_lost() {
    let aws = FakeCloud::new();
    let at = |key: &str| format!("https://templates.example/{key}.json");
    let outside = |key: &str| {
        json!({ "Resources": { "Child": {
            "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": at(key) },
        } } })
    };
    let loss = &losses()[0];
    aws.template_at(&at("old"), &loss.old);
    aws.template_at(&at("new"), &loss.new);
    aws.deploy("web", &outside("old"));
    aws.ignores_nested_change_sets();
    let app = app([stack("web", &outside("new"))]);
    let (ran, _) = deployed(&aws, &app, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Blocked));
    let findings = ran.findings();
    for says in [
        "`Child` may lose its data: nothing says what becomes of the resources in it",
        "because: its new template at `https://templates.example/new.json` cannot be read: that is no address in S3",
        "--allow-data-loss Child`",
    ] {
        assert!(findings.contains(says), "{findings}");
    }
    assert!(aws.live(&child(&aws)).contains_key("T"));
    let review = review(&aws, &app);
    assert!(matches!(
        review.nested[0].basis,
        NestedBasis::Unknown { .. }
    ));
    assert_eq!(review.verdict(), Verdict::DataLoss);
    assert_eq!(review.security[0].kind, SecurityKind::Unknown);
    assert_eq!(review.security[0].direction, Direction::Broadening);
    let mut options = DeployOptions::default();
    options.allow_data_loss.insert("Child".to_owned());
    assert_eq!(
        outcomes(&deployed(&aws, &app, &options).0),
        ["web: deployed"]
    );
}

#[test]
fn what_holds_no_data_needs_no_approval_of_its_loss() {
    let aws = FakeCloud::new();
    let at = |key: &str| format!("https://templates.example/{key}.json");
    let outside = |key: &str| {
        json!({ "Resources": { "Child": {
            "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": at(key) },
        } } })
    };
    aws.template_at(&at("old"), &resources(&[("Q", topic(1))]));
    aws.template_at(&at("new"), &resources(&[("Q", topic(2))]));
    aws.deploy("web", &outside("old"));
    aws.ignores_nested_change_sets();
    let review = review(&aws, &app([stack("web", &outside("new"))]));
    assert!(review.stops.is_empty());
    assert_eq!(
        review.verdict(),
        Verdict::Broadening,
        "nobody knows what it permits"
    );
}

#[test]
fn a_nested_stack_that_goes_takes_everything_in_it() {
    for known in [Known::ChangeSet, Known::S3] {
        let (aws, _) = changed(known, &losses()[0].old, &losses()[0].new);
        let app = app([stack("web", &resources(&[("Other", topic(1))]))]);
        let review = review(&aws, &app);
        let ids: Vec<&str> = review
            .resources
            .iter()
            .map(|change| change.resource.logical_id.as_str())
            .collect();
        assert_eq!(ids, ["Other", "Child", "Child/T", "Child/Q"]);
        assert!(
            review.resources[1..]
                .iter()
                .all(|c| c.action == Action::Remove)
        );
        assert_eq!(review.stops.len(), 1);
        assert_eq!(review.stops[0].resource.logical_id, "Child/T");
    }
}

#[test]
fn a_nested_stack_that_stays_in_aws_loses_nothing() {
    let aws = FakeCloud::new();
    upload(&aws, "old", &losses()[0].old);
    let mut root = parent("old");
    root["Resources"]["Child"]["DeletionPolicy"] = json!("Retain");
    aws.deploy("web", &root);
    let review = review(
        &aws,
        &app([stack("web", &resources(&[("Other", topic(1))]))]),
    );
    assert!(review.stops.is_empty());
    assert_eq!(review.resources.len(), 2);
}

#[test]
fn permissions_that_broaden_in_a_nested_stack_are_told() {
    let role = |action: &str| {
        resources(&[(
            "Role",
            json!({ "Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": { "Service": "lambda.amazonaws.com" },
            }] },
            "Policies": [{ "PolicyName": "p", "PolicyDocument": { "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": action, "Resource": "*",
            }] } }],
        } }),
        )])
    };
    let root = {
        let mut root = stack("web", &role("s3:*"));
        root.name = "web".to_owned();
        root
    };
    let flat = infra_template::diff::diff(
        &Template::from_json(role("s3:GetObject")).unwrap(),
        &root,
        "deployed",
    );
    for known in EVERY_WAY {
        let (aws, app) = changed(known, &role("s3:GetObject"), &role("s3:*"));
        let review = review(&aws, &app);
        assert_eq!(review.verdict(), Verdict::Broadening, "{known:?}");
        let told = |review: &StackReview| -> Vec<(String, Direction)> {
            let security = review.security.iter();
            security
                .map(|change| (change.summary.clone(), change.direction))
                .collect()
        };
        assert_eq!(
            told(&review),
            told(&flat),
            "{known:?}: as it is told of a root stack"
        );
        assert!(
            review
                .security
                .iter()
                .all(|c| c.resource.logical_id == "Child/Role")
        );
    }
}

#[test]
fn a_nested_creation_that_fails_names_its_resource_and_why() {
    let aws = FakeCloud::new();
    upload(&aws, "new", &resources(&[("Topic", topic(1))]));
    aws.fails("Topic", During::Create, "Invalid value for DisplayName");
    let (ran, _) = deployed(&aws, &nesting("new", None), &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::RolledBack));
    insta::assert_snapshot!(ran.findings());
    assert_eq!(aws.live("web").len(), 0);
}

#[test]
fn a_nested_update_that_fails_names_its_resource_and_why() {
    for known in [Known::ChangeSet, Known::S3] {
        let old = resources(&[("Topic", topic(1))]);
        let new = resources(&[("Topic", topic(2))]);
        let (aws, app) = changed(known, &old, &new);
        aws.fails("Topic", During::Update, "Invalid value for DisplayName");
        let (ran, _) = deployed(&aws, &app, &DeployOptions::default());
        assert_eq!(ran.class(), Some(Class::RolledBack));
        insta::assert_snapshot!("a_nested_update_that_fails", ran.findings());
        let told: Vec<String> = ran
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Resource {
                    resource, status, ..
                } => Some(format!("{} {status}", resource.logical_id)),
                _ => None,
            })
            .collect();
        let nested = told.iter().filter(|line| line.starts_with("Child/"));
        assert_eq!(
            nested.collect::<Vec<_>>(),
            [
                "Child/Topic UPDATE_IN_PROGRESS",
                "Child/Topic UPDATE_FAILED",
                "Child/Topic UPDATE_IN_PROGRESS",
                "Child/Topic UPDATE_COMPLETE",
            ]
        );
        assert_eq!(
            aws.property(&child(&aws), "Topic", "/DisplayName"),
            Some(json!("1"))
        );
        // Afterwards, from what is still there.
        let found = run(&aws, diagnose(aws.cloud(), app, DiagnoseOptions::default()));
        let found = found.result.unwrap();
        assert_eq!(found[0].findings.len(), 1);
        assert_eq!(
            found[0].findings[0].logical_id.as_deref(),
            Some("Child/Topic")
        );
    }
}

#[test]
fn a_nested_stack_whose_events_are_hidden_is_the_cause_itself() {
    let old = resources(&[("Topic", topic(1))]);
    let (aws, _) = changed(Known::S3, &old, &resources(&[("Topic", topic(2))]));
    aws.fails(
        "Child",
        During::Update,
        "Embedded stack was not successfully updated",
    );
    let (ran, _) = deployed(&aws, &nesting("new", None), &DeployOptions::default());
    let findings = ran.findings();
    assert!(
        findings.contains("`Child` could not be changed"),
        "{findings}"
    );
    assert!(
        findings.contains("Embedded stack was not successfully updated"),
        "{findings}"
    );
}

#[test]
fn a_stuck_nested_rollback_goes_on_without_the_resource() {
    let (aws, app) = changed(
        Known::ChangeSet,
        &resources(&[("Topic", topic(1))]),
        &resources(&[("Topic", topic(2))]),
    );
    aws.fails("Topic", During::Update, "Invalid value for DisplayName");
    aws.fails("Topic", During::Rollback, "the topic is gone");
    let (ran, _) = deployed(&aws, &app, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Stuck));
    assert!(
        ran.findings().contains("--skip Child/Topic"),
        "{}",
        ran.findings()
    );
    let survey = || {
        let survey = run(
            &aws,
            rollback::survey(aws.cloud(), app.clone(), "web".to_owned()),
        );
        survey.result.unwrap()
    };
    let skip = |id: &str| Way::On(Skip::These([id.to_owned()].into()));
    let wrong = run(&aws, roll_back(survey(), skip("Topic")));
    assert!(
        wrong.findings().contains("one of `Child/Topic`"),
        "{}",
        wrong.findings()
    );
    let done = run(&aws, roll_back(survey(), skip("Child/Topic")));
    assert_eq!(done.result.unwrap().skipped[0].logical_id, "Child/Topic");
    assert_eq!(
        aws.status("web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}

#[test]
fn two_levels_are_one_review() {
    let deep = |name: &str| resources(&[("D", database(name))]);
    let middle = |key: &str| {
        resources(&[(
            "Deep",
            json!({
                "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": url(key) },
            }),
        )])
    };
    for ignores in [false, true] {
        let aws = FakeCloud::new();
        upload(&aws, "deep-old", &deep("postgres"));
        upload(&aws, "deep-new", &deep("mysql"));
        upload(&aws, "old", &middle("deep-old"));
        upload(&aws, "new", &middle("deep-new"));
        aws.deploy("web", &parent("old"));
        if ignores {
            aws.ignores_nested_change_sets();
        }
        let app = nesting("new", None);
        let review = review(&aws, &app);
        let ids: Vec<&str> = review
            .resources
            .iter()
            .map(|change| change.resource.logical_id.as_str())
            .collect();
        let expected: &[&str] = if ignores {
            // The template of the deepest is not in the assembly: it is not guessed.
            &["Child", "Child/Deep"]
        } else {
            &["Child", "Child/Deep", "Child/Deep/D"]
        };
        assert_eq!(ids, expected);
        let stops: Vec<&str> = review
            .stops
            .iter()
            .map(|stop| stop.resource.logical_id.as_str())
            .collect();
        assert_eq!(
            stops,
            [if ignores {
                "Child/Deep"
            } else {
                "Child/Deep/D"
            }]
        );
        if !ignores {
            assert!(matches!(
                review.resources[2].replacement,
                Replacement::Yes { .. }
            ));
            aws.fails("D", During::Create, "no such engine");
            let mut options = DeployOptions::default();
            options.allow_data_loss.insert("Child/Deep/D".to_owned());
            let (ran, _) = deployed(&aws, &app, &options);
            let findings = ran.findings();
            assert!(
                findings.contains("`Child/Deep/D` could not be changed"),
                "{findings}"
            );
            assert_eq!(ran.class(), Some(Class::RolledBack));
            assert_eq!(
                aws.status("web").as_deref(),
                Some("UPDATE_ROLLBACK_COMPLETE")
            );
        }
    }
}

#[test]
fn a_plan_file_is_bound_to_what_is_nested() {
    let old = resources(&[("Q", topic(1))]);
    let (aws, app) = changed(Known::S3, &old, &resources(&[("Q", topic(2))]));
    let plan = planned(&aws, &app, &PlanOptions::default()).result.unwrap();
    // The address is the same, what is there is not.
    upload(&aws, "new", &resources(&[("Q", topic(3))]));
    let options = DeployOptions::builder()
        .source(Source::Plan(plan.record))
        .build();
    let (ran, _) = deployed(&aws, &app, &options);
    assert_eq!(ran.class(), Some(Class::Stale));
    assert!(
        ran.findings().contains("changes differ"),
        "{}",
        ran.findings()
    );
    upload(&aws, "new", &resources(&[("Q", topic(2))]));
    let (ran, _) = deployed(&aws, &app, &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn a_nested_change_set_that_fails_says_why_and_leaves_nothing() {
    let aws = FakeCloud::new();
    let needs = json!({
        "Parameters": { "Name": { "Type": "String" } },
        "Resources": { "Q": topic(1) },
    });
    upload(&aws, "new", &needs);
    let plan = planned(&aws, &nesting("new", None), &PlanOptions::default());
    assert!(
        plan.findings()
            .contains("Parameters: [Name] must have values"),
        "{}",
        plan.findings()
    );
    assert!(stacks(&aws).is_empty());
}

#[test]
fn a_plan_that_is_discarded_leaves_no_nested_stack_in_review() {
    let aws = FakeCloud::new();
    upload(&aws, "new", &resources(&[("Q", topic(1))]));
    let app = nesting("new", None);
    let review = review(&aws, &app);
    assert_eq!(review.resources.len(), 2);
    assert_eq!(stacks(&aws).len(), 2);
    let options = PlanOptions::default();
    let which = infra_deploy::plan::Which::All;
    run(
        &aws,
        infra_deploy::plan::discard(aws.cloud(), app, options, which),
    )
    .result
    .unwrap();
    assert!(stacks(&aws).is_empty());
}

fn stacks(aws: &FakeCloud) -> Vec<String> {
    let client = aws.cloudformation(REGION);
    let page = FakeCloud::runtime()
        .block_on(client.list_stacks(None))
        .unwrap();
    page.items.into_iter().map(|stack| stack.name).collect()
}

#[test]
fn destroying_names_the_data_in_nested_stacks() {
    let aws = FakeCloud::new();
    upload(&aws, "old", &losses()[0].old);
    aws.deploy("web", &parent("old"));
    let app = nesting("old", None);
    let survey = run(&aws, destroy::survey(aws.cloud(), app, Vec::new()));
    let survey = survey.result.unwrap();
    let holdings = &survey.stacks[0].holdings;
    let lost: Vec<&str> = holdings
        .iter()
        .filter(|holding| holding.loses_data())
        .map(|holding| holding.resource.logical_id.as_str())
        .collect();
    assert_eq!(lost, ["Child/T"]);
    assert_eq!(survey.stacks[0].resources, 3);
    let doomed = child(&aws);
    let options = destroy::DestroyOptions::builder()
        .allow_data_loss(["Child/T".to_owned()].into())
        .build();
    let ran = run(&aws, destroy::destroy(survey, options));
    assert!(ran.result.is_ok());
    assert_eq!(aws.status(&doomed).as_deref(), Some("DELETE_COMPLETE"));
}

#[test]
fn a_stack_that_waits_for_another_says_what_is_expected_of_its_nested_stacks() {
    let aws = FakeCloud::new();
    let loss = &losses()[0];
    upload(&aws, "old", &loss.old);
    aws.deploy("web", &parent("old"));
    let mut root = nesting("new", Some(&loss.new)).stacks.remove(0);
    let mut document = parent("new");
    document["Outputs"] = json!({ "Seen": { "Value": {
        "Fn::GetStackOutput": { "StackName": "data", "OutputName": "Url" },
    } } });
    root.template = Template::from_json(document).unwrap();
    let data = stack(
        "data",
        &json!({
            "Resources": { "Topic": topic(1) },
            "Outputs": { "Url": { "Value": { "Ref": "Topic" } } },
        }),
    );
    let app = app([data, super::fixture::after(root, &["data"])]);
    let plan = planned(&aws, &app, &PlanOptions::default()).result.unwrap();
    let web = &plan.review.stacks[1];
    assert!(web.provisional);
    assert_eq!(web.stops[0].resource.logical_id, "Child/T");
}
