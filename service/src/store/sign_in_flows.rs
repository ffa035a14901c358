//! Sign-ins at an identity provider in progress, from the redirect to the provider until the browser returns.
//!
//! The database stores hashes of the `state` parameter and of the browser's cookie. The request to the provider depends on both, so that reading the
//! table is not enough to complete a sign-in.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait as _, EntityTrait, Statement};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::Store;
use super::entity::sign_in_flow;
use crate::auth::token;
use crate::clock;
use crate::error::Error;

/// Maximum time for signing in at the provider. After it, the user must start over.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// Deletes and returns the flow of a state and a browser, so that it is used once.
const TAKE: &str = "\
    DELETE FROM sign_in_flows WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > $3 \
    RETURNING purpose, user_id, session_id, return_to, invite_hash, created_at";

/// The purpose of a sign-in at the provider, which decides about its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Begins a session.
    SignIn,
    /// Links the identity to the account of the session's user.
    Link {
        /// User of the session.
        user: Uuid,
        /// Identifier of the session.
        session: Uuid,
    },
    /// Confirms the presence of the session's user, in place of a password.
    Confirm {
        /// User of the session.
        user: Uuid,
        /// Identifier of the session.
        session: Uuid,
    },
}

/// A flow to begin, before the browser is redirected to the provider.
#[derive(Debug)]
pub struct NewFlow<'a> {
    /// Value of the `state` parameter, which the provider returns.
    pub state: &'a SecretString,
    /// Cookie of the browser that begins the flow, which must also complete it.
    pub browser: &'a SecretString,
    /// Purpose of the sign-in, stored with the flow until the browser returns.
    pub purpose: Purpose,
    /// Path of the page to continue with; the caller has checked that it is on this site.
    pub return_to: &'a str,
    /// Invite code for a registration, if the user entered one.
    pub invite: Option<&'a SecretString>,
}

/// A flow whose browser has returned from the provider with the right state and cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Purpose of the sign-in, as it was when the flow began.
    pub purpose: Purpose,
    /// Path of the page to continue with after the sign-in.
    pub return_to: String,
    /// Hash of the invite code for a registration, if the user entered one.
    pub invite_hash: Option<Vec<u8>>,
    /// Time at which the flow began, before the redirect to the provider.
    pub created_at: DateTime<Utc>,
}

impl Purpose {
    fn to_db(self) -> (i16, Option<Uuid>, Option<Uuid>) {
        match self {
            Self::SignIn => (0, None, None),
            Self::Link { user, session } => (1, Some(user), Some(session)),
            Self::Confirm { user, session } => (2, Some(user), Some(session)),
        }
    }

    fn from_db(number: i16, user: Option<Uuid>, session: Option<Uuid>) -> Option<Self> {
        match (number, user, session) {
            (0, None, None) => Some(Self::SignIn),
            (1, Some(user), Some(session)) => Some(Self::Link { user, session }),
            (2, Some(user), Some(session)) => Some(Self::Confirm { user, session }),
            _ => None,
        }
    }
}

impl Store {
    /// Stores a flow, which expires after [`LIFETIME`]. The secrets are stored as hashes.
    pub async fn begin_flow(&self, new: NewFlow<'_>) -> Result<(), Error> {
        let now = clock::now();
        let (purpose, user_id, session_id) = new.purpose.to_db();
        let hash = |secret: &SecretString| token::hash_token(secret.expose_secret());
        let flow = sign_in_flow::ActiveModel {
            state_hash: Set(hash(new.state)),
            browser_hash: Set(hash(new.browser)),
            purpose: Set(purpose),
            user_id: Set(user_id),
            session_id: Set(session_id),
            return_to: Set(new.return_to.to_owned()),
            invite_hash: Set(new
                .invite
                .map(|code| token::hash_token(code.expose_secret().trim()))),
            created_at: Set(now),
            expires_at: Set(now + LIFETIME),
        };
        sign_in_flow::Entity::insert(flow)
            .exec_without_returning(self.db())
            .await?;
        Ok(())
    }

    /// Takes the flow of this state and browser out of the store; `None` if it is unknown, expired or was taken before. A request of another browser
    /// leaves the flow in place.
    pub async fn take_flow(
        &self,
        state: &SecretString,
        browser: &SecretString,
    ) -> Result<Option<Flow>, Error> {
        let values = [
            token::hash_token(state.expose_secret()).into(),
            token::hash_token(browser.expose_secret()).into(),
            clock::now().into(),
        ];
        let take = Statement::from_sql_and_values(self.backend(), TAKE, values);
        let Some(row) = self.db().query_one_raw(take).await? else {
            return Ok(None);
        };
        let purpose = Purpose::from_db(
            row.try_get_by_index(0)?,
            row.try_get_by_index(1)?,
            row.try_get_by_index(2)?,
        )
        .ok_or_else(|| Error::internal("a flow has an unknown purpose"))?;
        Ok(Some(Flow {
            purpose,
            return_to: row.try_get_by_index(3)?,
            invite_hash: row.try_get_by_index(4)?,
            created_at: row.try_get_by_index(5)?,
        }))
    }

    /// Deletes expired flows, up to 500 in one call, and returns their number.
    pub async fn remove_expired_flows(&self) -> Result<u64, Error> {
        self.prune_rows(
            "sign_in_flows",
            "state_hash",
            "expires_at <= $1",
            clock::now(),
        )
        .await
    }
}
