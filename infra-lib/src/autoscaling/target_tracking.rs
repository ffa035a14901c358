//! Target tracking: scaling policies that keep a metric near a target value.

use infra_cfn::autoscaling::{CfnScalingPolicyProps, scaling_policy as cfn};
use infra_cfn::kind;

use crate::cloudwatch::{Metric, Statistic};
use crate::construct::With;
use crate::elbv2::{AsTargetGroup, TargetGroupRef};
use crate::{Diagnostic, Duration, IntoValue, Name, Scope, Value, codes};

/// Metric of a target tracking policy.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ScalingMetric<'app> {
    /// Average CPU utilization of the instances, in percent.
    AverageCpu,
    /// Average number of bytes that an instance receives in a minute.
    AverageNetworkIn,
    /// Average number of bytes that an instance sends in a minute.
    AverageNetworkOut,
    /// Number of requests per instance and minute, from [`requests_per_target`](Self::requests_per_target).
    #[non_exhaustive]
    RequestsPerTarget {
        /// Target group whose requests count.
        target_group: TargetGroupRef<'app>,
    },
    /// A metric that falls when instances are added and rises when they are removed, by as much.
    Custom(Box<Metric>),
}

impl<'app> ScalingMetric<'app> {
    /// Returns the number of requests per instance and minute. A listener must forward to the group before the policy is
    /// added (`INF4221` otherwise).
    pub fn requests_per_target(target_group: &impl AsTargetGroup<'app>) -> Self {
        let target_group = target_group.as_target_group();
        Self::RequestsPerTarget { target_group }
    }
}

impl From<Metric> for ScalingMetric<'_> {
    fn from(metric: Metric) -> Self {
        Self::Custom(Box::new(metric))
    }
}

/// Permission of a policy to remove instances.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum ScaleIn {
    /// The policy adds and removes instances.
    #[default]
    Enabled,
    /// The policy only adds instances.
    Disabled,
}

/// A scaling policy that keeps a metric near a target value, for [`track`](super::AutoScalingGroup::track).
///
/// See [target tracking](https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html).
///
/// ```
/// use infra_lib::autoscaling::{ScalingMetric, TargetTracking};
/// use infra_lib::prelude::*;
///
/// let cpu = TargetTracking::new(ScalingMetric::AverageCpu, 60).instance_warmup(Duration::minutes(3));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a policy has no effect until it is added to a group"]
pub struct TargetTracking<'app> {
    metric: ScalingMetric<'app>,
    target: f64,
    warmup: Option<Duration>,
    scale_in: ScaleIn,
}

impl<'app> TargetTracking<'app> {
    /// Creates a policy for a metric and its target, which is above 0, and at most 100 for the CPU (`INF4219` otherwise).
    pub fn new(metric: impl Into<ScalingMetric<'app>>, target: impl Into<f64>) -> Self {
        Self {
            metric: metric.into(),
            target: target.into(),
            warmup: None,
            scale_in: ScaleIn::Enabled,
        }
    }

    /// Sets the time until a new instance counts in the metric. Default: that of the group, otherwise 5 minutes.
    pub const fn instance_warmup(mut self, time: Duration) -> Self {
        self.warmup = Some(time);
        self
    }

    /// Sets the permission to remove instances. Default: [`ScaleIn::Enabled`], as in CloudFormation.
    pub const fn scale_in(mut self, scale_in: ScaleIn) -> Self {
        self.scale_in = scale_in;
        self
    }

    fn check(&self, scope: Scope<'_>) {
        let expected = match self.metric {
            ScalingMetric::AverageCpu if self.target > 100.0 => "above 0, at most 100 percent",
            _ if self.target <= 0.0 => "above 0",
            _ => return,
        };
        scope.report(
            Diagnostic::new(
                codes::SCALING_TARGET,
                format!(
                    "a scaling policy can never reach its target of {}",
                    self.target
                ),
            )
            .property("TargetTrackingConfiguration.TargetValue")
            .actual(self.target.to_string())
            .expected(expected),
        );
    }

