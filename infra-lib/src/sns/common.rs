//! Parts that standard and FIFO topics share.

use super::topic::TopicEncryption;
use crate::cfn::sns::{CfnTopic, CfnTopicPolicy, CfnTopicPolicyProps, CfnTopicProps};
use crate::construct::With;
use crate::core::{Diagnostic, Scope, Value, codes};
use crate::iam::{PolicyDocument, Principal, Statement};

/// Adds a topic and its policy, which refuses clear text.
pub(super) fn create<'app>(
    scope: Scope<'app>,
    props: CfnTopicProps,
    [topic_name, display_name]: [Option<Value<String>>; 2],
    encryption: TopicEncryption<'app>,
    fifo: bool,
) -> (CfnTopic<'app>, CfnTopicPolicy<'app>) {
    if let Some(name) = topic_name.as_ref().and_then(Value::as_literal) {
        check_name(name, fifo, scope);
    }
    let props = match encryption {
        TopicEncryption::AwsManagedKey => props.kms_master_key_id("alias/aws/sns"),
        TopicEncryption::Key(key) => props.kms_master_key_id(key.arn()),
    };
    let topic = props
        .with(topic_name, CfnTopicProps::topic_name)
        .with(display_name, CfnTopicProps::display_name)
        .build(scope, "Resource");
    let tls_only = Statement::deny()
        .sid("RequireTls")
        .principal(Principal::any())
        .action("sns:Publish")
        .resource(topic.ref_())
        .condition("Bool", "aws:SecureTransport", "false");
    let policy =
        CfnTopicPolicyProps::new(PolicyDocument::new().statement(tls_only), [topic.ref_()])
            .build(scope.construct("Policy"), "Resource");
    (topic, policy)
}

/// Adds the methods that standard and FIFO topics share.
macro_rules! topic_methods {
    ($name:ident) => {
        impl<'app> $name<'app> {
            /// Imports an existing topic by its ARN. Its policy does not belong to this app.
            pub fn from_arn(
                arn: impl $crate::core::IntoValue<$crate::core::Arn<$crate::kind::sns::Topic>>,
            ) -> $crate::sns::ImportedTopic {
                $crate::sns::ImportedTopic::from_arn(arn)
            }

            /// Returns the ARN of the topic.
            pub fn arn(&self) -> $crate::core::Value<$crate::core::Arn<$crate::kind::sns::Topic>> {
                self.resource.ref_()
            }

            /// Returns the physical name of the topic.
            pub fn name(
                &self,
            ) -> $crate::core::Value<$crate::core::Name<$crate::kind::sns::Topic>> {
                self.resource.attr_topic_name()
            }

            /// Returns the L1 binding of the topic.
            pub fn cfn(&self) -> $crate::cfn::sns::CfnTopic<'app> {
                self.resource
            }

            /// Returns the customer managed key of the topic, or `None` with the AWS managed key.
            pub fn encryption_key(&self) -> Option<$crate::kms::KeyRef<'app>> {
                self.encryption.customer_key()
            }

            /// Adds a statement to the policy of the topic.
            #[track_caller]
            pub fn add_statement(&self, statement: $crate::iam::Statement) {
                statement.check_complete($crate::iam::PolicyUse::Resource, self.scope);
                $crate::iam::PolicyDocument::add_to(*self.policy, "PolicyDocument", statement);
            }

            /// Allows a principal to publish to the topic, and to use its key.
            #[track_caller]
            pub fn grant_publish(
                &self,
                to: &impl $crate::iam::Grantable<'app>,
            ) -> $crate::iam::Grant<'app> {
                let grant = $crate::iam::Grant::to(to)
                    .action("sns:Publish")
                    .resource(self.arn())
                    .on(self);
                match self.encryption.customer_key() {
                    Some(key) => grant.and(
                        $crate::iam::Grant::to(to)
                            .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
                            .resource(key.arn())
                            .on(&key),
                    ),
                    None => grant,
                }
            }
        }

        impl<'app> $crate::iam::ResourcePolicy<'app> for $name<'app> {
            #[track_caller]
            fn add_to_resource_policy(&self, statement: $crate::iam::Statement) {
                self.add_statement(statement);
            }
        }
    };
}
pub(super) use topic_methods;

/// Reports names that SNS rejects, and names that belong to the other kind of topic.
fn check_name(name: &str, fifo: bool, scope: Scope<'_>) {
    let stem = name.strip_suffix(".fifo");
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let help = match (fifo, stem) {
        (true, None) => format!("add the suffix: `{name}.fifo`"),
        (false, Some(stem)) => {
            format!("name it `{stem}`, or make it a `FifoTopic`, which keeps the order of messages")
        }
        _ => "leave the name out, and CloudFormation generates one".to_owned(),
    };
    let part = stem.unwrap_or(name);
    let valid = fifo == stem.is_some()
        && name.len() <= 256
        && !part.is_empty()
        && part.chars().all(allowed);
    if valid {
        return;
    }
    scope.report(
        Diagnostic::new(
            codes::TOPIC_NAME,
            format!("SNS rejects the topic name `{name}`"),
        )
        .property("TopicName")
        .actual(name)
        .expected(if fifo {
            "letters, digits, hyphens and underscores, then `.fifo`, at most 256 characters"
        } else {
            "at most 256 letters, digits, hyphens and underscores"
        })
        .help(help)
        .url("https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html"),
    );
}
