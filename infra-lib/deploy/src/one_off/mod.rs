//! Runs one-off ECS tasks of deployed stacks, such as migrations, and waits for their end.
//!
//! Cluster, task definition, subnets and security group come from the outputs of the construct `OneOffTask`, so that they need no configuration.

mod find;
mod run;

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

use crate::deployed;
use crate::error::Error;
use crate::event::TaskEvidence;
use crate::operation::Operation;
use infra_aws::Cloud;
use infra_template::assembly::CloudAssembly;

pub use find::OneOffTask;
pub(crate) use find::find_task;
pub use run::stop_one_off;
pub(crate) use run::{follow_task, start_task};

/// Selection of a one-off task, with the command and origin to run it with.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct OneOffOptions {
    /// Stacks to search, by construct path, artifact ID or name; all stacks of the app if empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// Construct path or logical ID of the task; optional if there is only one.
    pub task: Option<String>,
    /// Command that replaces the one in the task definition; empty to keep it.
    #[builder(default)]
    pub command: Vec<String>,
    /// Value of `startedBy` in ECS, which shows the origin of the task; truncated to 128 characters.
    pub started_by: String,
}

/// One-off task that has been started, as input of [`follow_one_off`].
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct StartedTask {
    /// Description of the one-off task that has been started.
    pub task: OneOffTask,
    /// ARN of the running task, for [`stop_one_off`] and the ECS console.
    pub arn: String,
    /// Time of the request that started it, by the local clock; log lines are read from shortly before it.
    pub since: OffsetDateTime,
}

/// Result of a one-off task that has stopped, successful or not.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct OneOffOutcome {
    /// Description of the one-off task that has run.
    pub task: OneOffTask,
    /// ARN of the stopped task, which ECS can describe for about an hour.
    pub arn: String,
    /// Exit code of the essential container; 0 means success, and others are not errors of the operation.
    pub exit_code: i32,
    /// Time spent following the task, until it had stopped and its log was read.
    pub elapsed: Duration,
    /// Evidence about the failure, such as reasons and last log lines; `None` if the exit code is 0.
    pub evidence: Option<TaskEvidence>,
}

/// Finds the selected one-off task and describes it, without running it.
pub fn find_one_off(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: OneOffOptions,
) -> Operation<OneOffTask> {
    Operation::new(move |_| async move {
        let stacks = deployed::read_all(&cloud, &assembly, &options.stacks).await?;
        find_task(&cloud, &stacks, options.task.as_deref()).await
    })
}

/// Starts the task. A client token ensures that retries start it only once.
pub fn start_one_off(
    cloud: Arc<dyn Cloud>,
    task: OneOffTask,
    options: OneOffOptions,
) -> Operation<StartedTask> {
    Operation::new(move |_| async move { start_task(&cloud, task, &options).await })
}

/// Reports the log of a running task, and resolves to its result.
///
/// Dropping the operation does not stop the task; call [`stop_one_off`] for that.
///
/// # Errors
///
/// When no container ever ran, when ECS can no longer be read, or when the time limit is exceeded; the task is stopped in the last case.
pub fn follow_one_off(
    cloud: Arc<dyn Cloud>,
    started: StartedTask,
    timeout: Duration,
) -> Operation<OneOffOutcome> {
    Operation::new(
        move |reporter| async move { follow_task(&cloud, started, timeout, &reporter).await },
    )
}

/// Builds an error of [`Class::Error`](crate::error::Class::Error), for failures before anything was changed.
fn rejected_error(finding: infra_core::Diagnostic) -> Error {
    Error::new(crate::error::Class::Error, finding)
}
