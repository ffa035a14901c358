//! Streams as destinations of log events.

use super::Stream;
use crate::iam::Statement;
#[cfg(feature = "logs")]
use crate::logs::{LogDestination, LogSubscriber};

/// Puts batches of events with the role of the filter, compressed with gzip.
#[cfg(feature = "logs")]
impl<'app> LogSubscriber<'app> for Stream<'app> {
    fn log_destination(&self) -> LogDestination<'app> {
        let destination = LogDestination::from_arn(self.arn()).statement(
            Statement::allow()
                .actions(["kinesis:PutRecord", "kinesis:PutRecords"])
                .resource(self.arn()),
        );
        match self.encryption_key() {
            Some(key) => destination.statement(
                Statement::allow()
                    .action("kms:GenerateDataKey")
                    .resource(key.arn()),
            ),
            None => destination,
        }
    }
}
