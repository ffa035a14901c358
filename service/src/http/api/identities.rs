//! `/api/me/identities`: people at the provider, by whom the account is signed in to; and proof, in place of a password, that its user is there.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::provider::Begun;
use crate::error::{Code, Error};
use crate::http::caller::{SessionCaller, Visitor};
use crate::http::mails::Notice;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, Problems, TOO_MANY};
use crate::http::provider::return_path;
use crate::store::identities;
use crate::store::sign_in_flows::Purpose;

pub(crate) struct Identities;

/// A person at a provider.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Identity {
    /// Its identifier.
    id: Uuid,
    /// The address of the provider, as it names itself.
    issuer: String,
    /// The address or name of the person there when it was linked, for people to recognize it.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// When it was linked.
    created_at: DateTime<Utc>,
    /// When it was last signed in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<DateTime<Utc>>,
}

/// All identities that are linked to the account.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct IdentityList {
    /// In the order in which they were linked.
    items: Vec<Identity>,
}

/// An identity that is to be linked.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewIdentity {
    /// The path of the page to go on with, beginning with one `/`; the board, if it is left out.
    #[oai(validator(min_length = 1, max_length = 500))]
    return_to: Option<String>,
    /// The password of the account; without it, the user has to have confirmed in this session within five minutes, or signed in by a passkey within ten.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// The end of an identity's link.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Unlinking {
    /// The password of the account; without it, the user has to have confirmed in this session within five minutes, or signed in by a passkey within ten.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// A confirmation at the provider that is to begin.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Confirmation {
    /// The path of the page to go on with, beginning with one `/`; the board, if it is left out.
    #[oai(validator(min_length = 1, max_length = 500))]
    return_to: Option<String>,
}

#[derive(ApiResponse)]
enum Unlinked {
    /// Nobody is signed in by it any more; sessions stay.
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
    /// People at the provider by whom the account is signed in to. There are at most 10, so there are no pages.
    #[oai(path = "/identities", method = "get", operation_id = "listIdentities")]
    async fn list(&self, caller: SessionCaller) -> Result<Out<IdentityList>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let found = store.identities(caller.caller.owner()).await?;
        let items = found.into_iter().map(Identity::from).collect();
        Ok(Out(IdentityList { items }))
    }

    /// Link an identity
    ///
    /// Needs the password of the account, or a confirmation. Answers where to go; whoever signs in there signs in to this account from then on. Nothing
    /// is linked by an address alone.
    #[oai(path = "/identities", method = "post", operation_id = "linkIdentity")]
    async fn link(
        &self,
        caller: SessionCaller,
        visitor: Visitor,
        body: Body<NewIdentity>,
    ) -> Result<Begun, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let return_to = return_path(body.0.return_to, "/returnTo")?;
        caller.caller.app.provider()?;
        let password = body.0.current_password.map(|password| password.0.into());
        caller.confirm(password).await?;
        let purpose = Purpose::Link {
            user: caller.caller.owner().id(),
            session: caller.session,
        };
        Ok(Begun::of(visitor.seek(purpose, &return_to, None).await?))
    }

    /// Unlink an identity
    ///
    /// Needs the password of the account, or a confirmation. The last way to sign in stays.
    #[oai(
        path = "/identities/:id",
        method = "delete",
        operation_id = "unlinkIdentity"
    )]
    async fn unlink(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        body: Body<Unlinking>,
    ) -> Result<Unlinked, Problems<{ CALLER | JSON | MALFORMED | NOT_FOUND | CONFLICT | TOO_MANY }>>
    {
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        let password = body.0.current_password.map(|password| password.0.into());
        let checked = caller.confirm(password).await?;
        let ways = caller.caller.app.ways();
        store
            .unlink_identity(owner, &checked, id.0, caller.session, ways)
            .await?;
        caller
            .caller
            .app
            .mail_notice(owner, Notice::IdentityUnlinked);
        Ok(Unlinked::Gone)
    }

    /// Begin to confirm at the provider
    ///
    /// In place of a password: the user signs in at the provider again, as one of the identities of the account. For five minutes after that, this
    /// session may do what needs the password without it.
    #[oai(
        path = "/confirmation",
        method = "post",
        operation_id = "startConfirmation"
    )]
    async fn confirm(
        &self,
        caller: SessionCaller,
        visitor: Visitor,
        body: Body<Confirmation>,
    ) -> Result<Begun, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let return_to = return_path(body.0.return_to, "/returnTo")?;
        let (store, owner) = (caller.caller.store(), caller.caller.owner());
        caller.caller.app.provider()?;
        if store.identities(owner).await?.is_empty() {
            return Err(Error::new(Code::Conflict)
                .detail("no identity is linked to the account that could confirm it")
                .into());
        }
        let purpose = Purpose::Confirm {
            user: owner.id(),
            session: caller.session,
        };
        Ok(Begun::of(visitor.seek(purpose, &return_to, None).await?))
    }
}
