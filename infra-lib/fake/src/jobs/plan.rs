//! Plans the jobs of a stage, with their dependencies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as JsonValue};

use super::super::evaluate::as_text;
use super::super::execution::{Job, JobState, Stage, Work};
use super::super::stacks::Stack;
use infra_core::template::{Reference, references};
use infra_template::Template;
use infra_template::review::Action;

/// Creates the jobs of the stage that starts.
pub(crate) fn plan_jobs(stack: &mut Stack) {
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
        Stage::CleanUp | Stage::CleanUpRollback => {
            if execution.stage == Stage::CleanUp {
                let held = std::mem::take(&mut execution.waiting_children);
                jobs.extend(held.into_iter().map(|id| (id, Work::CleanUpNested)));
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
        Stage::Busy | Stage::Suspended | Stage::AwaitingParent => {}
    }
    let forwards = |id: &str, entry: &Map<String, JsonValue>| -> BTreeSet<String> {
        find_dependencies(entry)
            .into_iter()
            .filter(|other| other != id && jobs.contains_key(other))
            .collect()
    };
    let mut waits: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, work) in &jobs {
        match work {
            Work::Create | Work::Change | Work::Import => {
                let entry = target.find_resource(id).map(|resource| resource.entry);
                let needed = entry.map(|entry| forwards(id, entry)).unwrap_or_default();
                waits.entry(id.clone()).or_default().extend(needed);
            }
            Work::CleanUpNested => {
                waits.entry(id.clone()).or_default();
            }
            Work::Restore => {
                let entry = execution.before.resources.get(id).map(|r| &r.entry);
                let needed = entry.map(|entry| forwards(id, entry)).unwrap_or_default();
                waits.entry(id.clone()).or_default().extend(needed);
            }
            // Dependents are deleted before their dependencies.
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
                dependencies: waits.remove(id).unwrap_or_default(),
                state: JobState::Waiting,
            };
            (id.clone(), job)
        })
        .collect();
}

/// Returns two flags: true if a change replaces its resource, and true if nothing changes now that all values are known.
pub(super) fn assess_change(
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
    super::super::changes::collect_differences(
        "",
        &JsonValue::Object(resource.properties.clone()),
        &JsonValue::Object(properties.clone()),
        &mut paths,
    );
    let replaces = paths.iter().any(|path| {
        super::super::changes::required_recreation(type_name, path)
            == infra_template::review::Recreation::Always
    });
    let only_dynamic = change.details.iter().all(|detail| detail.dynamic);
    (replaces, paths.is_empty() && only_dynamic)
}

/// Returns the resources that an entry depends on, by reference or `DependsOn`.
fn find_dependencies(entry: &Map<String, JsonValue>) -> BTreeSet<String> {
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
