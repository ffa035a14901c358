//! Provides stack life cycles that are run both with the fake and with an independent emulator to find errors in either of them.
//!
//! Only behaviour common to both is compared: no error texts, no times, and no order of independent resources.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use infra_aws::{
    ApiErrorKind, ChangeSetDescription, ChangeSetStatus, ChangeSetType, Cloud, CloudFormation,
    CreateChangeSet, CreatedChangeSet, DeleteStack, ExecuteChangeSet, ExecutionStatus, OnFailure,
    StackDescription, TemplateSource,
};
use serde_json::{Value as JsonValue, json};

/// A log of events, formatted so that fake and emulator produce the same lines.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Story(pub(crate) Vec<String>);

impl Story {
    fn tell(&mut self, line: impl Into<String>) {
        self.0.push(line.into());
    }
}

fn template(visibility: &JsonValue) -> JsonValue {
    json!({
        "Resources": {
            "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "scenario" } },
            "Queue": { "Type": "AWS::SQS::Queue", "DependsOn": "Topic", "Properties": { "VisibilityTimeout": visibility } },
        },
        "Outputs": { "Topic": { "Value": { "Ref": "Topic" }, "Export": { "Name": "scenario-topic" } } },
    })
}

fn request(name: &str, kind: ChangeSetType, template: &JsonValue) -> CreateChangeSet {
    CreateChangeSet::builder()
        .stack_name("scenario")
        .name(name)
        .change_set_type(kind)
        .template(TemplateSource::Body(template.to_string()))
        .on_failure(OnFailure::Rollback)
        .token(format!("token-of-{name}"))
        .build()
}

/// Polls until `look` returns a value, at intervals of 200 milliseconds. Panics after two minutes.
async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..600 {
        if let Some(seen) = look().await {
            return seen;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("nothing to see for two minutes")
}

async fn known(client: &dyn CloudFormation, made: &CreatedChangeSet) -> ChangeSetDescription {
    until(async || {
        let found = client
            .describe_change_set(&made.id, None, false, None)
            .await
            .unwrap();
        let is_known = matches!(
            found.status,
            ChangeSetStatus::CreateComplete | ChangeSetStatus::Failed
        );
        is_known.then_some(found)
    })
    .await
}

async fn settled(client: &dyn CloudFormation, stack: &str) -> StackDescription {
    until(async || {
        let found = client.describe_stack(stack).await.unwrap().unwrap();
        (found.status.is_settled() && !found.status.is_review()).then_some(found)
    })
    .await
}

async fn execute(client: &dyn CloudFormation, set: &ChangeSetDescription) -> StackDescription {
    let request = ExecuteChangeSet::builder()
        .id(set.id.clone())
        .token(format!("execute-{}", set.name))
        .build();
    client.execute_change_set(request).await.unwrap();
    settled(client, &set.stack_id).await
}

/// Returns the logical IDs of the resources in alphabetical order.
async fn resources(client: &dyn CloudFormation) -> String {
    let page = client.stack_resources("scenario", None).await.unwrap();
    let names: BTreeSet<String> = page
        .items
        .into_iter()
        .map(|resource| resource.logical_id)
        .collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}

async fn delete(client: &dyn CloudFormation, id: &str) -> String {
    let request = DeleteStack::builder()
        .stack("scenario")
        .token("delete")
        .build();
    client.delete_stack(request).await.unwrap();
    until(async || {
        let found = client.describe_stack(id).await.unwrap();
        let status = found.map_or("gone".to_owned(), |stack| stack.status.to_string());
        matches!(&*status, "gone" | "DELETE_COMPLETE" | "DELETE_FAILED").then_some(status)
    })
    .await
}

/// Creates a stack, plans an update without changes, and deletes the stack.
pub(crate) async fn life(cloud: Arc<dyn Cloud>, region: &str) -> Story {
    let client = cloud.cloudformation_client(region);
    let mut story = Story::default();
    let first = request("first", ChangeSetType::Create, &template(&json!(30)));
    let made = client.create_change_set(first).await.unwrap();
    let review = client.describe_stack("scenario").await.unwrap().unwrap();
    story.tell(format!("planned: {}", review.status));
    let set = known(&*client, &made).await;
    let mut adds: Vec<String> = set
        .changes
        .iter()
        .map(|change| format!("{} {}", change.action, change.logical_id))
        .collect();
    adds.sort();
    story.tell(format!(
        "{} {}: {}",
        set.status,
        set.execution_status,
        adds.join(", ")
    ));
    let stack = execute(&*client, &set).await;
    story.tell(format!(
        "executed: {}, {}",
        stack.status,
        resources(&*client).await
    ));
    story.tell(format!(
        "outputs: {}, exported as {:?}",
        stack.outputs.len(),
        stack.outputs[0].export_name
    ));
    let events = client.stack_events(&stack.id, None).await.unwrap().items;
    let newest = &events[0];
    story.tell(format!(
        "newest event: {} of {}, token {:?}",
        newest.status, newest.logical_id, newest.token
    ));
    let order: Vec<&str> = events
        .iter()
        .rev()
        .filter(|event| event.status.as_str() == "CREATE_COMPLETE")
        .map(|event| &*event.logical_id)
        .collect();
    story.tell(format!("completed: {}", order.join(" ")));
    let same = request("same", ChangeSetType::Update, &template(&json!(30)));
    let same = client.create_change_set(same).await.unwrap();
    let same = known(&*client, &same).await;
    assert_ne!(same.execution_status, ExecutionStatus::Available);
    story.tell(format!("no changes: {}", same.status));
    story.tell(format!("deleted: {}", delete(&*client, &stack.id).await));
    let gone = client.describe_stack("scenario").await.unwrap();
    story.tell(format!(
        "by name: {}",
        gone.map_or("none".to_owned(), |stack| stack.status.to_string())
    ));
    story
}

/// Requests an update of a stack that does not exist, and a second creation of a stack in review.
pub(crate) async fn refusals(cloud: Arc<dyn Cloud>, region: &str) -> Story {
    let client = cloud.cloudformation_client(region);
    let mut story = Story::default();
    let update = request("update", ChangeSetType::Update, &template(&json!(30)));
    let error = client.create_change_set(update).await.unwrap_err();
    story.tell(format!("update of nothing: {:?}", error.kind));
    assert_eq!(error.kind, ApiErrorKind::NotFound);
    let one = request("one", ChangeSetType::Create, &template(&json!(30)));
    client.create_change_set(one).await.unwrap();
    let two = request("two", ChangeSetType::Create, &template(&json!(60)));
    let two = client.create_change_set(two).await.unwrap();
    let two = known(&*client, &two).await;
    story.tell(format!("second plan of a review: {}", two.status));
    let stack = execute(&*client, &two).await;
    story.tell(format!("executed: {}", stack.status));
    story.tell(format!("deleted: {}", delete(&*client, &stack.id).await));
    story
}
