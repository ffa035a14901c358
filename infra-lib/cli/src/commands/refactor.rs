//! Implements `refactor`: carries out the moves that the program declares with `moved_from`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use infra_deploy::refactor::{Prepared, execute_refactoring, prepare_refactoring};

use super::confirm::{ExpectedAnswer, Uncancellable, format_resource, stack_result};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;
use infra_console::words::format_count;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Carries out the moves into this stack only. Can be repeated. Default: all moves.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// Shows the moves and changes nothing.
    #[arg(long)]
    dry_run: bool,

    /// Carries the moves out without asking.
    #[arg(long, conflicts_with = "dry_run")]
    yes: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_refactor(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_reviewable_assembly(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let driving = || DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let prepared = prepare_refactoring(cloud.clone(), assembly.clone(), options.stack.clone());
        let prepared = session
            .drive_recorded("refactor", prepared, driving())
            .await?;
        if prepared.moves.is_empty() {
            let line = "all declared moves are already done";
            return session.report_success(
                "refactor",
                options.progress,
                cloud.current_time(),
                Vec::new(),
                line,
            );
        }
        if !options.progress.json {
            session.output.write_status(&format_moves(&prepared))?;
        }
        if options.dry_run {
            let line = "nothing was changed";
            return session.report_success(
                "refactor",
                options.progress,
                cloud.current_time(),
                Vec::new(),
                line,
            );
        }
        if !options.yes {
            let question = "move them? [y/N] ";
            session
                .confirm_change(question, ExpectedAnswer::Yes, "--yes")
                .await?;
        }
        let stacks = prepared.stacks();
        let done = execute_refactoring(cloud.clone(), prepared);
        let done = session.drive_recorded("refactor", done, driving()).await?;
        let line = format!(
            "{} moved, no resource was changed",
            format_count(done.moved, "resource")
        );
        let stacks = stacks.iter().map(|stack| stack_result(stack, "refactored"));
        session.report_success(
            "refactor",
            options.progress,
            cloud.current_time(),
            stacks.collect(),
            &line,
        )
    })
}

fn format_moves(prepared: &Prepared) -> String {
    let mut text = format!(
        "{} to be moved:\n",
        format_count(prepared.moves.len(), "resource")
    );
    for found in &prepared.moves {
        let (from, to) = (&found.movement.from, &found.movement.to);
        let _ = writeln!(text, "  {}", format_resource(&found.resource));
        if from.stack == to.stack {
            let _ = writeln!(
                text,
                "    in {}: {} becomes {}",
                from.stack, from.logical_id, to.logical_id
            );
        } else {
            let _ = writeln!(
                text,
                "    {} of {} becomes {} of {}",
                from.logical_id, from.stack, to.logical_id, to.stack
            );
        }
    }
    for stack in &prepared.new_stacks {
        let _ = writeln!(text, "  stack {stack} is created for them");
    }
    text.push('\n');
    text
}
