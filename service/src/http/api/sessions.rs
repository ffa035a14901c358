//! `/api/sessions`: the browsers in which a user is signed in.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use crate::domain::factor::Factor;
use crate::http::caller::SessionCaller;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, MALFORMED, NOT_FOUND, Problems};
use crate::store::sessions;

pub(crate) struct Sessions;

/// Session of the user in one browser.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Session {
    /// Identifier of the session (UUID).
    id: Uuid,
    /// `true` for the session that sent the request.
    current: bool,
    /// Value of `User-Agent` that the browser sent when the session began.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<String>,
    /// Time at which the session began.
    created_at: DateTime<Utc>,
    /// Time of the last request, accurate to one hour.
    last_seen_at: DateTime<Utc>,
    /// Time at which the session ends if it is not used before.
    expires_at: DateTime<Utc>,
    /// Factors that the user signed in with, in order. Empty for guests and for sessions from releases that did not record factors.
    signed_in_by: Vec<SignInFactor>,
}

/// Factor of a sign-in: `password`, `passkey`, `identity` for an identity provider, `totp` for a code of an authenticator app, or a recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
enum SignInFactor {
    Password,
    Passkey,
    Identity,
    Totp,
    RecoveryCode,
}

impl From<Factor> for SignInFactor {
    fn from(factor: Factor) -> Self {
        match factor {
            Factor::Password => Self::Password,
            Factor::Passkey => Self::Passkey,
            Factor::Identity => Self::Identity,
            Factor::Totp => Self::Totp,
            Factor::RecoveryCode => Self::RecoveryCode,
        }
    }
}

/// All sessions of the user that have not ended.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct SessionList {
    /// Sessions, the most recently used first.
    items: Vec<Session>,
}

#[derive(ApiResponse)]
enum SessionsEnded {
    /// The session, or all other sessions, ended.
    #[oai(status = 204)]
    Ended,
}

impl Session {
    fn from_session(session: sessions::Session, current: Uuid) -> Self {
        Self {
            id: session.id,
            current: session.id == current,
            user_agent: session.user_agent,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            expires_at: session.expires_at,
            signed_in_by: session
                .signed_in_by
                .iter_factors()
                .map(SignInFactor::from)
                .collect(),
        }
    }
}

#[OpenApi(prefix_path = "/sessions", tag = "Tag::Account")]
impl Sessions {
    /// List sessions
    ///
    /// Returns all sessions of the user on one page; a user has at most 50.
    #[oai(path = "/", method = "get", operation_id = "listSessions")]
    async fn list_sessions(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<SessionList>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let sessions = store.list_sessions(caller.caller.owner()).await?;
        let items = sessions
            .into_iter()
            .map(|session| Session::from_session(session, caller.session))
            .collect();
        Ok(Out(SessionList { items }))
    }

    /// End all other sessions
    ///
    /// Signs the user out of all browsers except the one that sends the request.
    #[oai(path = "/", method = "delete", operation_id = "endOtherSessions")]
    async fn end_others(
        &self,
        caller: SessionCaller,
    ) -> Result<SessionsEnded, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        store
            .end_other_sessions(caller.caller.owner(), caller.session)
            .await?;
        Ok(SessionsEnded::Ended)
    }

    /// End a session
    ///
    /// Signs the user out of one browser at once. Ending the session of the request itself is the same as signing out.
    #[oai(path = "/:id", method = "delete", operation_id = "endSession")]
    async fn end_session(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<SessionsEnded, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let store = caller.caller.store();
        store.end_session(caller.caller.owner(), id.0).await?;
        Ok(SessionsEnded::Ended)
    }
}
