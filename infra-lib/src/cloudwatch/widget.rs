//! Widgets of dashboards.

use super::{Alarm, CompositeAlarm, Measure, Metric};
use crate::core::{Data, Map, Scope, Value, pseudo};

/// Number of columns of a dashboard.
pub(super) const COLUMNS: u8 = 24;

/// An alarm whose state a dashboard shows.
#[derive(Clone, Debug, PartialEq)]
pub struct AlarmHandle(Value<String>);

impl AlarmHandle {
    pub(super) const fn of_arn(arn: Value<String>) -> Self {
        Self(arn)
    }
}

impl From<&Alarm<'_>> for AlarmHandle {
    fn from(alarm: &Alarm<'_>) -> Self {
        Self(alarm.arn().cast())
    }
}

impl From<&CompositeAlarm<'_>> for AlarmHandle {
    fn from(alarm: &CompositeAlarm<'_>) -> Self {
        Self(alarm.arn().cast())
    }
}

#[derive(Clone, Debug)]
enum Content {
    Text(String),
    Graph {
        left: Vec<Measure>,
        right: Vec<Measure>,
        lines: Vec<(String, f64)>,
    },
    SingleValue(Vec<Measure>),
    AlarmStatus(Vec<AlarmHandle>),
}

/// A widget of a dashboard: text, a graph, single values or alarm states.
///
/// ```
/// use infra_lib::cloudwatch::{Metric, Widget};
///
/// let cpu = Widget::graph("CPU").left(Metric::new("AWS/ECS", "CPUUtilization")).line("scale out", 60);
/// ```
#[derive(Clone, Debug)]
pub struct Widget {
    title: Option<String>,
    content: Content,
    pub(super) width: Option<u8>,
    pub(super) height: u8,
}

impl Widget {
    fn new(title: Option<String>, content: Content, height: u8) -> Self {
        Self {
            title,
            content,
            width: None,
            height,
        }
    }

    /// Creates a widget with Markdown text.
    pub fn text(markdown: impl Into<String>) -> Self {
        Self::new(None, Content::Text(markdown.into()), 2)
    }

    /// Creates a graph over time, without metrics at first.
    pub fn graph(title: impl Into<String>) -> Self {
        let content = Content::Graph {
            left: Vec::new(),
            right: Vec::new(),
            lines: Vec::new(),
        };
        Self::new(Some(title.into()), content, 6)
    }

    /// Creates a widget with the latest values of metrics as numbers.
    pub fn single_value<M: Into<Measure>>(
        title: impl Into<String>,
        metrics: impl IntoIterator<Item = M>,
    ) -> Self {
        let metrics = metrics.into_iter().map(Into::into).collect();
        Self::new(Some(title.into()), Content::SingleValue(metrics), 4)
    }

    /// Creates a widget with the states of alarms.
    pub fn alarm_status<A: Into<AlarmHandle>>(
        title: impl Into<String>,
        alarms: impl IntoIterator<Item = A>,
    ) -> Self {
        let alarms = alarms.into_iter().map(Into::into).collect();
        Self::new(Some(title.into()), Content::AlarmStatus(alarms), 3)
    }

    /// Adds a metric to the left axis of a graph.
    pub fn left(mut self, metric: impl Into<Measure>) -> Self {
        if let Content::Graph { left, .. } = &mut self.content {
            left.push(metric.into());
        }
        self
    }

    /// Adds a metric to the right axis of a graph.
    pub fn right(mut self, metric: impl Into<Measure>) -> Self {
        if let Content::Graph { right, .. } = &mut self.content {
            right.push(metric.into());
        }
        self
    }

    /// Adds a horizontal line to a graph, such as the threshold of an alarm.
    pub fn line(mut self, label: impl Into<String>, at: impl Into<f64>) -> Self {
        if let Content::Graph { lines, .. } = &mut self.content {
            lines.push((label.into(), at.into()));
        }
        self
    }

    /// Sets the width in columns, from 1 to 24. Default: an equal share of the row.
    pub fn width(mut self, columns: u8) -> Self {
        self.width = Some(columns.clamp(1, COLUMNS));
        self
    }

    /// Sets the height in rows of the grid, at least 1. Default: 2 for text, 6 for graphs, 4 for single values, 3 for
    /// alarm states.
    pub fn height(mut self, rows: u8) -> Self {
        self.height = rows.max(1);
        self
    }

    /// Reports expressions with unknown names.
    pub(super) fn check_measures(&self, scope: Scope<'_>) {
        let measures: Vec<&Measure> = match &self.content {
            Content::Graph { left, right, .. } => left.iter().chain(right).collect(),
            Content::SingleValue(metrics) => metrics.iter().collect(),
            Content::Text(_) | Content::AlarmStatus(_) => Vec::new(),
        };
        for measure in measures {
            if let Measure::Math(math) = measure {
                math.check_expression(scope);
            }
        }
    }

