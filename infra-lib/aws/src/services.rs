//! The traits [`Ecs`], [`Logs`], [`ObjectStore`] and [`Cdn`] with the operations that a deployment uses, and their types.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;
use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::{ApiError, Page};

/// An ECS service, as returned by `DescribeServices`: its task counts, latest deployment and events.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Service {
    /// ARN of the service, which contains the names of the cluster and the service.
    pub arn: String,
    /// Name of the service, unique within its cluster, as in the console.
    pub name: String,
    /// Desired number of tasks, which ECS tries to keep running over all deployments.
    pub desired: i32,
    /// Number of tasks in the status `RUNNING`, over all deployments of the service.
    pub running: i32,
    /// Number of tasks in the status `PENDING`, over all deployments of the service.
    pub pending: i32,
    /// ARN of the task definition of the latest deployment, including the revision.
    pub task_definition: String,
    /// Latest service events, the newest first, for example failed health checks.
    #[builder(default)]
    pub events: Vec<ServiceEvent>,
    /// Network configuration (`awsvpcConfiguration`) as in the API, for one-off tasks in the same network.
    pub network: JsonValue,
}

/// A service event of ECS, which describes a step of a deployment or a problem.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ServiceEvent {
    /// Unique ID of the event, which distinguishes it from a later event with the same text.
    pub id: String,
    /// Time at which ECS recorded the event, by the clock of AWS.
    pub time: OffsetDateTime,
    /// Text of the event as ECS writes it, for example "has reached a steady state".
    pub message: String,
}

/// A service deployment of ECS, which replaces the tasks of a service with those of another task definition.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ServiceDeployment {
    /// ARN of the deployment, which `StopServiceDeployment` requires. `None` for endpoints without service deployments.
    pub arn: Option<String>,
    /// Status: `PENDING`, `IN_PROGRESS`, `SUCCESSFUL`, `STOPPED`, `ROLLBACK_IN_PROGRESS`, …
    pub status: String,
    /// Reason for the status, for example the failure that triggered a rollback, or `None` if ECS provides none.
    pub reason: Option<String>,
    /// ARN of the task definition that is deployed, including the revision.
    pub task_definition: String,
    /// Desired number of tasks of this deployment with its task definition.
    pub desired: i32,
    /// Number of tasks of this deployment in the status `RUNNING`, healthy or not.
    pub running: i32,
    /// Number of tasks of this deployment in the status `PENDING`, before their containers run.
    pub pending: i32,
    /// Number of tasks of this deployment that failed so far, which the deployment circuit breaker counts.
    pub failed: i32,
    /// Number of failed tasks at which the deployment circuit breaker triggers, or `None` without one.
    pub failure_threshold: Option<i32>,
    /// Time at which the deployment started, or was created if it has not started.
    pub started: Option<OffsetDateTime>,
}

/// An ECS task with its containers and the reason of its stop, as returned by `DescribeTasks`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Task {
    /// ARN of the task, which contains its ID as the last part.
    pub arn: String,
    /// Last known status of the task life cycle, from `PROVISIONING` over `RUNNING` to `STOPPED`.
    pub last_status: String,
    /// Category of the stop reason: `TaskFailedToStart`, `EssentialContainerExited`, … `None` for a task that has not stopped.
    pub stop_code: Option<String>,
    /// Stop reason as reported by ECS, for example an image that cannot be pulled. `None` for a task that has not stopped.
    pub stopped_reason: Option<String>,
    /// ARN of the task definition that the task runs, including the revision.
    pub task_definition: String,
    /// Containers of the task, including sidecars, each with its exit code and health.
    #[builder(default)]
    pub containers: Vec<Container>,
    /// Time at which the task stopped, or `None` while it runs.
    pub stopped: Option<OffsetDateTime>,
    /// Time at which the task was created, before its containers were started, if ECS returns it.
    pub created: Option<OffsetDateTime>,
}

/// A container of an ECS task, with the state of its process.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Container {
    /// Name of the container in the task definition, unique within it.
    pub name: String,
    /// Exit code of the process, or `None` if it has not exited or never ran.
    pub exit_code: Option<i32>,
    /// Reason for which the container did not start or stopped, as reported by ECS, or `None` if ECS provides none.
    pub reason: Option<String>,
    /// Result of the health check: `HEALTHY`, `UNHEALTHY`, or `UNKNOWN` for a container without one.
    pub health: Option<String>,
}

