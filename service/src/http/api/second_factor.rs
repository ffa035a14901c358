//! The second step of a sign-in, and signing in with a passkey alone.

use chrono::{DateTime, Utc};
use poem_openapi::types::Password;
use poem_openapi::{Enum, Object, OpenApi};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::Value;

use super::Tag;
use super::auth::{SignedIn, signed_in};
use super::passkeys::PasskeyOptions;
use crate::auth::passkeys::{PasskeyResponse, Passkeys, parse_response};
use crate::auth::rates::Kind;
use crate::error::{Code, Error};
use crate::http::caller::Visitor;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CONFLICT, FORBIDDEN, JSON, Problems, TOO_MANY, UNAUTHORIZED};
use crate::http::sign_in::{SignInOutcome, second_factor_required};
use crate::store::challenges::{NewCeremony, Purpose};
use crate::store::passkeys::{PasskeyUse, StoredPasskey};
use crate::store::sign_in::{PresentedFactor, Proof, WaitingSignIn};

pub(crate) struct SecondFactor;

/// Kind of a second factor: `totp` for a code of an authenticator app, a passkey, or a recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
enum SecondFactorKind {
    Totp,
    Passkey,
    RecoveryCode,
}

/// Sign-in that needs a second factor to finish.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct PendingSignIn {
    /// Kinds of second factors that the account has, the most common one first.
    factors: Vec<SecondFactorKind>,
    /// Time at which the sign-in expires and has to start again.
    expires_at: DateTime<Utc>,
}

/// Second factor: exactly one of `code`, `recoveryCode` and `credential`.
// Not `Debug`: it holds secrets.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct SecondFactorProof {
    /// Six digits that the authenticator app shows at this moment; spaces are ignored. Each code works once.
    #[oai(validator(min_length = 1, max_length = 20))]
    code: Option<Password>,
    /// One of the recovery codes, which works once; case, spaces and hyphens are ignored.
    #[oai(validator(min_length = 1, max_length = 50))]
    recovery_code: Option<Password>,
    /// Result of `navigator.credentials.get()` in the form of its `toJSON()` (WebAuthn Level 3, AuthenticationResponseJSON).
    credential: Option<Value>,
}

/// Response of a passkey to a challenge of the service.
// Not `Debug`: it can be used to sign in.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasskeyProof {
    /// Result of `navigator.credentials.get()` in the form of its `toJSON()` (WebAuthn Level 3, AuthenticationResponseJSON).
    credential: Value,
}

/// The one second factor that a request contains.
enum RequestFactor {
    Code(SecretString),
    RecoveryCode(SecretString),
    Credential(Value),
}

impl SecondFactorProof {
    fn into_factor(self) -> Result<RequestFactor, Error> {
        match (self.code, self.recovery_code, self.credential) {
            (Some(code), None, None) => Ok(RequestFactor::Code(code.0.into())),
            (None, Some(code), None) => Ok(RequestFactor::RecoveryCode(code.0.into())),
            (None, None, Some(credential)) => Ok(RequestFactor::Credential(credential)),
            (None, None, None) => Err(Error::invalid(
                "/code",
                "required",
                "is missing: send one of `code`, `recoveryCode` and `credential`",
            )),
            _ => Err(Error::invalid(
                "",
                "ambiguous",
                "contains several of `code`, `recoveryCode` and `credential`; send only one of them",
            )),
        }
    }
}

