//! Tests the content of plans, their traces in CloudFormation, and the resources that they leave alone.

use std::collections::BTreeMap;
use std::time::Duration;

use infra_aws::{ChangeSetHook, ExecutionStatus, HookResult, OperationEvent};
use infra_deploy::Class;
use infra_deploy::plan::{
    DiscardScope, PlanOptions, abandon_change_sets, discard_change_sets, list_change_sets,
    plan_changes, show_plan,
};
use infra_fake::{FakeCloud, Fault, FaultTiming};
use infra_template::review::{Basis, NoteSource, StackChange};
use serde_json::json;

use super::fixture::{app, database, planned, queue, run, stack};

fn own(aws: &FakeCloud, stack: &str) -> Vec<String> {
    let sets = aws.change_sets(stack).into_iter();
    sets.map(|set| set.name)
        .filter(|name| name.starts_with("infra-"))
        .collect()
}

#[test]
fn reuses_change_set_of_previous_plan() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    let first = planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    let second = planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    assert_eq!(first.review, second.review);
    assert_eq!(own(&aws, "web").len(), 1);
    let shown = run(&aws, show_plan(aws.cloud(), wanted, PlanOptions::default()));
    assert_eq!(shown.result.unwrap().review, first.review);
    let review = &first.review.stacks[0];
    assert_eq!(review.change, StackChange::Update);
    assert!(matches!(review.basis, Basis::ChangeSet { .. }));
    let property = &review.resources[0].properties[0];
    assert_eq!(property.path, "Properties.DelaySeconds");
}

#[test]
fn leaves_no_change_set_without_changes() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(1))]);
    let plan = planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    assert_eq!(plan.review.stacks[0].change, StackChange::Unchanged);
    assert!(own(&aws, "web").is_empty());
}

#[test]
fn keeps_changes_without_property_values() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &database("postgres"));
    aws.omit_free_form_changes();
    aws.set_page_size(1);
    let wanted = app([stack("data", &database("mysql"))]);
    let plan = planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    assert_eq!(plan.review.stacks[0].resources.len(), 1);
    assert!(plan.review.stacks[0].stops[0].data_loss);
}

#[test]
fn reports_property_of_failed_validation() {
    let aws = FakeCloud::new();
    aws.add_validation(
        "web",
        OperationEvent::builder()
            .event_type("VALIDATION_ERROR")
            .logical_id("Queue")
            .type_name("AWS::SQS::Queue")
            .validation_name("PROPERTY_VALIDATION")
            .failure_mode("FAIL")
            .reason("#/DelaySeconds: 1000 is not less or equal to 900")
            .path("/Resources/Queue/Properties/DelaySeconds")
            .build(),
    );
    let ran = planned(
        &aws,
        &app([stack("web", &queue(1_000))]),
        &PlanOptions::default(),
    );
    insta::assert_snapshot!(ran.findings());
    assert_eq!(
        aws.stack_status("web"),
        None,
        "the empty stack is gone, too"
    );
}

#[test]
fn reports_reason_of_failed_hook() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.add_hook(
        "web",
        ChangeSetHook::builder()
            .type_name("Acme::Sqs::Encryption")
            .logical_id("Queue")
            .failure_mode("FAIL")
            .build(),
        HookResult::builder()
            .type_name("Acme::Sqs::Encryption")
            .status("HOOK_COMPLETE_FAILED")
            .reason("the queue has no key")
            .failure_mode("FAIL")
            .remediation(vec!["set KmsMasterKeyId".to_owned()])
            .build(),
    );
    let ran = planned(
        &aws,
        &app([stack("web", &queue(2))]),
        &PlanOptions::default(),
    );
    match &ran.result {
        Err(_) => insta::assert_snapshot!(ran.findings()),
        Ok(plan) => {
            let notes = &plan.review.stacks[0].notes;
            assert!(notes.iter().any(|note| note.source == NoteSource::Hook));
        }
    }
}

