//! Tests creations, updates, unchanged stacks and failures of a single stack.

use std::sync::Arc;
use std::time::Duration;

use infra_deploy::Class;
use infra_deploy::deploy::{Approver, DeployOptions, WatchUntil, deploy_stacks};
use infra_deploy::plan::{FailureBehavior, PlanOptions};
use infra_fake::{FailurePhase, FakeCloud, Fault, FaultTiming};
use serde_json::json;

use super::fixture::{Asked, app, database, deployed, outcomes, planned, queue, run, stack};

#[test]
fn creates_updates_and_skips_unchanged_stack() {
    let aws = FakeCloud::new();
    let options = DeployOptions::default();
    let (ran, asked) = deployed(&aws, &app([stack("web", &queue(1))]), &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert_eq!(asked.stacks(), ["web"]);
    let (ran, asked) = deployed(&aws, &app([stack("web", &queue(2))]), &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert_eq!(asked.reviews()[0].resources.len(), 1);
    assert_eq!(
        aws.resource_property("web", "Queue", "/DelaySeconds"),
        Some(json!(2))
    );
    let (ran, asked) = deployed(&aws, &app([stack("web", &queue(2))]), &options);
    assert_eq!(outcomes(&ran), ["web: no changes"]);
    assert!(asked.stacks().is_empty());
    // A return to the first template has the same key but a different change set.
    let (ran, _) = deployed(&aws, &app([stack("web", &queue(1))]), &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert!(options.plan.pending.is_empty());
}

#[test]
fn removes_change_set_after_refused_approval() {
    let aws = FakeCloud::new();
    let asked = Arc::new(Asked {
        refuse: true,
        ..Asked::default()
    });
    let operation = deploy_stacks(
        aws.cloud(),
        app([stack("web", &queue(1))]),
        DeployOptions::default(),
        asked as Arc<dyn Approver>,
    );
    let ran = run(&aws, operation);
    assert_eq!(ran.class(), Some(Class::Blocked));
    assert!(aws.change_sets("web").is_empty());
    assert!(
        !aws.write_operations()
            .contains(&"ExecuteChangeSet".to_owned())
    );
}

#[test]
fn sets_termination_protection_after_success() {
    let aws = FakeCloud::new();
    let mut wanted = stack("web", &queue(1));
    wanted.termination_protection = true;
    deployed(&aws, &app([wanted.clone()]), &DeployOptions::default());
    assert!(aws.describe_stack("web").unwrap().termination_protection);
    aws.set_protection("web", false);
    let (ran, _) = deployed(&aws, &app([wanted]), &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["web: no changes"]);
    assert!(aws.describe_stack("web").unwrap().termination_protection);
}

#[test]
fn removes_stack_after_failed_creation() {
    let aws = FakeCloud::new();
    aws.fail_resource(
        "Queue",
        FailurePhase::Create,
        "Invalid value for DelaySeconds",
    );
    let (ran, _) = deployed(
        &aws,
        &app([stack("web", &queue(1))]),
        &DeployOptions::default(),
    );
    insta::assert_snapshot!(ran.findings());
    assert_eq!(aws.live_resources("web").len(), 0);
}

#[test]
fn rolls_back_failed_update() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.fail_resource(
        "Queue",
        FailurePhase::Update,
        "Invalid value for DelaySeconds",
    );
    let (ran, _) = deployed(
        &aws,
        &app([stack("web", &queue(2))]),
        &DeployOptions::default(),
    );
    insta::assert_snapshot!(ran.findings());
    assert_eq!(
        aws.resource_property("web", "Queue", "/DelaySeconds"),
        Some(json!(1))
    );
}

#[test]
fn reports_failed_rollback_before_planning() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.fail_resource(
        "Queue",
        FailurePhase::Update,
        "Invalid value for DelaySeconds",
    );
    aws.fail_resource("Queue", FailurePhase::Rollback, "the queue is gone");
    let wanted = app([stack("web", &queue(2))]);
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    let then = planned(&aws, &wanted, &PlanOptions::default());
    insta::assert_snapshot!(format!("{}\n{}", ran.findings(), then.findings()));
}

#[test]
fn keeps_failed_update_without_rollback() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.fail_resource(
        "Queue",
        FailurePhase::Update,
        "Invalid value for DelaySeconds",
    );
    let mut options = DeployOptions::default();
    options.plan.when_it_fails = FailureBehavior::Keep;
    let (ran, _) = deployed(&aws, &app([stack("web", &queue(2))]), &options);
    assert_eq!(ran.class(), Some(Class::Stuck));
    assert_eq!(aws.stack_status("web").as_deref(), Some("UPDATE_FAILED"));
}

