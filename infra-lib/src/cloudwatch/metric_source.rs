//! Metrics that AWS documents for a construct or an import: [`MetricSource`].

use super::alarm::{AlarmBuilder, alarm_builder};
use super::{Metric, Statistic};
use crate::core::Value;

/// Unit of a metric, as CloudWatch names it.
///
/// See [`MetricDatum`](https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Bytes.
    Bytes,
    /// Bytes in a second.
    BytesPerSecond,
    /// Number of events or things.
    Count,
    /// Number of events in a second.
    CountPerSecond,
    /// Hundredths.
    Percent,
    /// No unit: a ratio, or a unit that CloudWatch does not have, such as days.
    None,
}

/// A metric that AWS documents, with the statistic by which it is read unless another is asked for.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DocumentedMetric {
    /// Name of the metric in CloudWatch, such as `Invocations`.
    pub name: &'static str,
    /// Default statistic: that of the CDK where the CDK has the metric, except for those that `scripts/breadth` gives a reason for.
    pub statistic: Statistic,
    /// Unit of the values.
    pub unit: Unit,
    /// Page of AWS that documents the metric.
    pub page: &'static str,
}

impl DocumentedMetric {
    /// Creates the description of a metric. [`metrics!`](super::metrics) writes the calls.
    pub const fn new(
        name: &'static str,
        statistic: Statistic,
        unit: Unit,
        page: &'static str,
    ) -> Self {
        Self {
            name,
            statistic,
            unit,
            page,
        }
    }
}

/// A construct or an import about which its service publishes metrics.
///
/// Every documented metric has a method as well, such as
/// `function.metric_errors()`; this trait is for code that works with any construct.
///
/// ```
/// use infra_lib::cloudwatch::{Comparison, MetricSource, TreatMissingData, Widget};
/// use infra_lib::sqs::Queue;
/// use infra_lib::{App, Stack};
///
/// fn graphs(source: &impl MetricSource) -> Vec<Widget> {
///     source.metrics().into_iter().map(|metric| Widget::graph("").left(metric)).collect()
/// }
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let jobs = Queue::builder().build(stack, "Jobs");
/// assert!(graphs(&jobs).len() >= 9);
/// jobs.alarm_on("ApproximateAgeOfOldestMessage")
///     .comparison(Comparison::GreaterThanThreshold)
///     .threshold(600)
///     .evaluation_periods(3)
///     .treat_missing_data(TreatMissingData::NotBreaching)
///     .build(stack, "Slow");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no metrics",
    label = "no service publishes metrics about this",
    note = "use `Metric::new(namespace, name)` with the dimensions of the metric"
)]
pub trait MetricSource {
    /// Returns the namespace of the metrics, such as `AWS/SQS`.
    fn metric_namespace(&self) -> &'static str;

    /// Returns the dimensions that identify the source, in CloudWatch's order.
    fn metric_dimensions(&self) -> Vec<(&'static str, Value<String>)>;

    /// Returns the metrics that AWS documents for the source, in groups.
    fn documented_metrics(&self) -> &'static [&'static [DocumentedMetric]];

    /// Returns a metric of the source with a statistic, over five minutes. The name can be that of a metric which AWS
    /// has added since.
    fn metric_with(&self, name: &'static str, statistic: Statistic) -> Metric {
        let metric = Metric::new(self.metric_namespace(), name).statistic(statistic);
        self.metric_dimensions()
            .into_iter()
            .fold(metric, |metric, (dimension, value)| {
                metric.dimension(dimension, value)
            })
    }

    /// Returns a metric of the source with its default statistic, over five minutes. A metric that is not documented here
    /// has the average, as in CloudWatch.
    fn metric_named(&self, name: &'static str) -> Metric {
        let known = self.documented_metrics().iter().copied().flatten();
        let statistic = known
            .clone()
            .find(|known| known.name == name)
            .map_or(Statistic::Average, |known| known.statistic.clone());
        self.metric_with(name, statistic)
    }

    /// Returns every documented metric with its default statistic.
    fn metrics(&self) -> Vec<Metric> {
        let known = self.documented_metrics().iter().copied().flatten();
        known
            .map(|known| self.metric_with(known.name, known.statistic.clone()))
            .collect()
    }

