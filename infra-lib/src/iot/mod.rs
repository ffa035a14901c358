//! AWS IoT Core: rules that act on messages of devices, policies and things.
//!
//! A [`TopicRule`] selects messages with SQL, and hands them to functions, queues, tables, streams and others as its
//! [`TopicAction`]s. A [`DevicePolicy`] says which topics a device may use, and a [`Thing`] is its entry in the registry.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#iot).

mod action;
mod actions;
mod device_policy;
mod sql;
mod thing;
mod topic;
mod topic_rule;
mod topic_rule_metrics;

pub use action::TopicAction;
pub use actions::{AlarmState, DeliveryAction, MetricAction, RepublishAction};
pub use device_policy::{
    DevicePolicy, DevicePolicyBuilder, DevicePolicyProps, ImportedDevicePolicy,
};
pub use sql::SqlVersion;
pub use thing::{ImportedThing, Thing, ThingBuilder, ThingProps};
pub use topic::MqttTopic;
pub use topic_rule::{
    ImportedTopicRule, TopicRule, TopicRuleBuilder, TopicRuleProps, TopicRuleState,
};
