//! Takes an operation to its end: shows what happens, asks what must be asked, and minds Ctrl-C, all at once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::time::Duration;

use async_trait::async_trait;
use infra_aws::Cloud;
use infra_core::{Diagnostic, codes};
use infra_deploy::{Class, Error, Event, Operation};
use infra_template::review::StackReview;
use tokio::sync::{mpsc, oneshot};

use super::block::Block;
use super::lines::Lines;
use super::record::{self, Json, Own};
use super::{ProgressArguments, Show, Style};
use crate::ExitCode;
use crate::failure::{Failure, exit_code};
use crate::person::Interrupt;
use crate::session::Session;
use infra_console::Output;

/// A process that was told to end is killed soon after: GitHub gives a cancelled job 10 seconds.
const TAKE_BACK: Duration = Duration::from_secs(8);

/// What an operation needs while it is driven.
pub(crate) struct Driving<'d> {
    /// How it is shown.
    pub(crate) arguments: ProgressArguments,
    /// Whose clock is used.
    pub(crate) cloud: &'d dyn Cloud,
    /// What Ctrl-C does.
    pub(crate) stop: &'d dyn Interruptible,
    /// Approvals that the operation asks for.
    pub(crate) questions: Option<mpsc::UnboundedReceiver<Question>>,
}

/// Something that a person has to decide before the operation goes on.
#[derive(Debug)]
pub(crate) struct Question {
    /// What would change.
    pub(crate) review: Box<StackReview>,
    /// Where the answer goes; dropping it is a no.
    pub(crate) reply: oneshot::Sender<Reply>,
}

/// The answer to a [`Question`].
#[derive(Debug)]
pub(crate) enum Reply {
    /// Go on.
    Yes,
    /// Do not.
    No(Error),
}

/// What can be done about work that somebody wants to end.
#[async_trait]
pub(crate) trait Interruptible: Send + Sync {
    /// AWS changes nothing yet: takes back what was prepared, and says what became of it.
    async fn take_back(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether AWS can be asked to end what it does.
    fn can_cancel(&self) -> bool {
        false
    }

    /// Asks AWS to end what it does to a stack.
    async fn cancel(&self, _stack: &str) -> Result<(), Error> {
        Ok(())
    }

    /// Whether a person has to be asked about changes; shows them.
    fn decide(&self, _: &mut Session<'_>, _: &StackReview) -> Result<Decision, Failure> {
        Ok(Decision::Ask("Go on? [y/N] ".to_owned()))
    }

    /// What a person's line means.
    fn judge(&self, line: &str, _review: &StackReview) -> Reply {
        if is_yes(line) {
            Reply::Yes
        } else {
            Reply::No(declined())
        }
    }
}

/// Whether a person has to be asked.
#[derive(Debug)]
pub(crate) enum Decision {
    /// No.
    Known(Reply),
    /// With these words.
    Ask(String),
}

/// Purpose of an operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Purpose {
    /// To look at something.
    Read,
    /// To change something in AWS, now or with what it prepares.
    Change,
}

/// What came while a person was asked.
enum Answer {
    Line(Option<String>),
    Interrupt(Interrupt),
    /// The operation ended meanwhile: there is nothing left to ask.
    Over,
}

/// What is under way, for the moment when somebody presses Ctrl-C.
#[derive(Debug, Default)]
struct Track {
    executing: BTreeSet<String>,
    done: Vec<String>,
    /// Migrations that run, by stack: the construct and the ARN of the task.
    migrating: BTreeMap<String, (String, String)>,
    /// Stacks whose operation was ended from here.
    cancelled: Vec<String>,
}

impl Track {
    fn take(&mut self, event: &Event) {
        match event {
            Event::StackStarted {
                stack, operation, ..
            } => {
                if matches!(operation.as_str(), "plan" | "diff" | "drift") {
                    self.executing.remove(stack);
                } else {
                    self.executing.insert(stack.clone());
                }
            }
            Event::MigrationStarted {
                stack,
                construct,
                task,
            } => {
                let running = (construct.clone(), task.clone());
                self.migrating.insert(stack.clone(), running);
            }
            Event::MigrationFinished { stack, .. } => {
                self.migrating.remove(stack);
            }
            Event::StackFinished { stack, .. } if self.executing.remove(stack) => {
                self.done.push(stack.clone());
            }
            _ => {}
        }
    }
}

