//! Implements ECS, CloudWatch Logs, S3, CloudFront, the SSM Parameter Store and ECR of the fake.

use async_trait::async_trait;
use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::{FakeCloud, page};
use infra_aws::{
    ApiError, Cdn, Ecs, ImageRegistry, LogEvent, Logs, ObjectStore, ObjectSummary, ObjectVersion,
    Page, ParameterStore, PutObject, RegistryLogin, RunTask, Service, ServiceDeployment, Task,
    TaskDefinition,
};

/// Client for all services other than CloudFormation in one region.
#[derive(Debug)]
pub(super) struct Services {
    pub(super) fake: FakeCloud,
    pub(super) region: String,
}

#[async_trait]
impl Ecs for Services {
    async fn service(&self, cluster: &str, service: &str) -> Result<Option<Service>, ApiError> {
        self.fake
            .read("ECS", "DescribeServices", service, |state, _| {
                Ok(state.ecs_service(cluster, service))
            })
            .await
    }

    async fn deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<ServiceDeployment>, ApiError> {
        self.fake
            .read("ECS", "DescribeServiceDeployments", service, |state, _| {
                Ok(state.ecs_deployments(cluster, service))
            })
            .await
    }

    async fn stopped_tasks(&self, cluster: &str, service: &str) -> Result<Vec<Task>, ApiError> {
        self.fake
            .read("ECS", "ListTasks", service, |state, _| {
                Ok(state.ecs_stopped(cluster, service))
            })
            .await
    }

    async fn tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, ApiError> {
        self.fake
            .read("ECS", "DescribeTasks", cluster, |state, _| {
                Ok(state.ecs_tasks(arns))
            })
            .await
    }

    async fn task_definition(&self, name: &str) -> Result<TaskDefinition, ApiError> {
        self.fake
            .read("ECS", "DescribeTaskDefinition", name, |state, _| {
                state.ecs_definition(name)
            })
            .await
    }

    async fn register_task_definition(&self, definition: &JsonValue) -> Result<String, ApiError> {
        let family = definition["family"].as_str().unwrap_or_default();
        self.fake
            .write("ECS", "RegisterTaskDefinition", family, |state, _| {
                Ok(state.ecs_register(&self.region, definition))
            })
            .await
    }

    async fn run_task(&self, request: RunTask) -> Result<Task, ApiError> {
        let definition = request.task_definition.clone();
        self.fake
            .write("ECS", "RunTask", &definition, |state, now| {
                state.ecs_run(&self.region, &request, now)
            })
            .await
    }

