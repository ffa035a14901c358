//! What tests want to happen that AWS does by itself only now and then.

use std::collections::BTreeMap;
use std::time::Duration;

use infra_aws::{ChangeSetDescription, ChangeSetHook, HookResult, OperationEvent};

/// What is done to a resource when it fails.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum During {
    /// Its creation, also as a replacement.
    Create,
    /// Its change.
    Update,
    /// Its deletion: by `DeleteStack`, in the cleanup after an update, or in a rollback.
    Delete,
    /// The way back to what it was before an update.
    Rollback,
}

/// How the tasks of a service fail, again and again, until ECS gives up.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Unhealthy {
    /// The words of ECS.
    #[builder(default = "Essential container in task exited".to_owned())]
    pub stopped_reason: String,
    /// What the process returned.
    #[builder(required, default = Some(1))]
    pub exit_code: Option<i32>,
    /// What each task logs before it stops.
    #[builder(default = vec!["Error: cannot connect to the database".to_owned()])]
    pub log: Vec<String>,
    /// Time between two tasks that stop.
    #[builder(default = Duration::from_secs(20))]
    pub every: Duration,
    /// After how many the circuit breaker ends the deployment.
    #[builder(default = 3)]
    pub threshold: i32,
}

impl Default for Unhealthy {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// How a one-off task goes.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct TaskRun {
    /// How long it runs.
    #[builder(default = Duration::from_secs(5))]
    pub takes: Duration,
    /// What its process returns; `None` when it never starts.
    #[builder(required, default = Some(0))]
    pub exit_code: Option<i32>,
    /// The words of ECS.
    #[builder(default = "Essential container in task exited".to_owned())]
    pub stopped_reason: String,
    /// What it logs.
    #[builder(default)]
    pub log: Vec<String>,
}

impl Default for TaskRun {
    fn default() -> Self {
        Self::builder().build()
    }
}

#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) logical_id: String,
    pub(super) during: During,
    pub(super) reason: String,
    /// How often it still fails.
    pub(super) left: u32,
}

/// Everything that was asked for.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a test")]
pub(super) struct Script {
    /// By logical ID or type.
    pub(super) durations: BTreeMap<String, Duration>,
    pub(super) failures: Vec<Failure>,
    /// By name of the stack: what validation finds in its next change sets.
    pub(super) validation: BTreeMap<String, Vec<OperationEvent>>,
    pub(super) hooks: BTreeMap<String, Vec<(ChangeSetHook, HookResult)>>,
    /// Stacks whose change sets miss changes when values are asked for.
    pub(super) incomplete_values: bool,
    /// Changes what `DescribeChangeSet` answers.
    pub(super) altered: Option<fn(&mut ChangeSetDescription)>,
    /// By logical ID.
    pub(super) unhealthy: BTreeMap<String, Unhealthy>,
    /// By family.
    pub(super) tasks: BTreeMap<String, TaskRun>,
    pub(super) page_size: Option<usize>,
    /// How long change sets take to be worked out.
    pub(super) change_set_takes: Option<Duration>,
    pub(super) cancel_is_ignored: bool,
    /// Words of events that are told as another word.
    pub(super) words: BTreeMap<String, String>,
    /// Whether change sets are made of root stacks alone, whatever is asked for.
    pub(super) ignores_nested_change_sets: bool,
    /// Whether change sets use words that nobody knows yet.
    pub(super) strange_words: bool,
    /// Why comparisons with what is there fail, if they do.
    pub(super) drift_failure: Option<String>,
}

impl Script {
    /// How long something takes with a resource.
    pub(super) fn duration(&self, logical_id: &str, type_name: &str, usual: u64) -> Duration {
        let by_id = self.durations.get(logical_id);
        let known = by_id.or_else(|| self.durations.get(type_name));
        known.copied().unwrap_or(Duration::from_secs(usual))
    }

    /// Why something fails, if it was asked to.
    pub(super) fn failure(&mut self, logical_id: &str, during: During) -> Option<String> {
        let failure = self.failures.iter_mut().find(|failure| {
            failure.logical_id == logical_id && failure.during == during && failure.left > 0
        })?;
        failure.left -= 1;
        Some(failure.reason.clone())
    }
}
