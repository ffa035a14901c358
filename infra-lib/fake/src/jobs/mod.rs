//! Runs the jobs of an operation, one per resource: start, creation of the physical resource, and end.

mod complete;
mod plan;

pub(super) use plan::plan_jobs;

use std::time::Duration;

use time::OffsetDateTime;

use super::changes::deletion_policy;
use super::evaluate::as_text;
use super::execution::{JobState, Stage, Work, set_resource_status};
use super::names;
use super::nested::NESTED;
use super::stacks::{Resource, Stack};
use super::world::State;
use infra_template::Template;
use plan::assess_change;

impl State {
    pub(super) fn start_ready_jobs(&mut self, stack: &mut Stack, at: OffsetDateTime) {
        loop {
            let Some(execution) = &stack.execution else {
                return;
            };
            let over = |id: &String| {
                let job = execution.jobs.get(id);
                job.is_none_or(|job| matches!(job.state, JobState::Finished))
                    && !execution.failed.contains(id)
            };
            let ready = execution.jobs.iter().find(|(_, job)| {
                matches!(job.state, JobState::Waiting) && job.dependencies.iter().all(over)
            });
            let Some((id, work)) = ready.map(|(id, job)| (id.clone(), job.work)) else {
                return;
            };
            let state = self.start_job(stack, &id, work, at);
            if let Some(job) = stack.execution.as_mut().and_then(|e| e.jobs.get_mut(&id)) {
                job.state = state;
            }
        }
    }

