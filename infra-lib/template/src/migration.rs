//! Migrations that are part of a deployment: one-off tasks that a template marks, with the steps they bring a database to.
//!
//! A mark is metadata of the task definition, so it is part of what is planned, reviewed and executed.

use std::collections::BTreeSet;

use infra_core::codes;
use serde_json::Value as JsonValue;

use crate::Template;
use crate::assembly::Stack;
use crate::nested::nested_path;
use crate::review::{Effect, MigrationRun, Note, NoteSource, StackChange, StackReview, Step};

/// The key of the metadata.
const METADATA: &str = "infra:migration";

/// A migration that a template marks.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Declared {
    /// The logical ID of its task definition.
    pub logical_id: String,
    /// Its steps, the first one first.
    pub steps: Vec<Step>,
}

/// The migrations of a template.
pub fn declared(template: &Template) -> Vec<Declared> {
    let resources = template.resources();
    let marked = resources.filter_map(|resource| {
        let mark = resource.entry.get("Metadata")?.get(METADATA)?;
        let steps = mark["Steps"].as_array().into_iter().flatten();
        Some(Declared {
            logical_id: resource.logical_id.to_owned(),
            steps: steps.filter_map(step).collect(),
        })
    });
    marked.collect()
}

/// The migrations of a stack and of what is nested in it; those of nested stacks by path, as `Child/Task`. A nested template that
/// the assembly does not have declares none.
pub fn declared_in(stack: &Stack) -> Vec<Declared> {
    let mut found = declared(&stack.template);
    for (path, template) in stack.nested_templates() {
        found.extend(declared(&template).into_iter().map(|one| Declared {
            logical_id: nested_path(&path, &one.logical_id),
            ..one
        }));
    }
    found
}

/// True when deploying the stack runs a migration.
pub fn has_migration(stack: &Stack) -> bool {
    !declared_in(stack).is_empty()
}

/// Lists the migrations of nested stacks that run although nothing changes in the nested stack. Where nobody knows what changes in it,
/// every step may be new.
pub fn add_nested(review: &mut StackReview, stack: &Stack) {
    for migration in declared_in(stack) {
        let Some((holder, _)) = migration.logical_id.rsplit_once('/') else {
            continue;
        };
        let mut known = review.migrations.iter();
        if known.any(|run| run.resource.logical_id == migration.logical_id) {
            continue;
        }
        let changes = review.nested.iter().any(|nested| nested.path == holder);
        review.migrations.push(MigrationRun {
            resource: stack.resource(&migration.logical_id, "AWS::ECS::TaskDefinition"),
            steps: if changes { migration.steps } else { Vec::new() },
        });
    }
}

/// A word that we do not know may mean anything: then the careful one is assumed.
fn step(entry: &JsonValue) -> Option<Step> {
    Some(Step {
        name: entry["Name"].as_str()?.to_owned(),
        effect: match entry["Effect"].as_str() {
            Some("expands") => Effect::Expands,
            _ => Effect::Contracts,
        },
    })
}

/// The migrations of the template itself that deploying `new` over `old` runs, with the steps that are new.
pub fn runs(old: &Template, new: &Stack) -> Vec<MigrationRun> {
    let known: BTreeSet<String> = declared(old)
        .into_iter()
        .flat_map(|migration| migration.steps)
        .map(|step| step.name)
        .collect();
    let runs = declared(&new.template).into_iter().map(|migration| {
        let steps = migration.steps.into_iter();
        MigrationRun {
            resource: new.resource(&migration.logical_id, "AWS::ECS::TaskDefinition"),
            steps: steps.filter(|step| !known.contains(&step.name)).collect(),
        }
    });
    runs.collect()
}

/// Whether CloudFormation itself undoes a stack that fails.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Undo {
    /// CloudFormation rolls the stack back.
    Automatic,
    /// The stack stays as it is, for a person to continue or roll back.
    ByHand,
}

/// Notes on every step that contracts while something may go back to the version before by itself.
pub fn flag<'s>(stacks: impl IntoIterator<Item = (&'s mut StackReview, &'s Stack)>, undo: Undo) {
    let mut stacks: Vec<_> = stacks.into_iter().collect();
    let mut ways: Vec<String> = Vec::new();
    for (review, stack) in &stacks {
        // What is created has no version before, and a stack with a migration is done before that runs.
        if has_migration(stack) {
            continue;
        }
        if matches!(review.change, StackChange::Update) || review.provisional {
            ways.extend(services_that_go_back(stack));
            if undo == Undo::Automatic {
                ways.push(format!("CloudFormation undoes `{}`", stack.name));
            }
        }
    }
    for (review, _) in &mut stacks {
        if review.change == StackChange::Create {
            continue;
        }
        let notes: Vec<Note> = review
            .migrations
            .iter()
            .flat_map(|run| run.steps.iter().map(move |step| (run, step)))
            .filter(|(_, step)| step.contracts() && !ways.is_empty())
            .map(|(run, step)| contraction(run, step, &ways))
            .collect();
        review.notes.extend(notes);
    }
}

fn contraction(run: &MigrationRun, step: &Step, ways: &[String]) -> Note {
    let name = &step.name;
    Note {
        source: NoteSource::Deployer,
        code: Some(codes::CONTRACTION_WITH_ROLLBACK.to_string()),
        fatal: false,
        message: format!(
            "step `{name}` contracts, and a roll-out that fails goes back by itself ({}), to a version that may need what it takes away: \
             release it alone, once nothing that runs uses that any more",
            ways.join("; ")
        ),
        resource: Some(run.resource.clone()),
        property: None,
    }
}

/// ECS services of the stack that go back to the task definition before when a roll-out fails.
fn services_that_go_back(stack: &Stack) -> Vec<String> {
    let resources = stack.template.resources();
    let services = resources.filter(|resource| resource.type_name == "AWS::ECS::Service");
    let going_back = services.filter_map(|service| {
        let deployment = service.properties()?.get("DeploymentConfiguration")?;
        let on = |name: &str| {
            let way = &deployment[name];
            way["Enable"] == true && way["Rollback"] == true
        };
        let why = match (on("DeploymentCircuitBreaker"), on("Alarms")) {
            (true, true) => "circuit breaker and alarms",
            (true, false) => "circuit breaker",
            (false, true) => "alarms",
            (false, false) => return None,
        };
        let name = stack.resource(service.logical_id, service.type_name);
        Some(format!("{why} of `{}`", name.shown()))
    });
    going_back.collect()
}
