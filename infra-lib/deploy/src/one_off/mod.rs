//! Runs a one-off ECS task of a deployed stack, a migration above all, and waits until it is through.
//!
//! Cluster, task definition, subnets and security group come from the outputs that the construct `OneOffTask` gives
//! its stack, so nothing has to be configured twice.

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
pub(crate) use find::find;
pub use run::stop_one_off;
pub(crate) use run::{follow, start};

/// Which task, and for how long.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct OneOffOptions {
    /// Stacks; all of the app when empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// The task by construct path, where there are several.
    pub task: Option<String>,
    /// Arguments in place of those in the task definition.
    #[builder(default)]
    pub command: Vec<String>,
    /// Who started it, for people who look at ECS.
    pub started_by: String,
}

/// A task that was started.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct StartedTask {
    /// The task.
    pub task: OneOffTask,
    /// Its ARN.
    pub arn: String,
    /// When it was asked for.
    pub since: OffsetDateTime,
}

/// How a one-off task ended.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct OneOffOutcome {
    /// The task.
    pub task: OneOffTask,
    /// Its ARN.
    pub arn: String,
    /// What the process of its container returned.
    pub exit_code: i32,
    /// How long it took, from the request on.
    pub elapsed: Duration,
    /// What was seen when it failed.
    pub evidence: Option<TaskEvidence>,
}

/// The one-off task that the options name, and nothing is run.
pub fn find_one_off(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: OneOffOptions,
) -> Operation<OneOffTask> {
    Operation::new(move |_| async move {
        let stacks = deployed::read_all(&cloud, &assembly, &options.stacks).await?;
        find(&cloud, &stacks, options.task.as_deref()).await
    })
}

/// Starts the task once, however often the request has to be repeated.
pub fn start_one_off(
    cloud: Arc<dyn Cloud>,
    task: OneOffTask,
    options: OneOffOptions,
) -> Operation<StartedTask> {
    Operation::new(move |_| async move { start(&cloud, task, &options).await })
}

/// Tells the log of a task that was started as it is written, and answers how the task ended.
///
/// Dropping the operation leaves the task alone; [`stop_one_off`] stops it.
///
/// # Errors
///
/// When no container of it ever ran, or when its time is up: it is stopped then.
pub fn follow_one_off(
    cloud: Arc<dyn Cloud>,
    started: StartedTask,
    timeout: Duration,
) -> Operation<OneOffOutcome> {
    Operation::new(move |reporter| async move { follow(&cloud, started, timeout, &reporter).await })
}

/// An error of this module that changed nothing.
fn refused(finding: infra_core::Diagnostic) -> Error {
    Error::new(crate::error::Class::Error, finding)
}
