//! Customer managed keys.

use bon::Builder;

use crate::cfn::kms::{CfnAliasProps, CfnKey, CfnKeyProps};
use crate::core::{
    Arn, Construct, Duration, Id, IntoValue, RemovalPolicy, Scope, Value, pseudo, sub,
};
use crate::iam::{Grantable, PolicyDocument, PolicyUse, Principal, Statement};
use crate::kind;

/// A symmetric key of your own.
///
/// Its policy gives the account the administration, so that IAM policies decide who uses it, and nothing else until
/// a service is [allowed](Self::allow_service); grants for others are made through AWS services only, as for a volume
/// or a database (CloudFormation: by whoever administers the key). The key material is rotated every year (CloudFormation: never), and
/// the key is kept when it leaves the template, because what it encrypted would be lost with it.
///
/// ```
/// use infra_lib::kms::Key;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let key = Key::builder().description("notes: alarms").alias("alias/notes-alarms").build(stack, "Key");
/// key.allow_service("cloudwatch.amazonaws.com");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Key<'app> {
    scope: Scope<'app>,
    key: CfnKey<'app>,
}

/// Properties of a [`Key`], set through [`Key::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = KeyBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct KeyProps {
    /// What the key is for. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
    /// A name for people, which begins with `alias/`. Default: none.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    alias: Option<Value<String>>,
    /// How often AWS makes new key material, 90 to 2,560 days. Default: 365 days, as KMS's own once rotation is on.
    rotation_period: Option<Duration>,
    /// How long a deleted key can be brought back, 7 to 30 days. Default: 30 days, as CloudFormation's.
    #[builder(default = Duration::days(30))]
    pending_window: Duration,
    /// What happens when the key leaves the template. Default: it is kept (CloudFormation: scheduled for deletion).
    #[builder(default = RemovalPolicy::Retain)]
    removal_policy: RemovalPolicy,
}

impl<S: key_builder::State> KeyBuilder<S> {
    /// Adds the key under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Key<'app>
    where
        S: key_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope.scope().library_construct(id, "infra-lib.kms.Key");
        let administration = Statement::allow()
            .principal(Principal::this_account())
            .action("kms:*")
            .resource("*");
        // A grant outlives the permission of who made it, and no policy shows it.
        let grants = Statement::deny()
            .principal(Principal::any())
            .action("kms:CreateGrant")
            .resource("*")
            .condition("BoolIfExists", "kms:GrantIsForAWSResource", "false")
            .condition("BoolIfExists", "aws:PrincipalIsAWSService", "false");
        let policy = PolicyDocument::new()
            .statement(administration)
            .statement(grants);
        let mut cfn = CfnKeyProps::new()
            .key_policy(policy)
            .enable_key_rotation(true)
            .pending_window_in_days(days(props.pending_window));
        if let Some(text) = props.description {
            cfn = cfn.description(text);
        }
        if let Some(period) = props.rotation_period {
            cfn = cfn.rotation_period_in_days(days(period));
        }
        let key = cfn.build(scope, "Resource");
        key.apply_removal_policy(props.removal_policy);
        if let Some(name) = props.alias {
            CfnAliasProps::new(name, key.attr_arn()).build(scope.construct("Alias"), "Resource");
        }
        Key { scope, key }
    }
}

/// Whole days; a part of a day counts as one, and the schema check judges the number.
fn days(duration: Duration) -> i64 {
    i64::try_from(duration.as_seconds().div_ceil(86_400)).unwrap_or(i64::MAX)
}

/// What a principal does with a key that encrypts data at rest.
const ENCRYPT: [&str; 3] = ["kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

impl<'app> Key<'app> {
    /// Starts a key.
    pub fn builder() -> KeyBuilder {
        KeyProps::start()
    }

    /// A key that exists already. Its policy is not this app's; roles of the account can be given its use if the
    /// key policy leaves that to IAM.
    pub fn from_arn(arn: impl IntoValue<Arn<kind::kms::Key>>) -> ImportedKey {
        ImportedKey {
            arn: arn.into_value(),
        }
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::kms::Key>> {
        self.key.attr_arn()
    }

    /// The id.
    pub fn key_id(&self) -> Value<Id<kind::kms::Key>> {
        self.key.ref_()
    }

    /// The binding under the construct.
    pub fn cfn(&self) -> CfnKey<'app> {
        self.key
    }

    /// Adds a statement to the key policy. Its resource is `*`, which in a key policy means this key.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        statement.check(PolicyUse::Resource, self.scope);
        PolicyDocument::add_to(*self.key, "KeyPolicy", statement);
    }

    /// Lets an AWS service encrypt and decrypt with the key when it acts for this account.
    ///
    /// `cloudwatch.amazonaws.com` must have it to send alarms to a topic that is encrypted with the key; alarms give
    /// it to the key of their topic. EventBridge says for whom it acts to no key, so it is allowed without the
    /// account. For CloudWatch Logs see [`allow_cloudwatch_logs`](Self::allow_cloudwatch_logs).
    ///
    /// See [SNS key management](https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
    #[track_caller]
    pub fn allow_service(&self, service: impl IntoValue<String>) {
        let service = service.into_value();
        let principal = match service.as_literal() {
            Some("events.amazonaws.com") => Principal::service(service),
            _ => Principal::service(service).for_this_account(),
        };
        self.add_statement(
            Statement::allow()
                .principal(principal)
                .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
                .resource("*"),
        );
    }

    /// Lets CloudWatch Logs encrypt the log groups of this account and region with the key.
    ///
    /// See [Encrypt log data](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html).
    #[track_caller]
    pub fn allow_cloudwatch_logs(&self) {
        let service = sub!["logs.", pseudo::region(), ".amazonaws.com"];
        let log_groups = sub![
            "arn:",
            pseudo::partition(),
            ":logs:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":log-group:*"
        ];
        self.add_statement(
            Statement::allow()
                .principal(Principal::service(service))
                .actions(["kms:Decrypt", "kms:Describe*"])
                .actions(ENCRYPT)
                .resource("*")
                .condition("ArnLike", "kms:EncryptionContext:aws:logs:arn", log_groups),
        );
    }

    /// Lets a role decrypt with the key.
    #[track_caller]
    pub fn grant_decrypt(&self, to: &impl Grantable<'app>) {
        to.grantee().add_statement(decrypt(self.arn()));
    }

    /// Lets a role encrypt and decrypt with the key.
    #[track_caller]
    pub fn grant_encrypt_decrypt(&self, to: &impl Grantable<'app>) {
        to.grantee()
            .add_statement(decrypt(self.arn()).actions(ENCRYPT));
    }
}

impl<'app> Construct<'app> for Key<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

fn decrypt(key: Value<Arn<kind::kms::Key>>) -> Statement {
    Statement::allow().action("kms:Decrypt").resource(key)
}

/// A key that exists already, from [`Key::from_arn`].
#[derive(Clone, Debug)]
pub struct ImportedKey {
    arn: Value<Arn<kind::kms::Key>>,
}

impl ImportedKey {
    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::kms::Key>> {
        self.arn.clone()
    }

    /// Lets a role decrypt with the key, as far as the key policy leaves that to IAM.
    #[track_caller]
    pub fn grant_decrypt<'app>(&self, to: &impl Grantable<'app>) {
        to.grantee().add_statement(decrypt(self.arn()));
    }
}
