//! Amazon SNS: topics, encrypted and reachable by TLS only.

mod topic;

pub use topic::{Topic, TopicBuilder, TopicEncryption, TopicProps};
