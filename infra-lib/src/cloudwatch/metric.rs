//! Metrics.

use std::borrow::Cow;

use super::{MathExpression, Period};
use crate::core::{Data, IntoValue};

/// What is made of the values within a period.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Statistic {
    /// Their mean.
    Average,
    /// Their sum.
    Sum,
    /// The least.
    Minimum,
    /// The greatest.
    Maximum,
    /// How many there are.
    SampleCount,
    /// The median.
    P50,
    /// What 90 of 100 do not exceed.
    P90,
    /// What 95 of 100 do not exceed.
    P95,
    /// What 99 of 100 do not exceed.
    P99,
    /// What 999 of 1,000 do not exceed.
    P99_9,
    /// Another one, as CloudWatch writes it: `p97.5`, `tm99`, `IQM`, `PR(:300)`.
    ///
    /// See [CloudWatch statistics](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html).
    Extended(Cow<'static, str>),
}

impl Statistic {
    /// As CloudWatch writes it.
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

    /// Whether `Statistic` takes it; all others belong into `ExtendedStatistic`.
    pub(super) const fn is_simple(&self) -> bool {
        matches!(
            self,
            Self::Average | Self::Sum | Self::Minimum | Self::Maximum | Self::SampleCount
        )
    }
}

/// A metric: which numbers, and what is made of them.
///
/// Default: the average over five minutes, as the console's.
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
    pub(super) namespace: Cow<'static, str>,
    pub(super) name: Cow<'static, str>,
    pub(super) dimensions: Vec<(Cow<'static, str>, Data)>,
    pub(super) statistic: Statistic,
    pub(super) period: Period,
    pub(super) label: Option<String>,
}

impl Metric {
    /// A metric of a namespace, such as `CPUUtilization` of `AWS/ECS`.
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

    /// Adds a dimension: whose metric it is. Dimensions keep the order in which they are added.
    pub fn dimension(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl IntoValue<String>,
    ) -> Self {
        self.dimensions
            .push((name.into(), value.into_value().into_data()));
        self
    }

    /// What is made of the values within a period.
    pub fn statistic(mut self, statistic: Statistic) -> Self {
        self.statistic = statistic;
        self
    }

    /// How long the period is.
    pub fn period(mut self, period: Period) -> Self {
        self.period = period;
        self
    }

    /// The name in graphs.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// What is watched or drawn: a metric, or an expression over several.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Measure {
    /// A metric.
    Metric(Metric),
    /// An expression over metrics.
    Math(MathExpression),
}

impl Measure {
    /// How long its period is.
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
