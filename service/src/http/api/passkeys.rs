//! `/api/passkeys`: devices by which the user signs in without a password.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::Tag;
use crate::auth::passkeys::{User, challenge_of};
use crate::http::caller::SessionCaller;
use crate::http::mails::Notice;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, Problems, TOO_MANY};
use crate::store::challenges::{NewCeremony, Purpose};
use crate::store::passkeys::{self, NewPasskey};

pub(crate) struct Passkeys;

/// The options that a browser asks for a passkey with.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(super) struct PasskeyOptions {
    /// An object for `PublicKeyCredential.parseCreationOptionsFromJSON()` or `parseRequestOptionsFromJSON()` (WebAuthn Level 3), as the operation says.
    options: Value,
}

/// Permission to register a passkey.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasskeyStart {
    /// The password of the account; not needed within ten minutes after signing in by a passkey, or five after confirming at the provider.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// A passkey that is to be registered.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasskeyRegistration {
    /// A name by which the user tells the device from others, as `Ada's phone`.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
    /// The result of `navigator.credentials.create()`, as its `toJSON()` writes it (WebAuthn Level 3, RegistrationResponseJSON).
    credential: Value,
}

/// The changes of a passkey: its name.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasskeyPatch {
    /// A name by which the user tells the device from others, as `Ada's phone`.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
}

/// The end of a passkey.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasskeyEnd {
    /// The password of the account; not needed within ten minutes after signing in by a passkey, or five after confirming at the provider.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// A passkey that the user has registered.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Passkey {
    /// Its identifier.
    id: Uuid,
    /// The name by which the user tells the device from others.
    name: String,
    /// The time at which it was registered.
    created_at: DateTime<Utc>,
    /// The time at which somebody signed in by it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<DateTime<Utc>>,
}

/// All passkeys that the user has registered.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct PasskeyList {
    /// The newest first.
    items: Vec<Passkey>,
}

/// A passkey that was registered.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct RegisteredPasskey {
    /// The passkey itself.
    passkey: Passkey,
    /// Ten codes to write down, each for one sign-in without the device; only with the first second factor of an account, and shown this once.
    #[oai(skip_serializing_if_is_none)]
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_codes: Option<Vec<String>>,
}

#[derive(ApiResponse)]
enum Made {
    /// The passkey works from now on.
    #[oai(status = 201)]
    Passkey(Out<RegisteredPasskey>),
}

#[derive(ApiResponse)]
enum Removed {
    /// It lets nobody in any more, and other sessions have ended.
    #[oai(status = 204)]
    Gone,
}

impl PasskeyOptions {
    pub(super) fn of(options: Value) -> Self {
        Self { options }
    }
}

impl From<passkeys::Passkey> for Passkey {
    fn from(passkey: passkeys::Passkey) -> Self {
        Self {
            id: passkey.id,
            name: passkey.name,
            created_at: passkey.created_at,
            last_used_at: passkey.last_used_at,
        }
    }
}

#[OpenApi(prefix_path = "/passkeys", tag = "Tag::Account")]
impl Passkeys {
    /// List passkeys
    ///
    /// There are at most 20, so there are no pages.
    #[oai(path = "/", method = "get", operation_id = "listPasskeys")]
    async fn list(&self, caller: SessionCaller) -> Result<Out<PasskeyList>, Problems<{ CALLER }>> {
        let passkeys = caller
            .caller
            .store()
            .passkeys(caller.caller.owner())
            .await?;
        let items = passkeys.into_iter().map(Passkey::from).collect();
        Ok(Out(PasskeyList { items }))
    }

    /// Begin to register a passkey
    ///
    /// Returns options for `navigator.credentials.create()`. The answer goes to `POST /api/passkeys` of the same session within five minutes.
    #[oai(path = "/options", method = "post", operation_id = "startPasskey")]
    async fn start(
        &self,
        caller: SessionCaller,
        body: Body<PasskeyStart>,
    ) -> Result<Out<PasskeyOptions>, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        let passkeys = app.passkeys()?;
        let password = body.0.current_password.map(|password| password.0.into());
        caller.step_up(password).await?;
        let account = app.store.account(owner).await?;
        let kept = app.store.kept_passkeys(owner).await?;
        let kept: Vec<String> = kept.iter().map(|kept| kept.data().to_owned()).collect();
        let user = User {
            id: owner.id(),
            name: account.username,
        };
        let ceremony = passkeys.start_registration(&user, &kept)?;
        let new = NewCeremony {
            purpose: Purpose::NewPasskey,
            challenge: &ceremony.challenge,
            owner: Some(owner),
            session: Some(caller.session),
            state: ceremony.state,
        };
        app.store.keep_ceremony(new).await?;
        Ok(Out(PasskeyOptions::of(ceremony.options)))
    }

    /// Register a passkey
    ///
    /// From then on it signs its user in, and is asked for after a password. With the first second factor of an account come recovery codes, and its
    /// other sessions end.
    #[oai(path = "/", method = "post", operation_id = "createPasskey")]
    async fn create(
        &self,
        caller: SessionCaller,
        body: Body<PasskeyRegistration>,
    ) -> Result<Made, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        let passkeys = app.passkeys()?.clone();
        let PasskeyRegistration { name, credential } = body.0;
        let challenge = challenge_of(&credential)?;
        let state = app
            .store
            .take_ceremony(
                Purpose::NewPasskey,
                &challenge,
                Some(owner),
                Some(caller.session),
            )
            .await?;
        let verified = app.budget.work.run_for_current(move |stop| {
            stop.check()?;
            passkeys.finish_registration(&credential, &state)
        });
        let registered = verified.await??;
        let new = NewPasskey {
            credential_id: registered.credential_id,
            name: name.trim().to_owned(),
            data: registered.data,
        };
        let (passkey, codes) = app.store.add_passkey(owner, new, caller.session).await?;
        app.mail_notice(owner, Notice::PasskeyAdded);
        Ok(Made::Passkey(Out(RegisteredPasskey {
            passkey: passkey.into(),
            recovery_codes: codes.map(|codes| {
                codes
                    .iter()
                    .map(|code| code.expose_secret().to_owned())
                    .collect()
            }),
        })))
    }

    /// Rename a passkey
    ///
    /// The name is the user's alone; the device does not learn of it.
    #[oai(path = "/:id", method = "patch", operation_id = "changePasskey")]
    async fn rename(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        body: Body<PasskeyPatch>,
    ) -> Result<Out<Passkey>, Problems<{ CALLER | JSON | NOT_FOUND }>> {
        let store = caller.caller.store();
        let name = body.0.name.trim().to_owned();
        let passkey = store
            .rename_passkey(caller.caller.owner(), id.0, name)
            .await?;
        Ok(Out(passkey.into()))
    }

    /// Remove a passkey
    ///
    /// It lets nobody in any more, and other sessions end. The last way to sign in stays: `last_way_in`.
    #[oai(path = "/:id", method = "delete", operation_id = "deletePasskey")]
    async fn remove(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        body: Body<PasskeyEnd>,
    ) -> Result<Removed, Problems<{ CALLER | JSON | MALFORMED | NOT_FOUND | CONFLICT | TOO_MANY }>>
    {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        let password = body.0.current_password.map(|password| password.0.into());
        let shown = caller.step_up(password).await?;
        app.store
            .remove_passkey(owner, &shown, id.0, caller.session, app.ways())
            .await?;
        app.mail_notice(owner, Notice::PasskeyRemoved);
        Ok(Removed::Gone)
    }
}
