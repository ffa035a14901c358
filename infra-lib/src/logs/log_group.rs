//! Log groups of CloudWatch Logs.

use bon::Builder;

use super::{DataProtection, LogGroupRef, RetentionDays};
use crate::cfn::logs::log_group::LogGroupClass;
use crate::cfn::logs::{CfnLogGroup, CfnLogGroupProps};
use crate::core::{
    Arn, Construct, Diagnostic, IntoValue, Name, RemovalPolicy, Scope, Value, codes,
};
use crate::iam::{Grant, Grantable};
use crate::kind;
use crate::kms::{AsKey, KeyRef};

/// Class of a log group, which sets its price and features; it cannot be changed later.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LogClass {
    /// All features: live tail, metric filters, subscriptions.
    Standard,
    /// Half the price of ingestion, but queries only.
    InfrequentAccess,
}

/// A log group of CloudWatch Logs.
///
/// Creates an
/// [`AWS::Logs::LogGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | retention | three months | for ever |
/// | class | standard | standard |
/// | encryption | with a key of CloudWatch Logs | the same |
/// | mask of sensitive data | none | none |
/// | name | generated | generated |
/// | removal from the template | retained | deleted |
///
/// ```
/// use infra_lib::logs::{LogGroup, RetentionDays};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let logs = LogGroup::builder().retention(RetentionDays::ONE_MONTH).build(stack, "LogGroup");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LogGroup<'app> {
    scope: Scope<'app>,
    log_group: CfnLogGroup<'app>,
}

/// Properties of a [`LogGroup`], set through [`LogGroup::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = LogGroupBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct LogGroupProps<'app> {
    /// Physical name of the log group. Default: a generated name, so that CloudFormation can replace the group.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    log_group_name: Option<Value<String>>,
    /// Retention of events. Default: three months (CloudFormation: for ever).
    #[builder(default = RetentionDays::THREE_MONTHS)]
    retention: RetentionDays,
    /// Class of the log group. Default: standard, as in CloudFormation.
    #[builder(default = LogClass::Standard)]
    class: LogClass,
    /// KMS key that encrypts the events; CloudWatch Logs gets permission to use it in the key policy. Default: a key
    /// of CloudWatch Logs.
    #[builder(with = |key: impl AsKey<'app>| key.as_key())]
    encryption_key: Option<KeyRef<'app>>,
    /// Mask of sensitive data in the events. Default: none, as in CloudFormation.
    data_protection: Option<DataProtection>,
    /// Removal policy of the log group. Default: it is retained (CloudFormation: deleted).
    #[builder(default = RemovalPolicy::Retain)]
    removal_policy: RemovalPolicy,
}

impl<'app, S: log_group_builder::State> LogGroupBuilder<'app, S> {
    /// Adds the log group under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> LogGroup<'app>
    where
        S: log_group_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.logs.LogGroup");
        let mut cfn = CfnLogGroupProps::new();
        if let Some(name) = props.log_group_name {
            cfn = cfn.log_group_name(name);
        }
        if let Some(days) = props.retention.days() {
            cfn = cfn.retention_in_days(days);
        }
        if props.class == LogClass::InfrequentAccess {
            cfn = cfn.log_group_class(LogGroupClass::INFREQUENT_ACCESS);
        }
        if let Some(key) = props.encryption_key {
            key.allow_cloudwatch_logs();
            cfn = cfn.kms_key_id(key.arn());
        }
        if let Some(protection) = props.data_protection {
            cfn = cfn.data_protection_policy(protection.policy());
        }
        let log_group = cfn.build(scope, "Resource");
        log_group.apply_removal_policy(props.removal_policy);
        LogGroup { scope, log_group }
    }
}

impl<'app> LogGroup<'app> {
    /// Returns a builder for a log group.
    pub fn builder() -> LogGroupBuilder<'app> {
        LogGroupProps::start()
    }

    /// Returns the ARN of the log group. It ends with `:*`, so it covers the log streams as well.
    pub fn arn(&self) -> Value<Arn<kind::logs::LogGroup>> {
        self.log_group.attr_arn()
    }

    /// Returns the physical name of the log group.
    pub fn name(&self) -> Value<Name<kind::logs::LogGroup>> {
        self.log_group.ref_()
    }

    /// Returns the L1 binding of the log group.
    pub fn cfn(&self) -> CfnLogGroup<'app> {
        self.log_group
    }

    /// Allows a role to create log streams and to write events.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
            .resource(self.arn())
            .on_identity(self)
    }
}

impl<'app> Construct<'app> for LogGroup<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// Reports a filter of a log group of the class Infrequent Access (`INF4972`). The class of an existing one is not known.
pub(super) fn check_class(scope: Scope<'_>, log_group: LogGroupRef<'_>, what: &str) {
    let LogGroupRef::Own(log_group) = log_group else {
        return;
    };
    let class = log_group.log_group.prop("LogGroupClass");
    let is_infrequent = class
        .as_ref()
        .and_then(crate::core::Data::as_text)
        .is_some_and(|class| class == LogGroupClass::INFREQUENT_ACCESS.as_str());
    if !is_infrequent {
        return;
    }
    scope.report(
        Diagnostic::new(
            codes::LOG_CLASS_FILTER,
            format!("a log group of the class Infrequent Access cannot have {what}"),
        )
        .property("LogGroupName")
        .actual("INFREQUENT_ACCESS")
        .expected("STANDARD")
        .related("the log group is created here", log_group.scope.origin())
        .help("use `LogClass::Standard` for the log group")
        .url("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html"),
    );
}
