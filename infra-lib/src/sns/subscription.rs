//! Subscriptions of topics.

use std::marker::PhantomData;
use std::panic::Location;

use super::filter::FilterPolicy;
use super::subscriber::{DeliveringTopic, Delivery, Endpoint, RawOrWrapped, Subscriber};
use super::topic::TopicEncryption;
use crate::cfn::sns::{CfnSubscription, CfnSubscriptionProps};
use crate::construct::With;
use crate::core::logical_id::logical_id;
use crate::core::{Arn, Construct, Data, Diagnostic, IntoValue, Scope, Stack, Value, codes};
use crate::kind;
use crate::kms::KeyRef;
use crate::sqs::{QueueOfKind, QueueRef};

const SERVICE: &str = "sns.amazonaws.com";

/// A subscription of a topic, from [`Topic::subscribe`](super::Topic::subscribe),
/// [`Topic::subscribe_queue`](super::Topic::subscribe_queue), [`Topic::subscribe_https`](super::Topic::subscribe_https) or
/// [`FifoTopic::subscribe_queue`](super::FifoTopic::subscribe_queue). `K` is the kind of its dead-letter queue, `D` the form
/// of its messages.
///
/// Created as an
/// [`AWS::SNS::Subscription`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | raw delivery | off; messages are wrapped in JSON | off |
/// | filter policy | none; all messages are delivered | none |
/// | dead-letter queue | none; undeliverable messages are lost after the retries | none |
/// | policy of a subscribed queue or function | allows the topic to deliver | unchanged |
/// | role of a delivery to Firehose | may put records to this stream | required |
///
/// ```
/// use infra_lib::sns::{FilterPolicy, Topic};
/// use infra_lib::sqs::Queue;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let orders = Topic::builder().build(stack, "Orders");
/// let refunds = Queue::builder().build(stack, "Refunds");
/// let undelivered = Queue::builder().build(stack, "Undelivered");
/// orders
///     .subscribe_queue(&refunds)
///     .raw_delivery()
///     .filter(FilterPolicy::attributes().any_of("kind", ["refund"]))
///     .dead_letter_queue(&undelivered);
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Subscription<'app, K, D = RawOrWrapped> {
    scope: Scope<'app>,
    resource: CfnSubscription<'app>,
    topic_key: Option<KeyRef<'app>>,
    fifo: bool,
    kind: PhantomData<fn() -> (K, D)>,
}

impl<'app, K, D> Subscription<'app, K, D> {
    /// Returns the L1 binding of the subscription.
    pub fn cfn(&self) -> CfnSubscription<'app> {
        self.resource
    }

    /// Delivers only messages that match a policy. Default: all messages. Policies that SNS rejects are reported
    /// (`INF4708`).
    #[track_caller]
    pub fn filter(self, policy: FilterPolicy) -> Self {
        policy.check(self.scope);
        self.resource
            .override_prop("FilterPolicyScope", policy.scope());
        self.resource
            .override_prop("FilterPolicy", policy.into_data());
        self
    }

    /// Moves messages that cannot be delivered to a queue, and allows the topic to send to it. Default: none; such
    /// messages are lost after the retries. The queue must be in the account and region of the subscription.
    ///
    /// See [Dead-letter queues of SNS](https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html).
    #[track_caller]
    pub fn dead_letter_queue(self, queue: &impl QueueOfKind<'app, K>) -> Self {
        let queue = queue.as_queue();
        check_kind(&queue, self.fifo, "RedrivePolicy", self.scope);
        let policy = Data::map([("deadLetterTargetArn", queue.arn().into_data())]);
        self.resource.override_prop("RedrivePolicy", policy);
        if let Some(topic) = self.resource.prop("TopicArn") {
            let topic = Value::<String>::from_data(topic);
            queue.allow_delivery(SERVICE, topic, self.topic_key, self.scope);
        }
        self
    }
}

impl<K> Subscription<'_, K, RawOrWrapped> {
    /// Delivers the message alone, without the JSON document with its metadata. Default: with the document, as in
    /// CloudFormation.
    ///
    /// A function receives the document in any case, so its subscription has no such method:
    ///
    /// ```compile_fail,E0599
    /// # use infra_lib::lambda::Function;
    /// # use infra_lib::sns::Topic;
    /// # use infra_lib::{App, Stack};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// # let function = Function::from_name(stack, "Function", "orders");
    /// Topic::builder().build(stack, "Orders").subscribe(&function).raw_delivery();
    /// ```
    pub fn raw_delivery(self) -> Self {
        self.resource.override_prop("RawMessageDelivery", true);
        self
    }
}

