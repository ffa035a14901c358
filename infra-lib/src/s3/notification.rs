//! Notifications of a bucket: events of objects that S3 sends to functions, queues and topics.

use super::notification_checks::{self, Sent};
use super::{Bucket, BucketEvent};
use crate::core::{Arn, Data, Diagnostic, Map, Scope, Value, codes};
use crate::iam::Principal;
use crate::{kind, pseudo, sub};

/// Events of a bucket for one target, limited to objects by the beginning and end of their keys.
///
/// ```
/// use infra_lib::s3::{BucketEvent, Notification};
///
/// let images = Notification::on(BucketEvent::Created).prefix("uploads/").suffix(".png");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a notification has no effect until it is passed to `Bucket::notify`"]
pub struct Notification {
    pub(super) events: Vec<BucketEvent>,
    pub(super) prefix: String,
    pub(super) suffix: String,
}

impl Notification {
    /// Creates a notification about an event of any object.
    pub fn on(event: BucketEvent) -> Self {
        Self {
            events: vec![event],
            prefix: String::new(),
            suffix: String::new(),
        }
    }

    /// Adds an event.
    pub fn and_on(mut self, event: BucketEvent) -> Self {
        self.events.push(event);
        self
    }

    /// Limits the notification to objects whose keys begin with a text. Default: all objects.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Limits the notification to objects whose keys end with a text. Default: all objects.
    pub fn suffix(mut self, suffix: impl Into<String>) -> Self {
        self.suffix = suffix.into();
        self
    }

    fn filter(&self) -> Option<Data> {
        let rules: Vec<Data> = [("prefix", &self.prefix), ("suffix", &self.suffix)]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| {
                Data::map([
                    ("Name", Data::from(name)),
                    ("Value", Data::from(text.clone())),
                ])
            })
            .collect();
        (!rules.is_empty())
            .then(|| Data::map([("S3Key", Data::map([("Rules", Data::list(rules))]))]))
    }
}

/// ARN of a target of notifications, by the kind of the target.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum NotificationArn {
    /// A function, a version or an alias.
    Function(Value<Arn<kind::lambda::Function>>),
    /// A standard queue.
    Queue(Value<Arn<kind::sqs::Queue>>),
    /// A standard topic.
    Topic(Value<Arn<kind::sns::Topic>>),
}

impl NotificationArn {
    /// Returns the list of targets, and the name of the ARN in an item of it.
    const fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::Function(_) => ("LambdaConfigurations", "Function"),
            Self::Queue(_) => ("QueueConfigurations", "Queue"),
            Self::Topic(_) => ("TopicConfigurations", "Topic"),
        }
    }

    fn data(self) -> Data {
        match self {
            Self::Function(arn) => arn.into_data(),
            Self::Queue(arn) => arn.into_data(),
            Self::Topic(arn) => arn.into_data(),
        }
    }
}

/// A construct that receives notifications of a bucket: a function, a version or an alias of one, a standard queue, or a standard
/// topic.
///
/// S3 accepts no FIFO queue or topic, so these do not implement the trait:
///
/// ```compile_fail
/// # use infra_lib::{App, Stack, sqs::FifoQueue};
/// # use infra_lib::s3::{Bucket, BucketEvent, Notification};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Stack");
/// let queue = FifoQueue::builder().build(stack, "Queue");
/// Bucket::builder().build(stack, "Files").notify(&queue, &Notification::on(BucketEvent::Created));
/// ```
#[diagnostic::on_unimplemented(
    message = "a bucket cannot notify `{Self}`",
    label = "a function, a version, an alias, a standard queue or a standard topic is needed here",
    note = "other targets receive events through a rule: see `Bucket::send_events_to_event_bridge`"
)]
pub trait NotificationTarget<'app> {
    /// Returns the ARN of the target.
    fn notification_arn(&self) -> NotificationArn;

    /// Allows `source`, which is S3 on behalf of the bucket, to reach the target. Returns the constructs with the
    /// permission: S3 tries to reach the target when the bucket is created, so the bucket waits for them.
    fn allow_notifications(&self, bucket: Bucket<'app>, source: &Principal) -> Vec<Scope<'app>>;

    /// Returns the role, user or group with which the target acts, if there is one.
    fn acting_identity(&self) -> Option<Scope<'app>> {
        None
    }
}

