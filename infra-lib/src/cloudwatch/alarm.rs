//! Alarms on metrics and metric expressions.

use std::rc::Rc;

use bon::Builder;

use super::action::Actions;
use super::{AlarmAction, MathExpression, Measure, Metric};
use crate::cfn::cloudwatch::alarm::{
    ComparisonOperator, Dimension, Metric as CfnMetric, MetricDataQuery, MetricStat,
    Statistic as CfnStatistic, TreatMissingData as CfnTreatMissingData,
};
use crate::cfn::cloudwatch::{CfnAlarm, CfnAlarmProps};
use crate::core::{Arn, Construct, Data, Diagnostic, IntoValue, Name, Scope, Value, codes};
use crate::kind;

/// Comparison of a datapoint with the threshold of an alarm.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Comparison {
    /// The datapoint is above the threshold.
    GreaterThanThreshold,
    /// The datapoint is at or above the threshold.
    GreaterThanOrEqualToThreshold,
    /// The datapoint is below the threshold.
    LessThanThreshold,
    /// The datapoint is at or below the threshold.
    LessThanOrEqualToThreshold,
}

/// Meaning of a period without data.
///
/// See [how alarms treat missing
/// data](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TreatMissingData {
    /// Missing data is good, for metrics that exist only when something happens, such as errors.
    NotBreaching,
    /// Missing data is bad, for metrics that are always published, such as healthy hosts.
    Breaching,
    /// The alarm keeps its state.
    Ignore,
    /// The alarm changes to `INSUFFICIENT_DATA`; the default of CloudFormation.
    Missing,
}

/// An alarm on a metric or a metric expression.
///
/// Creates an
/// [`AWS::CloudWatch::Alarm`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html),
/// and adds a permission for alarms to the policies of its topics. The treatment of missing data is required, because
/// CloudFormation's default, `INSUFFICIENT_DATA`, hides both an outage and a quiet night. All evaluated periods must
/// breach, as in CloudFormation, unless `datapoints_to_alarm` is set.
///
/// ```
/// use infra_lib::cloudwatch::{Alarm, Comparison, Metric, Statistic, TreatMissingData};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let errors = Metric::new("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count").statistic(Statistic::Sum);
/// Alarm::builder()
///     .metric(errors)
///     .comparison(Comparison::GreaterThanThreshold)
///     .threshold(5)
///     .evaluation_periods(3)
///     .datapoints_to_alarm(2)
///     .treat_missing_data(TreatMissingData::NotBreaching)
///     .build(stack, "Errors");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Alarm<'app> {
    scope: Scope<'app>,
    alarm: CfnAlarm<'app>,
}

/// Properties of an [`Alarm`], set through [`Alarm::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = AlarmBuilder),
    state_mod(name = alarm_builder, vis = "pub(crate)"),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct AlarmProps<'app> {
    #[builder(field)]
    actions: Actions<'app>,
    #[builder(field)]
    ok_actions: Actions<'app>,
    #[builder(field)]
    insufficient_data_actions: Actions<'app>,
    /// Measure that the alarm watches: a [`Metric`] or a [`MathExpression`](super::MathExpression).
    #[builder(into)]
    metric: Measure,
    /// Comparison by which a datapoint breaches the threshold.
    comparison: Comparison,
    /// Threshold, in the unit of the metric.
    #[builder(into)]
    threshold: f64,
    /// Number of most recent periods that are evaluated. Together they cover at most a day, or seven days for periods
    /// of an hour and longer (`INF4702` otherwise).
    evaluation_periods: u16,
    /// Number of evaluated periods that must breach the threshold. Default: all, as in CloudFormation.
    datapoints_to_alarm: Option<u16>,
    /// Meaning of a period without data.
    treat_missing_data: TreatMissingData,
    /// Physical name of the alarm. Default: a generated name, so that CloudFormation can replace the alarm.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    alarm_name: Option<Value<String>>,
    /// Description of the problem that the alarm indicates, and of the response to it. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
}

