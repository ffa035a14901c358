//! Policies that hold a metric near a target.

use crate::cfn::applicationautoscaling::scaling_policy as cfn;
use crate::core::{Diagnostic, Duration, IntoValue, Scope, Value, codes};

/// A metric that Application Auto Scaling knows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PredefinedMetric {
    /// Average CPU of the tasks of an ECS service, in per cent.
    EcsServiceAverageCpu,
    /// Average memory of the tasks of an ECS service, in per cent.
    EcsServiceAverageMemory,
    /// Requests that each target of a target group gets in a minute.
    AlbRequestCountPerTarget {
        /// Load balancer and target group: `app/<name>/<id>/targetgroup/<name>/<id>`.
        resource_label: Value<String>,
    },
}

/// Whether a policy may take capacity away.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ScaleIn {
    /// It may: the default.
    Enabled,
    /// It only adds.
    Disabled,
}

/// A policy that holds a metric near a target, as a thermostat does.
///
/// Cooldowns are always written to the template: one minute before more is added again, five before less runs
/// (CloudFormation: five minutes for both with ECS).
///
/// ```
/// use infra_lib::applicationautoscaling::{PredefinedMetric, TargetTracking};
/// use infra_lib::prelude::*;
///
/// let cpu = TargetTracking::new(PredefinedMetric::EcsServiceAverageCpu, 60).scale_in_cooldown(Duration::minutes(10));
/// ```
#[derive(Clone, Debug)]
pub struct TargetTracking {
    metric: PredefinedMetric,
    target: u32,
    scale_out_cooldown: Duration,
    scale_in_cooldown: Duration,
    scale_in: ScaleIn,
}

impl TargetTracking {
    /// Holds the metric near that target.
    pub const fn new(metric: PredefinedMetric, target: u32) -> Self {
        Self {
            metric,
            target,
            scale_out_cooldown: Duration::minutes(1),
            scale_in_cooldown: Duration::minutes(5),
            scale_in: ScaleIn::Enabled,
        }
    }

    /// Time until what was added is expected to show in the metric. Default: 1 minute.
    pub const fn scale_out_cooldown(mut self, cooldown: Duration) -> Self {
        self.scale_out_cooldown = cooldown;
        self
    }

    /// Time after a scaling until less may run. Default: 5 minutes.
    pub const fn scale_in_cooldown(mut self, cooldown: Duration) -> Self {
        self.scale_in_cooldown = cooldown;
        self
    }

    /// Whether the policy may take capacity away. Default: it may.
    pub const fn scale_in(mut self, scale_in: ScaleIn) -> Self {
        self.scale_in = scale_in;
        self
    }

    pub(super) fn check(&self, scope: Scope<'_>) {
        let (refused, expected) = match self.metric {
            PredefinedMetric::EcsServiceAverageCpu | PredefinedMetric::EcsServiceAverageMemory => {
                (!(1..=100).contains(&self.target), "1 to 100 per cent")
            }
            PredefinedMetric::AlbRequestCountPerTarget { .. } => {
                (self.target == 0, "at least 1 request a minute")
            }
        };
        if refused {
            scope.report(
                Diagnostic::new(
                    codes::SCALING_TARGET,
                    format!(
                        "a scaling policy can never reach its target of {}",
                        self.target
                    ),
                )
                .property("TargetTrackingScalingPolicyConfiguration.TargetValue")
                .actual(self.target.to_string())
                .expected(expected),
            );
        }
    }

    pub(super) fn render(self) -> cfn::TargetTrackingScalingPolicyConfiguration {
        use cfn::PredefinedMetricSpecificationPredefinedMetricType as Type;
        let metric = match self.metric {
            PredefinedMetric::EcsServiceAverageCpu => {
                cfn::PredefinedMetricSpecification::new(Type::ECS_SERVICE_AVERAGE_CPU_UTILIZATION)
            }
            PredefinedMetric::EcsServiceAverageMemory => cfn::PredefinedMetricSpecification::new(
                Type::ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION,
            ),
            PredefinedMetric::AlbRequestCountPerTarget { resource_label } => {
                cfn::PredefinedMetricSpecification::new(Type::ALB_REQUEST_COUNT_PER_TARGET)
                    .resource_label(resource_label)
            }
        };
        let target: Value<f64> = self.target.into_value();
        let policy = cfn::TargetTrackingScalingPolicyConfiguration::new(target)
            .predefined_metric_specification(metric)
            .scale_in_cooldown(self.scale_in_cooldown.to_seconds_i64())
            .scale_out_cooldown(self.scale_out_cooldown.to_seconds_i64());
        match self.scale_in {
            ScaleIn::Enabled => policy,
            ScaleIn::Disabled => policy.disable_scale_in(true),
        }
    }
}
