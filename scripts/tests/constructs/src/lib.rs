//! A vault of SQS messages: a construct with a policy, grants, metrics, an alarm, an import, a generated name, a rule target and an alarm action, made of
//! public items only.

use infra_lib::cfn::sqs::{CfnQueue, CfnQueuePolicy, CfnQueuePolicyProps, CfnQueueProps};
use infra_lib::cloudwatch::{Alarm, AlarmAction, Comparison, Metric, Statistic, TreatMissingData};
use infra_lib::construct::{With, unique_name};
use infra_lib::events::{RuleTarget, Target};
use infra_lib::iam::{
    Grant, Grantable, Grantee, Identity, PolicyDocument, PolicyUse, Principal, ResourcePolicy,
    Role, Statement, apply_permissions_boundary,
};
use infra_lib::kms::Key;
use infra_lib::sns::Topic;
use infra_lib::{
    Arn, Code, Construct, Diagnostic, Duration, IntoValue, Name, Scope, Severity, Value, construct,
    intrinsics, kind, value,
};

/// A vault keeps messages for too short a time.
pub const SHORT_RETENTION: Code = Code::custom("TEAM0001", Severity::Warning);

/// Longest name of a queue.
const MAX_NAME: usize = 80;

construct! {
    /// A queue that keeps messages for the team, with a role that reads it.
    pub struct Vault<'app>: "team.Vault" {
        queue: CfnQueue<'app>,
        policy: CfnQueuePolicy<'app>,
        reader: Role<'app>,
    }

    /// Properties of a [`Vault`].
    pub struct VaultProps, VaultBuilder, vault_builder {
        /// Physical name of the queue. Default: a generated one that begins with the name of the stack.
        text queue_name,
        /// Time for which messages are kept. Default: 14 days.
        default retention: Duration = Duration::days(14),
        /// Key of the messages. Default: the keys of SQS.
        handle key: Key<'app>,
        /// Boundary of the role that reads the vault. Default: none.
        value boundary: Arn<kind::iam::ManagedPolicy>,
        /// Topic that receives alarms about messages that stay unread.
        required_handle alerts: Topic<'app>,
        /// Topics that may send messages.
        list sources: Value<Arn<kind::sns::Topic>>,
    }
}

impl<S: vault_builder::State> VaultBuilder<'_, S> {
    /// Adds a topic that may send messages.
    pub fn source(mut self, topic: impl IntoValue<Arn<kind::sns::Topic>>) -> Self {
        self.sources.push(topic.into_value());
        self
    }
}

impl<'app> Vault<'app> {
    fn create(scope: Scope<'app>, props: VaultProps<'app>) -> Self {
        if props.retention < Duration::days(1) {
            scope.report(
                Diagnostic::new(
                    SHORT_RETENTION,
                    "the vault keeps messages for less than a day",
                )
                .property("retention"),
            );
        }
        let generated = || value::<String>(unique_name(scope, "Resource", MAX_NAME));
        let queue = CfnQueueProps::new()
            .queue_name(props.queue_name.unwrap_or_else(generated))
            .message_retention_period(props.retention.to_seconds_i64())
            .with(
                props.key.map(|key| key.arn()),
                CfnQueueProps::kms_master_key_id,
            )
            .build(scope, "Resource");
        let policy =
            CfnQueuePolicyProps::new(PolicyDocument::new(), [queue.ref_().cast::<String>()])
                .build(scope, "Policy");
        let service = Principal::service("lambda.amazonaws.com").for_this_account();
        let reader = Role::builder().assumed_by(service).build(scope, "Reader");
        if let Some(boundary) = props.boundary {
            apply_permissions_boundary(scope, boundary);
        }
        let vault = Self {
            scope,
            queue,
            policy,
            reader,
        };
        vault.grant_read(&reader);
        for topic in props.sources {
            vault.add_to_resource_policy(
                Statement::allow()
                    .principal(Principal::service("sns.amazonaws.com"))
                    .action("sqs:SendMessage")
                    .resource(vault.arn())
                    .condition("ArnEquals", "aws:SourceArn", topic),
            );
        }
        vault.alarm_on_age(&props.alerts);
        vault
    }

    /// Returns the ARN of the queue.
    pub fn arn(&self) -> Value<Arn<kind::sqs::Queue>> {
        self.queue.attr_arn()
    }

    /// Returns an existing vault, whose policy belongs to another app.
    pub fn from_arn(arn: impl IntoValue<Arn<kind::sqs::Queue>>) -> ImportedVault {
        ImportedVault {
            arn: arn.into_value(),
        }
    }

    /// Allows a principal to send messages, in its own policy or in that of the queue.
    #[track_caller]
    pub fn grant_send(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("sqs:SendMessage")
            .resource(self.arn())
            .on(self)
    }

    /// Allows a principal to read messages.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .actions(["sqs:ReceiveMessage", "sqs:DeleteMessage"])
            .resource(self.arn())
            .on(self)
    }

    /// Returns the age of the oldest message.
    pub fn metric_age(&self) -> Metric {
        Metric::new("AWS/SQS", "ApproximateAgeOfOldestMessage")
            .dimension("QueueName", self.queue.attr_queue_name())
            .statistic(Statistic::Maximum)
    }

    fn alarm_on_age(&self, action: &(impl AlarmAction + Clone + 'app)) -> Alarm<'app> {
        Alarm::builder()
            .metric(self.metric_age())
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(3_600)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .action(action)
            .build(self.scope, "Age")
    }
}

impl<'app> ResourcePolicy<'app> for Vault<'app> {
    fn add_to_resource_policy(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        PolicyDocument::add_to(*self.policy, "PolicyDocument", statement);
    }
}

/// A vault acts with the role that reads it.
impl<'app> Grantable<'app> for Vault<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.reader.grantee()
    }
}

impl<'app> Identity<'app> for Vault<'app> {}

impl<'app> RuleTarget<'app> for Vault<'app> {
    fn rule_target(&self) -> Target<'app> {
        let vault = *self;
        Target::new(self.arn()).permission(move |rule| {
            vault.grant_send(&Principal::service("events.amazonaws.com").condition(
                "ArnEquals",
                "aws:SourceArn",
                rule.arn(),
            ));
        })
    }
}

/// An existing vault, from [`Vault::from_arn`].
#[derive(Clone, Debug)]
pub struct ImportedVault {
    arn: Value<Arn<kind::sqs::Queue>>,
}

impl ImportedVault {
    /// Returns the name of the queue.
    pub fn queue_name(&self) -> Value<Name<kind::sqs::Queue>> {
        intrinsics::select::<String>(5, intrinsics::split(":", &self.arn)).cast()
    }

    /// Allows an identity of the app to send messages.
    #[track_caller]
    pub fn grant_send<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, &self.arn, ["sqs:SendMessage"])
    }
}

/// A plan of the team that alarms start.
#[derive(Clone, Debug)]
pub struct ResponsePlan(pub Value<String>);

impl AlarmAction for ResponsePlan {
    fn action_arn(&self) -> Value<String> {
        self.0.clone()
    }
}

/// Adds a vault whose age starts a plan as well.
#[track_caller]
pub fn vault_with_plan<'app>(
    scope: impl Construct<'app>,
    alerts: &Topic<'app>,
    plan: &ResponsePlan,
) -> Vault<'app> {
    let vault = Vault::builder()
        .alerts(alerts)
        .retention(Duration::days(7))
        .source(alerts.arn())
        .build(scope, "Vault");
    Alarm::builder()
        .metric(vault.metric_age())
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(86_400)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .action(plan)
        .build(vault, "Plan");
    vault
}
