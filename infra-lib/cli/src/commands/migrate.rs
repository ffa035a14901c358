//! Implements `migrate`: runs a one-off task, shows its log, and ends with its exit code.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use infra_aws::Cloud;
use infra_core::{Diagnostic, codes};
use infra_deploy::one_off::{
    OneOffOptions, OneOffOutcome, OneOffTask, StartedTask, find_one_off, follow_one_off,
    start_one_off, stop_one_off,
};
use infra_deploy::{Class, Error, Event};

use super::chosen::StackArguments;
use super::plan::duration;
use crate::ExitCode;
use crate::failure::Failure;
use crate::person::Interrupt;
use crate::progress::ProgressDisplay as _;
use crate::progress::record::Json;
use crate::session::Session;
use infra_console::words::{clean_line, format_seconds};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    chosen: StackArguments,

    /// The task, by construct path. Required if the stacks have several.
    #[arg(long, value_name = "CONSTRUCT")]
    task: Option<String>,

    /// Maximum duration of the task, after which it is stopped.
    #[arg(long, value_name = "DURATION", default_value = "30m", value_parser = duration)]
    timeout: Duration,

    /// Prints the task that would be run, and runs nothing.
    #[arg(long)]
    dry_run: bool,

    /// Writes events as JSON lines on standard output: schemas/events.schema.json.
    #[arg(long)]
    json: bool,

    /// Arguments of the container, in place of those in its task definition.
    #[arg(last = true, value_name = "ARGUMENT")]
    command: Vec<String>,
}

pub(crate) fn run_migrate(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.chosen.assembly.as_deref())?;
    let wanted = OneOffOptions::builder()
        .stacks(options.chosen.stack.clone())
        .maybe_task(options.task.clone())
        .command(options.command.clone())
        .started_by("infra migrate")
        .build();
    session.with_cloud(async |session, cloud| {
        let task = find_one_off(cloud.clone(), assembly, wanted.clone()).await?;
        session
            .output
            .write_status(&describe_task(&task, &options.command))?;
        if options.dry_run {
            session
                .output
                .write_status("nothing was run (--dry-run)\n")?;
            return Ok(ExitCode::Ok);
        }
        let started = start_one_off(cloud.clone(), task, wanted).await?;
        let end = follow_task(session, &cloud, options, &started).await?;
        let outcome = match end {
            TaskEnd::Outcome(outcome) => outcome,
            TaskEnd::Stopped(outcome) => {
                let finding = Diagnostic::new(
                    codes::TASK_ENDED_BADLY,
                    format!("the task of `{}` was stopped", outcome.task.name),
                )
                .note(format!(
                    "its container ended with exit code {}",
                    outcome.exit_code
                ))
                .help("see its log for what it completed");
                return Err(Error::new(Class::Interrupted, finding).into());
            }
        };
        if outcome.exit_code == 0 {
            let line = format!(
                "{} succeeded in {}",
                outcome.task.name,
                format_seconds(outcome.elapsed.as_secs())
            );
            let line = session.output.emphasize_text(&line);
            session.output.write_status(&format!("{line}\n"))?;
            return Ok(ExitCode::Ok);
        }
        session.output.write_findings(&[task_failed(&outcome)])?;
        // Exit codes of processes are one byte; ECS reports signals as 128 plus their number.
        let code = u8::try_from(outcome.exit_code).unwrap_or(u8::MAX);
        Ok(ExitCode::Process(code))
    })
}

/// The reason why a task is no longer followed.
enum TaskEnd {
    /// The task ended without being stopped.
    Outcome(OneOffOutcome),
    /// The user stopped the task.
    Stopped(OneOffOutcome),
}

