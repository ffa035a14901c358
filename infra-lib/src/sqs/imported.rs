//! Queues that exist already.

use super::common::{CONSUME, PURGE, SEND};
use super::reference::{AsQueue, Fifo, QueueOfKind, QueueRef, Standard};
use crate::core::{Arn, IntoValue, Name, Value, intrinsics, pseudo, sub, value};
use crate::iam::{Grant, Identity};
use crate::kind;

/// An existing queue, from [`Queue::from_arn`](super::Queue::from_arn) or
/// [`FifoQueue::from_arn`](super::FifoQueue::from_arn).
///
/// ```
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::sqs::Queue;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let worker = Role::builder()
///     .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
///     .build(stack, "Worker");
/// let jobs = Queue::from_arn("arn:aws:sqs:eu-west-1:111122223333:jobs");
/// jobs.grant_consume(&worker);
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct ImportedQueue {
    arn: Value<Arn<kind::sqs::Queue>>,
}

impl ImportedQueue {
    pub(super) fn from_arn(arn: impl IntoValue<Arn<kind::sqs::Queue>>) -> Self {
        Self {
            arn: arn.into_value(),
        }
    }

    /// Returns the ARN of the queue.
    pub fn arn(&self) -> Value<Arn<kind::sqs::Queue>> {
        self.arn.clone()
    }

    /// Returns the physical name of the queue, the last part of its ARN.
    pub fn queue_name(&self) -> Value<Name<kind::sqs::Queue>> {
        self.part(5).cast()
    }

    /// Returns the URL of the queue, composed from the parts of its ARN.
    pub fn queue_url(&self) -> Value<String> {
        sub![
            "https://sqs.",
            self.part(3),
            ".",
            pseudo::url_suffix(),
            "/",
            self.part(4),
            "/",
            self.part(5)
        ]
    }

    /// Returns a part of the ARN: 3 the region, 4 the account, 5 the name.
    fn part(&self, index: u32) -> Value<String> {
        let literal = self
            .arn
            .as_literal()
            .and_then(|arn| arn.split(':').nth(usize::try_from(index).ok()?));
        match literal {
            Some(part) => value(part),
            None => intrinsics::select(index, intrinsics::split(":", &self.arn)),
        }
    }

    /// Allows an identity of the app to send messages. A key of the queue needs a separate grant.
    #[track_caller]
    pub fn grant_send<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), SEND)
    }

    /// Allows an identity of the app to receive and delete messages. A key of the queue needs a separate grant.
    #[track_caller]
    pub fn grant_consume<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), CONSUME)
    }

    /// Allows an identity of the app to delete all messages of the queue at once.
    #[track_caller]
    pub fn grant_purge<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), PURGE)
    }
}

impl<'app> AsQueue<'app> for ImportedQueue {
    fn as_queue(&self) -> QueueRef<'app> {
        QueueRef::of_imported(self.arn())
    }
}

impl QueueOfKind<'_, Standard> for ImportedQueue {}
impl QueueOfKind<'_, Fifo> for ImportedQueue {}
