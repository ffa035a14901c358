//! Tests of the constructs that `scripts/package` compiles outside the workspace.

use infra_lib::core::render;
use infra_lib::events::{EventPattern, Rule};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::{App, Duration, Stack, value};

#[allow(
    dead_code,
    unreachable_pub,
    reason = "a crate of its own in `scripts/package`"
)]
#[path = "../../../scripts/tests/constructs/src/lib.rs"]
mod constructs;

use constructs::{ResponsePlan, Vault, vault_with_plan};

fn alerts(stack: Stack<'_>) -> Topic<'_> {
    let key = Key::builder().build(stack, "Key");
    Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "Alerts")
}

#[test]
fn constructs_of_team_are_used_as_those_of_the_library() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let alerts = alerts(stack);
    let plan = ResponsePlan(value(
        "arn:aws:ssm-incidents::111122223333:response-plan/vault",
    ));
    let vault = vault_with_plan(stack, &alerts, &plan);
    Rule::on_event(EventPattern::new().source("aws.s3"))
        .target(vault)
        .build(stack, "Rule");
    let role = Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Sender");
    vault.grant_send(&role);
    Vault::from_arn("arn:aws:sqs:eu-west-1:111122223333:other").grant_send(&vault);
    let synthesis = app.synth();
    let found: Vec<String> = synthesis.findings().iter().map(render).collect();
    assert_eq!(found, [""; 0]);
    let template = synthesis.stacks()[0].template.to_json();
    let resources = &template["Resources"];
    let queue = &resources["Vault23237E5B"]["Properties"];
    assert_eq!(queue["QueueName"], "Stack-Vault23237E5B");
    assert_eq!(queue["MessageRetentionPeriod"], 604_800);
    let policies: Vec<&serde_json::Value> = resources
        .as_object()
        .unwrap()
        .values()
        .filter(|resource| resource["Type"] == "AWS::SQS::QueuePolicy")
        .collect();
    let statements = policies[0]["Properties"]["PolicyDocument"]["Statement"].to_string();
    assert!(statements.contains("sns.amazonaws.com"), "{statements}");
    assert!(statements.contains("events.amazonaws.com"), "{statements}");
}

#[test]
fn finding_of_team_construct_points_to_line_of_user() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let builder = Vault::builder().alerts(alerts(stack));
    let builder = builder.retention(Duration::hours(2));
    let here = line!() + 1;
    builder.build(stack, "Vault");
    let synthesis = app.synth();
    let found = &synthesis.findings()[0];
    assert_eq!(found.code.as_str(), "TEAM0001");
    assert_eq!(found.path.as_deref(), Some("Stack/Vault"));
    assert_eq!(found.place.as_ref().unwrap().line, here);
    assert_eq!(synthesis.findings().len(), 1);
}