async fn follow_task(
    session: &mut Session<'_>,
    cloud: &Arc<dyn Cloud>,
    options: &Arguments,
    started: &StartedTask,
) -> Result<TaskEnd, Failure> {
    let mut operation = follow_one_off(cloud.clone(), started.clone(), options.timeout);
    let mut json = Json::new(&**cloud);
    let mut stopping = false;
    loop {
        tokio::select! {
            biased;
            interrupt = session.interrupts.next() => {
                if stopping || !ask_to_stop(session, interrupt, started).await? {
                    return Err(task_detached(started));
                }
                stop_one_off(&**cloud, &started.task, &started.arn, "stopped by the user").await?;
                session.output.write_message("stopping the task in ECS\n")?;
                stopping = true;
            }
            event = operation.next() => match event {
                None => break,
                Some(event) if options.json => json.show_event(&event, &mut session.output)?,
                Some(Event::Log { source, stream, time, message }) => {
                    let line = super::logs::format_log_line(&source, &stream, &time, &message);
                    session.output.write_data(&line)?;
                }
                Some(Event::Notice { message, .. }) => {
                    session.output.write_status(&format!("{}\n", clean_line(&message)))?;
                }
                Some(Event::Retrying { operation, since_secs, .. }) => {
                    let since = format_seconds(since_secs);
                    session.output.write_status(&format!("no response to {operation} for {since}, retrying\n"))?;
                }
                Some(_) => {}
            },
        }
    }
    let outcome = operation.await?;
    Ok(if stopping {
        TaskEnd::Stopped(outcome)
    } else {
        TaskEnd::Outcome(outcome)
    })
}

/// Asks the user, and returns true if the task has to be stopped, false if it is left running.
async fn ask_to_stop(
    session: &mut Session<'_>,
    interrupt: Interrupt,
    started: &StartedTask,
) -> Result<bool, Failure> {
    if interrupt == Interrupt::Terminate || !session.terminal || !session.person.is_present() {
        return Ok(false);
    }
    session.output.write_message(&format!(
        "\n{} runs in ECS, independently of this program:\n  \
         [d]etach  let it continue; `logs` shows its output\n  \
         [s]top    stop it in ECS: its process receives SIGTERM\nd or s? ",
        started.task.name
    ))?;
    loop {
        let line = tokio::select! {
            biased;
            _ = session.interrupts.next() => None,
            line = session.person.read_answer() => line,
        };
        if let Some(echo) = line
            .as_deref()
            .and_then(|line| session.person.echo_text(line))
        {
            session.output.write_message(&echo)?;
        }
        match line
            .as_deref()
            .map(|line| line.trim().to_ascii_lowercase())
            .as_deref()
        {
            None => {
                session.output.write_message("\n")?;
                return Ok(false);
            }
            Some("d" | "detach") => return Ok(false),
            Some("s" | "stop") => return Ok(true),
            Some(other) => {
                let other = clean_line(other);
                session
                    .output
                    .write_message(&format!("invalid answer `{other}`; d or s? "))?;
            }
        }
    }
}

fn task_detached(started: &StartedTask) -> Failure {
    let task = &started.task;
    let finding = Diagnostic::new(
        codes::DETACHED,
        format!("the task of `{}` continues in ECS, but its progress is no longer displayed", task.name),
    )
    .note(format!("task: {}", started.arn))
    .help(format!(
        "`logs --service {} --follow` shows its output; `aws ecs stop-task --cluster {} --task {}` stops it",
        task.name, task.cluster, started.arn
    ));
    Error::new(Class::Interrupted, finding).into()
}

fn describe_task(task: &OneOffTask, command: &[String]) -> String {
    let mut text = format!(
        "{} of stack {} ({})\n  task definition  {}\n  image            {}\n",
        task.name,
        task.stack,
        task.region,
        task.revision(),
        task.image
    );
    if !command.is_empty() {
        let _ = writeln!(
            text,
            "  arguments        {}",
            clean_line(&command.join(" "))
        );
    }
    text
}

fn task_failed(outcome: &OneOffOutcome) -> Diagnostic {
    let mut finding = Diagnostic::new(
        codes::TASK_ENDED_BADLY,
        format!(
            "the task of `{}` failed with exit code {}",
            outcome.task.name, outcome.exit_code
        ),
    );
    if let Some(evidence) = &outcome.evidence {
        if let Some(reason) = &evidence.stopped_reason {
            finding = finding.note(reason.clone());
        }
        for container in &evidence.containers {
            if let Some(reason) = &container.reason {
                finding = finding.note(format!("container `{}`: {reason}", container.name));
            }
        }
    }
    let finding = match outcome.exit_code {
        // Exit codes above 128 are 128 plus the number of the signal.
        137 => finding.note(
            "137 is SIGKILL: the task exceeded its memory limit, or did not exit after SIGTERM",
        ),
        139 => finding.note("139 is a segmentation fault"),
        143 => finding.note("143 is SIGTERM: the task was stopped"),
        _ => finding,
    };
    finding
        .note(format!("task: {}", outcome.arn))
        .help("see its log above for the cause; this command exits with the same code")
}