impl<'app> Bucket<'app> {
    /// Sends events of objects to a function, a queue or a topic, and allows S3 to do so.
    ///
    /// The notification is a property of the bucket, without the custom resource of the CDK. The permission must
    /// exist before the bucket, so it cannot refer to the bucket: it names the bucket if the name was given, and else
    /// permits the buckets of this account. For the same reason, a function that is notified cannot have the name of
    /// the bucket in its environment, unless the name was given as text; events contain it. See
    /// [Event notifications](https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html).
    ///
    /// Two notifications about an event of the same object are reported (`INF4505`), a function that writes into the
    /// bucket that invokes it (`INF4506`), and targets or buckets for which S3 or CloudFormation have no notifications
    /// (`INF4507`).
    ///
    /// ```
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::s3::{Bucket, BucketEvent, Notification};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let uploads = Bucket::builder().build(stack, "Uploads");
    /// let resize = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => {};"))
    ///     .build(stack, "Resize");
    /// uploads.grant_read(&resize);
    /// uploads.notify(&resize, &Notification::on(BucketEvent::Created).prefix("images/"));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    #[track_caller]
    pub fn notify(&self, target: &impl NotificationTarget<'app>, notification: &Notification) {
        let scope = self.scope.at_caller();
        let Some(resource) = self.cfn() else {
            scope.report(
                Diagnostic::new(
                    codes::BUCKET_CANNOT_NOTIFY,
                    "notifications of an imported bucket are not managed by this app",
                )
                .property("NotificationConfiguration")
                .note("a bucket has one configuration of notifications, and this app would overwrite the existing one")
                .help("add the notification where the bucket is created, or turn on its events for EventBridge there and use a rule")
                .url("https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html"),
            );
            return;
        };
        let source = Principal::service("s3.amazonaws.com")
            .for_this_account()
            .condition("ArnLike", "aws:SourceArn", self.source_arn());
        for permission in target.allow_notifications(*self, &source) {
            resource.depends_on(permission);
        }
        let arn = target.notification_arn();
        let (list, name) = arn.names();
        let arn = arn.data();
        let path = format!("NotificationConfiguration.{list}");
        let mut items = match resource.prop(&path) {
            Some(Data::List(items)) => items,
            _ => Vec::new(),
        };
        for event in &notification.events {
            let mut item = Map::new();
            item.insert("Event", event.as_str());
            if let Some(filter) = notification.filter() {
                item.insert("Filter", filter);
            }
            item.insert(name, arn.clone());
            items.push(Data::Map(item));
        }
        resource.override_prop(&path, Data::List(items));
        notification_checks::add(
            scope,
            Sent {
                notification: notification.clone(),
                identity: target.acting_identity().map(Scope::node_id),
            },
        );
    }

    /// Sends all events of objects to the default event bus of the account and region, where rules select them.
    /// EventBridge needs no permission. Default: off, as in CloudFormation.
    ///
    /// Rules have any number of targets and may overlap, unlike the notifications of [`notify`](Self::notify).
    #[track_caller]
    pub fn send_events_to_event_bridge(&self) {
        match self.cfn() {
            Some(resource) => resource.override_prop(
                "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled",
                true,
            ),
            None => self.scope.at_caller().report(
                Diagnostic::new(
                    codes::BUCKET_CANNOT_NOTIFY,
                    "events of an imported bucket are not managed by this app",
                )
                .property("NotificationConfiguration.EventBridgeConfiguration")
                .help("turn on the events where the bucket is created")
                .url("https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html"),
            ),
        }
    }

    /// Returns the ARN of the bucket without a reference to it, or a pattern of all buckets.
    fn source_arn(&self) -> Value<String> {
        let name = self.cfn().and_then(|resource| resource.prop("BucketName"));
        match name {
            Some(name) => sub![
                "arn:",
                pseudo::partition(),
                ":s3:::",
                Value::<String>::from_data(name)
            ],
            None => sub!["arn:", pseudo::partition(), ":s3:::*"],
        }
    }
}

impl<'app, T: NotificationTarget<'app>> NotificationTarget<'app> for &T {
    fn notification_arn(&self) -> NotificationArn {
        (**self).notification_arn()
    }

    #[track_caller]
    fn allow_notifications(&self, bucket: Bucket<'app>, source: &Principal) -> Vec<Scope<'app>> {
        (**self).allow_notifications(bucket, source)
    }

    fn acting_identity(&self) -> Option<Scope<'app>> {
        (**self).acting_identity()
    }
}
