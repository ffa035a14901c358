//! Tests of operations on stacks: their steps and their ends.

use std::time::Duration;

use serde_json::{Value as JsonValue, json};

use super::{execute, pass, ready, request, run, story, template};
use crate::{FailurePhase, FakeCloud};
use infra_aws::{
    ApiErrorKind, ChangeSetType, CloudFormation, ContinueRollback, CreateChangeSet, DeleteStack,
    OnFailure,
};

/// Creates a change set, executes it, and waits for the end.
async fn deploy(client: &dyn CloudFormation, request: CreateChangeSet) {
    let set = ready(client, request).await;
    client.execute_change_set(execute(&set.id)).await.unwrap();
    pass(120).await;
}

fn update(template: &JsonValue) -> CreateChangeSet {
    request("Web", ChangeSetType::Update, template)
}

fn group(description: &str, more: &JsonValue) -> JsonValue {
    let mut template = json!({ "Resources": {
        "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "GroupDescription": description } },
    } });
    for (id, resource) in more.as_object().into_iter().flatten() {
        template["Resources"][id] = resource.clone();
    }
    template
}

#[test]
fn cancels_resources_in_progress_after_failure() {
    let aws = FakeCloud::new();
    aws.set_duration("Slow", Duration::from_mins(1));
    aws.fail_resource("Queue", FailurePhase::Create, "AccessDenied");
    let slow = json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue" }, "Slow": { "Type": "AWS::SNS::Topic" },
    } });
    run(&aws, async |client| {
        deploy(&*client, request("Web", ChangeSetType::Create, &slow)).await;
    });
    let story = story(&aws, "Web");
    assert!(
        story.contains("Slow CREATE_FAILED: Resource creation cancelled\n"),
        "{story}"
    );
    assert!(story.contains("failed to create: [Queue, Slow]"), "{story}");
}

#[test]
fn applies_on_failure_option_to_failed_creation() {
    let kept = json!({ "Resources": {
        "Bucket": { "Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain" },
        "Topic": { "Type": "AWS::SNS::Topic", "DependsOn": "Bucket" },
    } });
    for (on_failure, retain_except, status, bucket_event) in [
        (
            OnFailure::Delete,
            false,
            "DELETE_COMPLETE",
            "Bucket DELETE_SKIPPED",
        ),
        (
            OnFailure::Delete,
            true,
            "DELETE_COMPLETE",
            "Bucket DELETE_SKIPPED",
        ),
        (
            OnFailure::Rollback,
            true,
            "ROLLBACK_COMPLETE",
            "Bucket DELETE_COMPLETE",
        ),
        (
            OnFailure::Rollback,
            false,
            "ROLLBACK_COMPLETE",
            "Bucket DELETE_SKIPPED",
        ),
        (
            OnFailure::DoNothing,
            false,
            "CREATE_FAILED",
            "Bucket CREATE_COMPLETE",
        ),
    ] {
        let aws = FakeCloud::new();
        aws.fail_resource("Topic", FailurePhase::Create, "no");
        let id = run(&aws, async |client| {
            let mut asked = request("Web", ChangeSetType::Create, &kept);
            asked.on_failure = on_failure;
            let set = ready(&*client, asked).await;
            let mut execute = execute(&set.id);
            execute.retain_except_on_create = retain_except;
            client.execute_change_set(execute).await.unwrap();
            pass(60).await;
            set.stack_id
        });
        assert_eq!(aws.stack_status(&id).as_deref(), Some(status));
        let story = story(&aws, &id);
        assert!(
            story.contains(bucket_event),
            "{on_failure:?} {retain_except}: {story}"
        );
    }
}

