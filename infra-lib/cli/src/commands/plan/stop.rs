//! Handles Ctrl-C during plans and deployments: deletes change sets, or requests that AWS cancel.

use std::sync::Arc;

use async_trait::async_trait;
use infra_aws::Cloud;
use infra_deploy::Error;
use infra_deploy::cancel::cancel_stack;
use infra_deploy::plan;
use infra_deploy::plan::{Pending, PlanOptions};
use infra_template::assembly::CloudAssembly;

use crate::progress::Interruptible;

/// The change sets that this run creates, which are deleted on an interrupt unless they are executing.
pub(crate) struct PendingChangeSets<'a> {
    cloud: Arc<dyn Cloud>,
    assembly: &'a CloudAssembly,
    pending: Pending,
}

impl<'a> PendingChangeSets<'a> {
    /// Tracks the change sets that an operation with these options creates.
    pub(crate) fn new(
        cloud: Arc<dyn Cloud>,
        assembly: &'a CloudAssembly,
        options: &PlanOptions,
    ) -> Self {
        Self {
            cloud,
            assembly,
            pending: options.pending.clone(),
        }
    }
}

#[async_trait]
impl Interruptible for PendingChangeSets<'_> {
    async fn discard_preparations(&self) -> Vec<String> {
        if self.pending.is_empty() {
            return Vec::new();
        }
        match plan::abandon_change_sets(self.cloud.clone(), self.pending.clone()).await {
            Ok(names) => {
                let said = names.iter();
                said.map(|name| format!("deleted the change set {name}"))
                    .collect()
            }
            // Change sets that remain expire, and `plan prune` finds them.
            Err(error) => vec![
                format!("cannot delete a change set of this run: {error}"),
                "`plan discard` removes it".to_owned(),
            ],
        }
    }

    fn can_cancel(&self) -> bool {
        true
    }

    async fn cancel_operation(&self, stack: &str) -> Result<(), Error> {
        let region = self
            .assembly
            .find_stack(stack)
            .and_then(|s| s.region.clone());
        let region = region.or_else(|| self.cloud.default_region());
        cancel_stack(&*self.cloud, &region.unwrap_or_default(), stack).await
    }
}
