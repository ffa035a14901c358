//! Metrics of CloudWatch in scaling policies.

use crate::cfn::applicationautoscaling::scaling_policy as cfn;
#[cfg(feature = "cloudwatch")]
use crate::cloudwatch::{Measure, Metric};
use crate::core::Value;

/// Returns a metric, or an expression with its metrics, as queries. Application Auto Scaling reads them once a minute.
pub(super) fn render_measure(measure: &Measure) -> cfn::CustomizedMetricSpecification {
    let queries = match measure {
        Measure::Metric(metric) => vec![render_query("metric", metric).return_data(true)],
        Measure::Math(math) => {
            let expression = cfn::TargetTrackingMetricDataQuery::new()
                .id("result")
                .expression(math.expression.as_str())
                .return_data(true);
            let expression = match &math.label {
                Some(label) => expression.label(label),
                None => expression,
            };
            let metrics = math.metrics.iter();
            std::iter::once(expression)
                .chain(metrics.map(|(id, metric)| render_query(id, metric).return_data(false)))
                .collect()
        }
    };
    cfn::CustomizedMetricSpecification::new().metrics(queries)
}

fn render_query(id: &str, metric: &Metric) -> cfn::TargetTrackingMetricDataQuery {
    let dimensions: Vec<_> = metric
        .dimensions
        .iter()
        .map(|(name, value)| {
            let value: Value<String> = Value::from_data(value.clone());
            cfn::TargetTrackingMetricDimension::new()
                .name(name.to_string())
                .value(value)
        })
        .collect();
    let rendered = cfn::TargetTrackingMetric::new()
        .namespace(metric.namespace.to_string())
        .metric_name(metric.name.to_string());
    let rendered = if dimensions.is_empty() {
        rendered
    } else {
        rendered.dimensions(dimensions)
    };
    cfn::TargetTrackingMetricDataQuery::new()
        .id(id)
        .metric_stat(
            cfn::TargetTrackingMetricStat::new()
                .metric(rendered)
                .stat(metric.statistic.as_str()),
        )
}
