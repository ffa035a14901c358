//! Tests the checks that precede a reviewed deployment, and their messages.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use infra_aws::{ChangeSetDescription, ChangeSetStatus, ExecutionStatus, RollbackAlarms};
use infra_deploy::Class;
use infra_deploy::deploy::{DeployOptions, Source};
use infra_deploy::plan::{FailureBehavior, PlanOptions, PlanRecord, Step, show_plan};
use infra_fake::{FakeCloud, StackOptions};
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;
use serde_json::{Value as JsonValue, json};

use super::fixture::{after, app, deployed, outcomes, planned, queue, reviewed, run, stack};

fn with_values(visibility: u32) -> JsonValue {
    crate::forgeries::template(visibility)
}

fn given(values: &[(&str, &str)]) -> PlanOptions {
    let values = values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    PlanOptions::builder()
        .parameters(BTreeMap::from([("web".to_owned(), values)]))
        .build()
}

fn reviewed_with(plan: PlanOptions) -> DeployOptions {
    DeployOptions::builder()
        .plan(plan)
        .source(reviewed().source)
        .build()
}

fn record(aws: &FakeCloud, app: &CloudAssembly, options: &PlanOptions) -> PlanRecord {
    let plan = planned(aws, app, options).result.unwrap();
    PlanRecord::parse_json(&plan.record.to_json()).unwrap()
}

fn by(record: PlanRecord) -> DeployOptions {
    DeployOptions::builder()
        .source(Source::Plan(record))
        .build()
}

#[test]
fn distinguishes_denied_reads_from_missing_plan() {
    for (operation, says) in [
        ("DescribeChangeSet", "describe the plan of stack `web`"),
        ("GetTemplate", "read the plan of stack `web`"),
    ] {
        let aws = FakeCloud::new();
        aws.deploy_stack("web", &queue(1));
        let wanted = app([stack("web", &queue(2))]);
        planned(&aws, &wanted, &PlanOptions::default())
            .result
            .unwrap();
        aws.deny_operation(operation);
        let (ran, _) = deployed(&aws, &wanted, &reviewed());
        assert_eq!(ran.class(), Some(Class::Credentials), "{}", ran.findings());
        assert!(ran.findings().contains(says), "{}", ran.findings());
    }
}

/// Only change sets with status `CREATE_COMPLETE` and execution status `AVAILABLE` are executed.
#[test]
fn rejects_unready_change_set_with_its_status() {
    type Alter = fn(&mut ChangeSetDescription);
    let cases: [(&str, Alter); 3] = [
        ("it is CREATE_IN_PROGRESS, AVAILABLE", |set| {
            set.status = ChangeSetStatus::CreateInProgress;
        }),
        ("it is CREATE_COMPLETE, UNAVAILABLE", |set| {
            set.execution_status = ExecutionStatus::Unavailable;
        }),
        ("it is FAILED, UNAVAILABLE", |set| {
            set.status = ChangeSetStatus::Failed;
            set.execution_status = ExecutionStatus::Unavailable;
        }),
    ];
    for (says, alter) in cases {
        let aws = FakeCloud::new();
        aws.deploy_stack("web", &queue(1));
        let wanted = app([stack("web", &queue(2))]);
        planned(&aws, &wanted, &PlanOptions::default())
            .result
            .unwrap();
        aws.alter_descriptions(alter);
        let (ran, _) = deployed(&aws, &wanted, &reviewed());
        assert_eq!(ran.class(), Some(Class::Stale), "{}", ran.findings());
        assert!(ran.findings().contains(says), "{}", ran.findings());
        assert!(
            !aws.write_operations()
                .iter()
                .any(|call| call == "ExecuteChangeSet")
        );
    }
}

/// Tests an operation of another user on a stack whose reviewed change set was already executed.
#[test]
fn reports_busy_stack_after_executed_change_set() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    aws.start_other_operation(
        "web",
        "UPDATE_IN_PROGRESS",
        Duration::from_mins(5),
        "UPDATE_COMPLETE",
    );
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(ran.class(), Some(Class::Busy), "{}", ran.findings());
}

