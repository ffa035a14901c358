//! Contracts of functions: what each construct gives to a [`Function`] as an environment variable, one line for each access of [`infra_contract`].
//!
//! The module uses every service that it serves, and none uses it.

use infra_contract::{Receive, access};

use crate::core::IntoValue;
use crate::lambda::Function;

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
