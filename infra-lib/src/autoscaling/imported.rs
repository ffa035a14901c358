//! Auto Scaling groups that exist already, and what groups of the app have in common with them.

use infra_cfn::kind;

use super::{
    AutoScalingGroup, LifecycleHook, PredictiveScaling, ScheduledAction, StepScaling,
    TargetTracking, WarmPool,
};
use crate::iam::{Grant, Grantable};
use crate::{Construct, IntoValue, Name, Value, pseudo, sub};

crate::import! {
    /// An existing Auto Scaling group, from [`AutoScalingGroup::from_name`].
    pub struct ImportedAutoScalingGroup<'app>: "infra-lib.autoscaling.ImportedAutoScalingGroup" {
        /// Returns the physical name of the group.
        auto_scaling_group_name: Name<kind::autoscaling::AutoScalingGroup>,
    }

    /// An Auto Scaling group of the app or an existing one, from [`AsAutoScalingGroup::as_auto_scaling_group`].
    pub enum AutoScalingGroupRef of AutoScalingGroup;

    /// An Auto Scaling group for builders: an [`AutoScalingGroup`] or an [`ImportedAutoScalingGroup`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no Auto Scaling group",
        label = "an `AutoScalingGroup` or an `ImportedAutoScalingGroup` is needed here"
    )]
    pub trait AsAutoScalingGroup::as_auto_scaling_group;
}

impl<'app> AutoScalingGroup<'app> {
    /// Imports an existing Auto Scaling group by its name. Policies, hooks and schedules can be added to it.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::autoscaling::AutoScalingGroup>>,
    ) -> ImportedAutoScalingGroup<'app> {
        ImportedAutoScalingGroup::import(scope, id, name.into_value())
    }
}

/// Adds the methods that need the name of a group only.
macro_rules! group_methods {
    ($($type:ident),+) => {
        $(impl<'app> $type<'app> {
            /// Returns the ARN of the group. The name is its last part; the identifier before it is `*`, since
            /// CloudFormation does not know it.
            pub fn arn(&self) -> Value<String> {
                sub![
                    "arn:",
                    pseudo::partition(),
                    ":autoscaling:",
                    pseudo::region(),
                    ":",
                    pseudo::account_id(),
                    ":autoScalingGroup:*:autoScalingGroupName/",
                    self.auto_scaling_group_name()
                ]
            }

            /// Adds a target tracking policy, which keeps a metric near a target value. With several policies, the largest
            /// capacity that one of them asks for applies.
            #[track_caller]
            pub fn track(&self, id: &str, tracking: TargetTracking<'app>) {
                tracking.add_to(self.scope().at_caller(), id, self.auto_scaling_group_name());
            }

            /// Adds step scaling: alarms of a metric, each with a policy that changes the capacity more the further the
            /// metric is from its threshold.
            #[track_caller]
            pub fn scale_in_steps(&self, id: &str, steps: StepScaling) {
                steps.add_to(self.scope().at_caller(), id, self.auto_scaling_group_name());
            }

            /// Adds predictive scaling, which starts instances before a load that recurs every day or week.
            #[track_caller]
            pub fn predict(&self, id: &str, scaling: PredictiveScaling) {
                scaling.add_to(self.scope().at_caller(), id, self.auto_scaling_group_name());
            }

            /// Adds a scheduled change of the capacity.
            #[track_caller]
            pub fn on_schedule(&self, id: &str, action: ScheduledAction) {
                action.add_to(self.scope().at_caller(), id, self.auto_scaling_group_name());
            }

            /// Adds a lifecycle hook, which pauses instances after their start or before their termination.
            #[track_caller]
            pub fn add_lifecycle_hook(&self, id: &str, hook: LifecycleHook<'app>) {
                hook.add_to(self.scope().at_caller(), id, self.auto_scaling_group_name());
            }

            /// Adds a warm pool of prepared instances. A group can have one.
            #[track_caller]
            pub fn add_warm_pool(&self, pool: WarmPool) {
                pool.add_to(self.scope().at_caller(), self.auto_scaling_group_name());
            }

            /// Allows a principal to end the wait of a lifecycle hook, and to extend it.
            #[track_caller]
            pub fn grant_complete_lifecycle(&self, to: &impl Grantable<'app>) -> Grant<'app> {
                Grant::to(to)
                    .actions([
                        "autoscaling:CompleteLifecycleAction",
                        "autoscaling:RecordLifecycleActionHeartbeat",
                    ])
                    .resource(self.arn())
                    .on_identity(self.scope().at_caller())
            }

            /// Allows a principal to set the desired capacity, and to terminate instances of the group.
            #[track_caller]
            pub fn grant_change_capacity(&self, to: &impl Grantable<'app>) -> Grant<'app> {
                Grant::to(to)
                    .actions([
                        "autoscaling:SetDesiredCapacity",
                        "autoscaling:TerminateInstanceInAutoScalingGroup",
                    ])
                    .resource(self.arn())
                    .on_identity(self.scope().at_caller())
            }

            /// Allows a principal to protect instances from termination, and to report failed health checks.
            #[track_caller]
            pub fn grant_protect_instances(&self, to: &impl Grantable<'app>) -> Grant<'app> {
                Grant::to(to)
                    .actions(["autoscaling:SetInstanceHealth", "autoscaling:SetInstanceProtection"])
                    .resource(self.arn())
                    .on_identity(self.scope().at_caller())
            }
        })+
    };
}

group_methods!(AutoScalingGroup, ImportedAutoScalingGroup);