impl<'app, S: alarm_builder::State> AlarmBuilder<'app, S> {
    /// Adds an action that is invoked when the alarm goes off, such as a [`Topic`](crate::sns::Topic).
    pub fn action(mut self, action: &(impl AlarmAction + Clone + 'app)) -> Self {
        self.actions.push(Rc::new(action.clone()));
        self
    }

    /// Adds an action that is invoked when the alarm returns to `OK`.
    pub fn ok_action(mut self, action: &(impl AlarmAction + Clone + 'app)) -> Self {
        self.ok_actions.push(Rc::new(action.clone()));
        self
    }

    /// Adds an action that is invoked when the alarm has too little data.
    pub fn insufficient_data_action(mut self, action: &(impl AlarmAction + Clone + 'app)) -> Self {
        self.insufficient_data_actions.push(Rc::new(action.clone()));
        self
    }

    /// Adds the alarm under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> Alarm<'app>
    where
        S: alarm_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.cloudwatch.Alarm");
        check_period(&props, scope);
        let mut cfn = CfnAlarmProps::new()
            .comparison_operator(match props.comparison {
                Comparison::GreaterThanThreshold => ComparisonOperator::GREATER_THAN_THRESHOLD,
                Comparison::GreaterThanOrEqualToThreshold => {
                    ComparisonOperator::GREATER_THAN_OR_EQUAL_TO_THRESHOLD
                }
                Comparison::LessThanThreshold => ComparisonOperator::LESS_THAN_THRESHOLD,
                Comparison::LessThanOrEqualToThreshold => {
                    ComparisonOperator::LESS_THAN_OR_EQUAL_TO_THRESHOLD
                }
            })
            .threshold(props.threshold)
            .evaluation_periods(props.evaluation_periods)
            .treat_missing_data(match props.treat_missing_data {
                TreatMissingData::NotBreaching => CfnTreatMissingData::NOT_BREACHING,
                TreatMissingData::Breaching => CfnTreatMissingData::BREACHING,
                TreatMissingData::Ignore => CfnTreatMissingData::IGNORE,
                TreatMissingData::Missing => CfnTreatMissingData::MISSING,
            });
        if let Some(count) = props.datapoints_to_alarm {
            cfn = cfn.datapoints_to_alarm(count);
        }
        if let Some(name) = props.alarm_name {
            cfn = cfn.alarm_name(name);
        }
        if let Some(text) = props.description {
            cfn = cfn.alarm_description(text);
        }
        cfn = match &props.metric {
            Measure::Metric(metric) => of_metric(cfn, metric),
            Measure::Math(math) => {
                let metrics = math.metrics_with_period().map(|(id, metric)| {
                    let stat = MetricStat::new(crate::cfn::cloudwatch::alarm::MetricStatRequired {
                        metric: metric_of(&metric).into_value(),
                        period: metric.period.as_seconds().into_value(),
                        stat: metric.statistic.as_str().into_value(),
                    });
                    MetricDataQuery::new(id)
                        .metric_stat(stat)
                        .return_data(false)
                });
                let mut result = MetricDataQuery::new("result")
                    .expression(math.expression.as_str())
                    .return_data(true);
                if let Some(label) = &math.label {
                    result = result.label(label);
                }
                cfn.metrics(std::iter::once(result).chain(metrics).collect::<Vec<_>>())
            }
        };
        let alarm = Alarm {
            scope,
            alarm: cfn.build(scope, "Resource"),
        };
        for action in &props.actions {
            alarm.add_action(&**action);
        }
        for action in &props.ok_actions {
            alarm.add_ok_action(&**action);
        }
        for action in &props.insufficient_data_actions {
            alarm.add_insufficient_data_action(&**action);
        }
        alarm
    }
}

fn of_metric(cfn: CfnAlarmProps, metric: &Metric) -> CfnAlarmProps {
    let cfn = cfn
        .namespace(metric.namespace.clone())
        .metric_name(metric.name.clone())
        .dimensions(render_dimensions(metric))
        .period(metric.period.as_seconds());
    if metric.statistic.is_simple() {
        return cfn.statistic(CfnStatistic::other(metric.statistic.as_str().to_owned()));
    }
    cfn.extended_statistic(metric.statistic.as_str())
}

fn render_dimensions(metric: &Metric) -> Vec<Dimension> {
    metric
        .dimensions
        .iter()
        .map(|(name, value)| {
            Dimension::new(name.clone(), Value::<String>::from_data(value.clone()))
        })
        .collect()
}

fn metric_of(metric: &Metric) -> CfnMetric {
    CfnMetric::new()
        .namespace(metric.namespace.clone())
        .metric_name(metric.name.clone())
        .dimensions(render_dimensions(metric))
}

const DAY: u64 = 86_400;

/// Reports evaluation windows that CloudWatch refuses.
///
/// See [`PutMetricAlarm`](https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html).
fn check_period(props: &AlarmProps<'_>, scope: Scope<'_>) {
    let period = u64::from(props.metric.period().as_seconds());
    let (looked_at, limit) = match u64::from(props.evaluation_periods) * period {
        looked_at if period >= 3_600 => (looked_at, 7 * DAY),
        looked_at => (looked_at, DAY),
    };
    let refused = |message: &str, actual: String, expected: String| {
        scope.report(
            Diagnostic::new(codes::BAD_ALARM_WINDOW, message)
                .actual(actual)
                .expected(expected)
                .url("https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"),
        );
    };
    if props.evaluation_periods == 0 {
        refused(
            "the alarm evaluates no period",
            "evaluation_periods(0)".to_owned(),
            "at least 1".to_owned(),
        );
    } else if looked_at > limit {
        refused(
            "the evaluation range of the alarm is longer than CloudWatch allows",
            format!("{} periods of {period} seconds", props.evaluation_periods),
            format!("at most {} in total", crate::core::Duration::seconds(limit)),
        );
    }
    if let Some(count) = props.datapoints_to_alarm
        && (count == 0 || count > props.evaluation_periods)
    {
        refused(
            "the number of datapoints to alarm is not between 1 and the number of evaluated periods",
            format!("datapoints_to_alarm({count})"),
            format!("1 to {}", props.evaluation_periods),
        );
    }
    if let Measure::Math(math) = &props.metric {
        math.check_expression(scope);
    }
}

impl<'app> Alarm<'app> {
    /// Returns a builder for an alarm.
    pub fn builder() -> AlarmBuilder<'app> {
        AlarmProps::start()
    }

    /// Returns the ARN of the alarm.
    pub fn arn(&self) -> Value<Arn<kind::cloudwatch::Alarm>> {
        self.alarm.attr_arn()
    }

    /// Returns the physical name of the alarm.
    pub fn name(&self) -> Value<Name<kind::cloudwatch::Alarm>> {
        self.alarm.ref_()
    }

    /// Returns the L1 binding of the alarm.
    pub fn cfn(&self) -> CfnAlarm<'app> {
        self.alarm
    }

