//! Questions that an operation waits for, and ways to end it when somebody wants to.

use async_trait::async_trait;
use infra_aws::Cloud;
use infra_core::{Diagnostic, codes};
use infra_deploy::{Class, Error, Operation};
use infra_template::review::StackReview;
use tokio::sync::{mpsc, oneshot};

use super::track::Track;
use super::{ProgressArguments, Show};
use crate::failure::Failure;
use crate::person::Interrupt;
use crate::session::Session;

/// The inputs of an operation while it is driven.
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

/// Purpose of an operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Purpose {
    /// To look at something.
    Read,
    /// To change something in AWS, now or with what it prepares.
    Change,
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

    /// The names of the stacks that are deployed; none for other operations.
    fn stacks(&self) -> Vec<String> {
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

/// What came while a person was asked.
pub(super) enum Answer {
    Line(Option<String>),
    Interrupt(Interrupt),
    /// The operation ended meanwhile: there is nothing left to ask.
    Over,
}

impl Session<'_> {
    /// Waits for an answer while the work goes on.
    pub(super) async fn wait_for_answer<T: Unpin + 'static>(
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
