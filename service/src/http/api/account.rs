//! `/api/me`: the account of the caller.

use chrono::{DateTime, Utc};
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use secrecy::SecretString;
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::auth::{Registration, SignedIn, signed_in};
use crate::auth::strength;
use crate::domain;
use crate::error::{Code, Error};
use crate::http::caller::{Caller, SessionCaller, Visitor};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, Problems, TOO_MANY};
use crate::http::session_cookie;
use crate::store::Store;
use crate::store::users::{AccountChange, NewAddress};

pub(crate) struct Me;

/// Account of a user or guest, with its usage and limits.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account {
    /// Identifier of the account (UUID).
    id: Uuid,
    /// Email address. Absent for guests, and for users whose identity provider named no address.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// `true` if the user has proved with a mailed link to own the address.
    email_verified: bool,
    /// Username, with the case that the user chose.
    username: String,
    /// `true` if the account belongs to a guest.
    guest: bool,
    /// Time at which the account and everything in it is deleted; only for guests.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
    /// Amount of data in the account, with the limits.
    usage: Usage,
    /// Time at which the account was created.
    created_at: DateTime<Utc>,
}

/// Amount of data in an account, with the limits.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Usage {
    /// Number of notes, including those in the trash.
    notes: i32,
    /// Maximum number of notes, including those in the trash.
    notes_limit: u32,
    /// Number of labels in the account.
    labels: i32,
    /// Maximum number of labels in the account.
    labels_limit: u32,
    /// Bytes of attachments, including those of notes in the trash, unfinished uploads, and files that still await deletion.
    attachment_bytes: u64,
    /// Maximum number of bytes of attachments.
    attachment_bytes_limit: u64,
}

/// Changes of an account; omitted properties stay as they are.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct AccountPatch {
    /// New email address, at most 254 characters. Requires `currentPassword` or a recent confirmation, and has to be verified again.
    #[oai(validator(
        max_length = 254,
        pattern = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
    ))]
    email: Option<String>,
    /// New username, 3 to 32 letters, digits, `_`, `.` and `-`.
    #[oai(validator(min_length = 3, max_length = 32, pattern = r"^[A-Za-z0-9_.-]+$"))]
    username: Option<String>,
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes. Only used with `email`.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// Change of the password of an account.
// Not `Debug`: it holds two.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasswordChange {
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
    /// New password, 8 to 256 characters. Length counts more than variety; passwords that are easy to guess are refused.
    #[oai(validator(min_length = 8, max_length = 256))]
    new_password: Password,
}

/// Confirmation to delete an account.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Farewell {
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes. Guests omit it.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

#[derive(ApiResponse)]
enum AccountDeleted {
    /// The account was deleted; the response clears the session cookie.
    #[oai(status = 204)]
    Gone(#[oai(header = "Set-Cookie")] String),
}

#[derive(ApiResponse)]
enum Done {
    /// The password was changed, and other sessions ended.
    #[oai(status = 204)]
    Done,
}

impl Account {
    /// Builds the response for an account, with its usage and limits.
    pub(super) async fn from_account(
        store: &Store,
        account: domain::account::Account,
    ) -> Result<Self, Error> {
        let limits = store.limits();
        let usage = Usage {
            notes: account.notes,
            notes_limit: if account.is_guest {
                limits.guest_notes
            } else {
                limits.notes
            },
            labels: account.labels,
            labels_limit: limits.labels,
            attachment_bytes: store.file_bytes(&account).await?,
            attachment_bytes_limit: store.max_file_bytes(account.is_guest),
        };
        Ok(Self {
            id: account.id,
            email: account.email,
            email_verified: account.email_verified_at.is_some(),
            username: account.username,
            guest: account.is_guest,
            expires_at: account.expires_at,
            usage,
            created_at: account.created_at,
        })
    }
}

#[OpenApi(prefix_path = "/me", tag = "Tag::Account")]
impl Me {
    /// Read the account
    ///
    /// Returns the account of the caller, with the amount of data in it and the limits.
    #[oai(path = "/", method = "get", operation_id = "readAccount")]
    async fn read_account(&self, caller: Caller) -> Result<Out<Account>, Problems<{ CALLER }>> {
        let account = caller.store().get_account(caller.owner()).await?;
        Ok(Out(Account::from_account(caller.store(), account).await?))
    }

