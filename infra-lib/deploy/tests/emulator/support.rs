//! Provides clients of the emulator, helpers that wait for stacks, and fault injection.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use infra_aws::sdk::Settings;
use infra_aws::{
    ChangeSetDescription, ChangeSetStatus, ChangeSetType, Cloud, CloudFormation, CreateChangeSet,
    CreatedChangeSet, ExecuteChangeSet, OnFailure, StackDescription, TemplateSource,
};
use serde_json::{Value as JsonValue, json};

/// Account of the tests. MiniStack uses a 12-digit access key as the account ID.
pub(crate) const ACCOUNT: &str = "123456789012";

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set; run `scripts/test emulator`"))
}

/// Returns a client for the emulator. Each test uses a different region.
pub(crate) async fn aws(region: &str) -> Arc<dyn Cloud> {
    aws_at(region, variable("INFRA_EMULATOR_URL")).await
}

/// Returns a client for the emulator behind the proxy that injects faults.
pub(crate) async fn faulty_aws(region: &str) -> Arc<dyn Cloud> {
    aws_at(region, variable("INFRA_FAULTS_URL")).await
}

pub(crate) async fn aws_at(region: &str, endpoint: String) -> Arc<dyn Cloud> {
    let settings = Settings::builder()
        .endpoint_url(endpoint)
        .region(region)
        .access_key((ACCOUNT.to_owned(), "test".to_owned()))
        .build();
    settings.connect().await.unwrap()
}

/// Returns a request for a change set like those of the deployment engine.
pub(crate) fn wanted(stack: &str, kind: ChangeSetType, template: &JsonValue) -> CreateChangeSet {
    CreateChangeSet::builder()
        .stack_name(stack)
        // The emulator reserves the names of executed change sets. The engine uses a different name for each plan.
        .name(match kind {
            ChangeSetType::Create => "infra-0123456789ab".to_owned(),
            _ => "infra-ba9876543210".to_owned(),
        })
        .change_set_type(kind)
        .template(TemplateSource::Body(template.to_string()))
        .tags(BTreeMap::from([("team".to_owned(), "a".to_owned())]))
        .description("of a test")
        .on_failure(OnFailure::Rollback)
        .token("token-of-creation")
        .build()
}

/// Polls until `look` returns a value. Panics after a minute.
pub(crate) async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "nothing to see for a minute"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Waits until the changes of the change set are known.
pub(crate) async fn known(
    cloudformation: &dyn CloudFormation,
    made: &CreatedChangeSet,
) -> ChangeSetDescription {
    until(async || {
        let found = cloudformation
            .describe_change_set(&made.id, None, true, None)
            .await
            .unwrap();
        let pending = [
            ChangeSetStatus::CreatePending,
            ChangeSetStatus::CreateInProgress,
        ];
        (!pending.contains(&found.status)).then_some(found)
    })
    .await
}

/// Waits until no operation on the stack is in progress.
pub(crate) async fn settled(cloudformation: &dyn CloudFormation, stack: &str) -> StackDescription {
    until(async || {
        let found = cloudformation.describe_stack(stack).await.unwrap().unwrap();
        found.status.is_settled().then_some(found)
    })
    .await
}

/// Deploys like the engine: creates the change set, executes it and waits for the stack.
pub(crate) async fn deploy(
    cloudformation: &dyn CloudFormation,
    request: CreateChangeSet,
) -> StackDescription {
    let made = cloudformation.create_change_set(request).await.unwrap();
    let found = known(cloudformation, &made).await;
    assert_eq!(
        found.status,
        ChangeSetStatus::CreateComplete,
        "{:?}",
        found.status_reason
    );
    let execution = ExecuteChangeSet::builder()
        .id(made.id)
        .token("token-of-execution")
        .retain_except_on_create(true)
        .build();
    cloudformation.execute_change_set(execution).await.unwrap();
    let review = |stack: &StackDescription| stack.status.is_review();
    until(async || {
        let found = settled(cloudformation, &made.stack_id).await;
        (!review(&found)).then_some(found)
    })
    .await
}

/// Returns a template with one resource.
pub(crate) fn template(logical_id: &str, type_name: &str, properties: &JsonValue) -> JsonValue {
    json!({ "Resources": { logical_id: { "Type": type_name, "Properties": properties } } })
}

/// Configures microburst to inject a fault into calls in this region.
pub(crate) fn order(region: &str, mut rule: JsonValue) {
    rule["region"] = region.into();
    let (status, answer) = http("PATCH", "/_microburst/rules", &json!([rule]).to_string());
    assert!((200..300).contains(&status), "{status}: {answer}");
}

/// Returns the number of faults injected in this region.
pub(crate) fn fired(region: &str) -> usize {
    let (status, answer) = http("GET", "/_microburst/fired?limit=10000", "");
    assert_eq!(status, 200, "{answer}");
    let answer: JsonValue = serde_json::from_str(&answer).unwrap();
    let fired = answer.as_array().unwrap();
    fired
        .iter()
        .filter(|fault| fault["region"] == region)
        .count()
}

/// Calls the control API of microburst. Returns the status code and the body.
fn http(method: &str, path: &str, body: &str) -> (u16, String) {
    let address = variable("INFRA_FAULTS_URL");
    let host = address.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}
