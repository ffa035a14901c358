//! Implements the approvals of a deployment, and its response to Ctrl-C.

use std::sync::Arc;

use async_trait::async_trait;
use infra_aws::Cloud;
use infra_deploy::Error;
use infra_deploy::plan::PlanOptions;
use infra_template::assembly::CloudAssembly;
use infra_template::review::{Review, StackReview};

use super::approval::{Approval, nobody};
use crate::commands::plan::{Prepared, review_text, sentence};
use crate::failure::Failure;
use crate::progress::record::{self, Own};
use crate::progress::{Decision, Interruptible, ProgressArguments, Reply};
use crate::render::masked;
use crate::session::Session;

/// A deployment in progress that may need approvals.
pub(super) struct Deploying<'a> {
    prepared: Prepared<'a>,
    cloud: Arc<dyn Cloud>,
    approval: Approval,
    progress: ProgressArguments,
    stacks: Vec<String>,
}

impl<'a> Deploying<'a> {
    pub(super) fn new(
        cloud: Arc<dyn Cloud>,
        assembly: &'a CloudAssembly,
        options: &PlanOptions,
        approval: Approval,
        progress: ProgressArguments,
        stacks: Vec<String>,
    ) -> Self {
        Self {
            prepared: Prepared::new(cloud.clone(), assembly, options),
            cloud,
            approval,
            progress,
            stacks,
        }
    }
}

#[async_trait]
impl Interruptible for Deploying<'_> {
    async fn take_back(&self) -> Vec<String> {
        self.prepared.take_back().await
    }

    fn stacks(&self) -> Vec<String> {
        self.stacks.clone()
    }

    fn can_cancel(&self) -> bool {
        true
    }

    async fn cancel(&self, stack: &str) -> Result<(), Error> {
        self.prepared.cancel(stack).await
    }

    /// Shows the changes in every case, and then decides whether a person has to be asked.
    fn decide(&self, session: &mut Session<'_>, review: &StackReview) -> Result<Decision, Failure> {
        let shown = Review::new(vec![review.clone()]);
        if self.progress.json {
            let planned = Own::Plan {
                stacks: masked(&shown).stacks,
            };
            record::write(&mut session.output, self.cloud.now(), planned)?;
        } else {
            let text = review_text(&shown, session);
            // With `--quiet` the review is still shown if a question about it follows.
            if self.approval.is_open(review) {
                session.output.say(&text)?;
            } else {
                session.output.talk(&text)?;
            }
        }
        if !self.approval.is_open(review) {
            return Ok(Decision::Known(Reply::Yes));
        }
        if !session.person.is_there() {
            return Ok(Decision::Known(Reply::No(nobody(review))));
        }
        let question = format!("\n{}\n{}", sentence(review), self.approval.question());
        Ok(Decision::Ask(session.output.wrapped(&question)))
    }

    fn judge(&self, line: &str, review: &StackReview) -> Reply {
        self.approval.judge(line, review)
    }
}