    /// Change address or username
    ///
    /// Changes the email address, the username or both. A new address is unverified until its user opens the link in a mail. Names of other accounts
    /// are refused (`email_taken`, `username_taken`). Guests use `POST /api/me/claim` instead.
    #[oai(path = "/", method = "patch", operation_id = "changeAccount")]
    async fn change_account(
        &self,
        caller: SessionCaller,
        body: Body<AccountPatch>,
    ) -> Result<Out<Account>, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        let patch = body.0;
        reject_guest(&caller).await?;
        let address = match patch.email {
            Some(email) => Some(NewAddress {
                email,
                checked: caller
                    .confirm_password(to_secret(patch.current_password))
                    .await?,
            }),
            None => None,
        };
        let new_address = address.is_some();
        let change = AccountChange {
            address,
            username: patch.username,
        };
        let account = store.change_account(owner, change).await?;
        if new_address {
            caller.caller.app.mail_verification(&account).await;
        }
        Ok(Out(Account::from_account(store, account).await?))
    }

    /// Delete the account
    ///
    /// Deletes the account and everything in it, at once and permanently. Guests send `{}`.
    #[oai(path = "/", method = "delete", operation_id = "deleteAccount")]
    async fn delete_account(
        &self,
        caller: SessionCaller,
        body: Body<Farewell>,
    ) -> Result<AccountDeleted, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        if store.get_account(owner).await?.is_guest {
            store.delete_guest(owner).await?;
        } else {
            let checked = caller
                .confirm_password(to_secret(body.0.current_password))
                .await?;
            store.delete_account(owner, &checked).await?;
        }
        Ok(AccountDeleted::Gone(session_cookie::clear_session(
            &caller.caller.app.settings,
        )))
    }

    /// Change the password
    ///
    /// Sets a new password, or the first one of an account without a password. All other sessions and all access tokens end and webhooks are switched
    /// off, because someone with the old password may have created them.
    #[oai(path = "/password", method = "put", operation_id = "changePassword")]
    async fn change_password(
        &self,
        caller: SessionCaller,
        body: Body<PasswordChange>,
    ) -> Result<Done, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        reject_guest(&caller).await?;
        let account = store.get_account(owner).await?;
        let email = account.email.unwrap_or_default();
        let new = SecretString::from(body.0.new_password.0);
        let names = [email.as_str(), account.username.as_str()];
        strength::check_strength_in(&caller.caller.app.budget.work, "/newPassword", &new, &names)
            .await?;
        let checked = caller
            .confirm_password(to_secret(body.0.current_password))
            .await?;
        let hash = caller.caller.app.passwords.hash_password(&new).await?;
        store
            .change_password(owner, &checked, hash, caller.session)
            .await?;
        Ok(Done::Done)
    }

    /// Claim a guest's account
    ///
    /// Turns the account of a guest into a registered one. It keeps all notes, and a new session begins. An account that is registered already
    /// answers 409.
    #[oai(path = "/claim", method = "post", operation_id = "claimAccount")]
    async fn claim_account(
        &self,
        caller: SessionCaller,
        visitor: Visitor,
        body: Body<Registration>,
    ) -> Result<SignedIn, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        if !store.get_account(owner).await?.is_guest {
            return Err(Error::new(Code::Conflict)
                .detail("the account is already registered")
                .into());
        }
        let user = body.0.into_user(&visitor).await?;
        let session = visitor.new_session()?;
        let account = store.claim_guest(owner, user, &session).await?;
        visitor.app.mail_verification(&account).await;
        Ok(signed_in(&visitor, account, &session).await?)
    }
}

async fn reject_guest(caller: &SessionCaller) -> Result<(), Error> {
    let account = caller
        .caller
        .store()
        .get_account(caller.caller.owner())
        .await?;
    if account.is_guest {
        return Err(Error::new(Code::GuestNotAllowed)
            .detail("a guest has no email address or password; register with `POST /api/me/claim` to set both"));
    }
    Ok(())
}

fn to_secret(password: Option<Password>) -> Option<SecretString> {
    password.map(|password| password.0.into())
}
