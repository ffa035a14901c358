//! Reactions to the risks of sign-ins.

use super::UserPool;
use super::plan::check_risks;
use crate::cfn::cognito::user_pool_risk_configuration_attachment::{
    AccountTakeoverActionType, AccountTakeoverActionsType, AccountTakeoverRiskConfigurationType,
    CompromisedCredentialsActionsType, CompromisedCredentialsRiskConfigurationType,
    NotifyConfigurationType, RiskExceptionConfigurationType,
};
use crate::cfn::cognito::{
    CfnUserPoolRiskConfigurationAttachment, CfnUserPoolRiskConfigurationAttachmentProps,
};
use crate::construct::With;
use crate::core::{Id, IntoValue, Scope, Value, value};
use crate::kind;

/// Reaction to a sign-in with a risk.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RiskAction {
    /// The sign-in succeeds.
    Allow,
    /// Users with a second factor need it; others sign in.
    SecondFactorIfConfigured,
    /// A second factor is needed; users without one cannot sign in.
    SecondFactor,
    /// The sign-in fails.
    Block,
}

impl RiskAction {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "NO_ACTION",
            Self::SecondFactorIfConfigured => "MFA_IF_CONFIGURED",
            Self::SecondFactor => "MFA_REQUIRED",
            Self::Block => "BLOCK",
        }
    }
}

/// Sender of the e-mail that tells users about a sign-in with a risk.
#[derive(Clone, Debug)]
pub struct RiskNotification {
    identity_arn: Value<String>,
    from: Option<Value<String>>,
}

impl RiskNotification {
    /// Creates a sender from the ARN of an identity of Amazon SES.
    pub fn new(identity_arn: impl IntoValue<String>) -> Self {
        Self {
            identity_arn: identity_arn.into_value(),
            from: None,
        }
    }

    /// Sets the address of the sender. Default: that of the identity.
    pub fn from(mut self, address: impl IntoValue<String>) -> Self {
        self.from = Some(address.into_value());
        self
    }
}

crate::construct! {
    /// The reactions of a user pool to the risks of sign-ins, for one client or for all.
    ///
    /// Creates an
    /// [`AWS::Cognito::UserPoolRiskConfigurationAttachment`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolriskconfigurationattachment.html).
    /// The user pool needs the plan Plus and [`ThreatProtection::Enforced`](super::ThreatProtection::Enforced)
    /// (`INF4961`). Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | client | all of the pool | required |
    /// | passwords that are known to others | sign-in is blocked | no reaction |
    /// | high risk | sign-in is blocked | no reaction |
    /// | medium risk | second factor, if the user has one | no reaction |
    /// | low risk | none | no reaction |
    /// | e-mail to the user | none | none |
    ///
    /// ```
    /// use infra_lib::cognito::{
    ///     FeaturePlan, RiskAction, ThreatProtection, UserPool, UserPoolRiskConfiguration,
    /// };
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let users = UserPool::builder()
    ///     .plan(FeaturePlan::Plus)
    ///     .threat_protection(ThreatProtection::Enforced)
    ///     .build(stack, "Users");
    /// UserPoolRiskConfiguration::builder()
    ///     .user_pool(&users)
    ///     .medium_risk(RiskAction::SecondFactor)
    ///     .blocked_range("198.51.100.0/24")
    ///     .build(stack, "Risks");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct UserPoolRiskConfiguration<'app>: "infra-lib.cognito.UserPoolRiskConfiguration" {
        resource: CfnUserPoolRiskConfigurationAttachment<'app>,
    }

    /// Properties of a [`UserPoolRiskConfiguration`], set through [`UserPoolRiskConfiguration::builder`].
    pub struct UserPoolRiskConfigurationProps, UserPoolRiskConfigurationBuilder, user_pool_risk_configuration_builder {
        /// Address ranges whose sign-ins fail.
        list blocked_ranges: String,
        /// Address ranges whose sign-ins are not assessed.
        list skipped_ranges: String,
        /// User pool with the plan Plus.
        required_handle user_pool: UserPool<'app>,
        /// Client to which the reactions apply. Default: every client without its own. A change replaces the resource.
        value client: Id<kind::cognito::UserPoolClient>,
        /// Sign-in with a password that is known to others. Default: blocked (CloudFormation: no reaction).
        default block_compromised_passwords: bool = true,
        /// Reaction to a low risk. Default: none, as in CloudFormation.
        default low_risk: RiskAction = RiskAction::Allow,
        /// Reaction to a medium risk. Default: the second factor of users who have one (CloudFormation: no reaction).
        default medium_risk: RiskAction = RiskAction::SecondFactorIfConfigured,
        /// Reaction to a high risk. Default: sign-in is blocked (CloudFormation: no reaction).
        default high_risk: RiskAction = RiskAction::Block,
        /// Sender of an e-mail to the user after a sign-in with a risk. Default: no e-mail, as in CloudFormation.
        optional notification: RiskNotification,
    }
}