    /// Returns the widget as an entry of `widgets`.
    pub(super) fn render_data(&self, x: u8, y: u32, width: u8) -> Data {
        let mut properties = Map::new();
        let kind = match &self.content {
            Content::Text(markdown) => {
                properties.insert("markdown", markdown.clone());
                "text"
            }
            Content::AlarmStatus(alarms) => {
                let arns = alarms.iter().map(|alarm| alarm.0.data().clone());
                properties.insert("alarms", Data::list(arns));
                "alarm"
            }
            Content::SingleValue(metrics) => {
                Self::draw_graph(&mut properties, "singleValue", metrics, &[]);
                "metric"
            }
            Content::Graph { left, right, lines } => {
                Self::draw_graph(&mut properties, "timeSeries", left, right);
                if !lines.is_empty() {
                    let lines = lines.iter().map(|(label, at)| {
                        Data::map([
                            ("label", Data::from(label.clone())),
                            ("value", Data::Float(*at)),
                        ])
                    });
                    let horizontal = Data::list(lines.collect::<Vec<_>>());
                    properties.insert("annotations", Data::map([("horizontal", horizontal)]));
                }
                "metric"
            }
        };
        if let Some(title) = &self.title {
            properties.insert("title", title.clone());
        }
        let number = |number: u32| Data::Int(i64::from(number));
        Data::map([
            ("type", Data::from(kind)),
            ("x", number(x.into())),
            ("y", number(y)),
            ("width", number(width.into())),
            ("height", number(self.height.into())),
            ("properties", Data::Map(properties)),
        ])
    }

    fn draw_graph(properties: &mut Map, view: &'static str, left: &[Measure], right: &[Measure]) {
        let mut rows = Vec::new();
        for (axis, measures) in [("left", left), ("right", right)] {
            for measure in measures {
                add_rows(measure, axis, &mut rows);
            }
        }
        properties.insert("view", view);
        properties.insert("region", Data::from(pseudo::region()));
        properties.insert("metrics", Data::List(rows));
    }
}

/// Adds the rows of a measure. IDs of an expression's metrics are made unique within the widget.
fn add_rows(measure: &Measure, axis: &'static str, rows: &mut Vec<Data>) {
    match measure {
        Measure::Metric(metric) => {
            let mut options = options_of(metric);
            if axis == "right" {
                options.insert("yAxis", axis);
            }
            rows.push(metric_row(metric, options));
        }
        Measure::Math(math) => {
            let prefix = format!("m{}_", rows.len());
            let mut options = Map::new();
            let expression = math
                .metrics
                .iter()
                .fold(math.expression.clone(), |text, (id, _)| {
                    rename_words(&text, id, &format!("{prefix}{id}"))
                });
            options.insert("expression", expression);
            if let Some(label) = &math.label {
                options.insert("label", label.clone());
            }
            options.insert("period", Data::Int(math.period.as_seconds().into()));
            if axis == "right" {
                options.insert("yAxis", axis);
            }
            rows.push(Data::list([Data::Map(options)]));
            for (id, metric) in math.metrics_with_period() {
                let mut options = options_of(&metric);
                options.insert("id", format!("{prefix}{id}"));
                options.insert("visible", Data::Bool(false));
                rows.push(metric_row(&metric, options));
            }
        }
    }
}

/// Renames whole words outside quoted text.
fn rename_words(expression: &str, from: &str, to: &str) -> String {
    let mut renamed = String::new();
    let (mut word, mut quote) = (String::new(), None);
    for c in expression.chars().chain(std::iter::once(' ')) {
        if quote.is_none() && (c.is_ascii_alphanumeric() || c == '_') {
            word.push(c);
            continue;
        }
        renamed.push_str(if word == from { to } else { &word });
        word.clear();
        renamed.push(c);
        quote = match quote {
            Some(open) if open == c => None,
            None if c == '"' || c == '\'' => Some(c),
            unchanged => unchanged,
        };
    }
    renamed.pop();
    renamed
}

fn options_of(metric: &Metric) -> Map {
    let mut options = Map::new();
    options.insert("stat", metric.statistic.as_str().to_owned());
    options.insert("period", Data::Int(metric.period.as_seconds().into()));
    if let Some(label) = &metric.label {
        options.insert("label", label.clone());
    }
    options
}

fn metric_row(metric: &Metric, options: Map) -> Data {
    let mut row = vec![
        Data::Text(metric.namespace.clone()),
        Data::Text(metric.name.clone()),
    ];
    for (name, value) in &metric.dimensions {
        row.extend([Data::Text(name.clone()), value.clone()]);
    }
    row.push(Data::Map(options));
    Data::List(row)
}
