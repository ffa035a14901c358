//! Logs of a domain in CloudWatch Logs.

use std::collections::BTreeMap;

use infra_cfn::opensearchservice::domain::LogPublishingOption;

use crate::iam::{Principal, Statement};
use crate::logs::{LogGroupRef, LogResourcePolicy};
use crate::{Construct, Scope};

/// Log groups of a domain by the name of the log.
pub(super) struct Publishing<'app>(pub(super) Vec<(&'static str, LogGroupRef<'app>)>);

impl<'app> Publishing<'app> {
    /// Returns the property `LogPublishingOptions`.
    pub(super) fn options(&self) -> Option<BTreeMap<String, LogPublishingOption>> {
        let options: BTreeMap<_, _> = self
            .0
            .iter()
            .map(|(log, group)| {
                let option = LogPublishingOption::new()
                    .enabled(true)
                    .cloud_watch_logs_log_group_arn(group.arn());
                ((*log).to_owned(), option)
            })
            .collect();
        (!options.is_empty()).then_some(options)
    }

    /// Creates the policy that lets OpenSearch Service write to the groups, or nothing without groups.
    pub(super) fn create_policy(&self, scope: Scope<'app>) -> Option<Scope<'app>> {
        if self.0.is_empty() {
            return None;
        }
        let write = Statement::allow()
            .principal(Principal::service("es.amazonaws.com").for_this_account())
            .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
            .resources(self.0.iter().map(|(_, group)| group.arn()));
        let policy = LogResourcePolicy::builder()
            .statement(write)
            .build(scope, "LogGroupPolicy");
        Some(policy.scope())
    }
}
