//! Deployments: what was reviewed is what is executed.

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
use infra_template::review::{LeftStacks, StackReview};

pub use crate::reached::{Reached, StackReached, deployed_in_part};
pub use approvals::{Approvals, DataLoss};

/// What is executed.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Source {
    /// What is planned now, once it is approved.
    #[default]
    New,
    /// What a plan file points at, if it still is what these sources make.
    Plan(PlanRecord),
    /// What was planned from the same sources before, found by its key.
    Reviewed {
        /// What the review said each stack changes, by stack name, where that is known: the change digest beneath it.
        changes: BTreeMap<String, Digest>,
    },
}

/// Whether to stay until it is done.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Follow {
    /// Until nothing is under way any more.
    #[default]
    ToTheEnd,
    /// Until AWS has begun (`--detach`). Stacks that wait for others are left alone.
    UntilStarted,
}

/// How a deployment is done. The default does what the CLI does without options.
#[derive(bon::Builder, Clone, Debug)]
#[non_exhaustive]
pub struct DeployOptions {
    /// What is planned.
    #[builder(default)]
    pub plan: PlanOptions,
    /// What is executed.
    #[builder(default)]
    pub source: Source,
    /// Logical IDs or construct paths of resources whose data may be lost.
    #[builder(default)]
    pub allow_data_loss: BTreeSet<String>,
    /// The committed file of approvals: the only way where nobody can be asked.
    #[builder(default)]
    pub approvals: Approvals,
    /// After this time the operation is cancelled, and its rollback followed.
    pub timeout: Option<Duration>,
    /// When the roll-out of a service that only repeats one failure is ended; `None` leaves that to ECS.
    pub fail_fast: Option<FailFast>,
    /// Whether to stay until it is done.
    #[builder(default)]
    pub follow: Follow,
    /// For how long a migration may run; it is stopped then.
    #[builder(default = Duration::from_mins(30))]
    pub migration_timeout: Duration,
    /// The longest time between two looks at a stack.
    #[builder(default = Duration::from_secs(5))]
    pub poll_interval: Duration,
}

impl Default for DeployOptions {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// Says whether a change may be executed. One at a time is asked.
#[async_trait]
pub trait Approver: Debug + Send + Sync {
    /// An error refuses; nothing is executed then.
    async fn approve(&self, review: &StackReview) -> Result<(), Error>;
}

/// What became of the stacks.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Deployed {
    /// The stacks, in the order of deployment.
    pub stacks: Vec<StackOutcome>,
    /// The stacks that left the app, and that the deployment did not touch; `None` where nobody looked: what was planned
    /// before was executed, or a part of the app was chosen.
    pub left: Option<LeftStacks>,
}

impl Deployed {
    /// Returns true where the change set of a stack was executed.
    pub fn executed(&self) -> bool {
        self.stacks
            .iter()
            .any(|stack| matches!(stack.outcome, Outcome::Deployed { .. } | Outcome::Detached))
    }

    /// The state of each stack.
    pub fn reached(&self) -> Vec<StackReached> {
        let stacks = self.stacks.iter().map(|stack| {
            let reached = match stack.outcome {
                Outcome::Deployed { .. } => Reached::Deployed,
                Outcome::NoChanges { .. } => Reached::NoChanges,
                Outcome::Detached => Reached::Begun,
                Outcome::Waiting { .. } => Reached::NotBegun,
            };
            StackReached::new(stack.stack.clone(), reached)
        });
        stacks.collect()
    }
}

/// What became of a stack.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct StackOutcome {
    /// The construct path.
    pub path: String,
    /// The name in CloudFormation.
    pub stack: String,
    /// The region.
    pub region: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a stack; failures are errors.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// It was changed.
    Deployed {
        /// What it publishes.
        outputs: Vec<StackOutput>,
        /// How long AWS took.
        elapsed: Duration,
    },
    /// There was nothing to change.
    NoChanges {
        /// What it publishes.
        outputs: Vec<StackOutput>,
    },
    /// AWS has begun, and nobody watches.
    Detached,
    /// It waits for a stack that is not done yet.
    Waiting {
        /// The names of those stacks.
        waits_for: Vec<String>,
    },
}

/// Deploys the stacks of an app, each after those that it depends on. Where a stack has a migration, that runs once the
/// stack is deployed and before any that depends on it is touched, unless there is nothing to deploy.
///
/// # Errors
///
/// When any stack could not be deployed: the findings name each with its cause. Stacks that depend on it are left as
/// they are; others are finished first. Where any was executed, the class is
/// [`Partial`](crate::Class::Partial), or one that says that AWS goes on or that a person has to decide.
pub fn deploy(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: DeployOptions,
    approver: Arc<dyn Approver>,
) -> Operation<Deployed> {
    Operation::new(move |reporter| run::run(cloud, assembly, options, approver, reporter))
}