impl Session<'_> {
    /// Takes an operation to its end. Where it changes nothing, a reader that goes away is no failure.
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
                // Dropped first: from here on nothing more is begun.
                drop(operation);
                Err(self.output_lost(error, &track, &driving, purpose).await)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Leaves an operation whose output cannot be written any more: a closed pipe, a full disk.
    ///
    /// Work that AWS has begun goes on there, and the exit code is that of a detached command. What was only prepared is taken
    /// back, and the command fails.
    async fn output_lost(
        &mut self,
        error: io::Error,
        track: &Track,
        driving: &Driving<'_>,
        purpose: Purpose,
    ) -> Failure {
        if !track.executing.is_empty() || !track.migrating.is_empty() {
            let finding = detached(track).note(format!("the output cannot be written: {error}"));
            let finding = self.taken_back(finding, driving).await;
            return Error::new(Class::Interrupted, finding).into();
        }
        if purpose == Purpose::Read && track.done.is_empty() {
            return Failure::Stream(error);
        }
        let finding = Diagnostic::new(
            codes::FILE_NOT_USABLE,
            if track.done.is_empty() {
                format!(
                    "stopped before anything was changed: the output cannot be written: {error}"
                )
            } else {
                format!(
                    "stopped after {}: the output cannot be written: {error}",
                    list(&track.done)
                )
            },
        );
        let finding = self.taken_back(finding, driving).await;
        Error::new(
            Class::Error,
            finding.help("run it again, with its output where it can be written"),
        )
        .into()
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

    /// Takes an operation to its end; what goes wrong is also written as JSON lines where they are wanted.
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

    /// Takes work to its end that leaves no stack under way: an interrupt ends it with that finding.
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
                            // Whoever follows a log has seen enough of it; other work ends half done.
                            if command == "logs" {
                                return Err(error.into());
                            }
                            let why = format!("the output cannot be written: {error}");
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

    /// Writes what went wrong as JSON lines where they are wanted, and hands it on.
    pub(crate) fn recorded<T>(
        &mut self,
        command: &str,
        arguments: ProgressArguments,
        cloud: &dyn Cloud,
        failure: Failure,
    ) -> Result<T, Failure> {
        let (findings, code) = match &failure {
            Failure::Operation(error) => (&error.findings, exit_code(error.class)),
            Failure::Findings(findings) => (findings, ExitCode::Error),
            Failure::Process(_) | Failure::Stream(_) => return Err(failure),
        };
        if arguments.json {
            let now = cloud.now();
            // What went wrong counts for more than that it cannot be written as well.
            let written = record::write(&mut self.output, now, record::diagnosis(findings));
            let result = Own::Result {
                command: command.to_owned(),
                exit_code: code.number(),
                release: None,
                stacks: Vec::new(),
            };
            let _ = written.and_then(|()| record::write(&mut self.output, now, result));
        }
        Err(failure)
    }

    /// Who shows the progress.
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

    /// Waits for an answer while the work goes on.
    async fn wait_for_answer<T: Unpin + 'static>(
        &mut self,
        operation: &mut Operation<T>,
        show: &mut dyn Show,
        track: &mut Track,
    ) -> Result<Answer, Failure> {
        loop {
            tokio::select! {
                biased;
                line = self.person.answer() => {
                    if let Some(echo) = line.as_deref().and_then(|line| self.person.echo(line)) {
                        self.output.say(&echo)?;
                    }
                    return Ok(Answer::Line(line));
                }
                interrupt = self.interrupts.next() => return Ok(Answer::Interrupt(interrupt)),
                event = operation.next() => match event {
                    Some(event) => {
                        track.take(&event);
                        show.event(&event, &mut self.output)?;
                    }
                    None => return Ok(Answer::Over),
                },
            }
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
        // An operation that ended needs no answer.
        let _ = question.reply.send(reply);
        Ok(())
    }

    /// Leaves it to AWS.
    async fn detach<T: Unpin + 'static>(
        &mut self,
        operation: &mut Operation<T>,
        track: &Track,
        driving: &Driving<'_>,
    ) -> Failure {
        *operation = Operation::new(|_| std::future::pending());
        let finding = self.taken_back(detached(track), driving).await;
        Error::new(Class::Interrupted, finding).into()
    }

    /// Takes back what was prepared and is not executed, and says so; another Ctrl-C leaves it where it is.
    async fn taken_back(&mut self, mut finding: Diagnostic, driving: &Driving<'_>) -> Diagnostic {
        tokio::select! {
            biased;
            lines = driving.stop.take_back() => {
                for line in lines {
                    finding = finding.note(line);
                }
                finding
            }
            _ = self.interrupts.next() => left_behind(finding),
            () = tokio::time::sleep(TAKE_BACK) => left_behind(finding),
        }
    }

    /// Somebody wants to end this. Comes back when the work is to go on.
    async fn interrupted<T: Unpin + 'static>(
        &mut self,
        interrupt: Interrupt,
        operation: &mut Operation<T>,
        show: &mut dyn Show,
        track: &mut Track,
        driving: &Driving<'_>,
    ) -> Result<(), Failure> {
        if track.executing.is_empty() && !track.migrating.is_empty() {
            return Err(self.detach(operation, track, driving).await);
        }
        if track.executing.is_empty() {
            // From here on nothing is executed: whatever is being prepared is dropped.
            *operation = Operation::new(|_| std::future::pending());
            let finding = Diagnostic::new(
                codes::INTERRUPTED_BEFORE,
                if track.done.is_empty() {
                    "interrupted before anything was changed".to_owned()
                } else {
                    format!("interrupted after {}", list(&track.done))
                },
            );
            let finding = self.taken_back(finding, driving).await;
            return Err(Error::new(Class::Interrupted, finding).into());
        }
        if interrupt == Interrupt::Terminate || !self.terminal || !self.person.is_there() {
            return Err(self.detach(operation, track, driving).await);
        }
        let cancel = driving.stop.can_cancel();
        self.output.say(&menu(track, cancel))?;
        loop {
            let answer = self.wait_for_answer(operation, show, track).await?;
            let line = match answer {
                Answer::Line(Some(line)) => line,
                Answer::Over => {
                    self.output.say("\nit is over meanwhile\n")?;
                    return Ok(());
                }
                Answer::Line(None) | Answer::Interrupt(_) => {
                    self.output.say("\n")?;
                    return Err(self.detach(operation, track, driving).await);
                }
            };
            match line.trim().to_ascii_lowercase().as_str() {
                "d" | "detach" => return Err(self.detach(operation, track, driving).await),
                "w" | "wait" | "" => return Ok(()),
                "c" | "cancel" if cancel => {
                    for stack in track.executing.clone() {
                        // What cannot be cancelled goes on, and so do we.
                        match driving.stop.cancel(&stack).await {
                            Ok(()) => {
                                let said =
                                    format!("asked AWS to cancel {stack} and to roll back\n");
                                self.output.say(&said)?;
                                track.cancelled.push(stack);
                            }
                            Err(error) => self.output.findings(&error.findings)?,
                        }
                    }
                    return Ok(());
                }
                other => {
                    let choices = if cancel { "d, c or w" } else { "d or w" };
                    let other = infra_console::words::clean(other);
                    self.output
                        .say(&format!("`{other}` is none of these; {choices}? "))?;
                }
            }
        }
    }
}