    /// Returns a builder for an alarm on a metric with its default statistic.
    fn alarm_on<'app>(&self, name: &'static str) -> AlarmBuilder<'app, alarm_builder::SetMetric> {
        self.metric_named(name).alarm()
    }
}

/// Declares the metrics of a service as a table, and their sources.
///
/// The first form makes a constant of the table, and a method of each metric for every type. The second form makes a type
/// a [`MetricSource`](crate::cloudwatch::MetricSource) of some tables, with a method `metric(name, statistic)`. A type
/// with another method of that name uses the third form.
///
/// ```
/// use infra_lib::Value;
/// use infra_lib::cloudwatch::{MetricSource, metrics};
///
/// /// A cache of another team.
/// struct Cache(Value<String>);
///
/// metrics! {
///     const CACHE: "https://example.com/metrics" for Cache => {
///         /// Returns the number of reads that the cache answered.
///         metric_hits = "Hits", Sum, Count;
///     }
/// }
/// metrics! {
///     /// Returns a metric of `Example/Cache` for the cache.
///     impl Cache: "Example/Cache", [CACHE], |cache| ["Cache" = &cache.0]
/// }
///
/// let cache = Cache(infra_lib::value("sessions"));
/// assert_eq!(cache.metric_hits(), cache.metric_named("Hits"));
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __metrics {
    ($(#[$meta:meta])* $vis:vis const $table:ident: $page:literal for $($type:ty),+ => $list:tt) => {
        $crate::__metrics! { @table [$(#[$meta])*] [$vis] $table $page $list }
        $($crate::__metrics! { @methods $page ($type) $list })+
    };
    (@table [$($meta:tt)*] [$vis:vis] $table:ident $page:literal {
        $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident, $unit:ident;)+
    }) => {
        $($meta)*
        $vis const $table: &[$crate::cloudwatch::DocumentedMetric] = &[$(
            $crate::cloudwatch::DocumentedMetric::new(
                $name,
                $crate::cloudwatch::Statistic::$statistic,
                $crate::cloudwatch::Unit::$unit,
                $page,
            ),
        )+];
    };
    (@methods $page:literal ($type:ty) {
        $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident, $unit:ident;)+
    }) => {
        impl $type {
            $(
                $(#[doc = $doc])+
                #[doc = ""]
                #[doc = concat!(
                    "| metric | default statistic | unit | source |\n|---|---|---|---|\n| `", $name, "` | `", stringify!($statistic),
                    "` | `", stringify!($unit), "` | [AWS](", $page, ") |"
                )]
                pub fn $method(&self) -> $crate::cloudwatch::Metric {
                    $crate::cloudwatch::MetricSource::metric_with(
                        self,
                        $name,
                        $crate::cloudwatch::Statistic::$statistic,
                    )
                }
            )+
        }
    };
    (impl MetricSource for $type:ty: $namespace:literal, [$($table:path),* $(,)?], |$source:ident| [
        $($dimension:literal = $value:expr),* $(,)?
    ]) => {
        impl $crate::cloudwatch::MetricSource for $type {
            fn metric_namespace(&self) -> &'static str {
                $namespace
            }

            fn metric_dimensions(&self) -> Vec<(&'static str, $crate::Value<String>)> {
                let $source = self;
                vec![$(($dimension, $crate::IntoValue::<String>::into_value($value))),*]
            }

            fn documented_metrics(&self) -> &'static [&'static [$crate::cloudwatch::DocumentedMetric]] {
                const { &[$($table),*] }
            }
        }
    };
    ($(#[$meta:meta])+ impl $type:ty: $namespace:literal, $tables:tt, |$source:ident| $dimensions:tt) => {
        impl $type {
            $(#[$meta])+
            pub fn metric(
                &self,
                name: &'static str,
                statistic: $crate::cloudwatch::Statistic,
            ) -> $crate::cloudwatch::Metric {
                $crate::cloudwatch::MetricSource::metric_with(self, name, statistic)
            }
        }

        $crate::__metrics! { impl MetricSource for $type: $namespace, $tables, |$source| $dimensions }
    };
}

#[doc(inline)]
pub use crate::__metrics as metrics;
