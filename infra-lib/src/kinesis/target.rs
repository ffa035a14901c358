//! Streams as targets of rules.

use super::Stream;
#[cfg(feature = "events")]
use crate::events::{RuleTarget, Target};
use crate::iam::Statement;

/// Puts the event with the role of the rule. The partition key is the ID of the event; another one is set with
/// `.parameters("KinesisParameters", …)`.
#[cfg(feature = "events")]
impl<'app> RuleTarget<'app> for Stream<'app> {
    fn rule_target(&self) -> Target<'app> {
        let target = Target::new(self.arn()).statement(
            Statement::allow()
                .actions(["kinesis:PutRecord", "kinesis:PutRecords"])
                .resource(self.arn()),
        );
        match self.encryption_key() {
            Some(key) => target.statement(
                Statement::allow()
                    .action("kms:GenerateDataKey")
                    .resource(key.arn()),
            ),
            None => target,
        }
    }
}
