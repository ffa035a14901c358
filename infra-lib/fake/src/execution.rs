//! Runs operations on stacks, event by event, as time passes.
//!
//! A stage of an operation is a set of jobs, one per resource, that wait for each other. When all jobs are done, or one has
//! failed, the stage ends and the next one starts. `fake.md` names the documentation behind each rule.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use time::OffsetDateTime;

use super::jobs::plan_jobs;
use super::names;
use super::stacks::{Deployed, Resource, Stack};
use super::stages::fail_stage;
use super::world::State;
use infra_aws::{Change, OnFailure, StackOutput};

/// Stage of an operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stage {
    Create,
    Update,
    Import,
    /// Deletes the resources that an update has replaced or removed.
    CleanUp,
    RollBackCreate,
    RollBackUpdate,
    /// Deletes the resources that a failed update has created.
    CleanUpRollback,
    Delete,
    /// Another operation is in progress; only time passes.
    Busy,
    /// A nested stack is updated, and keeps replaced resources because its parent may still roll back.
    AwaitingParent,
    /// The operation failed, and keeps the state that a continuation needs.
    Suspended,
}

/// State of a stack before an operation.
#[derive(Clone, Debug, Default)]
pub(super) struct PreviousState {
    pub(super) deployed: Deployed,
    pub(super) resources: BTreeMap<String, Resource>,
    pub(super) outputs: Vec<StackOutput>,
    pub(super) imports: BTreeSet<String>,
}

/// An operation in progress.
#[derive(Clone, Debug)]
pub(super) struct Execution {
    pub(super) token: Option<String>,
    pub(super) operation_id: String,
    pub(super) stage: Stage,
    pub(super) target: Deployed,
    pub(super) changes: Vec<Change>,
    pub(super) before: PreviousState,
    pub(super) on_failure: OnFailure,
    pub(super) retain_except_on_create: bool,
    pub(super) starts_at: OffsetDateTime,
    pub(super) has_started: bool,
    pub(super) jobs: BTreeMap<String, Job>,
    /// Physical resources that no longer belong to the stack and are to be deleted.
    pub(super) retired: BTreeMap<String, Resource>,
    /// Logical IDs of resources that the operation has changed.
    pub(super) touched: BTreeSet<String>,
    pub(super) failed: Vec<String>,
    /// Logical IDs of resources that are retained, or skipped by a rollback.
    pub(super) skip: BTreeSet<String>,
    pub(super) force: bool,
    /// Logical IDs of updated nested stacks that wait for this one.
    pub(super) waiting_children: BTreeSet<String>,
    /// Status at the end of another operation ([`Stage::Busy`]).
    pub(super) final_status: String,
}

#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) work: Work,
    pub(super) dependencies: BTreeSet<String>,
    pub(super) state: JobState,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Work {
    Create,
    Change,
    Import,
    Remove,
    /// Deletes a physical resource that no longer belongs to the stack.
    Retire,
    Restore,
    /// Makes a nested stack delete the resources that it has kept.
    CleanUpNested,
}

#[derive(Clone, Debug)]
pub(super) enum JobState {
    Waiting,
    Running {
        initiated: Option<OffsetDateTime>,
        done: OffsetDateTime,
        replaces: bool,
    },
    /// A nested stack is being changed, and reports its end.
    Nested,
    Finished,
}

impl Execution {
    pub(super) fn new(
        stage: Stage,
        token: Option<String>,
        operation_id: String,
        starts_at: OffsetDateTime,
    ) -> Self {
        Self {
            token,
            operation_id,
            stage,
            target: Deployed::default(),
            changes: Vec::new(),
            before: PreviousState::default(),
            on_failure: OnFailure::Rollback,
            retain_except_on_create: false,
            starts_at,
            has_started: false,
            jobs: BTreeMap::new(),
            retired: BTreeMap::new(),
            touched: BTreeSet::new(),
            failed: Vec::new(),
            skip: BTreeSet::new(),
            force: false,
            waiting_children: BTreeSet::new(),
            final_status: String::new(),
        }
    }

