//! Amazon Kinesis Data Streams: encrypted streams with grants and metrics. See [`Stream`].

mod metrics;
mod stream;
#[cfg(feature = "events")]
mod target;

pub use stream::{
    ImportedStream, ShardMetric, Stream, StreamBuilder, StreamCapacity, StreamEncryption,
    StreamProps,
};
