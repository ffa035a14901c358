//! The traits [`Ecs`], [`Logs`], [`ObjectStore`] and [`Cdn`] with the operations that a deployment uses, and their types.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;
use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::{ApiError, Page};

/// An ECS service.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Service {
    /// ARN of the service.
    pub arn: String,
    /// Name of the service.
    pub name: String,
    /// Desired number of tasks.
    pub desired: i32,
    /// Number of running tasks.
    pub running: i32,
    /// Number of tasks that are starting.
    pub pending: i32,
    /// ARN of the task definition of the latest deployment.
    pub task_definition: String,
    /// Service events, the newest first.
    #[builder(default)]
    pub events: Vec<ServiceEvent>,
    /// Network configuration (`awsvpcConfiguration`) as in the API, for one-off tasks in the same network.
    pub network: JsonValue,
}

/// A service event of ECS.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ServiceEvent {
    /// Unique ID of the event.
    pub id: String,
    /// Time of the event.
    pub time: OffsetDateTime,
    /// Text of the event.
    pub message: String,
}

/// A service deployment of ECS.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ServiceDeployment {
    /// ARN of the deployment, which `StopServiceDeployment` requires. `None` for endpoints without service deployments.
    pub arn: Option<String>,
    /// Status: `PENDING`, `IN_PROGRESS`, `SUCCESSFUL`, `STOPPED`, `ROLLBACK_IN_PROGRESS`, …
    pub status: String,
    /// Reason for the status.
    pub reason: Option<String>,
    /// ARN of the task definition that is deployed.
    pub task_definition: String,
    /// Desired number of tasks of the deployment.
    pub desired: i32,
    /// Number of running tasks.
    pub running: i32,
    /// Number of tasks that are starting.
    pub pending: i32,
    /// Number of failed tasks.
    pub failed: i32,
    /// Number of failures at which the deployment circuit breaker triggers.
    pub failure_threshold: Option<i32>,
    /// Time at which the deployment started.
    pub started: Option<OffsetDateTime>,
}

/// An ECS task.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Task {
    /// ARN of the task.
    pub arn: String,
    /// Last known status, from `PROVISIONING` to `STOPPED`.
    pub last_status: String,
    /// Stop code: `TaskFailedToStart`, `EssentialContainerExited`, …
    pub stop_code: Option<String>,
    /// Stop reason as reported by ECS.
    pub stopped_reason: Option<String>,
    /// ARN of the task definition.
    pub task_definition: String,
    /// Containers of the task.
    #[builder(default)]
    pub containers: Vec<Container>,
    /// Time at which the task stopped.
    pub stopped: Option<OffsetDateTime>,
    /// Time at which the task was created.
    pub created: Option<OffsetDateTime>,
}

/// A container of a task.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Container {
    /// Name of the container in the task definition.
    pub name: String,
    /// Exit code of its process, or `None` if it did not run.
    pub exit_code: Option<i32>,
    /// Reason for which it did not start, or stopped.
    pub reason: Option<String>,
    /// Health status: `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    pub health: Option<String>,
}

/// A task definition as in the API (`containerDefinitions`, …), so that no field is lost between reading one and registering its successor.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct TaskDefinition {
    /// ARN including the revision.
    pub arn: String,
    /// Family of the task definition.
    pub family: String,
    /// Every field that can be registered.
    pub definition: JsonValue,
}

/// A `RunTask` request for a one-off task.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RunTask {
    /// Name or ARN of the cluster.
    pub cluster: String,
    /// ARN or family of the task definition.
    pub task_definition: String,
    /// Network configuration (`awsvpcConfiguration`) as in the API. `null` runs the task without one.
    #[builder(default)]
    pub network: JsonValue,
    /// Name of a container and the command that replaces its own.
    pub command: Option<(String, Vec<String>)>,
    /// Initiator of the task for display, at most 128 characters.
    pub started_by: String,
    /// Idempotency token: a second request with the same token returns the first task.
    pub token: String,
}

