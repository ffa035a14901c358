//! Constructs that receive the messages of topics.

use std::fmt;
use std::rc::Rc;

use crate::core::{Arn, IntoValue, Scope, Value};
use crate::kind;
use crate::sqs::{ImportedQueue, Queue, QueueRef};

/// Kind of a [`Subscription`](super::Subscription) that can deliver messages alone: to a queue, a delivery stream or an
/// HTTPS endpoint.
#[derive(Clone, Copy, Debug)]
pub enum RawOrWrapped {}

/// Kind of a [`Subscription`](super::Subscription) that always delivers messages with their metadata: to a function.
#[derive(Clone, Copy, Debug)]
pub enum WithMetadata {}

/// A construct that a standard topic can deliver to: a function, a version or an alias, a delivery stream of Firehose, or
/// a standard queue.
///
/// FIFO topics deliver to queues only, so they have no such method:
///
/// ```compile_fail,E0599
/// # use infra_lib::lambda::Function;
/// # use infra_lib::sns::FifoTopic;
/// # use infra_lib::{App, Stack};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Stack");
/// # let function = Function::from_name(stack, "Function", "orders");
/// FifoTopic::builder().build(stack, "Orders").subscribe(&function);
/// ```
#[diagnostic::on_unimplemented(
    message = "a topic cannot deliver to `{Self}`",
    label = "a function, a version, an alias, a delivery stream or a standard queue is needed here",
    note = "a function with a contract needs `event SnsEvent` there"
)]
pub trait TopicSubscriber<'app> {
    /// Form of the messages: [`RawOrWrapped`], or [`WithMetadata`] for functions.
    type Delivery;

    /// Returns the subscriber, with the permission that the delivery needs.
    fn subscriber(&self) -> Subscriber<'app>;
}

/// Function that permits a topic to deliver.
type Permit<'app> = Rc<dyn Fn(&DeliveringTopic) + 'app>;

/// Function that creates the role of a delivery below the subscription.
type MakeRole<'app> = Rc<dyn Fn(Scope<'app>) -> Value<Arn<kind::iam::Role>> + 'app>;

/// A topic that delivers to a [`Subscriber`].
#[derive(Clone, Debug)]
pub struct DeliveringTopic {
    pub(super) arn: Value<Arn<kind::sns::Topic>>,
    pub(super) unique_id: String,
}

impl DeliveringTopic {
    /// Returns the ARN of the topic.
    pub fn arn(&self) -> Value<Arn<kind::sns::Topic>> {
        self.arn.clone()
    }

    /// Returns a text that no other topic of the app has, made of the construct path as in the CDK; for an existing topic,
    /// its name.
    pub fn unique_id(&self) -> &str {
        &self.unique_id
    }
}

/// An endpoint of a subscription: protocol, ARN, place in the tree, and the permission of the delivery.
///
/// Other constructs than those of this library are described in the same way:
///
/// ```
/// use infra_lib::sns::{Subscriber, TopicSubscriber, WithMetadata};
///
/// struct Phone;
///
/// impl<'app> TopicSubscriber<'app> for Phone {
///     type Delivery = WithMetadata;
///
///     fn subscriber(&self) -> Subscriber<'app> {
///         Subscriber::new("sms", "+4915100000000")
///     }
/// }
/// ```
#[derive(Clone)]
#[must_use = "a subscriber has no effect until a topic has a subscription of it"]
pub struct Subscriber<'app> {
    pub(super) endpoint: Endpoint<'app>,
}

