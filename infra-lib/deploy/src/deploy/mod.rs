//! Deploys the stacks of an app: plans or finds change sets, has them approved, and executes exactly those.
//!
//! The entry point is [`deploy_stacks`]; [`DeployOptions`] selects the [`Source`] of the change sets, and an [`Approver`] decides on each of them.

mod approvals;
mod execute;
mod express;
mod gathered;
mod migrate;
mod run;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use crate::error::Error;
use crate::evidence::FailFast;
use crate::operation::Operation;
use crate::plan::{PlanOptions, PlanRecord};
use infra_aws::{Cloud, StackOutput};
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;
use infra_template::review::{OrphanedStacks, StackReview};

pub use crate::reached::{Reached, StackReached, deployed_in_part};
pub use approvals::{Approvals, DataLoss, ExposureApproval, InterruptionApproval};

/// Source of the change sets that a deployment executes: new ones, those of a plan file, or those found by key.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Source {
    /// Change sets that are created now, shown to the [`Approver`], and executed if it approves them.
    #[default]
    New,
    /// Change sets that a plan file lists. They must still match the assembly and the deployed stacks.
    Plan(PlanRecord),
    /// Change sets that an earlier plan created from the same sources, found by their key.
    Reviewed {
        /// Change digest from the review of each stack, by stack name. A change set must match its digest; stacks without an entry are not compared.
        changes: BTreeMap<String, Digest>,
    },
}

/// Point at which a deployment stops watching its stacks: the end of the operation, or its start.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum WatchUntil {
    /// Waits until no operation is in progress any more, including rollbacks and migrations.
    #[default]
    End,
    /// Returns as soon as AWS has started (`--detach`). Stacks that depend on others are not deployed.
    Started,
}

/// Options of a deployment. The default matches the command line without options: new change sets, approved one by one, and watched to the end.
#[derive(bon::Builder, Clone, Debug)]
#[non_exhaustive]
pub struct DeployOptions {
    /// Options for planning, such as the selected stacks, parameter values, and the behavior on failure.
    #[builder(default)]
    pub plan: PlanOptions,
    /// Source of the change sets to execute; by default they are created now and need approval.
    #[builder(default)]
    pub source: Source,
    /// Logical IDs or construct paths of resources whose data may be lost. Other losses of data block the deployment.
    #[builder(default)]
    pub allow_data_loss: BTreeSet<String>,
    /// Logical IDs or construct paths of resources that may be interrupted for longer than is allowed. Other such changes block the deployment.
    #[builder(default)]
    pub allow_interruption: BTreeSet<String>,
    /// Logical IDs or construct paths of resources that the internet may reach by a new path. Other opened paths block the deployment.
    #[builder(default)]
    pub allow_exposure: BTreeSet<String>,
    /// Executes changes that interrupt more than is allowed without an approval of each: for a rollback, which a person decides as a whole.
    #[builder(default)]
    pub allow_any_interruption: bool,
    /// Contents of the committed approvals file, the only way to approve data loss, interruptions and opened paths without a terminal.
    #[builder(default)]
    pub approvals: Approvals,
    /// Time limit for each stack, after which its operation is cancelled and the rollback followed. No limit by default.
    pub timeout: Option<Duration>,
    /// Condition for ending an ECS deployment that keeps failing in the same way; `None` leaves that to ECS.
    pub fail_fast: Option<FailFast>,
    /// Point at which to stop watching; by default the end of the operation.
    #[builder(default)]
    pub follow: WatchUntil,
    /// Time limit for each migration, after which its task is stopped; 30 minutes by default.
    #[builder(default = Duration::from_mins(30))]
    pub migration_timeout: Duration,
    /// Longest interval between two polls of a stack, 5 seconds by default; the first polls are quicker.
    #[builder(default = Duration::from_secs(5))]
    pub poll_interval: Duration,
}

impl Default for DeployOptions {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// Decides on each change before its execution, for instance by prompting the user. Called for one stack at a time.
#[async_trait]
pub trait Approver: Debug + Send + Sync {
    /// Approves the changes of a stack.
    ///
    /// # Errors
    ///
    /// An error rejects the changes, and the deployment ends without executing them.
    async fn approve_changes(&self, review: &StackReview) -> Result<(), Error>;
}

/// Result of a deployment in which every stack was deployed, unchanged, detached, or left waiting for a detached one.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Deployed {
    /// Outcome of each stack, in deployment order: producers before the stacks that read from them.
    pub stacks: Vec<StackOutcome>,
    /// Deployed stacks that are no longer part of the app and were not touched. `None` if the deployment did not look for them: it executed an
    /// earlier plan, or stacks were selected by name.
    pub orphaned: Option<OrphanedStacks>,
}

impl Deployed {
    /// Returns true if any change set was executed, or its execution has started.
    pub fn has_executed(&self) -> bool {
        self.stacks
            .iter()
            .any(|stack| matches!(stack.outcome, Outcome::Deployed { .. } | Outcome::Detached))
    }

    /// Returns the state of each stack, in deployment order, as recorded for deployments that end early.
    pub fn list_states(&self) -> Vec<StackReached> {
        let stacks = self.stacks.iter().map(|stack| {
            let reached = match stack.outcome {
                Outcome::Deployed { .. } => Reached::Deployed,
                Outcome::NoChanges { .. } => Reached::NoChanges,
                Outcome::Detached => Reached::Started,
                Outcome::Waiting { .. } => Reached::NotStarted,
            };
            StackReached::new(stack.stack.clone(), reached)
        });
        stacks.collect()
    }
}

/// Outcome of a deployment for one stack, with the names that identify the stack.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct StackOutcome {
    /// Construct path of the stack below the app, such as `Prod/Data`.
    pub path: String,
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// Region that the stack is deployed in, such as `eu-west-1`.
    pub region: String,
    /// Outcome for this stack: deployed, without changes, detached, or waiting.
    pub outcome: Outcome,
}

/// Successful outcome of a deployment for one stack. Failures are errors of [`deploy_stacks`] instead.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// The change set was executed, and CloudFormation reports success.
    Deployed {
        /// Outputs of the stack after the deployment, with name and value.
        outputs: Vec<StackOutput>,
        /// Time from the start of the execution to its end, without planning and approval.
        elapsed: Duration,
    },
    /// The stack is up to date, and no change set was executed for it.
    NoChanges {
        /// Current outputs of the stack; empty if the stack is not deployed.
        outputs: Vec<StackOutput>,
    },
    /// The execution has started and continues in AWS without being watched ([`WatchUntil::Started`]).
    Detached,
    /// The stack was not deployed, because it depends on a stack that is still in progress.
    Waiting {
        /// Names in CloudFormation of the stacks in progress that it depends on.
        waits_for: Vec<String>,
    },
}

/// Deploys the stacks of an app, each after those that it depends on.
///
/// The migrations of a stack run after its deployment and before its dependents are deployed, unless nothing is to be deployed.
///
/// # Errors
///
/// When a stack cannot be deployed; the findings name each such stack with its cause. Its dependents are skipped, other stacks are finished first. If
/// any stack was executed, the class is [`Partial`](crate::Class::Partial), or one that states that AWS is still working or that a person has to
/// decide.
pub fn deploy_stacks(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: DeployOptions,
    approver: Arc<dyn Approver>,
) -> Operation<Deployed> {
    Operation::new(move |reporter| {
        run::run_deployment(cloud, assembly, options, approver, reporter)
    })
}