#[test]
fn replaces_resources_before_cleanup() {
    let aws = FakeCloud::new();
    let kept = json!({ "Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain" });
    aws.deploy_stack(
        "Web",
        &group(
            "old",
            &json!({ "Old": { "Type": "AWS::SQS::Queue" }, "Kept": kept }),
        ),
    );
    let before = aws.live_resources("Web");
    run(&aws, async |client| {
        deploy(
            &*client,
            update(&group(
                "new",
                &json!({ "New": { "Type": "AWS::SNS::Topic" } }),
            )),
        )
        .await;
        let after = aws.live_resources("Web");
        assert_ne!(before["Group"], after["Group"]);
        let story = story(&aws, "Web");
        let (_, cleanup) = story
            .split_once("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS\n")
            .unwrap();
        insta::assert_snapshot!(cleanup);
        // Rollback: the replacement is deleted, and the old resource is used again.
        aws.fail_resource("New", FailurePhase::Update, "throttled");
        let mut failing = group(
            "newer",
            &json!({ "New": { "Type": "AWS::SNS::Topic", "DependsOn": "Group" } }),
        );
        failing["Resources"]["New"]["Properties"] = json!({ "DisplayName": "x" });
        let mut failing = update(&failing);
        failing.name = "failing".to_owned();
        let set = ready(&*client, failing).await;
        let mut token = execute(&set.id);
        token.token = "failing".to_owned();
        client.execute_change_set(token).await.unwrap();
        pass(60).await;
        assert_eq!(aws.live_resources("Web"), after);
    });
    let events = aws.stack_events("Web");
    let last: Vec<_> = events
        .iter()
        .filter(|e| e.token.as_deref() == Some("failing"))
        .collect();
    assert_ne!(last[0].operation_id, last[last.len() - 1].operation_id);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}

#[test]
fn continues_failed_rollback_with_skipped_resources() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    aws.fail_resource("Topic", FailurePhase::Update, "first");
    aws.fail_resource_times("Queue", FailurePhase::Rollback, "second", 2);
    let mut next = template(5);
    next["Resources"]["Topic"]["Properties"]["DisplayName"] = "other".into();
    next["Resources"]["Topic"]["DependsOn"] = "Queue".into();
    run(&aws, async |client| {
        deploy(&*client, update(&next)).await;
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("UPDATE_ROLLBACK_FAILED")
        );
        let go_on = async |skip: &[&str]| {
            let request = ContinueRollback::builder()
                .stack("Web")
                .skip(skip.iter().map(|id| (*id).to_owned()).collect())
                .token(format!("continue-{}", skip.len()))
                .build();
            let result = client.continue_rollback(request).await;
            pass(60).await;
            result
        };
        let wrong = go_on(&["Nothing"]).await.unwrap_err();
        assert!(wrong.message.contains("not in UPDATE_FAILED state"));
        go_on(&[]).await.unwrap();
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("UPDATE_ROLLBACK_FAILED")
        );
        go_on(&["Queue"]).await.unwrap();
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("UPDATE_ROLLBACK_COMPLETE")
        );
        assert!(go_on(&[]).await.is_err());
    });
}

#[test]
fn keeps_failed_update_until_rollback_is_requested() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    aws.fail_resource("Topic", FailurePhase::Update, "no");
    let mut next = template(5);
    next["Resources"]["Topic"]["Properties"]["DisplayName"] = "other".into();
    next["Resources"]["Topic"]["DependsOn"] = "Queue".into();
    run(&aws, async |client| {
        let set = ready(&*client, update(&next)).await;
        let mut execute = execute(&set.id);
        execute.disable_rollback = Some(true);
        client.execute_change_set(execute).await.unwrap();
        pass(60).await;
        assert_eq!(aws.stack_status("Web").as_deref(), Some("UPDATE_FAILED"));
        assert_eq!(
            aws.resource_property("Web", "Queue", "/DelaySeconds"),
            Some(json!(5))
        );
        client.rollback_stack("Web", None, "back").await.unwrap();
        pass(60).await;
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("UPDATE_ROLLBACK_COMPLETE")
        );
        assert_eq!(
            aws.resource_property("Web", "Queue", "/DelaySeconds"),
            Some(json!(0))
        );
        assert!(client.rollback_stack("Web", None, "again").await.is_err());
    });
}

#[test]
fn rolls_back_cancelled_update() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    aws.set_duration("Queue", Duration::from_mins(5));
    run(&aws, async |client| {
        let set = ready(&*client, update(&template(5))).await;
        client.execute_change_set(execute(&set.id)).await.unwrap();
        pass(30).await;
        client.cancel_update("Web", "cancel").await.unwrap();
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("UPDATE_ROLLBACK_IN_PROGRESS")
        );
        let error = client.cancel_update("Web", "again").await.unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::WrongState);
        pass(600).await;
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("UPDATE_ROLLBACK_COMPLETE")
        );
    });
    assert!(story(&aws, "Web").contains("Queue UPDATE_FAILED: Resource update cancelled\n"));
}

