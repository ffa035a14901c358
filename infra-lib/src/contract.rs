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
}

#[cfg(feature = "dynamodb")]
receive! {
    crate::dynamodb::Table<'app>: ReadTable, table_name, grant_read;
    crate::dynamodb::Table<'app>: WriteTable, table_name, grant_write;
    crate::dynamodb::Table<'app>: ReadWriteTable, table_name, grant_read_write;
}

#[cfg(feature = "sqs")]
receive! {
    crate::sqs::Queue<'app>: SendQueue, queue_url, grant_send;
    crate::sqs::Queue<'app>: ConsumeQueue, queue_url, grant_consume;
}

#[cfg(feature = "sns")]
receive! {
    crate::sns::Topic<'app>: PublishTopic, arn, grant_publish;
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
}

#[cfg(feature = "ssm")]
receive! {
    crate::ssm::StringParameter<'app>: ReadParameter, name, grant_read;
}

#[cfg(feature = "events")]
receive! {
    crate::events::EventBus<'app>: PutEvents, event_bus_name, grant_put_events;
}

#[cfg(feature = "kinesis")]
receive! {
    crate::kinesis::Stream<'app>: WriteStream, arn, grant_write;
}

/// Polls the queue, and lets the function receive and delete its messages.
#[cfg(feature = "sqs")]
impl<'app> crate::lambda::EventSource<'app, event::SqsEvent> for crate::sqs::Queue<'app> {
    type Connection = crate::lambda::ConnectionBuilder<'app>;

    #[track_caller]
    fn connect(&self, function: &Function<'app>) -> Self::Connection {
        self.grant_consume(function);
        crate::lambda::EventSourceMapping::builder()
            .function(function)
            .event_source(self.arn().cast::<String>())
    }
}

/// Polls the stream, and lets the function read its records. The mapping needs a starting position.
#[cfg(feature = "kinesis")]
impl<'app> crate::lambda::EventSource<'app, event::KinesisEvent> for crate::kinesis::Stream<'app> {
    type Connection = crate::lambda::ConnectionBuilder<'app>;

    #[track_caller]
    fn connect(&self, function: &Function<'app>) -> Self::Connection {
        self.grant_read(function);
        crate::lambda::EventSourceMapping::builder()
            .function(function)
            .event_source(self.arn().cast::<String>())
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
