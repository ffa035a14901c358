//! Implements the approvals of a deployment, and its response to Ctrl-C.

use std::sync::Arc;

use async_trait::async_trait;
use infra_aws::Cloud;
use infra_deploy::Error;
use infra_deploy::plan::PlanOptions;
use infra_template::assembly::CloudAssembly;
use infra_template::review::{Review, StackReview};

use super::approval::{Approval, approval_unavailable};
use crate::commands::plan::{PendingChangeSets, format_review, summarize_review};
use crate::failure::Failure;
use crate::progress::record::{self, Own};
use crate::progress::{Decision, Interruptible, ProgressArguments, Reply};
use crate::render::mask_review;
use crate::session::Session;

/// A deployment in progress that may need approvals.
pub(super) struct InterruptibleDeployment<'a> {
    change_sets: PendingChangeSets<'a>,
    cloud: Arc<dyn Cloud>,
    approval: Approval,
    progress: ProgressArguments,
    stacks: Vec<String>,
}

impl<'a> InterruptibleDeployment<'a> {
    pub(super) fn new(
        cloud: Arc<dyn Cloud>,
        assembly: &'a CloudAssembly,
        options: &PlanOptions,
        approval: Approval,
        progress: ProgressArguments,
        stacks: Vec<String>,
    ) -> Self {
        Self {
            change_sets: PendingChangeSets::new(cloud.clone(), assembly, options),
            cloud,
            approval,
            progress,
            stacks,
        }
    }
}

#[async_trait]
impl Interruptible for InterruptibleDeployment<'_> {
    async fn discard_preparations(&self) -> Vec<String> {
        self.change_sets.discard_preparations().await
    }

    fn stack_names(&self) -> Vec<String> {
        self.stacks.clone()
    }

    fn can_cancel(&self) -> bool {
        true
    }

    async fn cancel_operation(&self, stack: &str) -> Result<(), Error> {
        self.change_sets.cancel_operation(stack).await
    }

    /// Shows the changes in every case, and then decides whether a person has to be asked.
    fn decide_review(
        &self,
        session: &mut Session<'_>,
        review: &StackReview,
    ) -> Result<Decision, Failure> {
        let shown = Review::new(vec![review.clone()]);
        if self.progress.json {
            let planned = Own::Plan {
                stacks: mask_review(&shown).stacks,
            };
            record::write_record(&mut session.output, self.cloud.current_time(), planned)?;
        } else {
            let text = format_review(&shown, session);
            // With `--quiet` the review is still shown if a question about it follows.
            if self.approval.must_ask(review) {
                session.output.write_message(&text)?;
            } else {
                session.output.write_status(&text)?;
            }
        }
        if !self.approval.must_ask(review) {
            return Ok(Decision::Known(Reply::Yes));
        }
        if !session.person.is_present() {
            return Ok(Decision::Known(Reply::No(approval_unavailable(review))));
        }
        let question = format!(
            "\n{}\n{}",
            summarize_review(review),
            self.approval.prompt_text()
        );
        Ok(Decision::Ask(session.output.wrap_to_columns(&question)))
    }

    fn interpret_answer(&self, line: &str, review: &StackReview) -> Reply {
        self.approval.parse_answer(line, review)
    }
}
