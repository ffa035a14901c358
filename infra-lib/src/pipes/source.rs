//! Sources of pipes.

use crate::core::{Data, Diagnostic, Duration, IntoValue, Map, Scope, Value, codes};
use crate::iam::Statement;

/// Parameter of streams with the dead-letter queue.
const DEAD_LETTERS: &str = "DeadLetterConfig";

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

    /// Sets the queue that receives descriptions of the events of a stream that the pipe dropped, after their retries or
    /// their age, with the permission to send. Default: none; events are lost. Messages of a queue go to the dead-letter
    /// queue of that queue, so the pipe has none (`INF4958`). A key of an imported queue needs a
    /// [`statement`](Self::statement).
    #[cfg(feature = "sqs")]
    pub fn dead_letter_queue<'app>(
        self,
        queue: &impl crate::sqs::QueueOfKind<'app, crate::sqs::Standard>,
    ) -> Self {
        let queue = queue.as_queue();
        let arn = Data::map([("Arn", queue.arn().into_data())]);
        let statements = queue.send_statements().into_iter();
        statements.fold(self.parameter(DEAD_LETTERS, arn), Self::statement)
    }

    /// Reports a dead-letter queue of a pipe that reads a queue (`INF4958`).
    pub(super) fn check(&self, scope: Scope<'_>) {
        if self.kind == "SqsQueueParameters" && self.parameters.get(DEAD_LETTERS).is_some() {
            scope.report(
                Diagnostic::new(
                    codes::PIPE_DEAD_LETTER_QUEUE,
                    "a pipe that reads a queue cannot have a dead-letter queue",
                )
                .property("SourceParameters.SqsQueueParameters.DeadLetterConfig")
                .expected("a dead-letter queue of the queue that is read")
                .help("move it there: `Queue::builder().dead_letter_queue(DeadLetterQueue::new(&failed, 5))`")
                .url("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html"),
            );
        }
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