/// A stack needs no change set if its deployed template, tags and visible parameter values equal those of the sources.
#[test]
fn requires_change_set_when_anything_differs() {
    type Change = fn(&mut CloudAssembly, &mut PlanOptions);
    let cases: [(&str, bool, Change); 5] = [
        ("nothing", true, |_, _| {}),
        ("template", false, |app, _| {
            app.stacks[0] = stack("web", &with_values(61));
            app.stacks[0].tags = BTreeMap::from([("team".to_owned(), "notes".to_owned())]);
        }),
        ("tags", false, |app, _| {
            app.stacks[0].tags.insert("cost".to_owned(), "0".to_owned());
        }),
        ("parameter", false, |_, options| {
            let values = options.parameters.get_mut("web").unwrap();
            values.insert("Delay".to_owned(), "9".to_owned());
        }),
        ("secret parameter", true, |_, options| {
            let values = options.parameters.get_mut("web").unwrap();
            values.insert("Hidden".to_owned(), "9".to_owned());
        }),
    ];
    let mut tagged = stack("web", &with_values(60));
    tagged.tags.insert("team".to_owned(), "notes".to_owned());
    for (what, same, change) in cases {
        let aws = FakeCloud::new();
        let (mut wanted, mut options) = (app([tagged.clone()]), given(&[("Delay", "4")]));
        let first = DeployOptions::builder().plan(options.clone()).build();
        let (ran, _) = deployed(&aws, &wanted, &first);
        assert_eq!(outcomes(&ran), ["web: deployed"]);
        change(&mut wanted, &mut options);
        let (ran, _) = deployed(&aws, &wanted, &reviewed_with(options));
        if same {
            assert_eq!(outcomes(&ran), ["web: no changes"], "{what}");
        } else {
            assert_eq!(ran.class(), Some(Class::Stale), "{what}");
            let says = "stack `web` has no plan of these sources";
            assert!(ran.findings().contains(says), "{what}: {}", ran.findings());
        }
    }
}

#[test]
fn rejects_reviewed_deployment_of_stuck_stack() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.set_status("web", "UPDATE_FAILED");
    let (ran, _) = deployed(&aws, &app([stack("web", &queue(1))]), &reviewed());
    assert_eq!(ran.class(), Some(Class::Stuck), "{}", ran.findings());
}

/// Neither the key nor the change set contains the value of a secret parameter, so the execution reports that it was not compared.
#[test]
fn reports_uncompared_no_echo_value_before_execution() {
    let wanted = app([stack("web", &with_values(60))]);
    let says = "`Hidden` has the planned value: secret values (`NoEcho`) are not compared";
    for (values, told) in [
        (vec![("Delay", "4"), ("Hidden", "one")], true),
        (vec![("Delay", "4")], false),
    ] {
        let aws = FakeCloud::new();
        let options = given(&values);
        planned(&aws, &wanted, &options).result.unwrap();
        let shown = run(
            &aws,
            show_plan(aws.cloud(), wanted.clone(), options.clone()),
        );
        assert!(!shown.notices().contains(&says), "{:?}", shown.notices());
        shown.result.unwrap();
        let (ran, _) = deployed(&aws, &wanted, &reviewed_with(options));
        assert_eq!(outcomes(&ran), ["web: deployed"]);
        assert_eq!(ran.notices().contains(&says), told, "{values:?}");
    }
}