impl<'app, K, D> Construct<'app> for Subscription<'app, K, D> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// The topic of a new subscription.
pub(super) struct SubscribedTopic<'app> {
    /// The parent of subscriptions that are not below a queue: the topic.
    pub(super) scope: Scope<'app>,
    /// Id of the subscription below a function, which is that of the topic in the CDK.
    pub(super) id: String,
    /// Id of the subscription below a queue, which the CDK derives from the path of the topic.
    pub(super) unique_id: String,
    /// Region of the topic, if it is known.
    pub(super) region: Option<String>,
    pub(super) arn: Value<Arn<kind::sns::Topic>>,
    pub(super) key: Option<KeyRef<'app>>,
    pub(super) fifo: bool,
}

impl<'app> SubscribedTopic<'app> {
    pub(super) fn own(
        scope: Scope<'app>,
        arn: Value<Arn<kind::sns::Topic>>,
        encryption: TopicEncryption<'app>,
        fifo: bool,
    ) -> Self {
        let path = scope.path();
        Self {
            scope,
            id: scope.id(),
            unique_id: logical_id(&path.split('/').collect::<Vec<_>>()),
            region: region_of(scope),
            arn,
            key: encryption.customer_key(),
            fifo,
        }
    }

    /// Subscribes a queue. The subscription is below a queue of the app, after whose policy it is created, and below the
    /// topic for an imported queue.
    #[track_caller]
    pub(super) fn subscribe_queue<K, D>(self, queue: &QueueRef<'app>) -> Subscription<'app, K, D> {
        let (parent, id) = if let Some(scope) = queue.scope() {
            (scope.at_caller(), self.unique_id.clone())
        } else {
            let arn = queue.arn();
            let name = arn.as_literal().and_then(|arn| arn.split(':').nth(5));
            (self.scope, imported_id(name, "ImportedQueue", self.scope))
        };
        let subscription = self.add(parent, &id, "sqs", queue.arn(), |_| None);
        if !self.fifo {
            check_kind(queue, false, "Endpoint", subscription.scope);
        }
        queue.allow_delivery(SERVICE, &self.arn, self.key, subscription.scope);
        // The queue refuses messages until its policy allows the topic.
        if let Some(policy) = queue.policy() {
            subscription.scope.depends_on(policy);
        }
        subscription
    }

    /// Subscribes an HTTPS endpoint.
    #[track_caller]
    pub(super) fn subscribe_https<K>(self, url: Value<String>) -> Subscription<'app, K> {
        let literal = url.as_literal().map(str::to_owned);
        // The CDK writes the slashes of ids so.
        let id = literal
            .as_deref()
            .unwrap_or("UnresolvedUrl")
            .replace('/', "--");
        let subscription = self.add(self.scope, &id, "https", url, |_| None);
        let is_https = |url: &str| {
            let rest = url.strip_prefix("https://");
            rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        };
        if let Some(url) = literal.filter(|url| !is_https(url)) {
            subscription.scope.report(
                Diagnostic::new(
                    codes::INVALID_HTTPS_ENDPOINT,
                    format!("`{url}` is no HTTPS endpoint"),
                )
                .origin(Location::caller())
                .property("Endpoint")
                .actual(url)
                .expected("a URL such as `https://hooks.example.com/orders`")
                .url("https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html"),
            );
        }
        subscription
    }