    /// Adds an action that is invoked when the alarm goes off.
    #[track_caller]
    pub fn add_action(&self, action: &(impl AlarmAction + ?Sized)) {
        self.push_action("AlarmActions", action);
    }

    /// Adds an action that is invoked when the alarm returns to `OK`.
    #[track_caller]
    pub fn add_ok_action(&self, action: &(impl AlarmAction + ?Sized)) {
        self.push_action("OKActions", action);
    }

    /// Adds an action that is invoked when the alarm has too little data.
    #[track_caller]
    pub fn add_insufficient_data_action(&self, action: &(impl AlarmAction + ?Sized)) {
        self.push_action("InsufficientDataActions", action);
    }

    #[track_caller]
    fn push_action(&self, property: &'static str, action: &(impl AlarmAction + ?Sized)) {
        action.bind(*self.alarm, self.arn().cast());
        self.alarm
            .push_prop(property, Data::from(action.action_arn()));
    }
}

impl Metric {
    /// Returns a builder for an alarm on the metric.
    ///
    /// ```
    /// use infra_lib::cloudwatch::{Comparison, Metric, TreatMissingData};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// Metric::new("AWS/ECS", "CPUUtilization")
    ///     .dimension("ClusterName", "notes")
    ///     .alarm()
    ///     .comparison(Comparison::GreaterThanThreshold)
    ///     .threshold(80)
    ///     .evaluation_periods(3)
    ///     .treat_missing_data(TreatMissingData::Ignore)
    ///     .build(stack, "Busy");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub fn alarm<'app>(self) -> AlarmBuilder<'app, alarm_builder::SetMetric> {
        Alarm::builder().metric(self)
    }
}

impl MathExpression {
    /// Returns a builder for an alarm on the result of the expression.
    pub fn alarm<'app>(self) -> AlarmBuilder<'app, alarm_builder::SetMetric> {
        Alarm::builder().metric(self)
    }
}

impl<'app> Construct<'app> for Alarm<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
