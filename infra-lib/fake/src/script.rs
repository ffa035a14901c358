//! What tests want to happen that AWS does by itself only now and then.

use std::collections::BTreeMap;
use std::time::Duration;

use infra_aws::{ChangeSetDescription, ChangeSetHook, HookResult, OperationEvent};

/// What is done to a resource when it fails.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct Unhealthy {
    /// The words of ECS.
    pub stopped_reason: String,
    /// What the process returned.
    pub exit_code: Option<i32>,
    /// What each task logs before it stops.
    pub log: Vec<String>,
    /// Time between two tasks that stop.
    pub every: Duration,
    /// After how many the circuit breaker ends the deployment.
    pub threshold: i32,
}

impl Default for Unhealthy {
    fn default() -> Self {
        Self {
            stopped_reason: "Essential container in task exited".to_owned(),
            exit_code: Some(1),
            log: vec!["Error: cannot connect to the database".to_owned()],
            every: Duration::from_secs(20),
            threshold: 3,
        }
    }
}

/// How a one-off task goes.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRun {
    /// How long it runs.
    pub takes: Duration,
    /// What its process returns; `None` when it never starts.
    pub exit_code: Option<i32>,
    /// The words of ECS.
    pub stopped_reason: String,
    /// What it logs.
    pub log: Vec<String>,
}

impl Default for TaskRun {
    fn default() -> Self {
        Self {
            takes: Duration::from_secs(5),
            exit_code: Some(0),
            stopped_reason: "Essential container in task exited".to_owned(),
            log: Vec::new(),
        }
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
    /// Whether change sets use words that nobody knows yet.
    pub(super) strange_words: bool,
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
