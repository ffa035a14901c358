//! Tests of nested stacks: their change sets, and operations that parents wait for.

use serde_json::{Value as JsonValue, json};

use super::super::{FailurePhase, FakeCloud};
use super::{execute, ready, request, run};
use infra_aws::{ApiReplacement, ChangeSetStatus, ChangeSetType, TemplateSource};
use infra_template::review::Action;

const ADDRESS: &str = "https://templates.example/child.json";

fn child(queues: &[&str]) -> JsonValue {
    let queues = queues
        .iter()
        .map(|id| ((*id).to_owned(), json!({ "Type": "AWS::SQS::Queue" })));
    json!({
        "Resources": queues.collect::<serde_json::Map<_, _>>(),
        "Outputs": { "Url": { "Value": { "Ref": "Kept" } } },
    })
}

fn root(version: u32) -> JsonValue {
    json!({ "Resources": {
        "Child": { "Type": "AWS::CloudFormation::Stack", "Properties": {
            "TemplateURL": ADDRESS, "Tags": [{ "Key": "version", "Value": version.to_string() }],
        } },
        "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
            "DisplayName": { "Fn::GetAtt": ["Child", "Outputs.Url"] },
        } },
    } })
}

fn events(aws: &FakeCloud, stack: &str) -> Vec<String> {
    let events = aws.stack_events(stack).into_iter();
    events
        .map(|event| {
            let id = if event.is_stack_event() {
                "stack"
            } else {
                &event.logical_id
            };
            format!("{id} {}", event.status)
        })
        .collect()
}

fn work_through(aws: &FakeCloud) {
    aws.advance_clock(std::time::Duration::from_mins(5));
}

#[test]
fn creates_and_deletes_nested_change_sets_with_root() {
    let aws = FakeCloud::new();
    aws.provide_template(ADDRESS, &child(&["Kept"]));
    run(&aws, async |client| {
        let mut wanted = request("Web", ChangeSetType::Create, &root(1));
        wanted.include_nested = true;
        let found = ready(&*client, wanted).await;
        let nested = found.changes[0].nested_change_set_id.clone().unwrap();
        assert!(found.changes[1].nested_change_set_id.is_none());
        let below = client
            .describe_change_set(&nested, None, true, None)
            .await
            .unwrap();
        assert_eq!(below.status, ChangeSetStatus::CreateComplete);
        assert_eq!(below.changes[0].logical_id, "Kept");
        assert_eq!(below.changes[0].action, Action::Add);
        assert_eq!(
            aws.stack_status(&below.stack_id).as_deref(),
            Some("REVIEW_IN_PROGRESS")
        );
        let refused = client
            .execute_change_set(execute(&nested))
            .await
            .unwrap_err();
        assert!(
            refused
                .message
                .contains("goes with the change set of its root"),
            "{refused:?}"
        );
        client.delete_change_set(&found.id).await.unwrap();
        assert!(
            client
                .describe_change_set(&nested, None, false, None)
                .await
                .is_err()
        );
        assert_eq!(
            aws.stack_status(&below.stack_id).as_deref(),
            Some("DELETE_COMPLETE")
        );
    });
}

#[test]
fn reports_only_nested_stack_without_nested_change_sets() {
    let aws = FakeCloud::new();
    aws.provide_template(ADDRESS, &child(&["Kept", "Gone"]));
    aws.deploy_stack("Web", &root(1));
    aws.provide_template(ADDRESS, &child(&["Kept"]));
    run(&aws, async |client| {
        for ignored in [false, true] {
            let mut wanted = request("Web", ChangeSetType::Update, &root(2));
            wanted.template = TemplateSource::Body(root(2).to_string());
            if ignored {
                aws.ignore_nested_change_sets();
                wanted.include_nested = true;
                wanted.name = "set-2".to_owned();
            }
            let found = ready(&*client, wanted).await;
            let change = &found.changes[0];
            assert_eq!(change.logical_id, "Child");
            assert_eq!(change.replacement, Some(ApiReplacement::False));
            assert_eq!(change.nested_change_set_id, None);
        }
    });
}

