//! Multi-factor authentication.

use crate::cfn::cognito::user_pool::MfaConfiguration;

/// Multi-factor authentication of a user pool. A pool that asks for a second factor names at least one:
///
/// ```compile_fail
/// # use infra_lib::cognito::{Mfa, UserPool};
/// UserPool::builder().mfa(Mfa::Required);
/// ```
///
/// See [MFA](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Mfa {
    /// No second factors.
    Off,
    /// Users may set up a second factor.
    Optional(SecondFactors),
    /// Users must set up a second factor.
    Required(SecondFactors),
}

/// Second factors that users can set up, at least one.
///
/// ```
/// use infra_lib::cognito::{Mfa, SecondFactors};
///
/// let mfa = Mfa::Required(SecondFactors::totp().and_sms());
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SecondFactors {
    totp: bool,
    sms: bool,
    email: bool,
}

impl SecondFactors {
    const NONE: Self = Self {
        totp: false,
        sms: false,
        email: false,
    };

    /// Accepts time-based one-time passwords of an authenticator app.
    pub const fn totp() -> Self {
        Self::NONE.and_totp()
    }

    /// Accepts codes by text message, which are charged, and weaker than an app: a phone number can be taken over.
    pub const fn sms() -> Self {
        Self::NONE.and_sms()
    }

    /// Accepts codes by e-mail. The pool must send with SES (`INF4970`), and needs the plan Essentials (`INF4961`).
    pub const fn email() -> Self {
        Self::NONE.and_email()
    }

    /// Accepts one-time passwords of an authenticator app as well.
    pub const fn and_totp(mut self) -> Self {
        self.totp = true;
        self
    }

    /// Accepts codes by text message as well.
    pub const fn and_sms(mut self) -> Self {
        self.sms = true;
        self
    }

    /// Accepts codes by e-mail as well.
    pub const fn and_email(mut self) -> Self {
        self.email = true;
        self
    }
}

impl Mfa {
    fn factors(self) -> SecondFactors {
        match self {
            Self::Off => SecondFactors::NONE,
            Self::Optional(factors) | Self::Required(factors) => factors,
        }
    }

    pub(super) fn uses_sms(self) -> bool {
        self.factors().sms
    }

    pub(super) fn uses_email(self) -> bool {
        self.factors().email
    }

    pub(super) fn configuration(self) -> MfaConfiguration {
        match self {
            Self::Off => MfaConfiguration::OFF,
            Self::Optional(_) => MfaConfiguration::OPTIONAL,
            Self::Required(_) => MfaConfiguration::ON,
        }
    }

    /// Returns the names of the factors in `EnabledMfas`.
    pub(super) fn enabled(self) -> Vec<&'static str> {
        let factors = self.factors();
        [
            (factors.totp, "SOFTWARE_TOKEN_MFA"),
            (factors.sms, "SMS_MFA"),
            (factors.email, "EMAIL_OTP"),
        ]
        .into_iter()
        .filter_map(|(is_enabled, name)| is_enabled.then_some(name))
        .collect()
    }
}
