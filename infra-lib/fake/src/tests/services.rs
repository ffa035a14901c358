//! Tests of drift, refactoring, and services other than CloudFormation.

use serde_json::json;

use super::{execute, pass, ready, request, run, template};
use crate::{FakeCloud, REGION, UnhealthyTasks};
use infra_aws::{ChangeSetType, Cloud, CreateRefactor, ResourceLocation, ResourceMove};

#[test]
fn detects_and_reverts_drift() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    aws.drift_resource("Web", "Queue", "/DelaySeconds", "30");
    run(&aws, async |client| {
        let id = client.detect_drift("Web", &[]).await.unwrap();
        let status = async || client.drift_detection(&id).await.unwrap();
        assert_eq!(status().await.status, "DETECTION_IN_PROGRESS");
        pass(5).await;
        assert_eq!(status().await.stack_status.as_deref(), Some("DRIFTED"));
        let drifts = client.resource_drifts("Web", None).await.unwrap().items;
        let [queue, topic] = &drifts[..] else {
            panic!("{drifts:?}");
        };
        assert_eq!((&*queue.status, &*topic.status), ("MODIFIED", "IN_SYNC"));
        let difference = &queue.differences[0];
        assert_eq!((&*difference.expected, &*difference.actual), ("0", "30"));
        let mut revert = request("Web", ChangeSetType::Update, &template(0));
        revert.revert_drift = true;
        let set = ready(&*client, revert).await;
        let drift = set.changes[0].details[0].drift.clone().unwrap();
        assert_eq!(drift.actual.as_deref(), Some("30"));
        client.execute_change_set(execute(&set.id)).await.unwrap();
        pass(60).await;
        client.detect_drift("Web", &[]).await.unwrap();
        let stack = client.describe_stack("Web").await.unwrap().unwrap();
        assert_eq!(stack.drift_status.as_deref(), Some("IN_SYNC"));
    });
}

#[test]
fn limits_drift_detection_and_reports_its_failure() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    aws.drift_resource("Web", "Queue", "/DelaySeconds", "30");
    aws.fail_drift_detection("a handler failed");
    run(&aws, async |client| {
        let ids = |number: usize| vec!["Queue".to_owned(); number];
        let refused = client.detect_drift("Web", &ids(201)).await.unwrap_err();
        assert_eq!(refused.code, "ValidationError");
        let id = client.detect_drift("Web", &ids(200)).await.unwrap();
        pass(5).await;
        let found = client.drift_detection(&id).await.unwrap();
        assert_eq!(found.status, "DETECTION_FAILED");
        assert_eq!(found.reason.as_deref(), Some("a handler failed"));
        let drifts = client.resource_drifts("Web", None).await.unwrap().items;
        assert_eq!(drifts.len(), 1);
    });
}

#[test]
fn moves_resource_without_changing_it() {
    let aws = FakeCloud::new();
    let named = |id: &str| json!({ "Resources": { id: { "Type": "AWS::SQS::Queue" } } });
    aws.deploy_stack("Web", &named("Old"));
    let physical = aws.live_resources("Web")["Old"].clone();
    run(&aws, async |client| {
        let at = |id: &str| ResourceLocation::new("Web".to_owned(), id.to_owned());
        let refactor = |template: serde_json::Value| {
            CreateRefactor::builder()
                .description("rename")
                .moves(vec![ResourceMove::new(at("Old"), at("New"))])
                .templates(vec![("Web".to_owned(), template.to_string())])
                .build()
        };
        let mut more = named("New");
        more["Resources"]["Extra"] = json!({ "Type": "AWS::SNS::Topic" });
        let wrong = client.create_refactor(refactor(more)).await.unwrap();
        assert_eq!(
            client.describe_refactor(&wrong).await.unwrap().status,
            "CREATE_FAILED"
        );
        let id = client
            .create_refactor(refactor(named("New")))
            .await
            .unwrap();
        assert_eq!(
            client.refactor_actions(&id, None).await.unwrap().items[0].action,
            "MOVE"
        );
        client.execute_refactor(&id).await.unwrap();
        let done = client.describe_refactor(&id).await.unwrap();
        assert_eq!(done.execution_status, "EXECUTE_COMPLETE");
    });
    assert_eq!(
        aws.live_resources("Web"),
        [("New".to_owned(), physical)].into()
    );
}

