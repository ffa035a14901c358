//! Amazon SQS: standard and FIFO queues that are encrypted and require TLS. See [`Queue`] and [`FifoQueue`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#sqs).

mod common;
mod dead_letter;
mod fifo_queue;
mod imported;
mod metrics;
mod queue;
mod reference;

pub use dead_letter::{DeadLetterQueue, RedriveAllow};
pub use fifo_queue::{FifoQueue, FifoQueueBuilder, FifoQueueProps, FifoThroughput};
pub use imported::ImportedQueue;
pub use queue::{Queue, QueueBuilder, QueueEncryption, QueueProps};
pub use reference::{AsQueue, Fifo, QueueOfKind, QueueRef, Standard};
