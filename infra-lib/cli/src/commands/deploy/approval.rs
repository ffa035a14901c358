//! Decides on the approval of changes: by options, or by a person who has read the review.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use clap::ValueEnum;
use infra_core::{Diagnostic, codes};
use infra_deploy::deploy::Approver;
use infra_deploy::{Class, Error};
use infra_template::review::{StackReview, Verdict};
use tokio::sync::{mpsc, oneshot};

use crate::progress::{Question, Reply};

/// The changes that need approval. Data loss is independent of this: it is permitted for each resource by name.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum ApprovalLevel {
    /// No changes, as with `--yes`.
    Never,
    /// Changes that broaden access, or replace or remove a resource.
    Broadening,
    /// Every change; the default.
    #[default]
    Any,
}

impl ApprovalLevel {
    /// Returns true if these changes need approval.
    pub(super) fn needs_approval(self, review: &StackReview) -> bool {
        match self {
            Self::Never => false,
            Self::Broadening => review.verdict() >= Verdict::Broadening,
            Self::Any => review.verdict() > Verdict::NoChanges,
        }
    }
}

/// An approver that passes the engine's questions on to the loop that drives the operation.
#[derive(Debug)]
pub(super) struct ChannelApprover(mpsc::UnboundedSender<Question>);

impl ChannelApprover {
    /// Creates the approver and the channel that receives its questions.
    pub(super) fn new() -> (Self, mpsc::UnboundedReceiver<Question>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(sender), receiver)
    }
}

#[async_trait]
impl Approver for ChannelApprover {
    async fn approve_changes(&self, review: &StackReview) -> Result<(), Error> {
        let (reply, answer) = oneshot::channel();
        let question = Question {
            review: Box::new(review.clone()),
            reply,
        };
        if self.0.send(question).is_err() {
            return Err(not_approved(review));
        }
        match answer.await {
            Ok(Reply::Yes) => Ok(()),
            Ok(Reply::No(error)) => Err(error),
            // The loop that drove the engine has ended.
            Err(_) => Err(not_approved(review)),
        }
    }
}

/// The state of approval during a deployment.
#[derive(Debug)]
pub(super) struct Approval {
    pub(super) level: ApprovalLevel,
    /// True if the deployment has several stacks, so that `all` is offered.
    pub(super) several: bool,
    all_approved: AtomicBool,
}

impl Approval {
    pub(super) fn new(level: ApprovalLevel, several: bool) -> Self {
        Self {
            level,
            several,
            all_approved: AtomicBool::new(false),
        }
    }

    /// Returns true if a person has to be asked about these changes.
    pub(super) fn must_ask(&self, review: &StackReview) -> bool {
        !self.all_approved.load(Ordering::Relaxed) && self.level.needs_approval(review)
    }

    /// Returns the text of the question.
    pub(super) fn prompt_text(&self) -> &'static str {
        if self.several {
            "Deploy? [y/N, or `all` for this and all further stacks] "
        } else {
            "Deploy? [y/N] "
        }
    }

    /// Interprets the answer of a person.
    pub(super) fn parse_answer(&self, line: &str, review: &StackReview) -> Reply {
        match line.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Reply::Yes,
            "all" | "a" if self.several => {
                self.all_approved.store(true, Ordering::Relaxed);
                Reply::Yes
            }
            _ => Reply::No(not_approved(review)),
        }
    }
}

/// Creates the error for a stack that was not approved.
fn not_approved(review: &StackReview) -> Error {
    let message = format!("stack `{}` was not approved", review.stack);
    Error::new(
        Class::Blocked,
        Diagnostic::new(codes::APPROVAL_MISSING, message),
    )
}

/// Creates the error for changes that need approval while no terminal is available.
pub(super) fn approval_unavailable(review: &StackReview) -> Error {
    let message = format!(
        "the changes of stack `{}` require approval, but there is no terminal to ask",
        review.stack
    );
    let finding = Diagnostic::new(codes::APPROVAL_MISSING, message).help(
        "deploy a reviewed plan with `plan`, then `deploy --reviewed`; or approve all changes with `deploy --yes`",
    );
    Error::new(Class::Blocked, finding)
}
