//! Amazon Kinesis Data Streams: encrypted streams with grants and metrics. See [`Stream`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#kinesis).

#[cfg(feature = "logs")]
mod log_destination;
mod metrics;
mod reference;
mod stream;
#[cfg(any(feature = "events", feature = "scheduler"))]
mod target;

pub use reference::{AsStream, StreamRef};
pub use stream::{
    ImportedStream, ShardMetric, Stream, StreamBuilder, StreamCapacity, StreamEncryption,
    StreamProps,
};