#[test]
fn requires_twelve_digits_of_changes_digest() {
    type Change = fn(&str) -> String;
    let cases: [(Change, bool); 6] = [
        (|digest| digest.to_owned(), true),
        (|digest| digest[..12].to_owned(), true),
        (|digest| digest[..11].to_owned(), false),
        (|_| String::new(), false),
        (|digest| format!("{}x", &digest[..12]), false),
        (|digest| format!("{digest}0"), false),
    ];
    for (change, accepted) in cases {
        let aws = FakeCloud::new();
        aws.deploy_stack("web", &queue(1));
        let wanted = app([stack("web", &queue(2))]);
        let record = record(&aws, &wanted, &PlanOptions::default());
        let Step::ChangeSet { changes, .. } = &record.stacks[0].step else {
            panic!("{record:?}");
        };
        let text = change(changes.as_str());
        let digest: Digest = serde_json::from_value(json!(text)).unwrap();
        let options = DeployOptions::builder()
            .source(Source::Reviewed {
                changes: BTreeMap::from([("web".to_owned(), digest)]),
            })
            .build();
        let (ran, _) = deployed(&aws, &wanted, &options);
        if accepted {
            assert_eq!(outcomes(&ran), ["web: deployed"], "{text}");
        } else {
            assert_eq!(ran.class(), Some(Class::Stale), "{text}");
            assert!(
                ran.findings().contains("changes differ"),
                "{}",
                ran.findings()
            );
        }
    }
}

/// A waiting stack is deployed only if the plan file also records it as waiting.
#[test]
fn rejects_plan_file_with_wrong_step_of_waiting_stack() {
    let producer = json!({
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } },
        "Outputs": { "Url": { "Value": { "Ref": "Queue" } } },
    });
    let reader = json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": { "Fn::GetStackOutput": { "StackName": "data", "OutputName": "Url" } },
    } } } });
    let wanted = app([
        stack("data", &producer),
        after(stack("web", &reader), &["data"]),
    ]);
    for step in [
        Step::Provisional {
            changes: Digest::hash_bytes(b""),
        },
        Step::Unchanged,
    ] {
        let aws = FakeCloud::new();
        let mut record = record(&aws, &wanted, &PlanOptions::default());
        record.stacks[1].step = step;
        let (ran, _) = deployed(&aws, &wanted, &by(record));
        assert_eq!(ran.class(), Some(Class::Stale), "{}", ran.findings());
        let says =
            "the plan of stack `web` does not match these sources: the deployed stack differs";
        assert!(ran.findings().contains(says), "{}", ran.findings());
        assert_eq!(
            aws.stack_status("data").as_deref(),
            Some("REVIEW_IN_PROGRESS")
        );
    }
}

/// A plan can be executed until the expiry time in its description.
#[test]
fn expires_plan_at_the_exact_second() {
    for (early, class) in [(1, None), (0, Some(Class::Stale))] {
        let aws = FakeCloud::new();
        aws.deploy_stack("web", &queue(1));
        let wanted = app([stack("web", &queue(2))]);
        planned(&aws, &wanted, &PlanOptions::default())
            .result
            .unwrap();
        let mark = aws.change_sets("web")[0].description.clone().unwrap();
        let (_, rest) = mark.split_once("expires=").unwrap();
        let text = rest.split(' ').next().unwrap();
        let format = &time::format_description::well_known::Rfc3339;
        let expires = time::OffsetDateTime::parse(text, format).unwrap();
        let left = Duration::try_from(expires - aws.cloud().current_time()).unwrap();
        aws.advance_clock(left.saturating_sub(Duration::from_secs(early)));
        let (ran, _) = deployed(&aws, &wanted, &reviewed());
        assert_eq!(ran.class(), class, "{early}: {}", ran.findings());
        if class.is_some() {
            assert!(ran.findings().contains("has expired"), "{}", ran.findings());
        }
    }
}

/// The creation of a stack requires no read of deployed state, and an update no read of the previous template.
#[test]
fn makes_only_verifying_calls_before_reviewed_execution() {
    let looks = |aws: &FakeCloud, wanted: &CloudAssembly, options: &DeployOptions| {
        let before = aws.called_operations().len();
        let (ran, _) = deployed(aws, wanted, options);
        assert_eq!(outcomes(&ran), ["web: deployed"]);
        let calls = aws.called_operations().split_off(before);
        let until = calls.iter().position(|call| call == "ExecuteChangeSet");
        calls[..until.unwrap()]
            .iter()
            .filter(|call| *call != "DescribeStackEvents")
            .cloned()
            .collect::<Vec<_>>()
    };
    let least = ["GetCallerIdentity", "DescribeChangeSet", "GetTemplate"];
    let aws = FakeCloud::new();
    let wanted = app([stack("web", &queue(1))]);
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    assert_eq!(looks(&aws, &wanted, &reviewed()), least);
    // `DO_NOTHING` does not prove that the change set creates the stack, so the stack is read.
    let mut keep = reviewed();
    keep.plan.when_it_fails = FailureBehavior::Keep;
    let aws = FakeCloud::new();
    planned(&aws, &wanted, &keep.plan).result.unwrap();
    let with_look = [&least[..], &["DescribeStacks"]].concat();
    assert_eq!(looks(&aws, &wanted, &keep), with_look);
}

