//! Amazon EventBridge Pipes: events of a queue or stream, filtered and enriched, to one target. See [`Pipe`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#pipes).

#[cfg(any(feature = "dynamodb", feature = "sns", feature = "sqs"))]
mod keys;
mod log;
mod metrics;
mod pipe;
mod source;
mod sources;
mod target;
mod targets;

pub use log::{PipeLogDestination, PipeLogLevel};
pub use pipe::{Pipe, PipeBuilder, PipeProps, PipeState};
pub use source::{PipeSource, StartFrom};
pub use target::PipeTarget;
