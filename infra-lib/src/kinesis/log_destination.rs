//! Streams as destinations of log events.

use super::{AsStream, ImportedStream, Stream, StreamRef};
#[cfg(feature = "logs")]
use crate::logs::{LogDestination, LogSubscriber};

macro_rules! streams {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl<'app> LogSubscriber<'app> for $type {
            fn log_destination(&self) -> LogDestination<'app> {
                let stream = self.as_stream();
                let statements = stream.put_statements().into_iter();
                statements.fold(
                    LogDestination::from_arn(stream.arn()),
                    LogDestination::statement,
                )
            }
        }
    )+};
}

streams! {
    /// Puts batches of events with the role of the filter, compressed with gzip.
    Stream<'app>;
    /// Puts batches of events as into a [`Stream`]. A key of the stream needs a
    /// [`statement`](LogDestination::statement).
    ImportedStream;
    /// Puts batches of events as into a [`Stream`]. A key of an imported stream needs a
    /// [`statement`](LogDestination::statement).
    StreamRef<'app>;
}
