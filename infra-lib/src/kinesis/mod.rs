//! Amazon Kinesis Data Streams: encrypted streams with grants and metrics. See [`Stream`].

#[cfg(feature = "logs")]
mod log_destination;
mod metrics;
mod stream;
#[cfg(feature = "events")]
mod target;

pub use stream::{
    ImportedStream, ShardMetric, Stream, StreamBuilder, StreamCapacity, StreamEncryption,
    StreamProps,
};
