//! What happens during an operation, typed; the command line shows it to people or writes it as JSON lines.

use infra_template::ResourceName;
use schemars::JsonSchema;
use serde::Serialize;

use infra_aws::{ResourceStatus, StackOutput, StackStatus};

/// Something that is being waited for.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Waiting {
    /// The resource.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// `CREATE_IN_PROGRESS` and the like.
    pub status: ResourceStatus,
    /// For how long, in seconds.
    pub elapsed_secs: u64,
    /// How long this usually takes, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typical_secs: Option<u64>,
    /// What AWS says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How far a stack is.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Progress {
    /// The stack.
    pub stack: String,
    /// Resources that are done.
    pub done: usize,
    /// Resources that change.
    pub total: usize,
    /// Seconds since it began.
    pub elapsed_secs: u64,
    /// Seconds that it is expected to take in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typical_secs: Option<u64>,
    /// What is being waited for, longest first.
    #[builder(default)]
    pub waiting: Vec<Waiting>,
}

/// A roll-out of an ECS service while CloudFormation waits for it.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ServiceProgress {
    /// The service.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// `IN_PROGRESS`, `SUCCESSFUL`, …
    pub status: String,
    /// Tasks that should run.
    pub desired: i32,
    /// Tasks that run.
    pub running: i32,
    /// Tasks that start.
    pub pending: i32,
    /// Tasks that failed.
    pub failed: i32,
    /// At how many failures ECS gives up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_threshold: Option<i32>,
    /// The last line that ECS told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Why a task stopped, read while it was there to be read: a rollback removes service, tasks and sometimes logs.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TaskEvidence {
    /// The service, or the one-off task's definition.
    pub service: String,
    /// The ARN of the task.
    pub task: String,
    /// The words of ECS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_reason: Option<String>,
    /// Containers with what their processes returned and why they stopped.
    #[builder(default)]
    pub containers: Vec<ContainerEvidence>,
    /// The last lines of the log.
    #[builder(default)]
    pub log: Vec<String>,
}

/// A container of a stopped task.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContainerEvidence {
    /// Name.
    pub name: String,
    /// What its process returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// Why it stopped or never ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What happens during an operation.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Event {
    /// Work on a stack begins.
    StackStarted {
        /// The stack.
        stack: String,
        /// What is done: `plan`, `deploy`, `destroy`, …
        operation: String,
        /// Resources that change, where that is known.
        total: usize,
        /// Seconds it is expected to take.
        #[serde(skip_serializing_if = "Option::is_none")]
        typical_secs: Option<u64>,
    },
    /// Something happened to a resource.
    Resource {
        /// The resource.
        #[serde(flatten)]
        resource: ResourceName,
        /// What became of it.
        status: ResourceStatus,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// When, as RFC 3339.
        time: String,
        /// Seconds since its work began, once it is done.
        #[serde(skip_serializing_if = "Option::is_none")]
        elapsed_secs: Option<u64>,
    },
    /// How far a stack is; sent when it changes and otherwise every few seconds.
    Progress(Progress),
    /// How far an ECS service is.
    Service(ServiceProgress),
    /// A task stopped.
    TaskStopped(TaskEvidence),
    /// The new version serves; what follows removes what was replaced.
    Serving {
        /// The stack.
        stack: String,
    },
    /// A call is made again after a while.
    Retrying {
        /// The operation, such as `DescribeStackEvents`.
        operation: String,
        /// Why.
        reason: String,
        /// For how long the answer has been missing, in seconds.
        since_secs: u64,
    },
    /// An answer came after all.
    Answered {
        /// The operation.
        operation: String,
        /// For how long it was missing, in seconds.
        after_secs: u64,
    },
    /// A line of a log.
    Log {
        /// The construct that wrote it.
        source: String,
        /// The stream.
        stream: String,
        /// When, as RFC 3339.
        time: String,
        /// The line.
        message: String,
    },
    /// A file went to S3, or was removed from there.
    File {
        /// `upload`, `unchanged` or `remove`.
        action: String,
        /// The key.
        key: String,
        /// Bytes.
        bytes: u64,
        /// Files done so far.
        done: usize,
        /// Files in all.
        total: usize,
    },
    /// Something worth knowing that is no failure.
    Notice {
        /// The stack.
        #[serde(skip_serializing_if = "Option::is_none")]
        stack: Option<String>,
        /// In words.
        message: String,
    },
    /// A migration begins: what depends on its stack waits for it.
    MigrationStarted {
        /// The stack.
        stack: String,
        /// The construct.
        construct: String,
        /// The ARN of its task.
        task: String,
    },
    /// A migration is over.
    MigrationFinished {
        /// The stack.
        stack: String,
        /// The construct.
        construct: String,
        /// What its process returned; 0 when it succeeded.
        exit_code: i32,
        /// Seconds it took.
        elapsed_secs: u64,
    },
    /// Work on a stack is over.
    StackFinished {
        /// The stack.
        stack: String,
        /// Where it stands.
        status: StackStatus,
        /// Seconds it took.
        elapsed_secs: u64,
        /// What it publishes.
        outputs: Vec<StackOutput>,
    },
}
