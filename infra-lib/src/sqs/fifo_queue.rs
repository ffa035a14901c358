//! FIFO queues of Amazon SQS.

use super::common::{OwnQueue, queue_methods, settings};
use super::dead_letter::{DeadLetterQueue, RedriveAllow};
use super::queue::QueueEncryption;
use super::reference::Fifo;
use crate::cfn::sqs::CfnQueueProps;
use crate::core::{Duration, RemovalPolicy, Scope, Size};

/// Throughput of a FIFO queue, and the scope in which it recognizes duplicates.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FifoThroughput {
    /// 300 requests per second and action for the whole queue; duplicates are recognized in the whole queue.
    PerQueue,
    /// High throughput: the limit is for each message group, and duplicates are recognized within a message group.
    ///
    /// See [High throughput for FIFO
    /// queues](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html).
    PerMessageGroup,
}

crate::construct! {
    /// A FIFO queue: messages of a group are delivered in the order of sending, and duplicates within five minutes are
    /// dropped.
    ///
    /// Creates an
    /// [`AWS::SQS::Queue`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html)
    /// and a queue policy. Defaults are those of [`Queue`](super::Queue), and:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | deduplication by content | off, senders provide an ID | off |
    /// | throughput | for the whole queue | for the whole queue |
    ///
    /// ```
    /// use infra_lib::sqs::{DeadLetterQueue, FifoQueue};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let failed = FifoQueue::builder().build(stack, "Failed");
    /// let orders = FifoQueue::builder()
    ///     .content_based_deduplication(true)
    ///     .dead_letter_queue(DeadLetterQueue::new(&failed, 3))
    ///     .build(stack, "Orders");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct FifoQueue<'app>: "infra-lib.sqs.FifoQueue" {
        own: OwnQueue<'app>,
    }

    /// Properties of a [`FifoQueue`], set through [`FifoQueue::builder`].
    pub struct FifoQueueProps, FifoQueueBuilder, fifo_queue_builder {
        /// Physical name of the queue, which ends with `.fifo` (`INF4801`), at most 80 characters. Default: a generated
        /// name with that suffix.
        text queue_name,
        /// Derivation of the deduplication ID from the body of a message, so that senders need not provide one.
        /// Default: off, as in CloudFormation.
        default content_based_deduplication: bool = false,
        /// Throughput, and the scope of deduplication. Default: for the whole queue, as in CloudFormation.
        default throughput: FifoThroughput = FifoThroughput::PerQueue,
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
        /// FIFO queue that receives messages which could not be processed; later messages of the group then proceed.
        /// Default: none; a failing message blocks its group until it expires.
        optional dead_letter_queue: DeadLetterQueue<'app, Fifo>,
        /// Queues that may use this queue as their dead-letter queue. Default: all of the account and region, as in
        /// CloudFormation.
        default redrive_allow: RedriveAllow = RedriveAllow::AllQueues,
        /// Removal policy of the queue. Default: it is deleted, as in CloudFormation.
        default removal_policy: RemovalPolicy = RemovalPolicy::Destroy,
    }
}

impl<'app> FifoQueue<'app> {
    fn create(scope: Scope<'app>, props: FifoQueueProps<'app>) -> Self {
        let mut cfn = CfnQueueProps::new().fifo_queue(true);
        if props.content_based_deduplication {
            cfn = cfn.content_based_deduplication(true);
        }
        if props.throughput == FifoThroughput::PerMessageGroup {
            cfn = cfn
                .deduplication_scope("messageGroup")
                .fifo_throughput_limit("perMessageGroupId");
        }
        let own = OwnQueue::create(scope, cfn, true, settings!(props));
        Self { scope, own }
    }
}

queue_methods!(FifoQueue, Fifo);
