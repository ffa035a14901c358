//! Names, first factors and devices with which users sign in.

use crate::cfn::cognito::CfnUserPoolProps;
use crate::cfn::cognito::user_pool::{
    AccountRecoverySetting, AliasAttributes, AutoVerifiedAttributes, DeviceConfiguration,
    RecoveryOption, RecoveryOptionName, SignInPolicyAllowedFirstAuthFactors,
    UserAttributeUpdateSettingsAttributesRequireVerificationBeforeUpdate as Verified,
    UsernameAttributes, WebAuthnFactorConfiguration,
};
use crate::core::{IntoValue, Value};

/// Names with which users sign in. A change replaces the user pool.
///
/// See [sign-in
/// attributes](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SignIn {
    /// E-mail address; Cognito generates the user name.
    Email,
    /// Phone number; Cognito generates the user name.
    Phone,
    /// E-mail address or phone number; Cognito generates the user name.
    EmailOrPhone,
    /// User name that the user chooses.
    Username,
    /// User name that the user chooses, or one of these attributes once it is verified.
    UsernameOr(Vec<SignInAlias>),
}

/// Attribute with which users can sign in besides their user name.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SignInAlias {
    /// E-mail address.
    Email,
    /// Phone number.
    Phone,
    /// Second user name, which the user can change.
    PreferredUsername,
}

impl SignIn {
    pub(super) fn uses_phone(&self) -> bool {
        match self {
            Self::Phone | Self::EmailOrPhone => true,
            Self::UsernameOr(aliases) => aliases.contains(&SignInAlias::Phone),
            Self::Email | Self::Username => false,
        }
    }

    /// Sets the names, and the verification of addresses and numbers at sign-up and before a change.
    pub(super) fn apply(self, cfn: CfnUserPoolProps) -> CfnUserPoolProps {
        let mut verified = vec![AutoVerifiedAttributes::EMAIL];
        let mut before_update = vec![Verified::EMAIL];
        if self.uses_phone() {
            verified.push(AutoVerifiedAttributes::PHONE_NUMBER);
            before_update.push(Verified::PHONE_NUMBER);
        }
        let cfn = cfn
            .auto_verified_attributes(verified)
            .user_attribute_update_settings(
                crate::cfn::cognito::user_pool::UserAttributeUpdateSettings::new(before_update),
            );
        match self {
            Self::Email => cfn.username_attributes(vec![UsernameAttributes::EMAIL]),
            Self::Phone => cfn.username_attributes(vec![UsernameAttributes::PHONE_NUMBER]),
            Self::EmailOrPhone => cfn.username_attributes(vec![
                UsernameAttributes::EMAIL,
                UsernameAttributes::PHONE_NUMBER,
            ]),
            Self::Username => cfn,
            Self::UsernameOr(aliases) => {
                let names = aliases.into_iter().map(|alias| match alias {
                    SignInAlias::Email => AliasAttributes::EMAIL,
                    SignInAlias::Phone => AliasAttributes::PHONE_NUMBER,
                    SignInAlias::PreferredUsername => AliasAttributes::PREFERRED_USERNAME,
                });
                cfn.alias_attributes(names.collect::<Vec<_>>())
            }
        }
    }
}

/// Factor with which users can begin to sign in besides their password.
///
/// See [choice-based
/// sign-in](https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FirstFactor {
    /// Code by e-mail.
    EmailCode,
    /// Code by text message.
    SmsCode,
}

/// Returns `AllowedFirstAuthFactors`: the password, which Cognito always accepts, and the given factors.
pub(super) fn first_factors(
    factors: &[FirstFactor],
    has_passkeys: bool,
) -> Vec<SignInPolicyAllowedFirstAuthFactors> {
    let mut found = vec![SignInPolicyAllowedFirstAuthFactors::PASSWORD];
    for factor in factors {
        let factor = match factor {
            FirstFactor::EmailCode => SignInPolicyAllowedFirstAuthFactors::EMAIL_OTP,
            FirstFactor::SmsCode => SignInPolicyAllowedFirstAuthFactors::SMS_OTP,
        };
        if !found.contains(&factor) {
            found.push(factor);
        }
    }
    if has_passkeys {
        found.push(SignInPolicyAllowedFirstAuthFactors::WEB_AUTHN);
    }
    found
}

