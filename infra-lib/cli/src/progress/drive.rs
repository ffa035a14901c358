//! Drives an operation to its end: shows events, asks for approvals, and handles Ctrl-C, all concurrently.

use std::io;

use infra_aws::Cloud;
use infra_core::Diagnostic;
use infra_deploy::{Class, Error, Event, Operation};
use tokio::sync::mpsc;

use super::asked::{Answer, Decision, DriveContext, Purpose, Question, Reply, declined_error};
use super::block::Block;
use super::interrupt::replace_rollback_failure;
use super::lines::Lines;
use super::record::{self, Json, Own};
use super::track::OperationTracker;
use super::{ProgressArguments, ProgressDisplay, Style};
use crate::ExitCode;
use crate::failure::{Failure, exit_code};
use crate::session::Session;
use infra_console::Output;

impl Session<'_> {
    /// Drives a read-only operation to its end. If standard output is closed, the command ends without a failure.
    pub(crate) async fn drive_operation<T: Unpin + 'static>(
        &mut self,
        operation: Operation<T>,
        driving: DriveContext<'_>,
    ) -> Result<T, Failure> {
        self.drive_or_leave(operation, driving, Purpose::Read).await
    }

    async fn drive_or_leave<T: Unpin + 'static>(
        &mut self,
        mut operation: Operation<T>,
        mut driving: DriveContext<'_>,
        purpose: Purpose,
    ) -> Result<T, Failure> {
        let mut track = OperationTracker::default();
        match self
            .drive_tracked(&mut operation, &mut driving, &mut track)
            .await
        {
            Ok(()) => Ok(operation
                .await
                .map_err(|error| replace_rollback_failure(error, &track.cancelled))?),
            Err(Failure::Stream(error)) => {
                // Dropped first, so that nothing further is started.
                drop(operation);
                Err(self
                    .handle_lost_output(error, &track, &driving, purpose)
                    .await)
            }
            Err(failure) => Err(failure),
        }
    }

    async fn drive_tracked<T: Unpin + 'static>(
        &mut self,
        operation: &mut Operation<T>,
        driving: &mut DriveContext<'_>,
        track: &mut OperationTracker,
    ) -> Result<(), Failure> {
        let mut show = self.show_for(driving.arguments, driving.cloud);
        loop {
            let wake = show.wake_at();
            tokio::select! {
                biased;
                interrupt = self.interrupts.next() => {
                    show.suspend_display(&mut self.output)?;
                    self.handle_interrupt(interrupt, operation, &mut *show, track, driving).await?;
                    show.resume_display(&mut self.output)?;
                }
                Some(question) = next_question(&mut driving.questions) => {
                    show.suspend_display(&mut self.output)?;
                    self.ask_question(question, operation, &mut *show, track, driving).await?;
                    show.resume_display(&mut self.output)?;
                }
                event = operation.next() => match event {
                    Some(event) => {
                        track.record_event(&event);
                        show.show_event(&event, &mut self.output)?;
                    }
                    None => break,
                },
                () = sleep_until(wake) => show.refresh_display(&mut self.output)?,
            }
        }
        show.finish_display(&mut self.output)?;
        Ok(())
    }

    /// Drives an operation to its end. With `--json` a failure is also written as JSON lines.
    pub(crate) async fn drive_recorded<T: Unpin + 'static>(
        &mut self,
        command: &str,
        operation: Operation<T>,
        driving: DriveContext<'_>,
    ) -> Result<T, Failure> {
        let (arguments, cloud) = (driving.arguments, driving.cloud);
        let purpose = match command {
            "plan show" => Purpose::Read,
            _ => Purpose::Change,
        };
        match self.drive_or_leave(operation, driving, purpose).await {
            Ok(result) => Ok(result),
            Err(failure) => self.write_failure_record(command, arguments, cloud, failure),
        }
    }

    /// Drives work that leaves no operation on a stack behind; an interrupt ends it with the given finding.
    pub(crate) async fn drive_abortable<T: Unpin + 'static>(
        &mut self,
        command: &str,
        mut operation: Operation<T>,
        arguments: ProgressArguments,
        cloud: &dyn Cloud,
        interrupted: impl FnOnce() -> Diagnostic,
    ) -> Result<T, Failure> {
        let mut show = self.show_for(arguments, cloud);
        loop {
            let wake = show.wake_at();
            tokio::select! {
                biased;
                _ = self.interrupts.next() => {
                    show.suspend_display(&mut self.output)?;
                    let error = Error::new(Class::Interrupted, interrupted());
                    return self.write_failure_record(command, arguments, cloud, error.into());
                }
                event = operation.next() => match event {
                    Some(event) => {
                        if let Err(error) = show.show_event(&event, &mut self.output) {
                            // A closed output is the normal end of `logs`; other work would be left half done.
                            if command == "logs" {
                                return Err(error.into());
                            }
                            let why = format!("cannot write the output: {error}");
                            let error = Error::new(Class::Interrupted, interrupted().note(why));
                            return self.write_failure_record(command, arguments, cloud, error.into());
                        }
                    }
                    None => break,
                },
                () = sleep_until(wake) => show.refresh_display(&mut self.output)?,
            }
        }
        show.finish_display(&mut self.output)?;
        match operation.await {
            Ok(result) => Ok(result),
            Err(error) => self.write_failure_record(command, arguments, cloud, error.into()),
        }
    }

    /// Writes a failure as JSON lines if `--json` is set, and returns the failure.
    pub(crate) fn write_failure_record<T>(
        &mut self,
        command: &str,
        arguments: ProgressArguments,
        cloud: &dyn Cloud,
        failure: Failure,
    ) -> Result<T, Failure> {
        let (findings, code, stacks) = match &failure {
            Failure::Operation(error) => (
                &error.findings,
                exit_code(error.class),
                record::stack_results(&error.stacks),
            ),
            Failure::Findings(findings) => (findings, ExitCode::Error, Vec::new()),
            Failure::Unusable(findings) => (findings, ExitCode::Usage, Vec::new()),
            Failure::Process(_) | Failure::Stream(_) => return Err(failure),
        };
        if arguments.json {
            let now = cloud.current_time();
            // The original failure takes precedence over a failure to write it.
            let written =
                record::write_record(&mut self.output, now, record::diagnosis_record(findings));
            let result = Own::Result {
                command: command.to_owned(),
                exit_code: code.number(),
                release: None,
                stacks,
            };
            let _ = written.and_then(|()| record::write_record(&mut self.output, now, result));
        }
        Err(failure)
    }

    /// Selects the display for progress: JSON lines, none, block or lines.
    fn show_for<'c>(
        &self,
        arguments: ProgressArguments,
        clock: &'c dyn Cloud,
    ) -> Box<dyn ProgressDisplay + 'c> {
        let workflow = self.variable("GITHUB_ACTIONS").is_some();
        let dumb = self.variable("TERM") == Some("dumb");
        if arguments.json {
            return Box::new(Json::new(clock));
        }
        match arguments.progress {
            _ if self.output.is_quiet() => Box::new(HiddenProgress),
            Style::None => Box::new(HiddenProgress),
            Style::Bar if self.terminal && !workflow && !dumb => Box::new(Block::new(self.size)),
            Style::Bar | Style::Lines => Box::new(Lines::new(workflow)),
        }
    }

    async fn ask_question<T: Unpin + 'static>(
        &mut self,
        question: Question,
        operation: &mut Operation<T>,
        show: &mut dyn ProgressDisplay,
        track: &mut OperationTracker,
        driving: &DriveContext<'_>,
    ) -> Result<(), Failure> {
        let reply = match driving
            .interruptible
            .decide_review(self, &question.review)?
        {
            Decision::Known(reply) => reply,
            Decision::Ask(words) => {
                self.output.write_message(&words)?;
                match self.wait_for_answer(operation, show, track).await? {
                    Answer::Line(line) => driving
                        .interruptible
                        .interpret_answer(line.as_deref().unwrap_or_default(), &question.review),
                    Answer::OperationEnded => Reply::No(declined_error()),
                    Answer::Interrupt(interrupt) => {
                        self.output.write_message("\n")?;
                        return self
                            .handle_interrupt(interrupt, operation, show, track, driving)
                            .await;
                    }
                }
            }
        };
        // An operation that has ended ignores the answer.
        let _ = question.reply.send(reply);
        Ok(())
    }
}

async fn next_question(
    questions: &mut Option<mpsc::UnboundedReceiver<Question>>,
) -> Option<Question> {
    match questions {
        Some(questions) => questions.recv().await,
        None => std::future::pending().await,
    }
}

async fn sleep_until(instant: Option<tokio::time::Instant>) {
    match instant {
        Some(instant) => tokio::time::sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

/// A display that shows nothing.
struct HiddenProgress;

impl ProgressDisplay for HiddenProgress {
    fn show_event(&mut self, _: &Event, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn wake_at(&self) -> Option<tokio::time::Instant> {
        None
    }

    fn refresh_display(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn suspend_display(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn resume_display(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn finish_display(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }
}
