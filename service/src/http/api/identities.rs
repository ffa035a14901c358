//! `/api/me/identities`: identities at the provider that sign in to an account, and confirmation at the provider in place of the password.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::provider::FlowStarted;
use crate::error::{Code, Error};
use crate::http::caller::{SessionCaller, Visitor};
use crate::http::mails::Notice;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, Problems, TOO_MANY};
use crate::http::provider::return_path;
use crate::store::identities;
use crate::store::sign_in_flows::Purpose;

pub(crate) struct Identities;

/// Identity of the user at an identity provider.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Identity {
    /// Identifier of the linked identity (UUID).
    id: Uuid,
    /// Issuer identifier of the provider, a URL.
    issuer: String,
    /// Email address or name at the provider when the identity was linked, by which the user recognizes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// Time at which the identity was linked.
    created_at: DateTime<Utc>,
    /// Time of the last sign-in with the identity; absent if it was never used.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<DateTime<Utc>>,
}

/// All identities that are linked to the account.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct IdentityList {
    /// Identities in the order in which they were linked.
    items: Vec<Identity>,
}

/// Parameters for linking an identity to the account.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewIdentity {
    /// Path of the page to return to, beginning with one `/`, at most 500 characters; the board by default.
    #[oai(validator(min_length = 1, max_length = 500))]
    return_to: Option<String>,
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// Permission to unlink an identity from the account.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Unlinking {
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// Parameters of a confirmation at the identity provider.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Confirmation {
    /// Path of the page to return to, beginning with one `/`, at most 500 characters; the board by default.
    #[oai(validator(min_length = 1, max_length = 500))]
    return_to: Option<String>,
}

#[derive(ApiResponse)]
enum Unlinked {
    /// The identity was unlinked; sessions stay signed in.
    #[oai(status = 204)]
    Gone,
}

impl From<identities::Identity> for Identity {
    fn from(identity: identities::Identity) -> Self {
        Self {
            id: identity.id,
            issuer: identity.issuer,
            label: identity.label,
            created_at: identity.created_at,
            last_used_at: identity.last_used_at,
        }
    }
}

#[OpenApi(prefix_path = "/me", tag = "Tag::Account")]
impl Identities {
    /// List identities
    ///
    /// Returns the identities with which the user can sign in, on one page; an account has at most 10.
    #[oai(path = "/identities", method = "get", operation_id = "listIdentities")]
    async fn list_identities(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<IdentityList>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let found = store.list_identities(caller.caller.owner()).await?;
        let items = found.into_iter().map(Identity::from).collect();
        Ok(Out(IdentityList { items }))
    }

    /// Link an identity
    ///
    /// Returns the URL of the provider to open. The identity that signs in there is linked to this account and can sign in to it from then on.
    /// Requires the password of the account or a recent confirmation. Equal email addresses alone never link an identity.
    #[oai(path = "/identities", method = "post", operation_id = "linkIdentity")]
    async fn link_identity(
        &self,
        caller: SessionCaller,
        visitor: Visitor,
        body: Body<NewIdentity>,
    ) -> Result<FlowStarted, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let return_to = return_path(body.0.return_to, "/returnTo")?;
        caller.caller.app.require_provider()?;
        let password = body.0.current_password.map(|password| password.0.into());
        caller.confirm_password(password).await?;
        let purpose = Purpose::Link {
            user: caller.caller.owner().id(),
            session: caller.session,
        };
        Ok(FlowStarted::from_redirect(
            visitor
                .begin_provider_flow(purpose, &return_to, None)
                .await?,
        ))
    }

    /// Unlink an identity
    ///
    /// Removes an identity from the account. Requires the password of the account or a recent confirmation. If the identity is the only way to sign
    /// in, the answer is `last_way_in`.
    #[oai(
        path = "/identities/:id",
        method = "delete",
        operation_id = "unlinkIdentity"
    )]
    async fn unlink_identity(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        body: Body<Unlinking>,
    ) -> Result<Unlinked, Problems<{ CALLER | JSON | MALFORMED | NOT_FOUND | CONFLICT | TOO_MANY }>>
    {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        let password = body.0.current_password.map(|password| password.0.into());
        let checked = caller.confirm_password(password).await?;
        let ways = caller.caller.app.sign_in_methods();
        store
            .unlink_identity(owner, &checked, id.0, caller.session, ways)
            .await?;
        caller
            .caller
            .app
            .mail_notice(owner, Notice::IdentityUnlinked);
        Ok(Unlinked::Gone)
    }

    /// Begin to confirm at the identity provider
    ///
    /// Returns the URL of the provider to open, for users who confirm an action without a password. The user signs in there again with one of the
    /// identities of the account; for five minutes after that, this session can perform actions that need the password.
    #[oai(
        path = "/confirmation",
        method = "post",
        operation_id = "startConfirmation"
    )]
    async fn start_confirmation(
        &self,
        caller: SessionCaller,
        visitor: Visitor,
        body: Body<Confirmation>,
    ) -> Result<FlowStarted, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let return_to = return_path(body.0.return_to, "/returnTo")?;
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        caller.caller.app.require_provider()?;
        if store.list_identities(owner).await?.is_empty() {
            return Err(Error::new(Code::Conflict)
                .detail("the account has no linked identity, so the provider cannot confirm it")
                .into());
        }
        let purpose = Purpose::Confirm {
            user: owner.id(),
            session: caller.session,
        };
        Ok(FlowStarted::from_redirect(
            visitor
                .begin_provider_flow(purpose, &return_to, None)
                .await?,
        ))
    }
}