#[OpenApi(prefix_path = "/auth", tag = "Tag::Auth")]
impl SecondFactor {
    /// Read the sign-in that needs a second factor
    ///
    /// Returns the kinds of second factors of the account and the time at which the sign-in expires. The cookie of the first step identifies the
    /// sign-in; without it the answer is `no_pending_sign_in`.
    #[oai(
        path = "/second-factor",
        method = "get",
        operation_id = "readPendingSignIn"
    )]
    async fn read_pending_sign_in(
        &self,
        visitor: Visitor,
    ) -> Result<Out<PendingSignIn>, Problems<{ UNAUTHORIZED }>> {
        let (_, waiting) = find_pending_sign_in(&visitor).await?;
        let passkeys = visitor.app.settings.passkeys.is_some() && waiting.factors.passkeys > 0;
        let factors = [
            (waiting.factors.totp_since.is_some(), SecondFactorKind::Totp),
            (passkeys, SecondFactorKind::Passkey),
            (
                waiting.factors.recovery_codes > 0,
                SecondFactorKind::RecoveryCode,
            ),
        ];
        let factors = factors.into_iter().filter(|(there, _)| *there);
        Ok(Out(PendingSignIn {
            factors: factors.map(|(_, kind)| kind).collect(),
            expires_at: waiting.expires_at,
        }))
    }

    /// Finish a sign-in
    ///
    /// Accepts the second factor and begins the session. Attempts are limited by IP address and by account. After five wrong codes, the sign-in has
    /// to start again with the password.
    #[oai(
        path = "/second-factor",
        method = "post",
        operation_id = "finishSignIn"
    )]
    async fn finish_sign_in(
        &self,
        visitor: Visitor,
        body: Body<SecondFactorProof>,
    ) -> Result<SignedIn, Problems<{ JSON | UNAUTHORIZED | FORBIDDEN | CONFLICT | TOO_MANY }>> {
        let shown = body.0.into_factor()?;
        visitor.count_attempt(Kind::SecondFactorFromAddress).await?;
        let (token, waiting) = find_pending_sign_in(&visitor).await?;
        count_attempt(&visitor, &waiting).await?;
        let second = match shown {
            RequestFactor::Code(code) => PresentedFactor::Totp(code),
            RequestFactor::RecoveryCode(code) => PresentedFactor::RecoveryCode(code),
            RequestFactor::Credential(credential) => {
                let answer = parse_response(&credential)?;
                let owner = waiting.owner;
                let kept = find_passkey(&visitor, &answer).await?;
                let kept = kept.filter(|kept| kept.owner() == owner);
                let kept = kept.ok_or_else(passkey_rejected)?;
                let purpose = Purpose::PasskeySecondStep;
                let state = visitor
                    .store()
                    .take_ceremony(purpose, &answer.challenge, Some(owner), None)
                    .await?;
                PresentedFactor::Passkey(
                    verify_passkey(&visitor, purpose, answer, state, kept).await?,
                )
            }
        };
        let (account, session) = visitor.finish_sign_in(&token, second).await?;
        Ok(signed_in(&visitor, account, &session).await?)
    }

    /// Begin the second step with a passkey
    ///
    /// Returns options for `navigator.credentials.get()` that name the passkeys of the account. Send the result to `POST /api/auth/second-factor`
    /// within five minutes. An account without passkeys answers 409.
    #[oai(
        path = "/second-factor/options",
        method = "post",
        operation_id = "startSecondFactor"
    )]
    async fn start_second(
        &self,
        visitor: Visitor,
    ) -> Result<Out<PasskeyOptions>, Problems<{ UNAUTHORIZED | FORBIDDEN | CONFLICT | TOO_MANY }>>
    {
        let passkeys = visitor.app.require_passkeys()?;
        visitor.count_attempt(Kind::StartPasskey).await?;
        let (_, waiting) = find_pending_sign_in(&visitor).await?;
        let store = visitor.store();
        let kept = store.list_stored_passkeys(waiting.owner).await?;
        if kept.is_empty() {
            return Err(Error::new(Code::Conflict)
                .detail("the account has no passkeys")
                .into());
        }
        let kept: Vec<String> = kept.iter().map(|kept| kept.data().to_owned()).collect();
        let ceremony = passkeys.start_second_step(&kept)?;
        let new = NewCeremony {
            purpose: Purpose::PasskeySecondStep,
            challenge: &ceremony.challenge,
            owner: Some(waiting.owner),
            session: None,
            state: ceremony.state,
        };
        store.store_ceremony(new).await?;
        Ok(Out(PasskeyOptions::from_options(ceremony.options)))
    }

    /// Begin to sign in with a passkey
    ///
    /// Returns options for `navigator.credentials.get()` with which the browser offers the passkeys of this service; no username is needed. Send the
    /// result to `POST /api/auth/passkey` within five minutes.
    #[oai(
        path = "/passkey/options",
        method = "post",
        operation_id = "startPasskeySignIn"
    )]
    async fn start_passkey_sign_in(
        &self,
        visitor: Visitor,
    ) -> Result<Out<PasskeyOptions>, Problems<{ FORBIDDEN | CONFLICT | TOO_MANY }>> {
        let passkeys = visitor.app.require_passkeys()?;
        visitor.count_attempt(Kind::StartPasskey).await?;
        let ceremony = passkeys.start_sign_in()?;
        let new = NewCeremony {
            purpose: Purpose::PasskeySignIn,
            challenge: &ceremony.challenge,
            owner: None,
            session: None,
            state: ceremony.state,
        };
        visitor.store().store_ceremony(new).await?;
        Ok(Out(PasskeyOptions::from_options(ceremony.options)))
    }

    /// Sign in with a passkey
    ///
    /// Begins a session without username, password or second factor, because the device has verified its user. An unknown or removed passkey answers
    /// `passkey_rejected`.
    #[oai(path = "/passkey", method = "post", operation_id = "signInWithPasskey")]
    async fn sign_in(
        &self,
        visitor: Visitor,
        body: Body<PasskeyProof>,
    ) -> Result<SignedIn, Problems<{ JSON | UNAUTHORIZED | FORBIDDEN | CONFLICT | TOO_MANY }>> {
        visitor.app.require_passkeys()?;
        visitor.count_attempt(Kind::LoginFromAddress).await?;
        let answer = parse_response(&body.0.credential)?;
        let purpose = Purpose::PasskeySignIn;
        let state = visitor
            .store()
            .take_ceremony(purpose, &answer.challenge, None, None)
            .await?;
        let kept = find_passkey(&visitor, &answer).await?;
        // The device names the user of the passkey; the passkey of another user is refused.
        let kept = kept.filter(|kept| answer.user == Some(kept.owner().id()));
        let kept = kept.ok_or_else(passkey_rejected)?;
        let used = verify_passkey(&visitor, purpose, answer, state, kept).await?;
        match visitor.complete_sign_in(Proof::Passkey(used)).await? {
            SignInOutcome::Session(account, session) => {
                Ok(signed_in(&visitor, account, &session).await?)
            }
            SignInOutcome::SecondFactor(cookie) => {
                Err(Problems::with_cookie(second_factor_required(), &cookie))
            }
        }
    }
}

