//! Implements `cancel`: cancels an update in progress, and follows its rollback.

use std::path::PathBuf;

use clap::Args;
use infra_deploy::Class;
use infra_deploy::attach_to_stacks;
use infra_deploy::cancel::{CancelScope, cancel_updates};

use super::watch::StackOperation;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::record::{self, Own, StackResult};
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;
use infra_console::words::format_count;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Cancels the update of this stack only. Can be repeated.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// Rolls back the ECS services that the update waits for, in place of cancelling the update itself.
    ///
    /// CloudFormation waits for a service before it rolls back; ECS does not. The update then fails and is rolled back.
    #[arg(long)]
    ecs_rollback: bool,

    /// Does not wait for the rollback.
    #[arg(long)]
    detach: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_cancel(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    let end = if options.ecs_rollback {
        CancelScope::EcsDeployments
    } else {
        CancelScope::Update
    };
    session.with_cloud(async |session, cloud| {
        let stop = StackOperation {
            cloud: &*cloud,
            assembly: &assembly,
        };
        let driving = || DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &stop,
            questions: None,
        };
        let asked = cancel_updates(cloud.clone(), assembly.clone(), options.stack.clone(), end);
        let cancelled = session.drive_recorded("cancel", asked, driving()).await?;
        let names: Vec<String> = cancelled.iter().map(|one| one.stack.clone()).collect();
        if !options.progress.json {
            let asked = names.join(", ");
            session
                .output
                .write_status(&format!("requested the rollback of {asked}\n"))?;
        }
        if options.detach {
            let list = names.iter().map(|name| format!(" --stack {name}"));
            let list: String = list.collect();
            session
                .output
                .write_status(&format!("`watch{list}` shows the rollback\n"))?;
        } else {
            let watched = attach_to_stacks(cloud.clone(), assembly.clone(), names.clone());
            match session.drive_operation(watched, driving()).await {
                Ok(_) => {}
                // The rollback is the requested result.
                Err(Failure::Operation(error)) if error.class == Class::RolledBack => {}
                Err(failure) => {
                    return session.write_failure_record(
                        "cancel",
                        options.progress,
                        &*cloud,
                        failure,
                    );
                }
            }
        }
        if options.progress.json {
            let outcome = if options.detach {
                "cancelling"
            } else {
                "rolledBack"
            };
            let stacks = names.into_iter().map(|stack| StackResult {
                stack,
                outcome: outcome.to_owned(),
                outputs: std::collections::BTreeMap::new(),
            });
            let result = Own::Result {
                command: "cancel".to_owned(),
                exit_code: ExitCode::Ok.number(),
                release: None,
                stacks: stacks.collect(),
            };
            record::write_record(&mut session.output, cloud.current_time(), result)?;
        } else if !options.detach {
            let line = format!("{} rolled back", format_count(names.len(), "stack"));
            let line = session.output.emphasize_text(&line);
            session.output.write_status(&format!("{line}\n"))?;
        }
        Ok(ExitCode::Ok)
    })
}
