//! Dead-letter queues.

use std::marker::PhantomData;

use super::common::OwnQueue;
use super::reference::{QueueOfKind, QueueRef};
use crate::core::{Arn, Data, Diagnostic, IntoValue, Json, Scope, Value, codes};
use crate::kind;

const LIMITS: &str = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html";

/// Default of SQS for the retention of messages, in seconds: 4 days.
const DEFAULT_RETENTION: i64 = 4 * 86_400;

/// The queue that receives messages which a consumer could not process. Its kind is that of the source: the
/// dead-letter queue of a FIFO queue is FIFO, otherwise the program does not compile.
///
/// ```compile_fail
/// use infra_lib::sqs::{DeadLetterQueue, FifoQueue, Queue};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let failed = FifoQueue::builder().build(stack, "Failed");
/// Queue::builder().dead_letter_queue(DeadLetterQueue::new(&failed, 5)).build(stack, "Jobs");
/// ```
#[derive(Clone, Debug)]
pub struct DeadLetterQueue<'app, K> {
    queue: QueueRef<'app>,
    max_receive_count: u32,
    kind: PhantomData<K>,
}

impl<'app, K> DeadLetterQueue<'app, K> {
    /// Creates the redrive policy of a source: a message moves to `queue` once it has been received more than
    /// `max_receive_count` times without being deleted. Counts outside 1 to 1,000 are reported (`INF4802`).
    pub fn new(queue: &impl QueueOfKind<'app, K>, max_receive_count: u32) -> Self {
        Self {
            queue: queue.as_queue(),
            max_receive_count,
            kind: PhantomData,
        }
    }

    pub(super) fn policy(&self) -> Data {
        Data::map([
            ("deadLetterTargetArn", self.queue.arn().into_data()),
            (
                "maxReceiveCount",
                Data::from(i64::from(self.max_receive_count)),
            ),
        ])
    }

    /// Reports a redrive policy that SQS rejects or that loses messages.
    pub(super) fn check(&self, source: OwnQueue<'app>) {
        let scope = source.scope;
        if !(1..=1000).contains(&self.max_receive_count) {
            scope.report(
                Diagnostic::new(
                    codes::MAX_RECEIVE_COUNT,
                    "SQS rejects the number of receives before a message moves to the dead-letter queue",
                )
                .property("RedrivePolicy.maxReceiveCount")
                .actual(self.max_receive_count.to_string())
                .expected("1 to 1000")
                .help("a consumer that may fail now and then needs about 5")
                .url(LIMITS),
            );
        }
        check_kind(&self.queue, source.fifo, "dead-letter queue", scope);
        let Some(target) = self.queue.own() else {
            return;
        };
        let allowed = target.queue.prop("RedriveAllowPolicy.redrivePermission");
        if allowed.as_ref().and_then(Data::as_text) == Some("denyAll") {
            scope.report(
                Diagnostic::new(
                    codes::REDRIVE_REFUSED,
                    "the dead-letter queue refuses to be the dead-letter queue of any queue",
                )
                .property("RedrivePolicy.deadLetterTargetArn")
                .actual("`RedriveAllow::NoQueue`")
                .expected("`RedriveAllow::AllQueues`, or a list that names this queue")
                .url(LIMITS),
            );
        }
        let retention = |queue: OwnQueue<'_>| match queue.queue.prop("MessageRetentionPeriod") {
            Some(data) => data.as_int(),
            None => Some(DEFAULT_RETENTION),
        };
        if let (Some(kept), Some(source_kept)) = (retention(target), retention(source))
            && kept < source_kept
        {
            scope.report(
                Diagnostic::new(
                    codes::DEAD_LETTER_RETENTION,
                    "the dead-letter queue deletes messages earlier than the queue they come from",
                )
                .property("RedrivePolicy")
                .actual(format!("{kept} seconds, and {source_kept} seconds in the source"))
                .note("the age of a message counts from when it was first sent, so it may expire as it arrives")
                .help("set the retention of the dead-letter queue to 14 days: `.retention(Duration::days(14))`")
                .url(LIMITS),
            );
        }
    }
}

