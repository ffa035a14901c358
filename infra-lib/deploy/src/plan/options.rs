//! What a plan is made with, beside the assembly.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use infra_aws::RollbackAlarms;

/// What becomes of a stack when its deployment fails.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum WhenItFails {
    /// It goes back to how it was; a stack that was being created is deleted altogether. CloudFormation's own default
    /// leaves such a stack behind, in a state that only deletion helps.
    #[default]
    RollBack,
    /// Everything stays as it is, for a person to look at (`--no-rollback`).
    Keep,
}

/// Use that a plan is put to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Purpose {
    /// To be read, and executed by its key. A change set that is there already and has every field that these sources
    /// ask for is taken up.
    #[default]
    Review,
    /// To be written to a plan file, which vouches for what CloudFormation does not return, such as the role. Change sets
    /// are always made by this run, and none is taken up.
    Record,
}

/// Treatment of resources that were changed by other means than CloudFormation, called drift.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum DriftCheck {
    /// A plan that is made for a plan file records the drift of what it touches, and a deployment by that file refuses when
    /// there is more of it.
    #[default]
    SincePlan,
    /// Drift is not looked for, and overwritten (`--ignore-drift`).
    Off,
}

/// What a plan is made with, beside the assembly. The default does what the CLI does without options.
#[derive(bon::Builder, Clone, Debug)]
#[builder(on(String, into))]
#[expect(clippy::struct_excessive_bools, reason = "options of a command")]
#[non_exhaustive]
pub struct PlanOptions {
    /// The stacks, by construct path, artifact id or name; all when empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// Values of parameters, by stack (construct path, artifact id or name), then by parameter. A parameter of a
    /// deployed stack that is not given keeps its value.
    #[builder(default)]
    pub parameters: BTreeMap<String, BTreeMap<String, String>>,
    /// The role that CloudFormation works with. It sticks to the stack.
    pub role_arn: Option<String>,
    /// Topics that are told of events.
    #[builder(default)]
    pub notification_arns: Vec<String>,
    /// What names of our change sets begin with, such as `infra` or `pr123`.
    #[builder(default = "infra".to_owned())]
    pub name_prefix: String,
    /// After this time a plan is not executed any more.
    #[builder(default = Duration::from_hours(7 * 24))]
    pub expires: Duration,
    /// Alarms that end the deployment.
    pub rollback_alarms: Option<RollbackAlarms>,
    /// Takes resources with names that exist into the stack, instead of failing.
    #[builder(default)]
    pub import_existing: bool,
    /// Brings resources that drifted back to what the template says.
    #[builder(default)]
    pub revert_drift: bool,
    /// Has AWS report success once resources are configured, before they are ready to serve (express mode). For
    /// development: nothing is undone when it fails, and no resource may be replaced.
    #[builder(default)]
    pub express: bool,
    /// Refuses assets that are not published, in place of publishing them: nothing that the assembly names is executed.
    #[builder(default)]
    pub no_publish: bool,
    /// Use that the plan is put to.
    #[builder(default)]
    pub purpose: Purpose,
    /// Treatment of drift.
    #[builder(default)]
    pub drift_check: DriftCheck,
    /// What becomes of a stack when its deployment fails: part of the change set, so part of what is reviewed.
    #[builder(default)]
    pub when_it_fails: WhenItFails,
    /// The bucket for templates of more than 51,200 bytes, in the region of the stack.
    pub bucket: Option<String>,
    /// The program that builds and pushes images (docker, podman, finch or buildah); `None` where there is none.
    pub container_tool: Option<PathBuf>,
    /// For how long to wait for another operation on a stack; `None` refuses at once.
    pub wait_for_stack: Option<Duration>,
    /// The change sets that were made and not executed yet: what an interrupted run has to clean up.
    #[builder(default)]
    pub pending: Pending,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// Change sets that this run made and did not execute: kept outside the operation, so that they are known after it
/// was dropped.
#[derive(Clone, Debug, Default)]
pub struct Pending(Arc<Mutex<Vec<Made>>>);

/// A change set of this run.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Made {
    pub(crate) region: String,
    pub(crate) stack: String,
    pub(crate) name: String,
    /// The full key, as its description has it.
    pub(crate) key: String,
    /// Whether the stack came to be with it.
    pub(crate) new_stack: bool,
}

impl Pending {
    /// Whether there is nothing to clean up.
    pub fn is_empty(&self) -> bool {
        self.with(|made| made.is_empty())
    }

    /// To be called before the request: its answer may never come.
    pub(crate) fn add(&self, made: Made) {
        self.with(|all| all.push(made));
    }

    /// It is executed, deleted, or meant to stay.
    pub(crate) fn settle(&self, region: &str, stack: &str) {
        self.with(|all| all.retain(|made| made.region != region || made.stack != stack));
    }

    pub(crate) fn take(&self) -> Vec<Made> {
        self.with(std::mem::take)
    }

    fn with<T>(&self, action: impl FnOnce(&mut Vec<Made>) -> T) -> T {
        // A thread that panicked between these lines has left a whole list behind.
        action(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