#[test]
fn keeps_foreign_change_sets() {
    let aws = FakeCloud::new();
    aws.create_foreign_change_set("web", "infra-of-somebody", &queue(3));
    let wanted = app([stack("web", &queue(1))]);
    let options = PlanOptions::default();
    let plan = planned(&aws, &wanted, &options).result.unwrap();
    assert_eq!(plan.review.stacks[0].change, StackChange::Create);
    let listed = run(
        &aws,
        list_change_sets(aws.cloud(), wanted.clone(), options.clone()),
    );
    assert_eq!(listed.result.unwrap().len(), 1);
    let removed = run(
        &aws,
        discard_change_sets(
            aws.cloud(),
            wanted.clone(),
            options.clone(),
            DiscardScope::All,
        ),
    );
    assert_eq!(removed.result.unwrap().len(), 1);
    assert_eq!(own(&aws, "web"), ["infra-of-somebody"]);
    assert_eq!(
        aws.stack_status("web").as_deref(),
        Some("REVIEW_IN_PROGRESS")
    );
    // A foreign change set with the name of the plan is refused.
    let Basis::ChangeSet { name, .. } = &plan.review.stacks[0].basis else {
        panic!("{plan:?}");
    };
    aws.create_foreign_change_set("web", name, &queue(3));
    let ran = planned(&aws, &wanted, &options);
    insta::assert_snapshot!(ran.findings());
    assert_eq!(own(&aws, "web").len(), 2);
}

#[test]
fn prunes_expired_plans_and_keeps_current_ones() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let options = PlanOptions::default();
    let old = app([stack("web", &queue(2))]);
    planned(&aws, &old, &options).result.unwrap();
    aws.advance_clock(Duration::from_hours(8 * 24));
    let new = app([stack("web", &queue(3))]);
    planned(&aws, &new, &options).result.unwrap();
    let listed = run(
        &aws,
        list_change_sets(aws.cloud(), new.clone(), options.clone()),
    );
    let listed = listed.result.unwrap();
    assert_eq!(listed.iter().filter(|set| set.expired).count(), 1);
    assert_eq!(listed.iter().filter(|set| set.current).count(), 1);
    let removed = run(
        &aws,
        discard_change_sets(aws.cloud(), new, options, DiscardScope::Unusable),
    );
    let removed = removed.result.unwrap();
    assert!(removed.len() == 1 && removed[0].expired);
    assert_eq!(removed[0].execution_status, ExecutionStatus::Available);
    assert_eq!(own(&aws, "web").len(), 1);
}

#[test]
fn prunes_expired_plans_under_longer_prefixes() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let of = |prefix: &str| PlanOptions::builder().name_prefix(prefix).build();
    let wanted = app([stack("web", &queue(2))]);
    for prefix in ["pr7", "other"] {
        planned(&aws, &wanted, &of(prefix)).result.unwrap();
    }
    aws.advance_clock(Duration::from_hours(8 * 24));
    planned(&aws, &wanted, &of("pr12")).result.unwrap();
    let removed = |which| {
        let operation = discard_change_sets(aws.cloud(), wanted.clone(), of("pr"), which);
        let removed = run(&aws, operation).result.unwrap();
        removed.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    // `Which::All` includes valid plans, so it matches the prefix exactly.
    assert_eq!(removed(DiscardScope::All), Vec::<String>::new());
    let [name] = &*removed(DiscardScope::Unusable) else {
        panic!("the plan of pr7 has expired, and no other that begins with pr")
    };
    assert!(name.starts_with("pr7-"), "{name}");
}

#[test]
fn removes_pending_change_set_of_interrupted_plan() {
    for lost in [false, true] {
        let aws = FakeCloud::new();
        aws.set_change_set_duration(Duration::from_mins(1));
        if lost {
            aws.inject_fault("CreateChangeSet", Fault::ReplyLost, FaultTiming::Next(1));
            aws.inject_fault("CreateChangeSet", Fault::NetworkLost, FaultTiming::Always);
        }
        let options = PlanOptions::default();
        let wanted = app([stack("web", &queue(1))]);
        let mut operation = plan_changes(aws.cloud(), wanted, options.clone());
        FakeCloud::paused_runtime().block_on(async {
            let running = async { while operation.next().await.is_some() {} };
            tokio::time::timeout(Duration::from_secs(10), running)
                .await
                .unwrap_err();
        });
        drop(operation);
        assert_eq!(
            aws.stack_status("web").as_deref(),
            Some("REVIEW_IN_PROGRESS")
        );
        let removed = run(
            &aws,
            abandon_change_sets(aws.cloud(), options.pending.clone()),
        );
        assert_eq!(removed.result.unwrap().len(), 1);
        assert!(options.pending.is_empty());
        aws.advance_clock(Duration::from_mins(1));
        assert_eq!(aws.stack_status("web"), None, "lost answer: {lost}");
    }
}