/// Amazon Elastic Container Service (ECS) in one region.
#[async_trait]
pub trait Ecs: Debug + Send + Sync {
    /// Returns the service with the given name or ARN, or `None` if it does not exist.
    async fn service(&self, cluster: &str, service: &str) -> Result<Option<Service>, ApiError>;
    /// Returns the latest deployments of a service, the newest first.
    async fn deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<ServiceDeployment>, ApiError>;
    /// Returns recently stopped tasks of a service.
    async fn stopped_tasks(&self, cluster: &str, service: &str) -> Result<Vec<Task>, ApiError>;
    /// Returns tasks by ARN. Unknown tasks are left out.
    async fn tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, ApiError>;
    /// Returns the task definition with the given ARN or family.
    async fn task_definition(&self, name: &str) -> Result<TaskDefinition, ApiError>;
    /// Registers a revision of a task definition, and returns its ARN.
    async fn register_task_definition(&self, definition: &JsonValue) -> Result<String, ApiError>;
    /// Starts a one-off task, and returns it.
    async fn run_task(&self, request: RunTask) -> Result<Task, ApiError>;
    /// Stops a task with a reason.
    async fn stop_task(&self, cluster: &str, task: &str, reason: &str) -> Result<(), ApiError>;
    /// Deploys another task definition to a service.
    async fn update_service(
        &self,
        cluster: &str,
        service: &str,
        task_definition: &str,
    ) -> Result<(), ApiError>;
    /// Stops a deployment and rolls back to the previous one.
    async fn roll_back_deployment(&self, deployment: &str) -> Result<(), ApiError>;
}

/// A log event of CloudWatch Logs.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct LogEvent {
    /// ID that distinguishes the event from others.
    pub id: String,
    /// Name of the log stream.
    pub stream: String,
    /// Time of the event.
    pub time: OffsetDateTime,
    /// Text of the event.
    pub message: String,
}

/// CloudWatch Logs in one region.
#[async_trait]
pub trait Logs: Debug + Send + Sync {
    /// Returns the last events of a log stream, the oldest first. A stream that does not exist has none.
    async fn last_lines(
        &self,
        group: &str,
        stream: &str,
        limit: i32,
    ) -> Result<Vec<LogEvent>, ApiError>;
    /// Returns a page of the events of a log group since a time, the oldest first, filtered by stream prefix and filter pattern.
    async fn filter(
        &self,
        group: &str,
        stream_prefix: Option<&str>,
        pattern: Option<&str>,
        since: OffsetDateTime,
        next: Option<String>,
    ) -> Result<Page<LogEvent>, ApiError>;
}

/// An object in a list.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ObjectSummary {
    /// Key of the object.
    pub key: String,
    /// Size in bytes.
    pub size: i64,
    /// ETag without quotes: the MD5 of the content, unless it was uploaded in parts.
    pub etag: String,
}

/// A version of an object in a bucket, or a delete marker.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ObjectVersion {
    /// Key of the object.
    pub key: String,
    /// Version ID, which is `null` in a bucket without versioning.
    pub version: String,
}

/// A `PutObject` request.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct PutObject {
    /// Name of the bucket.
    pub bucket: String,
    /// Key of the object.
    pub key: String,
    /// Content of the object.
    pub body: Vec<u8>,
    /// Value of the header `Content-Type`.
    pub content_type: Option<String>,
    /// Value of the header `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// Value of the header `Cache-Control`.
    pub cache_control: Option<String>,
    /// User-defined metadata.
    #[builder(default)]
    pub metadata: BTreeMap<String, String>,
    /// `true` to keep an existing object (`If-None-Match: *`).
    #[builder(default)]
    pub only_if_absent: bool,
}

/// Amazon S3 in one region.
#[async_trait]
pub trait ObjectStore: Debug + Send + Sync {
    /// Returns a page of the objects whose keys start with a prefix.
    async fn list(
        &self,
        bucket: &str,
        prefix: &str,
        next: Option<String>,
    ) -> Result<Page<ObjectSummary>, ApiError>;
    /// Returns `true` if a bucket exists and the caller may access it.
    async fn bucket_exists(&self, bucket: &str) -> Result<bool, ApiError>;
    /// Uploads an object. Returns `false` if an existing object was kept.
    async fn put(&self, request: PutObject) -> Result<bool, ApiError>;
    /// Returns the content of an object, or `None` if it does not exist.
    async fn get(&self, bucket: &str, key: &str) -> Result<Option<Vec<u8>>, ApiError>;
    /// Deletes up to 1,000 objects.
    async fn delete(&self, bucket: &str, keys: &[String]) -> Result<(), ApiError>;
    /// Returns up to 1,000 versions and delete markers. A completely empty bucket has none.
    async fn versions(&self, bucket: &str) -> Result<Vec<ObjectVersion>, ApiError>;
    /// Deletes up to 1,000 versions permanently.
    async fn delete_versions(
        &self,
        bucket: &str,
        versions: &[ObjectVersion],
    ) -> Result<(), ApiError>;
}

/// Amazon CloudFront, which is global.
#[async_trait]
pub trait Cdn: Debug + Send + Sync {
    /// Invalidates cached paths, and returns the ID of the invalidation.
    async fn invalidate(
        &self,
        distribution: &str,
        paths: &[String],
        token: &str,
    ) -> Result<String, ApiError>;
    /// Returns `true` if an invalidation is complete.
    async fn is_invalidated(&self, distribution: &str, id: &str) -> Result<bool, ApiError>;
}
