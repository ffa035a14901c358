//! `/api/me`: second factors of the account beside passkeys: codes of an app, and recovery codes.

use chrono::{DateTime, Utc};
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use super::Tag;
use crate::auth::rates::Kind;
use crate::auth::totp;
use crate::http::caller::SessionCaller;
use crate::http::mails::Notice;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, Problems, TOO_MANY};

pub(crate) struct Factors;

/// Name of the service in apps that show codes, where its address is not known.
const SERVICE: &str = "Notes";

/// The factors of an account beside its password.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct FactorList {
    /// True if signing in by password has a second step.
    second_step: bool,
    /// True if codes of an app are asked for.
    totp: bool,
    /// The time since which they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    totp_since: Option<DateTime<Utc>>,
    /// The number of passkeys, at most 20.
    passkeys: u64,
    /// The number of recovery codes that are left, at most 10.
    recovery_codes_left: u64,
}

/// The permission to change factors: the password.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct FactorStart {
    /// The password of the account; not needed within ten minutes after signing in by a passkey, or five after confirming at the provider.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// A secret for an app that shows codes.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct TotpEnrolment {
    /// The secret in base32, for people who type it into an app.
    secret: String,
    /// The same as an `otpauth:` address, which apps read as a QR code.
    uri: String,
}

/// A code of an app.
// Not `Debug`: it holds a secret.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct TotpConfirmation {
    /// The six digits that the app shows at this moment. Spaces do not count, and each code works once.
    #[oai(validator(min_length = 1, max_length = 20))]
    code: Password,
}

/// The end of codes of an app.
// Not `Debug`: it holds secrets.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct TotpEnd {
    /// The password of the account; not needed within ten minutes after signing in by a passkey, or five after confirming at the provider.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
    /// The six digits that the app shows at this moment, or one of the recovery codes.
    #[oai(validator(min_length = 1, max_length = 50))]
    code: Password,
}

/// The recovery codes, each for one sign-in.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct RecoveryCodes {
    /// Ten codes to write down, each for one sign-in without the other factors, shown this once. Empty, if those from before still work.
    recovery_codes: Vec<String>,
}

#[derive(ApiResponse)]
enum Done {
    /// Codes are asked for no more, and other sessions have ended.
    #[oai(status = 204)]
    Done,
}

impl RecoveryCodes {
    fn of(codes: &[SecretString]) -> Self {
        let texts = codes.iter().map(|code| code.expose_secret().to_owned());
        Self {
            recovery_codes: texts.collect(),
        }
    }
}

#[OpenApi(prefix_path = "/me", tag = "Tag::Account")]
impl Factors {
    /// Read the second factors
    ///
    /// An account with codes of an app or with a passkey has a second step when it is signed in to by password or by a provider of identities.
    #[oai(path = "/factors", method = "get", operation_id = "readFactors")]
    async fn read(&self, caller: SessionCaller) -> Result<Out<FactorList>, Problems<{ CALLER }>> {
        let factors = caller.caller.store().factors(caller.caller.owner()).await?;
        Ok(Out(FactorList {
            second_step: factors.any(),
            totp: factors.totp_since.is_some(),
            totp_since: factors.totp_since,
            passkeys: factors.passkeys,
            recovery_codes_left: factors.recovery_codes,
        }))
    }

    /// Begin to ask for codes of an app
    ///
    /// Makes a secret for an app that shows codes (RFC 6238: SHA-1, six digits, 30 seconds). Nothing is asked for until
    /// `POST /api/me/totp/confirm` has shown within an hour that the app has it; another secret replaces it until then.
    #[oai(path = "/totp", method = "post", operation_id = "enrolTotp")]
    async fn enrol(
        &self,
        caller: SessionCaller,
        body: Body<FactorStart>,
    ) -> Result<Out<TotpEnrolment>, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        let password = body.0.current_password.map(|password| password.0.into());
        let shown = caller.step_up(password).await?;
        let account = app.store.account(owner).await?;
        let secret = totp::new_secret()?;
        let service = app.settings.service_name();
        let made = totp::enrolment(
            &secret,
            service.as_deref().unwrap_or(SERVICE),
            &account.username,
        )?;
        let seal = &app.settings.seal;
        app.store
            .enrol_totp(owner, &shown, seal, &secret, caller.session)
            .await?;
        Ok(Out(TotpEnrolment {
            secret: made.secret.expose_secret().to_owned(),
            uri: made.uri.expose_secret().to_owned(),
        }))
    }

    /// Ask for codes of an app from now on
    ///
    /// Takes the first code, which shows that the app has the secret. Other sessions end: they were signed in to without it.
    #[oai(path = "/totp/confirm", method = "post", operation_id = "confirmTotp")]
    async fn confirm(
        &self,
        caller: SessionCaller,
        body: Body<TotpConfirmation>,
    ) -> Result<Out<RecoveryCodes>, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        app.attempt(Kind::ConfirmPassword, &owner.id().to_string())
            .await?;
        let code = SecretString::from(body.0.code.0);
        let seal = &app.settings.seal;
        let codes = app
            .store
            .confirm_totp(owner, seal, &code, caller.session)
            .await?;
        app.mail_notice(owner, Notice::TotpOn);
        Ok(Out(RecoveryCodes::of(&codes.unwrap_or_default())))
    }

    /// Ask for codes of an app no more
    ///
    /// Needs the password and a code. Other sessions end; recovery codes end with the last second factor.
    #[oai(path = "/totp", method = "delete", operation_id = "removeTotp")]
    async fn remove(
        &self,
        caller: SessionCaller,
        body: Body<TotpEnd>,
    ) -> Result<Done, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        let TotpEnd {
            current_password,
            code,
        } = body.0;
        let shown = caller
            .step_up(current_password.map(|password| password.0.into()))
            .await?;
        app.attempt(Kind::SecondFactor, &owner.id().to_string())
            .await?;
        let (seal, code) = (&app.settings.seal, SecretString::from(code.0));
        app.store
            .remove_totp(owner, &shown, seal, &code, caller.session)
            .await?;
        app.mail_notice(owner, Notice::TotpOff);
        Ok(Done::Done)
    }

    /// Make new recovery codes
    ///
    /// Those before work no more. Needs the password, and an account with a second factor.
    #[oai(
        path = "/recovery-codes",
        method = "post",
        operation_id = "renewRecoveryCodes"
    )]
    async fn renew(
        &self,
        caller: SessionCaller,
        body: Body<FactorStart>,
    ) -> Result<Out<RecoveryCodes>, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        let password = body.0.current_password.map(|password| password.0.into());
        let shown = caller.step_up(password).await?;
        let codes = app
            .store
            .renew_recovery_codes(owner, &shown, caller.session)
            .await?;
        app.mail_notice(owner, Notice::RecoveryCodes);
        Ok(Out(RecoveryCodes::of(&codes)))
    }
}
