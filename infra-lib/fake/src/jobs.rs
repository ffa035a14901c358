//! What an operation does with a resource: when it begins, when there is something, when it is done.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Map, Value as JsonValue};
use time::OffsetDateTime;

use super::changes::deletion_policy;
use super::evaluate::{as_text, reads_output};
use super::execution::{Job, JobState, Stage, Work, set};
use super::names;
use super::nested::NESTED;
use super::script::During;
use super::stacks::{Resource, Stack};
use super::world::State;
use infra_core::template::{Reference, references};
use infra_template::Template;
use infra_template::review::Action;

/// Reads of `Fn::GetStackOutput` in one template that a public report saw fail.
const THROTTLED_OUTPUT_READS: usize = 75;

impl State {
    pub(super) fn start_ready(&mut self, stack: &mut Stack, at: OffsetDateTime) {
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
        let express = stack.express;
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
        let kept = match work {
            Work::Remove | Work::Retire => is_kept(stack, id, work),
            Work::Restore => execution.skip.contains(id),
            _ => false,
        };
        if type_name == NESTED && !kept {
            if matches!(work, Work::Remove | Work::Retire) {
                tell_retired(stack, id, work, at, "DELETE_IN_PROGRESS", None);
            }
            return self.start_nested(stack, id, work, &entry, at);
        }
        let Some(execution) = &mut stack.execution else {
            return JobState::Over;
        };
        let running = |seconds: Duration, initiates: bool, replaces: bool| {
            // Configured, and not waited for.
            let limit = Duration::from_secs(1);
            let seconds = if express { seconds.min(limit) } else { seconds };
            JobState::Running {
                initiated: initiates.then(|| at + (seconds / 2).min(Duration::from_secs(1))),
                done: at + seconds,
                replaces,
            }
        };
        match work {
            // Only nested stacks have it.
            Work::Settle => JobState::Over,
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
                let (replaces, silent) = judge(stack, id, &type_name, &properties);
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
                if is_kept(stack, id, work) {
                    tell_retired(stack, id, work, at, "DELETE_SKIPPED", None);
                    if work == Work::Remove {
                        stack.resources.remove(id);
                    }
                    return JobState::Over;
                }
                tell_retired(stack, id, work, at, "DELETE_IN_PROGRESS", None);
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

    /// Ends what is due.
    pub(super) fn settle(&mut self, stack: &mut Stack, at: OffsetDateTime) {
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
        let (during, verb) = match work {
            Work::Create => (During::Create, "CREATE"),
            Work::Change if replaces => (During::Create, "UPDATE"),
            Work::Change => (During::Update, "UPDATE"),
            Work::Import => (During::Create, "IMPORT"),
            Work::Restore | Work::Settle => (During::Rollback, "UPDATE"),
            Work::Remove | Work::Retire => (During::Delete, "DELETE"),
        };
        if work == Work::Settle {
            return;
        }
        let reason = self
            .script
            .failure(id, during)
            .or_else(|| self.refuses(stack, id, work))
            .or_else(|| Self::throttles_reads(stack, id, work));
        if let Some(reason) = reason {
            let forced = stack.execution.as_ref().is_some_and(|execution| {
                execution.force && matches!(work, Work::Restore | Work::Remove)
            });
            if let Some(execution) = &mut stack.execution
                && !forced
            {
                execution.failed.push(id.to_owned());
            }
            let status = format!("{verb}_FAILED");
            if matches!(work, Work::Remove | Work::Retire) {
                tell_retired(stack, id, work, at, &status, Some(reason));
                if forced {
                    stack.resources.remove(id);
                }
            } else {
                set(stack, id, &status, Some(reason.clone()));
                stack.tell(at, Some(id), &status, Some(reason));
            }
            return;
        }
        let status = format!("{verb}_COMPLETE");
        match work {
            Work::Settle => return,
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
                    let successor = new.filter(|new| new.physical_id != before.physical_id);
                    if let Some(execution) = &mut stack.execution {
                        execution.retired.remove(id);
                        if let Some(new) = successor {
                            execution.retired.insert(id.to_owned(), new);
                        }
                    }
                    self.ecs_goes_back(stack, id, at);
                }
                set(stack, id, &status, None);
            }
            Work::Remove => {
                tell_retired(stack, id, work, at, &status, None);
                if let Some(gone) = stack.resources.remove(id) {
                    self.vanishes(&gone);
                }
                return;
            }
            Work::Retire => {
                tell_retired(stack, id, work, at, &status, None);
                let gone = stack.execution.as_mut().and_then(|e| e.retired.remove(id));
                if let Some(gone) = gone {
                    self.vanishes(&gone);
                }
                return;
            }
        }
        stack.tell(at, Some(id), &status, None);
    }

    /// The refusal of a resource that reads outputs of other stacks, where the template reads more of them than AWS answers.
    ///
    /// CloudFormation makes a call for each occurrence, also of one output, and throttles its own calls.
    fn throttles_reads(stack: &Stack, id: &str, work: Work) -> Option<String> {
        let target = &stack.execution.as_ref()?.target.template;
        let reads = target.matches("Fn::GetStackOutput").count();
        let resource = stack.resources.get(id)?;
        let reads_here = resource.entry.values().any(reads_output);
        let throttled = matches!(work, Work::Create | Work::Change)
            && reads >= THROTTLED_OUTPUT_READS
            && reads_here;
        throttled.then(|| {
            "Rate exceeded (Service: CloudFormation, Status Code: 400, Request ID: 1TEST2)"
                .to_owned()
        })
    }

    /// Why the service that a resource belongs to does not do it.
    fn refuses(&self, stack: &Stack, id: &str, work: Work) -> Option<String> {
        let resource = match work {
            Work::Retire => stack.execution.as_ref()?.retired.get(id)?,
            _ => stack.resources.get(id)?,
        };
        if resource.type_name == NESTED {
            return self.embedded_failure(stack, id, work);
        }
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
}

/// Makes the jobs of the stage that begins.
pub(super) fn plan_jobs(stack: &mut Stack) {
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
            if execution.stage == Stage::Clean {
                let held = std::mem::take(&mut execution.held);
                jobs.extend(held.into_iter().map(|id| (id, Work::Settle)));
            }
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
        Stage::Busy | Stage::Stuck | Stage::Held => {}
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
            Work::Settle => {
                waits.entry(id.clone()).or_default();
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

/// Whether a change replaces its resource, and whether nothing changes at all now that every value is known.
fn judge(
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
        super::changes::recreation(type_name, path) == infra_template::review::Recreation::Always
    });
    let only_dynamic = change.details.iter().all(|detail| detail.dynamic);
    (replaces, paths.is_empty() && only_dynamic)
}

/// Whether the physical resource stays.
fn is_kept(stack: &Stack, id: &str, work: Work) -> bool {
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