impl<S: user_pool_risk_configuration_builder::State> UserPoolRiskConfigurationBuilder<'_, S> {
    /// Adds a range of addresses in CIDR notation whose sign-ins fail.
    pub fn blocked_range(mut self, cidr: impl Into<String>) -> Self {
        self.blocked_ranges.push(cidr.into());
        self
    }

    /// Adds a range of addresses in CIDR notation whose sign-ins are not assessed, such as those of an office.
    pub fn skipped_range(mut self, cidr: impl Into<String>) -> Self {
        self.skipped_ranges.push(cidr.into());
        self
    }
}

impl<'app> UserPoolRiskConfiguration<'app> {
    fn create(scope: Scope<'app>, props: UserPoolRiskConfigurationProps<'app>) -> Self {
        check_risks(scope, props.user_pool.plan());
        let client: Value<String> = props.client.map_or_else(|| value("ALL"), Value::cast);
        let notify = props.notification.is_some();
        let action = |action: RiskAction| {
            AccountTakeoverActionType::new(action.as_str(), notify && action != RiskAction::Allow)
        };
        let actions = AccountTakeoverActionsType::new()
            .low_action(action(props.low_risk))
            .medium_action(action(props.medium_risk))
            .high_action(action(props.high_risk));
        let takeover = AccountTakeoverRiskConfigurationType::new(actions).with(
            props.notification,
            |configuration, sender| {
                configuration.notify_configuration(
                    NotifyConfigurationType::new(sender.identity_arn)
                        .with(sender.from, NotifyConfigurationType::from_),
                )
            },
        );
        let event = if props.block_compromised_passwords {
            "BLOCK"
        } else {
            "NO_ACTION"
        };
        let credentials = CompromisedCredentialsRiskConfigurationType::new(
            CompromisedCredentialsActionsType::new(event),
        );
        let has_ranges = !props.blocked_ranges.is_empty() || !props.skipped_ranges.is_empty();
        let filled = |list: Vec<String>| Some(list).filter(|list| !list.is_empty());
        let exceptions = RiskExceptionConfigurationType::new()
            .with(
                filled(props.blocked_ranges),
                RiskExceptionConfigurationType::blocked_ip_range_list,
            )
            .with(
                filled(props.skipped_ranges),
                RiskExceptionConfigurationType::skipped_ip_range_list,
            );
        let resource = CfnUserPoolRiskConfigurationAttachmentProps::new(
            client,
            props.user_pool.user_pool_id(),
        )
        .account_takeover_risk_configuration(takeover)
        .compromised_credentials_risk_configuration(credentials)
        .with(
            has_ranges.then_some(exceptions),
            CfnUserPoolRiskConfigurationAttachmentProps::risk_exception_configuration,
        )
        .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the L1 binding of the configuration.
    pub fn cfn(&self) -> CfnUserPoolRiskConfigurationAttachment<'app> {
        self.resource
    }
}