#[test]
fn shows_failing_tasks_until_rollback() {
    let aws = FakeCloud::new();
    let service = json!({ "Resources": {
        "Logs": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": "/notes" } },
        "Cluster": { "Type": "AWS::ECS::Cluster", "Properties": { "ClusterName": "notes" } },
        "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
            "Family": "notes",
            "ContainerDefinitions": [{ "Name": "web", "LogConfiguration": { "Options": {
                "awslogs-group": { "Ref": "Logs" }, "awslogs-stream-prefix": "notes",
            } } }],
        } },
        "Service": { "Type": "AWS::ECS::Service", "Properties": {
            "ServiceName": "web", "Cluster": { "Ref": "Cluster" }, "TaskDefinition": { "Ref": "Task" },
        } },
    } });
    aws.fail_service_tasks("Service", UnhealthyTasks::default());
    run(&aws, async |client| {
        let asked = request("Web", ChangeSetType::Create, &service);
        let set = ready(&*client, asked).await;
        client.execute_change_set(execute(&set.id)).await.unwrap();
        pass(50).await;
        let (ecs, logs) = (aws.ecs_client(REGION), aws.logs_client(REGION));
        let stopped = ecs.list_stopped_tasks("notes", "web").await.unwrap();
        assert_eq!(stopped.len(), 2);
        assert_eq!(stopped[0].containers[0].exit_code, Some(1));
        let rollout = &ecs.list_deployments("notes", "web").await.unwrap()[0];
        assert_eq!((rollout.failed, rollout.failure_threshold), (2, Some(3)));
        let task = stopped[0].arn.rsplit('/').next().unwrap();
        let stream = format!("notes/web/{task}");
        let lines = logs.get_last_events("/notes", &stream, 10).await.unwrap();
        assert_eq!(lines[0].message, "Error: cannot connect to the database");
        pass(60).await;
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("ROLLBACK_COMPLETE")
        );
        assert_eq!(ecs.describe_service("notes", "web").await.unwrap(), None);
        assert!(
            logs.get_last_events("/notes", &stream, 10)
                .await
                .unwrap()
                .is_empty()
        );
    });
    let failed = aws
        .stack_events("Web")
        .into_iter()
        .find(|event| event.status.is_failed());
    assert!(
        failed
            .unwrap()
            .reason
            .unwrap()
            .contains("ECS Deployment Circuit Breaker was triggered")
    );
}

#[test]
fn keeps_versions_of_object_until_each_is_deleted() {
    let aws = FakeCloud::new();
    aws.enable_versioning("kept");
    aws.put_object("kept", "a", b"1");
    aws.put_object("kept", "a", b"22");
    aws.put_object("plain", "a", b"1");
    aws.put_object("plain", "a", b"22");
    let store = aws.s3_client(REGION);
    FakeCloud::paused_runtime().block_on(async {
        let sizes = async |bucket: &str| {
            let versions = store.list_versions(bucket, None).await.unwrap().items;
            let sizes = versions.iter().map(|one| (one.size, one.is_latest));
            sizes.collect::<Vec<_>>()
        };
        assert_eq!(sizes("kept").await, [(2, true), (1, false)]);
        assert_eq!(sizes("plain").await, [(2, true)]);
        let versions = store.list_versions("kept", None).await.unwrap().items;
        store.delete_versions("kept", &versions[1..]).await.unwrap();
        assert_eq!(sizes("kept").await, [(2, true)]);
        store.delete_versions("kept", &versions[..1]).await.unwrap();
        assert_eq!(sizes("kept").await, []);
    });
}

#[test]
fn deletes_image_with_its_last_tag() {
    let aws = FakeCloud::new();
    aws.add_repository("images", &["a", "b"]);
    let registry = aws.ecr_client(REGION);
    FakeCloud::paused_runtime().block_on(async {
        let images = registry.list_images("images", None).await.unwrap().items;
        let digest = &images[0].digest;
        registry.tag_image("images", digest, "c").await.unwrap();
        let tags = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        registry.remove_tags("images", &tags(&["a"])).await.unwrap();
        assert_eq!(aws.repository_images("images")[0].tags, tags(&["c"]));
        registry.remove_tags("images", &tags(&["c"])).await.unwrap();
        assert_eq!(aws.repository_images("images").len(), 1);
        let missing = registry.list_images("none", None).await.unwrap_err();
        assert_eq!(missing.code, "RepositoryNotFoundException");
    });
}
