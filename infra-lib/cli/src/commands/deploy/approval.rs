//! Who says yes: the options, or a person who has read what would change.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use clap::ValueEnum;
use infra_core::{Diagnostic, codes};
use infra_deploy::deploy::Approver;
use infra_deploy::{Class, Error};
use infra_template::review::{StackReview, Verdict};
use tokio::sync::{mpsc, oneshot};

use crate::progress::{Question, Reply};

/// Which changes a person has to approve. The data-loss stop is none of them: it asks for each resource by name.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Level {
    /// None.
    Never,
    /// Those that open something, or replace or remove a resource.
    Broadening,
    /// Every change.
    #[default]
    Any,
}

impl Level {
    /// Whether somebody has to be asked about these changes.
    pub(super) fn asks(self, review: &StackReview) -> bool {
        match self {
            Self::Never => false,
            Self::Broadening => review.verdict() >= Verdict::Broadening,
            Self::Any => review.verdict() > Verdict::NoChanges,
        }
    }
}

/// Passes the questions of the engine on to whoever drives it.
#[derive(Debug)]
pub(super) struct Asks(mpsc::UnboundedSender<Question>);

impl Asks {
    /// What the engine asks, and where its questions come out.
    pub(super) fn new() -> (Self, mpsc::UnboundedReceiver<Question>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(sender), receiver)
    }
}

#[async_trait]
impl Approver for Asks {
    async fn approve(&self, review: &StackReview) -> Result<(), Error> {
        let (reply, answer) = oneshot::channel();
        let question = Question {
            review: Box::new(review.clone()),
            reply,
        };
        if self.0.send(question).is_err() {
            return Err(declined(review));
        }
        match answer.await {
            Ok(Reply::Yes) => Ok(()),
            Ok(Reply::No(error)) => Err(error),
            // Whoever drove the engine went away.
            Err(_) => Err(declined(review)),
        }
    }
}

/// What was said so far.
#[derive(Debug)]
pub(super) struct Approval {
    pub(super) level: Level,
    /// Whether further stacks may be asked about.
    pub(super) several: bool,
    all: AtomicBool,
}

impl Approval {
    pub(super) fn new(level: Level, several: bool) -> Self {
        Self {
            level,
            several,
            all: AtomicBool::new(false),
        }
    }

    /// Whether a person has to be asked.
    pub(super) fn is_open(&self, review: &StackReview) -> bool {
        !self.all.load(Ordering::Relaxed) && self.level.asks(review)
    }

    /// The words of the question.
    pub(super) fn question(&self) -> &'static str {
        if self.several {
            "Deploy? [y/N, or `all` for this and all further stacks] "
        } else {
            "Deploy? [y/N] "
        }
    }

    /// What a line means.
    pub(super) fn judge(&self, line: &str, review: &StackReview) -> Reply {
        match line.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Reply::Yes,
            "all" | "a" if self.several => {
                self.all.store(true, Ordering::Relaxed);
                Reply::Yes
            }
            _ => Reply::No(declined(review)),
        }
    }
}

/// Somebody was asked, and it was no yes.
fn declined(review: &StackReview) -> Error {
    let message = format!("stack `{}` was not approved", review.stack);
    Error::new(
        Class::Blocked,
        Diagnostic::new(codes::APPROVAL_MISSING, message),
    )
}

/// There is nobody to ask.
pub(super) fn nobody(review: &StackReview) -> Error {
    let message = format!(
        "the changes of stack `{}` need an approval, and there is no terminal to ask at",
        review.stack
    );
    let finding = Diagnostic::new(codes::APPROVAL_MISSING, message).help(
        "deploy what was reviewed: `plan`, then `deploy --reviewed`; or say yes to everything: `deploy --yes`",
    );
    Error::new(Class::Blocked, finding)
}
