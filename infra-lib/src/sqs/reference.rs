//! References to queues that other constructs deliver to.

use std::panic::Location;

use super::ImportedQueue;
use super::common::{CONSUME, CONSUME_KEY, OwnQueue};
use crate::core::{Arn, Construct, Diagnostic, IntoValue, Name, Value, codes};
use crate::iam::{Grant, Identity, Principal, Statement};
use crate::kind;
use crate::kms::KeyRef;

/// Kind of standard queues, which deliver at least once and without an order.
#[derive(Clone, Copy, Debug)]
pub enum Standard {}

/// Kind of FIFO queues, which keep the order within a message group and drop duplicates.
#[derive(Clone, Copy, Debug)]
pub enum Fifo {}

/// A queue that messages can be sent to: a [`Queue`](super::Queue), a [`FifoQueue`](super::FifoQueue) or an
/// [`ImportedQueue`](super::ImportedQueue).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no queue",
    label = "a `Queue`, a `FifoQueue` or an `ImportedQueue` is needed here"
)]
pub trait AsQueue<'app> {
    /// Returns a reference to the queue.
    fn as_queue(&self) -> QueueRef<'app>;
}

impl<'app, Q: AsQueue<'app>> AsQueue<'app> for &Q {
    fn as_queue(&self) -> QueueRef<'app> {
        (**self).as_queue()
    }
}

/// An [`AsQueue`] of kind [`Standard`] or [`Fifo`]. The kind of an imported queue is taken from its ARN at synthesis.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no queue of kind `{K}`",
    label = "this queue is of the other kind",
    note = "dead-letter queues have the kind of their source: standard for standard, FIFO for FIFO",
    note = "standard topics deliver to standard queues only"
)]
pub trait QueueOfKind<'app, K>: AsQueue<'app> {}

impl<'app, K, Q: QueueOfKind<'app, K>> QueueOfKind<'app, K> for &Q {}

/// A queue of the app or an imported one, from [`AsQueue::as_queue`].
#[derive(Clone, Debug)]
pub struct QueueRef<'app> {
    arn: Value<Arn<kind::sqs::Queue>>,
    own: Option<OwnQueue<'app>>,
}

impl<'app> QueueRef<'app> {
    pub(super) fn of_own(own: OwnQueue<'app>) -> Self {
        Self {
            arn: own.queue.attr_arn(),
            own: Some(own),
        }
    }

    pub(super) const fn of_imported(arn: Value<Arn<kind::sqs::Queue>>) -> Self {
        Self { arn, own: None }
    }

    /// Returns the ARN of the queue.
    pub fn arn(&self) -> Value<Arn<kind::sqs::Queue>> {
        self.arn.clone()
    }

    /// Returns `true` for a FIFO queue, and `None` for an imported queue whose ARN is known at deployment only.
    pub fn is_fifo(&self) -> Option<bool> {
        match self.own {
            Some(own) => Some(own.fifo),
            None => self
                .arn
                .as_literal()
                .map(|arn| arn.strip_suffix(".fifo").is_some()),
        }
    }

    /// Returns the construct of a queue of the app, or `None` for an imported queue.
    pub fn scope(&self) -> Option<crate::core::Scope<'app>> {
        self.own.map(|own| own.scope)
    }

    /// Returns the customer managed key of a queue of the app, or `None`.
    pub fn encryption_key(&self) -> Option<KeyRef<'app>> {
        self.own?.key()
    }

    /// Returns the physical name of the queue.
    pub fn queue_name(&self) -> Value<Name<kind::sqs::Queue>> {
        match self.own {
            Some(own) => own.queue.attr_queue_name(),
            None => ImportedQueue::from_arn(self.arn()).queue_name(),
        }
    }

    /// Returns the URL of the queue, with which programs address it.
    pub fn queue_url(&self) -> Value<String> {
        match self.own {
            Some(own) => own.queue.ref_().cast(),
            None => ImportedQueue::from_arn(self.arn()).queue_url(),
        }
    }

    /// Allows an identity of the app to receive and delete messages, and to decrypt them with the key of a queue of the
    /// app. The key of an imported queue needs a separate grant.
    #[track_caller]
    pub fn grant_consume(&self, to: &impl Identity<'app>) -> Grant<'app> {
        match self.own {
            Some(own) => own.grant(&own, to, &CONSUME, &CONSUME_KEY),
            None => ImportedQueue::from_arn(self.arn()).grant_consume(to),
        }
    }

    /// Returns the permissions to send messages, for the role of a service that delivers with one. A key of an imported
    /// queue is not known.
    #[cfg(any(feature = "iot", feature = "pipes", feature = "scheduler"))]
    pub(crate) fn send_statements(&self) -> Vec<Statement> {
        let send = Statement::allow()
            .action("sqs:SendMessage")
            .resource(self.arn());
        let key = self.encryption_key().map(|key| {
            Statement::allow()
                .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
                .resource(key.arn())
        });
        std::iter::once(send).chain(key).collect()
    }

    /// Returns the policy of a queue of the app, for constructs that are created after it.
    #[cfg(feature = "sns")]
    pub(crate) fn policy(&self) -> Option<crate::core::Scope<'app>> {
        self.own.map(|own| own.policy.scope())
    }

    pub(super) const fn own(&self) -> Option<OwnQueue<'app>> {
        self.own
    }

    /// Allows an AWS service to send messages from one source, such as a topic or a rule, and to use the key of the
    /// queue.
    ///
    /// `source_key` is the key that encrypts the source; a queue with the same key permits its use to the service for
    /// this account, because a key policy that names the source would close a circle, as with the key of a queue that is the
    /// target of a rule. The policy of an imported queue
    /// cannot be changed, which is reported on `from` (`INF4806`).
    #[track_caller]
    pub fn allow_delivery(
        &self,
        service: &'static str,
        source_arn: impl IntoValue<String>,
        source_key: Option<KeyRef<'app>>,
        from: impl Construct<'app>,
    ) {
        let source_arn = source_arn.into_value();
        let Some(own) = self.own else {
            from.scope().report(
                Diagnostic::new(
                    codes::IMPORTED_QUEUE_POLICY,
                    format!("the policy of an imported queue must allow `{service}` to send messages"),
                )
                .origin(Location::caller())
                .note("the policy of the queue belongs to the app that creates it")
                .help("add the statement where the queue is created, then acknowledge this finding")
                .url("https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html"),
            );
            return;
        };
        own.add_statement(
            Statement::allow()
                .principal(Principal::service(service))
                .action("sqs:SendMessage")
                .resource(self.arn())
                .condition("ArnEquals", "aws:SourceArn", source_arn.clone()),
        );
        let Some(key) = own.key() else { return };
        let has_source_key =
            source_key.is_some_and(|other| other.scope().node_id() == key.scope().node_id());
        if has_source_key || service == "events.amazonaws.com" {
            key.allow_service(service);
        } else {
            key.add_statement(
                Statement::allow()
                    .principal(Principal::service(service))
                    .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
                    .resource("*")
                    .condition("ArnEquals", "aws:SourceArn", source_arn),
            );
        }
    }
}

impl<'app> AsQueue<'app> for QueueRef<'app> {
    fn as_queue(&self) -> Self {
        self.clone()
    }
}
