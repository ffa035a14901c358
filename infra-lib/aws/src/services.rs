//! The operations of ECS, CloudWatch Logs, S3 and CloudFront that we use.

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
    /// ARN.
    pub arn: String,
    /// Name.
    pub name: String,
    /// How many tasks there should be.
    pub desired: i32,
    /// How many run.
    pub running: i32,
    /// How many are starting.
    pub pending: i32,
    /// The task definition of the newest deployment.
    pub task_definition: String,
    /// What ECS tells, newest first.
    #[builder(default)]
    pub events: Vec<ServiceEvent>,
    /// `awsvpcConfiguration` of the service in the words of the API, for one-off tasks beside it.
    pub network: JsonValue,
}

/// A line of what ECS tells about a service.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ServiceEvent {
    /// By which lines are told apart.
    pub id: String,
    /// When.
    pub time: OffsetDateTime,
    /// What.
    pub message: String,
}

/// A roll-out of a service.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ServiceDeployment {
    /// ARN; `StopServiceDeployment` needs it.
    pub arn: Option<String>,
    /// `PENDING`, `IN_PROGRESS`, `SUCCESSFUL`, `STOPPED`, `ROLLBACK_IN_PROGRESS`, …
    pub status: String,
    /// Why.
    pub reason: Option<String>,
    /// The task definition that is rolled out.
    pub task_definition: String,
    /// How many tasks of it there should be.
    pub desired: i32,
    /// How many run.
    pub running: i32,
    /// How many are starting.
    pub pending: i32,
    /// How many failed.
    pub failed: i32,
    /// At how many failures ECS gives up.
    pub failure_threshold: Option<i32>,
    /// When it began.
    pub started: Option<OffsetDateTime>,
}

/// A task.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Task {
    /// ARN.
    pub arn: String,
    /// `PROVISIONING` … `STOPPED`.
    pub last_status: String,
    /// `TaskFailedToStart`, `EssentialContainerExited`, …
    pub stop_code: Option<String>,
    /// Why it stopped, in the words of ECS.
    pub stopped_reason: Option<String>,
    /// The task definition.
    pub task_definition: String,
    /// The containers.
    #[builder(default)]
    pub containers: Vec<Container>,
    /// When it stopped.
    pub stopped: Option<OffsetDateTime>,
    /// When it was made.
    pub created: Option<OffsetDateTime>,
}

/// A container of a task.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Container {
    /// Name.
    pub name: String,
    /// What its process returned, when it ran.
    pub exit_code: Option<i32>,
    /// Why it did not run, or stopped.
    pub reason: Option<String>,
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    pub health: Option<String>,
}

/// A task definition, in the words of the API (`containerDefinitions`, …) so that nothing is lost between
/// reading one and registering its successor.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct TaskDefinition {
    /// ARN, with the revision.
    pub arn: String,
    /// Family.
    pub family: String,
    /// Everything that can be registered.
    pub definition: JsonValue,
}

/// A one-off task.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RunTask {
    /// The cluster, by name or ARN.
    pub cluster: String,
    /// The task definition.
    pub task_definition: String,
    /// `awsvpcConfiguration` in the words of the API.
    #[builder(default)]
    pub network: JsonValue,
    /// The container whose command is replaced, with the command.
    pub command: Option<(String, Vec<String>)>,
    /// Who started it, for people; 128 characters at most.
    pub started_by: String,
    /// Makes a second call with the same token find the first task.
    pub token: String,
}

