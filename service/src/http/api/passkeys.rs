//! `/api/passkeys`: passkeys, with which a user signs in without a password.

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

/// Options with which a browser creates or uses a passkey.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(super) struct PasskeyOptions {
    /// Object for `PublicKeyCredential.parseCreationOptionsFromJSON()` or `parseRequestOptionsFromJSON()` (WebAuthn Level 3), depending on the
    /// operation.
    options: Value,
}

/// Permission to register a passkey.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasskeyStart {
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// A passkey to register for the user.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasskeyRegistration {
    /// Name by which the user recognizes the device, such as `Ada's phone`, 1 to 100 characters.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
    /// Result of `navigator.credentials.create()` in the form of its `toJSON()` (WebAuthn Level 3, RegistrationResponseJSON).
    credential: Value,
}

/// Change of the name of a passkey.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasskeyPatch {
    /// Name by which the user recognizes the device, such as `Ada's phone`, 1 to 100 characters.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
}

/// Permission to remove a passkey.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasskeyEnd {
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// A passkey that the user has registered.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Passkey {
    /// Identifier of the passkey (UUID).
    id: Uuid,
    /// Name by which the user recognizes the device.
    name: String,
    /// Time at which the passkey was registered.
    created_at: DateTime<Utc>,
    /// Time of the last sign-in with the passkey; absent if it was never used.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<DateTime<Utc>>,
}

/// All passkeys that the user has registered.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct PasskeyList {
    /// Registered passkeys, with the newest first.
    items: Vec<Passkey>,
}

/// A new passkey, with recovery codes if it is the first second factor.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct RegisteredPasskey {
    /// The passkey that was registered.
    passkey: Passkey,
    /// Ten recovery codes to write down, each for one sign-in without the device. Present only with the first second factor of an account, and only
    /// in this response.
    #[oai(skip_serializing_if_is_none)]
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_codes: Option<Vec<String>>,
}

#[derive(ApiResponse)]
enum PasskeyCreated {
    /// The passkey was registered and can be used to sign in.
    #[oai(status = 201)]
    Passkey(Out<RegisteredPasskey>),
}

#[derive(ApiResponse)]
enum Removed {
    /// The passkey was removed, and all other sessions ended.
    #[oai(status = 204)]
    Gone,
}

impl PasskeyOptions {
    pub(super) fn from_options(options: Value) -> Self {
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
    /// Returns all passkeys of the user on one page; a user has at most 20.
    #[oai(path = "/", method = "get", operation_id = "listPasskeys")]
    async fn list_passkeys(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<PasskeyList>, Problems<{ CALLER }>> {
        let passkeys = caller
            .caller
            .store()
            .list_passkeys(caller.caller.owner())
            .await?;
        let items = passkeys.into_iter().map(Passkey::from).collect();
        Ok(Out(PasskeyList { items }))
    }

    /// Begin to register a passkey
    ///
    /// Returns options for `navigator.credentials.create()`. Send the result to `POST /api/passkeys` in the same session within five minutes.
    #[oai(path = "/options", method = "post", operation_id = "startPasskey")]
    async fn start_passkey(
        &self,
        caller: SessionCaller,
        body: Body<PasskeyStart>,
    ) -> Result<Out<PasskeyOptions>, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        let passkeys = app.require_passkeys()?;
        let password = body.0.current_password.map(|password| password.0.into());
        caller.step_up(password).await?;
        let account = app.store.get_account(owner).await?;
        let kept = app.store.list_stored_passkeys(owner).await?;
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
        app.store.store_ceremony(new).await?;
        Ok(Out(PasskeyOptions::from_options(ceremony.options)))
    }

    /// Register a passkey
    ///
    /// Adds a passkey. The user can sign in with it alone, and signing in with a password then needs a second factor. If it is the first second
    /// factor of the account, the response contains recovery codes and all other sessions end.
    #[oai(path = "/", method = "post", operation_id = "createPasskey")]
    async fn create_passkey(
        &self,
        caller: SessionCaller,
        body: Body<PasskeyRegistration>,
    ) -> Result<PasskeyCreated, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (app, owner) = (&caller.caller.app, caller.caller.owner());
        let passkeys = app.require_passkeys()?.clone();
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
            stop.check_stopped()?;
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
        Ok(PasskeyCreated::Passkey(Out(RegisteredPasskey {
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
    /// Changes the name that the service shows; the device does not store it.
    #[oai(path = "/:id", method = "patch", operation_id = "changePasskey")]
    async fn change_passkey(
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
    /// Removes a passkey and ends all other sessions. If the passkey is the only way to sign in, the answer is `last_way_in`.
    #[oai(path = "/:id", method = "delete", operation_id = "deletePasskey")]
    async fn delete_passkey(
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
            .remove_passkey(owner, &shown, id.0, caller.session, app.sign_in_methods())
            .await?;
        app.mail_notice(owner, Notice::PasskeyRemoved);
        Ok(Removed::Gone)
    }
}