/// A kept parameter value is compared with the deployed value, which can differ from the default.
#[test]
fn compares_kept_parameter_with_deployed_value() {
    let aws = FakeCloud::new();
    let existing = StackOptions::builder()
        .parameters(BTreeMap::from([("Image".to_owned(), "older".to_owned())]))
        .build();
    aws.deploy_stack_with("web", &with_values(30), existing);
    let wanted = app([stack("web", &with_values(60))]);
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

/// `show` compares an existing plan with the deployed stack and returns the same review as `plan`.
#[test]
fn shows_the_same_review_as_planned() {
    let mut old = with_values(30);
    old["Outputs"] = json!({ "Name": { "Value": { "Ref": "Queue" } } });
    let mut new = with_values(60);
    new["Outputs"] = json!({ "Other": { "Value": { "Ref": "Queue" } } });
    let mut wanted = stack("web", &new);
    wanted.tags.insert("team".to_owned(), "notes".to_owned());
    let wanted = app([wanted]);
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &old);
    let made = planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    assert!(!made.review.stacks[0].sections.is_empty());
    let shown = run(&aws, show_plan(aws.cloud(), wanted, PlanOptions::default()));
    let shown = shown.result.unwrap();
    assert_eq!(shown.review, made.review);
    assert_eq!(shown.record.stacks, made.record.stacks);
}

/// The deletion policy is read from the deployed template if CloudFormation does not return it.
#[test]
fn reads_deletion_policy_from_deployed_template() {
    let table = json!({ "Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Retain", "Properties": {
        "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
        "BillingMode": "PAY_PER_REQUEST",
    } });
    let mut old = queue(1);
    old["Resources"]["Table"] = table;
    for (policy, class) in [("Retain", None), ("Delete", Some(Class::Blocked))] {
        let aws = FakeCloud::new();
        old["Resources"]["Table"]["DeletionPolicy"] = json!(policy);
        aws.deploy_stack("web", &old);
        let wanted = app([stack("web", &queue(1))]);
        planned(&aws, &wanted, &PlanOptions::default())
            .result
            .unwrap();
        aws.alter_descriptions(|set| {
            for change in &mut set.changes {
                change.policy_action = None;
            }
        });
        let (ran, _) = deployed(&aws, &wanted, &reviewed());
        assert_eq!(ran.class(), class, "{policy}: {}", ran.findings());
    }
}

/// A migration step that removes something is reported again before the execution.
#[test]
fn reports_contracting_migration_step_before_execution() {
    let template = |steps: JsonValue| {
        json!({ "Resources": { "Task": {
            "Type": "AWS::ECS::TaskDefinition",
            "Metadata": { "infra:migration": { "Steps": steps } },
            "Properties": { "Family": "migration", "ContainerDefinitions": [] },
        } } })
    };
    let (first, second) = (
        json!([{ "Name": "one", "Effect": "contracts" }]),
        json!([{ "Name": "one", "Effect": "contracts" }, { "Name": "two", "Effect": "contracts" }]),
    );
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &template(first));
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("data", &template(second)), stack("web", &queue(2))]);
    let made = planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    let notes: Vec<&str> = made.review.stacks[0]
        .notes
        .iter()
        .filter(|note| note.code.is_some())
        .map(|note| note.message.as_str())
        .collect();
    assert_eq!(notes.len(), 1, "{notes:?}");
    // The migration does not run because the stack has no outputs for it. Only the notices before the execution matter.
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    let told = ran.notices().into_iter();
    let told = told.filter(|message| message.contains(notes[0]));
    assert_eq!(told.count(), 1, "{:?}", ran.notices());
}