#[test]
fn creates_updates_and_deletes_nested_stack_with_parent() {
    let aws = FakeCloud::new();
    aws.provide_template(ADDRESS, &child(&["Kept", "Gone"]));
    aws.deploy_stack("Web", &root(1));
    let arn = aws.live_resources("Web")["Child"].clone();
    let url = aws.live_resources(&arn)["Kept"].clone();
    assert_eq!(
        aws.resource_property("Web", "Topic", "/DisplayName"),
        Some(json!(url))
    );
    assert_eq!(aws.stack_status(&arn).as_deref(), Some("CREATE_COMPLETE"));
    aws.provide_template(ADDRESS, &child(&["Kept"]));
    let before = events(&aws, &arn).len();
    aws.update_stack("Web", &root(2));
    assert_eq!(
        events(&aws, &arn)[before..],
        [
            "stack UPDATE_IN_PROGRESS",
            "stack UPDATE_COMPLETE",
            "stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "Gone DELETE_IN_PROGRESS",
            "Gone DELETE_COMPLETE",
            "stack UPDATE_COMPLETE",
        ]
    );
    run(&aws, async |client| {
        let mut delete = infra_aws::DeleteStack::default();
        delete.stack = "Web".to_owned();
        delete.token = "delete".to_owned();
        client.delete_stack(delete).await.unwrap();
    });
    work_through(&aws);
    assert_eq!(aws.stack_status("Web"), None);
    assert_eq!(aws.stack_status(&arn).as_deref(), Some("DELETE_COMPLETE"));
}

#[test]
fn rolls_back_all_stacks_after_nested_failure() {
    let aws = FakeCloud::new();
    aws.provide_template(ADDRESS, &child(&["Kept"]));
    aws.deploy_stack("Web", &root(1));
    let arn = aws.live_resources("Web")["Child"].clone();
    aws.provide_template(ADDRESS, &child(&["Kept", "New"]));
    aws.fail_resource("New", FailurePhase::Create, "no more queues");
    let before = aws.stack_events("Web").len();
    run(&aws, async |client| {
        let mut wanted = request("Web", ChangeSetType::Update, &root(2));
        wanted.include_nested = true;
        let found = ready(&*client, wanted).await;
        client.execute_change_set(execute(&found.id)).await.unwrap();
    });
    work_through(&aws);
    let failed = aws.stack_events("Web")[before..]
        .iter()
        .find(|event| event.status.as_str() == "UPDATE_FAILED")
        .cloned()
        .unwrap();
    assert_eq!(failed.logical_id, "Child");
    assert_eq!(
        failed.reason.unwrap(),
        format!(
            "Embedded stack {arn} was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: The following resource(s) failed to update: [New]. "
        )
    );
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
    assert_eq!(
        aws.stack_status(&arn).as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
    assert_eq!(
        aws.live_resources(&arn).into_keys().collect::<Vec<_>>(),
        ["Kept"]
    );
}

#[test]
fn fails_root_with_failed_nested_change_set() {
    let aws = FakeCloud::new();
    let mut broken = child(&["Kept"]);
    broken["Resources"]["Kept"]["Properties"] = json!({
        "QueueName": { "Fn::ImportValue": "nobodys" },
    });
    aws.provide_template(ADDRESS, &broken);
    run(&aws, async |client| {
        let mut wanted = request("Web", ChangeSetType::Create, &root(1));
        wanted.include_nested = true;
        let found = ready(&*client, wanted).await;
        assert_eq!(found.status, ChangeSetStatus::Failed);
        let reason = found.status_reason.unwrap();
        let nested = reason.split_whitespace().nth(3).unwrap();
        assert_eq!(
            reason,
            format!(
                "Nested change set {nested} was not successfully created: Currently in FAILED."
            )
        );
        let below = client
            .describe_change_set(nested, None, false, None)
            .await
            .unwrap();
        assert_eq!(
            below.status_reason.as_deref(),
            Some("No export named nobodys found")
        );
    });
}