/// Returns the pending sign-in of this browser, with its token.
async fn find_pending_sign_in(visitor: &Visitor) -> Result<(SecretString, WaitingSignIn), Error> {
    let token = visitor
        .waiting_token
        .clone()
        .ok_or_else(|| Error::new(Code::NoPendingSignIn).detail("sign in first"))?;
    let waiting = visitor.store().find_waiting_sign_in(&token).await?;
    Ok((token, waiting))
}

/// Counts one attempt for the account. IP addresses from which the user has signed in before are counted separately, as for passwords.
async fn count_attempt(visitor: &Visitor, waiting: &WaitingSignIn) -> Result<(), Error> {
    let subject = waiting.owner.id().to_string();
    let from_here = visitor.subject_at_network(&subject);
    if visitor.store().is_known(&from_here).await? {
        let kind = Kind::SecondFactorFromKnownAddress;
        return visitor.app.count_attempt(kind, &from_here).await;
    }
    visitor
        .app
        .count_attempt(Kind::SecondFactor, &subject)
        .await
}

async fn find_passkey(
    visitor: &Visitor,
    answer: &PasskeyResponse,
) -> Result<Option<StoredPasskey>, Error> {
    let store = visitor.store();
    store.find_passkey(&answer.credential_id).await
}

/// Verifies the signature of a passkey on a worker thread.
async fn verify_passkey(
    visitor: &Visitor,
    purpose: Purpose,
    answer: PasskeyResponse,
    state: String,
    kept: StoredPasskey,
) -> Result<PasskeyUse, Error> {
    let passkeys: Passkeys = visitor.app.require_passkeys()?.clone();
    visitor
        .app
        .budget
        .work
        .run_for_current(move |stop| {
            stop.check_stopped()?;
            let changed = match purpose {
                Purpose::PasskeySecondStep => {
                    passkeys.finish_second_step(&answer, &state, kept.data())
                }
                _ => passkeys.finish_sign_in(&answer, &state, kept.data()),
            }?;
            Ok(PasskeyUse {
                stored: kept,
                changed,
            })
        })
        .await?
}

fn passkey_rejected() -> Error {
    Error::new(Code::PasskeyRejected)
        .detail("the passkey is not registered here, or its response does not match the challenge")
}
