//! Tests resources that are changed outside of CloudFormation between review and execution.

use infra_deploy::Class;
use infra_deploy::deploy::{DeployOptions, Source};
use infra_deploy::plan::{DriftCheck, PlanOptions, PlanRecord, Purpose};
use infra_fake::{FakeCloud, Fault, FaultTiming};
use infra_template::assembly::CloudAssembly;
use serde_json::json;

use super::fixture::{after, app, deployed, outcomes, planned, queue, stack};

fn for_record() -> PlanOptions {
    PlanOptions::builder().purpose(Purpose::Record).build()
}

fn record(aws: &FakeCloud, app: &CloudAssembly) -> PlanRecord {
    let plan = planned(aws, app, &for_record()).result.unwrap();
    PlanRecord::parse_json(&plan.record.to_json()).unwrap()
}

fn by(record: PlanRecord) -> DeployOptions {
    DeployOptions::builder()
        .source(Source::Plan(record))
        .build()
}

fn two_resources(delay: u32) -> serde_json::Value {
    let mut template = queue(delay);
    template["Resources"]["Other"] = json!({ "Type": "AWS::SQS::Queue" });
    template
}

#[test]
fn refuses_to_overwrite_drift_since_the_plan() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &two_resources(1));
    let wanted = app([stack("web", &two_resources(2))]);
    let record = record(&aws, &wanted);
    assert_eq!(
        record.stacks[0]
            .drift
            .as_ref()
            .map(std::collections::BTreeMap::len),
        Some(0)
    );
    // Drift of resources that the change set does not touch does not prevent the execution.
    aws.drift_resource("web", "Other", "/DelaySeconds", "9");
    aws.drift_resource("web", "Queue", "/DelaySeconds", "7");
    let (ran, _) = deployed(&aws, &wanted, &by(record.clone()));
    assert_eq!(ran.class(), Some(Class::Stale));
    insta::assert_snapshot!(ran.findings());
    assert!(
        !aws.write_operations()
            .iter()
            .any(|call| call == "ExecuteChangeSet")
    );
    let mut ignoring = by(record);
    ignoring.plan.drift_check = DriftCheck::Off;
    let (ran, _) = deployed(&aws, &wanted, &ignoring);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn overwrites_only_reviewed_drift() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.drift_resource("web", "Queue", "/DelaySeconds", "7");
    let wanted = app([stack("web", &queue(2))]);
    let plan = planned(&aws, &wanted, &for_record()).result.unwrap();
    let notes: Vec<&str> = plan.review.stacks[0]
        .notes
        .iter()
        .map(|note| note.message.as_str())
        .collect();
    assert_eq!(
        notes,
        ["`Queue` was changed outside CloudFormation, and will be overwritten: `/DelaySeconds`"]
    );
    let text = plan.record.to_json();
    assert!(!text.contains("\"7\""), "{text}");
    aws.drift_resource("web", "Queue", "/DelaySeconds", "8");
    let (ran, _) = deployed(&aws, &wanted, &by(plan.record.clone()));
    assert_eq!(ran.class(), Some(Class::Stale), "{}", ran.findings());
    aws.drift_resource("web", "Queue", "/DelaySeconds", "7");
    let (ran, _) = deployed(&aws, &wanted, &by(plan.record));
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn reports_resource_deleted_since_the_plan() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    let record = record(&aws, &wanted);
    aws.drift_resource("web", "Queue", "", "");
    let (ran, _) = deployed(&aws, &wanted, &by(record));
    assert!(
        ran.findings().contains("`Queue`: it was deleted"),
        "{}",
        ran.findings()
    );
}

#[test]
fn reports_failed_drift_detection_and_deploys() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    aws.inject_fault(
        "DetectStackDrift",
        Fault::AccessDenied,
        FaultTiming::Next(1),
    );
    let plan = planned(&aws, &wanted, &for_record()).result.unwrap();
    assert_eq!(plan.record.stacks[0].drift, None);
    let unchecked = plan.review.stacks[0].unchecked.join("\n");
    assert!(
        unchecked.starts_with("resources that were changed outside CloudFormation: "),
        "{unchecked}"
    );
    let record = record(&aws, &wanted);
    aws.inject_fault(
        "DescribeStackResourceDrifts",
        Fault::AccessDenied,
        FaultTiming::Next(1),
    );
    let (ran, _) = deployed(&aws, &wanted, &by(record));
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    let told = ran.notices().join("\n");
    assert!(
        told.contains(
            "not checked: resources that were changed outside CloudFormation since the plan: "
        ),
        "{told}"
    );
}

