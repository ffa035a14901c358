//! Migrations as part of a deployment: one-off tasks that a template marks, with the steps that they apply to a database.
//!
//! The mark is metadata of the task definition, so migrations are part of the plan, the review and the execution.

use std::collections::BTreeSet;

use infra_core::codes;
use serde_json::Value as JsonValue;

use crate::Template;
use crate::assembly::Stack;
use crate::nested::nested_path;
use crate::review::{Effect, MigrationRun, Note, NoteSource, StackChange, StackReview, Step};

/// Key in the metadata of a task definition.
const METADATA: &str = "infra:migration";

/// A migration that the metadata of a task definition describes.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DeclaredMigration {
    /// Logical ID of the task definition that runs the migration.
    pub logical_id: String,
    /// Steps of the migration in the order in which they are applied.
    pub steps: Vec<Step>,
}

/// Returns the migrations of a template, without those of nested stacks.
pub fn find_migrations(template: &Template) -> Vec<DeclaredMigration> {
    let resources = template.resources();
    let marked = resources.filter_map(|resource| {
        let mark = resource.entry.get("Metadata")?.get(METADATA)?;
        let steps = mark["Steps"].as_array().into_iter().flatten();
        Some(DeclaredMigration {
            logical_id: resource.logical_id.to_owned(),
            steps: steps.filter_map(parse_step).collect(),
        })
    });
    marked.collect()
}

/// Returns the migrations of a stack and its nested stacks. Logical IDs in nested stacks are paths, for example `Child/Task`. Nested templates that
/// the assembly does not contain are skipped.
pub fn find_stack_migrations(stack: &Stack) -> Vec<DeclaredMigration> {
    let mut found = find_migrations(&stack.template);
    for (path, template) in stack.nested_templates() {
        found.extend(
            find_migrations(&template)
                .into_iter()
                .map(|one| DeclaredMigration {
                    logical_id: nested_path(&path, &one.logical_id),
                    ..one
                }),
        );
    }
    found
}

/// Returns `true` if deploying the stack, including its nested stacks, runs a migration.
pub fn has_migration(stack: &Stack) -> bool {
    !find_stack_migrations(stack).is_empty()
}

/// Adds the migrations of nested stacks that run although the nested stack does not change. If its changes are unknown, every step counts as new.
pub fn add_nested(review: &mut StackReview, stack: &Stack) {
    for migration in find_stack_migrations(stack) {
        let Some((holder, _)) = migration.logical_id.rsplit_once('/') else {
            continue;
        };
        let mut known = review.migrations.iter();
        if known.any(|run| run.resource.logical_id == migration.logical_id) {
            continue;
        }
        let changes = review.nested.iter().any(|nested| nested.path == holder);
        review.migrations.push(MigrationRun {
            resource: stack.resource_name(&migration.logical_id, "AWS::ECS::TaskDefinition"),
            steps: if changes { migration.steps } else { Vec::new() },
        });
    }
}

/// Reads a step. An unknown effect counts as contracting, the more restrictive case.
fn parse_step(entry: &JsonValue) -> Option<Step> {
    Some(Step {
        name: entry["Name"].as_str()?.to_owned(),
        effect: match entry["Effect"].as_str() {
            Some("expands") => Effect::Expands,
            _ => Effect::Contracts,
        },
    })
}

/// Returns the migrations that deploying `new` over `old` runs, with the new steps of each. Nested stacks are not included.
pub fn plan_runs(old: &Template, new: &Stack) -> Vec<MigrationRun> {
    let known: BTreeSet<String> = find_migrations(old)
        .into_iter()
        .flat_map(|migration| migration.steps)
        .map(|step| step.name)
        .collect();
    let runs = find_migrations(&new.template).into_iter().map(|migration| {
        let steps = migration.steps.into_iter();
        MigrationRun {
            resource: new.resource_name(&migration.logical_id, "AWS::ECS::TaskDefinition"),
            steps: steps.filter(|step| !known.contains(&step.name)).collect(),
        }
    });
    runs.collect()
}

/// The way in which a failed operation on a stack is undone.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RollbackMode {
    /// CloudFormation rolls the stack back automatically.
    Automatic,
    /// The stack remains in its failed state until a user continues or rolls back.
    Manual,
}

/// Adds a note for every contracting step if an automatic rollback to the previous version is possible at the same time.
pub fn flag_contractions<'s>(
    stacks: impl IntoIterator<Item = (&'s mut StackReview, &'s Stack)>,
    undo: RollbackMode,
) {
    let mut stacks: Vec<_> = stacks.into_iter().collect();
    let mut ways: Vec<String> = Vec::new();
    for (review, stack) in &stacks {
        // New stacks have no previous version, and a stack with a migration is complete before the migration runs.
        if has_migration(stack) {
            continue;
        }
        if matches!(review.change, StackChange::Update) || review.provisional {
            ways.extend(find_rollback_services(stack));
            if undo == RollbackMode::Automatic {
                ways.push(format!("rollback of `{}` by CloudFormation", stack.name));
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
            .filter(|(_, step)| step.is_contracting() && !ways.is_empty())
            .map(|(run, step)| contraction_note(run, step, &ways))
            .collect();
        review.notes.extend(notes);
    }
}

fn contraction_note(run: &MigrationRun, step: &Step, ways: &[String]) -> Note {
    let name = &step.name;
    Note {
        source: NoteSource::Deployer,
        code: Some(codes::CONTRACTION_WITH_ROLLBACK.to_string()),
        fatal: false,
        message: format!(
            "step `{name}` contracts the schema, but a failed deployment is rolled back automatically ({}) to a version that may need what the step removes: \
             release the step separately, when no running version uses it any more",
            ways.join("; ")
        ),
        resource: Some(run.resource.clone()),
        property: None,
    }
}

/// Returns the ECS services of the stack that roll back to the previous task definition when a rollout fails, with the mechanism.
fn find_rollback_services(stack: &Stack) -> Vec<String> {
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
        let name = stack.resource_name(service.logical_id, service.type_name);
        Some(format!("{why} of `{}`", name.display_name()))
    });
    going_back.collect()
}
