//! `/api/me`: second factors of the account other than passkeys, that is, codes of an authenticator app (TOTP) and recovery codes.

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

/// Name of the service in authenticator apps if its public address is not configured.
const SERVICE: &str = "Notes";

/// Second factors of an account.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct FactorList {
    /// `true` if signing in with the password needs a second step.
    second_step: bool,
    /// `true` if signing in asks for a code of an authenticator app.
    totp: bool,
    /// Time since which codes are required; absent if they are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    totp_since: Option<DateTime<Utc>>,
    /// Number of passkeys of the account, at most 20.
    passkeys: u64,
    /// Number of unused recovery codes, at most 10.
    recovery_codes_left: u64,
}

/// Permission to change second factors.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct FactorStart {
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// Secret to add to an authenticator app.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct TotpEnrolment {
    /// Secret in base32, to type into an app.
    secret: String,
    /// Secret as an `otpauth:` URI, to show as a QR code.
    uri: String,
}

/// Code of an authenticator app, which proves that the app has the secret.
// Not `Debug`: it holds a secret.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct TotpConfirmation {
    /// Six digits that the app shows at this moment; spaces are ignored. Each code works once.
    #[oai(validator(min_length = 1, max_length = 20))]
    code: Password,
}

/// Permission to stop asking for codes of an authenticator app.
// Not `Debug`: it holds secrets.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct TotpEnd {
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
    /// Six digits that the app shows at this moment, or one of the recovery codes.
    #[oai(validator(min_length = 1, max_length = 50))]
    code: Password,
}

/// Recovery codes, each valid for one sign-in.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct RecoveryCodes {
    /// Ten codes to write down; only this response contains them. Each replaces the second factor in one sign-in. Empty if earlier codes are still
    /// valid.
    recovery_codes: Vec<String>,
}

#[derive(ApiResponse)]
enum Done {
    /// Codes are no longer required, and all other sessions ended.
    #[oai(status = 204)]
    Done,
}

impl RecoveryCodes {
    fn from_codes(codes: &[SecretString]) -> Self {
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
    /// Returns the second factors of the account. An account with an authenticator app or a passkey has a second step when its user signs in with a
    /// password or an identity provider.
    #[oai(path = "/factors", method = "get", operation_id = "readFactors")]
    async fn read_factors(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<FactorList>, Problems<{ CALLER }>> {
        let factors = caller
            .caller
            .store()
            .get_factors(caller.caller.owner())
            .await?;
        Ok(Out(FactorList {
            second_step: factors.has_any(),
            totp: factors.totp_since.is_some(),
            totp_since: factors.totp_since,
            passkeys: factors.passkeys,
            recovery_codes_left: factors.recovery_codes,
        }))
    }

    /// Begin to set up an authenticator app
    ///
    /// Creates a secret for an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds). It takes effect once `POST /api/me/totp/confirm` receives
    /// a code of the app, within one hour. Until then, another request replaces the secret.
    #[oai(path = "/totp", method = "post", operation_id = "enrolTotp")]
    async fn enrol_totp(
        &self,
        caller: SessionCaller,
        body: Body<FactorStart>,
    ) -> Result<Out<TotpEnrolment>, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        let password = body.0.current_password.map(|password| password.0.into());
        let shown = caller.step_up(password).await?;
        let account = app.store.get_account(owner).await?;
        let secret = totp::new_secret()?;
        let service = app.settings.service_name();
        let made = totp::build_enrolment(
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

    /// Finish setting up an authenticator app
    ///
    /// Accepts the first code of the app, and requires codes at sign-in from then on. All other sessions end, because they were signed in without a
    /// code. Returns recovery codes if the account has none.
    #[oai(path = "/totp/confirm", method = "post", operation_id = "confirmTotp")]
    async fn confirm_totp(
        &self,
        caller: SessionCaller,
        body: Body<TotpConfirmation>,
    ) -> Result<Out<RecoveryCodes>, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        app.count_attempt(Kind::ConfirmPassword, &owner.id().to_string())
            .await?;
        let code = SecretString::from(body.0.code.0);
        let seal = &app.settings.seal;
        let codes = app
            .store
            .confirm_totp(owner, seal, &code, caller.session)
            .await?;
        app.mail_notice(owner, Notice::TotpOn);
        Ok(Out(RecoveryCodes::from_codes(&codes.unwrap_or_default())))
    }

    /// Remove the authenticator app
    ///
    /// Stops asking for codes of the app. Requires the password or a recent confirmation, and a code. All other sessions end. If this was the last
    /// second factor, recovery codes become invalid too.
    #[oai(path = "/totp", method = "delete", operation_id = "removeTotp")]
    async fn remove_totp(
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
        app.count_attempt(Kind::SecondFactor, &owner.id().to_string())
            .await?;
        let (seal, code) = (&app.settings.seal, SecretString::from(code.0));
        app.store
            .remove_totp(owner, &shown, seal, &code, caller.session)
            .await?;
        app.mail_notice(owner, Notice::TotpOff);
        Ok(Done::Done)
    }

    /// Create new recovery codes
    ///
    /// Replaces the recovery codes; earlier codes become invalid. Requires the password or a recent confirmation, and an account with a second
    /// factor.
    #[oai(
        path = "/recovery-codes",
        method = "post",
        operation_id = "renewRecoveryCodes"
    )]
    async fn renew_recovery_codes(
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
        Ok(Out(RecoveryCodes::from_codes(&codes)))
    }
}
