//! Operations on stacks, event by event, as time goes by.
//!
//! A stage is a set of jobs, one a resource, that wait for one another. When all are over, or one has failed, the
//! stage ends, and what comes next follows from it. `fake.md` says which documentation each rule is from.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Map, Value as JsonValue};
use time::OffsetDateTime;

use super::changes::deletion_policy;
use super::evaluate::{Scope, as_text};
use super::names;
use super::script::During;
use super::stacks::{Deployed, Resource, Stack};
use super::world::State;
use crate::cloud::{Action, Change, OnFailure, StackOutput};
use crate::template::{Reference, Template, references};

/// How far an operation is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stage {
    Create,
    Update,
    Import,
    /// What was replaced or removed by an update is deleted.
    Clean,
    RollBackCreate,
    RollBackUpdate,
    /// What a failed update created is deleted.
    CleanRollback,
    Delete,
    /// Somebody else is at work; only time passes.
    Busy,
    /// It failed and waits for a person; what is needed to go on is kept.
    Stuck,
}

/// What a stack was before an operation.
#[derive(Clone, Debug, Default)]
pub(super) struct Before {
    pub(super) deployed: Deployed,
    pub(super) resources: BTreeMap<String, Resource>,
    pub(super) outputs: Vec<StackOutput>,
    pub(super) imports: BTreeSet<String>,
}

/// An operation under way.
#[derive(Clone, Debug)]
pub(super) struct Execution {
    pub(super) token: Option<String>,
    pub(super) operation_id: String,
    pub(super) stage: Stage,
    pub(super) target: Deployed,
    pub(super) changes: Vec<Change>,
    pub(super) before: Before,
    pub(super) on_failure: OnFailure,
    pub(super) retain_except_on_create: bool,
    pub(super) begins: OffsetDateTime,
    pub(super) begun: bool,
    pub(super) jobs: BTreeMap<String, Job>,
    /// Physical resources that are no part of the stack any more and are to be deleted.
    pub(super) retired: BTreeMap<String, Resource>,
    /// Resources that something was done to.
    pub(super) touched: BTreeSet<String>,
    pub(super) failed: Vec<String>,
    /// Resources that stay, or that a rollback leaves as they are.
    pub(super) skip: BTreeSet<String>,
    pub(super) force: bool,
    /// How it ends, when somebody else is at work.
    pub(super) ends_as: String,
}

#[derive(Clone, Debug)]
pub(super) struct Job {
    work: Work,
    waits_for: BTreeSet<String>,
    state: JobState,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Work {
    Create,
    Change,
    Import,
    Remove,
    /// Deletes a physical resource that the stack no longer has.
    Retire,
    Restore,
}

#[derive(Clone, Debug)]
enum JobState {
    Waiting,
    Running {
        initiated: Option<OffsetDateTime>,
        done: OffsetDateTime,
        replaces: bool,
    },
    Over,
}

impl Execution {
    pub(super) fn new(
        stage: Stage,
        token: Option<String>,
        operation_id: String,
        begins: OffsetDateTime,
    ) -> Self {
        Self {
            token,
            operation_id,
            stage,
            target: Deployed::default(),
            changes: Vec::new(),
            before: Before::default(),
            on_failure: OnFailure::Rollback,
            retain_except_on_create: false,
            begins,
            begun: false,
            jobs: BTreeMap::new(),
            retired: BTreeMap::new(),
            touched: BTreeSet::new(),
            failed: Vec::new(),
            skip: BTreeSet::new(),
            force: false,
            ends_as: String::new(),
        }
    }

