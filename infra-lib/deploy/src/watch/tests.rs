//! Tests of the poll loop with slow and missing replies, lost stacks, and expired credentials.

use std::time::Duration;

use serde_json::{Value as JsonValue, json};

use super::{Followed, Following, GIVE_UP_AFTER, follow};
use crate::{Class, Error, Event, Operation};
use infra_aws::{ChangeSetType, CreateChangeSet, ExecuteChangeSet, OnFailure, TemplateSource};
use infra_fake::{During, FakeCloud, Fault, REGION, When};

fn template(delay: u32) -> JsonValue {
    json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } },
        "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
            "DisplayName": { "Fn::GetAtt": ["Queue", "QueueName"] },
        } },
    }, "Outputs": { "Url": { "Value": { "Ref": "Queue" } } } })
}

/// Starts an update that changes the delay of a queue, and follows it. Returns the events and the result.
fn update(
    aws: &FakeCloud,
    adjust: impl FnOnce(&mut Following),
) -> (Vec<Event>, Result<Followed, Error>) {
    if aws.status("web").is_none() {
        aws.deploy("web", &template(1));
    }
    let cloud = aws.cloud();
    FakeCloud::runtime().block_on(async {
        let client = cloud.cloudformation(REGION);
        let request = CreateChangeSet::builder()
            .stack_name("web")
            .name("set")
            .change_set_type(ChangeSetType::Update)
            .template(TemplateSource::Body(template(2).to_string()))
            .on_failure(OnFailure::Rollback)
            .token("token")
            .build();
        let created = client.create_change_set(request).await.unwrap();
        tokio::time::sleep(Duration::from_secs(30)).await;
        let mut following = Following::new(cloud.clone(), REGION, "web", &created.stack_id);
        adjust(&mut following);
        let execute = ExecuteChangeSet::builder()
            .id(created.id)
            .token("execute")
            .disable_rollback(false)
            .build();
        client.execute_change_set(execute).await.unwrap();
        let mut operation =
            Operation::new(|reporter| async move { follow(following, &reporter).await });
        let mut events = Vec::new();
        while let Some(event) = operation.next().await {
            events.push(event);
        }
        (events, operation.await)
    })
}

/// Formats the events of resources and of the stack, without times.
fn story(events: &[Event]) -> String {
    let lines = events.iter().filter_map(|event| match event {
        Event::Resource {
            resource, status, ..
        } => Some(format!("{} {status}", resource.logical_id)),
        Event::Serving { .. } => Some("serving".to_owned()),
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn retries(events: &[Event]) -> usize {
    let is_retry = |event: &&Event| matches!(event, Event::Retrying { .. });
    events.iter().filter(is_retry).count()
}

#[test]
fn every_event_is_told_once_and_in_order() {
    let aws = FakeCloud::new();
    aws.page_size(2);
    let (events, followed) = update(&aws, |_| {});
    let followed = followed.unwrap();
    assert!(followed.status.is_success(), "{}", followed.status);
    assert_eq!(followed.stack.unwrap().outputs[0].name, "Url");
    insta::assert_snapshot!(story(&events));
}

#[test]
fn throttling_delays_and_never_ends_it() {
    let aws = FakeCloud::new();
    let minute = When::During {
        from: Duration::from_secs(30),
        length: Duration::from_mins(1),
    };
    aws.inject("DescribeStackEvents", Fault::Throttled, minute);
    let (events, followed) = update(&aws, |_| {});
    assert!(followed.unwrap().status.is_success());
    assert!(retries(&events) > 2);
    let quiet = FakeCloud::new();
    let (same, _) = update(&quiet, |_| {});
    assert_eq!(story(&events), story(&same));
}

#[test]
fn a_network_that_comes_back_costs_nothing_but_time() {
    let aws = FakeCloud::new();
    aws.takes("Queue", Duration::from_secs(90));
    let half_a_minute = When::During {
        from: Duration::from_secs(40),
        length: Duration::from_secs(30),
    };
    aws.inject("*", Fault::NetworkLost, half_a_minute);
    let (events, followed) = update(&aws, |_| {});
    assert!(followed.unwrap().status.is_success());
    assert!(retries(&events) > 0);
}

#[test]
fn a_network_that_stays_away_ends_it_in_bounded_time() {
    let aws = FakeCloud::new();
    let forever = When::During {
        from: Duration::from_secs(31),
        length: Duration::from_hours(100),
    };
    aws.inject("*", Fault::NetworkLost, forever);
    let (_, followed) = update(&aws, |_| {});
    let error = followed.unwrap_err();
    let text: String = error.findings.iter().map(infra_core::render).collect();
    assert_eq!(error.class, Class::Interrupted);
    assert!(
        aws.elapsed() < GIVE_UP_AFTER + Duration::from_secs(90),
        "{:?}",
        aws.elapsed()
    );
    insta::assert_snapshot!(text);
}

#[test]
fn credentials_that_expire_end_it_and_say_how_to_come_back() {
    let aws = FakeCloud::new();
    aws.takes("Queue", Duration::from_mins(10));
    aws.credentials_expire_after(Duration::from_mins(1));
    let (_, followed) = update(&aws, |_| {});
    let error = followed.unwrap_err();
    assert_eq!(error.class, Class::Credentials);
    let text: String = error.findings.iter().map(infra_core::render).collect();
    insta::assert_snapshot!(text);
}

#[test]
fn a_long_past_is_not_read() {
    let calls = |past: usize| {
        let aws = FakeCloud::new();
        aws.deploy("web", &template(1));
        aws.long_past("web", past);
        let (_, followed) = update(&aws, |_| {});
        assert!(followed.unwrap().status.is_success());
        let reads = aws.calls();
        reads
            .iter()
            .filter(|name| *name == "DescribeStackEvents")
            .count()
    };
    assert_eq!(calls(10), calls(1_000));
}

#[test]
fn the_time_may_be_up_first() {
    let aws = FakeCloud::new();
    aws.takes("Queue", Duration::from_mins(10));
    let limit = Duration::from_mins(2);
    let (events, followed) = update(&aws, |following| following.timeout = Some(limit));
    let followed = followed.unwrap();
    assert!(followed.timed_out && followed.status.is_in_progress());
    let waiting = events.iter().rev().find_map(|event| match event {
        Event::Progress(progress) => progress.waiting.first(),
        _ => None,
    });
    assert_eq!(waiting.unwrap().resource.logical_id, "Queue");
}

#[test]
fn a_rollback_is_followed_to_its_end_and_the_cause_is_found() {
    let aws = FakeCloud::new();
    aws.fails(
        "Queue",
        During::Update,
        "DelaySeconds is out of range (HandlerErrorCode: InvalidRequest)",
    );
    let (events, followed) = update(&aws, |_| {});
    let followed = followed.unwrap();
    assert!(followed.status.is_rolled_back(), "{}", followed.status);
    assert!(
        !events
            .iter()
            .any(|event| matches!(event, Event::Serving { .. }))
    );
    let name = |event: &infra_aws::StackEvent| {
        infra_template::ResourceName::builder()
            .stack("Web")
            .logical_id(event.logical_id.clone())
            .type_name(event.type_name.clone())
            .build()
    };
    let failures = crate::failure::failures(&followed.events, name);
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].resource.logical_id, "Queue");
}
