//! Target tracking: scaling policies that keep a metric near a target value.

use std::ops::RangeInclusive;

use crate::cfn::applicationautoscaling::scaling_policy as cfn;
#[cfg(feature = "cloudwatch")]
use crate::cloudwatch::Measure;
use crate::core::{Diagnostic, Duration, IntoValue, Scope, Value, codes};

/// A metric that Application Auto Scaling provides.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PredefinedMetric {
    /// Average CPU utilization of the tasks of an ECS service, in percent.
    EcsServiceAverageCpu,
    /// Average memory utilization of the tasks of an ECS service, in percent.
    EcsServiceAverageMemory,
    /// Number of requests per target of a target group and minute.
    AlbRequestCountPerTarget {
        /// Load balancer and target group, `app/<name>/<id>/targetgroup/<name>/<id>`.
        resource_label: Value<String>,
    },
    /// Part of the provisioned environments of an alias of a function that is in use, in percent.
    LambdaProvisionedConcurrencyUtilization,
    /// Part of the capacity of a DynamoDB table or index for reads that is consumed, in percent.
    DynamoDbReadCapacityUtilization,
    /// Part of the capacity of a DynamoDB table or index for writes that is consumed, in percent.
    DynamoDbWriteCapacityUtilization,
}

/// Metric of a policy.
#[derive(Clone, Debug)]
enum Tracked {
    Predefined(PredefinedMetric),
    #[cfg(feature = "cloudwatch")]
    Custom(Box<Measure>),
}

/// Permission of a policy to reduce capacity.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ScaleIn {
    /// The policy adds and removes capacity; the default.
    Enabled,
    /// The policy only adds capacity.
    Disabled,
}

/// A scaling policy that keeps a metric near a target value, as a thermostat keeps a temperature.
///
/// Cooldowns are always written to the template: one minute before capacity is added again, five minutes before it is
/// removed (CloudFormation: five minutes for both with ECS). See [target
/// tracking](https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html).
///
/// ```
/// use infra_lib::applicationautoscaling::{PredefinedMetric, TargetTracking};
/// use infra_lib::prelude::*;
///
/// let cpu = TargetTracking::new(PredefinedMetric::EcsServiceAverageCpu, 60).scale_in_cooldown(Duration::minutes(10));
/// ```
#[derive(Clone, Debug)]
pub struct TargetTracking {
    metric: Tracked,
    target: u32,
    scale_out_cooldown: Duration,
    scale_in_cooldown: Duration,
    scale_in: ScaleIn,
}

impl TargetTracking {
    /// Creates a policy for a metric and its target: 1 to 100 percent, for a function 10 to 90 percent, for a table 20
    /// to 90 percent, or at least one request per minute (`INF4219` otherwise).
    pub const fn new(metric: PredefinedMetric, target: u32) -> Self {
        Self::of(Tracked::Predefined(metric), target)
    }

    /// Creates a policy for a metric or a metric expression of CloudWatch, over one minute, and its target of at least 1
    /// (`INF4219` otherwise). The metric falls when capacity is added, and rises when capacity is removed, by as much.
    ///
    /// ```
    /// use infra_lib::applicationautoscaling::TargetTracking;
    /// use infra_lib::cloudwatch::{MathExpression, Metric};
    ///
    /// let waiting = Metric::new("Shop", "WaitingOrders");
    /// let packers = Metric::new("Shop", "Packers");
    /// let each = MathExpression::new("waiting / packers").using("waiting", waiting).using("packers", packers);
    /// let policy = TargetTracking::custom(each, 20);
    /// ```
    #[cfg(feature = "cloudwatch")]
    pub fn custom(measure: impl Into<Measure>, target: u32) -> Self {
        Self::of(Tracked::Custom(Box::new(measure.into())), target)
    }

    const fn of(metric: Tracked, target: u32) -> Self {
        Self {
            metric,
            target,
            scale_out_cooldown: Duration::minutes(1),
            scale_in_cooldown: Duration::minutes(5),
            scale_in: ScaleIn::Enabled,
        }
    }

    /// Sets the time after adding capacity until its effect is expected in the metric. Default: 1 minute.
    pub const fn scale_out_cooldown(mut self, cooldown: Duration) -> Self {
        self.scale_out_cooldown = cooldown;
        self
    }

    /// Sets the time after a scaling activity before capacity may be removed. Default: 5 minutes.
    pub const fn scale_in_cooldown(mut self, cooldown: Duration) -> Self {
        self.scale_in_cooldown = cooldown;
        self
    }