#[test]
fn keeps_plan_of_earlier_run_after_interruption() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    let options = PlanOptions::default();
    aws.advance_clock(Duration::from_mins(1));
    let ran = planned(&aws, &wanted, &options);
    assert!(ran.result.is_ok());
    let removed = run(&aws, abandon_change_sets(aws.cloud(), options.pending));
    assert!(removed.result.unwrap().is_empty());
    assert_eq!(own(&aws, "web").len(), 1);
}

#[test]
fn prunes_expired_plans_when_quota_is_exhausted() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    planned(
        &aws,
        &app([stack("web", &queue(2))]),
        &PlanOptions::default(),
    )
    .result
    .unwrap();
    aws.advance_clock(Duration::from_hours(8 * 24));
    let full = Fault::Rejected {
        code: "LimitExceededException".to_owned(),
        message: "ChangeSet limit exceeded for stack".to_owned(),
    };
    aws.inject_fault("CreateChangeSet", full.clone(), FaultTiming::Next(1));
    let wanted = app([stack("web", &queue(3))]);
    let ran = planned(&aws, &wanted, &PlanOptions::default());
    assert!(ran.result.is_ok());
    assert_eq!(own(&aws, "web").len(), 1);
    aws.inject_fault("CreateChangeSet", full, FaultTiming::Always);
    let wanted = app([stack("web", &queue(4))]);
    let ran = planned(&aws, &wanted, &PlanOptions::default());
    insta::assert_snapshot!(ran.findings());
}

#[test]
fn checks_parameters_before_creating_change_set() {
    let template = json!({
        "Parameters": {
            "Size": { "Type": "Number" },
            "Password": { "Type": "String", "NoEcho": true, "Default": "x" },
        },
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": {
            "DelaySeconds": { "Ref": "Size" },
        } } },
    });
    let aws = FakeCloud::new();
    let wanted = app([stack("web", &template)]);
    let given = |name: &str, value: &str| {
        PlanOptions::builder()
            .parameters(BTreeMap::from([(
                "web".to_owned(),
                BTreeMap::from([(name.to_owned(), value.to_owned())]),
            )]))
            .build()
    };
    let missing = planned(&aws, &wanted, &PlanOptions::default());
    let unknown = planned(&aws, &wanted, &given("Sise", "1"));
    insta::assert_snapshot!(format!("{}\n{}", missing.findings(), unknown.findings()));
    assert!(aws.write_operations().is_empty());
    // Keys exclude secrets, so plans that differ only in the password have the same name.
    let mut one = given("Password", "hunter2");
    let values = one.parameters.get_mut("web").unwrap();
    values.insert("Size".to_owned(), "1".to_owned());
    let mut other = one.clone();
    let values = other.parameters.get_mut("web").unwrap();
    values.insert("Password".to_owned(), "hunter3".to_owned());
    let one = planned(&aws, &wanted, &one).result.unwrap();
    let other = planned(&aws, &wanted, &other).result.unwrap();
    assert_eq!(one.record.stacks[0].key, other.record.stacks[0].key);
    assert_ne!(one.record.stacks[0].step, other.record.stacks[0].step);
    assert!(!one.record.to_json().contains("hunter"));
    assert!(one.review.stacks[0].unchecked[0].contains("NoEcho"));
}

#[test]
fn rejects_other_account_and_missing_region() {
    let aws = FakeCloud::new();
    let mut elsewhere = stack("web", &queue(1));
    elsewhere.account = Some("999999999999".to_owned());
    let ran = planned(&aws, &app([elsewhere]), &PlanOptions::default());
    aws.set_default_region(None);
    let nowhere = planned(
        &aws,
        &app([stack("web", &queue(1))]),
        &PlanOptions::default(),
    );
    insta::assert_snapshot!(format!("{}\n{}", ran.findings(), nowhere.findings()));
    assert_eq!(ran.class(), Some(Class::Credentials));
}

#[test]
fn reports_drift_of_changed_resources() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.drift_resource("web", "Queue", "/DelaySeconds", "77");
    let options = PlanOptions::builder().revert_drift(true).build();
    let ran = planned(&aws, &app([stack("web", &queue(2))]), &options);
    let review = ran.result.unwrap().review;
    let drift = |note: &&infra_template::review::Note| note.source == NoteSource::Drift;
    let note = review.stacks[0].notes.iter().find(drift);
    assert!(note.unwrap().message.contains("`Queue`"), "{review:?}");
}
