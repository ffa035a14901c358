//! Contracts of functions: values and permissions that each construct gives to a [`Function`], one line for each access of [`infra_contract`], and the sources of
//! each event.
//!
//! The module uses every service that it serves, and none uses it.

use infra_contract::{Receive, access, event};

use crate::core::IntoValue;
use crate::lambda::{Function, TypedFunction};

impl<V: IntoValue<String> + Clone> Receive<access::Text, V> for Function<'_> {
    fn receive(&self, variable: &str, text: &V) {
        self.add_env(variable, text.clone());
    }
}

/// Implements [`Receive`] for constructs, by value and by reference.
macro_rules! receive {
    ($($construct:ty: $access:ident, $value:ident, $grant:ident;)+) => {$(
        impl<'app> Receive<access::$access, $construct> for Function<'app> {
            fn receive(&self, variable: &str, construct: &$construct) {
                self.add_env(variable, construct.$value());
                construct.$grant(self);
            }
        }

        impl<'app> Receive<access::$access, &$construct> for Function<'app> {
            fn receive(&self, variable: &str, construct: &&$construct) {
                Receive::<access::$access, $construct>::receive(self, variable, construct);
            }
        }
    )+};
}

receive! {
    Function<'app>: InvokeFunction, arn, grant_invoke;
    crate::lambda::Alias<'app>: InvokeFunction, arn, grant_invoke;
    crate::lambda::Version<'app>: InvokeFunction, arn, grant_invoke;
    crate::lambda::ImportedFunction<'app>: InvokeFunction, arn, grant_invoke;
    crate::lambda::FunctionRef<'app>: InvokeFunction, arn, grant_invoke;
}

#[cfg(feature = "dynamodb")]
receive! {
    crate::dynamodb::Table<'app>: ReadTable, table_name, grant_read;
    crate::dynamodb::Table<'app>: WriteTable, table_name, grant_write;
    crate::dynamodb::Table<'app>: ReadWriteTable, table_name, grant_read_write;
    crate::dynamodb::GlobalTable<'app>: ReadTable, table_name, grant_read;
    crate::dynamodb::GlobalTable<'app>: WriteTable, table_name, grant_write;
    crate::dynamodb::GlobalTable<'app>: ReadWriteTable, table_name, grant_read_write;
    crate::dynamodb::ImportedTable: ReadTable, table_name, grant_read;
    crate::dynamodb::ImportedTable: WriteTable, table_name, grant_write;
    crate::dynamodb::ImportedTable: ReadWriteTable, table_name, grant_read_write;
}

#[cfg(feature = "sqs")]
receive! {
    crate::sqs::Queue<'app>: SendQueue, queue_url, grant_send;
    crate::sqs::Queue<'app>: ConsumeQueue, queue_url, grant_consume;
    crate::sqs::FifoQueue<'app>: SendQueue, queue_url, grant_send;
    crate::sqs::FifoQueue<'app>: ConsumeQueue, queue_url, grant_consume;
    crate::sqs::ImportedQueue: SendQueue, queue_url, grant_send;
    crate::sqs::ImportedQueue: ConsumeQueue, queue_url, grant_consume;
}

#[cfg(feature = "sns")]
receive! {
    crate::sns::Topic<'app>: PublishTopic, arn, grant_publish;
    crate::sns::FifoTopic<'app>: PublishTopic, arn, grant_publish;
    crate::sns::ImportedTopic: PublishTopic, arn, grant_publish;
}

#[cfg(feature = "s3")]
receive! {
    crate::s3::Bucket<'app>: ReadBucket, bucket_name, grant_read;
    crate::s3::Bucket<'app>: WriteBucket, bucket_name, grant_write;
    crate::s3::Bucket<'app>: ReadWriteBucket, bucket_name, grant_read_write;
}

#[cfg(feature = "secretsmanager")]
receive! {
    crate::secretsmanager::Secret<'app>: ReadSecret, arn, grant_read;
    crate::secretsmanager::ImportedSecret: ReadSecret, arn, grant_read;
}

#[cfg(feature = "ssm")]
receive! {
    crate::ssm::StringParameter<'app>: ReadParameter, name, grant_read;
    crate::ssm::ImportedStringParameter<'app>: ReadParameter, name, grant_read;
}