    /// Sets whether the policy may reduce capacity. Default: [`ScaleIn::Enabled`].
    pub const fn scale_in(mut self, scale_in: ScaleIn) -> Self {
        self.scale_in = scale_in;
        self
    }

    pub(super) fn check_target(&self, scope: Scope<'_>) {
        let (allowed, expected) = self.metric.bounds();
        if allowed.contains(&self.target) {
            return;
        }
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

    pub(super) fn render_configuration(self) -> cfn::TargetTrackingScalingPolicyConfiguration {
        let target = f64::from(self.target) / self.metric.divisor();
        let target: Value<f64> = target.into_value();
        let policy = cfn::TargetTrackingScalingPolicyConfiguration::new(target);
        let policy = match self.metric {
            Tracked::Predefined(metric) => policy.predefined_metric_specification(metric.render()),
            #[cfg(feature = "cloudwatch")]
            Tracked::Custom(measure) => policy
                .customized_metric_specification(super::custom_metric::render_measure(&measure)),
        };
        let policy = policy
            .scale_in_cooldown(self.scale_in_cooldown.to_seconds_i64())
            .scale_out_cooldown(self.scale_out_cooldown.to_seconds_i64());
        match self.scale_in {
            ScaleIn::Enabled => policy,
            ScaleIn::Disabled => policy.disable_scale_in(true),
        }
    }
}

impl Tracked {
    /// Returns the targets that can be reached, and their description.
    const fn bounds(&self) -> (RangeInclusive<u32>, &'static str) {
        match self {
            Self::Predefined(metric) => metric.bounds(),
            #[cfg(feature = "cloudwatch")]
            Self::Custom(_) => (1..=u32::MAX, "at least 1"),
        }
    }

    /// Returns the number by which a target is divided in the template.
    const fn divisor(&self) -> f64 {
        match self {
            Self::Predefined(metric) => metric.divisor(),
            #[cfg(feature = "cloudwatch")]
            Self::Custom(_) => 1.0,
        }
    }
}

impl PredefinedMetric {
    const fn bounds(&self) -> (RangeInclusive<u32>, &'static str) {
        match self {
            Self::EcsServiceAverageCpu | Self::EcsServiceAverageMemory => {
                (1..=100, "1 to 100 percent")
            }
            Self::AlbRequestCountPerTarget { .. } => {
                (1..=u32::MAX, "at least 1 request per minute")
            }
            Self::LambdaProvisionedConcurrencyUtilization => (10..=90, "10 to 90 percent"),
            Self::DynamoDbReadCapacityUtilization | Self::DynamoDbWriteCapacityUtilization => {
                (20..=90, "20 to 90 percent")
            }
        }
    }

    /// Returns 100 for Lambda, which measures the utilization as a number between 0 and 1; other services do in percent.
    const fn divisor(&self) -> f64 {
        match self {
            Self::LambdaProvisionedConcurrencyUtilization => 100.0,
            _ => 1.0,
        }
    }

    fn render(self) -> cfn::PredefinedMetricSpecification {
        use cfn::PredefinedMetricSpecificationPredefinedMetricType as Type;
        match self {
            Self::EcsServiceAverageCpu => {
                cfn::PredefinedMetricSpecification::new(Type::ECS_SERVICE_AVERAGE_CPU_UTILIZATION)
            }
            Self::EcsServiceAverageMemory => cfn::PredefinedMetricSpecification::new(
                Type::ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION,
            ),
            Self::AlbRequestCountPerTarget { resource_label } => {
                cfn::PredefinedMetricSpecification::new(Type::ALB_REQUEST_COUNT_PER_TARGET)
                    .resource_label(resource_label)
            }
            Self::LambdaProvisionedConcurrencyUtilization => {
                cfn::PredefinedMetricSpecification::new(
                    Type::LAMBDA_PROVISIONED_CONCURRENCY_UTILIZATION,
                )
            }
            Self::DynamoDbReadCapacityUtilization => {
                cfn::PredefinedMetricSpecification::new(Type::DYNAMO_DB_READ_CAPACITY_UTILIZATION)
            }
            Self::DynamoDbWriteCapacityUtilization => {
                cfn::PredefinedMetricSpecification::new(Type::DYNAMO_DB_WRITE_CAPACITY_UTILIZATION)
            }
        }
    }
}