/// Elastic Container Service in a region.
#[async_trait]
pub trait Ecs: Debug + Send + Sync {
    /// A service, by name or ARN.
    async fn service(&self, cluster: &str, service: &str) -> Result<Option<Service>, ApiError>;
    /// Roll-outs of a service, newest first.
    async fn deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<ServiceDeployment>, ApiError>;
    /// Tasks of a service that stopped lately.
    async fn stopped_tasks(&self, cluster: &str, service: &str) -> Result<Vec<Task>, ApiError>;
    /// Tasks by ARN.
    async fn tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, ApiError>;
    /// A task definition, by ARN or family.
    async fn task_definition(&self, name: &str) -> Result<TaskDefinition, ApiError>;
    /// Registers the next revision; answers its ARN.
    async fn register_task_definition(&self, definition: &JsonValue) -> Result<String, ApiError>;
    /// Starts a one-off task; answers its ARN.
    async fn run_task(&self, request: RunTask) -> Result<Task, ApiError>;
    /// Stops a task.
    async fn stop_task(&self, cluster: &str, task: &str, reason: &str) -> Result<(), ApiError>;
    /// Rolls out another task definition.
    async fn update_service(
        &self,
        cluster: &str,
        service: &str,
        task_definition: &str,
    ) -> Result<(), ApiError>;
    /// Ends a roll-out and goes back to the one before.
    async fn roll_back_deployment(&self, deployment: &str) -> Result<(), ApiError>;
}

/// A line of a log.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct LogEvent {
    /// By which lines are told apart.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// When.
    pub time: OffsetDateTime,
    /// The line.
    pub message: String,
}

/// CloudWatch Logs in a region.
#[async_trait]
pub trait Logs: Debug + Send + Sync {
    /// The last lines of a stream, oldest first; empty when there is no such stream yet.
    async fn last_lines(
        &self,
        group: &str,
        stream: &str,
        limit: i32,
    ) -> Result<Vec<LogEvent>, ApiError>;
    /// Lines of a group since a time, oldest first, of streams with that prefix and with that filter pattern.
    async fn filter(
        &self,
        group: &str,
        stream_prefix: Option<&str>,
        pattern: Option<&str>,
        since: OffsetDateTime,
        next: Option<String>,
    ) -> Result<Page<LogEvent>, ApiError>;
}

/// An object.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ObjectSummary {
    /// Key.
    pub key: String,
    /// Bytes.
    pub size: i64,
    /// The ETag without quotes: the MD5 of the content, unless it was uploaded in parts.
    pub etag: String,
}

/// A version of an object in a bucket, or a marker that one was deleted.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ObjectVersion {
    /// Key.
    pub key: String,
    /// Id of the version; `null` in a bucket that keeps none.
    pub version: String,
}

/// An upload.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct PutObject {
    /// Bucket.
    pub bucket: String,
    /// Key.
    pub key: String,
    /// Content.
    pub body: Vec<u8>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// Metadata of ours.
    #[builder(default)]
    pub metadata: BTreeMap<String, String>,
    /// Whether an object that is there stays (`If-None-Match: *`).
    #[builder(default)]
    pub only_if_absent: bool,
}

/// S3 in a region.
#[async_trait]
pub trait ObjectStore: Debug + Send + Sync {
    /// The objects whose keys begin so.
    async fn list(
        &self,
        bucket: &str,
        prefix: &str,
        next: Option<String>,
    ) -> Result<Page<ObjectSummary>, ApiError>;
    /// Whether a bucket exists and we may use it.
    async fn bucket_exists(&self, bucket: &str) -> Result<bool, ApiError>;
    /// Uploads; answers whether anything was written.
    async fn put(&self, request: PutObject) -> Result<bool, ApiError>;
    /// An object's content and its metadata of ours.
    async fn get(&self, bucket: &str, key: &str) -> Result<Option<Vec<u8>>, ApiError>;
    /// Removes up to 1,000 objects.
    async fn delete(&self, bucket: &str, keys: &[String]) -> Result<(), ApiError>;
    /// Returns up to 1,000 versions and markers of deleted objects; none for a bucket that is empty for good.
    async fn versions(&self, bucket: &str) -> Result<Vec<ObjectVersion>, ApiError>;
    /// Removes up to 1,000 versions for good.
    async fn delete_versions(
        &self,
        bucket: &str,
        versions: &[ObjectVersion],
    ) -> Result<(), ApiError>;
}

/// CloudFront.
#[async_trait]
pub trait Cdn: Debug + Send + Sync {
    /// Has paths fetched anew; answers the id of the invalidation.
    async fn invalidate(
        &self,
        distribution: &str,
        paths: &[String],
        token: &str,
    ) -> Result<String, ApiError>;
    /// Whether an invalidation is through.
    async fn is_invalidated(&self, distribution: &str, id: &str) -> Result<bool, ApiError>;
}