/// Kinds of endpoints that subscriptions create in different ways.
#[derive(Clone)]
pub(super) enum Endpoint<'app> {
    Queue(QueueRef<'app>),
    Other(Delivery<'app>),
}

/// Delivery to an endpoint that is no queue.
#[derive(Clone)]
pub(super) struct Delivery<'app> {
    pub(super) protocol: &'static str,
    pub(super) endpoint: Value<String>,
    pub(super) parent: Option<Scope<'app>>,
    /// Id of the subscription below its parent: that of the topic alone, or of the whole path.
    pub(super) has_unique_id: bool,
    /// Name and kind of an existing endpoint, which make the id of a subscription below the topic.
    pub(super) existing: Option<(Option<String>, &'static str)>,
    pub(super) make_role: Option<MakeRole<'app>>,
    pub(super) role_arn: Option<Value<Arn<kind::iam::Role>>>,
    pub(super) permit: Option<Permit<'app>>,
}

impl<'app> Subscriber<'app> {
    /// Creates a subscriber from a protocol of SNS, such as `lambda`, and the ARN, address or number of the endpoint.
    pub fn new(protocol: &'static str, endpoint: impl IntoValue<String>) -> Self {
        Self {
            endpoint: Endpoint::Other(Delivery {
                protocol,
                endpoint: endpoint.into_value(),
                parent: None,
                has_unique_id: false,
                existing: None,
                make_role: None,
                role_arn: None,
                permit: None,
            }),
        }
    }

    /// Places the subscription below a construct, with the id of the topic. Default: below the topic, with the id
    /// `Subscriber`.
    pub fn below(self, scope: Scope<'app>) -> Self {
        self.change(|delivery| delivery.parent = Some(scope))
    }

    /// Places the subscription below a construct, with an id that contains the path of the topic.
    #[cfg(feature = "kinesisfirehose")]
    pub(crate) fn below_with_unique_id(self, scope: Scope<'app>) -> Self {
        self.below(scope)
            .change(|delivery| delivery.has_unique_id = true)
    }

    /// Places the subscription below the topic, with the name of an existing endpoint as its id, or with its kind and a
    /// number if the name is known at deployment only.
    #[cfg(feature = "kinesisfirehose")]
    pub(crate) fn of_existing(self, name: Option<&str>, kind: &'static str) -> Self {
        self.change(|delivery| delivery.existing = Some((name.map(str::to_owned), kind)))
    }

    /// Sets the function that creates the role with which SNS delivers, below the subscription.
    #[cfg(feature = "kinesisfirehose")]
    pub(crate) fn role(
        self,
        make: impl Fn(Scope<'app>) -> Value<Arn<kind::iam::Role>> + 'app,
    ) -> Self {
        self.change(|delivery| delivery.make_role = Some(Rc::new(make)))
    }

    /// Sets the role with which SNS delivers, as Firehose needs it. Default: none.
    pub fn role_arn(self, role_arn: impl IntoValue<Arn<kind::iam::Role>>) -> Self {
        let role_arn = role_arn.into_value();
        self.change(|delivery| delivery.role_arn = Some(role_arn))
    }

    /// Sets the function that permits a topic to deliver, in the policy of the endpoint. It runs when the subscription is
    /// created.
    pub fn permission(self, permit: impl Fn(&DeliveringTopic) + 'app) -> Self {
        self.change(|delivery| delivery.permit = Some(Rc::new(permit)))
    }

    fn change(mut self, change: impl FnOnce(&mut Delivery<'app>)) -> Self {
        if let Endpoint::Other(delivery) = &mut self.endpoint {
            change(delivery);
        }
        self
    }
}

impl fmt::Debug for Subscriber<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = f.debug_struct("Subscriber");
        match &self.endpoint {
            Endpoint::Queue(queue) => text.field("queue", queue),
            Endpoint::Other(delivery) => text
                .field("protocol", &delivery.protocol)
                .field("endpoint", &delivery.endpoint),
        };
        text.finish_non_exhaustive()
    }
}

impl<'app, T: TopicSubscriber<'app>> TopicSubscriber<'app> for &T {
    type Delivery = T::Delivery;

    fn subscriber(&self) -> Subscriber<'app> {
        (**self).subscriber()
    }
}

macro_rules! queues {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl<'app> TopicSubscriber<'app> for $type {
            type Delivery = RawOrWrapped;

            fn subscriber(&self) -> Subscriber<'app> {
                let queue = crate::sqs::AsQueue::as_queue(self);
                Subscriber {
                    endpoint: Endpoint::Queue(queue),
                }
            }
        }
    )+};
}

queues! {
    /// Sends each message to the queue, as [`Topic::subscribe_queue`](super::Topic::subscribe_queue) does.
    Queue<'app>;
    /// Sends each message to the existing queue, as [`Topic::subscribe_queue`](super::Topic::subscribe_queue) does.
    ImportedQueue;
}
