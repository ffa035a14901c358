//! Tests network and server faults injected by microburst. Each test asserts that the fault occurred.

use std::time::{Duration, Instant};

use infra_aws::{ApiErrorKind, ChangeSetType};
use infra_deploy::{Class, Error};
use serde_json::{Value as JsonValue, json};

use crate::support::{aws, faulty_aws, fired, known, order, template, wanted};

fn topic() -> JsonValue {
    template("Topic", "AWS::SNS::Topic", &json!({}))
}

fn rule(operation: &str, effect: &JsonValue) -> JsonValue {
    let mut rule = json!({ "service": "cloudformation", "operation": operation });
    for (name, value) in effect.as_object().unwrap() {
        rule[name] = value.clone();
    }
    rule
}

/// Creates a change set despite the fault. Returns the number of injected faults.
async fn survives(region: &str, effect: JsonValue) -> usize {
    order(region, rule("CreateChangeSet", &effect));
    let cloud = faulty_aws(region).await;
    let cloudformation = cloud.cloudformation_client(region);
    let request = wanted("survivor", ChangeSetType::Create, &topic());
    let made = cloudformation.create_change_set(request).await.unwrap();
    assert!(
        made.id.contains(":changeSet/infra-0123456789ab/"),
        "{}",
        made.id
    );
    fired(region)
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn retries_after_connection_reset() {
    let faults = survives("fault-reset", json!({ "reset": true, "times": 2 })).await;
    assert_eq!(faults, 2);
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn retries_through_burst_of_server_errors() {
    let error = json!({ "code": "ServiceUnavailable", "status": 503 });
    assert_eq!(
        survives("fault-burst", json!({ "error": error, "times": 3 })).await,
        3
    );
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn retries_until_throttling_ends() {
    let error = json!({ "code": "Throttling", "status": 400, "message": "Rate exceeded" });
    assert_eq!(
        survives("fault-throttle", json!({ "error": error, "times": 2 })).await,
        2
    );
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn reports_permanent_throttling_after_five_retries() {
    let error = json!({ "code": "Throttling", "status": 400, "message": "Rate exceeded" });
    order(
        "fault-endless",
        rule("DescribeStacks", &json!({ "error": error })),
    );
    let cloud = faulty_aws("fault-endless").await;
    let cloudformation = cloud.cloudformation_client("fault-endless");
    let refused = cloudformation.describe_stack("any").await.unwrap_err();
    assert_eq!(refused.kind, ApiErrorKind::Throttled);
    assert!(refused.is_transient());
    // Five retries with increasing delays.
    assert_eq!(fired("fault-endless"), 6);
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn does_not_retry_on_change_set_quota() {
    let error = json!({
        "code": "LimitExceededException",
        "status": 400,
        "message": "ChangeSet limit exceeded for stack",
    });
    order(
        "fault-quota",
        rule("CreateChangeSet", &json!({ "error": error })),
    );
    let cloud = faulty_aws("fault-quota").await;
    let cloudformation = cloud.cloudformation_client("fault-quota");
    let request = wanted("full", ChangeSetType::Create, &topic());
    let refused = cloudformation.create_change_set(request).await.unwrap_err();
    assert_eq!(refused.kind, ApiErrorKind::LimitExceeded);
    assert_eq!(fired("fault-quota"), 1);
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn waits_for_slow_response() {
    let begun = Instant::now();
    let slow = json!({ "latency": 3000, "times": 1 });
    assert_eq!(survives("fault-slow", slow).await, 1);
    assert!(begun.elapsed() >= Duration::from_secs(3));
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn retries_after_response_timeout() {
    let begun = Instant::now();
    // Longer than the timeout of an attempt.
    let hang = json!({ "timeout_ms": 90_000, "times": 1 });
    assert_eq!(survives("fault-hang", hang).await, 1);
    let took = begun.elapsed();
    assert!((30..60).contains(&took.as_secs()), "{took:?}");
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn rejects_truncated_response_after_retries() {
    let half = json!({ "response": { "truncate_frac": 0.5 } });
    order("fault-half", rule("DescribeStacks", &half));
    let cloud = faulty_aws("fault-half").await;
    let direct = aws("fault-half").await.cloudformation_client("fault-half");
    let request = wanted("whole", ChangeSetType::Create, &topic());
    known(&*direct, &direct.create_change_set(request).await.unwrap()).await;
    let cloudformation = cloud.cloudformation_client("fault-half");
    let refused = cloudformation.describe_stack("whole").await.unwrap_err();
    assert_eq!(refused.kind, ApiErrorKind::Unreadable, "{refused:?}");
    assert!(fired("fault-half") >= 2);
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn does_not_retry_with_expired_credentials() {
    // The error has the form of the AWS query protocol. A rule without an operation applies to all operations.
    let error = json!({
        "code": "ExpiredToken",
        "status": 403,
        "message": "The security token included in the request is expired",
    });
    order(
        "fault-expired",
        json!({ "service": "cloudformation", "error": error }),
    );
    let cloud = faulty_aws("fault-expired").await;
    let cloudformation = cloud.cloudformation_client("fault-expired");
    let refused = cloudformation.describe_stack("any").await.unwrap_err();
    assert_eq!(
        refused.kind,
        ApiErrorKind::ExpiredCredentials,
        "{refused:?}"
    );
    assert_eq!(fired("fault-expired"), 1);
    let error = Error::from_api("describe stack `any`", refused);
    assert_eq!(error.class, Class::Credentials);
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn reports_principal_action_and_resource_of_denied_call() {
    let said = "User: arn:aws:sts::123456789012:assumed-role/plan/ci is not authorized to perform: cloudformation:ExecuteChangeSet on resource: arn:aws:cloudformation:x:123456789012:stack/Web/*";
    let error = json!({ "code": "AccessDenied", "status": 403, "message": said });
    order(
        "fault-denied",
        rule("DescribeStacks", &json!({ "error": error })),
    );
    let cloud = faulty_aws("fault-denied").await;
    let refused = cloud
        .cloudformation_client("fault-denied")
        .describe_stack("Web")
        .await
        .unwrap_err();
    let ApiErrorKind::AccessDenied {
        principal,
        action,
        resource,
    } = refused.kind
    else {
        panic!("{refused:?}")
    };
    assert_eq!(
        principal.as_deref(),
        Some("arn:aws:sts::123456789012:assumed-role/plan/ci")
    );
    assert_eq!(action.as_deref(), Some("cloudformation:ExecuteChangeSet"));
    assert_eq!(
        resource.as_deref(),
        Some("arn:aws:cloudformation:x:123456789012:stack/Web/*")
    );
    assert_eq!(fired("fault-denied"), 1);
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn finds_created_change_set_after_lost_response() {
    let lost = json!({ "response": { "abort_frac": 0.0 }, "times": 1 });
    order("fault-lost", rule("CreateChangeSet", &lost));
    let cloud = faulty_aws("fault-lost").await;
    let cloudformation = cloud.cloudformation_client("fault-lost");
    let request = wanted("lost", ChangeSetType::Create, &topic());
    let refused = cloudformation.create_change_set(request).await.unwrap_err();
    assert_eq!(refused.kind, ApiErrorKind::AlreadyExists, "{refused:?}");
    assert_eq!(fired("fault-lost"), 1);
    // The change set found by name has our description.
    let found = cloudformation
        .describe_change_set("infra-0123456789ab", Some("lost"), false, None)
        .await
        .unwrap();
    assert_eq!(found.description.as_deref(), Some("of a test"));
}
