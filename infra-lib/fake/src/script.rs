//! Behavior that tests request, and that AWS shows only occasionally.

use std::collections::BTreeMap;
use std::time::Duration;

use infra_aws::{ChangeSetDescription, ChangeSetHook, HookResult, OperationEvent};

/// Work on a resource during which a test makes it fail.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FailurePhase {
    /// Creation of a resource, including the creation of a replacement during an update.
    Create,
    /// Update of a resource in place, without a replacement.
    Update,
    /// Deletion by `DeleteStack`, in the cleanup after an update, or in a rollback.
    Delete,
    /// Return of a resource to its previous state when a stack update is rolled back.
    Rollback,
}

/// Repeated failure of the tasks of a service, until the circuit breaker stops the deployment.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct UnhealthyTasks {
    /// Stopped reason as reported by ECS; "Essential container in task exited" by default.
    #[builder(default = "Essential container in task exited".to_owned())]
    pub stopped_reason: String,
    /// Exit code of the process, 1 by default; `None` if the container never starts.
    #[builder(required, default = Some(1))]
    pub exit_code: Option<i32>,
    /// Lines that each task writes to its log before it stops; one error line by default.
    #[builder(default = vec!["Error: cannot connect to the database".to_owned()])]
    pub log: Vec<String>,
    /// Time between two failing tasks of the service; 20 seconds by default.
    #[builder(default = Duration::from_secs(20))]
    pub every: Duration,
    /// Number of failed tasks at which the circuit breaker stops the deployment; 3 by default.
    #[builder(default = 3)]
    pub threshold: i32,
}

impl Default for UnhealthyTasks {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// Course of a one-off task. By default, it runs for 5 seconds and succeeds.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct TaskRun {
    /// Time from the start of the task to its end; 5 seconds by default.
    #[builder(default = Duration::from_secs(5))]
    pub takes: Duration,
    /// Exit code of the process, 0 by default; `None` if the container never starts.
    #[builder(required, default = Some(0))]
    pub exit_code: Option<i32>,
    /// Stopped reason as reported by ECS; "Essential container in task exited" by default.
    #[builder(default = "Essential container in task exited".to_owned())]
    pub stopped_reason: String,
    /// Lines that the task writes to its log before it stops; none by default.
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
    pub(super) during: FailurePhase,
    pub(super) reason: String,
    /// Number of remaining failures.
    pub(super) left: u32,
}

/// Behavior that a test has requested.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a test")]
pub(super) struct Script {
    /// Durations by logical ID or resource type.
    pub(super) durations: BTreeMap<String, Duration>,
    pub(super) failures: Vec<Failure>,
    /// Validation events for the next change sets, by stack name.
    pub(super) validation: BTreeMap<String, Vec<OperationEvent>>,
    pub(super) hooks: BTreeMap<String, Vec<(ChangeSetHook, HookResult)>>,
    /// True if change sets omit changes when property values are requested.
    pub(super) incomplete_values: bool,
    /// Function that alters the replies of `DescribeChangeSet`.
    pub(super) alter_description: Option<fn(&mut ChangeSetDescription)>,
    /// Failing services by logical ID.
    pub(super) unhealthy: BTreeMap<String, UnhealthyTasks>,
    /// One-off tasks by task definition family.
    pub(super) tasks: BTreeMap<String, TaskRun>,
    pub(super) page_size: Option<usize>,
    /// Time until change sets are complete.
    pub(super) change_set_takes: Option<Duration>,
    pub(super) cancel_is_ignored: bool,
    /// Replacements of statuses in events.
    pub(super) status_names: BTreeMap<String, String>,
    /// True if change sets are created for root stacks only.
    pub(super) ignores_nested_change_sets: bool,
    /// True if change sets use unknown values.
    pub(super) unknown_values: bool,
    /// Reason with which drift detections fail; `None` if they succeed.
    pub(super) drift_failure: Option<String>,
}

impl Script {
    /// Returns the duration of work on a resource.
    pub(super) fn resource_duration(
        &self,
        logical_id: &str,
        type_name: &str,
        usual: u64,
    ) -> Duration {
        let by_id = self.durations.get(logical_id);
        let known = by_id.or_else(|| self.durations.get(type_name));
        known.copied().unwrap_or(Duration::from_secs(usual))
    }

    /// Returns the status reason of a failure, if the resource is to fail.
    pub(super) fn take_failure(
        &mut self,
        logical_id: &str,
        during: FailurePhase,
    ) -> Option<String> {
        let failure = self.failures.iter_mut().find(|failure| {
            failure.logical_id == logical_id && failure.during == during && failure.left > 0
        })?;
        failure.left -= 1;
        Some(failure.reason.clone())
    }
}