/// Whether a line is a yes.
pub(crate) fn is_yes(line: &str) -> bool {
    matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

/// Somebody was asked, and it was no yes.
pub(crate) fn declined() -> Error {
    Error::new(
        Class::Blocked,
        Diagnostic::new(codes::APPROVAL_MISSING, "not deployed: the answer was no"),
    )
}

fn menu(track: &Track, cancel: bool) -> String {
    let stacks: Vec<String> = track.executing.iter().cloned().collect();
    let mut text = format!(
        "\nAWS works on {}, with or without this program:\n  \
         [d]etach  leave it to AWS; `watch` comes back to it\n",
        list(&stacks)
    );
    if cancel {
        text += "  [c]ancel  ask AWS to cancel, and to roll back what was changed\n";
    }
    text += "  [w]ait    go on watching\n";
    text += if cancel { "d, c or w? " } else { "d or w? " };
    text
}

/// What was cancelled from here was undone as somebody wanted: that is no failure with a cause to correct.
fn as_wanted(mut error: Error, cancelled: &[String]) -> Error {
    if error.class == Class::RolledBack && !cancelled.is_empty() {
        let of_failure = |finding: &Diagnostic| finding.code == codes::DEPLOYMENT_ROLLED_BACK;
        error.findings.retain(|finding| !of_failure(finding));
        let message = format!("{} was cancelled, and is as it was before", list(cancelled));
        let finding = Diagnostic::new(codes::DEPLOYMENT_ROLLED_BACK, message);
        error.findings.push(finding);
    }
    error
}

fn left_behind(finding: Diagnostic) -> Diagnostic {
    finding.note("what was prepared could not be taken back in time; `plan prune` removes it")
}

/// Only migrations are under way: no stack is, and none is begun.
fn migrations_go_on(track: &Track) -> Diagnostic {
    let names: Vec<String> = track
        .migrating
        .values()
        .map(|(construct, _)| construct.clone())
        .collect();
    let mut finding = Diagnostic::new(
        codes::DETACHED,
        format!("ECS goes on with {}, and nobody watches it", list(&names)),
    );
    for (_, task) in track.migrating.values() {
        finding = finding.note(format!("task: {task}"));
    }
    if !track.done.is_empty() {
        finding = finding.note(format!("done: {}", list(&track.done)));
    }
    finding.help(
        "`logs --follow` shows what it writes; deploy again once it is through: what depends on it was not touched",
    )
}

fn detached(track: &Track) -> Diagnostic {
    if track.executing.is_empty() {
        return migrations_go_on(track);
    }
    let stacks: Vec<String> = track.executing.iter().cloned().collect();
    let mut finding = Diagnostic::new(
        codes::DETACHED,
        format!("AWS goes on with {}, and nobody watches it", list(&stacks)),
    );
    if !track.done.is_empty() {
        finding = finding.note(format!("done: {}", list(&track.done)));
    }
    let options: Vec<String> = stacks
        .iter()
        .map(|name| format!("--stack {name}"))
        .collect();
    finding.help(format!(
        "come back to it with `watch {}`",
        options.join(" ")
    ))
}

/// `` `A`, `B` and `C` ``.
fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
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

/// Shows nothing.
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
