//! Typed events of an operation. The command line shows them to people, or prints them as JSON lines.

use infra_template::ResourceName;
use schemars::JsonSchema;
use serde::Serialize;

use infra_aws::{ResourceStatus, StackOutput, StackStatus};

/// A resource in progress that the operation is waiting for, part of [`Progress`].
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Waiting {
    /// Names of the resource: stack, logical ID, type, and construct path where known.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Current status of the resource, such as `CREATE_IN_PROGRESS` or `DELETE_IN_PROGRESS`.
    pub status: ResourceStatus,
    /// Seconds since the first event about the work in progress on this resource was read.
    pub elapsed_secs: u64,
    /// Typical duration for this resource type, in seconds; absent when no estimate exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typical_secs: Option<u64>,
    /// Status reason from CloudFormation for the current status; absent if it gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Progress of a stack operation: resources that are done, and those being waited for.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Progress {
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// Number of resources that are done, whether they succeeded or failed.
    pub done: usize,
    /// Number of resources that change; at least those that are done or in progress.
    pub total: usize,
    /// Seconds since the polling of the operation began, by the local clock.
    pub elapsed_secs: u64,
    /// Expected duration of the whole operation in seconds; absent when no estimate exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typical_secs: Option<u64>,
    /// Resources in progress that the operation waits for, the longest-running first.
    #[builder(default)]
    pub waiting: Vec<Waiting>,
}

/// Progress of an ECS deployment that CloudFormation is waiting for, with the numbers of its tasks.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ServiceProgress {
    /// Names of the `AWS::ECS::Service` resource, such as stack, logical ID and construct path.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Status of the service deployment as reported by ECS, such as `IN_PROGRESS` or `SUCCESSFUL`.
    pub status: String,
    /// Number of tasks that the deployment should run in the end.
    pub desired: i32,
    /// Number of tasks of the deployment that are in the state `RUNNING`.
    pub running: i32,
    /// Number of tasks that are starting and not running yet.
    pub pending: i32,
    /// Number of tasks that failed in this deployment, as counted by the deployment circuit breaker.
    pub failed: i32,
    /// Number of failed tasks at which the deployment circuit breaker stops the deployment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_threshold: Option<i32>,
    /// Latest message that ECS has reported for the service since the operation began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Evidence about a stopped ECS task, read before a rollback removes the service, its tasks and possibly its logs.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TaskEvidence {
    /// Name of the ECS service that the task belonged to; for a one-off task, its construct path.
    pub service: String,
    /// ARN of the stopped task, which ECS can describe for about an hour.
    pub task: String,
    /// Stopped reason as reported by ECS, for instance "Essential container in task exited".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_reason: Option<String>,
    /// Containers of the task, each with its exit code and the reason why it stopped.
    #[builder(default)]
    pub containers: Vec<ContainerEvidence>,
    /// Last lines from the logs of its containers, with likely secrets masked; those of failed containers, if any failed.
    #[builder(default)]
    pub log: Vec<String>,
}