#[test]
fn rejects_protected_deletion_and_retains_listed_resources() {
    let aws = FakeCloud::new();
    let full = json!({ "Resources": {
        "Bucket": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "full" } },
        "Topic": { "Type": "AWS::SNS::Topic" },
    } });
    let id = aws.deploy_stack("Web", &full);
    aws.put_object("full", "a.txt", b"a");
    aws.set_protection("Web", true);
    run(&aws, async |client| {
        let delete = async |retain: &[&str]| {
            let request = DeleteStack::builder()
                .stack("Web")
                .retain(retain.iter().map(|id| (*id).to_owned()).collect())
                .token(format!(
                    "delete-{}-{}",
                    retain.len(),
                    aws.called_operations().len()
                ))
                .build();
            let result = client.delete_stack(request).await;
            pass(60).await;
            result.map_err(|error| error.message)
        };
        let refused = delete(&[]).await.unwrap_err();
        assert_eq!(
            refused,
            "Stack [Web] cannot be deleted while TerminationProtection is enabled"
        );
        client
            .set_termination_protection("Web", false)
            .await
            .unwrap();
        assert!(
            delete(&["Bucket"])
                .await
                .unwrap_err()
                .contains("DELETE_FAILED state")
        );
        delete(&[]).await.unwrap();
        assert_eq!(aws.stack_status("Web").as_deref(), Some("DELETE_FAILED"));
        delete(&["Bucket"]).await.unwrap();
        assert_eq!(aws.stack_status("Web"), None);
        delete(&[]).await.unwrap();
    });
    assert_eq!(aws.bucket_objects("full").len(), 1);
    insta::assert_snapshot!(
        story(&aws, &id)
            .split_once("CREATE_COMPLETE\nWeb DELETE")
            .unwrap()
            .1
    );
}

#[test]
fn keeps_exports_imported_by_other_stacks() {
    let aws = FakeCloud::new();
    let id = aws.deploy_stack("Web", &template(0));
    aws.deploy_stack(
        "Reader",
        &json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": { "Fn::ImportValue": "queue-url" },
    } } } }),
    );
    let mut without = template(0);
    without["Outputs"] = json!({});
    run(&aws, async |client| {
        assert_eq!(
            client.list_imports("queue-url", None).await.unwrap().items,
            ["Reader"]
        );
        deploy(&*client, update(&without)).await;
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("UPDATE_ROLLBACK_COMPLETE")
        );
        let delete = DeleteStack::builder().stack(id.clone()).token("d").build();
        client.delete_stack(delete).await.unwrap();
        pass(60).await;
    });
    let story = story(&aws, &id);
    assert!(
        story.contains("Export queue-url cannot be deleted as it is in use by Reader\n"),
        "{story}"
    );
    assert!(
        story.ends_with(
            "Delete canceled. Cannot delete export queue-url as it is in use by Reader.\n"
        ),
        "{story}"
    );
    assert_eq!(aws.live_resources("Web").len(), 2);
}

#[test]
fn keeps_role_of_earlier_change_set() {
    let aws = FakeCloud::new();
    run(&aws, async |client| {
        let mut asked = request("Web", ChangeSetType::Create, &template(0));
        asked.role_arn = Some("arn:aws:iam::123456789012:role/exec".to_owned());
        let set = ready(&*client, asked).await;
        client.execute_change_set(execute(&set.id)).await.unwrap();
        client.execute_change_set(execute(&set.id)).await.unwrap();
        pass(60).await;
        let mut again = update(&template(1));
        again.name = "again".to_owned();
        let set = ready(&*client, again).await;
        let mut other = execute(&set.id);
        other.token = "other".to_owned();
        client.execute_change_set(other).await.unwrap();
        pass(60).await;
        let stack = client.describe_stack("Web").await.unwrap().unwrap();
        assert_eq!(
            stack.role_arn.as_deref(),
            Some("arn:aws:iam::123456789012:role/exec")
        );
    });
}

#[test]
fn returns_stack_events_in_pages() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    aws.add_past_events("Web", 1_000);
    aws.set_page_size(7);
    run(&aws, async |client| {
        let (mut found, mut next) = (Vec::new(), None);
        loop {
            let page = client.stack_events("Web", next).await.unwrap();
            assert!(page.items.len() <= 7);
            found.extend(page.items.into_iter().map(|event| event.id));
            // Events that occur meanwhile precede those that were read.
            if found.len() == 7 {
                aws.set_status("Web", "UPDATE_COMPLETE");
            }
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        let mut told: Vec<String> = aws
            .stack_events("Web")
            .into_iter()
            .map(|event| event.id)
            .collect();
        told.pop();
        told.reverse();
        assert_eq!(found, told);
    });
}