/// Passkeys (WebAuthn) with which users can sign in.
///
/// The client needs the flow [`AuthFlow::Choice`](super::AuthFlow::Choice). User verification, such as a fingerprint or a
/// PIN, is required (CloudFormation: preferred). See
/// [passkeys](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html).
///
/// ```
/// use infra_lib::cognito::Passkeys;
///
/// let passkeys = Passkeys::new("auth.example.com");
/// ```
#[derive(Clone, Debug)]
pub struct Passkeys {
    relying_party: Value<String>,
    is_verified: bool,
    is_multi_factor: bool,
}

impl Passkeys {
    /// Creates passkeys for a relying party: the domain of the login pages, or a parent domain of them.
    pub fn new(relying_party: impl IntoValue<String>) -> Self {
        Self {
            relying_party: relying_party.into_value(),
            is_verified: true,
            is_multi_factor: false,
        }
    }

    /// Accepts authenticators that cannot verify their user, such as simple security keys.
    pub fn user_verification_preferred(mut self) -> Self {
        self.is_verified = false;
        self
    }

    /// Counts a passkey with user verification as both factors.
    pub fn as_both_factors(mut self) -> Self {
        self.is_multi_factor = true;
        self.is_verified = true;
        self
    }

    pub(super) fn apply(self, cfn: CfnUserPoolProps) -> CfnUserPoolProps {
        let verification = if self.is_verified {
            "required"
        } else {
            "preferred"
        };
        let cfn = cfn
            .web_authn_relying_party_id(self.relying_party)
            .web_authn_user_verification(verification);
        if self.is_multi_factor {
            cfn.web_authn_factor_configuration(
                WebAuthnFactorConfiguration::MULTI_FACTOR_WITH_USER_VERIFICATION,
            )
        } else {
            cfn
        }
    }
}

/// Way in which users set a new password after they forgot theirs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AccountRecovery {
    /// Code by e-mail to a verified address.
    VerifiedEmail,
    /// Code by e-mail, or by text message to users without a verified address.
    VerifiedEmailOrPhone,
    /// Code by text message to a verified number.
    VerifiedPhone,
    /// An administrator sets the password.
    AdminOnly,
}

impl AccountRecovery {
    pub(super) fn property(self) -> AccountRecoverySetting {
        let names = match self {
            Self::VerifiedEmail => vec![RecoveryOptionName::VERIFIED_EMAIL],
            Self::VerifiedEmailOrPhone => vec![
                RecoveryOptionName::VERIFIED_EMAIL,
                RecoveryOptionName::VERIFIED_PHONE_NUMBER,
            ],
            Self::VerifiedPhone => vec![RecoveryOptionName::VERIFIED_PHONE_NUMBER],
            Self::AdminOnly => vec![RecoveryOptionName::ADMIN_ONLY],
        };
        let options = names
            .into_iter()
            .zip(1_i64..)
            .map(|(name, priority)| RecoveryOption::new().name(name).priority(priority));
        AccountRecoverySetting::new().recovery_mechanisms(options.collect::<Vec<_>>())
    }
}

/// Memory of the devices with which users signed in.
///
/// See [remembered
/// devices](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DeviceTracking {
    /// Devices are not remembered.
    Off,
    /// Every device is remembered, and replaces the second factor on the next sign-in.
    Always,
    /// Devices are remembered if the user asks for it, and then replace the second factor.
    UserOptIn,
}

impl DeviceTracking {
    pub(super) fn property(self) -> Option<DeviceConfiguration> {
        let asks = match self {
            Self::Off => return None,
            Self::Always => false,
            Self::UserOptIn => true,
        };
        Some(
            DeviceConfiguration::new()
                .challenge_required_on_new_device(true)
                .device_only_remembered_on_user_prompt(asks),
        )
    }
}
