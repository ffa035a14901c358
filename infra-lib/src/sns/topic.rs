//! Topics of Amazon SNS.

use super::common::{self, topic_methods};
use super::subscriber::TopicSubscriber;
use super::subscription::{SubscribedTopic, Subscription};
use crate::cfn::sns::{CfnSubscriptionProps, CfnTopic, CfnTopicPolicy, CfnTopicProps};
use crate::core::{Diagnostic, IntoValue, Scope, Value, codes};
use crate::iam::{Principal, Statement};
use crate::kms::{AsKey, KeyRef};
use crate::sqs::{QueueOfKind, Standard};

/// Encryption of a topic's messages at rest.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum TopicEncryption<'app> {
    /// The AWS managed key `alias/aws/sns`. Its policy cannot be changed, so neither CloudWatch alarms nor
    /// EventBridge can publish to the topic.
    AwsManagedKey,
    /// A customer managed key. Its policy is extended for each service that publishes to the topic.
    Key(KeyRef<'app>),
}

impl<'app> TopicEncryption<'app> {
    /// Returns the encryption with a customer managed key: a [`Key`](crate::kms::Key) of the app or an imported one.
    pub fn key(key: impl AsKey<'app>) -> Self {
        Self::Key(key.as_key())
    }

    /// Returns the customer managed key, if there is one.
    pub(crate) const fn customer_key(self) -> Option<KeyRef<'app>> {
        match self {
            Self::AwsManagedKey => None,
            Self::Key(key) => Some(key),
        }
    }
}

crate::construct! {
    /// An SNS topic.
    ///
    /// Creates an
    /// [`AWS::SNS::Topic`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html)
    /// and a topic policy. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | encryption | with the AWS managed key | none with KMS |
    /// | publishing without TLS | refused | accepted |
    /// | name | generated | generated |
    ///
    /// A topic for alarms needs a customer managed key, because CloudWatch cannot use the AWS managed one (`INF4701`).
    /// Using the topic as the action of an alarm extends the policies of both topic and key.
    ///
    /// ```
    /// use infra_lib::kms::Key;
    /// use infra_lib::sns::{Topic, TopicEncryption};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let key = Key::builder().build(stack, "AlarmKey");
    /// let alarms = Topic::builder().encryption(TopicEncryption::key(key)).build(stack, "Alarms");
    /// alarms.subscribe_email("ops@example.com");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Topic<'app>: "infra-lib.sns.Topic" {
        resource: CfnTopic<'app>,
        policy: CfnTopicPolicy<'app>,
        encryption: TopicEncryption<'app>,
    }

    /// Properties of a [`Topic`], set through [`Topic::builder`].
    pub struct TopicProps, TopicBuilder, topic_builder {
        /// Physical name of the topic, at most 256 letters, digits, hyphens and underscores (`INF4706`). Default: a
        /// generated name, so that CloudFormation can replace the topic.
        text topic_name,
        /// Display name, the sender of e-mails. Default: none.
        text display_name,
        /// Encryption of messages. Default: with the AWS managed key (CloudFormation: none with KMS).
        default encryption: TopicEncryption<'app> = TopicEncryption::AwsManagedKey,
    }
}

impl<'app> Topic<'app> {
    fn create(scope: Scope<'app>, props: TopicProps<'app>) -> Self {
        let names = [props.topic_name, props.display_name];
        let encryption = props.encryption;
        let (resource, policy) =
            common::create(scope, CfnTopicProps::new(), names, encryption, false);
        Self {
            scope,
            resource,
            policy,
            encryption,
        }
    }