#[test]
fn skips_drift_detection_without_overwritten_resources() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let mut more = queue(1);
    more["Resources"]["More"] = json!({ "Type": "AWS::SQS::Queue" });
    let wanted = app([stack("web", &more), stack("new", &queue(1))]);
    let record = record(&aws, &wanted);
    assert!(record.stacks.iter().all(|stack| stack.drift.is_none()));
    let (ran, _) = deployed(&aws, &wanted, &by(record));
    assert_eq!(outcomes(&ran), ["web: deployed", "new: deployed"]);
    assert!(
        !aws.called_operations()
            .iter()
            .any(|call| call == "DetectStackDrift")
    );
    // A plan for review does not detect drift either.
    let read = app([stack("web", &queue(5))]);
    planned(&aws, &read, &PlanOptions::default())
        .result
        .unwrap();
    assert!(
        !aws.called_operations()
            .iter()
            .any(|call| call == "DetectStackDrift")
    );
}

#[test]
fn detects_drift_of_waiting_stack_before_its_execution() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &queue(1));
    aws.deploy_stack("web", &queue(1));
    let wanted = app([
        stack("data", &queue(2)),
        after(stack("web", &queue(2)), &["data"]),
    ]);
    let record = record(&aws, &wanted);
    let (ran, _) = deployed(&aws, &wanted, &by(record));
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    let calls = aws.called_operations();
    let executed = calls.iter().position(|call| call == "ExecuteChangeSet");
    let last = calls.iter().rposition(|call| call == "DetectStackDrift");
    assert!(last > executed, "{calls:?}");
}

/// A failed drift detection still reports the drift it found. Without findings it proves nothing.
#[test]
fn uses_findings_of_failed_drift_detection() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    let record = record(&aws, &wanted);
    aws.fail_drift_detection("one of the handlers failed");
    aws.drift_resource("web", "Queue", "/DelaySeconds", "7");
    let (ran, _) = deployed(&aws, &wanted, &by(record.clone()));
    assert_eq!(ran.class(), Some(Class::Stale), "{}", ran.findings());

    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let plan = planned(&aws, &wanted, &for_record()).result.unwrap();
    aws.fail_drift_detection("one of the handlers failed");
    let (ran, _) = deployed(&aws, &wanted, &by(plan.record));
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    let told = ran.notices().join("\n");
    assert!(told.contains("one of the handlers failed"), "{told}");
}

/// Up to 200 resources are compared by name. For more, drift is detected for the whole stack, and resources without changes are ignored.
#[test]
fn compares_up_to_200_resources_by_name() {
    let queues = |number: usize, delay: u32| {
        let mut template = queue(1);
        for at in 0..number {
            template["Resources"][format!("Queue{at}")] =
                queue(delay)["Resources"]["Queue"].clone();
        }
        template
    };
    for (number, compared) in [(200, 200), (201, 202)] {
        let aws = FakeCloud::new();
        aws.deploy_stack("web", &queues(number, 1));
        aws.drift_resource("web", "Queue7", "/DelaySeconds", "7");
        aws.drift_resource("web", "Queue", "/DelaySeconds", "7");
        let wanted = app([stack("web", &queues(number, 2))]);
        let plan = planned(&aws, &wanted, &for_record()).result.unwrap();
        let drift = plan.record.stacks[0].drift.clone().unwrap_or_default();
        assert_eq!(drift.keys().collect::<Vec<_>>(), ["Queue7"]);
        let client = aws.cloud().cloudformation_client("eu-west-1");
        let all = FakeCloud::paused_runtime().block_on(async {
            let mut all = Vec::new();
            let mut next = None;
            loop {
                let page = client.resource_drifts("web", next).await.unwrap();
                all.extend(page.items);
                next = page.next;
                if next.is_none() {
                    return all;
                }
            }
        });
        assert_eq!(all.len(), compared);
    }
}
