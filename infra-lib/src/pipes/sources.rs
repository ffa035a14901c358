//! Queues, streams and tables as sources of pipes.

#[cfg(any(feature = "dynamodb", feature = "sqs"))]
use super::keys::key_statement;
#[cfg(any(feature = "dynamodb", feature = "kinesis", feature = "sqs"))]
use super::source::PipeSource;
#[cfg(any(feature = "dynamodb", feature = "kinesis"))]
use super::source::StartFrom;
#[cfg(any(feature = "dynamodb", feature = "kinesis", feature = "sqs"))]
use crate::core::Map;
#[cfg(any(feature = "dynamodb", feature = "sqs"))]
use crate::iam::Statement;

#[cfg(feature = "sqs")]
macro_rules! queue_source {
    ($($(#[$doc:meta])+ $name:ident = $queue:ident;)+) => {
        impl PipeSource {
            $($(#[$doc])+
            pub fn $name(queue: &crate::sqs::$queue<'_>) -> Self {
                let source = Self::new(queue.arn(), "SqsQueueParameters", Map::default()).statement(
                    Statement::allow()
                        .actions([
                            "sqs:DeleteMessage",
                            "sqs:GetQueueAttributes",
                            "sqs:ReceiveMessage",
                        ])
                        .resource(queue.arn()),
                );
                let key = key_statement(queue.encryption_key(), &["kms:Decrypt"]);
                key.into_iter().fold(source, Self::statement)
            })+
        }
    };
}

#[cfg(feature = "sqs")]
queue_source! {
    /// Creates a source from a queue, whose messages the pipe deletes when the target has them.
    from_queue = Queue;
    /// Creates a source from a FIFO queue, whose messages the pipe deletes when the target has them.
    from_fifo_queue = FifoQueue;
}

#[cfg(feature = "sqs")]
impl PipeSource {
    /// Creates a source from an existing queue, whose messages the pipe deletes when the target has them. A key of the queue
    /// needs a [`statement`](Self::statement).
    pub fn from_imported_queue(queue: &crate::sqs::ImportedQueue) -> Self {
        let arn = queue.arn();
        Self::new(&arn, "SqsQueueParameters", Map::default()).statement(
            Statement::allow()
                .actions([
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:ReceiveMessage",
                ])
                .resource(arn),
        )
    }
}

#[cfg(feature = "kinesis")]
impl PipeSource {
    /// Creates a source from a data stream. A key of an imported stream needs a [`statement`](Self::statement).
    pub fn from_stream<'app>(
        stream: &impl crate::kinesis::AsStream<'app>,
        from: StartFrom,
    ) -> Self {
        let stream = stream.as_stream();
        let mut parameters = Map::default();
        parameters.insert("StartingPosition", from.as_str());
        let actions = [
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
        ];
        let statements = stream.statements(&actions, "kms:Decrypt").into_iter();
        statements.fold(
            Self::new(stream.arn(), "KinesisStreamParameters", parameters),
            Self::statement,
        )
    }
}

#[cfg(feature = "dynamodb")]
impl PipeSource {
    /// Creates a source from the changes of a table, in the region of the stack for a global table. Returns `None` for a
    /// table without a stream, and for an imported table without
    /// [its ARN](crate::dynamodb::ImportedTable::with_stream_arn). A key of an imported table needs a
    /// [`statement`](Self::statement).
    pub fn from_table<'app>(
        table: &impl crate::dynamodb::AsTableStream<'app>,
        from: StartFrom,
    ) -> Option<Self> {
        let stream = table.as_table_stream()?;
        let arn = stream.arn();
        let mut parameters = Map::default();
        parameters.insert("StartingPosition", from.as_str());
        let source = Self::new(arn.clone(), "DynamoDBStreamParameters", parameters)
            .statement(
                Statement::allow()
                    .actions([
                        "dynamodb:DescribeStream",
                        "dynamodb:GetRecords",
                        "dynamodb:GetShardIterator",
                    ])
                    .resource(arn),
            )
            // The action has no resources.
            .statement(
                Statement::allow()
                    .action("dynamodb:ListStreams")
                    .resource("*"),
            );
        let key = key_statement(stream.encryption_key(), &["kms:Decrypt"]);
        Some(key.into_iter().fold(source, Self::statement))
    }
}
