//! Defines the questions that an operation waits for, and the ways to end an operation early.

use async_trait::async_trait;
use infra_aws::Cloud;
use infra_core::{Diagnostic, codes};
use infra_deploy::{Class, Error, Operation};
use infra_template::review::StackReview;
use tokio::sync::{mpsc, oneshot};

use super::track::OperationTracker;
use super::{ProgressArguments, ProgressDisplay};
use crate::failure::Failure;
use crate::person::Interrupt;
use crate::session::Session;

/// Everything besides the operation that driving it needs.
pub(crate) struct DriveContext<'d> {
    /// Options for the display of progress.
    pub(crate) arguments: ProgressArguments,
    /// Cloud whose clock is used for timestamps.
    pub(crate) cloud: &'d dyn Cloud,
    /// Handler for approvals, Ctrl-C and cancellation.
    pub(crate) interruptible: &'d dyn Interruptible,
    /// Approvals that the operation requests.
    pub(crate) questions: Option<mpsc::UnboundedReceiver<Question>>,
}

/// The purpose of an operation, which decides whether a closed output is a failure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Purpose {
    /// A read; no resource is changed or prepared.
    Read,
    /// A change of resources in AWS, immediate or prepared for a later step.
    Change,
}

/// A decision that a person has to make before the operation continues.
#[derive(Debug)]
pub(crate) struct Question {
    /// Changes to decide about.
    pub(crate) review: Box<StackReview>,
    /// Channel for the answer; dropping it declines.
    pub(crate) reply: oneshot::Sender<Reply>,
}

/// The answer to a [`Question`].
#[derive(Debug)]
pub(crate) enum Reply {
    /// Approval: the operation continues.
    Yes,
    /// Refusal, with the error that ends the operation.
    No(Error),
}

/// An operation that can be ended early. Implementors remove preparations, cancel what AWS is doing, and decide who approves changes. The
/// defaults do nothing and ask before every change.
#[async_trait]
pub(crate) trait Interruptible: Send + Sync {
    /// Removes the preparations, while AWS has not changed anything yet, and returns a line about each result.
    async fn discard_preparations(&self) -> Vec<String> {
        Vec::new()
    }

    /// Returns the names of the stacks that a deployment covers; empty for other operations.
    fn stack_names(&self) -> Vec<String> {
        Vec::new()
    }

    /// Returns true if the operation in AWS can be cancelled.
    fn can_cancel(&self) -> bool {
        false
    }

    /// Requests that AWS cancel its operation on a stack.
    async fn cancel_operation(&self, _stack: &str) -> Result<(), Error> {
        Ok(())
    }

    /// Shows the changes if necessary, and decides whether a person has to be asked about them.
    fn decide_review(&self, _: &mut Session<'_>, _: &StackReview) -> Result<Decision, Failure> {
        Ok(Decision::Ask("Continue? [y/N] ".to_owned()))
    }

    /// Interprets the line that a person entered.
    fn interpret_answer(&self, line: &str, _review: &StackReview) -> Reply {
        if is_yes(line) {
            Reply::Yes
        } else {
            Reply::No(declined_error())
        }
    }
}

/// The decision on whether a person has to be asked.
#[derive(Debug)]
pub(crate) enum Decision {
    /// No question is necessary; this is the reply.
    Known(Reply),
    /// A person has to be asked, with this text.
    Ask(String),
}

/// The event that ended the wait for an answer.
pub(super) enum Answer {
    Line(Option<String>),
    Interrupt(Interrupt),
    /// The operation ended first; the question is obsolete.
    OperationEnded,
}

impl Session<'_> {
    /// Waits for an answer while the operation continues and its events are shown.
    pub(super) async fn wait_for_answer<T: Unpin + 'static>(
        &mut self,
        operation: &mut Operation<T>,
        show: &mut dyn ProgressDisplay,
        track: &mut OperationTracker,
    ) -> Result<Answer, Failure> {
        loop {
            tokio::select! {
                biased;
                line = self.person.read_answer() => {
                    if let Some(echo) = line.as_deref().and_then(|line| self.person.echo_text(line)) {
                        self.output.write_message(&echo)?;
                    }
                    return Ok(Answer::Line(line));
                }
                interrupt = self.interrupts.next() => return Ok(Answer::Interrupt(interrupt)),
                event = operation.next() => match event {
                    Some(event) => {
                        track.record_event(&event);
                        show.show_event(&event, &mut self.output)?;
                    }
                    None => return Ok(Answer::OperationEnded),
                },
            }
        }
    }
}

/// Returns true for `y` and `yes`, ignoring case and surrounding space.
pub(crate) fn is_yes(line: &str) -> bool {
    matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

/// Creates the error for a review that was declined, or answered with anything other than `yes`.
pub(crate) fn declined_error() -> Error {
    Error::new(
        Class::Blocked,
        Diagnostic::new(codes::APPROVAL_MISSING, "not deployed: declined"),
    )
}