#[test]
fn deletes_and_recreates_empty_failed_stack() {
    let aws = FakeCloud::new();
    aws.create_foreign_change_set("web", "somebody", &queue(9));
    aws.set_status("web", "ROLLBACK_COMPLETE");
    let wanted = app([stack("web", &queue(1))]);
    let expected = planned(&aws, &wanted, &PlanOptions::default());
    let review = &expected.result.as_ref().unwrap().review.stacks[0];
    assert!(review.provisional && review.notes[0].message.contains("deleted first"));
    assert!(aws.write_operations().is_empty());
    let (ran, asked) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert_eq!(
        asked.stacks(),
        ["web"],
        "asked once: the real plan says no more"
    );
    assert!(ran.notices()[0].contains("not created completely"));
}

#[test]
fn refuses_to_delete_failed_stack_with_resources() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.set_status("web", "ROLLBACK_FAILED");
    let (ran, _) = deployed(
        &aws,
        &app([stack("web", &queue(1))]),
        &DeployOptions::default(),
    );
    insta::assert_snapshot!(ran.findings());
    assert!(aws.write_operations().is_empty());
}

#[test]
fn rejects_or_waits_for_busy_stack() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.start_other_operation(
        "web",
        "UPDATE_IN_PROGRESS",
        Duration::from_mins(1),
        "UPDATE_COMPLETE",
    );
    let wanted = app([stack("web", &queue(2))]);
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    insta::assert_snapshot!(ran.findings());
    let mut options = DeployOptions::default();
    options.plan.wait_for_stack = Some(Duration::from_mins(10));
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert!(ran.notices()[0].starts_with("waiting for the operation on stack `web`"));
}

#[test]
fn cancels_and_rolls_back_update_after_timeout() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.set_duration("Queue", Duration::from_hours(1));
    let options = DeployOptions::builder()
        .timeout(Duration::from_mins(2))
        .build();
    let (ran, _) = deployed(&aws, &app([stack("web", &queue(2))]), &options);
    insta::assert_snapshot!(ran.findings());
    assert!(aws.elapsed_time() < Duration::from_secs(8_000));
}

#[test]
fn returns_detached_stack_after_start() {
    let aws = FakeCloud::new();
    aws.set_duration("Queue", Duration::from_mins(10));
    let options = DeployOptions::builder().follow(WatchUntil::Started).build();
    let wanted = app([stack("web", &queue(1))]);
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["web: detached"]);
    assert_eq!(
        aws.stack_status("web").as_deref(),
        Some("CREATE_IN_PROGRESS")
    );
}

#[test]
fn replaces_database_only_with_exact_approval() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &database("postgres"));
    let wanted = app([stack("data", &database("mysql"))]);
    let mut options = DeployOptions::default();
    let (ran, asked) = deployed(&aws, &wanted, &options);
    insta::assert_snapshot!(ran.findings());
    assert!(asked.stacks().is_empty());
    let left = aws.change_sets("data").into_iter();
    assert!(!left.into_iter().any(|set| set.name.starts_with("infra-")));
    options.allow_data_loss.insert("Other".to_owned());
    assert_eq!(
        deployed(&aws, &wanted, &options).0.class(),
        Some(Class::Blocked)
    );
    options.allow_data_loss.insert("Database".to_owned());
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["data: deployed"]);
}

