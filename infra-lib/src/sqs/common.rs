//! Parts that standard and FIFO queues share.

use super::dead_letter::{DeadLetterQueue, RedriveAllow};
use super::queue::QueueEncryption;
use crate::cfn::sqs::{CfnQueue, CfnQueuePolicy, CfnQueuePolicyProps, CfnQueueProps};
use crate::construct::With;
use crate::core::{Construct, Diagnostic, Duration, RemovalPolicy, Scope, Size, Value, codes};
use crate::iam::{
    Grant, Grantable, PolicyDocument, PolicyUse, Principal, ResourcePolicy, Statement,
};
use crate::kms::KeyRef;

/// The resources of a queue of the app.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnQueue<'app> {
    pub(super) scope: Scope<'app>,
    pub(super) queue: CfnQueue<'app>,
    pub(super) policy: CfnQueuePolicy<'app>,
    encryption: QueueEncryption<'app>,
    pub(super) fifo: bool,
}

/// Properties that queues of both kinds have.
pub(super) struct Settings<'app, K> {
    pub(super) queue_name: Option<Value<String>>,
    pub(super) visibility_timeout: Option<Duration>,
    pub(super) retention: Option<Duration>,
    pub(super) delivery_delay: Option<Duration>,
    pub(super) receive_wait_time: Duration,
    pub(super) max_message_size: Option<Size>,
    pub(super) encryption: QueueEncryption<'app>,
    pub(super) dead_letter_queue: Option<DeadLetterQueue<'app, K>>,
    pub(super) redrive_allow: RedriveAllow,
    pub(super) removal_policy: RemovalPolicy,
}

/// Returns the [`Settings`] among the properties of a construct.
macro_rules! settings {
    ($props:ident) => {
        $crate::sqs::common::Settings {
            queue_name: $props.queue_name,
            visibility_timeout: $props.visibility_timeout,
            retention: $props.retention,
            delivery_delay: $props.delivery_delay,
            receive_wait_time: $props.receive_wait_time,
            max_message_size: $props.max_message_size,
            encryption: $props.encryption,
            dead_letter_queue: $props.dead_letter_queue,
            redrive_allow: $props.redrive_allow,
            removal_policy: $props.removal_policy,
        }
    };
}
pub(super) use settings;

impl<'app> Construct<'app> for OwnQueue<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> ResourcePolicy<'app> for OwnQueue<'app> {
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        self.add_statement(statement);
    }
}

impl<'app> OwnQueue<'app> {
    /// Adds the queue and its policy; `props` has the properties of one kind of queue only.
    pub(super) fn create<K>(
        scope: Scope<'app>,
        props: CfnQueueProps,
        fifo: bool,
        settings: Settings<'app, K>,
    ) -> Self {
        if let Some(name) = settings.queue_name.as_ref().and_then(Value::as_literal) {
            check_name(name, fifo, scope);
        }
        let props = match settings.encryption {
            QueueEncryption::SqsManaged => props.sqs_managed_sse_enabled(true),
            QueueEncryption::Key(key) => props.kms_master_key_id(key.arn()),
        };
        let seconds = |duration: Duration| duration.to_seconds_i64();
        let queue = props
            .with(settings.queue_name, CfnQueueProps::queue_name)
            .with(
                settings.visibility_timeout.map(seconds),
                CfnQueueProps::visibility_timeout,
            )
            .with(
                settings.retention.map(seconds),
                CfnQueueProps::message_retention_period,
            )
            .with(
                settings.delivery_delay.map(seconds),
                CfnQueueProps::delay_seconds,
            )
            .receive_message_wait_time_seconds(seconds(settings.receive_wait_time))
            .with(
                settings.max_message_size.map(bytes),
                CfnQueueProps::maximum_message_size,
            )
            .with(
                settings
                    .dead_letter_queue
                    .as_ref()
                    .map(DeadLetterQueue::policy),
                CfnQueueProps::redrive_policy,
            )
            .with(
                settings.redrive_allow.policy(scope),
                CfnQueueProps::redrive_allow_policy,
            )
            .build(scope, "Resource");
        queue.apply_removal_policy(settings.removal_policy);
        let tls_only = Statement::deny()
            .sid("RequireTls")
            .principal(Principal::any())
            .action("sqs:*")
            .resource(queue.attr_arn())
            .condition("Bool", "aws:SecureTransport", "false");
        let policy =
            CfnQueuePolicyProps::new(PolicyDocument::new().statement(tls_only), [queue.ref_()])
                .build(scope.construct("Policy"), "Resource");
        let own = Self {
            scope,
            queue,
            policy,
            encryption: settings.encryption,
            fifo,
        };
        if let Some(dead_letter) = settings.dead_letter_queue {
            dead_letter.check(own);
        }
        own
    }

    /// Returns the customer managed key, if the queue has one.
    pub(super) const fn key(&self) -> Option<KeyRef<'app>> {
        match self.encryption {
            QueueEncryption::SqsManaged => None,
            QueueEncryption::Key(key) => Some(key),
        }
    }

    #[track_caller]
    pub(super) fn add_statement(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        PolicyDocument::add_to(*self.policy, "PolicyDocument", statement);
    }

    /// Grants actions on the queue, and actions on its key.
    #[track_caller]
    pub(super) fn grant(
        &self,
        on: &impl ResourcePolicy<'app>,
        to: &impl Grantable<'app>,
        actions: &[&'static str],
        key_actions: &[&'static str],
    ) -> Grant<'app> {
        let grant = Grant::to(to)
            .actions(actions.iter().copied())
            .resource(self.queue.attr_arn())
            .on(on);
        match self.key() {
            Some(key) if !key_actions.is_empty() => grant.and(
                Grant::to(to)
                    .actions(key_actions.iter().copied())
                    .resource(key.arn())
                    .on(&key),
            ),
            _ => grant,
        }
    }
}