    /// Returns the time of the next event.
    pub(super) fn next_event_time(&self) -> Option<OffsetDateTime> {
        if matches!(self.stage, Stage::Suspended | Stage::AwaitingParent) {
            return None;
        }
        if !self.has_started || self.stage == Stage::Busy {
            return Some(self.starts_at);
        }
        let moments = self.jobs.values().filter_map(|job| match &job.state {
            JobState::Running {
                initiated: Some(at),
                ..
            } => Some(*at),
            JobState::Running { done, .. } => Some(*done),
            _ => None,
        });
        moments.min()
    }

    /// Enters another stage; a rollback is a separate operation.
    pub(super) fn enter_stage(&mut self, stage: Stage, at: OffsetDateTime) {
        if matches!(stage, Stage::RollBackCreate | Stage::RollBackUpdate) {
            self.operation_id = names::derive_uuid(&format!("rollback {}", self.operation_id));
        }
        self.stage = stage;
        self.starts_at = at + Duration::from_secs(1);
        self.has_started = false;
        self.jobs.clear();
        self.failed.clear();
    }
}

impl State {
    /// Processes the events of a stack that are due at this time.
    pub(super) fn process_stack_events(&mut self, stack_id: &str, at: OffsetDateTime) {
        // Removed from the map, so that other stacks can be accessed meanwhile.
        let Some(mut stack) = self.stacks.remove(stack_id) else {
            return;
        };
        self.process_stack(&mut stack, at);
        self.stacks.insert(stack_id.to_owned(), stack);
        self.report_to_parent(stack_id, at);
    }

    fn process_stack(&mut self, stack: &mut Stack, at: OffsetDateTime) {
        let Some(execution) = &mut stack.execution else {
            return;
        };
        if execution.stage == Stage::Busy {
            let end = execution.final_status.clone();
            stack.set_status(at, &end, None);
            stack.execution = None;
            return;
        }
        if !execution.has_started {
            execution.has_started = true;
            plan_jobs(stack);
        }
        self.complete_due_jobs(stack, at);
        let stage = stack.execution.as_ref().map(|e| e.stage);
        let stops_at_failure = matches!(
            stage,
            Some(Stage::Create | Stage::Update | Stage::Import | Stage::RollBackUpdate)
        );
        let failed = stack
            .execution
            .as_ref()
            .is_some_and(|e| !e.failed.is_empty());
        if failed && stops_at_failure {
            let children = cancel_jobs(stack, at);
            self.cancel_children(children, at);
            fail_stage(stack, at, None);
            return;
        }
        self.start_ready_jobs(stack, at);
        let over = stack.execution.as_ref().is_some_and(|execution| {
            let running =
                |job: &Job| matches!(job.state, JobState::Running { .. } | JobState::Nested);
            !execution.jobs.values().any(running)
        });
        if over {
            self.complete_stage(stack, at);
        }
    }
}

/// Cancels the running jobs because another one failed. Returns the ARNs of nested stacks in progress.
pub(super) fn cancel_jobs(stack: &mut Stack, at: OffsetDateTime) -> Vec<String> {
    let Some(execution) = &mut stack.execution else {
        return Vec::new();
    };
    let (mut cancelled, mut nested) = (Vec::new(), Vec::new());
    for (id, job) in &mut execution.jobs {
        if matches!(job.state, JobState::Running { .. } | JobState::Nested) {
            cancelled.push((id.clone(), job.work));
        }
        if matches!(job.state, JobState::Nested) {
            let child = stack.resources.get(id);
            nested.extend(child.and_then(|child| child.physical_id.clone()));
        }
        job.state = JobState::Finished;
    }
    execution
        .failed
        .extend(cancelled.iter().map(|(id, _)| id.clone()));
    for (id, work) in cancelled {
        let (status, reason) = match work {
            Work::Create => ("CREATE_FAILED", "Resource creation cancelled"),
            _ => ("UPDATE_FAILED", "Resource update cancelled"),
        };
        set_resource_status(stack, &id, status, Some(reason.to_owned()));
        stack.add_event(at, Some(&id), status, Some(reason.to_owned()));
    }
    nested
}

/// Sets the status of a resource.
pub(super) fn set_resource_status(
    stack: &mut Stack,
    id: &str,
    status: &str,
    reason: Option<String>,
) {
    if let Some(resource) = stack.resources.get_mut(id) {
        status.clone_into(&mut resource.status);
        resource.reason = reason;
    }
}
