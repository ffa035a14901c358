//! Streams as targets of rules and schedules.

use super::{AsStream, ImportedStream, Stream, StreamRef};
#[cfg(feature = "scheduler")]
use crate::core::IntoValue;

#[cfg(feature = "events")]
macro_rules! rule_targets {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl<'app> crate::events::RuleTarget<'app> for $type {
            fn rule_target(&self) -> crate::events::Target<'app> {
                use crate::events::Target;
                let stream = self.as_stream();
                let statements = stream.put_statements().into_iter();
                statements.fold(Target::new(stream.arn()), Target::statement)
            }
        }
    )+};
}

#[cfg(feature = "events")]
rule_targets! {
    /// Puts the event with the role of the rule. The partition key is the ID of the event; another one is set with
    /// `.parameters("KinesisParameters", …)`.
    Stream<'app>;
    /// Puts the event as into a [`Stream`]. A key of the stream needs a separate statement.
    ImportedStream;
    /// Puts the event as into a [`Stream`]. A key of an imported stream needs a separate statement.
    StreamRef<'app>;
}

#[cfg(feature = "scheduler")]
macro_rules! schedule_targets {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl<'app> crate::scheduler::ScheduleTarget<'app> for $type {
            fn schedule_target(&self) -> crate::scheduler::Target<'app> {
                crate::scheduler::Target::stream(self, DEFAULT_PARTITION_KEY)
            }
        }
    )+};
}

/// Partition key of records that schedules put, if none is given.
#[cfg(feature = "scheduler")]
const DEFAULT_PARTITION_KEY: &str = "schedule";

#[cfg(feature = "scheduler")]
schedule_targets! {
    /// Puts the input of the schedule as a record, with the role of the schedule. The partition key is `schedule`, so that
    /// the records of schedules keep their order; [`Target::stream`](crate::scheduler::Target::stream) sets another one.
    Stream<'app>;
    /// Puts the input of the schedule as into a [`Stream`]. A key of the stream needs a
    /// [`statement`](crate::scheduler::Target::statement).
    ImportedStream;
    /// Puts the input of the schedule as into a [`Stream`]. A key of an imported stream needs a
    /// [`statement`](crate::scheduler::Target::statement).
    StreamRef<'app>;
}

#[cfg(feature = "scheduler")]
impl<'app> crate::scheduler::Target<'app> {
    /// Creates a target that puts the input as a record to a data stream, with the permission to use its key. A key of an
    /// imported stream needs a [`statement`](Self::statement).
    pub fn stream(stream: &impl AsStream<'app>, partition_key: impl IntoValue<String>) -> Self {
        let key =
            crate::core::Data::map([("PartitionKey", partition_key.into_value().into_data())]);
        let stream = stream.as_stream();
        Self::new(stream.arn())
            .parameters("KinesisParameters", key)
            .permission(move |role| {
                stream.grant_write(role);
            })
    }
}
