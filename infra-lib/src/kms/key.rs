//! Customer managed KMS keys.

use bon::Builder;

use super::AsKey;
use crate::cfn::kms::{CfnAliasProps, CfnKey, CfnKeyProps};
use crate::core::{
    Arn, Construct, Duration, Id, IntoValue, RemovalPolicy, Scope, Value, pseudo, sub, value,
};
use crate::iam::{
    Grant, Grantable, PolicyDocument, PolicyUse, Principal, ResourcePolicy, Statement,
};
use crate::kind;

/// A symmetric customer managed key.
///
/// Creates an
/// [`AWS::KMS::Key`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html),
/// and an alias if one is set. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | key policy | the account administers the key, and IAM policies decide who uses it | the same |
/// | grants | only through AWS services, as for a volume or a database | by every administrator of the key |
/// | rotation of key material | every year | never |
/// | waiting period before deletion | 30 days | 30 days |
/// | removal from the template | retained, because encrypted data would be lost with the key | scheduled for deletion |
///
/// Services need a permission in the key policy; see [`allow_service`](Self::allow_service).
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
    /// Description of the key. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
    /// Alias of the key, which begins with `alias/`. Default: none.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    alias: Option<Value<String>>,
    /// Time between rotations of the key material, 90 to 2,560 days. Default: 365 days, KMS's default once rotation
    /// is enabled.
    rotation_period: Option<Duration>,
    /// Waiting period in which a deleted key can be restored, 7 to 30 days. Default: 30 days, as in CloudFormation.
    #[builder(default = Duration::days(30))]
    pending_window: Duration,
    /// Removal policy of the key. Default: it is retained (CloudFormation: scheduled for deletion).
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
        // A grant outlives the permissions of its creator, and does not appear in any policy.
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
            .pending_window_in_days(whole_days(props.pending_window));
        if let Some(text) = props.description {
            cfn = cfn.description(text);
        }
        if let Some(period) = props.rotation_period {
            cfn = cfn.rotation_period_in_days(whole_days(period));
        }
        let key = cfn.build(scope, "Resource");
        key.apply_removal_policy(props.removal_policy);
        if let Some(name) = props.alias {
            CfnAliasProps::new(name, key.attr_arn()).build(scope.construct("Alias"), "Resource");
        }
        Key { scope, key }
    }
}

/// Returns whole days, rounded up; the schema check covers the range.
fn whole_days(duration: Duration) -> i64 {
    i64::try_from(duration.as_seconds().div_ceil(86_400)).unwrap_or(i64::MAX)
}

/// Actions of a principal that encrypts data at rest.
pub(super) const ENCRYPT: [&str; 3] = ["kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

/// Returns the statement of [`Key::allow_service`].
pub(super) fn service_statement(service: Value<String>) -> Statement {
    let principal = match service.as_literal() {
        Some("events.amazonaws.com") => Principal::service(service),
        _ => Principal::service(service).for_this_account(),
    };
    Statement::allow()
        .principal(principal)
        .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
        .resource("*")
}

/// Returns the statement of [`Key::allow_cloudwatch_logs`].
pub(super) fn cloudwatch_logs_statement() -> Statement {
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
    Statement::allow()
        .principal(Principal::service(service))
        .actions(["kms:Decrypt", "kms:Describe*"])
        .actions(ENCRYPT)
        .resource("*")
        .condition("ArnLike", "kms:EncryptionContext:aws:logs:arn", log_groups)
}

impl<'app> Key<'app> {
    /// Returns a builder for a key.
    pub fn builder() -> KeyBuilder {
        KeyProps::start()
    }

    /// Returns the ARN of the key.
    pub fn arn(&self) -> Value<Arn<kind::kms::Key>> {
        self.key.attr_arn()
    }

    /// Returns the ID of the key, a UUID.
    pub fn key_id(&self) -> Value<Id<kind::kms::Key>> {
        self.key.ref_()
    }

    /// Returns the L1 binding of the key.
    pub fn cfn(&self) -> CfnKey<'app> {
        self.key
    }

    /// Adds a statement to the key policy. Its resource is `*`, which in a key policy means this key.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        PolicyDocument::add_to(*self.key, "KeyPolicy", statement);
    }

    /// Allows an AWS service to encrypt and decrypt with the key when it acts for this account.
    ///
    /// `cloudwatch.amazonaws.com` needs it to publish alarms to an encrypted topic; alarms add it to the key of their
    /// topic. EventBridge does not send the account to KMS, so it is allowed without that condition. For CloudWatch
    /// Logs, use [`allow_cloudwatch_logs`](Self::allow_cloudwatch_logs).
    ///
    /// See [SNS key management](https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
    #[track_caller]
    pub fn allow_service(&self, service: impl IntoValue<String>) {
        self.as_key().allow_service(service);
    }

    /// Allows CloudWatch Logs to encrypt the log groups of this account and region with the key.
    ///
    /// See [Encrypt log data](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html).
    #[track_caller]
    pub fn allow_cloudwatch_logs(&self) {
        self.as_key().allow_cloudwatch_logs();
    }

    /// Allows a role to decrypt with the key.
    #[track_caller]
    pub fn grant_decrypt(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.as_key().grant_decrypt(to)
    }

    /// Allows a role to encrypt and decrypt with the key.
    #[track_caller]
    pub fn grant_encrypt_decrypt(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.as_key().grant_encrypt_decrypt(to)
    }
}

impl<'app> Construct<'app> for Key<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> ResourcePolicy<'app> for Key<'app> {
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        self.add_statement(statement);
    }

    /// Returns `*`, which is the key itself in a key policy.
    fn policy_resources(&self, _: Vec<Value<String>>) -> Vec<Value<String>> {
        vec![value("*")]
    }
}
