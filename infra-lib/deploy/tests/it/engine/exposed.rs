//! Tests that a change which opens a path from the internet is executed only with an approval of it.

use infra_deploy::Class;
use infra_deploy::deploy::{Approvals, DeployOptions};
use infra_fake::FakeCloud;
use infra_template::assembly::CloudAssembly;
use serde_json::{Value as JsonValue, json};

use super::fixture::{after, app, deployed, outcomes, planned, reviewed, stack};

/// Returns a queue whose policy lets a principal send messages.
fn queue(principal: &JsonValue, sid: &str) -> JsonValue {
    json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue" },
        "Policy": policy(&json!({ "Ref": "Queue" }), principal, sid),
    } })
}

fn policy(queue: &JsonValue, principal: &JsonValue, sid: &str) -> JsonValue {
    json!({ "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [queue], "PolicyDocument": { "Statement": [
        { "Sid": sid, "Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": "*" },
    ] } } })
}

fn own() -> JsonValue {
    json!({ "AWS": "123456789012" })
}

fn data(principal: &JsonValue, sid: &str) -> CloudAssembly {
    app([stack("data", &queue(principal, sid))])
}

fn approve(stack: &str, digest: &str) -> Approvals {
    let text = format!(
        "version: 1\nexposures:\n  - {{ stack: {stack}, resource: Queue, changes: '{digest}', reason: open to all }}\n"
    );
    Approvals::parse_yaml("infra/approvals.yaml", &text).unwrap()
}

/// Returns the digest that the help of a refusal contains.
fn digest(findings: &str) -> &str {
    let (_, rest) = findings.split_once("changes: '").unwrap();
    rest.split_once('\'').unwrap().0
}

#[test]
fn opens_path_only_with_exact_approval() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &queue(&own(), "a"));
    let wanted = data(&json!("*"), "a");
    let mut options = DeployOptions::default();
    let plan = planned(&aws, &wanted, &options.plan).result.unwrap();
    let stops = &plan.review.stacks[0].stops;
    assert_eq!(stops[0].opened, plan.review.stacks[0].opened);
    let (ran, asked) = deployed(&aws, &wanted, &options);
    insta::assert_snapshot!(ran.findings());
    assert!(asked.stacks().is_empty());
    // Other approvals of the same resource do not count.
    options.allow_data_loss.insert("Queue".to_owned());
    options.allow_interruption.insert("Queue".to_owned());
    options.allow_any_interruption = true;
    options.allow_exposure.insert("Policy".to_owned());
    assert_eq!(
        deployed(&aws, &wanted, &options).0.class(),
        Some(Class::Blocked)
    );
    options.allow_exposure.insert("Queue".to_owned());
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["data: deployed"]);
}

#[test]
fn accepts_committed_approval_of_the_same_changes() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &queue(&own(), "a"));
    let mut options = DeployOptions::default();
    let wanted = data(&json!("*"), "a");
    let refused = deployed(&aws, &wanted, &options).0.findings();
    options.approvals = approve("data", digest(&refused));
    // Another value of the same property.
    let (ran, _) = deployed(&aws, &data(&json!("*"), "b"), &options);
    assert!(ran.findings().contains("INF7316"), "{}", ran.findings());
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["data: deployed"]);
}

/// The proof of a reviewed change set reads what is deployed, so that only new paths block.
#[test]
fn compares_reviewed_plan_with_what_is_deployed() {
    for (before, blocked) in [(json!("*"), false), (own(), true)] {
        let aws = FakeCloud::new();
        aws.deploy_stack("data", &queue(&before, "a"));
        let wanted = data(&json!("*"), "b");
        let mut options = reviewed();
        planned(&aws, &wanted, &options.plan).result.unwrap();
        let (ran, _) = deployed(&aws, &wanted, &options);
        let expected = blocked.then_some(Class::Blocked);
        assert_eq!(ran.class(), expected, "{}", ran.findings());
        if blocked {
            options.approvals = approve("data", digest(&ran.findings()));
            let (ran, _) = deployed(&aws, &wanted, &options);
            assert_eq!(outcomes(&ran), ["data: deployed"]);
        }
    }
}

fn base(principal: Option<&str>) -> JsonValue {
    let mut base = json!({
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } },
        "Outputs": { "Url": { "Value": { "Ref": "Queue" }, "Export": { "Name": "queue" } } },
    });
    if let Some(principal) = principal {
        base["Outputs"]["Who"] = json!({ "Value": principal, "Export": { "Name": "who" } });
    }
    base
}

#[test]
fn finds_path_to_stack_that_is_not_selected() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &base(None));
    let web = |principal: &JsonValue| {
        let policy = policy(&json!({ "Fn::ImportValue": "queue" }), principal, "a");
        json!({ "Resources": { "Policy": policy } })
    };
    aws.deploy_stack("web", &web(&own()));
    let wanted = app([
        stack("data", &base(None)),
        after(stack("web", &web(&json!("*"))), &["data"]),
    ]);
    let mut options = DeployOptions::default();
    options.plan.stacks = vec!["web".to_owned()];
    let (ran, _) = deployed(&aws, &wanted, &options);
    let refused = ran.findings();
    assert!(refused.contains("error[INF7610]: `Queue` "), "{refused}");
    // The approval names the stack that changes, not that of the queue.
    options.approvals = approve("data", digest(&refused));
    assert_eq!(
        deployed(&aws, &wanted, &options).0.class(),
        Some(Class::Blocked)
    );
    options.approvals = approve("web", digest(&refused));
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn checks_stack_again_that_is_planned_during_the_deployment() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &base(None));
    let web = |topic: &JsonValue, principal: &JsonValue| {
        let policy = policy(&json!({ "Fn::ImportValue": "queue" }), principal, "a");
        let topic = json!({ "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": topic } });
        json!({ "Resources": { "Policy": policy, "Topic": topic } })
    };
    aws.deploy_stack("web", &web(&json!("a"), &own()));
    let open = web(&json!({ "Fn::ImportValue": "who" }), &json!("*"));
    let wanted = app([
        stack("data", &base(Some("news"))),
        after(stack("web", &open), &["data"]),
    ]);
    let mut options = DeployOptions::default();
    let (ran, _) = deployed(&aws, &wanted, &options);
    // The prediction from the templates already refuses, before the first stack is changed.
    assert!(ran.findings().contains("INF7610"), "{}", ran.findings());
    let executed = "ExecuteChangeSet".to_owned();
    assert!(!aws.write_operations().contains(&executed));
    // An entry of the file counts for the predicted changes, and is compared with the change set once there is one.
    options.approvals = approve("web", "0123456789ab");
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert!(ran.findings().contains("INF7316"), "{}", ran.findings());
    options.allow_exposure.insert("Queue".to_owned());
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["data: no changes", "web: deployed"]);
}