    #[track_caller]
    pub(super) fn add_to(
        self,
        scope: Scope<'app>,
        id: &str,
        group: Value<Name<kind::autoscaling::AutoScalingGroup>>,
    ) {
        use cfn::PredefinedMetricSpecificationPredefinedMetricType as Type;
        let id = format!("ScalingPolicy{id}");
        let scope = scope.library_construct(&id, "infra-lib.autoscaling.TargetTracking");
        self.check(scope);
        let target: Value<f64> = self.target.into_value();
        let config = cfn::TargetTrackingConfiguration::new(target);
        let predefined = cfn::PredefinedMetricSpecification::new;
        let mut listeners = None;
        let config = match self.metric {
            ScalingMetric::AverageCpu => config
                .predefined_metric_specification(predefined(Type::ASG_AVERAGE_CPU_UTILIZATION)),
            ScalingMetric::AverageNetworkIn => {
                config.predefined_metric_specification(predefined(Type::ASG_AVERAGE_NETWORK_IN))
            }
            ScalingMetric::AverageNetworkOut => {
                config.predefined_metric_specification(predefined(Type::ASG_AVERAGE_NETWORK_OUT))
            }
            ScalingMetric::RequestsPerTarget { target_group } => {
                let Some(label) = resource_label(scope, target_group) else {
                    return;
                };
                if let TargetGroupRef::Own(own) = target_group {
                    listeners = Some(own);
                }
                config.predefined_metric_specification(
                    predefined(Type::ALB_REQUEST_COUNT_PER_TARGET).resource_label(label),
                )
            }
            ScalingMetric::Custom(metric) => {
                config.customized_metric_specification(render_metric(scope, &metric))
            }
        };
        let config = match self.scale_in {
            ScaleIn::Enabled => config,
            ScaleIn::Disabled => config.disable_scale_in(true),
        };
        let policy = CfnScalingPolicyProps::new(group)
            .policy_type(cfn::PolicyType::TARGET_TRACKING_SCALING)
            .target_tracking_configuration(config)
            .with(self.warmup, |policy, time| {
                policy.estimated_instance_warmup(time.to_seconds_i64())
            })
            .build(scope, "Resource");
        // The metric exists only once the group is part of a load balancer.
        if let Some(target_group) = listeners {
            target_group.listeners_before(*policy);
        }
    }
}

/// Returns the label of a target group in scaling policies, and reports a group that no listener forwards to.
pub(super) fn resource_label(
    scope: Scope<'_>,
    target_group: TargetGroupRef<'_>,
) -> Option<Value<String>> {
    let label = target_group.resource_label();
    if label.is_none() {
        scope.report(
            Diagnostic::new(
                codes::NO_REQUEST_METRIC,
                "scaling on requests requires a listener that forwards to the target group",
            )
            .help("create the listener before adding the policy"),
        );
    }
    label
}

/// Returns a custom metric, whose statistic must be a simple one.
fn render_metric(scope: Scope<'_>, metric: &Metric) -> cfn::CustomizedMetricSpecification {
    use cfn::CustomizedMetricSpecificationStatistic as Simple;
    let statistic = match metric.statistic {
        Statistic::Average => Simple::AVERAGE,
        Statistic::Sum => Simple::SUM,
        Statistic::Minimum => Simple::MINIMUM,
        Statistic::Maximum => Simple::MAXIMUM,
        Statistic::SampleCount => Simple::SAMPLE_COUNT,
        ref other => {
            super::group_options::report_setting(
                scope,
                "TargetTrackingConfiguration.CustomizedMetricSpecification.Statistic",
                "the statistic of a metric",
                other.as_str(),
                "Average, Sum, Minimum, Maximum or SampleCount",
            );
            Simple::AVERAGE
        }
    };
    let dimensions: Vec<_> = metric
        .dimensions
        .iter()
        .map(|(name, value)| {
            let value: Value<String> = Value::from_data(value.clone());
            cfn::MetricDimension::new(name.to_string(), value)
        })
        .collect();
    let specification = cfn::CustomizedMetricSpecification::new()
        .namespace(metric.namespace.to_string())
        .metric_name(metric.name.to_string())
        .statistic(statistic);
    if dimensions.is_empty() {
        specification
    } else {
        specification.dimensions(dimensions)
    }
}