/// Change sets of a plan file are found by their name prefix.
#[test]
fn executes_plan_file_with_another_prefix() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    let options = PlanOptions::builder().name_prefix("pr123").build();
    let record = record(&aws, &wanted, &options);
    assert!(aws.change_sets("web")[0].name.starts_with("pr123-"));
    let (ran, _) = deployed(&aws, &wanted, &by(record));
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

/// Every input of a change set is part of its key, and a refusal names only the part that differs.
#[test]
fn reports_only_the_differing_part_of_the_key() {
    type Change = fn(&mut CloudAssembly, &mut PlanOptions);
    let cases: [(&str, Change); 11] = [
        ("the template differs", |app, _| {
            let tags = app.stacks[0].tags.clone();
            app.stacks[0] = stack("web", &with_values(61));
            app.stacks[0].tags = tags;
        }),
        ("tags differ", |app, _| {
            app.stacks[0].tags.insert("cost".to_owned(), "0".to_owned());
        }),
        ("parameters differ", |_, options| {
            *options = given(&[("Delay", "5")]);
        }),
        ("the role differs", |_, options| {
            options.role_arn = Some("arn:aws:iam::123456789012:role/exec".to_owned());
        }),
        ("notifications differ", |_, options| {
            options.notification_arns.push("arn:topic".to_owned());
        }),
        ("alarms differ", |_, options| {
            let alarms = RollbackAlarms::builder();
            let alarms = alarms.alarms(vec!["arn:alarm".to_owned()]);
            options.rollback_alarms = Some(alarms.monitoring_minutes(1).build());
        }),
        ("options differ", |_, options| {
            options.import_existing = true;
        }),
        ("options differ", |_, options| {
            options.revert_drift = true;
        }),
        ("options differ", |_, options| {
            options.express = true;
        }),
        ("options differ", |_, options| {
            options.when_it_fails = FailureBehavior::Keep;
        }),
        ("capabilities, template differ", |app, _| {
            let tags = app.stacks[0].tags.clone();
            let mut template = with_values(60);
            template["Resources"]["Role"] = json!({ "Type": "AWS::IAM::Role", "Properties": {
                "AssumeRolePolicyDocument": {},
            } });
            app.stacks[0] = stack("web", &template);
            app.stacks[0].tags = tags;
        }),
    ];
    let aws = FakeCloud::new();
    let mut tagged = stack("web", &with_values(60));
    tagged.tags.insert("team".to_owned(), "notes".to_owned());
    let (wanted, options) = (app([tagged]), given(&[("Delay", "4")]));
    let record = record(&aws, &wanted, &options);
    let mut keys = BTreeSet::from([record.stacks[0].key.clone()]);
    for (says, change) in cases {
        let (mut other, mut plan) = (wanted.clone(), options.clone());
        change(&mut other, &mut plan);
        let by_file = DeployOptions::builder()
            .plan(plan.clone())
            .source(Source::Plan(record.clone()))
            .build();
        let (ran, _) = deployed(&aws, &other, &by_file);
        let whole = format!("the plan of stack `web` does not match these sources: {says}");
        assert!(
            ran.findings().contains(&whole),
            "{says}: {}",
            ran.findings()
        );
        let (ran, _) = deployed(&aws, &other, &reviewed_with(plan.clone()));
        assert_eq!(ran.class(), Some(Class::Stale), "{says}");
        let nearest = format!("for other sources: {says}");
        assert!(
            ran.findings().contains(&nearest),
            "{says}: {}",
            ran.findings()
        );
        // Plan in another account, because the account of `aws` already has a plan of the unchanged app.
        let elsewhere = planned(&FakeCloud::new(), &other, &plan).result;
        if let Ok(made) = elsewhere {
            assert!(keys.insert(made.record.stacks[0].key.clone()), "{says}");
        }
    }
    assert!(keys.len() > 8);
}
