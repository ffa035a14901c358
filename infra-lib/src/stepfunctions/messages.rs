//! Integrations of queues, topics and event buses.

#[cfg(any(feature = "events", feature = "sns", feature = "sqs"))]
use super::integration::{Integration, WithCallback, WithPayload, WithoutPayload};
#[cfg(any(feature = "events", feature = "sns", feature = "sqs"))]
use crate::core::{Arn, Data, Value};
#[cfg(any(feature = "events", feature = "sns", feature = "sqs"))]
use crate::iam::Statement;
#[cfg(any(feature = "events", feature = "sns", feature = "sqs"))]
use crate::kind;

/// Address of a queue, from [`TaskQueue::task_queue`].
#[cfg(feature = "sqs")]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct QueueAddress {
    /// URL of the queue, which the call names.
    pub url: Value<String>,
    /// ARN of the queue, which the permission names.
    pub arn: Value<Arn<kind::sqs::Queue>>,
    /// ARN of the customer managed key of the queue, which the role of the machine may use.
    pub key_arn: Option<Value<Arn<kind::kms::Key>>>,
}

/// A queue that a task sends messages to: a queue of the app, or an imported one.
#[cfg(feature = "sqs")]
pub trait TaskQueue {
    /// Returns the address of the queue.
    fn task_queue(&self) -> QueueAddress;
}

#[cfg(feature = "sqs")]
macro_rules! queues {
    ($($queue:ident),+) => {$(
        impl TaskQueue for crate::sqs::$queue<'_> {
            fn task_queue(&self) -> QueueAddress {
                QueueAddress { url: self.queue_url(), arn: self.arn(), key_arn: self.encryption_key().map(|key| key.arn()) }
            }
        }
    )+};
}

#[cfg(feature = "sqs")]
queues!(Queue, FifoQueue);

#[cfg(feature = "sqs")]
impl TaskQueue for crate::sqs::ImportedQueue {
    fn task_queue(&self) -> QueueAddress {
        QueueAddress {
            url: self.queue_url(),
            arn: self.arn(),
            key_arn: None,
        }
    }
}

#[cfg(feature = "sqs")]
impl Integration<WithCallback, WithPayload> {
    /// Creates a message to a queue. A FIFO queue needs the arguments `MessageGroupId`, and `MessageDeduplicationId` unless
    /// it compares contents.
    pub fn sqs_send_message(queue: &impl TaskQueue) -> Self {
        let QueueAddress { url, arn, key_arn } = queue.task_queue();
        let call = Self::optimized("sqs:sendMessage")
            .argument("QueueUrl", url.into_data())
            .input_as("MessageBody")
            .statement(Statement::allow().action("sqs:SendMessage").resource(arn));
        match key_arn {
            Some(key) => call.statement(use_key(key)),
            None => call,
        }
    }
}

#[cfg(any(feature = "sns", feature = "sqs"))]
fn use_key(key: Value<Arn<kind::kms::Key>>) -> Statement {
    Statement::allow()
        .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
        .resource(key)
}

/// A topic that a task publishes to: a topic of the app, or an imported one.
#[cfg(feature = "sns")]
pub trait TaskTopic {
    /// Returns the ARN, and that of the customer managed key.
    fn task_topic(
        &self,
    ) -> (
        Value<Arn<kind::sns::Topic>>,
        Option<Value<Arn<kind::kms::Key>>>,
    );
}

#[cfg(feature = "sns")]
macro_rules! topics {
    ($($topic:ident),+) => {$(
        impl TaskTopic for crate::sns::$topic<'_> {
            fn task_topic(&self) -> (Value<Arn<kind::sns::Topic>>, Option<Value<Arn<kind::kms::Key>>>) {
                (self.arn(), self.encryption_key().map(|key| key.arn()))
            }
        }
    )+};
}

#[cfg(feature = "sns")]
topics!(Topic, FifoTopic);

#[cfg(feature = "sns")]
impl TaskTopic for crate::sns::ImportedTopic {
    fn task_topic(
        &self,
    ) -> (
        Value<Arn<kind::sns::Topic>>,
        Option<Value<Arn<kind::kms::Key>>>,
    ) {
        (self.arn(), None)
    }
}

#[cfg(feature = "sns")]
impl Integration<WithCallback, WithPayload> {
    /// Creates a message to the subscribers of a topic.
    pub fn sns_publish(topic: &impl TaskTopic) -> Self {
        let (arn, key) = topic.task_topic();
        let call = Self::optimized("sns:publish")
            .argument("TopicArn", arn.clone().into_data())
            .input_as("Message")
            .statement(Statement::allow().action("sns:Publish").resource(arn));
        match key {
            Some(key) => call.statement(use_key(key)),
            None => call,
        }
    }
}

#[cfg(feature = "events")]
impl Integration<WithCallback, WithoutPayload> {
    /// Creates an event on a bus. `source` does not begin with `aws.`; the detail is an object, in which texts can be
    /// expressions.
    pub fn events_put<'app>(
        bus: &impl crate::events::Bus<'app>,
        source: impl Into<String>,
        detail_type: impl Into<String>,
        detail: impl Into<Data>,
    ) -> Self {
        let entry = Data::map([
            ("Detail", detail.into()),
            ("DetailType", Data::from(detail_type.into())),
            ("EventBusName", bus.bus_arn().into_data()),
            ("Source", Data::from(source.into())),
        ]);
        Self::optimized("events:putEvents")
            .argument("Entries", Data::list([entry]))
            .statement(
                Statement::allow()
                    .action("events:PutEvents")
                    .resource(bus.bus_arn()),
            )
    }
}
