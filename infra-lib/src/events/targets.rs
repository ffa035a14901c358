//! Targets of rules among the constructs of this library.

use super::{Bus, EventBus, ImportedEventBus, RuleTarget, Target};
use crate::cfn::logs::CfnResourcePolicyProps;
use crate::core::{Construct, Scope, Stack, Value};
use crate::iam::{Grant, PolicyDocument, Principal, RoleRef, Statement};
use crate::lambda::{
    Alias, AsyncDestination, Function, FunctionRef, ImportedFunction, Invocable, Version,
};
use crate::logs::{AsLogGroup, ImportedLogGroup, LogGroup, LogGroupRef};
use crate::sns::{ImportedTopic, Topic};
use crate::sqs::{AsQueue, ImportedQueue, Queue};
use crate::unique_name::unique_name;

/// Allows the rule in the policy of the topic, and EventBridge in that of its key.
impl<'app> RuleTarget<'app> for Topic<'app> {
    fn rule_target(&self) -> Target<'app> {
        let topic = *self;
        Target::new(self.arn()).permission(move |rule| topic.allow_rule(&rule.arn().cast()))
    }
}

macro_rules! functions {
    ($($(#[$meta:meta])+ $type:ident;)+) => {$(
        $(#[$meta])+
        impl<'app> RuleTarget<'app> for $type<'app> {
            fn rule_target(&self) -> Target<'app> {
                let invoked = self.invoked();
                Target::new(invoked.arn()).permission(move |rule| {
                    let service = Principal::service("events.amazonaws.com");
                    invoked.grant(&service.condition("ArnLike", "aws:SourceArn", rule.arn()));
                })
            }
        }
    )+};
}

functions! {
    /// Allows the rule to invoke the function.
    Function;
    /// Allows the rule to invoke the function through the alias.
    Alias;
    /// Allows the rule to invoke the version.
    Version;
    /// Allows the rule to invoke the existing function, or reports the permission (`INF4980`).
    ImportedFunction;
    /// Allows the rule to invoke the function, or reports the permission (`INF4980`).
    FunctionRef;
}

/// Allows the rule to publish in the policy of the topic, which is reported (`INF4984`): it belongs to another app.
impl<'app> RuleTarget<'app> for ImportedTopic {
    fn rule_target(&self) -> Target<'app> {
        let topic = self.clone();
        Target::new(self.arn())
            .permission(move |rule| topic.report_policy("events.amazonaws.com", rule.scope()))
    }
}

macro_rules! queues {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl<'app> RuleTarget<'app> for $type {
            fn rule_target(&self) -> Target<'app> {
                let mut target = Target::new(self.arn());
                target.queues.push(self.as_queue());
                target
            }
        }
    )+};
}

queues! {
    /// Allows the rule to send messages in the policy of the queue, and to use its key.
    Queue<'app>;
    /// Sends the event to the existing standard queue, whose policy is reported (`INF4806`).
    ImportedQueue;
}

/// Allows EventBridge to write to the log group, in a resource policy that all such log groups of a stack share: an account
/// may have ten of them in a region.
impl<'app> RuleTarget<'app> for LogGroup<'app> {
    fn rule_target(&self) -> Target<'app> {
        log_target(self.as_log_group())
    }
}

/// Allows EventBridge to write to the existing log group, in the same resource policy.
impl<'app> RuleTarget<'app> for ImportedLogGroup<'app> {
    fn rule_target(&self) -> Target<'app> {
        log_target(self.as_log_group())
    }
}

fn log_target(group: LogGroupRef<'_>) -> Target<'_> {
    Target::new(group.plain_arn()).permission(move |_| allow_events(group))
}

impl<'app> AsyncDestination<'app> for EventBus<'app> {
    fn destination_arn(&self) -> Value<String> {
        self.arn().cast()
    }

    #[track_caller]
    fn grant_delivery(&self, role: RoleRef<'app>) -> Grant<'app> {
        self.grant_put_events(&role)
    }
}

impl<'app> AsyncDestination<'app> for ImportedEventBus {
    fn destination_arn(&self) -> Value<String> {
        self.arn().cast()
    }

    #[track_caller]
    fn grant_delivery(&self, role: RoleRef<'app>) -> Grant<'app> {
        self.grant_put_events(&role)
    }
}

/// Name of the child of a stack that permits EventBridge to write to log groups.
const LOG_POLICY: &str = "EventBridgeLogPolicy";

fn allow_events(group: LogGroupRef<'_>) {
    let scope = group.scope();
    let statement = Statement::allow()
        .principal(Principal::service("events.amazonaws.com"))
        .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
        .resource(group.arn());
    let root = Stack::of(scope).map_or(scope, |stack| stack.scope());
    if let Some(policy) = root.child(LOG_POLICY).and_then(Scope::default_child) {
        PolicyDocument::add_to(policy, "PolicyDocument", statement);
        return;
    }
    let scope = root.library_construct(LOG_POLICY, "infra-lib.events.LogPolicy");
    let name = unique_name(scope, "Resource", 255);
    CfnResourcePolicyProps::new(PolicyDocument::new().statement(statement), name)
        .build(scope, "Resource");
}

fn bus_target<'app>(bus: &impl Bus<'app>) -> Target<'app> {
    Target::new(bus.bus_arn()).statement(
        Statement::allow()
            .action("events:PutEvents")
            .resource(bus.bus_arn()),
    )
}

/// Forwards events with the role of the rule.
impl<'app> RuleTarget<'app> for EventBus<'app> {
    fn rule_target(&self) -> Target<'app> {
        bus_target(self)
    }
}

/// Forwards events with the role of the rule. The policy of a bus in another account must allow that account.
impl<'app> RuleTarget<'app> for ImportedEventBus {
    fn rule_target(&self) -> Target<'app> {
        bus_target(self)
    }
}
