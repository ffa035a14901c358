//! Sign-ins at a provider that are under way: from the moment a browser is sent there until it comes back.
//!
//! Of the parameter `state` and of the browser's cookie only hashes are kept; what the provider is asked with is made of both, so that nobody who
//! reads the table can finish a sign-in.

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

/// Time to sign in at the provider.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// Takes a flow of this state and browser, once.
const TAKE: &str = "\
    DELETE FROM sign_in_flows WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > $3 \
    RETURNING purpose, user_id, session_id, return_to, invite_hash, created_at";

/// What a sign-in at the provider is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A session.
    SignIn,
    /// Another way into the account of this session.
    Link {
        /// The user.
        user: Uuid,
        /// The session.
        session: Uuid,
    },
    /// Proof that the user of this session is there, in place of a password.
    Confirm {
        /// The user.
        user: Uuid,
        /// The session.
        session: Uuid,
    },
}

/// A flow to begin.
#[derive(Debug)]
pub struct NewFlow<'a> {
    /// The parameter that comes back.
    pub state: &'a SecretString,
    /// The cookie of the browser that began.
    pub browser: &'a SecretString,
    /// What it is for.
    pub purpose: Purpose,
    /// The path of the page to go on with.
    pub return_to: &'a str,
    /// The code of an invite to register with.
    pub invite: Option<&'a SecretString>,
}

/// A flow that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// What it is for.
    pub purpose: Purpose,
    /// The path of the page to go on with.
    pub return_to: String,
    /// The hash of the invite's code.
    pub invite_hash: Option<Vec<u8>>,
    /// When it was begun.
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
    /// Keeps a flow for as long as a sign-in may take.
    pub async fn begin_flow(&self, new: NewFlow<'_>) -> Result<(), Error> {
        let now = clock::now();
        let (purpose, user_id, session_id) = new.purpose.to_db();
        let hash = |secret: &SecretString| token::hash(secret.expose_secret());
        let flow = sign_in_flow::ActiveModel {
            state_hash: Set(hash(new.state)),
            browser_hash: Set(hash(new.browser)),
            purpose: Set(purpose),
            user_id: Set(user_id),
            session_id: Set(session_id),
            return_to: Set(new.return_to.to_owned()),
            invite_hash: Set(new
                .invite
                .map(|code| token::hash(code.expose_secret().trim()))),
            created_at: Set(now),
            expires_at: Set(now + LIFETIME),
        };
        sign_in_flow::Entity::insert(flow)
            .exec_without_returning(self.db())
            .await?;
        Ok(())
    }

    /// Takes the flow of this state and browser; nothing, if there is none, if it is too old, or if it was taken before. Another browser takes
    /// nothing, and leaves it.
    pub async fn take_flow(
        &self,
        state: &SecretString,
        browser: &SecretString,
    ) -> Result<Option<Flow>, Error> {
        let values = [
            token::hash(state.expose_secret()).into(),
            token::hash(browser.expose_secret()).into(),
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

    /// Deletes flows whose browser did not come back in time.
    pub async fn remove_expired_flows(&self) -> Result<u64, Error> {
        self.prune(
            "sign_in_flows",
            "state_hash",
            "expires_at <= $1",
            clock::now(),
        )
        .await
    }
}