/// A task definition as in the API (`containerDefinitions`, …), so that no field is lost between reading one and registering its successor.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct TaskDefinition {
    /// ARN of the task definition, which ends with the revision, for example `…/notes-api:7`.
    pub arn: String,
    /// Family of the task definition: the name that all of its revisions share.
    pub family: String,
    /// The definition as JSON, with only the fields that `RegisterTaskDefinition` accepts.
    pub definition: JsonValue,
}

/// A `RunTask` request for a one-off task, for example a migration. It runs on Fargate if it has a network.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RunTask {
    /// Name or ARN of the cluster in which the task runs, in the region of the request.
    pub cluster: String,
    /// ARN of the task definition, or its family for the latest revision.
    pub task_definition: String,
    /// Network configuration (`awsvpcConfiguration`) as in the API. `null` runs the task without one.
    #[builder(default)]
    pub network: JsonValue,
    /// Name of a container and the command to run in it instead of the one in its definition.
    pub command: Option<(String, Vec<String>)>,
    /// Initiator of the task for display in the console, at most 128 characters.
    pub started_by: String,
    /// Idempotency token: a second request with the same token returns the first task.
    pub token: String,
}

/// Amazon Elastic Container Service (ECS) in one region, with the operations for deployments and one-off tasks.
#[async_trait]
pub trait Ecs: Debug + Send + Sync {
    /// Returns the service with the given name or ARN, or `None` if it does not exist.
    async fn describe_service(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Option<Service>, ApiError>;
    /// Returns the latest deployments of a service, the newest first (`ListServiceDeployments`, `DescribeServiceDeployments`).
    async fn list_deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<ServiceDeployment>, ApiError>;
    /// Returns the tasks of a service that stopped recently (`ListTasks`, `DescribeTasks`). ECS lists them for at least an hour.
    async fn list_stopped_tasks(&self, cluster: &str, service: &str)
    -> Result<Vec<Task>, ApiError>;
    /// Returns tasks by ARN (`DescribeTasks`). Tasks that ECS no longer knows are left out.
    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, ApiError>;
    /// Returns the task definition with the given ARN, or the latest active revision of a family (`DescribeTaskDefinition`).
    async fn describe_task_definition(&self, name: &str) -> Result<TaskDefinition, ApiError>;
    /// Registers a revision of a task definition, and returns its ARN (`RegisterTaskDefinition`).
    async fn register_task_definition(&self, definition: &JsonValue) -> Result<String, ApiError>;
    /// Starts a one-off task, and returns it (`RunTask`). Fails if ECS starts no task.
    async fn run_task(&self, request: RunTask) -> Result<Task, ApiError>;
    /// Stops a task of a cluster. ECS stores `reason` for display (`StopTask`).
    async fn stop_task(&self, cluster: &str, task: &str, reason: &str) -> Result<(), ApiError>;
    /// Starts a deployment of another task definition, given by its ARN, to a service (`UpdateService`).
    async fn update_service(
        &self,
        cluster: &str,
        service: &str,
        task_definition: &str,
    ) -> Result<(), ApiError>;
    /// Stops a deployment and rolls the service back to the previous one (`StopServiceDeployment`).
    async fn roll_back_deployment(&self, deployment: &str) -> Result<(), ApiError>;
}

/// A log event of CloudWatch Logs, usually one line of output of a container.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct LogEvent {
    /// ID that distinguishes the event from all other events of the same log group.
    pub id: String,
    /// Name of the log stream, which identifies the container that wrote the event.
    pub stream: String,
    /// Time of the event as recorded by its source, with a precision of milliseconds.
    pub time: OffsetDateTime,
    /// Text of the event as the container wrote it, usually one line.
    pub message: String,
}

/// Amazon CloudWatch Logs in one region, limited to reading the events of log groups.
#[async_trait]
pub trait Logs: Debug + Send + Sync {
    /// Returns the last events of a log stream, the oldest first. A stream that does not exist has none.
    async fn get_last_events(
        &self,
        group: &str,
        stream: &str,
        limit: i32,
    ) -> Result<Vec<LogEvent>, ApiError>;
    /// Returns a page of the events of a log group since a time, the oldest first, filtered by stream prefix and filter pattern.
    async fn filter_events(
        &self,
        group: &str,
        stream_prefix: Option<&str>,
        pattern: Option<&str>,
        since: OffsetDateTime,
        next: Option<String>,
    ) -> Result<Page<LogEvent>, ApiError>;
}

/// An object in the list of a bucket: its key, size and ETag, without its content.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ObjectSummary {
    /// Key of the object, unique within the bucket, for example `assets/app.js`.
    pub key: String,
    /// Size of the content in bytes, as it is stored.
    pub size: i64,
    /// ETag without quotes: the MD5 of the content, unless it was uploaded in parts.
    pub etag: String,
}

