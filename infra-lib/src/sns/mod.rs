//! Amazon SNS: topics that are encrypted and require TLS, and their subscriptions. See [`Topic`] and [`FifoTopic`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#sns).

mod common;
mod fifo_topic;
mod filter;
mod imported;
mod lookup;
mod metrics;
mod subscriber;
mod subscription;
mod topic;

pub use fifo_topic::{FifoTopic, FifoTopicBuilder, FifoTopicProps, FifoTopicThroughput};
pub use filter::FilterPolicy;
pub use imported::ImportedTopic;
pub use subscriber::{DeliveringTopic, RawOrWrapped, Subscriber, TopicSubscriber, WithMetadata};
pub use subscription::Subscription;
pub use topic::{Topic, TopicBuilder, TopicEncryption, TopicProps};
