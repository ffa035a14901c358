//! Lifecycle hooks, which pause instances so that a program can prepare or drain them.

use infra_cfn::autoscaling::{CfnLifecycleHookProps, lifecycle_hook as cfn};
use infra_cfn::kind;

use super::group_options::check_duration;
use crate::construct::With;
use crate::iam::{Principal, Role};
use crate::sns::Topic;
use crate::sqs::Queue;
use crate::{Duration, IntoValue, Name, Scope, Value};

/// Result of a hook whose time has passed without an answer.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum HookResult {
    /// The instance continues.
    Continue,
    /// A new instance is terminated; for one that is terminated, other hooks are skipped.
    #[default]
    Abandon,
}

/// Receiver of the messages of a hook.
#[derive(Clone, Debug)]
enum Receiver<'app> {
    Topic(Topic<'app>),
    Queue(Queue<'app>),
}

/// A hook that pauses instances after their start or before their termination, for
/// [`add_lifecycle_hook`](super::AutoScalingGroup::add_lifecycle_hook).
///
/// The group sends a message to a topic or a queue, and always an event to EventBridge. The program that acts on it ends
/// the wait with `CompleteLifecycleAction`
/// ([`grant_complete_lifecycle`](super::AutoScalingGroup::grant_complete_lifecycle)). Instances that the group starts
/// while it is created do not wait, since the hook is created after it. See [lifecycle
/// hooks](https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html).
///
/// ```
/// use infra_lib::autoscaling::{HookResult, LifecycleHook};
/// use infra_lib::prelude::*;
///
/// let drain = LifecycleHook::terminating().heartbeat_timeout(Duration::minutes(10)).default_result(HookResult::Continue);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a hook has no effect until it is added to a group"]
pub struct LifecycleHook<'app> {
    transition: cfn::LifecycleTransition,
    timeout: Option<Duration>,
    default_result: HookResult,
    metadata: Option<Value<String>>,
    receiver: Option<Receiver<'app>>,
    name: Option<Value<String>>,
}

impl<'app> LifecycleHook<'app> {
    const fn new(transition: cfn::LifecycleTransition) -> Self {
        Self {
            transition,
            timeout: None,
            default_result: HookResult::Abandon,
            metadata: None,
            receiver: None,
            name: None,
        }
    }

    /// Creates a hook after the start of an instance, before it is in service.
    pub fn launching() -> Self {
        Self::new(cfn::LifecycleTransition::AUTOSCALING_EC2_INSTANCE_LAUNCHING)
    }

    /// Creates a hook before the termination of an instance, after it left its load balancers.
    pub fn terminating() -> Self {
        Self::new(cfn::LifecycleTransition::AUTOSCALING_EC2_INSTANCE_TERMINATING)
    }

    /// Sets the time that an instance waits for an answer, 30 seconds to 2 hours (`INF4993` otherwise). Default: 1 hour,
    /// as in CloudFormation.
    pub const fn heartbeat_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the result without an answer. Default: [`HookResult::Abandon`], as in CloudFormation.
    pub const fn default_result(mut self, result: HookResult) -> Self {
        self.default_result = result;
        self
    }

    /// Sets a text for the messages, at most 1,023 characters. Default: none.
    pub fn metadata(mut self, text: impl IntoValue<String>) -> Self {
        self.metadata = Some(text.into_value());
        self
    }

    /// Sets the physical name of the hook. Default: a generated name.
    pub fn name(mut self, name: impl IntoValue<String>) -> Self {
        self.name = Some(name.into_value());
        self
    }

    /// Sends the messages to a topic, in place of a queue. The hook gets a role that may publish to it.
    pub fn notify_topic(mut self, topic: &Topic<'app>) -> Self {
        self.receiver = Some(Receiver::Topic(*topic));
        self
    }

    /// Sends the messages to a queue, in place of a topic. The hook gets a role that may send to it.
    pub fn notify_queue(mut self, queue: &Queue<'app>) -> Self {
        self.receiver = Some(Receiver::Queue(*queue));
        self
    }

    #[track_caller]
    pub(super) fn add_to(
        self,
        scope: Scope<'app>,
        id: &str,
        group: Value<Name<kind::autoscaling::AutoScalingGroup>>,
    ) {
        let id = format!("LifecycleHook{id}");
        let scope = scope.library_construct(&id, "infra-lib.autoscaling.LifecycleHook");
        if let Some(timeout) = self.timeout {
            check_duration(
                scope,
                "HeartbeatTimeout",
                "the timeout of a lifecycle hook",
                timeout,
                (Duration::seconds(30), Duration::hours(2)),
            );
        }
        let target = self.receiver.map(|receiver| {
            let role = Role::builder()
                .assumed_by(Principal::service("autoscaling.amazonaws.com"))
                .build(scope, "Role");
            let (arn, grant) = match receiver {
                Receiver::Topic(topic) => {
                    (topic.arn().cast::<String>(), topic.grant_publish(&role))
                }
                Receiver::Queue(queue) => (queue.arn().cast::<String>(), queue.grant_send(&role)),
            };
            (arn, role, grant)
        });
        let (arn, role) = match &target {
            Some((arn, role, _)) => (Some(arn.clone()), Some(role.arn())),
            None => (None, None),
        };
        let hook = CfnLifecycleHookProps::new(group, self.transition)
            .default_result(match self.default_result {
                HookResult::Continue => cfn::DefaultResult::CONTINUE,
                HookResult::Abandon => cfn::DefaultResult::ABANDON,
            })
            .with(self.timeout, |hook, timeout| {
                hook.heartbeat_timeout(timeout.to_seconds_i64())
            })
            .with(self.metadata, CfnLifecycleHookProps::notification_metadata)
            .with(self.name, CfnLifecycleHookProps::lifecycle_hook_name)
            .with(arn, CfnLifecycleHookProps::notification_target_arn)
            .with(role, CfnLifecycleHookProps::role_arn)
            .build(scope, "Resource");
        // The group sends a test message when the hook is created.
        if let Some((_, _, grant)) = target {
            grant.before(*hook);
        }
    }
}