/// A version of an object in a bucket with versioning, or a delete marker.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ObjectVersion {
    /// Key of the object, which all of its versions share.
    pub key: String,
    /// Version ID, which is the text `null` for objects that were stored without versioning.
    pub version: String,
    /// Size of the content in bytes; 0 for a delete marker.
    #[builder(default)]
    pub size: i64,
    /// Time at which the version was stored, or `None` if S3 does not return it.
    pub modified: Option<OffsetDateTime>,
    /// `true` for the current version of the object, which requests without a version ID read.
    #[builder(default)]
    pub is_latest: bool,
    /// `true` for a delete marker, which has no content.
    #[builder(default)]
    pub is_delete_marker: bool,
}

/// A `PutObject` request, which uploads an object in one call.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct PutObject {
    /// Name of the bucket, globally unique within the partition.
    pub bucket: String,
    /// Key of the object, which replaces an existing object unless `only_if_absent` is set.
    pub key: String,
    /// Content of the object, which is kept in memory so that the request can be repeated.
    pub body: Vec<u8>,
    /// Media type of the content, the header `Content-Type` of responses. `None` leaves the choice to S3.
    pub content_type: Option<String>,
    /// Encoding of the content, the header `Content-Encoding` of responses, for example `br`. `None` sends no header.
    pub content_encoding: Option<String>,
    /// Caching rules for CloudFront and browsers, the header `Cache-Control` of responses. `None` sends no header.
    pub cache_control: Option<String>,
    /// User-defined metadata by name without the prefix `x-amz-meta-`, which S3 returns as headers.
    #[builder(default)]
    pub metadata: BTreeMap<String, String>,
    /// `true` to keep an object that already exists under the key (`If-None-Match: *`). Default: `false`.
    #[builder(default)]
    pub only_if_absent: bool,
}

/// Amazon S3 in one region, with the operations for publishing assets and sites.
#[async_trait]
pub trait ObjectStore: Debug + Send + Sync {
    /// Returns a page of the objects whose keys start with a prefix, sorted by key (`ListObjectsV2`).
    async fn list_objects(
        &self,
        bucket: &str,
        prefix: &str,
        next: Option<String>,
    ) -> Result<Page<ObjectSummary>, ApiError>;
    /// Returns `true` if a bucket exists and the caller may access it (`HeadBucket`).
    async fn bucket_exists(&self, bucket: &str) -> Result<bool, ApiError>;
    /// Uploads an object (`PutObject`). Returns `false` if an existing object was kept because of `only_if_absent`.
    async fn put_object(&self, request: PutObject) -> Result<bool, ApiError>;
    /// Returns the content of an object, or `None` if it does not exist.
    async fn get_object(&self, bucket: &str, key: &str) -> Result<Option<Vec<u8>>, ApiError>;
    /// Deletes up to 1,000 objects (`DeleteObjects`). Fails if any of them cannot be deleted.
    async fn delete_objects(&self, bucket: &str, keys: &[String]) -> Result<(), ApiError>;
    /// Returns a page of versions and delete markers, at most 1,000 (`ListObjectVersions`). A completely empty bucket has none.
    async fn list_versions(
        &self,
        bucket: &str,
        next: Option<String>,
    ) -> Result<Page<ObjectVersion>, ApiError>;
    /// Deletes up to 1,000 object versions permanently (`DeleteObjects`). Fails if any of them cannot be deleted.
    async fn delete_versions(
        &self,
        bucket: &str,
        versions: &[ObjectVersion],
    ) -> Result<(), ApiError>;
    /// Returns the tags of the current version of an object, by key (`GetObjectTagging`).
    async fn get_object_tags(
        &self,
        bucket: &str,
        key: &str,
    ) -> Result<BTreeMap<String, String>, ApiError>;
    /// Replaces all tags of the current version of an object (`PutObjectTagging`).
    async fn put_object_tags(
        &self,
        bucket: &str,
        key: &str,
        tags: &BTreeMap<String, String>,
    ) -> Result<(), ApiError>;
}

/// Amazon CloudFront, which is global within a partition, limited to invalidations of cached paths.
#[async_trait]
pub trait Cdn: Debug + Send + Sync {
    /// Invalidates cached paths of a distribution, and returns the ID of the invalidation (`CreateInvalidation`).
    async fn invalidate_paths(
        &self,
        distribution: &str,
        paths: &[String],
        token: &str,
    ) -> Result<String, ApiError>;
    /// Returns `true` if an invalidation of a distribution is complete at all edge locations (`GetInvalidation`).
    async fn is_invalidated(&self, distribution: &str, id: &str) -> Result<bool, ApiError>;
}
