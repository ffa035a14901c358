//! Directories of users.

use super::attribute::{self, Attribute};
use super::imported::ImportedUserPool;
use super::plan::Features;
use super::trigger;
use super::{
    AccountRecovery, CustomAttribute, CustomSender, DeviceTracking, FeaturePlan, FirstFactor, Mfa,
    Passkeys, PasswordPolicy, SecondFactors, SesEmail, SignIn, StandardAttribute, ThreatProtection,
    Trigger, VerificationMessage, sign_in, sms,
};
use crate::cfn::cognito::user_pool::{
    AdminCreateUserConfig, DeletionProtection, Policies, SignInPolicy, UserPoolAddOns,
    UsernameConfiguration,
};
use crate::cfn::cognito::{CfnUserPool, CfnUserPoolProps};
use crate::construct::With;
use crate::core::{Arn, Diagnostic, Id, IntoValue, RemovalPolicy, Scope, Value, codes, sub};
use crate::iam::{AsRole, RoleRef};
use crate::kind;

crate::construct! {
    /// A directory of users, which signs them in and issues tokens.
    ///
    /// Creates an
    /// [`AWS::Cognito::UserPool`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html),
    /// and a role for text messages if the pool sends any. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | sign-in | by e-mail address | by user name |
    /// | upper and lower case in user names | the same | different |
    /// | sign-up | administrators create users | everybody may sign up |
    /// | passwords | 12 characters of four classes | 8 characters |
    /// | second factor | optional, by authenticator app | off |
    /// | forgotten passwords | code to the verified e-mail address | code by text message or e-mail |
    /// | changes of e-mail addresses | take effect after verification | take effect at once |
    /// | deletion of the pool | refused | possible |
    /// | plan | Essentials | Essentials |
    /// | threat protection | off, since it needs the plan Plus | off |
    /// | sender of e-mail | an address of Cognito, 50 messages a day | the same |
    /// | devices | not remembered | not remembered |
    /// | removal from the template | retained | deleted with its users |
    ///
    /// ```
    /// use infra_lib::cognito::{CustomAttribute, Mfa, SecondFactors, UserPool, UserPoolClient};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let users = UserPool::builder()
    ///     .self_sign_up(true)
    ///     .mfa(Mfa::Required(SecondFactors::totp()))
    ///     .custom_attribute(CustomAttribute::text("tenant", 1, 64))
    ///     .build(stack, "Users");
    /// let web = UserPoolClient::builder().user_pool(&users).build(stack, "Web");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct UserPool<'app>: "infra-lib.cognito.UserPool" {
        resource: CfnUserPool<'app>,
        plan: FeaturePlan,
    }

    /// Properties of a [`UserPool`], set through [`UserPool::builder`].
    pub struct UserPoolProps, UserPoolBuilder, user_pool_builder {
        /// Attributes of the schema.
        list attributes: Attribute,
        /// Functions of triggers.
        list triggers: (Trigger, Value<Arn<kind::lambda::Function>>),
        /// First factors besides the password.
        list first_factors: FirstFactor,
        /// Name of the user pool. Default: a generated name.
        text user_pool_name,
        /// Names with which users sign in. Default: e-mail addresses (CloudFormation: user names). A change replaces the
        /// pool.
        default sign_in: SignIn = SignIn::Email,
        /// Sign-up by users themselves. Default: administrators create users (CloudFormation: everybody may sign up).
        default self_sign_up: bool = false,
        /// Rules for passwords. Default: at least 12 characters (CloudFormation: 8 characters).
        default password_policy: PasswordPolicy = PasswordPolicy::new(),
        /// Multi-factor authentication. Default: optional, by authenticator app (CloudFormation: off).
        default mfa: Mfa = Mfa::Optional(SecondFactors::totp()),
        /// Passkeys as a first factor. Default: none. They need the plan Essentials (`INF4961`).
        optional passkeys: Passkeys,
        /// Way to set a new password after the old one is forgotten. Default: a code to the verified e-mail address
        /// (CloudFormation: by text message if there is a number).
        default account_recovery: AccountRecovery = AccountRecovery::VerifiedEmail,
        /// Feature plan. Default: Essentials, as in CloudFormation.
        default plan: FeaturePlan = FeaturePlan::Essentials,
        /// Reaction to risks. Default: off; others need the plan Plus (`INF4961`).
        default threat_protection: ThreatProtection = ThreatProtection::Off,
        /// Sender of e-mail. Default: an address of Cognito, which sends 50 messages a day.
        optional email: SesEmail,
        /// E-mail with which users confirm their address. Default: a code in the words of Cognito.
        optional verification_message: VerificationMessage,
        /// Memory of devices. Default: none, as in CloudFormation.
        default device_tracking: DeviceTracking = DeviceTracking::Off,
        /// Role with which Cognito sends text messages. Default: a role for this pool, if it sends any.
        reference sms_role: AsRole::as_role => RoleRef<'app>,
        /// Refusal of the deletion of the pool. Default: refused (CloudFormation: possible).
        default deletion_protection: bool = true,
        /// Removal policy of the pool. Default: it is retained (CloudFormation: deleted with its users).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

impl<S: user_pool_builder::State> UserPoolBuilder<'_, S> {
    /// Adds a standard attribute whose settings differ from their defaults.
    pub fn standard_attribute(mut self, attribute: StandardAttribute) -> Self {
        self.attributes.push(Attribute::Standard(attribute));
        self
    }

    /// Adds a custom attribute. Two of the same name are reported (`INF4962`).
    pub fn custom_attribute(mut self, attribute: CustomAttribute) -> Self {
        self.attributes.push(Attribute::Custom(attribute));
        self
    }

    /// Adds a first factor besides the password. It needs the plan Essentials (`INF4961`).
    pub fn first_factor(mut self, factor: FirstFactor) -> Self {
        self.first_factors.push(factor);
        self
    }

    /// Adds a function that the pool invokes, as [`UserPool::add_trigger`] does.
    pub fn trigger(
        mut self,
        trigger: Trigger,
        function: impl IntoValue<Arn<kind::lambda::Function>>,
    ) -> Self {
        self.triggers.push((trigger, function.into_value()));
        self
    }
}

