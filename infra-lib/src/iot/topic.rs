//! Topics of the message broker, for programs that publish to devices.

use crate::core::{IntoValue, Value};
use crate::iam::{Grant, Identity};
use crate::{pseudo, sub};

/// A topic of the message broker of this account and region.
///
/// ```
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::iot::MqttTopic;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Devices");
/// let role = Role::builder().assumed_by(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Role");
/// MqttTopic::new("devices/*/commands").grant_publish(&role);
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct MqttTopic(Value<String>);

impl MqttTopic {
    /// Creates a topic by its name. `*` matches any text, across levels, as in policies.
    pub fn new(topic: impl IntoValue<String>) -> Self {
        Self(topic.into_value())
    }

    pub(super) const fn of(topic: Value<String>) -> Self {
        Self(topic)
    }

    /// Returns the ARN of the topic.
    pub fn arn(&self) -> Value<String> {
        iot_arn("topic/", self.0.clone())
    }

    /// Allows an identity of the app to publish to the topic.
    #[track_caller]
    pub fn grant_publish<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["iot:Publish"])
    }
}

/// Returns the ARN of a client, topic or topic filter of this account and region.
pub(super) fn iot_arn(kind: &'static str, name: Value<String>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":iot:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":",
        kind,
        name
    ]
}
