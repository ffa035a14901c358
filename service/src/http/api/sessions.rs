//! `/api/sessions`: where the user is signed in.

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

/// A session of the user in one browser.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Session {
    /// Its identifier.
    id: Uuid,
    /// Whether it is the one that asks.
    current: bool,
    /// How the browser called itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<String>,
    /// When it began.
    created_at: DateTime<Utc>,
    /// When it was last used, give or take an hour.
    last_seen_at: DateTime<Utc>,
    /// When it ends, if it is not used.
    expires_at: DateTime<Utc>,
    /// The factors that it was signed in by, in order; empty for guests, and for sessions from before this was kept.
    signed_in_by: Vec<SignInFactor>,
}

/// A factor of a sign-in.
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
    /// The one that was used last first.
    items: Vec<Session>,
}

#[derive(ApiResponse)]
enum Ended {
    /// Ended, as of now.
    #[oai(status = 204)]
    Ended,
}

impl Session {
    fn of(session: sessions::Session, current: Uuid) -> Self {
        Self {
            id: session.id,
            current: session.id == current,
            user_agent: session.user_agent,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            expires_at: session.expires_at,
            signed_in_by: session.signed_in_by.all().map(SignInFactor::from).collect(),
        }
    }
}

#[OpenApi(prefix_path = "/sessions", tag = "Tag::Account")]
impl Sessions {
    /// List sessions
    ///
    /// There are at most 50, so there are no pages.
    #[oai(path = "/", method = "get", operation_id = "listSessions")]
    async fn list(&self, caller: SessionCaller) -> Result<Out<SessionList>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let sessions = store.sessions(caller.caller.owner()).await?;
        let items = sessions
            .into_iter()
            .map(|session| Session::of(session, caller.session))
            .collect();
        Ok(Out(SessionList { items }))
    }

    /// End all other sessions
    ///
    /// Whoever uses them is signed out at once; the session of this request stays.
    #[oai(path = "/", method = "delete", operation_id = "endOtherSessions")]
    async fn end_others(&self, caller: SessionCaller) -> Result<Ended, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        store
            .end_other_sessions(caller.caller.owner(), caller.session)
            .await?;
        Ok(Ended::Ended)
    }

    /// End a session
    ///
    /// Whoever uses it is signed out at once. To end the session of this request is to sign out.
    #[oai(path = "/:id", method = "delete", operation_id = "endSession")]
    async fn end(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Ended, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let store = caller.caller.store();
        store.end_session(caller.caller.owner(), id.0).await?;
        Ok(Ended::Ended)
    }
}