/// Actions of a producer.
pub(super) const SEND: [&str; 3] = [
    "sqs:SendMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
];
/// Actions of a consumer.
pub(super) const CONSUME: [&str; 5] = [
    "sqs:ReceiveMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueUrl",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
];
/// Actions of an operator who empties a queue.
pub(super) const PURGE: [&str; 3] = [
    "sqs:PurgeQueue",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
];
/// Actions on the key of a queue that a producer needs.
pub(super) const SEND_KEY: [&str; 2] = ["kms:Decrypt", "kms:GenerateDataKey*"];
/// Actions on the key of a queue that a consumer needs.
pub(super) const CONSUME_KEY: [&str; 1] = ["kms:Decrypt"];

/// Adds the methods that standard and FIFO queues share.
macro_rules! queue_methods {
    ($name:ident, $kind:ident) => {
        impl<'app> $name<'app> {
            /// Imports an existing queue by its ARN. Its policy does not belong to this app.
            pub fn from_arn(
                arn: impl $crate::core::IntoValue<$crate::core::Arn<$crate::kind::sqs::Queue>>,
            ) -> $crate::sqs::ImportedQueue {
                $crate::sqs::ImportedQueue::from_arn(arn)
            }

            /// Returns the ARN of the queue.
            pub fn arn(&self) -> $crate::core::Value<$crate::core::Arn<$crate::kind::sqs::Queue>> {
                self.own.queue.attr_arn()
            }

            /// Returns the physical name of the queue.
            pub fn queue_name(
                &self,
            ) -> $crate::core::Value<$crate::core::Name<$crate::kind::sqs::Queue>> {
                self.own.queue.attr_queue_name()
            }

            /// Returns the URL of the queue, with which programs address it.
            pub fn queue_url(&self) -> $crate::core::Value<String> {
                self.own.queue.ref_()
            }

            /// Returns the L1 binding of the queue.
            pub fn cfn(&self) -> $crate::cfn::sqs::CfnQueue<'app> {
                self.own.queue
            }

            /// Returns the customer managed key of the queue, or `None` for keys of SQS.
            pub fn encryption_key(&self) -> Option<$crate::kms::KeyRef<'app>> {
                self.own.key()
            }

            /// Adds a statement to the policy of the queue.
            #[track_caller]
            pub fn add_statement(&self, statement: $crate::iam::Statement) {
                self.own.add_statement(statement);
            }

            /// Allows a principal to send messages, and to encrypt them with the key of the queue.
            #[track_caller]
            pub fn grant_send(
                &self,
                to: &impl $crate::iam::Grantable<'app>,
            ) -> $crate::iam::Grant<'app> {
                use $crate::sqs::common::{SEND, SEND_KEY};
                self.own.grant(self, to, &SEND, &SEND_KEY)
            }

            /// Allows a principal to receive and delete messages, to change their visibility, and to decrypt them with
            /// the key of the queue.
            #[track_caller]
            pub fn grant_consume(
                &self,
                to: &impl $crate::iam::Grantable<'app>,
            ) -> $crate::iam::Grant<'app> {
                use $crate::sqs::common::{CONSUME, CONSUME_KEY};
                self.own.grant(self, to, &CONSUME, &CONSUME_KEY)
            }

            /// Allows a principal to delete all messages of the queue at once.
            #[track_caller]
            pub fn grant_purge(
                &self,
                to: &impl $crate::iam::Grantable<'app>,
            ) -> $crate::iam::Grant<'app> {
                use $crate::sqs::common::PURGE;
                self.own.grant(self, to, &PURGE, &[])
            }
        }

        impl<'app> $crate::iam::ResourcePolicy<'app> for $name<'app> {
            #[track_caller]
            fn add_to_resource_policy(&self, statement: $crate::iam::Statement) {
                self.own.add_statement(statement);
            }
        }

        impl<'app> $crate::sqs::AsQueue<'app> for $name<'app> {
            fn as_queue(&self) -> $crate::sqs::QueueRef<'app> {
                $crate::sqs::QueueRef::of_own(self.own)
            }
        }

        impl<'app> $crate::sqs::QueueOfKind<'app, $crate::sqs::$kind> for $name<'app> {}
    };
}
pub(super) use queue_methods;

/// Returns the bytes of a size; the schema check covers the range.
fn bytes(size: Size) -> i64 {
    i64::try_from(size.as_mib().saturating_mul(1024 * 1024)).unwrap_or(i64::MAX)
}

/// Reports names that SQS rejects, and names that belong to the other kind of queue.
fn check_name(name: &str, fifo: bool, scope: Scope<'_>) {
    let stem = name.strip_suffix(".fifo");
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let help = match (fifo, stem) {
        (true, None) => format!("add the suffix: `{name}.fifo`"),
        (false, Some(stem)) => {
            format!("name it `{stem}`, or make it a `FifoQueue`, which keeps the order of messages")
        }
        _ => "leave the name out, and CloudFormation generates one".to_owned(),
    };
    let part = stem.unwrap_or(name);
    let valid =
        fifo == stem.is_some() && name.len() <= 80 && !part.is_empty() && part.chars().all(allowed);
    if valid {
        return;
    }
    scope.report(
        Diagnostic::new(codes::QUEUE_NAME, format!("SQS rejects the queue name `{name}`"))
            .property("QueueName")
            .actual(name)
            .expected(if fifo {
                "letters, digits, hyphens and underscores, then `.fifo`, at most 80 characters"
            } else {
                "at most 80 letters, digits, hyphens and underscores"
            })
            .help(help)
            .url("https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html"),
    );
}
