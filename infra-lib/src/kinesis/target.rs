//! Streams as targets of rules and schedules.

use super::{ImportedStream, Stream};
use crate::core::IntoValue;
#[cfg(feature = "events")]
use crate::events::{RuleTarget, Target};
use crate::iam::Statement;

/// Puts the event with the role of the rule. The partition key is the ID of the event; another one is set with
/// `.parameters("KinesisParameters", …)`.
#[cfg(feature = "events")]
impl<'app> RuleTarget<'app> for Stream<'app> {
    fn rule_target(&self) -> Target<'app> {
        let target = Target::new(self.arn()).statement(put(self.arn()));
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

/// Puts the event as into a [`Stream`]. A key of the stream needs a statement of its own.
#[cfg(feature = "events")]
impl<'app> RuleTarget<'app> for ImportedStream {
    fn rule_target(&self) -> Target<'app> {
        Target::new(self.arn()).statement(put(self.arn()))
    }
}

#[cfg(feature = "scheduler")]
impl<'app> crate::scheduler::Target<'app> {
    /// Creates a target that puts the input as a record to a data stream, with the permission to use its key.
    pub fn stream(stream: &Stream<'app>, partition_key: impl IntoValue<String>) -> Self {
        let key =
            crate::core::Data::map([("PartitionKey", partition_key.into_value().into_data())]);
        let stream = *stream;
        Self::new(stream.arn())
            .parameters("KinesisParameters", key)
            .permission(move |role| {
                stream.grant_write(role);
            })
    }
}

#[cfg(feature = "events")]
fn put(stream: impl IntoValue<String>) -> Statement {
    Statement::allow()
        .actions(["kinesis:PutRecord", "kinesis:PutRecords"])
        .resource(stream)
}
