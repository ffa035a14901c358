//! Amazon SNS: topics that are encrypted and require TLS. See [`Topic`].

mod topic;

pub use topic::{Topic, TopicBuilder, TopicEncryption, TopicProps};
