//! Tests caller identity, objects, tasks, logs and invalidations with the emulator.

use std::time::Duration;

use infra_aws::{ApiErrorKind, ChangeSetType, Identity, PutObject, RunTask};
use serde_json::json;

use crate::support::{ACCOUNT, aws, aws_at, deploy, template, wanted};

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn returns_account_arn_and_default_region() {
    let cloud = aws("us-west-1").await;
    let Identity { account, arn, .. } = cloud.caller_identity().await.unwrap();
    assert_eq!(account, ACCOUNT);
    assert!(arn.starts_with("arn:aws:"), "{arn}");
    assert_eq!(cloud.default_region().as_deref(), Some("us-west-1"));
    assert_eq!(cloud.credentials_expiry().await, None);
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn writes_lists_reads_and_deletes_objects() {
    let cloud = aws("us-east-1").await;
    let cloudformation = cloud.cloudformation_client("us-east-1");
    let objects = cloud.s3_client("us-east-1");
    assert!(!objects.bucket_exists("infra-objects").await.unwrap());
    let bucket = template(
        "B",
        "AWS::S3::Bucket",
        &json!({ "BucketName": "infra-objects" }),
    );
    deploy(
        &*cloudformation,
        wanted("objects", ChangeSetType::Create, &bucket),
    )
    .await;
    assert!(objects.bucket_exists("infra-objects").await.unwrap());

    let upload = |key: &str, body: &str| {
        PutObject::builder()
            .bucket("infra-objects")
            .key(key)
            .body(body.as_bytes().to_vec())
            .content_type("text/plain")
            .cache_control("max-age=31536000, immutable")
            .only_if_absent(true)
            .build()
    };
    assert!(objects.put_object(upload("a/one", "first")).await.unwrap());
    assert!(!objects.put_object(upload("a/one", "second")).await.unwrap());
    assert!(objects.put_object(upload("b/two", "other")).await.unwrap());
    let read = objects.get_object("infra-objects", "a/one").await.unwrap();
    assert_eq!(read.as_deref(), Some(b"first".as_slice()));
    assert_eq!(
        objects.get_object("infra-objects", "a/none").await.unwrap(),
        None
    );

    let listed = objects
        .list_objects("infra-objects", "a/", None)
        .await
        .unwrap()
        .items;
    let [object] = &*listed else {
        panic!("{listed:?}")
    };
    assert_eq!((object.key.as_str(), object.size), ("a/one", 5));
    // MD5 digest of `first`.
    assert_eq!(object.etag, "8b04d5e3775d298e78455efc5ca404d5");
    let keys = ["a/one".to_owned(), "b/two".to_owned()];
    objects
        .delete_objects("infra-objects", &keys)
        .await
        .unwrap();
    let left = objects
        .list_objects("infra-objects", "", None)
        .await
        .unwrap()
        .items;
    assert_eq!(left, []);
    let missing = objects
        .list_objects("infra-nowhere", "", None)
        .await
        .unwrap_err();
    assert_eq!(missing.kind, ApiErrorKind::NotFound, "{missing:?}");
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn registers_task_definition_with_all_its_fields() {
    let cloud = aws("us-west-2").await;
    let ecs = cloud.ecs_client("us-west-2");
    let definition = json!({
        "family": "web",
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "requiresCompatibilities": ["FARGATE"],
        "containerDefinitions": [{
            "name": "web",
            "image": "web:1",
            "essential": true,
            "environment": [{ "name": "A", "value": "b" }],
        }],
    });
    let first = ecs.register_task_definition(&definition).await.unwrap();
    assert!(first.ends_with(":task-definition/web:1"), "{first}");
    let read = ecs.describe_task_definition("web").await.unwrap();
    assert_eq!((read.arn, read.family.as_str()), (first, "web"));
    for field in ["family", "networkMode", "cpu", "memory"] {
        assert_eq!(read.definition[field], definition[field], "{field}");
    }
    let container = &read.definition["containerDefinitions"][0];
    assert_eq!(container["image"], "web:1");
    assert!(
        read.definition.get("revision").is_none(),
        "{}",
        read.definition
    );
    let second = ecs
        .register_task_definition(&read.definition)
        .await
        .unwrap();
    assert!(second.ends_with(":task-definition/web:2"), "{second}");
    let missing = ecs.describe_task_definition("none").await.unwrap_err();
    assert!(
        matches!(missing.kind, ApiErrorKind::NotFound | ApiErrorKind::Other),
        "{missing:?}"
    );
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn reads_service_rollouts_and_runs_one_off_task() {
    let cloud = aws("ap-south-1").await;
    let cloudformation = cloud.cloudformation_client("ap-south-1");
    let ecs = cloud.ecs_client("ap-south-1");
    let stack = json!({
        "Resources": {
            "Cluster": { "Type": "AWS::ECS::Cluster", "Properties": { "ClusterName": "main" } },
            "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
                "Family": "api",
                "ContainerDefinitions": [{ "Name": "api", "Image": "api:1", "Memory": 64 }],
            } },
            "Service": { "Type": "AWS::ECS::Service", "Properties": {
                "Cluster": { "Ref": "Cluster" },
                "ServiceName": "api",
                "DesiredCount": 0,
                "TaskDefinition": { "Ref": "Task" },
            } },
        },
    });
    deploy(
        &*cloudformation,
        wanted("tasks", ChangeSetType::Create, &stack),
    )
    .await;
    let service = ecs.describe_service("main", "api").await.unwrap().unwrap();
    assert_eq!((service.name.as_str(), service.desired), ("api", 0));
    assert!(service.task_definition.contains("task-definition/api"));
    assert_eq!(ecs.describe_service("main", "none").await.unwrap(), None);
    let deployments = ecs.list_deployments("main", "api").await.unwrap();
    assert!(!deployments.is_empty());
    assert_eq!(ecs.list_stopped_tasks("main", "api").await.unwrap(), []);

    let definition = json!({
        "family": "api",
        "containerDefinitions": [{ "name": "api", "image": "api:2", "memory": 64 }],
    });
    let next = ecs.register_task_definition(&definition).await.unwrap();
    ecs.update_service("main", "api", &next).await.unwrap();
    let service = ecs.describe_service("main", "api").await.unwrap().unwrap();
    assert_eq!(service.task_definition, next);

    let started = ecs
        .run_task(
            RunTask::builder()
                .cluster("main")
                .task_definition(next)
                .command(("api".to_owned(), vec!["migrate".to_owned()]))
                .started_by("a test")
                .token("one")
                .build(),
        )
        .await
        .unwrap();
    let found = ecs
        .describe_tasks("main", std::slice::from_ref(&started.arn))
        .await
        .unwrap();
    assert_eq!(found[0].arn, started.arn);
    ecs.stop_task("main", &started.arn, "enough").await.unwrap();
    let missing = ecs.list_deployments("none", "api").await;
    assert!(missing.is_err() || missing.is_ok_and(|found| found.is_empty()));
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn returns_empty_or_not_found_for_missing_logs() {
    let cloud = aws("ap-northeast-1").await;
    let cloudformation = cloud.cloudformation_client("ap-northeast-1");
    let logs = cloud.logs_client("ap-northeast-1");
    let group = template(
        "G",
        "AWS::Logs::LogGroup",
        &json!({ "LogGroupName": "/notes" }),
    );
    deploy(
        &*cloudformation,
        wanted("logs", ChangeSetType::Create, &group),
    )
    .await;
    assert_eq!(
        logs.get_last_events("/notes", "none", 10).await.unwrap(),
        []
    );
    let hour_ago = cloud.current_time() - Duration::from_hours(1);
    let found = logs
        .filter_events("/notes", None, None, hour_ago, None)
        .await
        .unwrap();
    assert_eq!(found.items, []);
    let missing = logs
        .filter_events("/none", None, None, hour_ago, None)
        .await
        .unwrap_err();
    assert_eq!(missing.kind, ApiErrorKind::NotFound, "{missing:?}");
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn invalidates_cloudfront_paths() {
    let cloud = aws("sa-east-1").await;
    let cloudformation = cloud.cloudformation_client("sa-east-1");
    let distribution = template(
        "D",
        "AWS::CloudFront::Distribution",
        &json!({ "DistributionConfig": {
            "Enabled": true,
            "Origins": [{ "Id": "site", "DomainName": "example.com", "CustomOriginConfig": { "OriginProtocolPolicy": "https-only" } }],
            "DefaultCacheBehavior": { "TargetOriginId": "site", "ViewerProtocolPolicy": "https-only" },
        } }),
    );
    deploy(
        &*cloudformation,
        wanted("cdn", ChangeSetType::Create, &distribution),
    )
    .await;
    let resources = cloudformation
        .stack_resources("cdn", None)
        .await
        .unwrap()
        .items;
    let id = resources[0].physical_id.clone().unwrap();
    let cdn = cloud.cloudfront_client();
    let paths = ["/index.html".to_owned()];
    let invalidation = cdn.invalidate_paths(&id, &paths, "token-1").await.unwrap();
    assert!(!invalidation.is_empty());
    cdn.is_invalidated(&id, &invalidation).await.unwrap();
    let missing = cdn.is_invalidated("E0NONE", "I0").await.unwrap_err();
    assert_eq!(missing.kind, ApiErrorKind::NotFound, "{missing:?}");
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn reports_network_error_for_closed_port() {
    // The port is unused again after the listener is dropped.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let cloud = aws_at("eu-west-1", format!("http://127.0.0.1:{port}")).await;
    let refused = cloud
        .cloudformation_client("eu-west-1")
        .describe_stack("any")
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ApiErrorKind::Network, "{refused:?}");
    assert!(refused.message.contains("refused"), "{}", refused.message);
}
