//! Destinations of records of asynchronous invocations.

use super::{Alias, Function, FunctionRef, ImportedFunction, Version};
use crate::core::Value;
use crate::iam::{Grant, RoleRef};
use crate::sns::{ImportedTopic, Topic};
use crate::sqs::{ImportedQueue, Queue};

/// A construct that receives records of asynchronous invocations: a standard queue or topic, a function or an event bus.
///
/// Lambda accepts no FIFO queue or topic here, so these do not implement the trait:
///
/// ```compile_fail
/// # use infra_lib::{App, Stack, lambda::AsyncInvoke, sqs::FifoQueue};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Stack");
/// let failed = FifoQueue::builder().build(stack, "Failed");
/// AsyncInvoke::new().on_failure(&failed);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot receive records of asynchronous invocations",
    label = "a standard queue or topic, a function or an event bus is needed here"
)]
pub trait AsyncDestination<'app> {
    /// Returns the ARN of the destination.
    fn destination_arn(&self) -> Value<String>;

    /// Allows the execution role of a function to deliver records, and nothing else.
    fn grant_delivery(&self, role: RoleRef<'app>) -> Grant<'app>;
}

/// A standard topic, of the app or an imported one, which
/// [`send_dead_letters_to_topic`](Function::send_dead_letters_to_topic) takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a standard topic",
    label = "a `Topic` or an `ImportedTopic` is needed here"
)]
pub trait DeadLetterTopic<'app>: AsyncDestination<'app> {}

impl<'app> DeadLetterTopic<'app> for Topic<'app> {}

impl DeadLetterTopic<'_> for ImportedTopic {}

impl<'app> AsyncDestination<'app> for Queue<'app> {
    fn destination_arn(&self) -> Value<String> {
        self.arn().cast()
    }

    #[track_caller]
    fn grant_delivery(&self, role: RoleRef<'app>) -> Grant<'app> {
        let grant = Grant::to(&role)
            .action("sqs:SendMessage")
            .resource(self.arn())
            .on(self);
        match self.encryption_key() {
            Some(key) => grant.and(
                Grant::to(&role)
                    .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
                    .resource(key.arn())
                    .on(&key),
            ),
            None => grant,
        }
    }
}

impl<'app> AsyncDestination<'app> for ImportedQueue {
    fn destination_arn(&self) -> Value<String> {
        self.arn().cast()
    }

    #[track_caller]
    fn grant_delivery(&self, role: RoleRef<'app>) -> Grant<'app> {
        Grant::on_imported(&role, self.arn(), ["sqs:SendMessage"])
    }
}

impl<'app> AsyncDestination<'app> for Topic<'app> {
    fn destination_arn(&self) -> Value<String> {
        self.arn().cast()
    }

    #[track_caller]
    fn grant_delivery(&self, role: RoleRef<'app>) -> Grant<'app> {
        self.grant_publish(&role)
    }
}

impl<'app> AsyncDestination<'app> for ImportedTopic {
    fn destination_arn(&self) -> Value<String> {
        self.arn().cast()
    }

    #[track_caller]
    fn grant_delivery(&self, role: RoleRef<'app>) -> Grant<'app> {
        self.grant_publish(&role)
    }
}

macro_rules! functions {
    ($($type:ident),+) => {$(
        impl<'app> AsyncDestination<'app> for $type<'app> {
            fn destination_arn(&self) -> Value<String> {
                self.arn().cast()
            }

            #[track_caller]
            fn grant_delivery(&self, role: RoleRef<'app>) -> Grant<'app> {
                self.grant_invoke(&role)
            }
        }
    )+};
}

functions!(Function, Alias, Version, ImportedFunction, FunctionRef);