    /// Subscribes a function, a delivery stream of Firehose or a standard queue, with the permission that the delivery
    /// needs.
    ///
    /// The subscription and the permission are below the subscriber, so that its stack depends on that of the topic.
    ///
    /// ```
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::sns::{FilterPolicy, Topic};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let orders = Topic::builder().build(stack, "Orders");
    /// let notify = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => {};"))
    ///     .build(stack, "Notify");
    /// orders.subscribe(&notify).filter(FilterPolicy::attributes().any_of("kind", ["refund"]));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    #[track_caller]
    pub fn subscribe<S: TopicSubscriber<'app>>(
        &self,
        subscriber: &S,
    ) -> Subscription<'app, Standard, S::Delivery> {
        self.subscribed().subscribe(&subscriber.subscriber())
    }

    /// Subscribes a standard queue, and allows the topic to send to it and to use its key. FIFO queues do not compile;
    /// imported ones are reported (`INF4705`). The policy of an imported queue cannot be changed (`INF4806`).
    ///
    /// ```compile_fail
    /// # use infra_lib::{App, Stack};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// use infra_lib::sns::Topic;
    /// use infra_lib::sqs::FifoQueue;
    ///
    /// let orders = FifoQueue::builder().build(stack, "Orders");
    /// Topic::builder().build(stack, "Topic").subscribe_queue(&orders);
    /// ```
    #[track_caller]
    pub fn subscribe_queue(
        &self,
        queue: &impl QueueOfKind<'app, Standard>,
    ) -> Subscription<'app, Standard> {
        self.subscribed().subscribe_queue(&queue.as_queue())
    }

    /// Subscribes an HTTPS endpoint, which must confirm the subscription. Other URLs are reported (`INF4707`).
    #[track_caller]
    pub fn subscribe_https(&self, url: impl IntoValue<String>) -> Subscription<'app, Standard> {
        self.subscribed().subscribe_https(url.into_value())
    }

    /// Returns the encryption of messages.
    pub fn encryption(&self) -> TopicEncryption<'app> {
        self.encryption
    }

    #[track_caller]
    fn subscribed(&self) -> SubscribedTopic<'app> {
        SubscribedTopic::own(self.scope.at_caller(), self.arn(), self.encryption, false)
    }

    /// Subscribes an e-mail address, whose owner must confirm the subscription. Malformed addresses are reported
    /// (`INF4704`).
    #[track_caller]
    pub fn subscribe_email(&self, address: &str) {
        let scope = self.scope.at_caller();
        let well_formed = address.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && host.contains('.') && !host.contains('@')
        });
        if !well_formed {
            scope.report(
                Diagnostic::new(
                    codes::INVALID_EMAIL_ADDRESS,
                    format!("`{address}` is not an e-mail address"),
                )
                .origin(std::panic::Location::caller())
                .expected("an address such as `ops@example.com`"),
            );
        }
        CfnSubscriptionProps::new("email", self.arn())
            .endpoint(address)
            .build(scope, &address.replace('/', "-"));
    }

    /// Allows a rule of EventBridge to publish. Rules call it for their topics; a topic with the AWS managed key is
    /// reported (`INF4866`).
    pub(crate) fn allow_rule(&self, rule_arn: &Value<String>) {
        self.add_statement(
            Statement::allow()
                .principal(Principal::service("events.amazonaws.com"))
                .action("sns:Publish")
                .resource(self.arn())
                .condition("ArnEquals", "aws:SourceArn", rule_arn),
        );
        match self.encryption {
            TopicEncryption::Key(key) => key.allow_service("events.amazonaws.com"),
            TopicEncryption::AwsManagedKey => self.scope.report(
                Diagnostic::new(
                    codes::RULE_CANNOT_PUBLISH,
                    "rules cannot publish to a topic that is encrypted with the key AWS manages",
                )
                .property("KmsMasterKeyId")
                .actual("alias/aws/sns")
                .note("the policy of that key does not let EventBridge use it, and cannot be changed")
                .help("give the topic a key: `Topic::builder().encryption(TopicEncryption::key(key))`")
                .url("https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html"),
            ),
        }
    }
}

/// Publishes the changes of an alarm's state.
#[cfg(feature = "cloudwatch")]
impl crate::cloudwatch::AlarmAction for Topic<'_> {
    fn action_arn(&self) -> Value<String> {
        self.arn().cast()
    }

    /// Allows CloudWatch alarms of this account to publish. Alarms call it for their topics; a topic with the AWS
    /// managed key is reported (`INF4701`).
    #[track_caller]
    fn allow_alarms(&self) {
        self.add_statement(
            Statement::allow()
                .principal(Principal::service("cloudwatch.amazonaws.com").for_this_account())
                .action("sns:Publish")
                .resource(self.arn()),
        );
        match self.encryption {
            TopicEncryption::Key(key) => key.allow_service("cloudwatch.amazonaws.com"),
            TopicEncryption::AwsManagedKey => self.scope.report(
                Diagnostic::new(
                    codes::ALARM_CANNOT_PUBLISH,
                    "alarms cannot publish to a topic that is encrypted with the AWS managed key",
                )
                .origin(std::panic::Location::caller())
                .property("KmsMasterKeyId")
                .actual("alias/aws/sns")
                .note("the policy of that key does not allow CloudWatch to use it, and cannot be changed")
                .help("set a customer managed key for the topic: `Topic::builder().encryption(TopicEncryption::key(key))`")
                .url("https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html"),
            ),
        }
    }
}

topic_methods!(Topic);
