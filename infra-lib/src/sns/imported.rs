//! Topics that exist already.

use super::subscriber::TopicSubscriber;
use super::subscription::{SubscribedTopic, Subscription};
use crate::core::{Arn, Construct, IntoValue, Name, Value, intrinsics, value};
use crate::iam::{Grant, Identity};
use crate::kind;
use crate::sqs::{QueueOfKind, Standard};

/// An existing topic, from `from_arn` or `from_lookup` of [`Topic`](super::Topic) or [`FifoTopic`](super::FifoTopic).
///
/// ```
/// use infra_lib::sns::Topic;
/// use infra_lib::sqs::Queue;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let orders = Topic::from_arn("arn:aws:sns:eu-west-1:111122223333:orders");
/// let billing = Queue::builder().build(stack, "Billing");
/// orders.subscribe_queue(&billing);
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct ImportedTopic {
    arn: Value<Arn<kind::sns::Topic>>,
}

impl ImportedTopic {
    pub(super) fn from_arn(arn: impl IntoValue<Arn<kind::sns::Topic>>) -> Self {
        Self {
            arn: arn.into_value(),
        }
    }

    /// Returns the ARN of the topic.
    pub fn arn(&self) -> Value<Arn<kind::sns::Topic>> {
        self.arn.clone()
    }

    /// Returns the physical name of the topic, the last part of its ARN.
    pub fn name(&self) -> Value<Name<kind::sns::Topic>> {
        match self.literal_name() {
            Some(name) => value(name),
            None => intrinsics::select::<String>(5, intrinsics::split(":", &self.arn)).cast(),
        }
    }

    /// Reports that the policy of the topic must allow a service to publish (`INF4984`).
    #[cfg(any(feature = "events", feature = "rds", feature = "s3"))]
    #[track_caller]
    pub(crate) fn report_policy(&self, service: &str, from: crate::core::Scope<'_>) {
        use crate::core::{Diagnostic, codes};
        let finding = Diagnostic::new(
            codes::IMPORTED_TOPIC_POLICY,
            format!("the policy of an imported topic must allow `{service}` to publish"),
        )
        .origin(std::panic::Location::caller())
        .note("the policy of the topic, and that of its key, belong to the app that creates them")
        .help("add the statement where the topic is created, then acknowledge this finding")
        .url("https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html");
        from.report(match self.arn.as_literal() {
            Some(arn) => finding.actual(arn),
            None => finding,
        });
    }

    fn literal_name(&self) -> Option<&str> {
        self.arn.as_literal()?.split(':').nth(5)
    }

    /// Allows an identity of the app to publish to the topic. A key of the topic needs a separate grant.
    #[track_caller]
    pub fn grant_publish<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["sns:Publish"])
    }

    /// Subscribes a queue of this app, and allows the topic to send to it and to use its key. In another account, the
    /// policy of the topic must allow the subscription.
    #[track_caller]
    pub fn subscribe_queue<'app, Q, K>(&self, queue: &Q) -> Subscription<'app, K>
    where
        Q: QueueOfKind<'app, K> + Construct<'app>,
    {
        self.subscribed(queue).subscribe_queue(&queue.as_queue())
    }

    /// Subscribes a function or a delivery stream, as [`Topic::subscribe`](super::Topic::subscribe) does. A FIFO topic is
    /// reported (`INF4982`): it delivers to queues only. In another account, the policy of the topic must allow the
    /// subscription.
    #[track_caller]
    pub fn subscribe<'app, S>(&self, subscriber: &S) -> Subscription<'app, Standard, S::Delivery>
    where
        S: TopicSubscriber<'app> + Construct<'app>,
    {
        self.subscribed(subscriber)
            .subscribe(&subscriber.subscriber())
    }

    #[track_caller]
    fn subscribed<'app>(&self, subscriber: &impl Construct<'app>) -> SubscribedTopic<'app> {
        let name = self.literal_name().unwrap_or("ImportedTopic");
        let region = self.arn.as_literal().and_then(|arn| arn.split(':').nth(3));
        SubscribedTopic {
            scope: subscriber.scope().at_caller(),
            id: name.to_owned(),
            unique_id: name.to_owned(),
            region: region.map(str::to_owned),
            arn: self.arn(),
            key: None,
            fifo: name.strip_suffix(".fifo").is_some(),
        }
    }
}

/// Publishes the changes of an alarm's state. The policy of the topic, and that of its key, must allow CloudWatch to
/// publish, where the topic is created.
#[cfg(feature = "cloudwatch")]
impl crate::cloudwatch::AlarmAction for ImportedTopic {
    fn action_arn(&self) -> Value<String> {
        self.arn().cast()
    }
}