impl<'app> UserPool<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: UserPoolProps<'app>) -> Self {
        let has_passkeys = props.passkeys.is_some();
        Features {
            plan: props.plan,
            threat_protection: props.threat_protection,
            mfa: props.mfa,
            has_passkeys,
            has_first_factors: !props.first_factors.is_empty(),
        }
        .check(scope);
        if props.mfa.uses_email() && props.email.is_none() {
            report_sender(scope);
        }
        let uses_sms = props.mfa.uses_sms()
            || props.sign_in.uses_phone()
            || props.first_factors.contains(&FirstFactor::SmsCode)
            || props.sms_role.is_some();
        let mut policies = Policies::new().password_policy(props.password_policy.property());
        if has_passkeys || !props.first_factors.is_empty() {
            let factors = sign_in::first_factors(&props.first_factors, has_passkeys);
            policies =
                policies.sign_in_policy(SignInPolicy::new().allowed_first_auth_factors(factors));
        }
        let schema = attribute::schema(scope, props.attributes);
        let protection = if props.deletion_protection {
            DeletionProtection::ACTIVE
        } else {
            DeletionProtection::INACTIVE
        };
        let enabled = props.mfa.enabled();
        let cfn = CfnUserPoolProps::new()
            .account_recovery_setting(props.account_recovery.property())
            .admin_create_user_config(
                AdminCreateUserConfig::new().allow_admin_create_user_only(!props.self_sign_up),
            )
            .deletion_protection(protection)
            .mfa_configuration(props.mfa.configuration())
            .policies(policies)
            .user_pool_tier(props.plan.tier())
            .username_configuration(UsernameConfiguration::new().case_sensitive(false))
            .with(props.user_pool_name, CfnUserPoolProps::user_pool_name)
            .with(
                Some(enabled).filter(|list| !list.is_empty()),
                CfnUserPoolProps::enabled_mfas,
            )
            .with(
                Some(schema).filter(|list| !list.is_empty()),
                CfnUserPoolProps::schema,
            )
            .with(props.threat_protection.mode(), |cfn, mode| {
                cfn.user_pool_add_ons(UserPoolAddOns::new().advanced_security_mode(mode))
            })
            .with(props.email, |cfn, email| {
                cfn.email_configuration(email.property())
            })
            .with(props.verification_message, |cfn, message| {
                cfn.verification_message_template(message.property())
            })
            .with(
                props.device_tracking.property(),
                CfnUserPoolProps::device_configuration,
            )
            .with(
                uses_sms.then(|| sms::configuration(scope, props.sms_role)),
                CfnUserPoolProps::sms_configuration,
            )
            .with(props.passkeys, |cfn, passkeys| passkeys.apply(cfn));
        let resource = props.sign_in.apply(cfn).build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        for (trigger, function) in props.triggers {
            trigger::add(scope, resource, props.plan, trigger, function);
        }
        Self {
            scope,
            resource,
            plan: props.plan,
        }
    }

    /// Imports an existing user pool of this account and region by its ID, such as `eu-west-1_AbCdEfGhI`.
    pub fn from_id(id: impl IntoValue<Id<kind::cognito::UserPool>>) -> ImportedUserPool {
        ImportedUserPool::from_id(id.into_value())
    }

    /// Imports an existing user pool by its ARN.
    pub fn from_arn(arn: impl IntoValue<Arn<kind::cognito::UserPool>>) -> ImportedUserPool {
        ImportedUserPool::from_arn(arn.into_value())
    }

    /// Returns the ARN of the user pool.
    pub fn arn(&self) -> Value<Arn<kind::cognito::UserPool>> {
        self.resource.attr_arn()
    }

    /// Returns the ID of the user pool.
    pub fn user_pool_id(&self) -> Value<Id<kind::cognito::UserPool>> {
        self.resource.ref_()
    }

    /// Returns the name of the pool as a provider of identities: `cognito-idp.<region>.amazonaws.com/<ID>`.
    pub fn provider_name(&self) -> Value<String> {
        self.resource.attr_provider_name()
    }

    /// Returns the issuer of the tokens, which authorizers for JSON Web Tokens compare with the claim `iss`.
    pub fn issuer_url(&self) -> Value<String> {
        sub!["https://", self.provider_name()]
    }

    /// Returns the L1 binding of the user pool.
    pub fn cfn(&self) -> CfnUserPool<'app> {
        self.resource
    }

    /// Returns the feature plan of the user pool.
    pub(super) const fn plan(&self) -> FeaturePlan {
        self.plan
    }

    /// Sends e-mail or text messages with a function in place of Cognito, which encrypts codes and passwords with a key. The
    /// role of the function needs `key.grant_decrypt(…)`, and the principal that deploys the pool `kms:CreateGrant` on the
    /// key. A second function for the same kind of message is reported (`INF4963`). Default: Cognito sends them.
    ///
    /// See [custom sender
    /// triggers](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html).
    #[track_caller]
    pub fn set_custom_sender(
        &self,
        sender: CustomSender,
        key_arn: impl IntoValue<Arn<kind::kms::Key>>,
        function: impl IntoValue<Arn<kind::lambda::Function>>,
    ) {
        let trigger = match sender {
            CustomSender::Email => Trigger::CustomEmailSender,
            CustomSender::Sms => Trigger::CustomSmsSender,
        };
        self.resource
            .override_prop("LambdaConfig.KMSKeyID", key_arn.into_value());
        self.add_trigger(trigger, function);
    }

    /// Adds a function that the pool invokes, with the permission for this pool. A second function for the same trigger
    /// is reported (`INF4963`).
    #[track_caller]
    pub fn add_trigger(
        &self,
        trigger: Trigger,
        function: impl IntoValue<Arn<kind::lambda::Function>>,
    ) {
        let scope = self.scope.at_caller();
        trigger::add(
            scope,
            self.resource,
            self.plan,
            trigger,
            function.into_value(),
        );
    }
}

/// Reports second factors by e-mail without SES (`INF4970`).
fn report_sender(scope: Scope<'_>) {
    scope.report(
        Diagnostic::new(
            codes::EMAIL_FACTOR_SENDER,
            "the user pool sends second factors by e-mail without SES",
        )
        .property("EmailConfiguration")
        .actual("an address of Cognito")
        .expected("an identity of Amazon SES")
        .help("set `.email(SesEmail::new(\"accounts@example.com\", identity_arn))`")
        .url("https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-sms-email-message.html"),
    );
}
