//! Typed events of an operation. The command line shows them to people, or prints them as JSON lines.

use infra_template::ResourceName;
use schemars::JsonSchema;
use serde::Serialize;

use infra_aws::{ResourceStatus, StackOutput, StackStatus};

/// A resource that the operation is waiting for.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Waiting {
    /// Names of the resource: stack, logical ID, type, and construct path where known.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Status of the resource, such as `CREATE_IN_PROGRESS`.
    pub status: ResourceStatus,
    /// Seconds since the resource entered this work.
    pub elapsed_secs: u64,
    /// Typical duration for this resource type, in seconds; absent when there is no estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typical_secs: Option<u64>,
    /// Status reason from CloudFormation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Progress of a stack operation.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Progress {
    /// Name of the stack in CloudFormation.
    pub stack: String,
    /// Number of resources that are done.
    pub done: usize,
    /// Number of resources that change; at least those that are done or in progress.
    pub total: usize,
    /// Seconds since the operation began.
    pub elapsed_secs: u64,
    /// Expected duration of the whole operation, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typical_secs: Option<u64>,
    /// Resources in progress, those that have taken longest first.
    #[builder(default)]
    pub waiting: Vec<Waiting>,
}

/// Progress of an ECS deployment that CloudFormation is waiting for.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ServiceProgress {
    /// Names of the `AWS::ECS::Service` resource.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Status of the service deployment in ECS, such as `IN_PROGRESS` or `SUCCESSFUL`.
    pub status: String,
    /// Desired number of tasks.
    pub desired: i32,
    /// Number of running tasks.
    pub running: i32,
    /// Number of tasks that are starting.
    pub pending: i32,
    /// Number of tasks that failed to start in this deployment.
    pub failed: i32,
    /// Number of failed tasks at which the deployment circuit breaker stops the deployment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_threshold: Option<i32>,
    /// Latest message that ECS reported for the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Evidence about a stopped ECS task, read before a rollback removes the service, its tasks and possibly its logs.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TaskEvidence {
    /// Name of the service; for a one-off task, its task definition.
    pub service: String,
    /// ARN of the stopped task.
    pub task: String,
    /// Stopped reason as reported by ECS, for instance "Essential container in task exited".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_reason: Option<String>,
    /// Containers of the task, each with exit code and reason.
    #[builder(default)]
    pub containers: Vec<ContainerEvidence>,
    /// Last lines of the task's log.
    #[builder(default)]
    pub log: Vec<String>,
}

/// Container of a stopped task, with its exit code and the reason from ECS.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContainerEvidence {
    /// Name of the container in the task definition.
    pub name: String,
    /// Exit code of the container's process; absent if it never ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// Reason from ECS for a container that stopped or did not start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Event of an operation, in the order in which it happens.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Event {
    /// Work on a stack has started.
    StackStarted {
        /// Name of the stack in CloudFormation.
        stack: String,
        /// Kind of operation: `plan`, `deploy`, `destroy`, …
        operation: String,
        /// Number of resources that change; 0 when unknown.
        total: usize,
        /// Expected duration in seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        typical_secs: Option<u64>,
    },
    /// Status of a resource has changed.
    Resource {
        /// Names of the resource that changed.
        #[serde(flatten)]
        resource: ResourceName,
        /// New status of the resource.
        status: ResourceStatus,
        /// Status reason from CloudFormation, most often the error of a failed resource.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// Time of the event in AWS, in RFC 3339 format.
        time: String,
        /// Seconds from the start of the work on the resource to its end; absent while it is in progress.
        #[serde(skip_serializing_if = "Option::is_none")]
        elapsed_secs: Option<u64>,
    },
    /// Progress of a stack; sent on each change, and otherwise every few seconds.
    Progress(Progress),
    /// Progress of an ECS service.
    Service(ServiceProgress),
    /// ECS task has stopped.
    TaskStopped(TaskEvidence),
    /// Stack update is complete and serves; CloudFormation now removes replaced resources.
    Serving {
        /// Name of the stack in CloudFormation.
        stack: String,
    },
    /// AWS call failed, and is retried after a delay.
    Retrying {
        /// API operation, such as `DescribeStackEvents`.
        operation: String,
        /// Error message of the last attempt.
        reason: String,
        /// Seconds since the last successful call, or since the first attempt.
        since_secs: u64,
    },
    /// AWS call succeeded after retries.
    Answered {
        /// API operation, such as `DescribeStackEvents`.
        operation: String,
        /// Seconds from the first failure to the reply.
        after_secs: u64,
    },
    /// Line of a log.
    Log {
        /// Construct that wrote the line.
        source: String,
        /// Log stream in CloudWatch Logs.
        stream: String,
        /// Time of the log line, in RFC 3339 format.
        time: String,
        /// Text of the line, without its line break.
        message: String,
    },
    /// File was uploaded to S3, found unchanged, or removed from the bucket.
    File {
        /// Action on the file: `upload`, `unchanged` or `remove`.
        action: String,
        /// Key of the object in the bucket.
        key: String,
        /// Size of the file in bytes.
        bytes: u64,
        /// Number of files that are done, including this one.
        done: usize,
        /// Total number of files.
        total: usize,
    },
    /// Information for the user that is not an error.
    Notice {
        /// Stack that the notice is about; absent when it concerns the whole operation.
        #[serde(skip_serializing_if = "Option::is_none")]
        stack: Option<String>,
        /// Text of the notice.
        message: String,
    },
    /// Migration has started; stacks that depend on its stack wait for it.
    MigrationStarted {
        /// Name of the stack in CloudFormation.
        stack: String,
        /// Construct path of the migration.
        construct: String,
        /// ARN of the ECS task that runs the migration.
        task: String,
    },
    /// Migration has ended.
    MigrationFinished {
        /// Name of the stack in CloudFormation.
        stack: String,
        /// Construct path of the migration.
        construct: String,
        /// Exit code of the migration's process; 0 means success.
        exit_code: i32,
        /// Duration of the migration in seconds.
        elapsed_secs: u64,
    },
    /// Work on a stack has ended.
    StackFinished {
        /// Name of the stack in CloudFormation.
        stack: String,
        /// Final status of the stack.
        status: StackStatus,
        /// Duration of the work in seconds.
        elapsed_secs: u64,
        /// Outputs of the stack.
        outputs: Vec<StackOutput>,
    },
}
