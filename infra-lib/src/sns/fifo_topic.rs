//! FIFO topics of Amazon SNS.

use super::common::{self, topic_methods};
use super::subscription::{SubscribedTopic, Subscription};
use super::topic::TopicEncryption;
use crate::cfn::sns::{CfnTopic, CfnTopicPolicy, CfnTopicProps};
use crate::core::Scope;
use crate::sqs::{AsQueue, Fifo};

/// Throughput of a FIFO topic, and the scope in which it recognizes duplicates.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FifoTopicThroughput {
    /// 3,000 messages per second for the whole topic; duplicates are recognized in the whole topic.
    PerTopic,
    /// High throughput: the limit of 300 messages per second is for each message group, and duplicates are recognized
    /// within a message group.
    ///
    /// See [High throughput for FIFO topics](https://docs.aws.amazon.com/sns/latest/dg/fifo-high-throughput.html).
    PerMessageGroup,
}

crate::construct! {
    /// A FIFO topic: messages of a group are delivered in the order of publication, and duplicates within five minutes
    /// are dropped. It delivers to queues only; e-mail and HTTPS subscriptions do not compile.
    ///
    /// Creates an
    /// [`AWS::SNS::Topic`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html)
    /// and a topic policy. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | encryption | with the AWS managed key | none with KMS |
    /// | publishing without TLS | refused | accepted |
    /// | deduplication by content | off, publishers provide an ID | off |
    /// | throughput | for the whole topic | for the whole topic |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::sns::FifoTopic;
    /// use infra_lib::sqs::FifoQueue;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let orders = FifoTopic::builder().content_based_deduplication(true).build(stack, "Orders");
    /// let billing = FifoQueue::builder().build(stack, "Billing");
    /// orders.subscribe_queue(&billing).raw_delivery();
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct FifoTopic<'app>: "infra-lib.sns.FifoTopic" {
        resource: CfnTopic<'app>,
        policy: CfnTopicPolicy<'app>,
        encryption: TopicEncryption<'app>,
    }

    /// Properties of a [`FifoTopic`], set through [`FifoTopic::builder`].
    pub struct FifoTopicProps, FifoTopicBuilder, fifo_topic_builder {
        /// Physical name of the topic, which ends with `.fifo` (`INF4706`), at most 256 characters. Default: a generated
        /// name with that suffix.
        text topic_name,
        /// Display name. Default: none.
        text display_name,
        /// Derivation of the deduplication ID from the body of a message, so that publishers need not provide one.
        /// Default: off, as in CloudFormation.
        default content_based_deduplication: bool = false,
        /// Throughput, and the scope of deduplication. Default: for the whole topic, as in CloudFormation.
        default throughput: FifoTopicThroughput = FifoTopicThroughput::PerTopic,
        /// Encryption of messages. Default: with the AWS managed key (CloudFormation: none with KMS).
        default encryption: TopicEncryption<'app> = TopicEncryption::AwsManagedKey,
    }
}

impl<'app> FifoTopic<'app> {
    fn create(scope: Scope<'app>, props: FifoTopicProps<'app>) -> Self {
        let mut cfn = CfnTopicProps::new().fifo_topic(true);
        if props.content_based_deduplication {
            cfn = cfn.content_based_deduplication(true);
        }
        if props.throughput == FifoTopicThroughput::PerMessageGroup {
            cfn = cfn.fifo_throughput_scope("MessageGroup");
        }
        let encryption = props.encryption;
        let names = [props.topic_name, props.display_name];
        let (resource, policy) = common::create(scope, cfn, names, encryption, true);
        Self {
            scope,
            resource,
            policy,
            encryption,
        }
    }

    /// Subscribes a queue, FIFO or standard, and allows the topic to send to it and to use its key. A standard queue
    /// loses the order. The policy of an imported queue cannot be changed (`INF4806`).
    #[track_caller]
    pub fn subscribe_queue(&self, queue: &impl AsQueue<'app>) -> Subscription<'app, Fifo> {
        let topic = SubscribedTopic::own(self.scope.at_caller(), self.arn(), self.encryption, true);
        topic.subscribe_queue(&queue.as_queue())
    }
}

topic_methods!(FifoTopic);