/// Reports a queue of the wrong kind, which an imported queue can be.
pub(super) fn check_kind(queue: &QueueRef<'_>, fifo: bool, role: &str, scope: Scope<'_>) {
    if queue.is_fifo().is_none_or(|is_fifo| is_fifo == fifo) {
        return;
    }
    let name = |fifo| if fifo { "FIFO" } else { "standard" };
    scope.report(
        Diagnostic::new(
            codes::DEAD_LETTER_KIND,
            format!(
                "the {role} of a {} queue is a {} queue",
                name(fifo),
                name(!fifo)
            ),
        )
        .property("RedrivePolicy.deadLetterTargetArn")
        .actual(queue.arn().as_literal().unwrap_or_default())
        .expected(format!("the ARN of a {} queue", name(fifo)))
        .url(LIMITS),
    );
}

/// The redrive policy as the property of the binding, where it is JSON:
///
/// ```
/// use infra_lib::cfn::sqs::CfnQueueProps;
/// use infra_lib::sqs::{DeadLetterQueue, Queue};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let failed = Queue::builder().build(stack, "Failed");
/// CfnQueueProps::new().redrive_policy(DeadLetterQueue::new(&failed, 5)).build(stack, "Jobs");
/// # assert!(app.synth().findings().is_empty());
/// ```
impl<K> IntoValue<Json> for DeadLetterQueue<'_, K> {
    fn into_value(self) -> Value<Json> {
        self.policy().into_value()
    }
}

/// The redrive allow policy as the property of the binding, where it is JSON. The number of queues is not checked there.
///
/// ```
/// use infra_lib::cfn::sqs::CfnQueueProps;
/// use infra_lib::sqs::RedriveAllow;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// CfnQueueProps::new().redrive_allow_policy(RedriveAllow::NoQueue).build(stack, "Jobs");
/// # assert!(app.synth().findings().is_empty());
/// ```
impl IntoValue<Json> for RedriveAllow {
    fn into_value(self) -> Value<Json> {
        self.data().into_value()
    }
}

/// Queues that may have a queue as their dead-letter queue.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum RedriveAllow {
    /// Every queue of the account and region; SQS's default.
    #[default]
    AllQueues,
    /// No queue.
    NoQueue,
    /// These queues, at most ten (`INF4804`). Their ARNs are composed from names: a reference to a source queue would
    /// close a circle.
    Queues(Vec<Value<Arn<kind::sqs::Queue>>>),
}

impl RedriveAllow {
    /// Returns the policy, or `None` for the default of SQS.
    pub(super) fn policy(self, scope: Scope<'_>) -> Option<Data> {
        match &self {
            Self::AllQueues => return None,
            Self::Queues(arns) if !(1..=10).contains(&arns.len()) => scope.report(
                Diagnostic::new(
                    codes::REDRIVE_REFUSED,
                    "SQS rejects the number of queues in a redrive allow policy",
                )
                .property("RedriveAllowPolicy.sourceQueueArns")
                .actual(arns.len().to_string())
                .expected("1 to 10 queues")
                .help(
                    "allow all queues, or none: `RedriveAllow::AllQueues`, `RedriveAllow::NoQueue`",
                )
                .url(LIMITS),
            ),
            _ => {}
        }
        Some(self.data())
    }

    fn data(self) -> Data {
        let permission = |name: &'static str| ("redrivePermission", Data::from(name));
        match self {
            Self::AllQueues => Data::map([permission("allowAll")]),
            Self::NoQueue => Data::map([permission("denyAll")]),
            Self::Queues(arns) => Data::map([
                permission("byQueue"),
                (
                    "sourceQueueArns",
                    Data::list(arns.into_iter().map(Value::into_data)),
                ),
            ]),
        }
    }
}
