//! Metrics that CloudWatch Logs counts in log events.

use super::{AsLogGroup, FilterPattern, LogGroupRef, log_group};
use crate::cfn::logs::metric_filter::{
    Dimension, MetricTransformation, MetricTransformationRequired,
};
use crate::cfn::logs::{CfnMetricFilter, CfnMetricFilterProps, CfnMetricFilterRequired};
use crate::cloudwatch::{Metric, Statistic};
use crate::construct::With;
use crate::core::{Diagnostic, IntoValue, Scope, codes, value};

/// Metric that a filter publishes: by default 1 for each event that the pattern selects, and nothing otherwise.
///
/// ```
/// use infra_lib::logs::FilterMetric;
///
/// let errors = FilterMetric::new("Shop", "Errors").default_value(0);
/// let latency = FilterMetric::new("Shop", "Latency").value("$.millis").dimension("Path", "$.path");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct FilterMetric {
    namespace: String,
    name: String,
    value: String,
    default_value: Option<i64>,
    dimensions: Vec<(String, String)>,
}

impl FilterMetric {
    /// Creates a metric from its namespace, which must not begin with `AWS/`, and its name.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
            value: "1".to_owned(),
            default_value: None,
            dimensions: Vec::new(),
        }
    }

    /// Sets the value for each selected event: a number, or a field such as `$.millis`. Default: `1`.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Sets the value for periods with events of which none is selected. Default: no value, so that alarms have missing
    /// data. A metric with dimensions cannot have one (`INF4971`).
    pub fn default_value(mut self, value: i64) -> Self {
        self.default_value = Some(value);
        self
    }

    /// Adds a dimension with a field of the event, at most three. Each combination of values is charged as a metric.
    pub fn dimension(mut self, name: impl Into<String>, field: impl Into<String>) -> Self {
        self.dimensions.push((name.into(), field.into()));
        self
    }
}

crate::construct! {
    /// A filter that turns log events into a metric.
    ///
    /// Creates an
    /// [`AWS::Logs::MetricFilter`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html).
    /// Log groups of the class Infrequent Access cannot have one (`INF4972`). Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | value of the metric | 1 for each event | required |
    /// | default value | none | none |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::cloudwatch::{Alarm, Comparison, Statistic, TreatMissingData};
    /// use infra_lib::logs::{FilterMetric, FilterPattern, LogField, LogGroup, MetricFilter};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let logs = LogGroup::builder().build(stack, "Logs");
    /// let errors = MetricFilter::builder()
    ///     .log_group(logs)
    ///     .pattern(FilterPattern::json(LogField::new("level").equals("ERROR")))
    ///     .metric(FilterMetric::new("Shop", "Errors").default_value(0))
    ///     .build(stack, "Errors");
    /// Alarm::builder()
    ///     .metric(errors.metric(Statistic::Sum))
    ///     .comparison(Comparison::GreaterThanThreshold)
    ///     .threshold(10)
    ///     .evaluation_periods(1)
    ///     .treat_missing_data(TreatMissingData::NotBreaching)
    ///     .build(stack, "ManyErrors");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct MetricFilter<'app>: "infra-lib.logs.MetricFilter" {
        resource: CfnMetricFilter<'app>,
    }

    /// Properties of a [`MetricFilter`], set through [`MetricFilter::builder`].
    pub struct MetricFilterProps, MetricFilterBuilder, metric_filter_builder {
        /// Log group whose events are counted.
        required_reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Pattern that selects events.
        required pattern: FilterPattern,
        /// Metric that is published.
        required metric: FilterMetric,
        /// Name of the filter. Default: a generated name.
        text filter_name,
    }
}

impl<'app> MetricFilter<'app> {
    fn create(scope: Scope<'app>, props: MetricFilterProps<'app>) -> Self {
        log_group::check_class(scope, props.log_group, "a metric filter");
        let metric = props.metric;
        if metric.default_value.is_some() && !metric.dimensions.is_empty() {
            report_default(scope);
        }
        let dimensions: Vec<Dimension> = metric
            .dimensions
            .iter()
            .map(|(name, field)| Dimension::new(name, field))
            .collect();
        let transformation = MetricTransformation::new(MetricTransformationRequired {
            metric_name: value(metric.name.as_str()),
            metric_namespace: value(metric.namespace.as_str()),
            metric_value: value(metric.value.as_str()),
        })
        .with(metric.default_value, MetricTransformation::default_value)
        .with(
            Some(dimensions).filter(|list| !list.is_empty()),
            MetricTransformation::dimensions,
        );
        let resource = CfnMetricFilterProps::new(CfnMetricFilterRequired {
            filter_pattern: value(props.pattern.to_string()),
            log_group_name: props.log_group.name(),
            metric_transformations: vec![transformation].into_value(),
        })
        .with(props.filter_name, CfnMetricFilterProps::filter_name)
        .build(scope, "Resource");
        scope.attach(metric);
        Self { scope, resource }
    }

    /// Returns the metric, without its dimensions: add the one to look at with
    /// [`dimension`](Metric::dimension).
    pub fn metric(&self, statistic: Statistic) -> Metric {
        let metric = self.load_metric();
        Metric::new(metric.namespace.clone(), metric.name.clone()).statistic(statistic)
    }

    fn load_metric(&self) -> std::rc::Rc<FilterMetric> {
        self.scope
            .attached()
            .expect("every filter is made with its metric")
    }

    /// Returns the L1 binding of the filter.
    pub fn cfn(&self) -> CfnMetricFilter<'app> {
        self.resource
    }
}

/// Reports a default value of a metric with dimensions (`INF4971`).
fn report_default(scope: Scope<'_>) {
    scope.report(
        Diagnostic::new(
            codes::METRIC_DEFAULT,
            "the metric of the filter has both a default value and dimensions",
        )
        .property("MetricTransformations.0.DefaultValue")
        .expected("a default value, or dimensions")
        .help("remove `.default_value(…)`, and treat missing data of the alarm as not breaching")
        .url("https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html"),
    );
}