    /// Starts a job: adds its first event, and determines its duration.
    fn start_job(
        &mut self,
        stack: &mut Stack,
        id: &str,
        work: Work,
        at: OffsetDateTime,
    ) -> JobState {
        let express = stack.express;
        let Some(execution) = &mut stack.execution else {
            return JobState::Finished;
        };
        let target = Template::parse(&execution.target.template);
        let target = target.unwrap_or_else(|_| Template::empty());
        let entry = target
            .find_resource(id)
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
                add_retired_event(stack, id, work, at, "DELETE_IN_PROGRESS", None);
            }
            return self.start_nested(stack, id, work, &entry, at);
        }
        let Some(execution) = &mut stack.execution else {
            return JobState::Finished;
        };
        let running = |seconds: Duration, initiates: bool, replaces: bool| {
            // Express mode does not wait for resources to be ready.
            let limit = Duration::from_secs(1);
            let seconds = if express { seconds.min(limit) } else { seconds };
            JobState::Running {
                initiated: initiates.then(|| at + (seconds / 2).min(Duration::from_secs(1))),
                done: at + seconds,
                replaces,
            }
        };
        match work {
            // Only nested stacks have this work.
            Work::CleanUpNested => JobState::Finished,
            Work::Create => {
                let takes = self.creation_duration(id, &type_name);
                execution.touched.insert(id.to_owned());
                let resource = Resource {
                    type_name,
                    status: "CREATE_IN_PROGRESS".to_owned(),
                    entry,
                    ..Resource::default()
                };
                stack.resources.insert(id.to_owned(), resource);
                stack.add_event(at, Some(id), "CREATE_IN_PROGRESS", None);
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
                stack.add_event(
                    at,
                    Some(id),
                    "IMPORT_IN_PROGRESS",
                    Some("Resource import started.".to_owned()),
                );
                running(Duration::from_secs(1), false, false)
            }
            Work::Change => {
                let scope = self.current_scope(stack, &target);
                let properties = scope.evaluate_properties(&entry).unwrap_or_default();
                let (replaces, silent) = assess_change(stack, id, &type_name, &properties);
                if silent {
                    if let Some(resource) = stack.resources.get_mut(id) {
                        resource.entry = entry;
                    }
                    return JobState::Finished;
                }
                if let Some(execution) = &mut stack.execution {
                    execution.touched.insert(id.to_owned());
                }
                let takes = if replaces {
                    self.creation_duration(id, &type_name)
                } else {
                    self.update_duration(id, &type_name)
                };
                set_resource_status(stack, id, "UPDATE_IN_PROGRESS", None);
                let reason = replaces.then(|| {
                    "Requested update requires the creation of a new physical resource; hence creating one.".to_owned()
                });
                stack.add_event(at, Some(id), "UPDATE_IN_PROGRESS", reason);
                if !replaces {
                    self.start_ecs_rollout(stack, id, &properties, at);
                }
                running(takes, replaces, replaces)
            }
            Work::Restore => {
                let takes = self.script.resource_duration(id, &type_name, 2);
                if execution.skip.contains(id) {
                    let before = execution.before.resources.get(id).cloned();
                    if let Some(before) = before {
                        stack.resources.insert(id.to_owned(), before);
                    }
                    set_resource_status(stack, id, "UPDATE_COMPLETE", None);
                    return JobState::Finished;
                }
                set_resource_status(stack, id, "UPDATE_IN_PROGRESS", None);
                stack.add_event(at, Some(id), "UPDATE_IN_PROGRESS", None);
                running(takes, false, false)
            }
            Work::Remove | Work::Retire => {
                if is_kept(stack, id, work) {
                    add_retired_event(stack, id, work, at, "DELETE_SKIPPED", None);
                    if work == Work::Remove {
                        stack.resources.remove(id);
                    }
                    return JobState::Finished;
                }
                add_retired_event(stack, id, work, at, "DELETE_IN_PROGRESS", None);
                running(
                    self.script.resource_duration(id, &type_name, 2),
                    false,
                    false,
                )
            }
        }
    }

    fn creation_duration(&self, id: &str, type_name: &str) -> Duration {
        match self.script.unhealthy.get(id) {
            Some(tasks) => tasks.every * (tasks.threshold.unsigned_abs()) + Duration::from_secs(5),
            None => self.script.resource_duration(id, type_name, 3),
        }
    }

    fn update_duration(&self, id: &str, type_name: &str) -> Duration {
        match self.script.unhealthy.get(id) {
            Some(_) => self.creation_duration(id, type_name),
            None => self.script.resource_duration(id, type_name, 2),
        }
    }

    /// Completes the jobs that are due.
    pub(super) fn complete_due_jobs(&mut self, stack: &mut Stack, at: OffsetDateTime) {
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
                self.create_physical_resource(stack, &id, work, at);
            } else {
                self.complete_job(stack, &id, work, replaces, at);
            }
            let job = stack.execution.as_mut().and_then(|e| e.jobs.get_mut(&id));
            if let Some(job) = job {
                match &mut job.state {
                    JobState::Running { initiated, .. } if initiates => *initiated = None,
                    state => *state = JobState::Finished,
                }
            }
        }
    }

    /// Creates the physical resource of a job.
    fn create_physical_resource(
        &mut self,
        stack: &mut Stack,
        id: &str,
        work: Work,
        at: OffsetDateTime,
    ) {
        let Some(execution) = &stack.execution else {
            return;
        };
        let target = Template::parse(&execution.target.template);
        let target = target.unwrap_or_else(|_| Template::empty());
        let entry = target
            .find_resource(id)
            .map(|r| r.entry.clone())
            .unwrap_or_default();
        let properties = self
            .current_scope(stack, &target)
            .evaluate_properties(&entry)
            .unwrap_or_default();
        let type_name = as_text(&entry["Type"]);
        let number = self.next_number();
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
        stack.add_event(at, Some(id), status, initiated);
        self.register_physical_resource(stack, id, at);
    }
}

/// Adds an event about a resource that may no longer belong to the stack.
fn add_retired_event(
    stack: &mut Stack,
    id: &str,
    work: Work,
    at: OffsetDateTime,
    status: &str,
    reason: Option<String>,
) {
    if work == Work::Remove {
        set_resource_status(stack, id, status, reason.clone());
        stack.add_event(at, Some(id), status, reason);
        return;
    }
    let retired = stack.execution.as_ref().and_then(|e| e.retired.get(id));
    let (physical, type_name) = retired.map_or((None, String::new()), |resource| {
        (resource.physical_id.clone(), resource.type_name.clone())
    });
    stack.add_event(at, Some(id), status, reason);
    if let Some(event) = stack.events.last_mut() {
        event.physical_id = physical;
        event.type_name = type_name;
    }
}

/// Returns true if the physical resource is retained.
fn is_kept(stack: &Stack, id: &str, work: Work) -> bool {
    let Some(execution) = &stack.execution else {
        return false;
    };
    let rolls_back = matches!(
        execution.stage,
        Stage::RollBackCreate | Stage::CleanUpRollback
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