/// Container of a stopped task, with its exit code and the reason from ECS.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContainerEvidence {
    /// Name of the container as given in the task definition.
    pub name: String,
    /// Exit code of the container's process; absent if the process never ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// Reason from ECS for a container that stopped or did not start, such as `CannotPullContainerError: …`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Event of an operation. Events are sent in the order in which they become known.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Event {
    /// Work on a stack has started; the events about it follow.
    StackStarted {
        /// Name of the stack in CloudFormation, such as `notes-prod-data`.
        stack: String,
        /// Kind of operation: `plan`, `deploy`, `destroy`, `rollback`, `import`, `drift`, …
        operation: String,
        /// Number of resources that change; 0 when the number is unknown.
        total: usize,
        /// Expected duration of the operation in seconds; absent when no estimate exists.
        #[serde(skip_serializing_if = "Option::is_none")]
        typical_secs: Option<u64>,
    },
    /// Status of a resource, or of the stack itself, has changed.
    Resource {
        /// Names of the resource, such as stack, logical ID, type and construct path.
        #[serde(flatten)]
        resource: ResourceName,
        /// New status of the resource, such as `CREATE_COMPLETE` or `UPDATE_FAILED`.
        status: ResourceStatus,
        /// Status reason from CloudFormation. For a failed resource, this is the error message of its service.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// Time at which the event occurred in AWS, in RFC 3339 format.
        time: String,
        /// Seconds from the start of the work on the resource to its end; absent while it is in progress.
        #[serde(skip_serializing_if = "Option::is_none")]
        elapsed_secs: Option<u64>,
    },
    /// Progress of a stack; sent on each change, and otherwise every few seconds.
    Progress(Progress),
    /// Progress of an ECS service; sent when its numbers or its message change.
    Service(ServiceProgress),
    /// ECS task has stopped unexpectedly; contains evidence about the reason.
    TaskStopped(TaskEvidence),
    /// Stack update is complete and serves. CloudFormation now removes replaced resources, which can take minutes.
    Serving {
        /// Name of the stack in CloudFormation that now serves the new version.
        stack: String,
    },
    /// AWS call failed with an error that may pass, and is retried after a delay.
    Retrying {
        /// Name of the API operation that is retried, such as `DescribeStackEvents`.
        operation: String,
        /// Error message of the last attempt, as returned by AWS or the network.
        reason: String,
        /// Seconds since the last successful call, or since the first attempt of this call.
        since_secs: u64,
    },
    /// AWS call has received a reply after retries, either success or a final refusal.
    Answered {
        /// Name of the API operation that was retried, such as `DescribeStackEvents`.
        operation: String,
        /// Seconds without a reply, from the first failure to this reply.
        after_secs: u64,
    },
    /// Line of a log in CloudWatch Logs, with likely secrets masked.
    Log {
        /// Construct path of the resource that wrote the line, such as `Web/Api`.
        source: String,
        /// Name of the log stream, which for ECS ends with the task ID.
        stream: String,
        /// Time of the log line as recorded by CloudWatch Logs, in RFC 3339 format.
        time: String,
        /// Text of the line without control characters, truncated to 500 characters.
        message: String,
    },
    /// File of a site was uploaded to S3, found unchanged, or removed from the bucket.
    File {
        /// Action on the file: `upload`, `unchanged` (not uploaded) or `remove`.
        action: String,
        /// Key of the object in the bucket, such as `assets/index-B7kQ2xYz.js`.
        key: String,
        /// Size of the file in bytes; 0 for a file that is removed.
        bytes: u64,
        /// Number of files that are done so far, including this one.
        done: usize,
        /// Total number of files in the plan, including unchanged and removed ones.
        total: usize,
    },
    /// Information for the user that is not an error, such as a skipped check.
    Notice {
        /// Stack that the notice is about; absent when it concerns the whole operation.
        #[serde(skip_serializing_if = "Option::is_none")]
        stack: Option<String>,
        /// Text of the notice, without a final period, ready to be printed.
        message: String,
    },
    /// Migration has started as an ECS task; stacks that depend on its stack wait for it.
    MigrationStarted {
        /// Name of the stack in CloudFormation that contains the migration.
        stack: String,
        /// Construct path of the migration, such as `Data/Migration`.
        construct: String,
        /// ARN of the ECS task that runs the migration, for use in the ECS console.
        task: String,
    },
    /// Migration has ended, successfully or not; its exit code shows which.
    MigrationFinished {
        /// Name of the stack in CloudFormation that contains the migration.
        stack: String,
        /// Construct path of the migration, as in the event of its start.
        construct: String,
        /// Exit code of the migration's process; 0 means success, others fail the deployment.
        exit_code: i32,
        /// Duration of the migration in seconds, from the start of watching its task.
        elapsed_secs: u64,
    },
    /// Work on a stack has ended; no further events about this operation follow.
    StackFinished {
        /// Name of the stack in CloudFormation, as in the event of its start.
        stack: String,
        /// Final status of the stack, which shows whether the operation succeeded.
        status: StackStatus,
        /// Duration of the operation in seconds, from its first poll to its end.
        elapsed_secs: u64,
        /// Outputs of the stack after the operation; empty if it was deleted.
        outputs: Vec<StackOutput>,
    },
}
