//! Tests of the poll loop with slow and missing replies, lost stacks, and expired credentials.

use std::time::Duration;

use serde_json::{Value as JsonValue, json};

use super::{Followed, Following, GIVE_UP_AFTER, follow_stack};
use crate::{Class, Error, Event, Operation};
use infra_aws::{ChangeSetType, CreateChangeSet, ExecuteChangeSet, OnFailure, TemplateSource};
use infra_fake::{FailurePhase, FakeCloud, Fault, FaultTiming, REGION};

fn build_template(delay: u32) -> JsonValue {
    json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } },
        "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
            "DisplayName": { "Fn::GetAtt": ["Queue", "QueueName"] },
        } },
    }, "Outputs": { "Url": { "Value": { "Ref": "Queue" } } } })
}

/// Starts an update that changes the delay of a queue, and follows it. Returns the events and the result.
fn update_and_follow(
    aws: &FakeCloud,
    adjust: impl FnOnce(&mut Following),
) -> (Vec<Event>, Result<Followed, Error>) {
    if aws.stack_status("web").is_none() {
        aws.deploy_stack("web", &build_template(1));
    }
    let cloud = aws.cloud();
    FakeCloud::paused_runtime().block_on(async {
        let client = cloud.cloudformation_client(REGION);
        let request = CreateChangeSet::builder()
            .stack_name("web")
            .name("set")
            .change_set_type(ChangeSetType::Update)
            .template(TemplateSource::Body(build_template(2).to_string()))
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
            Operation::new(|reporter| async move { follow_stack(following, &reporter).await });
        let mut events = Vec::new();
        while let Some(event) = operation.next().await {
            events.push(event);
        }
        (events, operation.await)
    })
}

/// Formats the events of resources and of the stack, without times.
fn summarize_events(events: &[Event]) -> String {
    let lines = events.iter().filter_map(|event| match event {
        Event::Resource {
            resource, status, ..
        } => Some(format!("{} {status}", resource.logical_id)),
        Event::Serving { .. } => Some("serving".to_owned()),
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn count_retries(events: &[Event]) -> usize {
    let is_retry = |event: &&Event| matches!(event, Event::Retrying { .. });
    events.iter().filter(is_retry).count()
}

#[test]
fn reports_each_event_once_in_order() {
    let aws = FakeCloud::new();
    aws.set_page_size(2);
    let (events, followed) = update_and_follow(&aws, |_| {});
    let followed = followed.unwrap();
    assert!(followed.status.is_success(), "{}", followed.status);
    assert_eq!(followed.stack.unwrap().outputs[0].name, "Url");
    insta::assert_snapshot!(summarize_events(&events));
}

#[test]
fn continues_watching_after_throttling() {
    let aws = FakeCloud::new();
    let minute = FaultTiming::During {
        from: Duration::from_secs(30),
        length: Duration::from_mins(1),
    };
    aws.inject_fault("DescribeStackEvents", Fault::Throttled, minute);
    let (events, followed) = update_and_follow(&aws, |_| {});
    assert!(followed.unwrap().status.is_success());
    assert!(count_retries(&events) > 2);
    let quiet = FakeCloud::new();
    let (same, _) = update_and_follow(&quiet, |_| {});
    assert_eq!(summarize_events(&events), summarize_events(&same));
}

#[test]
fn continues_after_network_failure() {
    let aws = FakeCloud::new();
    aws.set_duration("Queue", Duration::from_secs(90));
    let half_a_minute = FaultTiming::During {
        from: Duration::from_secs(40),
        length: Duration::from_secs(30),
    };
    aws.inject_fault("*", Fault::NetworkLost, half_a_minute);
    let (events, followed) = update_and_follow(&aws, |_| {});
    assert!(followed.unwrap().status.is_success());
    assert!(count_retries(&events) > 0);
}

#[test]
fn gives_up_after_lasting_network_failure() {
    let aws = FakeCloud::new();
    let forever = FaultTiming::During {
        from: Duration::from_secs(31),
        length: Duration::from_hours(100),
    };
    aws.inject_fault("*", Fault::NetworkLost, forever);
    let (_, followed) = update_and_follow(&aws, |_| {});
    let error = followed.unwrap_err();
    let text: String = error.findings.iter().map(infra_core::render).collect();
    assert_eq!(error.class, Class::Interrupted);
    assert!(
        aws.elapsed_time() < GIVE_UP_AFTER + Duration::from_secs(90),
        "{:?}",
        aws.elapsed_time()
    );
    insta::assert_snapshot!(text);
}

#[test]
fn expired_credentials_end_it_with_help() {
    let aws = FakeCloud::new();
    aws.set_duration("Queue", Duration::from_mins(10));
    aws.expire_credentials_after(Duration::from_mins(1));
    let (_, followed) = update_and_follow(&aws, |_| {});
    let error = followed.unwrap_err();
    assert_eq!(error.class, Class::Credentials);
    let text: String = error.findings.iter().map(infra_core::render).collect();
    insta::assert_snapshot!(text);
}

#[test]
fn does_not_read_old_events() {
    let calls = |past: usize| {
        let aws = FakeCloud::new();
        aws.deploy_stack("web", &build_template(1));
        aws.add_past_events("web", past);
        let (_, followed) = update_and_follow(&aws, |_| {});
        assert!(followed.unwrap().status.is_success());
        let reads = aws.called_operations();
        reads
            .iter()
            .filter(|name| *name == "DescribeStackEvents")
            .count()
    };
    assert_eq!(calls(10), calls(1_000));
}

#[test]
fn time_limit_ends_it_first() {
    let aws = FakeCloud::new();
    aws.set_duration("Queue", Duration::from_mins(10));
    let limit = Duration::from_mins(2);
    let (events, followed) = update_and_follow(&aws, |following| following.timeout = Some(limit));
    let followed = followed.unwrap();
    assert!(followed.timed_out && followed.status.is_in_progress());
    let waiting = events.iter().rev().find_map(|event| match event {
        Event::Progress(progress) => progress.waiting.first(),
        _ => None,
    });
    assert_eq!(waiting.unwrap().resource.logical_id, "Queue");
}

#[test]
fn follows_rollback_to_its_end_and_finds_the_cause() {
    let aws = FakeCloud::new();
    aws.fail_resource(
        "Queue",
        FailurePhase::Update,
        "DelaySeconds is out of range (HandlerErrorCode: InvalidRequest)",
    );
    let (events, followed) = update_and_follow(&aws, |_| {});
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
    let failures = crate::failure::find_failures(&followed.events, name);
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].resource.logical_id, "Queue");
}
