//! Implements `refactor`: carries out the moves that the program declares with `moved_from`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use infra_deploy::refactor::{Prepared, execute, prepare};

use super::confirm::{Stop, Wanted, became, line_of};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{Driving, ProgressArguments};
use crate::session::Session;
use infra_console::words::plural;

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

pub(crate) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let assembly = session.reviewable(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let driving = || Driving {
            arguments: options.progress,
            cloud: &*cloud,
            stop: &Stop,
            questions: None,
        };
        let prepared = prepare(cloud.clone(), assembly.clone(), options.stack.clone());
        let prepared = session
            .drive_recorded("refactor", prepared, driving())
            .await?;
        if prepared.moves.is_empty() {
            let line = "all declared moves are already done";
            return session.done("refactor", options.progress, cloud.now(), Vec::new(), line);
        }
        if !options.progress.json {
            session.output.talk(&shown(&prepared))?;
        }
        if options.dry_run {
            let line = "nothing was changed";
            return session.done("refactor", options.progress, cloud.now(), Vec::new(), line);
        }
        if !options.yes {
            let question = "move them? [y/N] ";
            session.confirm(question, Wanted::Yes, "--yes").await?;
        }
        let stacks = prepared.stacks();
        let done = execute(cloud.clone(), prepared);
        let done = session.drive_recorded("refactor", done, driving()).await?;
        let line = format!(
            "{} moved, no resource was changed",
            plural(done.moved, "resource")
        );
        let stacks = stacks.iter().map(|stack| became(stack, "refactored"));
        session.done(
            "refactor",
            options.progress,
            cloud.now(),
            stacks.collect(),
            &line,
        )
    })
}

fn shown(prepared: &Prepared) -> String {
    let mut text = format!(
        "{} to be moved:\n",
        plural(prepared.moves.len(), "resource")
    );
    for found in &prepared.moves {
        let (from, to) = (&found.movement.from, &found.movement.to);
        let _ = writeln!(text, "  {}", line_of(&found.resource));
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
