//! Metrics and statistics.

use std::borrow::Cow;

use super::{MathExpression, Period};
use crate::core::{Data, IntoValue};

/// Statistic: the aggregation of values within a period.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Statistic {
    /// Mean of the values in a period.
    Average,
    /// Sum of the values in a period.
    Sum,
    /// Lowest of the values in a period.
    Minimum,
    /// Highest of the values in a period.
    Maximum,
    /// Number of the values in a period.
    SampleCount,
    /// Median of the values in a period, `p50`.
    P50,
    /// 90th percentile of the values.
    P90,
    /// 95th percentile of the values.
    P95,
    /// 99th percentile of the values.
    P99,
    /// 99.9th percentile of the values.
    P99_9,
    /// Another statistic in CloudWatch's notation: `p97.5`, `tm99`, `IQM`, `PR(:300)`.
    ///
    /// See [CloudWatch
    /// statistics](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html).
    Extended(Cow<'static, str>),
}

impl Statistic {
    /// Returns the statistic in CloudWatch's notation.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Average => "Average",
            Self::Sum => "Sum",
            Self::Minimum => "Minimum",
            Self::Maximum => "Maximum",
            Self::SampleCount => "SampleCount",
            Self::P50 => "p50",
            Self::P90 => "p90",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::P99_9 => "p99.9",
            Self::Extended(text) => text,
        }
    }

    /// Returns `true` for statistics of the property `Statistic`; all others belong to `ExtendedStatistic`.
    pub(super) const fn is_simple(&self) -> bool {
        matches!(
            self,
            Self::Average | Self::Sum | Self::Minimum | Self::Maximum | Self::SampleCount
        )
    }
}

/// A CloudWatch metric with its dimensions, statistic and period.
///
/// The default is the average over five minutes, as in the console. See [CloudWatch
/// concepts](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html).
///
/// ```
/// use infra_lib::cloudwatch::{Metric, Period, Statistic};
///
/// let cpu = Metric::new("AWS/ECS", "CPUUtilization")
///     .dimension("ClusterName", "notes")
///     .statistic(Statistic::Maximum)
///     .period(Period::ONE_MINUTE);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    pub(crate) namespace: Cow<'static, str>,
    pub(crate) name: Cow<'static, str>,
    pub(crate) dimensions: Vec<(Cow<'static, str>, Data)>,
    pub(crate) statistic: Statistic,
    pub(super) period: Period,
    pub(super) label: Option<String>,
}

impl Metric {
    /// Creates a metric of a namespace, such as `CPUUtilization` of `AWS/ECS`.
    pub fn new(
        namespace: impl Into<Cow<'static, str>>,
        name: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
            dimensions: Vec::new(),
            statistic: Statistic::Average,
            period: Period::FIVE_MINUTES,
            label: None,
        }
    }

    /// Adds a dimension, which identifies the resource that the metric belongs to. Dimensions keep the order in which
    /// they are added.
    pub fn dimension(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl IntoValue<String>,
    ) -> Self {
        self.dimensions
            .push((name.into(), value.into_value().into_data()));
        self
    }

    /// Sets the statistic. Default: [`Statistic::Average`].
    pub fn statistic(mut self, statistic: Statistic) -> Self {
        self.statistic = statistic;
        self
    }

    /// Sets the period. Default: five minutes.
    pub fn period(mut self, period: Period) -> Self {
        self.period = period;
        self
    }

    /// Sets the label of the metric in graphs.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// A measure for alarms and graphs: a metric, or an expression over several metrics.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Measure {
    /// A single metric, without an expression.
    Metric(Metric),
    /// An expression over metrics.
    Math(MathExpression),
}

impl Measure {
    /// Returns the period of the measure.
    pub const fn period(&self) -> Period {
        match self {
            Self::Metric(metric) => metric.period,
            Self::Math(math) => math.period,
        }
    }
}

impl From<Metric> for Measure {
    fn from(metric: Metric) -> Self {
        Self::Metric(metric)
    }
}

impl From<MathExpression> for Measure {
    fn from(math: MathExpression) -> Self {
        Self::Math(math)
    }
}
