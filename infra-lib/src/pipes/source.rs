//! Sources of pipes.

use crate::core::{Data, Duration, IntoValue, Map, Value};
use crate::iam::Statement;

/// First record of a stream that a pipe reads.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StartFrom {
    /// The oldest record that the stream has.
    TrimHorizon,
    /// The first record that is written after the pipe was created.
    Latest,
}

impl StartFrom {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::TrimHorizon => "TRIM_HORIZON",
            Self::Latest => "LATEST",
        }
    }
}

/// The queue or stream whose events a [`Pipe`](super::Pipe) reads, with the permissions that it needs.
///
/// See [sources of pipes](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | permissions | those to read this source | none |
/// | events of a batch | 10 of a queue, 100 of a stream | the same |
/// | time to collect a batch | none | none |
#[derive(Clone, Debug)]
#[must_use = "a source has no effect until it is passed to a pipe"]
pub struct PipeSource {
    pub(super) arn: Value<String>,
    kind: &'static str,
    parameters: Map,
    pub(super) statements: Vec<Statement>,
}

impl PipeSource {
    /// Creates a source from an ARN, the property with its parameters, such as `SqsQueueParameters`, and parameters.
    pub fn new(arn: impl IntoValue<String>, kind: &'static str, parameters: Map) -> Self {
        Self {
            arn: arn.into_value(),
            kind,
            parameters,
            statements: Vec::new(),
        }
    }

    /// Adds a statement to the role of the pipe.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Sets the maximum number of events of a batch. Default: 10 of a queue, 100 of a stream, as in CloudFormation.
    pub fn batch_size(self, events: u32) -> Self {
        self.parameter("BatchSize", i64::from(events))
    }

    /// Sets the time for which events of a batch are collected, up to 5 minutes. Default: none, as in CloudFormation.
    pub fn batching_window(self, time: Duration) -> Self {
        self.parameter("MaximumBatchingWindowInSeconds", time.to_seconds_i64())
    }

    /// Sets another parameter of the source, by its name in CloudFormation, such as `MaximumRetryAttempts` of streams.
    pub fn parameter(mut self, name: &'static str, value: impl Into<Data>) -> Self {
        self.parameters.insert(name, value);
        self
    }

    /// Returns `SourceParameters`, with the patterns of filters.
    pub(super) fn render(&self, filters: &[serde_json::Value]) -> Map {
        let mut map = Map::default();
        if !filters.is_empty() {
            let patterns = filters
                .iter()
                .map(|pattern| Data::map([("Pattern", Data::from(pattern.to_string()))]));
            map.insert(
                "FilterCriteria",
                Data::map([("Filters", Data::list(patterns))]),
            );
        }
        if !self.parameters.is_empty() {
            map.insert(self.kind, self.parameters.clone());
        }
        map
    }
}
