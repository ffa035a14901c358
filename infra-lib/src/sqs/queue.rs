//! Standard queues of Amazon SQS.

use super::common::{OwnQueue, queue_methods, settings};
use super::dead_letter::{DeadLetterQueue, RedriveAllow};
use super::reference::Standard;
use crate::cfn::sqs::CfnQueueProps;
use crate::core::{Duration, RemovalPolicy, Scope, Size};
use crate::kms::{AsKey, KeyRef};

/// Encryption of a queue's messages at rest.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum QueueEncryption<'app> {
    /// Keys of SQS, without cost and without permissions for those who send and receive.
    SqsManaged,
    /// A customer managed key. Grants and subscriptions extend its policy. The AWS managed key `alias/aws/sqs` is not
    /// offered, because no AWS service may use it to deliver messages.
    Key(KeyRef<'app>),
}

impl<'app> QueueEncryption<'app> {
    /// Returns the encryption with a customer managed key: a [`Key`](crate::kms::Key) of the app or an imported one.
    pub fn key(key: impl AsKey<'app>) -> Self {
        Self::Key(key.as_key())
    }
}

crate::construct! {
    /// A standard queue: every message is delivered at least once, in about the order of sending.
    ///
    /// Creates an
    /// [`AWS::SQS::Queue`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html)
    /// and a queue policy. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | encryption | with keys of SQS | with keys of SQS |
    /// | requests without TLS | refused | accepted |
    /// | receive wait time | 20 seconds (long polling) | none (short polling) |
    /// | visibility timeout | 30 seconds | 30 seconds |
    /// | retention | 4 days | 4 days |
    /// | dead-letter queue | none | none |
    /// | name | generated | generated |
    /// | removal from the template | deleted, since messages are in transit | deleted |
    ///
    /// ```
    /// use infra_lib::sqs::{DeadLetterQueue, Queue};
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let failed = Queue::builder().retention(Duration::days(14)).build(stack, "Failed");
    /// let jobs = Queue::builder()
    ///     .visibility_timeout(Duration::minutes(5))
    ///     .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
    ///     .build(stack, "Jobs");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Queue<'app>: "infra-lib.sqs.Queue" {
        own: OwnQueue<'app>,
    }

    /// Properties of a [`Queue`], set through [`Queue::builder`].
    pub struct QueueProps, QueueBuilder, queue_builder {
        /// Physical name of the queue, at most 80 letters, digits, hyphens and underscores (`INF4801`). Default: a
        /// generated name, so that CloudFormation can replace the queue.
        text queue_name,
        /// Time in which a received message is hidden from other consumers, at most 12 hours. Default: 30 seconds, as
        /// in CloudFormation. It must be longer than a consumer needs.
        optional visibility_timeout: Duration,
        /// Time after which SQS deletes a message, 1 minute to 14 days. Default: 4 days, as in CloudFormation.
        optional retention: Duration,
        /// Time before a new message can be received, at most 15 minutes. Default: none, as in CloudFormation.
        optional delivery_delay: Duration,
        /// Time for which a request waits for a message, at most 20 seconds. Default: 20 seconds, long polling, which
        /// saves requests (CloudFormation: none).
        default receive_wait_time: Duration = Duration::seconds(20),
        /// Maximum size of a message, up to 1 MiB. Default: 1 MiB, as in CloudFormation.
        optional max_message_size: Size,
        /// Encryption of messages. Default: with keys of SQS, as in CloudFormation.
        default encryption: QueueEncryption<'app> = QueueEncryption::SqsManaged,
        /// Standard queue that receives messages which could not be processed. Default: none; messages are received
        /// again until they expire.
        optional dead_letter_queue: DeadLetterQueue<'app, Standard>,
        /// Queues that may use this queue as their dead-letter queue. Default: all of the account and region, as in
        /// CloudFormation.
        default redrive_allow: RedriveAllow = RedriveAllow::AllQueues,
        /// Removal policy of the queue. Default: it is deleted, as in CloudFormation.
        default removal_policy: RemovalPolicy = RemovalPolicy::Destroy,
    }
}

impl<'app> Queue<'app> {
    fn create(scope: Scope<'app>, props: QueueProps<'app>) -> Self {
        let own = OwnQueue::create(scope, CfnQueueProps::new(), false, settings!(props));
        Self { scope, own }
    }
}

queue_methods!(Queue, Standard);
