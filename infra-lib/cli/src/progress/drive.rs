//! Drives an operation to its end: shows events, asks for approvals, and handles Ctrl-C, all concurrently.

use std::io;

use infra_aws::Cloud;
use infra_core::Diagnostic;
use infra_deploy::{Class, Error, Event, Operation};
use tokio::sync::mpsc;

use super::asked::{Answer, Decision, Driving, Purpose, Question, Reply, declined};
use super::block::Block;
use super::interrupt::as_wanted;
use super::lines::Lines;
use super::record::{self, Json, Own};
use super::track::Track;
use super::{ProgressArguments, Show, Style};
use crate::ExitCode;
use crate::failure::{Failure, exit_code};
use crate::session::Session;
use infra_console::Output;

impl Session<'_> {
    /// Drives a read-only operation to its end. If standard output is closed, the command ends without a failure.
    pub(crate) async fn drive<T: Unpin + 'static>(
        &mut self,
        operation: Operation<T>,
        driving: Driving<'_>,
    ) -> Result<T, Failure> {
        self.drive_or_leave(operation, driving, Purpose::Read).await
    }

    async fn drive_or_leave<T: Unpin + 'static>(
        &mut self,
        mut operation: Operation<T>,
        mut driving: Driving<'_>,
        purpose: Purpose,
    ) -> Result<T, Failure> {
        let mut track = Track::default();
        match self
            .drive_tracked(&mut operation, &mut driving, &mut track)
            .await
        {
            Ok(()) => Ok(operation
                .await
                .map_err(|error| as_wanted(error, &track.cancelled))?),
            Err(Failure::Stream(error)) => {
                // Dropped first, so that nothing further is started.
                drop(operation);
                Err(self.output_lost(error, &track, &driving, purpose).await)
            }
            Err(failure) => Err(failure),
        }
    }

    async fn drive_tracked<T: Unpin + 'static>(
        &mut self,
        operation: &mut Operation<T>,
        driving: &mut Driving<'_>,
        track: &mut Track,
    ) -> Result<(), Failure> {
        let mut show = self.show_for(driving.arguments, driving.cloud);
        loop {
            let wake = show.wake_at();
            tokio::select! {
                biased;
                interrupt = self.interrupts.next() => {
                    show.suspend(&mut self.output)?;
                    self.interrupted(interrupt, operation, &mut *show, track, driving).await?;
                    show.resume(&mut self.output)?;
                }
                Some(question) = next_question(&mut driving.questions) => {
                    show.suspend(&mut self.output)?;
                    self.question(question, operation, &mut *show, track, driving).await?;
                    show.resume(&mut self.output)?;
                }
                event = operation.next() => match event {
                    Some(event) => {
                        track.take(&event);
                        show.event(&event, &mut self.output)?;
                    }
                    None => break,
                },
                () = sleep_until(wake) => show.wake(&mut self.output)?,
            }
        }
        show.finish(&mut self.output)?;
        Ok(())
    }

    /// Drives an operation to its end. With `--json` a failure is also written as JSON lines.
    pub(crate) async fn drive_recorded<T: Unpin + 'static>(
        &mut self,
        command: &str,
        operation: Operation<T>,
        driving: Driving<'_>,
    ) -> Result<T, Failure> {
        let (arguments, cloud) = (driving.arguments, driving.cloud);
        let purpose = match command {
            "plan show" => Purpose::Read,
            _ => Purpose::Change,
        };
        match self.drive_or_leave(operation, driving, purpose).await {
            Ok(result) => Ok(result),
            Err(failure) => self.recorded(command, arguments, cloud, failure),
        }
    }

    /// Drives work that leaves no operation on a stack behind; an interrupt ends it with the given finding.
    pub(crate) async fn attend<T: Unpin + 'static>(
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
                    show.suspend(&mut self.output)?;
                    let error = Error::new(Class::Interrupted, interrupted());
                    return self.recorded(command, arguments, cloud, error.into());
                }
                event = operation.next() => match event {
                    Some(event) => {
                        if let Err(error) = show.event(&event, &mut self.output) {
                            // A closed output is the normal end of `logs`; other work would be left half done.
                            if command == "logs" {
                                return Err(error.into());
                            }
                            let why = format!("cannot write the output: {error}");
                            let error = Error::new(Class::Interrupted, interrupted().note(why));
                            return self.recorded(command, arguments, cloud, error.into());
                        }
                    }
                    None => break,
                },
                () = sleep_until(wake) => show.wake(&mut self.output)?,
            }
        }
        show.finish(&mut self.output)?;
        match operation.await {
            Ok(result) => Ok(result),
            Err(error) => self.recorded(command, arguments, cloud, error.into()),
        }
    }

    /// Writes a failure as JSON lines if `--json` is set, and returns the failure.
    pub(crate) fn recorded<T>(
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
                record::reached(&error.stacks),
            ),
            Failure::Findings(findings) => (findings, ExitCode::Error, Vec::new()),
            Failure::Process(_) | Failure::Stream(_) => return Err(failure),
        };
        if arguments.json {
            let now = cloud.now();
            // The original failure takes precedence over a failure to write it.
            let written = record::write(&mut self.output, now, record::diagnosis(findings));
            let result = Own::Result {
                command: command.to_owned(),
                exit_code: code.number(),
                release: None,
                stacks,
            };
            let _ = written.and_then(|()| record::write(&mut self.output, now, result));
        }
        Err(failure)
    }

    /// Selects the display for progress: JSON lines, none, block or lines.
    fn show_for<'c>(
        &self,
        arguments: ProgressArguments,
        clock: &'c dyn Cloud,
    ) -> Box<dyn Show + 'c> {
        let workflow = self.variable("GITHUB_ACTIONS").is_some();
        let dumb = self.variable("TERM") == Some("dumb");
        if arguments.json {
            return Box::new(Json::new(clock));
        }
        match arguments.progress {
            _ if self.output.is_quiet() => Box::new(Nobody),
            Style::None => Box::new(Nobody),
            Style::Bar if self.terminal && !workflow && !dumb => Box::new(Block::new(self.size)),
            Style::Bar | Style::Lines => Box::new(Lines::new(workflow)),
        }
    }

    async fn question<T: Unpin + 'static>(
        &mut self,
        question: Question,
        operation: &mut Operation<T>,
        show: &mut dyn Show,
        track: &mut Track,
        driving: &Driving<'_>,
    ) -> Result<(), Failure> {
        let reply = match driving.stop.decide(self, &question.review)? {
            Decision::Known(reply) => reply,
            Decision::Ask(words) => {
                self.output.say(&words)?;
                match self.wait_for_answer(operation, show, track).await? {
                    Answer::Line(line) => driving
                        .stop
                        .judge(line.as_deref().unwrap_or_default(), &question.review),
                    Answer::Over => Reply::No(declined()),
                    Answer::Interrupt(interrupt) => {
                        self.output.say("\n")?;
                        return self
                            .interrupted(interrupt, operation, show, track, driving)
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
struct Nobody;

impl Show for Nobody {
    fn event(&mut self, _: &Event, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn wake_at(&self) -> Option<tokio::time::Instant> {
        None
    }

    fn wake(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn resume(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }
}
