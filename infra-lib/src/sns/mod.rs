//! Amazon SNS: topics.
