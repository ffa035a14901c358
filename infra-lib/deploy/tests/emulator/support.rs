//! What the tests share: where the emulator is, how to wait, and how to order faults.

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

/// MiniStack takes an access key of 12 digits as the account.
pub(crate) const ACCOUNT: &str = "123456789012";

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set; run `scripts/test emulator`"))
}

/// AWS in a region that no other test uses.
pub(crate) async fn aws(region: &str) -> Arc<dyn Cloud> {
    aws_at(region, variable("INFRA_EMULATOR_URL")).await
}

/// The same behind the proxy that makes faults.
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

/// A change set for a template, as the engine asks for it.
pub(crate) fn wanted(stack: &str, kind: ChangeSetType, template: &JsonValue) -> CreateChangeSet {
    CreateChangeSet::builder()
        .stack_name(stack)
        // The emulator keeps the name of a change set that was executed; ours have another one for every plan.
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

/// Looks until there is something to see; the emulator is quick, the machine may not be.
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

/// The change set once its changes are known.
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

/// The stack once nothing is under way.
pub(crate) async fn settled(cloudformation: &dyn CloudFormation, stack: &str) -> StackDescription {
    until(async || {
        let found = cloudformation.describe_stack(stack).await.unwrap().unwrap();
        found.status.is_settled().then_some(found)
    })
    .await
}

/// Deploys as the engine does: change set, execution, waiting.
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

/// A stack with one resource of that type.
pub(crate) fn template(logical_id: &str, type_name: &str, properties: &JsonValue) -> JsonValue {
    json!({ "Resources": { logical_id: { "Type": type_name, "Properties": properties } } })
}

/// Orders a fault from microburst, for calls in that region only.
pub(crate) fn order(region: &str, mut rule: JsonValue) {
    rule["region"] = region.into();
    let (status, answer) = http("PATCH", "/_microburst/rules", &json!([rule]).to_string());
    assert!((200..300).contains(&status), "{status}: {answer}");
}

/// How many faults were really made in that region.
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

/// A call of microburst's own interface: status and body.
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
