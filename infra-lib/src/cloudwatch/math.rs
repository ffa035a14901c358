//! Metric math: expressions over metrics.

use super::{Metric, Period};
use crate::core::{Diagnostic, Scope, codes, find_nearest};

/// An expression over metrics, such as an error rate.
///
/// ```
/// use infra_lib::cloudwatch::{MathExpression, Metric, Statistic};
///
/// let errors = Metric::new("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count").statistic(Statistic::Sum);
/// let requests = Metric::new("AWS/ApplicationELB", "RequestCount").statistic(Statistic::Sum);
/// let rate = MathExpression::new("100 * errors / requests")
///     .using("errors", errors)
///     .using("requests", requests)
///     .label("5xx in percent");
/// ```
///
/// See [metric math](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
#[derive(Clone, Debug, PartialEq)]
pub struct MathExpression {
    pub(crate) expression: String,
    pub(crate) metrics: Vec<(String, Metric)>,
    pub(super) period: Period,
    pub(crate) label: Option<String>,
}

impl MathExpression {
    /// Creates an expression over the metrics that [`using`](Self::using) names. Its period is five minutes unless
    /// another is set.
    pub fn new(expression: impl Into<String>) -> Self {
        Self {
            expression: expression.into(),
            metrics: Vec::new(),
            period: Period::FIVE_MINUTES,
            label: None,
        }
    }

    /// Names a metric for the expression: a lower-case letter, then letters, digits and `_` (`INF4703` otherwise).
    ///
    /// The metric gets the period of the expression.
    pub fn using(mut self, id: impl Into<String>, metric: Metric) -> Self {
        self.metrics.push((id.into(), metric));
        self
    }

    /// Sets the period of all metrics of the expression. Default: five minutes.
    pub fn period(mut self, period: Period) -> Self {
        self.period = period;
        self
    }

    /// Sets the label of the expression in graphs.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Returns the metrics with the period of the expression.
    pub(super) fn metrics_with_period(&self) -> impl Iterator<Item = (&str, Metric)> {
        self.metrics
            .iter()
            .map(|(id, metric)| (id.as_str(), metric.clone().period(self.period)))
    }

    /// Reports names in the expression that no metric has, and names that CloudWatch refuses.
    #[track_caller]
    pub(super) fn check_expression(&self, scope: Scope<'_>) {
        let known: Vec<&str> = self.metrics.iter().map(|(id, _)| id.as_str()).collect();
        for id in &known {
            if !is_id(id) {
                scope.report(
                    self.build_finding(format!("`{id}` is not a valid metric ID"))
                        .expected("a lower-case letter, then letters, digits and `_`"),
                );
            }
        }
        for word in self
            .unquoted_words()
            .filter(|word| is_id(word) && !known.contains(word))
        {
            let mut finding =
                self.build_finding(format!("the expression uses the undefined metric `{word}`"));
            finding = match find_nearest(word, known.iter().copied()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(format!("add it: `.using(\"{word}\", metric)`")),
            };
            scope.report(finding);
        }
    }

    #[track_caller]
    fn build_finding(&self, message: String) -> Diagnostic {
        Diagnostic::new(codes::BAD_METRIC_EXPRESSION, message).actual(self.expression.clone())
    }

    /// Returns the words of the expression outside quoted text. Function names have upper-case letters.
    fn unquoted_words(&self) -> impl Iterator<Item = &str> {
        let unquoted = self.expression.split(['"', '\'']).step_by(2);
        unquoted
            .flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
            .filter(|word| !word.is_empty())
    }
}

fn is_id(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
