//! Implements ECS, CloudWatch Logs, S3, CloudFront, the SSM Parameter Store and ECR of the fake.

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::objects::key_not_found;
use super::{FakeCloud, paginate};
use infra_aws::{
    ApiError, Cdn, Ecs, ImageRegistry, LogEvent, Logs, ObjectStore, ObjectSummary, ObjectVersion,
    Page, ParameterStore, PutObject, RegistryImage, RegistryLogin, RunTask, Service,
    ServiceDeployment, Task, TaskDefinition,
};

/// Client for all services other than CloudFormation in one region.
#[derive(Debug)]
pub(super) struct Services {
    pub(super) fake: FakeCloud,
    pub(super) region: String,
}

#[async_trait]
impl Ecs for Services {
    async fn describe_service(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Option<Service>, ApiError> {
        self.fake
            .make_read_call("ECS", "DescribeServices", service, |state, _| {
                Ok(state.describe_ecs_service(cluster, service))
            })
            .await
    }

    async fn list_deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<ServiceDeployment>, ApiError> {
        self.fake
            .make_read_call("ECS", "DescribeServiceDeployments", service, |state, _| {
                Ok(state.list_ecs_deployments(cluster, service))
            })
            .await
    }

    async fn list_stopped_tasks(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<Task>, ApiError> {
        self.fake
            .make_read_call("ECS", "ListTasks", service, |state, _| {
                Ok(state.list_stopped_tasks(cluster, service))
            })
            .await
    }

    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, ApiError> {
        self.fake
            .make_read_call("ECS", "DescribeTasks", cluster, |state, _| {
                Ok(state.find_ecs_tasks(arns))
            })
            .await
    }

    async fn describe_task_definition(&self, name: &str) -> Result<TaskDefinition, ApiError> {
        self.fake
            .make_read_call("ECS", "DescribeTaskDefinition", name, |state, _| {
                state.find_task_definition(name)
            })
            .await
    }

    async fn register_task_definition(&self, definition: &JsonValue) -> Result<String, ApiError> {
        let family = definition["family"].as_str().unwrap_or_default();
        self.fake
            .make_write_call("ECS", "RegisterTaskDefinition", family, |state, _| {
                Ok(state.register_task_definition(&self.region, definition))
            })
            .await
    }

    async fn run_task(&self, request: RunTask) -> Result<Task, ApiError> {
        let definition = request.task_definition.clone();
        self.fake
            .make_write_call("ECS", "RunTask", &definition, |state, now| {
                state.run_ecs_task(&self.region, &request, now)
            })
            .await
    }

    async fn stop_task(&self, _cluster: &str, task: &str, reason: &str) -> Result<(), ApiError> {
        self.fake
            .make_write_call("ECS", "StopTask", task, |state, now| {
                state.stop_ecs_task(task, reason, now);
                Ok(())
            })
            .await
    }

    async fn update_service(
        &self,
        cluster: &str,
        service: &str,
        task_definition: &str,
    ) -> Result<(), ApiError> {
        self.fake
            .make_write_call("ECS", "UpdateService", service, |state, now| {
                state.update_ecs_service(cluster, service, task_definition, now)
            })
            .await
    }

    async fn roll_back_deployment(&self, deployment: &str) -> Result<(), ApiError> {
        self.fake
            .make_write_call("ECS", "StopServiceDeployment", deployment, |state, _| {
                state.roll_back_ecs_service(deployment);
                Ok(())
            })
            .await
    }
}

#[async_trait]
impl Logs for Services {
    async fn get_last_events(
        &self,
        group: &str,
        stream: &str,
        limit: i32,
    ) -> Result<Vec<LogEvent>, ApiError> {
        self.fake
            .make_read_call("CloudWatch Logs", "GetLogEvents", group, |state, _| {
                Ok(state.list_last_lines(group, stream, limit))
            })
            .await
    }

    async fn filter_events(
        &self,
        group: &str,
        stream_prefix: Option<&str>,
        pattern: Option<&str>,
        since: OffsetDateTime,
        next: Option<String>,
    ) -> Result<Page<LogEvent>, ApiError> {
        self.fake
            .make_read_call("CloudWatch Logs", "FilterLogEvents", group, |state, _| {
                let all = state.filter_lines(group, stream_prefix, pattern, since);
                Ok(paginate(state, all, next, 1_000))
            })
            .await
    }
}

#[async_trait]
impl ObjectStore for Services {
    async fn list_objects(
        &self,
        bucket: &str,
        prefix: &str,
        next: Option<String>,
    ) -> Result<Page<ObjectSummary>, ApiError> {
        self.fake
            .make_read_call("S3", "ListObjectsV2", bucket, |state, _| {
                let all = state.list_objects(bucket, prefix)?;
                Ok(paginate(state, all, next, 1_000))
            })
            .await
    }

    async fn bucket_exists(&self, bucket: &str) -> Result<bool, ApiError> {
        self.fake
            .make_read_call("S3", "HeadBucket", bucket, |state, _| {
                Ok(state.buckets.contains_key(bucket))
            })
            .await
    }

    async fn put_object(&self, request: PutObject) -> Result<bool, ApiError> {
        let target = format!("{}/{}", request.bucket, request.key);
        self.fake
            .make_write_call("S3", "PutObject", &target, |state, now| {
                state.put_object(request, now)
            })
            .await
    }

    async fn get_object(&self, bucket: &str, key: &str) -> Result<Option<Vec<u8>>, ApiError> {
        self.fake
            .make_read_call("S3", "GetObject", &format!("{bucket}/{key}"), |state, _| {
                let object = state.find_object(bucket, key);
                Ok(object.map(|object| object.upload.body.clone()))
            })
            .await
    }

    async fn delete_objects(&self, bucket: &str, keys: &[String]) -> Result<(), ApiError> {
        self.fake
            .make_write_call("S3", "DeleteObjects", bucket, |state, _| {
                if let Some(objects) = state.buckets.get_mut(bucket) {
                    objects.retain(|key, _| !keys.contains(key));
                }
                Ok(())
            })
            .await
    }

    async fn list_versions(
        &self,
        bucket: &str,
        next: Option<String>,
    ) -> Result<Page<ObjectVersion>, ApiError> {
        self.fake
            .make_read_call("S3", "ListObjectVersions", bucket, |state, _| {
                let all = state.list_versions(bucket)?;
                Ok(paginate(state, all, next, 1_000))
            })
            .await
    }

    async fn delete_versions(
        &self,
        bucket: &str,
        versions: &[ObjectVersion],
    ) -> Result<(), ApiError> {
        self.fake
            .make_write_call("S3", "DeleteObjects", bucket, |state, _| {
                state.delete_versions(bucket, versions);
                Ok(())
            })
            .await
    }

    async fn get_object_tags(
        &self,
        bucket: &str,
        key: &str,
    ) -> Result<BTreeMap<String, String>, ApiError> {
        const OPERATION: &str = "GetObjectTagging";
        let target = format!("{bucket}/{key}");
        self.fake
            .make_read_call("S3", OPERATION, &target, |state, _| {
                let object = state.find_object(bucket, key);
                let object = object.ok_or_else(|| key_not_found(OPERATION))?;
                Ok(object.tags.clone())
            })
            .await
    }

    async fn put_object_tags(
        &self,
        bucket: &str,
        key: &str,
        tags: &BTreeMap<String, String>,
    ) -> Result<(), ApiError> {
        let target = format!("{bucket}/{key}");
        self.fake
            .make_write_call("S3", "PutObjectTagging", &target, |state, _| {
                state.tag_object(bucket, key, tags)
            })
            .await
    }
}

#[async_trait]
impl Cdn for Services {
    async fn invalidate_paths(
        &self,
        distribution: &str,
        paths: &[String],
        token: &str,
    ) -> Result<String, ApiError> {
        self.fake
            .make_write_call(
                "CloudFront",
                "CreateInvalidation",
                distribution,
                |state, now| {
                    let id = format!(
                        "I{}",
                        infra_template::digest::Digest::hash_bytes(token.as_bytes()).short()
                    );
                    let entry = (paths.to_vec(), now);
                    state.invalidations.entry(id.clone()).or_insert(entry);
                    Ok(id)
                },
            )
            .await
    }

    async fn is_invalidated(&self, _distribution: &str, id: &str) -> Result<bool, ApiError> {
        self.fake
            .make_read_call("CloudFront", "GetInvalidation", id, |state, now| {
                let begun = state.invalidations.get(id).map(|(_, begun)| *begun);
                Ok(begun.is_some_and(|begun| now - begun >= time::Duration::seconds(10)))
            })
            .await
    }
}

#[async_trait]
impl ParameterStore for Services {
    async fn get_parameter(&self, name: &str) -> Result<Option<String>, ApiError> {
        self.fake
            .make_read_call("SSM", "GetParameter", name, |state, _| {
                Ok(state.parameters.get(name).cloned())
            })
            .await
    }
}

#[async_trait]
impl ImageRegistry for Services {
    async fn has_image(&self, repository: &str, tag: &str) -> Result<bool, ApiError> {
        let target = format!("{repository}:{tag}");
        self.fake
            .make_read_call("ECR", "DescribeImages", &target, |state, _| {
                state.has_image(repository, tag)
            })
            .await
    }

    async fn request_login(&self) -> Result<RegistryLogin, ApiError> {
        let host = format!(
            "{}.dkr.ecr.{}.{}",
            super::ACCOUNT,
            self.region,
            infra_aws::dns_suffix(&self.region)
        );
        self.fake
            .make_read_call("ECR", "GetAuthorizationToken", &self.region, |_, _| {
                Ok(RegistryLogin::new("AWS", "token-of-twelve-hours", host))
            })
            .await
    }

    async fn list_images(
        &self,
        repository: &str,
        next: Option<String>,
    ) -> Result<Page<RegistryImage>, ApiError> {
        self.fake
            .make_read_call("ECR", "DescribeImages", repository, |state, _| {
                let all = state.list_images(repository)?;
                Ok(paginate(state, all, next, 1_000))
            })
            .await
    }

    async fn tag_image(&self, repository: &str, digest: &str, tag: &str) -> Result<(), ApiError> {
        self.fake
            .make_write_call("ECR", "PutImage", repository, |state, _| {
                state.tag_image(repository, digest, tag)
            })
            .await
    }

    async fn remove_tags(&self, repository: &str, tags: &[String]) -> Result<(), ApiError> {
        self.fake
            .make_write_call("ECR", "BatchDeleteImage", repository, |state, _| {
                state.remove_image_tags(repository, tags)
            })
            .await
    }

    async fn delete_images(&self, repository: &str, digests: &[String]) -> Result<(), ApiError> {
        self.fake
            .make_write_call("ECR", "BatchDeleteImage", repository, |state, _| {
                state.delete_images(repository, digests)
            })
            .await
    }
}
