//! Runs the migrations of a stack after its deployment; stacks that depend on it wait until they succeed.

use std::time::Duration;

use infra_core::{Diagnostic, codes};

use crate::deployed;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::failure::to_printable;
use crate::one_off;
use crate::one_off::{OneOffOptions, OneOffOutcome};
use crate::plan::engine::Engine;
use crate::plan::target::Target;
use infra_template::assembly::CloudAssembly;
use infra_template::migration;

/// Runs the migrations of a stack one after the other, those of nested stacks last.
///
/// # Errors
///
/// When a migration fails. Nothing is rolled back, because only a person can judge its partial effects.
pub(super) async fn run_migrations(
    engine: &Engine,
    target: &Target,
    timeout: Duration,
) -> Result<(), Error> {
    for migration in migration::find_stack_migrations(&target.stack) {
        run_migration(engine, target, &migration.logical_id, timeout)
            .await
            .map_err(|error| add_consequences(target, &migration.logical_id, error))?;
    }
    Ok(())
}

async fn run_migration(
    engine: &Engine,
    target: &Target,
    task: &str,
    timeout: Duration,
) -> Result<(), Error> {
    let (cloud, reporter) = (&engine.cloud, &engine.calls.reporter);
    let alone = CloudAssembly::new(vec![target.stack.clone()]);
    let mut stacks = deployed::read_all(cloud, &alone, &[]).await?;
    let mut task = task;
    if let (Some((holder, id)), Some(root)) = (task.rsplit_once('/'), stacks.first()) {
        stacks = deployed::read_nested(cloud, root, holder)
            .await?
            .into_iter()
            .collect();
        task = id;
    }
    let task = one_off::find_task(cloud, &stacks, Some(task)).await?;
    let options = OneOffOptions {
        stacks: Vec::new(),
        task: None,
        command: Vec::new(),
        started_by: "infra deploy".to_owned(),
    };
    let started = one_off::start_task(cloud, task, &options).await?;
    reporter.send_event(Event::MigrationStarted {
        stack: target.stack.name.clone(),
        construct: started.task.name.clone(),
        task: started.arn.clone(),
    });
    let outcome = one_off::follow_task(cloud, started, timeout, reporter).await?;
    reporter.send_event(Event::MigrationFinished {
        stack: target.stack.name.clone(),
        construct: outcome.task.name.clone(),
        exit_code: outcome.exit_code,
        elapsed_secs: outcome.elapsed.as_secs(),
    });
    match outcome.exit_code {
        0 => Ok(()),
        _ => Err(Error::new(Class::Stuck, failed_migration_finding(&outcome))),
    }
}

/// Builds the finding for a failed migration, with the last lines of its log.
fn failed_migration_finding(outcome: &OneOffOutcome) -> Diagnostic {
    let mut finding = Diagnostic::new(
        codes::TASK_ENDED_BADLY,
        format!(
            "the migration `{}` failed with exit code {}",
            outcome.task.name, outcome.exit_code
        ),
    );
    if let Some(evidence) = &outcome.evidence {
        if let Some(reason) = &evidence.stopped_reason {
            finding = finding.note(to_printable(reason));
        }
        if !evidence.log.is_empty() {
            let lines: Vec<String> = evidence.log.iter().map(|line| to_printable(line)).collect();
            finding = finding.note(format!("its last log lines:\n{}", lines.join("\n")));
        }
    }
    finding
        .note(format!("image: {}", outcome.task.image))
        .note(format!("task: {}", outcome.arn))
}

/// Adds the finding that states the consequences of a failed migration for the deployment.
fn add_consequences(target: &Target, task: &str, error: Error) -> Error {
    let name = target.stack.resource_name(task, "AWS::ECS::TaskDefinition");
    let finding = Diagnostic::new(
        codes::MIGRATION_FAILED,
        format!(
            "the migration of stack `{}` failed, so stacks that depend on it were not changed: the previous version is still serving",
            target.stack.name
        ),
    )
    .path(deployed::construct_of(&name))
    .help("correct the cause and deploy again: the migration runs again, and continues where it stopped");
    let class = match error.class {
        Class::Credentials | Class::Interrupted => error.class,
        _ => Class::Stuck,
    };
    let mut error = error.with_finding(finding);
    error.class = class;
    error
}
