//! Step scaling: alarms whose policies change the capacity by steps.

use std::collections::BTreeMap;

use infra_cfn::autoscaling::{CfnScalingPolicy, CfnScalingPolicyProps, scaling_policy as cfn};
use infra_cfn::kind;

use crate::cloudwatch::{
    Alarm, AlarmAction, Comparison, Measure, Metric, Statistic, TreatMissingData,
};
use crate::construct::With;
use crate::{Diagnostic, Duration, IntoValue, Name, Scope, Value, codes};

/// Number of steps that a policy may have.
const LIMIT: usize = 20;

/// Meaning of the number of a step.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Adjustment {
    /// Number of instances that are added, or removed if it is negative.
    #[default]
    ChangeInCapacity,
    /// Percentage of the instances that is added, or removed if it is negative.
    PercentChangeInCapacity,
    /// Number of instances from then on.
    ExactCapacity,
}

/// Alarms of a metric with policies that change the capacity by steps, for
/// [`scale_in_steps`](super::AutoScalingGroup::scale_in_steps).
///
/// The lower alarm goes off at the highest of the lower limits, the upper one at the lowest of the upper limits. See [step
/// scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html).
///
/// ```
/// use infra_lib::autoscaling::StepScaling;
/// use infra_lib::cloudwatch::Metric;
///
/// let backlog = StepScaling::new(Metric::new("Shop", "Backlog"))
///     .at_most(10, -1)
///     .at_least(100, 1)
///     .at_least(1_000, 5);
/// ```
#[derive(Clone, Debug)]
#[must_use = "steps have no effect until they are added to a group"]
pub struct StepScaling {
    metric: Measure,
    aggregation: cfn::MetricAggregationType,
    lower: Vec<(i32, i32)>,
    upper: Vec<(i32, i32)>,
    adjustment: Adjustment,
    min_magnitude: Option<u32>,
    warmup: Option<Duration>,
    evaluation_periods: u16,
    datapoints: Option<u16>,
}

impl StepScaling {
    /// Creates scaling on a metric or an expression, without steps. At least one is needed (`INF4994`).
    pub fn new(metric: impl Into<Measure>) -> Self {
        let metric = metric.into();
        let aggregation = match &metric {
            Measure::Metric(Metric { statistic, .. }) => match statistic {
                Statistic::Minimum => cfn::MetricAggregationType::MINIMUM,
                Statistic::Maximum => cfn::MetricAggregationType::MAXIMUM,
                _ => cfn::MetricAggregationType::AVERAGE,
            },
            Measure::Math(_) => cfn::MetricAggregationType::AVERAGE,
        };
        Self {
            metric,
            aggregation,
            lower: Vec::new(),
            upper: Vec::new(),
            adjustment: Adjustment::ChangeInCapacity,
            min_magnitude: None,
            warmup: None,
            evaluation_periods: 1,
            datapoints: None,
        }
    }

    /// Adds a step for values up to a limit, down to the next lower one.
    pub fn at_most(mut self, limit: i32, change: i32) -> Self {
        self.lower.push((limit, change));
        self
    }

    /// Adds a step for values from a limit, up to the next higher one.
    pub fn at_least(mut self, limit: i32, change: i32) -> Self {
        self.upper.push((limit, change));
        self
    }

    /// Sets the meaning of the numbers. Default: [`Adjustment::ChangeInCapacity`].
    pub const fn adjustment(mut self, adjustment: Adjustment) -> Self {
        self.adjustment = adjustment;
        self
    }

    /// Sets the number of instances that a percentage changes at least. Default: 1, as in CloudFormation.
    pub const fn min_adjustment_magnitude(mut self, instances: u32) -> Self {
        self.min_magnitude = Some(instances);
        self
    }

    /// Sets the time until a new instance counts in the metric. Default: that of the group, otherwise 5 minutes.
    pub const fn instance_warmup(mut self, time: Duration) -> Self {
        self.warmup = Some(time);
        self
    }

    /// Sets the number of periods of the metric that the alarms evaluate. Default: 1.
    pub const fn evaluation_periods(mut self, periods: u16) -> Self {
        self.evaluation_periods = periods;
        self
    }

    /// Sets the number of evaluated periods that must breach the threshold. Default: all.
    pub const fn datapoints_to_alarm(mut self, datapoints: u16) -> Self {
        self.datapoints = Some(datapoints);
        self
    }

