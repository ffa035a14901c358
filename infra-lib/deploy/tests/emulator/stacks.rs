//! Tests the life cycle of CloudFormation stacks and refused requests with the emulator.

use std::collections::BTreeMap;

use infra_aws::{
    ApiErrorKind, ApiReplacement, ChangeSetStatus, ChangeSetType, DeleteStack, EventSelector,
    ExecuteChangeSet, ExecutionStatus, OnFailure, TemplateSource,
};
use infra_template::review::Action;
use serde_json::{Value as JsonValue, json};

use crate::support::{aws, deploy, known, settled, template, until, wanted};

fn topic_and_queue(topic: &str) -> JsonValue {
    json!({
        "Resources": {
            "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": topic } },
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "VisibilityTimeout": 30 } },
        },
        "Outputs": {
            "TopicArn": {
                "Value": { "Ref": "Topic" },
                "Description": "where to say things",
                "Export": { "Name": "life-topic" },
            },
        },
    })
}

fn deletion(stack: &str) -> DeleteStack {
    DeleteStack::builder()
        .stack(stack)
        .token("token-of-deletion")
        .build()
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn creates_updates_and_deletes_stack() {
    let cloud = aws("eu-west-1").await;
    let cloudformation = cloud.cloudformation_client("eu-west-1");
    assert_eq!(cloudformation.describe_stack("life").await.unwrap(), None);

    // Planned: the stack is in review and the change set describes the changes.
    let first = topic_and_queue("first");
    let made = cloudformation
        .create_change_set(wanted("life", ChangeSetType::Create, &first))
        .await
        .unwrap();
    let plan = known(&*cloudformation, &made).await;
    assert_eq!(plan.status, ChangeSetStatus::CreateComplete);
    assert_eq!(plan.execution_status, ExecutionStatus::Available);
    assert_eq!(plan.id, made.id);
    assert_eq!(plan.stack_name, "life");
    assert_eq!(plan.description.as_deref(), Some("of a test"));
    assert!(
        plan.changes
            .iter()
            .all(|change| change.action == Action::Add)
    );
    let stack = cloudformation
        .describe_stack("life")
        .await
        .unwrap()
        .unwrap();
    assert!(stack.status.is_review());
    let text = cloudformation
        .get_template("life", Some(&made.id))
        .await
        .unwrap();
    assert_eq!(text, first.to_string());

    // Executed: events are ordered newest first and contain the client request token.
    let execution = ExecuteChangeSet::builder()
        .id(made.id.clone())
        .token("token-of-execution")
        .retain_except_on_create(true)
        .build();
    cloudformation
        .execute_change_set(execution.clone())
        .await
        .unwrap();
    let stack = until(async || {
        let stack = settled(&*cloudformation, &made.stack_id).await;
        stack.status.is_named("CREATE_COMPLETE").then_some(stack)
    })
    .await;
    assert_eq!(stack.id, made.stack_id);
    assert_eq!(
        stack.tags,
        BTreeMap::from([("team".to_owned(), "a".to_owned())])
    );
    let [output] = &*stack.outputs else {
        panic!("{:?}", stack.outputs)
    };
    assert_eq!(output.value, "arn:aws:sns:eu-west-1:123456789012:first");
    assert_eq!(output.export_name.as_deref(), Some("life-topic"));
    let events = cloudformation
        .stack_events(&stack.id, None)
        .await
        .unwrap()
        .items;
    assert!(events.iter().rev().is_sorted_by_key(|event| event.time));
    assert!(events[0].is_stack_event() && events[0].status.as_str() == "CREATE_COMPLETE");
    assert_eq!(events[0].token.as_deref(), Some("token-of-execution"));
    let resources = cloudformation
        .stack_resources("life", None)
        .await
        .unwrap()
        .items;
    let mut names: Vec<_> = resources
        .iter()
        .map(|resource| &*resource.logical_id)
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["Queue", "Topic"]);
    assert!(
        resources
            .iter()
            .all(|resource| resource.physical_id.is_some())
    );
    assert_eq!(
        cloudformation.get_template("life", None).await.unwrap(),
        first.to_string()
    );

    // A change set can be executed only once.
    let refused = cloudformation
        .execute_change_set(execution)
        .await
        .unwrap_err();
    assert!(
        matches!(
            refused.kind,
            ApiErrorKind::WrongState | ApiErrorKind::NotFound
        ),
        "{refused:?}"
    );

    // Updated: a different name replaces the topic.
    let second = topic_and_queue("second");
    let request = wanted("life", ChangeSetType::Update, &second);
    let made = cloudformation.create_change_set(request).await.unwrap();
    let plan = known(&*cloudformation, &made).await;
    let topic = plan
        .changes
        .iter()
        .find(|change| change.logical_id == "Topic")
        .unwrap();
    assert_eq!(topic.action, Action::Modify);
    assert_eq!(topic.replacement, Some(ApiReplacement::True));
    assert_eq!(topic.details[0].name.as_deref(), Some("TopicName"));
    let listed = cloudformation
        .list_change_sets("life", None)
        .await
        .unwrap()
        .items;
    assert!(listed.iter().any(|listed| listed.id == made.id));
    cloudformation.delete_change_set(&made.id).await.unwrap();
    let stack = deploy(
        &*cloudformation,
        wanted("life", ChangeSetType::Update, &second),
    )
    .await;
    assert!(
        stack.status.is_named("UPDATE_COMPLETE"),
        "{}",
        stack.status.as_str()
    );
    assert_eq!(
        stack.outputs[0].value,
        "arn:aws:sns:eu-west-1:123456789012:second"
    );

    // Drift detection.
    let id = cloudformation.detect_drift("life", &[]).await.unwrap();
    let drift = until(async || {
        let found = cloudformation.drift_detection(&id).await.unwrap();
        (found.status != "DETECTION_IN_PROGRESS").then_some(found)
    })
    .await;
    assert_eq!(drift.status, "DETECTION_COMPLETE");
    assert_eq!(drift.stack_status.as_deref(), Some("IN_SYNC"));
    let found = cloudformation
        .resource_drifts("life", None)
        .await
        .unwrap()
        .items;
    assert!(!found.is_empty());

    // Deleted: the stack can be found only by its ARN.
    cloudformation.delete_stack(deletion("life")).await.unwrap();
    until(async || {
        cloudformation
            .describe_stack("life")
            .await
            .unwrap()
            .is_none()
            .then_some(())
    })
    .await;
    let gone = cloudformation
        .describe_stack(&stack.id)
        .await
        .unwrap()
        .unwrap();
    assert!(gone.status.is_deleted(), "{}", gone.status.as_str());
    let stacks = cloudformation.list_stacks(None).await.unwrap().items;
    assert!(stacks.iter().all(|summary| summary.name != "life"));
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn returns_failed_change_set_without_changes() {
    let cloud = aws("eu-west-2").await;
    let cloudformation = cloud.cloudformation_client("eu-west-2");
    let topic = template("Topic", "AWS::SNS::Topic", &json!({}));
    deploy(
        &*cloudformation,
        wanted("same", ChangeSetType::Create, &topic),
    )
    .await;
    let request = wanted("same", ChangeSetType::Update, &topic);
    let made = cloudformation.create_change_set(request).await.unwrap();
    let plan = known(&*cloudformation, &made).await;
    assert_eq!(plan.status, ChangeSetStatus::Failed);
    assert_eq!(plan.execution_status, ExecutionStatus::Unavailable);
    let reason = plan.status_reason.unwrap();
    assert!(reason.contains("didn't contain changes"), "{reason}");
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn distinguishes_kinds_of_refused_requests() {
    let cloud = aws("eu-west-3").await;
    let cloudformation = cloud.cloudformation_client("eu-west-3");
    let topic = template("Topic", "AWS::SNS::Topic", &json!({}));

    let missing = cloudformation
        .stack_events("nowhere", None)
        .await
        .unwrap_err();
    assert_eq!(missing.kind, ApiErrorKind::NotFound, "{missing:?}");
    let request = wanted("nowhere", ChangeSetType::Update, &topic);
    let missing = cloudformation.create_change_set(request).await.unwrap_err();
    assert_eq!(missing.kind, ApiErrorKind::NotFound, "{missing:?}");
    let missing = cloudformation
        .describe_change_set("infra-none", Some("nowhere"), false, None)
        .await
        .unwrap_err();
    assert_eq!(missing.kind, ApiErrorKind::NotFound, "{missing:?}");

    let request = wanted("twice", ChangeSetType::Create, &topic);
    cloudformation
        .create_change_set(request.clone())
        .await
        .unwrap();
    let again = cloudformation.create_change_set(request).await.unwrap_err();
    assert_eq!(again.kind, ApiErrorKind::AlreadyExists, "{again:?}");
    assert!(again.request_id.is_some());

    let mut request = wanted("large", ChangeSetType::Create, &topic);
    request.template =
        TemplateSource::Body(format!("{{\"Description\": \"{}\"}}", "x".repeat(51_200)));
    let large = cloudformation.create_change_set(request).await.unwrap_err();
    assert_eq!(large.kind, ApiErrorKind::Invalid, "{large:?}");

    let unknown = template("It", "AWS::Made::Up", &json!({}));
    let request = wanted("unknown", ChangeSetType::Create, &unknown);
    let unknown = cloudformation.create_change_set(request).await.unwrap_err();
    assert_eq!(unknown.kind, ApiErrorKind::Invalid, "{unknown:?}");
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn refuses_to_delete_imported_or_protected_stacks() {
    let cloud = aws("eu-north-1").await;
    let cloudformation = cloud.cloudformation_client("eu-north-1");
    let producer = topic_and_queue("shared");
    deploy(
        &*cloudformation,
        wanted("producer", ChangeSetType::Create, &producer),
    )
    .await;
    let unused = cloudformation
        .list_imports("life-topic", None)
        .await
        .unwrap();
    assert_eq!(unused.items, [""; 0]);
    let consumer = template(
        "Parameter",
        "AWS::SSM::Parameter",
        &json!({ "Type": "String", "Value": { "Fn::ImportValue": "life-topic" } }),
    );
    deploy(
        &*cloudformation,
        wanted("consumer", ChangeSetType::Create, &consumer),
    )
    .await;
    let exports = cloudformation.list_exports(None).await.unwrap().items;
    assert!(exports.iter().any(|export| export.name == "life-topic"));
    let used = cloudformation
        .list_imports("life-topic", None)
        .await
        .unwrap();
    assert_eq!(used.items, ["consumer"]);
    let refused = cloudformation.delete_stack(deletion("producer")).await;
    let there = cloudformation
        .describe_stack("producer")
        .await
        .unwrap()
        .unwrap();
    assert!(
        refused.is_err() || !there.status.is_deleted(),
        "{refused:?} {there:?}"
    );

    cloudformation
        .set_termination_protection("consumer", true)
        .await
        .unwrap();
    let there = cloudformation
        .describe_stack("consumer")
        .await
        .unwrap()
        .unwrap();
    assert!(there.termination_protection);
    let refused = cloudformation
        .delete_stack(deletion("consumer"))
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ApiErrorKind::Invalid, "{refused:?}");
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn applies_on_failure_setting_to_failed_creation() {
    let cloud = aws("eu-south-1").await;
    let cloudformation = cloud.cloudformation_client("eu-south-1");
    let bad = template(
        "Queue",
        "AWS::SQS::Queue",
        &json!({ "VisibilityTimeout": "abc" }),
    );
    for (stack, on_failure, status) in [
        ("rolls-back", OnFailure::Rollback, "ROLLBACK_COMPLETE"),
        ("is-deleted", OnFailure::Delete, "DELETE_COMPLETE"),
        ("stays", OnFailure::DoNothing, "CREATE_FAILED"),
    ] {
        let mut request = wanted(stack, ChangeSetType::Create, &bad);
        request.on_failure = on_failure;
        let found = deploy(&*cloudformation, request).await;
        assert_eq!(found.status.as_str(), status, "{stack}");
        let events = cloudformation
            .stack_events(&found.id, None)
            .await
            .unwrap()
            .items;
        let failed = events
            .iter()
            .find(|event| event.status.as_str() == "CREATE_FAILED");
        assert!(failed.unwrap().reason.is_some(), "{stack}");
    }
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn returns_stack_events_in_pages() {
    let cloud = aws("eu-central-2").await;
    let cloudformation = cloud.cloudformation_client("eu-central-2");
    let resources: serde_json::Map<_, _> = (0..60)
        .map(|n| {
            let parameter = json!({
                "Type": "AWS::SSM::Parameter",
                "Properties": { "Type": "String", "Value": "x" },
            });
            (format!("Parameter{n}"), parameter)
        })
        .collect();
    let many = json!({ "Resources": resources });
    deploy(
        &*cloudformation,
        wanted("many", ChangeSetType::Create, &many),
    )
    .await;
    let (mut ids, mut next, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = cloudformation.stack_events("many", next).await.unwrap();
        ids.extend(page.items.into_iter().map(|event| event.id));
        pages += 1;
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert!(pages > 1, "{} events on one page", ids.len());
    // Two events for each parameter and at least two for the stack.
    assert!(ids.len() >= 122, "{}", ids.len());
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn returns_errors_for_unsupported_operations() {
    let cloud = aws("me-south-1").await;
    let cloudformation = cloud.cloudformation_client("me-south-1");
    let topic = template("Topic", "AWS::SNS::Topic", &json!({}));
    let stack = deploy(
        &*cloudformation,
        wanted("plain", ChangeSetType::Create, &topic),
    )
    .await;
    let outcomes = [
        cloudformation.hook_results("infra-none").await.err(),
        cloudformation.change_set_hooks("infra-none").await.err(),
        cloudformation.account_limits().await.err(),
        cloudformation
            .operation_events(EventSelector::Stack(stack.id), true, None)
            .await
            .err(),
        cloudformation.describe_refactor("none").await.err(),
    ];
    for refused in outcomes.into_iter().flatten() {
        assert!(!refused.message.is_empty(), "{refused:?}");
        assert_ne!(refused.kind, ApiErrorKind::Network, "{refused:?}");
    }
}
