//! Follows an operation on one stack, and builds the error if it fails.

use std::sync::Arc;

use infra_core::{Code, Diagnostic};

use super::Target;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::failure;
use crate::operation::Reporter;
use crate::watch::{Followed, Following, follow_stack};
use infra_aws::{StackDescription, StackEvent};

/// Operation that has just been requested.
pub(super) struct RequestedOperation {
    /// Name of the operation in events, such as `destroy` or `rollback`.
    pub(super) operation: &'static str,
    /// Number of resources that change; 0 when unknown.
    pub(super) total: usize,
    /// ID of the newest event before the operation, if known.
    pub(super) after: Option<String>,
}

/// Follows a requested operation to its end, and reports its start and end.
pub(super) async fn follow_operation(
    target: &Target,
    stack: &StackDescription,
    work: RequestedOperation,
    reporter: &Reporter,
) -> Result<Followed, Error> {
    reporter.send_event(Event::StackStarted {
        stack: target.name().to_owned(),
        operation: work.operation.to_owned(),
        total: work.total,
        typical_secs: None,
    });
    let mut following = Following::new(
        Arc::clone(&target.cloud),
        &target.region,
        target.name(),
        &stack.id,
    );
    following.origins = target.resource_origins();
    following.total = work.total;
    following.after = work.after;
    let followed = follow_stack(following, reporter).await?;
    let outputs = followed.stack.as_ref().map(|stack| stack.outputs.clone());
    reporter.send_event(Event::StackFinished {
        stack: target.name().to_owned(),
        status: followed.status.clone(),
        elapsed_secs: followed.elapsed.as_secs(),
        outputs: outputs.unwrap_or_default(),
    });
    Ok(followed)
}

/// An operation that has ended.
pub(super) struct Ending<'a> {
    target: &'a Target,
    followed: &'a Followed,
}

impl<'a> Ending<'a> {
    pub(super) fn new(target: &'a Target, followed: &'a Followed) -> Self {
        Self { target, followed }
    }

    /// Returns the resources that failed, the cause first.
    pub(super) fn list_failures(&self) -> Vec<failure::ResourceFailure> {
        failure::find_failures(&self.followed.events, |event: &StackEvent| {
            let stack = &self.target.stack;
            let name = stack.resource_name(&event.logical_id, &event.type_name);
            name.with_physical_id(event.physical_id.clone().filter(|id| !id.is_empty()))
        })
    }

    /// Builds an error of [`Class::Stuck`] with the causes, the stack status and the next step.
    pub(super) fn stuck_error(&self, code: Code, message: &str, help: String) -> Error {
        let mut findings = failure::build_findings(&self.list_failures(), &self.followed.evidence);
        let verdict = Diagnostic::new(code, format!("{message}: status {}", self.followed.status));
        findings.push(verdict.help(help));
        Error::from_findings(Class::Stuck, findings)
    }
}
