//! What a deployment asks, and what Ctrl-C does to it.

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

/// A deployment that may have to ask.
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

    /// Shows what would change, to whoever looks, before it is known whether somebody is asked.
    fn decide(&self, session: &mut Session<'_>, review: &StackReview) -> Result<Decision, Failure> {
        let shown = Review::new(vec![review.clone()]);
        if self.progress.json {
            let planned = Own::Plan {
                stacks: masked(&shown).stacks,
            };
            record::write(&mut session.output, self.cloud.now(), planned)?;
        } else {
            let text = review_text(&shown, session);
            // Who is asked has to see what about, also where nothing else is to be said.
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