    /// Returns an explanation of steps that contradict each other, or that AWS rejects.
    fn problem(&self) -> Option<String> {
        if self.lower.is_empty() && self.upper.is_empty() {
            return Some("step scaling has no steps".to_owned());
        }
        for steps in [&self.lower, &self.upper] {
            let limits: BTreeMap<i32, i32> = steps.iter().copied().collect();
            if limits.len() < steps.len() {
                return Some("two steps have the same limit".to_owned());
            }
            if steps.len() > LIMIT {
                return Some(format!(
                    "a policy has {} steps, more than {LIMIT}",
                    steps.len()
                ));
            }
            if self.adjustment == Adjustment::ExactCapacity
                && let Some((limit, number)) = limits.iter().find(|(_, number)| **number < 0)
            {
                return Some(format!("the capacity {number} at {limit} is negative"));
            }
        }
        let lower = self.lower.iter().map(|(limit, _)| *limit).max();
        let upper = self.upper.iter().map(|(limit, _)| *limit).min();
        let (lower, upper) = (lower?, upper?);
        (lower >= upper)
            .then(|| format!("values from {upper} to {lower} belong to steps of both directions"))
    }

    #[track_caller]
    pub(super) fn add_to(
        mut self,
        scope: Scope<'_>,
        id: &str,
        group: Value<Name<kind::autoscaling::AutoScalingGroup>>,
    ) {
        let scope = scope.library_construct(id, "infra-lib.autoscaling.StepScaling");
        if let Some(problem) = self.problem() {
            scope.report(
                Diagnostic::new(codes::SCALING_STEPS, problem)
                    .property("StepAdjustments")
                    .help("add steps with `at_most(limit, change)` and `at_least(limit, change)`, whose ranges do not overlap")
                    .url("https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html"),
            );
            return;
        }
        // From the threshold of the alarm outwards.
        self.lower.sort_unstable_by(|a, b| b.cmp(a));
        self.upper.sort_unstable();
        let lower = Direction {
            name: "Lower",
            comparison: Comparison::LessThanOrEqualToThreshold,
        };
        let upper = Direction {
            name: "Upper",
            comparison: Comparison::GreaterThanOrEqualToThreshold,
        };
        self.add_direction(scope, &lower, &self.lower, group.clone());
        self.add_direction(scope, &upper, &self.upper, group);
    }

    #[track_caller]
    fn add_direction(
        &self,
        scope: Scope<'_>,
        direction: &Direction,
        steps: &[(i32, i32)],
        group: Value<Name<kind::autoscaling::AutoScalingGroup>>,
    ) {
        let Some(&(threshold, _)) = steps.first() else {
            return;
        };
        let distance =
            |limit: i32| -> Value<f64> { (f64::from(limit) - f64::from(threshold)).into_value() };
        let adjustments: Vec<_> = steps
            .iter()
            .enumerate()
            .map(|(at, &(limit, change))| {
                let (near, far) = (limit, steps.get(at + 1).map(|(limit, _)| *limit));
                let step = cfn::StepAdjustment::new(i64::from(change));
                match direction.comparison {
                    Comparison::LessThanOrEqualToThreshold => step
                        .metric_interval_upper_bound(distance(near))
                        .with(far.map(distance), |step, far| {
                            step.metric_interval_lower_bound(far)
                        }),
                    _ => step
                        .metric_interval_lower_bound(distance(near))
                        .with(far.map(distance), |step, far| {
                            step.metric_interval_upper_bound(far)
                        }),
                }
            })
            .collect();
        let magnitude = self.min_magnitude.map(i64::from);
        let policy = CfnScalingPolicyProps::new(group)
            .policy_type(cfn::PolicyType::STEP_SCALING)
            .adjustment_type(match self.adjustment {
                Adjustment::ChangeInCapacity => cfn::AdjustmentType::CHANGE_IN_CAPACITY,
                Adjustment::PercentChangeInCapacity => {
                    cfn::AdjustmentType::PERCENT_CHANGE_IN_CAPACITY
                }
                Adjustment::ExactCapacity => cfn::AdjustmentType::EXACT_CAPACITY,
            })
            .metric_aggregation_type(self.aggregation.clone())
            .step_adjustments(adjustments)
            .with(magnitude, CfnScalingPolicyProps::min_adjustment_magnitude)
            .with(self.warmup, |policy, time| {
                policy.estimated_instance_warmup(time.to_seconds_i64())
            })
            .build(
                scope.library_construct(
                    &format!("{}Policy", direction.name),
                    "infra-lib.autoscaling.StepScalingPolicy",
                ),
                "Resource",
            );
        Alarm::builder()
            .metric(self.metric.clone())
            .comparison(direction.comparison)
            .threshold(threshold)
            .evaluation_periods(self.evaluation_periods)
            .maybe_datapoints_to_alarm(self.datapoints)
            .treat_missing_data(TreatMissingData::Missing)
            .description(format!("{} threshold of step scaling", direction.name))
            .action(&PolicyAction(policy))
            .build(scope, &format!("{}Alarm", direction.name));
    }
}

struct Direction {
    name: &'static str,
    comparison: Comparison,
}

/// A scaling policy as the action of an alarm, which needs no permission.
#[derive(Clone, Debug)]
struct PolicyAction<'app>(CfnScalingPolicy<'app>);

impl AlarmAction for PolicyAction<'_> {
    fn action_arn(&self) -> Value<String> {
        self.0.ref_().cast()
    }
}
