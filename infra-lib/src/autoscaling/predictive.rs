//! Predictive scaling: capacity for a load that recurs.

use infra_cfn::autoscaling::{CfnScalingPolicyProps, scaling_policy as cfn};
use infra_cfn::kind;

use crate::construct::With;
use crate::{Duration, IntoValue, Name, Scope, Value};

/// Pair of metrics from which the load is forecast, and by which the capacity is determined.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PredictiveMetric {
    /// CPU utilization; the target is the average of the instances, in percent.
    Cpu,
    /// Bytes received; the target is the average of the instances in a minute.
    NetworkIn,
    /// Bytes sent; the target is the average of the instances in a minute.
    NetworkOut,
}

/// Use of a forecast.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ForecastMode {
    /// Forecasts are made and can be compared with the load, but change nothing.
    #[default]
    ForecastOnly,
    /// Instances are started according to forecasts. They are removed by other policies only.
    ForecastAndScale,
}

/// Behaviour when the forecast capacity reaches the maximum of the group.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CapacityBreach {
    /// The maximum of the group holds.
    #[default]
    HonorMaxCapacity,
    /// The maximum grows to the forecast capacity and this buffer, in percent of it, 0 to 100.
    IncreaseMaxCapacity(u8),
}

/// Scaling by forecasts from the load of the last two weeks, for [`predict`](super::AutoScalingGroup::predict).
///
/// See [predictive scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-predictive-scaling.html).
///
/// ```
/// use infra_lib::autoscaling::{ForecastMode, PredictiveMetric, PredictiveScaling};
///
/// let scaling = PredictiveScaling::new(PredictiveMetric::Cpu, 50).mode(ForecastMode::ForecastAndScale);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a policy has no effect until it is added to a group"]
pub struct PredictiveScaling {
    metric: PredictiveMetric,
    target: f64,
    mode: ForecastMode,
    buffer: Option<Duration>,
    breach: CapacityBreach,
}

impl PredictiveScaling {
    /// Creates a policy that forecasts only, for a metric and its target.
    pub fn new(metric: PredictiveMetric, target: impl Into<f64>) -> Self {
        Self {
            metric,
            target: target.into(),
            mode: ForecastMode::ForecastOnly,
            buffer: None,
            breach: CapacityBreach::HonorMaxCapacity,
        }
    }

    /// Sets the use of forecasts. Default: [`ForecastMode::ForecastOnly`], as in CloudFormation.
    pub const fn mode(mut self, mode: ForecastMode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets the time between the start of instances and the load for which they are started, at most an hour (`INF4993`
    /// otherwise). Default: 5 minutes, as in CloudFormation.
    pub const fn scheduling_buffer(mut self, time: Duration) -> Self {
        self.buffer = Some(time);
        self
    }

    /// Sets the behaviour at the maximum capacity. Default: [`CapacityBreach::HonorMaxCapacity`], as in CloudFormation.
    pub const fn capacity_breach(mut self, breach: CapacityBreach) -> Self {
        self.breach = breach;
        self
    }

    #[track_caller]
    pub(super) fn add_to(
        self,
        scope: Scope<'_>,
        id: &str,
        group: Value<Name<kind::autoscaling::AutoScalingGroup>>,
    ) {
        use cfn::PredictiveScalingPredefinedMetricPairPredefinedMetricType as Pair;
        let id = format!("ScalingPolicy{id}");
        let scope = scope.library_construct(&id, "infra-lib.autoscaling.PredictiveScaling");
        if let Some(buffer) = self.buffer {
            super::group_options::check_duration(
                scope,
                "PredictiveScalingConfiguration.SchedulingBufferTime",
                "the scheduling buffer",
                buffer,
                (Duration::seconds(0), Duration::hours(1)),
            );
        }
        let pair = cfn::PredictiveScalingPredefinedMetricPair::new(match self.metric {
            PredictiveMetric::Cpu => Pair::ASGCPU_UTILIZATION,
            PredictiveMetric::NetworkIn => Pair::ASG_NETWORK_IN,
            PredictiveMetric::NetworkOut => Pair::ASG_NETWORK_OUT,
        });
        let target: Value<f64> = self.target.into_value();
        let metric = cfn::PredictiveScalingMetricSpecification::new(target)
            .predefined_metric_pair_specification(pair);
        let config = cfn::PredictiveScalingConfiguration::new(vec![metric])
            .mode(match self.mode {
                ForecastMode::ForecastOnly => {
                    cfn::PredictiveScalingConfigurationMode::FORECAST_ONLY
                }
                ForecastMode::ForecastAndScale => {
                    cfn::PredictiveScalingConfigurationMode::FORECAST_AND_SCALE
                }
            })
            .with(self.buffer, |config, time| {
                config.scheduling_buffer_time(time.to_seconds_i64())
            });
        let config = match self.breach {
            CapacityBreach::HonorMaxCapacity => config,
            CapacityBreach::IncreaseMaxCapacity(buffer) => config
                .max_capacity_breach_behavior(
                    cfn::PredictiveScalingConfigurationMaxCapacityBreachBehavior::INCREASE_MAX_CAPACITY,
                )
                .max_capacity_buffer(i64::from(buffer)),
        };
        CfnScalingPolicyProps::new(group)
            .policy_type(cfn::PolicyType::PREDICTIVE_SCALING)
            .predictive_scaling_configuration(config)
            .build(scope, "Resource");
    }
}