    async fn stop_task(&self, _cluster: &str, task: &str, reason: &str) -> Result<(), ApiError> {
        self.fake
            .write("ECS", "StopTask", task, |state, now| {
                state.ecs_stop(task, reason, now);
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
            .write("ECS", "UpdateService", service, |state, now| {
                state.ecs_update(cluster, service, task_definition, now)
            })
            .await
    }

    async fn roll_back_deployment(&self, deployment: &str) -> Result<(), ApiError> {
        self.fake
            .write("ECS", "StopServiceDeployment", deployment, |state, _| {
                state.ecs_roll_back(deployment);
                Ok(())
            })
            .await
    }
}

#[async_trait]
impl Logs for Services {
    async fn last_lines(
        &self,
        group: &str,
        stream: &str,
        limit: i32,
    ) -> Result<Vec<LogEvent>, ApiError> {
        self.fake
            .read("CloudWatch Logs", "GetLogEvents", group, |state, _| {
                Ok(state.last_lines(group, stream, limit))
            })
            .await
    }

    async fn filter(
        &self,
        group: &str,
        stream_prefix: Option<&str>,
        pattern: Option<&str>,
        since: OffsetDateTime,
        next: Option<String>,
    ) -> Result<Page<LogEvent>, ApiError> {
        self.fake
            .read("CloudWatch Logs", "FilterLogEvents", group, |state, _| {
                let all = state.filter_lines(group, stream_prefix, pattern, since);
                Ok(page(state, all, next, 1_000))
            })
            .await
    }
}

#[async_trait]
impl ObjectStore for Services {
    async fn list(
        &self,
        bucket: &str,
        prefix: &str,
        next: Option<String>,
    ) -> Result<Page<ObjectSummary>, ApiError> {
        self.fake
            .read("S3", "ListObjectsV2", bucket, |state, _| {
                let all = state.list_objects(bucket, prefix)?;
                Ok(page(state, all, next, 1_000))
            })
            .await
    }

    async fn bucket_exists(&self, bucket: &str) -> Result<bool, ApiError> {
        self.fake
            .read("S3", "HeadBucket", bucket, |state, _| {
                Ok(state.buckets.contains_key(bucket))
            })
            .await
    }

    async fn put(&self, request: PutObject) -> Result<bool, ApiError> {
        let target = format!("{}/{}", request.bucket, request.key);
        self.fake
            .write("S3", "PutObject", &target, |state, _| {
                state.put_object(request)
            })
            .await
    }

    async fn get(&self, bucket: &str, key: &str) -> Result<Option<Vec<u8>>, ApiError> {
        self.fake
            .read("S3", "GetObject", &format!("{bucket}/{key}"), |state, _| {
                let object = state
                    .buckets
                    .get(bucket)
                    .and_then(|objects| objects.get(key));
                Ok(object.map(|object| object.body.clone()))
            })
            .await
    }

    async fn delete(&self, bucket: &str, keys: &[String]) -> Result<(), ApiError> {
        self.fake
            .write("S3", "DeleteObjects", bucket, |state, _| {
                if let Some(objects) = state.buckets.get_mut(bucket) {
                    objects.retain(|key, _| !keys.contains(key));
                }
                Ok(())
            })
            .await
    }

    async fn versions(&self, bucket: &str) -> Result<Vec<ObjectVersion>, ApiError> {
        self.fake
            .read("S3", "ListObjectVersions", bucket, |state, _| {
                let all = state.list_objects(bucket, "")?.into_iter().take(1_000);
                Ok(all
                    .map(|object| {
                        ObjectVersion::builder()
                            .key(object.key)
                            .version("null")
                            .build()
                    })
                    .collect())
            })
            .await
    }

    async fn delete_versions(
        &self,
        bucket: &str,
        versions: &[ObjectVersion],
    ) -> Result<(), ApiError> {
        let keys: Vec<String> = versions.iter().map(|one| one.key.clone()).collect();
        self.delete(bucket, &keys).await
    }
}

#[async_trait]
impl Cdn for Services {
    async fn invalidate(
        &self,
        distribution: &str,
        paths: &[String],
        token: &str,
    ) -> Result<String, ApiError> {
        self.fake
            .write(
                "CloudFront",
                "CreateInvalidation",
                distribution,
                |state, now| {
                    let id = format!(
                        "I{}",
                        infra_template::digest::Digest::of(token.as_bytes()).short()
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
            .read("CloudFront", "GetInvalidation", id, |state, now| {
                let begun = state.invalidations.get(id).map(|(_, begun)| *begun);
                Ok(begun.is_some_and(|begun| now - begun >= time::Duration::seconds(10)))
            })
            .await
    }
}

#[async_trait]
impl ParameterStore for Services {
    async fn value(&self, name: &str) -> Result<Option<String>, ApiError> {
        self.fake
            .read("SSM", "GetParameter", name, |state, _| {
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
            .read("ECR", "DescribeImages", &target, |state, _| {
                state.has_image(repository, tag)
            })
            .await
    }

    async fn login(&self) -> Result<RegistryLogin, ApiError> {
        let host = format!(
            "{}.dkr.ecr.{}.{}",
            super::ACCOUNT,
            self.region,
            infra_aws::dns_suffix(&self.region)
        );
        self.fake
            .read("ECR", "GetAuthorizationToken", &self.region, |_, _| {
                Ok(RegistryLogin::new("AWS", "token-of-twelve-hours", host))
            })
            .await
    }
}
