//! Options for planning: which stacks, with which values, and the behavior of CloudFormation.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use infra_aws::RollbackAlarms;
use infra_core::AllowedInterruption;

/// Behavior of CloudFormation when the deployment of a stack fails.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FailureBehavior {
    /// Rolls the stack back; a stack that was being created is deleted. CloudFormation's default would keep such a stack in a state in which it can
    /// only be deleted.
    #[default]
    RollBack,
    /// Keeps all resources in their current state, so that the failure can be inspected (`--no-rollback`).
    Keep,
}

/// Purpose of a plan, which decides whether existing change sets may be reused.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Purpose {
    /// Review by people, and execution by key. An existing change set is reused if all of its fields match these sources.
    #[default]
    Review,
    /// Plan file, which also covers fields that CloudFormation does not return, such as the role. All change sets are created by this run, and none
    /// is reused.
    Record,
}

/// Treatment of drift, which is a change of resources outside of CloudFormation.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum DriftCheck {
    /// Plans for a plan file record the drift of the affected resources, and a deployment with that file refuses to overwrite further drift.
    #[default]
    SincePlan,
    /// Drift is not detected, and a deployment overwrites it (`--ignore-drift`).
    Off,
}

/// Options for planning. The default matches the command line without options: all stacks, with rollback, reviewed by people.
#[derive(bon::Builder, Clone, Debug)]
#[builder(on(String, into))]
#[expect(clippy::struct_excessive_bools, reason = "options of a command")]
#[non_exhaustive]
pub struct PlanOptions {
    /// Stacks to plan, by construct path, artifact ID or name; all stacks if empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// Parameter values, by stack (construct path, artifact ID or name) and parameter. Other parameters of a deployed stack keep their values.
    #[builder(default)]
    pub parameters: BTreeMap<String, BTreeMap<String, String>>,
    /// ARN of the service role for CloudFormation. The stack keeps it for later operations.
    pub role_arn: Option<String>,
    /// ARNs of SNS topics that receive the stack events, in addition to those in the assembly.
    #[builder(default)]
    pub notification_arns: Vec<String>,
    /// Prefix of the names of change sets, such as `infra` (the default) or `pr123`.
    #[builder(default = "infra".to_owned())]
    pub name_prefix: String,
    /// Time after which a plan must not be executed; 7 days by default.
    #[builder(default = Duration::from_hours(7 * 24))]
    pub expires: Duration,
    /// CloudWatch alarms that roll the stack back when they go off during or after the update.
    pub rollback_alarms: Option<RollbackAlarms>,
    /// Imports existing resources with the same names into the stack instead of failing.
    #[builder(default)]
    pub import_existing: bool,
    /// Reverts drifted resources of existing stacks to the values in the template.
    #[builder(default)]
    pub revert_drift: bool,
    /// Uses express mode, in which AWS reports success once resources are configured, before they are ready to serve. Intended for development:
    /// failures are not rolled back, and no resource may be replaced.
    #[builder(default)]
    pub express: bool,
    /// Refuses unpublished assets instead of publishing them, so that no command from the assembly is executed.
    #[builder(default)]
    pub no_publish: bool,
    /// Plans for review although assets are not published, and publishes none. A deployment of the plan refuses them until they are published.
    #[builder(default)]
    pub allow_unpublished: bool,
    /// Purpose of the plan; by default review, for which existing change sets are reused.
    #[builder(default)]
    pub purpose: Purpose,
    /// Treatment of drift; by default it is recorded in plan files and checked by deployments with them.
    #[builder(default)]
    pub drift_check: DriftCheck,
    /// Behavior when the deployment fails. It is part of the change set, and therefore of the review.
    #[builder(default)]
    pub when_it_fails: FailureBehavior,
    /// Name of an S3 bucket for templates of more than 51,200 bytes, in the region of the stack.
    pub bucket: Option<String>,
    /// Path of the program that builds and pushes images (docker, podman, finch or buildah); `None` if none is installed.
    pub container_tool: Option<PathBuf>,
    /// Maximum time to wait for another operation on a stack; `None` refuses at once.
    pub wait_for_stack: Option<Duration>,
    /// Longest interruption that the environment allows. By default, only constructs limit interruptions.
    pub availability: Option<AllowedInterruption>,
    /// Change sets that were created and not executed yet, for the cleanup of an interrupted run.
    #[builder(default)]
    pub pending: Pending,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// Change sets that this run has created and not executed. Stored outside the operation, so that they remain known after it is dropped.
#[derive(Clone, Debug, Default)]
pub struct Pending(Arc<Mutex<Vec<PendingChangeSet>>>);

/// A change set that this run has created.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct PendingChangeSet {
    pub(crate) region: String,
    pub(crate) stack: String,
    pub(crate) name: String,
    /// Full plan key, as in its description.
    pub(crate) key: String,
    /// True if the stack was created with it.
    pub(crate) new_stack: bool,
}

impl Pending {
    /// Returns true if there are no change sets to clean up.
    pub fn is_empty(&self) -> bool {
        self.with_lock(|made| made.is_empty())
    }

    /// Adds a change set. Must be called before the request, because its reply may be lost.
    pub(crate) fn add_pending(&self, made: PendingChangeSet) {
        self.with_lock(|all| all.push(made));
    }

    /// Removes the change set of a stack that was executed, deleted, or is meant to remain.
    pub(crate) fn remove_pending(&self, region: &str, stack: &str) {
        self.with_lock(|all| all.retain(|made| made.region != region || made.stack != stack));
    }

    pub(crate) fn take_all(&self) -> Vec<PendingChangeSet> {
        self.with_lock(std::mem::take)
    }

    fn with_lock<T>(&self, action: impl FnOnce(&mut Vec<PendingChangeSet>) -> T) -> T {
        // A panic cannot leave the list incomplete.
        action(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