    /// When something happens next.
    pub(super) fn next(&self) -> Option<OffsetDateTime> {
        if self.stage == Stage::Stuck {
            return None;
        }
        if !self.begun || self.stage == Stage::Busy {
            return Some(self.begins);
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

    /// Goes on to another stage; a rollback is an operation of its own.
    fn enter(&mut self, stage: Stage, at: OffsetDateTime) {
        if matches!(stage, Stage::RollBackCreate | Stage::RollBackUpdate) {
            self.operation_id = names::uuid(&format!("rollback {}", self.operation_id));
        }
        self.stage = stage;
        self.begins = at + Duration::from_secs(1);
        self.begun = false;
        self.jobs.clear();
        self.failed.clear();
    }
}

impl State {
    /// Does what is due at that time for a stack.
    pub(super) fn step(&mut self, stack_id: &str, at: OffsetDateTime) {
        // Taken out, so that the others can be looked at meanwhile.
        let Some(mut stack) = self.stacks.remove(stack_id) else {
            return;
        };
        self.step_stack(&mut stack, at);
        self.stacks.insert(stack_id.to_owned(), stack);
    }

    fn step_stack(&mut self, stack: &mut Stack, at: OffsetDateTime) {
        let Some(execution) = &mut stack.execution else {
            return;
        };
        if execution.stage == Stage::Busy {
            let end = execution.ends_as.clone();
            stack.turn(at, &end, None);
            stack.execution = None;
            return;
        }
        if !execution.begun {
            execution.begun = true;
            self.plan_jobs(stack);
        }
        self.settle(stack, at);
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
            cancel(stack, at);
            self.stage_failed(stack, at, None);
            return;
        }
        self.start_ready(stack, at);
        let over = stack.execution.as_ref().is_some_and(|execution| {
            let running = |job: &Job| matches!(job.state, JobState::Running { .. });
            !execution.jobs.values().any(running)
        });
        if over {
            self.stage_over(stack, at);
        }
    }

    /// Makes the jobs of the stage that begins.
    fn plan_jobs(&mut self, stack: &mut Stack) {
        let Some(execution) = &mut stack.execution else {
            return;
        };
        let target = Template::parse(&execution.target.template);
        let target = target.unwrap_or_else(|_| Template::empty());
        let mut jobs: BTreeMap<String, Work> = BTreeMap::new();
        match execution.stage {
            Stage::Create | Stage::Update | Stage::Import => {
                for change in &execution.changes {
                    let work = match change.action {
                        Action::Add => Work::Create,
                        Action::Import => Work::Import,
                        Action::Remove => continue,
                        _ => Work::Change,
                    };
                    jobs.insert(change.logical_id.clone(), work);
                }
            }
            Stage::Clean | Stage::CleanRollback => {
                jobs.extend(
                    execution
                        .retired
                        .keys()
                        .map(|id| (id.clone(), Work::Retire)),
                );
            }
            Stage::RollBackUpdate => {
                let touched = execution.touched.iter();
                let known = touched.filter(|id| execution.before.resources.contains_key(*id));
                jobs.extend(known.map(|id| (id.clone(), Work::Restore)));
            }
            Stage::RollBackCreate | Stage::Delete => {
                jobs.extend(stack.resources.keys().map(|id| (id.clone(), Work::Remove)));
            }
            Stage::Busy | Stage::Stuck => {}
        }
        let forwards = |id: &str, entry: &Map<String, JsonValue>| -> BTreeSet<String> {
            depends_on(entry)
                .into_iter()
                .filter(|other| other != id && jobs.contains_key(other))
                .collect()
        };
        let mut waits: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (id, work) in &jobs {
            match work {
                Work::Create | Work::Change | Work::Import => {
                    let entry = target.resource(id).map(|resource| resource.entry);
                    let needed = entry.map(|entry| forwards(id, entry)).unwrap_or_default();
                    waits.entry(id.clone()).or_default().extend(needed);
                }
                Work::Restore => {
                    let entry = execution.before.resources.get(id).map(|r| &r.entry);
                    let needed = entry.map(|entry| forwards(id, entry)).unwrap_or_default();
                    waits.entry(id.clone()).or_default().extend(needed);
                }
                // What depends on something goes before it.
                Work::Remove | Work::Retire => {
                    let entry = match work {
                        Work::Remove => stack.resources.get(id),
                        _ => execution.retired.get(id),
                    };
                    waits.entry(id.clone()).or_default();
                    for other in entry.map(|r| forwards(id, &r.entry)).unwrap_or_default() {
                        waits.entry(other).or_default().insert(id.clone());
                    }
                }
            }
        }
        execution.jobs = jobs
            .iter()
            .map(|(id, work)| {
                let job = Job {
                    work: *work,
                    waits_for: waits.remove(id).unwrap_or_default(),
                    state: JobState::Waiting,
                };
                (id.clone(), job)
            })
            .collect();
    }

    fn start_ready(&mut self, stack: &mut Stack, at: OffsetDateTime) {
        loop {
            let Some(execution) = &stack.execution else {
                return;
            };
            let over = |id: &String| {
                let job = execution.jobs.get(id);
                job.is_none_or(|job| matches!(job.state, JobState::Over))
                    && !execution.failed.contains(id)
            };
            let ready = execution.jobs.iter().find(|(_, job)| {
                matches!(job.state, JobState::Waiting) && job.waits_for.iter().all(over)
            });
            let Some((id, work)) = ready.map(|(id, job)| (id.clone(), job.work)) else {
                return;
            };
            let state = self.start(stack, &id, work, at);
            if let Some(job) = stack.execution.as_mut().and_then(|e| e.jobs.get_mut(&id)) {
                job.state = state;
            }
        }
    }

    /// Begins a job: the event that says so, and when it will be done.
    fn start(&mut self, stack: &mut Stack, id: &str, work: Work, at: OffsetDateTime) -> JobState {
        let Some(execution) = &mut stack.execution else {
            return JobState::Over;
        };
        let target = Template::parse(&execution.target.template);
        let target = target.unwrap_or_else(|_| Template::empty());
        let entry = target
            .resource(id)
            .map(|r| r.entry.clone())
            .unwrap_or_default();
        let type_name = match work {
            Work::Create | Work::Change | Work::Import => as_text(&entry["Type"]),
            Work::Retire => execution
                .retired
                .get(id)
                .map(|r| r.type_name.clone())
                .unwrap_or_default(),
            _ => stack
                .resources
                .get(id)
                .map(|r| r.type_name.clone())
                .unwrap_or_default(),
        };
        let running = |seconds: Duration, initiates: bool, replaces: bool| JobState::Running {
            initiated: initiates.then(|| at + (seconds / 2).min(Duration::from_secs(1))),
            done: at + seconds,
            replaces,
        };
        match work {
            Work::Create => {
                let takes = self.create_takes(id, &type_name);
                execution.touched.insert(id.to_owned());
                let resource = Resource {
                    type_name,
                    status: "CREATE_IN_PROGRESS".to_owned(),
                    entry,
                    ..Resource::default()
                };
                stack.resources.insert(id.to_owned(), resource);
                stack.tell(at, Some(id), "CREATE_IN_PROGRESS", None);
                running(takes, true, false)
            }
            Work::Import => {
                execution.touched.insert(id.to_owned());
                let change = execution.changes.iter().find(|c| c.logical_id == id);
                let resource = Resource {
                    type_name,
                    physical_id: change.and_then(|change| change.physical_id.clone()),
                    status: "IMPORT_IN_PROGRESS".to_owned(),
                    entry,
                    ..Resource::default()
                };
                stack.resources.insert(id.to_owned(), resource);
                stack.tell(
                    at,
                    Some(id),
                    "IMPORT_IN_PROGRESS",
                    Some("Resource import started.".to_owned()),
                );
                running(Duration::from_secs(1), false, false)
            }
            Work::Change => {
                let scope = self.scope(stack, &target);
                let properties = scope.properties(&entry).unwrap_or_default();
                let (replaces, silent) = self.judge(stack, id, &type_name, &properties);
                if silent {
                    if let Some(resource) = stack.resources.get_mut(id) {
                        resource.entry = entry;
                    }
                    return JobState::Over;
                }
                if let Some(execution) = &mut stack.execution {
                    execution.touched.insert(id.to_owned());
                }
                let takes = if replaces {
                    self.create_takes(id, &type_name)
                } else {
                    self.update_takes(id, &type_name)
                };
                set(stack, id, "UPDATE_IN_PROGRESS", None);
                let reason = replaces.then(|| {
                    "Requested update requires the creation of a new physical resource; hence creating one.".to_owned()
                });
                stack.tell(at, Some(id), "UPDATE_IN_PROGRESS", reason);
                if !replaces {
                    self.ecs_rolls_out(stack, id, &properties, at);
                }
                running(takes, replaces, replaces)
            }
            Work::Restore => {
                let takes = self.script.duration(id, &type_name, 2);
                if execution.skip.contains(id) {
                    let before = execution.before.resources.get(id).cloned();
                    if let Some(before) = before {
                        stack.resources.insert(id.to_owned(), before);
                    }
                    set(stack, id, "UPDATE_COMPLETE", None);
                    return JobState::Over;
                }
                set(stack, id, "UPDATE_IN_PROGRESS", None);
                stack.tell(at, Some(id), "UPDATE_IN_PROGRESS", None);
                running(takes, false, false)
            }
            Work::Remove | Work::Retire => {
                if self.is_kept(stack, id, work) {
                    self.tell_retired(stack, id, work, at, "DELETE_SKIPPED", None);
                    if work == Work::Remove {
                        stack.resources.remove(id);
                    }
                    return JobState::Over;
                }
                self.tell_retired(stack, id, work, at, "DELETE_IN_PROGRESS", None);
                running(self.script.duration(id, &type_name, 2), false, false)
            }
        }
    }

    fn create_takes(&self, id: &str, type_name: &str) -> Duration {
        match self.script.unhealthy.get(id) {
            Some(tasks) => tasks.every * (tasks.threshold.unsigned_abs()) + Duration::from_secs(5),
            None => self.script.duration(id, type_name, 3),
        }
    }

    fn update_takes(&self, id: &str, type_name: &str) -> Duration {
        match self.script.unhealthy.get(id) {
            Some(_) => self.create_takes(id, type_name),
            None => self.script.duration(id, type_name, 2),
        }
    }

    /// Whether a change replaces its resource, and whether nothing changes at all now that every value is known.
    fn judge(
        &self,
        stack: &Stack,
        id: &str,
        type_name: &str,
        properties: &Map<String, JsonValue>,
    ) -> (bool, bool) {
        let Some(resource) = stack.resources.get(id) else {
            return (false, true);
        };
        let execution = stack.execution.as_ref();
        let change = execution.and_then(|e| e.changes.iter().find(|c| c.logical_id == id));
        let Some(change) = change else {
            return (false, true);
        };
        let mut paths = Vec::new();
        super::changes::differences(
            "",
            &JsonValue::Object(resource.properties.clone()),
            &JsonValue::Object(properties.clone()),
            &mut paths,
        );
        let replaces = paths.iter().any(|path| {
            super::changes::recreation(type_name, path) == crate::cloud::Recreation::Always
        });
        let only_dynamic = change.details.iter().all(|detail| detail.dynamic);
        (replaces, paths.is_empty() && only_dynamic)
    }

    /// Whether the physical resource stays.
    fn is_kept(&self, stack: &Stack, id: &str, work: Work) -> bool {
        let Some(execution) = &stack.execution else {
            return false;
        };
        let rolls_back = matches!(
            execution.stage,
            Stage::RollBackCreate | Stage::CleanRollback
        );
        let resource = match work {
            Work::Retire => execution.retired.get(id),
            _ => stack.resources.get(id),
        };
        let Some(resource) = resource else {
            return false;
        };
        if execution.skip.contains(id) {
            return true;
        }
        let policy = deletion_policy(&resource.type_name, &resource.entry);
        match policy {
            "RetainExceptOnCreate" => !rolls_back,
            "Retain" => !(rolls_back && execution.retain_except_on_create),
            _ => false,
        }
    }

    /// An event about a resource that the stack may not have any more.
    fn tell_retired(
        &self,
        stack: &mut Stack,
        id: &str,
        work: Work,
        at: OffsetDateTime,
        status: &str,
        reason: Option<String>,
    ) {
        if work == Work::Remove {
            set(stack, id, status, reason.clone());
            stack.tell(at, Some(id), status, reason);
            return;
        }
        let retired = stack.execution.as_ref().and_then(|e| e.retired.get(id));
        let (physical, type_name) = retired.map_or((None, String::new()), |resource| {
            (resource.physical_id.clone(), resource.type_name.clone())
        });
        stack.tell(at, Some(id), status, reason);
        if let Some(event) = stack.events.last_mut() {
            event.physical_id = physical;
            event.type_name = type_name;
        }
    }

    /// Ends what is due.
    fn settle(&mut self, stack: &mut Stack, at: OffsetDateTime) {
        let Some(execution) = &stack.execution else {
            return;
        };
        let due: Vec<(String, Work, bool, bool)> = execution
            .jobs
            .iter()
            .filter_map(|(id, job)| match &job.state {
                JobState::Running {
                    initiated: Some(moment),
                    replaces,
                    ..
                } if *moment <= at => Some((id.clone(), job.work, *replaces, true)),
                JobState::Running {
                    initiated: None,
                    done,
                    replaces,
                } if *done <= at => Some((id.clone(), job.work, *replaces, false)),
                _ => None,
            })
            .collect();
        for (id, work, replaces, initiates) in due {
            if initiates {
                self.initiate(stack, &id, work, at);
            } else {
                self.complete(stack, &id, work, replaces, at);
            }
            let job = stack.execution.as_mut().and_then(|e| e.jobs.get_mut(&id));
            if let Some(job) = job {
                match &mut job.state {
                    JobState::Running { initiated, .. } if initiates => *initiated = None,
                    state => *state = JobState::Over,
                }
            }
        }
    }

    /// The physical resource comes to be.
    fn initiate(&mut self, stack: &mut Stack, id: &str, work: Work, at: OffsetDateTime) {
        let Some(execution) = &stack.execution else {
            return;
        };
        let target = Template::parse(&execution.target.template);
        let target = target.unwrap_or_else(|_| Template::empty());
        let entry = target
            .resource(id)
            .map(|r| r.entry.clone())
            .unwrap_or_default();
        let properties = self
            .scope(stack, &target)
            .properties(&entry)
            .unwrap_or_default();
        let type_name = as_text(&entry["Type"]);
        let number = self.number();
        let physical_id = names::physical_id(
            &stack.region,
            &stack.name,
            id,
            &type_name,
            &properties,
            number,
        );
        if work == Work::Change
            && let Some(old) = stack.resources.get(id).cloned()
            && let Some(execution) = &mut stack.execution
        {
            execution.retired.insert(id.to_owned(), old);
        }
        if let Some(resource) = stack.resources.get_mut(id) {
            resource.physical_id = Some(physical_id);
            resource.properties = properties;
            resource.entry = entry;
        }
        let status = if work == Work::Change {
            "UPDATE_IN_PROGRESS"
        } else {
            "CREATE_IN_PROGRESS"
        };
        let initiated = Some("Resource creation Initiated".to_owned());
        stack.tell(at, Some(id), status, initiated);
        self.comes_to_be(stack, id, at);
    }

    fn complete(
        &mut self,
        stack: &mut Stack,
        id: &str,
        work: Work,
        replaces: bool,
        at: OffsetDateTime,
    ) {
        let (during, word) = match work {
            Work::Create => (During::Create, "CREATE"),
            Work::Change if replaces => (During::Create, "UPDATE"),
            Work::Change => (During::Update, "UPDATE"),
            Work::Import => (During::Create, "IMPORT"),
            Work::Restore => (During::Rollback, "UPDATE"),
            Work::Remove | Work::Retire => (During::Delete, "DELETE"),
        };
        let reason = self
            .script
            .failure(id, during)
            .or_else(|| self.refuses(stack, id, work));
        if let Some(reason) = reason {
            let forced = stack.execution.as_ref().is_some_and(|execution| {
                execution.force && matches!(work, Work::Restore | Work::Remove)
            });
            if let Some(execution) = &mut stack.execution
                && !forced
            {
                execution.failed.push(id.to_owned());
            }
            let status = format!("{word}_FAILED");
            if matches!(work, Work::Remove | Work::Retire) {
                self.tell_retired(stack, id, work, at, &status, Some(reason));
                if forced {
                    stack.resources.remove(id);
                }
            } else {
                set(stack, id, &status, Some(reason.clone()));
                stack.tell(at, Some(id), &status, Some(reason));
            }
            return;
        }
        let status = format!("{word}_COMPLETE");
        match work {
            Work::Create => set(stack, id, &status, None),
            Work::Import | Work::Change => {
                let target = stack.execution.as_ref().map(|e| e.target.template.clone());
                let target = Template::parse(&target.unwrap_or_default());
                let target = target.unwrap_or_else(|_| Template::empty());
                let entry = target
                    .resource(id)
                    .map(|r| r.entry.clone())
                    .unwrap_or_default();
                let properties = self
                    .scope(stack, &target)
                    .properties(&entry)
                    .unwrap_or_default();
                if let Some(resource) = stack.resources.get_mut(id) {
                    resource.properties = properties;
                    resource.entry = entry;
                    resource.drift.clear();
                }
                set(stack, id, &status, None);
            }
            Work::Restore => {
                let execution = stack.execution.as_mut();
                let before = execution.and_then(|e| e.before.resources.get(id).cloned());
                if let Some(before) = before {
                    let new = stack.resources.insert(id.to_owned(), before.clone());
                    let replaced = new.filter(|new| new.physical_id != before.physical_id);
                    if let Some(execution) = &mut stack.execution {
                        execution.retired.remove(id);
                        if let Some(new) = replaced {
                            execution.retired.insert(id.to_owned(), new);
                        }
                    }
                    self.ecs_goes_back(stack, id, at);
                }
                set(stack, id, &status, None);
            }
            Work::Remove => {
                self.tell_retired(stack, id, work, at, &status, None);
                if let Some(gone) = stack.resources.remove(id) {
                    self.vanishes(&gone);
                }
                return;
            }
            Work::Retire => {
                self.tell_retired(stack, id, work, at, &status, None);
                let gone = stack.execution.as_mut().and_then(|e| e.retired.remove(id));
                if let Some(gone) = gone {
                    self.vanishes(&gone);
                }
                return;
            }
        }
        stack.tell(at, Some(id), &status, None);
    }

    /// Why the service that a resource belongs to does not do it.
    fn refuses(&self, stack: &Stack, id: &str, work: Work) -> Option<String> {
        let resource = match work {
            Work::Retire => stack.execution.as_ref()?.retired.get(id)?,
            _ => stack.resources.get(id)?,
        };
        match (&*resource.type_name, work) {
            ("AWS::S3::Bucket", Work::Remove | Work::Retire) => {
                let bucket = self.buckets.get(resource.physical_id.as_deref()?)?;
                (!bucket.is_empty()).then(|| {
                    "Resource handler returned message: \"The bucket you tried to delete is not empty (Service: S3, Status Code: 409, Request ID: 1TEST2)\" (RequestToken: 00000000-0000-0000-0000-000000000000, HandlerErrorCode: GeneralServiceException)".to_owned()
                })
            }
            ("AWS::ECS::Service", Work::Create | Work::Change) => {
                self.script.unhealthy.get(id).map(|_| {
                    "Resource handler returned message: \"Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.\" (RequestToken: 00000000-0000-0000-0000-000000000000, HandlerErrorCode: GeneralServiceException)".to_owned()
                })
            }
            _ => None,
        }
    }

    /// Every job is over, and none has failed that matters.
    fn stage_over(&mut self, stack: &mut Stack, at: OffsetDateTime) {
        let Some(execution) = &stack.execution else {
            return;
        };
        match execution.stage {
            Stage::Create => {
                self.publish(stack);
                self.finish(stack, at, "CREATE_COMPLETE", None);
            }
            Stage::Import => {
                self.publish(stack);
                self.finish(stack, at, "IMPORT_COMPLETE", None);
            }
            Stage::Update => {
                if let Some(reason) = self.export_in_use(stack) {
                    self.stage_failed(stack, at, Some(reason));
                    return;
                }
                let removed: Vec<String> = execution
                    .changes
                    .iter()
                    .filter(|change| change.action == Action::Remove)
                    .map(|change| change.logical_id.clone())
                    .collect();
                for id in removed {
                    let resource = stack.resources.remove(&id);
                    if let (Some(resource), Some(execution)) = (resource, &mut stack.execution) {
                        execution.retired.insert(id, resource);
                    }
                }
                self.publish(stack);
                stack.turn(at, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", None);
                if let Some(execution) = &mut stack.execution {
                    execution.enter(Stage::Clean, at);
                }
            }
            Stage::Clean => {
                let reason = (!execution.failed.is_empty()).then(|| {
                    "Update successful. One or more resources could not be deleted.".to_owned()
                });
                self.finish(stack, at, "UPDATE_COMPLETE", reason);
            }
            Stage::RollBackCreate => {
                if execution.failed.is_empty() {
                    self.finish(stack, at, "ROLLBACK_COMPLETE", None);
                } else {
                    let reason = listed("delete", &execution.failed);
                    self.finish(stack, at, "ROLLBACK_FAILED", Some(reason));
                }
            }
            Stage::RollBackUpdate => {
                // What the update created is deleted; what it replaced stays.
                let created: Vec<String> = stack
                    .resources
                    .keys()
                    .filter(|id| !execution.before.resources.contains_key(*id))
                    .cloned()
                    .collect();
                for id in created {
                    let resource = stack.resources.remove(&id);
                    if let (Some(resource), Some(execution)) = (resource, &mut stack.execution) {
                        execution.retired.insert(id, resource);
                    }
                }
                stack.turn(at, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", None);
                if let Some(execution) = &mut stack.execution {
                    execution.enter(Stage::CleanRollback, at);
                }
            }
            Stage::CleanRollback => self.finish(stack, at, "UPDATE_ROLLBACK_COMPLETE", None),
            Stage::Delete => {
                if execution.failed.is_empty() {
                    self.finish(stack, at, "DELETE_COMPLETE", None);
                } else {
                    let reason = listed("delete", &execution.failed);
                    self.finish(stack, at, "DELETE_FAILED", Some(reason));
                }
            }
            Stage::Busy | Stage::Stuck => {}
        }
    }

    /// Something failed, or a person cancelled it: `reason` says so.
    pub(super) fn stage_failed(
        &mut self,
        stack: &mut Stack,
        at: OffsetDateTime,
        reason: Option<String>,
    ) {
        let Some(execution) = &mut stack.execution else {
            return;
        };
        let failed = execution.failed.clone();
        match (execution.stage, execution.on_failure) {
            (Stage::Create, OnFailure::Rollback) => {
                let why = format!(
                    "{}. Rollback requested by user.",
                    listed("create", &failed).trim_end_matches(". ")
                );
                execution.enter(Stage::RollBackCreate, at);
                stack.turn(at, "ROLLBACK_IN_PROGRESS", Some(reason.unwrap_or(why)));
            }
            (Stage::Create, OnFailure::Delete) => {
                let why = format!(
                    "{}. Delete requested by user.",
                    listed("create", &failed).trim_end_matches(". ")
                );
                execution.enter(Stage::Delete, at);
                stack.turn(at, "DELETE_IN_PROGRESS", Some(reason.unwrap_or(why)));
            }
            (Stage::Create, OnFailure::DoNothing) => {
                execution.stage = Stage::Stuck;
                let why = listed("create", &failed);
                stack.turn(at, "CREATE_FAILED", Some(reason.unwrap_or(why)));
            }
            (Stage::Update, OnFailure::DoNothing) => {
                execution.stage = Stage::Stuck;
                let why = listed("update", &failed);
                stack.turn(at, "UPDATE_FAILED", Some(reason.unwrap_or(why)));
            }
            (Stage::Update | Stage::Import, _) => {
                execution.enter(Stage::RollBackUpdate, at);
                let why = listed("update", &failed);
                stack.turn(
                    at,
                    "UPDATE_ROLLBACK_IN_PROGRESS",
                    Some(reason.unwrap_or(why)),
                );
            }
            (Stage::RollBackUpdate, _) => {
                execution.stage = Stage::Stuck;
                let why = listed("update", &failed);
                stack.turn(at, "UPDATE_ROLLBACK_FAILED", Some(reason.unwrap_or(why)));
            }
            _ => {}
        }
    }

    /// Nothing is under way any more.
    fn finish(
        &mut self,
        stack: &mut Stack,
        at: OffsetDateTime,
        status: &str,
        reason: Option<String>,
    ) {
        if status == "UPDATE_ROLLBACK_COMPLETE"
            && let Some(execution) = &stack.execution
        {
            stack.deployed = execution.before.deployed.clone();
            stack.outputs = execution.before.outputs.clone();
            stack.imports = execution.before.imports.clone();
        }
        if status == "DELETE_COMPLETE" {
            stack.outputs.clear();
            stack.imports.clear();
        }
        stack.turn(at, status, reason);
        stack.execution = None;
    }

    /// The new template is what is deployed; its outputs are worked out.
    fn publish(&mut self, stack: &mut Stack) {
        if let Some(execution) = &stack.execution {
            stack.deployed = execution.target.clone();
        }
        let template = stack.template();
        let scope = self.scope(stack, &template);
        stack.outputs = outputs(&template, &scope);
        stack.imports = imported(&template, &scope);
    }

    /// Why the exports of an update are refused: another stack imports one that goes or changes.
    fn export_in_use(&self, stack: &Stack) -> Option<String> {
        let execution = stack.execution.as_ref()?;
        let target = Template::parse(&execution.target.template).ok()?;
        let scope = self.scope(stack, &target);
        let new = outputs(&target, &scope);
        for output in &stack.outputs {
            let Some(name) = &output.export_name else {
                continue;
            };
            let users = self.importers(&stack.region, name);
            if users.is_empty() {
                continue;
            }
            let kept = new
                .iter()
                .find(|new| new.export_name.as_ref() == Some(name));
            let verb = match kept {
                None => "deleted",
                Some(kept) if kept.value != output.value => "updated",
                Some(_) => continue,
            };
            return Some(format!(
                "Export {name} cannot be {verb} as it is in use by {}",
                users.join(" and ")
            ));
        }
        None
    }
}

/// Ends what runs because something else failed.
pub(super) fn cancel(stack: &mut Stack, at: OffsetDateTime) {
    let Some(execution) = &mut stack.execution else {
        return;
    };
    let mut cancelled = Vec::new();
    for (id, job) in &mut execution.jobs {
        if matches!(job.state, JobState::Running { .. }) {
            cancelled.push((id.clone(), job.work));
        }
        job.state = JobState::Over;
    }
    execution
        .failed
        .extend(cancelled.iter().map(|(id, _)| id.clone()));
    for (id, work) in cancelled {
        let (status, reason) = match work {
            Work::Create => ("CREATE_FAILED", "Resource creation cancelled"),
            _ => ("UPDATE_FAILED", "Resource update cancelled"),
        };
        set(stack, &id, status, Some(reason.to_owned()));
        stack.tell(at, Some(&id), status, Some(reason.to_owned()));
    }
}

fn set(stack: &mut Stack, id: &str, status: &str, reason: Option<String>) {
    if let Some(resource) = stack.resources.get_mut(id) {
        status.clone_into(&mut resource.status);
        resource.reason = reason;
    }
}

fn listed(verb: &str, failed: &[String]) -> String {
    format!(
        "The following resource(s) failed to {verb}: [{}]. ",
        failed.join(", ")
    )
}

/// The resources that an entry waits for: those it refers to, and those it names.
fn depends_on(entry: &Map<String, JsonValue>) -> BTreeSet<String> {
    let named = match entry.get("DependsOn") {
        Some(JsonValue::String(one)) => vec![one.clone()],
        Some(JsonValue::Array(several)) => several.iter().map(as_text).collect(),
        _ => Vec::new(),
    };
    let properties = entry.get("Properties").map(references).unwrap_or_default();
    let referred = properties
        .into_iter()
        .filter_map(|reference| match reference {
            Reference::Local { logical_id, .. } => Some(logical_id),
            _ => None,
        });
    referred.chain(named).collect()
}

/// The outputs of a template.
pub(super) fn outputs(template: &Template, scope: &Scope<'_>) -> Vec<StackOutput> {
    let mut found = Vec::new();
    for (name, output) in template.section("Outputs") {
        let Some(entry) = output.as_object().filter(|entry| scope.is_there(entry)) else {
            continue;
        };
        let text = |value: &JsonValue| scope.value(value).map(|value| as_text(&value)).ok();
        found.push(StackOutput {
            name: name.to_owned(),
            value: entry.get("Value").and_then(text).unwrap_or_default(),
            description: entry.get("Description").map(as_text),
            export_name: entry.get("Export").and_then(|export| text(&export["Name"])),
        });
    }
    found
}

/// The names of the exports that a template imports.
pub(super) fn imported(template: &Template, scope: &Scope<'_>) -> BTreeSet<String> {
    fn visit(value: &JsonValue, scope: &Scope<'_>, found: &mut BTreeSet<String>) {
        match value {
            JsonValue::Array(items) => items.iter().for_each(|item| visit(item, scope, found)),
            JsonValue::Object(map) => {
                if let Some(name) = map.get("Fn::ImportValue")
                    && let Ok(name) = scope.value(name)
                {
                    found.insert(as_text(&name));
                }
                map.values().for_each(|inner| visit(inner, scope, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for section in ["Resources", "Outputs"] {
        template
            .section(section)
            .for_each(|(_, value)| visit(value, scope, &mut found));
    }
    found
}
