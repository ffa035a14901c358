//! Topics of Amazon SNS.

use crate::cfn::sns::{
    CfnSubscriptionProps, CfnTopic, CfnTopicPolicy, CfnTopicPolicyProps, CfnTopicProps,
};
use crate::construct::With;
use crate::core::{Arn, Diagnostic, Name, Scope, Value, codes};
use crate::iam::{
    Grant, Grantable, PolicyDocument, PolicyUse, Principal, ResourcePolicy, Statement,
};
use crate::kind;
use crate::kms::Key;

/// Encryption of a topic's messages at rest.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum TopicEncryption<'app> {
    /// The AWS managed key `alias/aws/sns`. Its policy cannot be changed, so neither CloudWatch alarms nor
    /// EventBridge can publish to the topic.
    AwsManagedKey,
    /// A customer managed key. Its policy is extended for each service that publishes to the topic.
    Key(Key<'app>),
}

crate::construct! {
    /// An SNS topic.
    ///
    /// Creates an
    /// [`AWS::SNS::Topic`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html)
    /// and a topic policy. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | encryption | with the AWS managed key | none with KMS |
    /// | publishing without TLS | refused | accepted |
    /// | name | generated | generated |
    ///
    /// A topic for alarms needs a customer managed key, because CloudWatch cannot use the AWS managed one (`INF4701`).
    /// Using the topic as the action of an alarm extends the policies of both topic and key.
    ///
    /// ```
    /// use infra_lib::kms::Key;
    /// use infra_lib::sns::{Topic, TopicEncryption};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let key = Key::builder().build(stack, "AlarmKey");
    /// let alarms = Topic::builder().encryption(TopicEncryption::Key(key)).build(stack, "Alarms");
    /// alarms.subscribe_email("ops@example.com");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Topic<'app>: "infra-lib.sns.Topic" {
        resource: CfnTopic<'app>,
        policy: CfnTopicPolicy<'app>,
        encryption: TopicEncryption<'app>,
    }

    /// Properties of a [`Topic`], set through [`Topic::builder`].
    pub struct TopicProps, TopicBuilder, topic_builder {
        /// Physical name of the topic. Default: a generated name, so that CloudFormation can replace the topic.
        text topic_name,
        /// Display name, the sender of e-mails. Default: none.
        text display_name,
        /// Encryption of messages. Default: with the AWS managed key (CloudFormation: none with KMS).
        default encryption: TopicEncryption<'app> = TopicEncryption::AwsManagedKey,
    }
}

impl<'app> Topic<'app> {
    fn create(scope: Scope<'app>, props: TopicProps<'app>) -> Self {
        let topic = match props.encryption {
            TopicEncryption::AwsManagedKey => {
                CfnTopicProps::new().kms_master_key_id("alias/aws/sns")
            }
            TopicEncryption::Key(key) => CfnTopicProps::new().kms_master_key_id(key.arn()),
        };
        let topic = topic
            .with(props.topic_name, CfnTopicProps::topic_name)
            .with(props.display_name, CfnTopicProps::display_name)
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
        Self {
            scope,
            resource: topic,
            policy,
            encryption: props.encryption,
        }
    }

    /// Returns the ARN of the topic.
    pub fn arn(&self) -> Value<Arn<kind::sns::Topic>> {
        self.resource.ref_()
    }

    /// Returns the physical name of the topic.
    pub fn name(&self) -> Value<Name<kind::sns::Topic>> {
        self.resource.attr_topic_name()
    }

    /// Returns the L1 binding of the topic.
    pub fn cfn(&self) -> CfnTopic<'app> {
        self.resource
    }

    /// Adds a statement to the policy of the topic.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        statement.check(PolicyUse::Resource, self.scope);
        PolicyDocument::add_to(*self.policy, "PolicyDocument", statement);
    }

    /// Subscribes an e-mail address, whose owner must confirm the subscription. Malformed addresses are reported
    /// (`INF4704`).
    #[track_caller]
    pub fn subscribe_email(&self, address: &str) {
        let scope = self.scope.at_caller();
        let well_formed = address.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && host.contains('.') && !host.contains('@')
        });
        if !well_formed {
            scope.report(
                Diagnostic::new(
                    codes::INVALID_EMAIL_ADDRESS,
                    format!("`{address}` is not an e-mail address"),
                )
                .origin(std::panic::Location::caller())
                .expected("an address such as `ops@example.com`"),
            );
        }
        CfnSubscriptionProps::new("email", self.arn())
            .endpoint(address)
            .build(scope, &address.replace('/', "-"));
    }

    /// Allows a role to publish to the topic, and to use its key.
    #[track_caller]
    pub fn grant_publish(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = Grant::to(to)
            .action("sns:Publish")
            .resource(self.arn())
            .on(self);
        match self.encryption {
            TopicEncryption::Key(key) => grant.and(
                Grant::to(to)
                    .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
                    .resource(key.arn())
                    .on(&key),
            ),
            TopicEncryption::AwsManagedKey => grant,
        }
    }

    /// Allows CloudWatch alarms of this account to publish. Alarms call it for their topics; a topic with the AWS
    /// managed key is reported (`INF4701`).
    #[track_caller]
    pub fn allow_alarms(&self) {
        self.add_statement(
            Statement::allow()
                .principal(Principal::service("cloudwatch.amazonaws.com").for_this_account())
                .action("sns:Publish")
                .resource(self.arn()),
        );
        match self.encryption {
            TopicEncryption::Key(key) => key.allow_service("cloudwatch.amazonaws.com"),
            TopicEncryption::AwsManagedKey => self.scope.report(
                Diagnostic::new(
                    codes::ALARM_CANNOT_PUBLISH,
                    "alarms cannot publish to a topic that is encrypted with the key AWS manages",
                )
                .origin(std::panic::Location::caller())
                .property("KmsMasterKeyId")
                .actual("alias/aws/sns")
                .note("the policy of that key does not let CloudWatch use it, and nobody can change it")
                .help("give the topic a key: `Topic::builder().encryption(TopicEncryption::Key(key))`")
                .url("https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html"),
            ),
        }
    }

    /// Allows a rule of EventBridge to publish. Rules call it for their topics; a topic with the AWS managed key is
    /// reported (`INF4866`).
    pub(crate) fn allow_rule(&self, rule_arn: &Value<String>) {
        self.add_statement(
            Statement::allow()
                .principal(Principal::service("events.amazonaws.com"))
                .action("sns:Publish")
                .resource(self.arn())
                .condition("ArnEquals", "aws:SourceArn", rule_arn),
        );
        match self.encryption {
            TopicEncryption::Key(key) => key.allow_service("events.amazonaws.com"),
            TopicEncryption::AwsManagedKey => self.scope.report(
                Diagnostic::new(
                    codes::RULE_CANNOT_PUBLISH,
                    "rules cannot publish to a topic that is encrypted with the key AWS manages",
                )
                .property("KmsMasterKeyId")
                .actual("alias/aws/sns")
                .note("the policy of that key does not let EventBridge use it, and cannot be changed")
                .help("give the topic a key: `Topic::builder().encryption(TopicEncryption::Key(key))`")
                .url("https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html"),
            ),
        }
    }
}

impl<'app> ResourcePolicy<'app> for Topic<'app> {
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        self.add_statement(statement);
    }
}