#[cfg(feature = "events")]
receive! {
    crate::events::EventBus<'app>: PutEvents, event_bus_name, grant_put_events;
    crate::events::ImportedEventBus: PutEvents, event_bus_name, grant_put_events;
}

#[cfg(feature = "kinesis")]
receive! {
    crate::kinesis::Stream<'app>: WriteStream, arn, grant_write;
    crate::kinesis::ImportedStream: WriteStream, arn, grant_write;
    crate::kinesis::StreamRef<'app>: WriteStream, arn, grant_write;
}

/// Implements [`EventSource`](crate::lambda::EventSource) for sources that Lambda polls by their ARN.
#[cfg(any(feature = "sqs", feature = "kinesis"))]
macro_rules! polled {
    ($($(#[$meta:meta])+ $source:ty: $event:ident, $grant:ident;)+) => {$(
        $(#[$meta])+
        impl<'app> crate::lambda::EventSource<'app, event::$event> for $source {
            type Connection = crate::lambda::ConnectionBuilder<'app>;

            #[track_caller]
            fn connect(&self, function: &Function<'app>) -> Self::Connection {
                self.$grant(function);
                crate::lambda::EventSourceMapping::builder()
                    .function(function)
                    .event_source(self.arn().cast::<String>())
            }
        }
    )+};
}

#[cfg(feature = "sqs")]
polled! {
    /// Polls the queue, and lets the function receive and delete its messages.
    crate::sqs::Queue<'app>: SqsEvent, grant_consume;
    /// Polls the queue, and lets the function receive and delete its messages.
    crate::sqs::FifoQueue<'app>: SqsEvent, grant_consume;
    /// Polls the existing queue, and lets the function receive and delete its messages. A key of the queue needs a grant
    /// of its own.
    crate::sqs::ImportedQueue: SqsEvent, grant_consume;
}

#[cfg(feature = "kinesis")]
polled! {
    /// Polls the stream, and lets the function read its records. The mapping needs a starting position.
    crate::kinesis::Stream<'app>: KinesisEvent, grant_read;
    /// Polls the existing stream, and lets the function read its records. The mapping needs a starting position, and a key of
    /// the stream a grant of its own.
    crate::kinesis::ImportedStream: KinesisEvent, grant_read;
    /// Polls the stream, and lets the function read its records. The mapping needs a starting position, and a key of an
    /// imported stream a grant of its own.
    crate::kinesis::StreamRef<'app>: KinesisEvent, grant_read;
}

/// Implements [`EventSource`](crate::lambda::EventSource) for tables of the app, whose streams of changes Lambda polls.
#[cfg(feature = "dynamodb")]
macro_rules! followed {
    ($($(#[$meta:meta])+ $table:ident;)+) => {$(
        $(#[$meta])+
        impl<'app> crate::lambda::EventSource<'app, event::DynamoDbEvent>
            for crate::dynamodb::$table<'app>
        {
            type Connection = crate::lambda::ConnectionBuilder<'app>;

            #[track_caller]
            fn connect(&self, function: &Function<'app>) -> Self::Connection {
                if self.grant_read_stream(function).is_none() {
                    report_no_stream(
                        crate::core::Construct::scope(self),
                        concat!("turn the stream on: `", stringify!($table), "::builder().stream(StreamView::NewAndOldImages)`"),
                    );
                }
                crate::lambda::EventSourceMapping::builder()
                    .function(function)
                    .event_source(self.cfn().attr_stream_arn())
            }
        }
    )+};
}

#[cfg(feature = "dynamodb")]
followed! {
    /// Polls the stream of changes of the table, and lets the function read it. The mapping needs a starting position. A table
    /// without a stream is reported (`INF4983`).
    Table;
    /// Polls the stream of changes of the table in the region of the stack, which has the changes of every replica, and lets
    /// the function read it. The mapping needs a starting position. A table without replicas and without a stream is reported
    /// (`INF4983`).
    GlobalTable;
}

/// Polls the stream of changes of the existing table, and lets the function read it. The mapping needs a starting position, and
/// a key of the table a grant of its own. An import without the ARN of its stream is reported (`INF4983`).
#[cfg(feature = "dynamodb")]
impl<'app> crate::lambda::EventSource<'app, event::DynamoDbEvent>
    for crate::dynamodb::ImportedTable
{
    type Connection = crate::lambda::ConnectionBuilder<'app>;

    #[track_caller]
    fn connect(&self, function: &Function<'app>) -> Self::Connection {
        if self.grant_read_stream(function).is_none() {
            report_no_stream(
                crate::core::Construct::scope(function),
                "give the import the ARN of the stream: `Table::from_arn(…).with_stream_arn(…)`",
            );
        }
        // The finding prevents a deployment with the ARN of the table.
        let stream = self.stream_arn().unwrap_or_else(|| self.arn().cast());
        crate::lambda::EventSourceMapping::builder()
            .function(function)
            .event_source(stream)
    }
}

/// Reports a table without a stream, from which a function receives.
#[cfg(feature = "dynamodb")]
#[track_caller]
fn report_no_stream(scope: crate::core::Scope<'_>, help: &'static str) {
    use crate::core::{Diagnostic, codes};
    scope.report(
        Diagnostic::new(
            codes::TABLE_WITHOUT_STREAM,
            "a function receives the changes of a table that has no stream",
        )
        .origin(std::panic::Location::caller())
        .property("StreamSpecification")
        .help(help)
        .url(
            "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.Lambda.html",
        ),
    );
}

/// Subscribes the function to the topic, and lets the topic invoke it. The connection is the subscription, for a filter and a
/// dead-letter queue.
#[cfg(feature = "sns")]
impl<'app> crate::lambda::EventSource<'app, event::SnsEvent> for crate::sns::Topic<'app> {
    type Connection =
        crate::sns::Subscription<'app, crate::sqs::Standard, crate::sns::WithMetadata>;

    #[track_caller]
    fn connect(&self, function: &Function<'app>) -> Self::Connection {
        self.subscribe(function)
    }
}

/// Subscribes the function to the existing topic, and lets the topic invoke it.
#[cfg(feature = "sns")]
impl<'app> crate::lambda::EventSource<'app, event::SnsEvent> for crate::sns::ImportedTopic {
    type Connection =
        crate::sns::Subscription<'app, crate::sqs::Standard, crate::sns::WithMetadata>;

    #[track_caller]
    fn connect(&self, function: &Function<'app>) -> Self::Connection {
        self.subscribe(function)
    }
}

#[cfg(feature = "apigatewayv2")]
impl<'app> TypedFunction<'app, event::HttpRequest> {
    /// Returns the backend of routes that the function serves; see
    /// [`HttpIntegration::lambda`](crate::apigatewayv2::HttpIntegration::lambda).
    pub fn integration(&self, id: impl Into<String>) -> crate::apigatewayv2::HttpIntegration<'app> {
        crate::apigatewayv2::HttpIntegration::lambda(id, self.function())
    }
}

/// Allows S3 to invoke the function.
#[cfg(feature = "s3")]
impl<'app> crate::s3::NotificationTarget<'app> for TypedFunction<'app, event::S3Event> {
    fn notification_arn(&self) -> crate::s3::NotificationArn {
        self.function().notification_arn()
    }

    #[track_caller]
    fn allow_notifications(
        &self,
        bucket: crate::s3::Bucket<'app>,
        source: &crate::iam::Principal,
    ) -> Vec<crate::core::Scope<'app>> {
        self.function().allow_notifications(bucket, source)
    }

    fn acting_identity(&self) -> Option<crate::core::Scope<'app>> {
        self.function().acting_identity()
    }
}

/// Allows the rule to invoke the function.
#[cfg(feature = "events")]
impl<'app, D> crate::events::RuleTarget<'app> for TypedFunction<'app, event::EventBridgeEvent<D>> {
    fn rule_target(&self) -> crate::events::Target<'app> {
        self.function().rule_target()
    }
}

#[cfg(feature = "scheduler")]
impl<'app, T> crate::scheduler::ScheduleTarget<'app> for TypedFunction<'app, event::Direct<T>> {
    fn schedule_target(&self) -> crate::scheduler::Target<'app> {
        self.function().schedule_target()
    }
}