    /// Subscribes an endpoint of any kind.
    #[track_caller]
    pub(super) fn subscribe<K, D>(self, subscriber: &Subscriber<'app>) -> Subscription<'app, K, D> {
        match &subscriber.endpoint {
            Endpoint::Queue(queue) => self.subscribe_queue(queue),
            Endpoint::Other(delivery) => self.deliver(delivery),
        }
    }

    #[track_caller]
    fn deliver<K, D>(self, delivery: &Delivery<'app>) -> Subscription<'app, K, D> {
        let (parent, id) = match (delivery.parent, &delivery.existing) {
            (None, None) => (self.scope, "Subscriber".to_owned()),
            (None, Some((name, kind))) => {
                (self.scope, imported_id(name.as_deref(), kind, self.scope))
            }
            (Some(parent), _) if delivery.has_unique_id => {
                (parent.at_caller(), self.unique_id.clone())
            }
            // Two topics can have the same id, in different scopes.
            (Some(parent), _) if self.is_free(parent) => (parent.at_caller(), self.id.clone()),
            (Some(parent), _) => (parent.at_caller(), self.unique_id.clone()),
        };
        if let Some(permit) = &delivery.permit {
            permit(&DeliveringTopic {
                arn: self.arn.clone(),
                unique_id: self.unique_id.clone(),
            });
        }
        let role = |scope| {
            let made = || Some(delivery.make_role.as_ref()?(scope));
            delivery.role_arn.clone().or_else(made)
        };
        let endpoint = delivery.endpoint.clone();
        let subscription = self.add(parent, &id, delivery.protocol, endpoint, role);
        if self.fifo {
            subscription.scope.report(
                Diagnostic::new(
                    codes::FIFO_TOPIC_SUBSCRIBER,
                    format!("a FIFO topic cannot deliver by `{}`", delivery.protocol),
                )
                .origin(Location::caller())
                .property("Protocol")
                .actual(delivery.protocol)
                .expected("`sqs`: FIFO topics deliver to queues only")
                .help("subscribe a queue, from which the function or stream receives")
                .url("https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html"),
            );
        }
        subscription
    }

    /// Returns true unless the id below a construct belongs to something else than a subscription of this topic.
    fn is_free(&self, parent: Scope<'app>) -> bool {
        let Some(child) = parent.child(&self.id) else {
            return true;
        };
        let topic = child
            .default_child()
            .and_then(|resource| resource.prop("TopicArn"));
        topic == Some(self.arn.clone().into_data())
    }

    #[track_caller]
    fn add<K, D>(
        &self,
        parent: Scope<'app>,
        id: &str,
        protocol: &'static str,
        endpoint: impl IntoValue<String>,
        role_arn: impl FnOnce(Scope<'app>) -> Option<Value<Arn<kind::iam::Role>>>,
    ) -> Subscription<'app, K, D> {
        let scope = parent.library_construct(id, "infra-lib.sns.Subscription");
        // CloudFormation creates the subscription in the region of its stack, unless another one is set.
        let here = region_of(scope);
        let region = self
            .region
            .clone()
            .filter(|region| here.as_ref() != Some(region));
        let resource = CfnSubscriptionProps::new(protocol, self.arn.clone())
            .endpoint(endpoint)
            .with(region, CfnSubscriptionProps::region)
            .with(role_arn(scope), CfnSubscriptionProps::subscription_role_arn)
            .build(scope, "Resource");
        Subscription {
            scope,
            resource,
            topic_key: self.key,
            fifo: self.fifo,
            kind: PhantomData,
        }
    }
}

fn region_of(scope: Scope<'_>) -> Option<String> {
    Stack::of(scope)?.environment().region
}

/// Returns the id of the subscription of an existing endpoint: its name, or a free id if the name is not known.
fn imported_id(name: Option<&str>, kind: &str, topic: Scope<'_>) -> String {
    if let Some(name) = name {
        return name.to_owned();
    }
    (1..=u16::MAX)
        .map(|number| format!("{kind}{number}"))
        .find(|id| topic.child(id).is_none())
        .unwrap_or_default()
}

/// Reports a queue of the wrong kind, which an imported queue can be.
#[track_caller]
fn check_kind(queue: &QueueRef<'_>, fifo: bool, property: &str, scope: Scope<'_>) {
    if queue.is_fifo().is_none_or(|is_fifo| is_fifo == fifo) {
        return;
    }
    let (topic, other) = if fifo {
        ("FIFO", "standard")
    } else {
        ("standard", "FIFO")
    };
    scope.report(
        Diagnostic::new(
            codes::SUBSCRIBED_QUEUE_KIND,
            format!("a subscription of a {topic} topic uses a {other} queue"),
        )
        .origin(Location::caller())
        .property(property)
        .actual(queue.arn().as_literal().unwrap_or_default())
        .expected(format!("the ARN of a {topic} queue"))
        .url("https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html"),
    );
}