#[test]
fn accepts_approval_only_for_its_changes_digest() {
    use infra_deploy::deploy::Approvals;
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &database("postgres"));
    let wanted = app([stack("data", &database("mysql"))]);
    let plan = planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    let infra_deploy::plan::Step::ChangeSet { changes, .. } = &plan.record.stacks[0].step else {
        panic!("{:?}", plan.record);
    };
    let approvals = |changes: &str| {
        let text = format!(
            "version: 1\ndataLoss:\n- {{ stack: data, resource: Database, changes: '{changes}', reason: moved }}\n"
        );
        Approvals::parse_yaml("infra/approvals.yaml", &text).unwrap()
    };
    let mut options = super::fixture::reviewed();
    options.approvals = approvals("77ab01c4d5e6");
    let (ran, _) = deployed(&aws, &wanted, &options);
    let text = ran.findings().replace(changes.short(), "<digest>");
    insta::assert_snapshot!(text);
    options.approvals = approvals(changes.short());
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["data: deployed"]);
}

#[test]
fn continues_after_throttling_and_network_loss() {
    for fault in [Fault::Throttled, Fault::NetworkLost, Fault::Server] {
        let aws = FakeCloud::new();
        aws.inject_fault(
            "*",
            fault,
            FaultTiming::During {
                from: Duration::from_secs(1),
                length: Duration::from_mins(1),
            },
        );
        aws.set_duration("Queue", Duration::from_secs(90));
        let (ran, _) = deployed(
            &aws,
            &app([stack("web", &queue(1))]),
            &DeployOptions::default(),
        );
        assert_eq!(outcomes(&ran), ["web: deployed"]);
        assert!(
            aws.elapsed_time() < Duration::from_mins(4),
            "{:?}",
            aws.elapsed_time()
        );
    }
}

#[test]
fn does_not_repeat_operation_after_lost_reply() {
    for operation in ["CreateChangeSet", "ExecuteChangeSet"] {
        let aws = FakeCloud::new();
        aws.inject_fault(operation, Fault::ReplyLost, FaultTiming::Next(1));
        let (ran, _) = deployed(
            &aws,
            &app([stack("web", &queue(1))]),
            &DeployOptions::default(),
        );
        assert_eq!(outcomes(&ran), ["web: deployed"], "{operation}");
        let begun = aws.stack_events("web");
        let begun = begun.iter().filter(|event| {
            event.is_stack_event() && event.status.as_str() == "CREATE_IN_PROGRESS"
        });
        assert_eq!(begun.count(), 1, "{operation}");
    }
}

#[test]
fn reports_missing_permission() {
    let aws = FakeCloud::new();
    aws.deny_operation("CreateChangeSet");
    let (ran, _) = deployed(
        &aws,
        &app([stack("web", &queue(1))]),
        &DeployOptions::default(),
    );
    insta::assert_snapshot!(ran.findings());
}

#[test]
fn uploads_only_large_templates_to_s3() {
    let description = "x".repeat(1_000);
    let mut resources = serde_json::Map::new();
    for number in 0..60 {
        resources.insert(
            format!("Topic{number}"),
            json!({ "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": description } }),
        );
    }
    let wanted = app([stack("web", &json!({ "Resources": resources }))]);
    let aws = FakeCloud::new();
    let mut options = DeployOptions::default();
    let (ran, _) = deployed(&aws, &wanted, &options);
    insta::assert_snapshot!(ran.findings());
    aws.create_bucket("templates");
    options.plan.bucket = Some("templates".to_owned());
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert_eq!(aws.bucket_objects("templates").len(), 1);
    let (ran, _) = deployed(&aws, &app([stack("small", &queue(1))]), &options);
    assert_eq!(outcomes(&ran), ["small: deployed"]);
    assert_eq!(aws.bucket_objects("templates").len(), 1);
}

#[test]
fn handles_unknown_stack_status() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.set_status("web", "TELEPORT_IN_PROGRESS");
    let wanted = app([stack("web", &queue(2))]);
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Busy));
    aws.set_status("web", "TELEPORTED");
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    // The change set is requested and the response of CloudFormation reported.
    if let Err(error) = &ran.result {
        assert!(!error.findings.is_empty());
    }
    assert!(
        aws.called_operations()
            .iter()
            .any(|call| call == "CreateChangeSet")
    );
}

#[test]
fn waits_for_eventually_consistent_reads() {
    let aws = FakeCloud::new();
    aws.return_stale_reads(Duration::from_secs(3));
    let wanted = app([stack("web", &queue(1))]);
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    aws.advance_clock(Duration::from_mins(1));
    let (ran, _) = deployed(
        &aws,
        &app([stack("web", &queue(2))]),
        &DeployOptions::default(),
    );
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}
