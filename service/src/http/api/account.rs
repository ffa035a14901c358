//! `/api/me`: the account of who asks.

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

/// The account of a user or a guest.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account {
    /// Its identifier.
    id: Uuid,
    /// The address; guests have none, nor has who came by a provider that names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// Whether the address was shown to be its user's, by the link of a mail.
    email_verified: bool,
    /// The name.
    username: String,
    /// Whether it is a guest's.
    guest: bool,
    /// When it ends with everything in it, if it is a guest's.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
    /// What it holds.
    usage: Usage,
    /// When it was made.
    created_at: DateTime<Utc>,
}

/// The amount that an account holds, and may hold.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Usage {
    /// Notes, those in the trash included.
    notes: i32,
    /// Notes it may hold.
    notes_limit: u32,
    /// Labels.
    labels: i32,
    /// Labels it may hold.
    labels_limit: u32,
    /// Bytes of attachments, those of notes in the trash, of unfinished uploads and of files that are not deleted yet included.
    attachment_bytes: u64,
    /// Bytes of attachments it may hold.
    attachment_bytes_limit: u64,
}

/// The changes of an account; what is left out stays.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct AccountPatch {
    /// A new address; needs `currentPassword`, or a confirmation in this session within five minutes.
    #[oai(validator(
        max_length = 254,
        pattern = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
    ))]
    email: Option<String>,
    /// A new name.
    #[oai(validator(min_length = 3, max_length = 32, pattern = r"^[A-Za-z0-9_.-]+$"))]
    username: Option<String>,
    /// The password of the account.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// A change of the password.
// Not `Debug`: it holds two.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasswordChange {
    /// The password of the account, if it has one; without it, the user has to have confirmed in this session within five minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
    /// The new one: long rather than complicated. Those that everybody tries first are refused.
    #[oai(validator(min_length = 8, max_length = 256))]
    new_password: Password,
}

/// The end of an account.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Farewell {
    /// The password of the account; guests have none. Without it, the user has to have confirmed in this session within five minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

#[derive(ApiResponse)]
enum Ended {
    /// The account is gone, and the cookie is cleared.
    #[oai(status = 204)]
    Gone(#[oai(header = "Set-Cookie")] String),
}

#[derive(ApiResponse)]
enum Done {
    /// It is done.
    #[oai(status = 204)]
    Done,
}

impl Account {
    /// The account with what it holds.
    pub(super) async fn of(
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
            attachment_bytes_limit: store.most_file_bytes(account.is_guest),
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
    /// With how much it holds, and how much it may hold.
    #[oai(path = "/", method = "get", operation_id = "readAccount")]
    async fn read(&self, caller: Caller) -> Result<Out<Account>, Problems<{ CALLER }>> {
        let account = caller.store().account(caller.owner()).await?;
        Ok(Out(Account::of(caller.store(), account).await?))
    }

    /// Change address or username
    ///
    /// Guests have neither to change; `POST /api/me/claim` gives them both.
    #[oai(path = "/", method = "patch", operation_id = "changeAccount")]
    async fn change(
        &self,
        caller: SessionCaller,
        body: Body<AccountPatch>,
    ) -> Result<Out<Account>, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        let patch = body.0;
        refuse_guest(&caller).await?;
        let address = match patch.email {
            Some(email) => Some(NewAddress {
                email,
                checked: caller.confirm(shown(patch.current_password)).await?,
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
        Ok(Out(Account::of(store, account).await?))
    }

    /// Delete the account
    ///
    /// With everything in it, at once and for good. Guests send `{}`.
    #[oai(path = "/", method = "delete", operation_id = "deleteAccount")]
    async fn delete(
        &self,
        caller: SessionCaller,
        body: Body<Farewell>,
    ) -> Result<Ended, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        if store.account(owner).await?.is_guest {
            store.delete_guest(owner).await?;
        } else {
            let checked = caller.confirm(shown(body.0.current_password)).await?;
            store.delete_account(owner, &checked).await?;
        }
        Ok(Ended::Gone(session_cookie::clear(
            &caller.caller.app.settings,
        )))
    }

    /// Change the password
    ///
    /// Ends all other sessions and all access tokens, and switches webhooks off: who knew the old password may have made some. An account without a
    /// password gets its first one.
    #[oai(path = "/password", method = "put", operation_id = "changePassword")]
    async fn change_password(
        &self,
        caller: SessionCaller,
        body: Body<PasswordChange>,
    ) -> Result<Done, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        refuse_guest(&caller).await?;
        let account = store.account(owner).await?;
        let email = account.email.unwrap_or_default();
        let new = SecretString::from(body.0.new_password.0);
        let names = [email.as_str(), account.username.as_str()];
        strength::check_in(&caller.caller.app.budget.work, "/newPassword", &new, &names).await?;
        let checked = caller.confirm(shown(body.0.current_password)).await?;
        let hash = caller.caller.app.passwords.hash(&new).await?;
        store
            .change_password(owner, &checked, hash, caller.session)
            .await?;
        Ok(Done::Done)
    }

    /// Claim a guest's account
    ///
    /// Registers the guest: the account stays, with everything in it, and a new session begins.
    #[oai(path = "/claim", method = "post", operation_id = "claimAccount")]
    async fn claim(
        &self,
        caller: SessionCaller,
        visitor: Visitor,
        body: Body<Registration>,
    ) -> Result<SignedIn, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        if !store.account(owner).await?.is_guest {
            return Err(Error::new(Code::Conflict)
                .detail("the account is registered already")
                .into());
        }
        let user = body.0.into_user(&visitor).await?;
        let session = visitor.new_session()?;
        let account = store.claim_guest(owner, user, &session).await?;
        visitor.app.mail_verification(&account).await;
        Ok(signed_in(&visitor, account, &session).await?)
    }
}

async fn refuse_guest(caller: &SessionCaller) -> Result<(), Error> {
    let account = caller.caller.store().account(caller.caller.owner()).await?;
    if account.is_guest {
        return Err(Error::new(Code::GuestNotAllowed)
            .detail("a guest has neither address nor password; `POST /api/me/claim` gives both"));
    }
    Ok(())
}

fn shown(password: Option<Password>) -> Option<SecretString> {
    password.map(|password| password.0.into())
}
