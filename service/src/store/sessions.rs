//! Sessions of browsers, which connect the token in a cookie with its user.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Statement,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::confirmed::CredentialHash;
pub use super::confirmed::{Freshness, KEPT_FOR};
use super::entity::session;
use super::{Owner, Store};
use crate::auth::token;
use crate::clock;
use crate::domain::factor::{Factor, SignedInBy};
use crate::domain::id;
use crate::domain::scope::Scopes;
use crate::error::{Code, Error};

/// Maximum number of sessions of one user. Above it, the least recently used session ends.
const MOST: u64 = 50;

/// Interval at which the last use of a session or access token is recorded. It need not be exact; a write per read would cost more than the read.
pub(super) const USE_NOTED_EVERY: TimeDelta = TimeDelta::hours(1);

/// The authenticated user of a request, and the credential that proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The user whose data the request may access, within the limits of the credential.
    pub owner: Owner,
    /// True for a guest, whose account expires; false for access tokens, which guests cannot have.
    pub is_guest: bool,
    /// The credential that the request presented, with the facts that permissions depend on.
    pub credential: Credential,
    /// True if the use of the credential is due to be recorded.
    pub should_record_use: bool,
}

/// The credential of a request: a session in a browser, or an access token of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A session cookie of a browser.
    Session {
        /// Identifier of the session.
        id: Uuid,
        /// Time at which the session began.
        created_at: DateTime<Utc>,
    },
    /// An access token of a program.
    AccessToken {
        /// Identifier of the access token.
        id: Uuid,
        /// Scopes of the token.
        scopes: Scopes,
    },
}

/// A session to create for a user who has proved their identity.
#[derive(Debug)]
pub struct NewSession {
    /// Token of the session, which the caller generates and sends as a cookie; the database stores its hash.
    pub token: SecretString,
    /// Value of the `User-Agent` header, if the browser sent one.
    pub user_agent: Option<String>,
    /// Time at which the session expires unless it is used.
    pub expires_at: DateTime<Utc>,
}

/// A session as its user sees it in the list of signed-in devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Identifier of the session, a UUID of version 7.
    pub id: Uuid,
    /// Value of the `User-Agent` header, if the browser sent one.
    pub user_agent: Option<String>,
    /// Time at which the session began, that is, of the sign-in.
    pub created_at: DateTime<Utc>,
    /// Time of the last use, accurate to about an hour.
    pub last_seen_at: DateTime<Utc>,
    /// Time at which the session expires unless it is used.
    pub expires_at: DateTime<Utc>,
    /// The factors by which the session was opened; none for guests.
    pub signed_in_by: SignedInBy,
}

/// Checks that a session has not ended since the request was authenticated. A change of the password ends sessions under the lock on the user's row,
/// so that a request from before it cannot add a way to sign in afterwards.
///
/// # Errors
///
/// `unauthenticated` if the session has ended.
pub(super) async fn require_session(
    tx: &DatabaseTransaction,
    owner: Owner,
    id: Uuid,
) -> Result<(), Error> {
    let found = session::Entity::find_by_id(id)
        .filter(session::Column::UserId.eq(owner.id()))
        .filter(session::Column::ExpiresAt.gt(clock::now()))
        .one(tx)
        .await?;
    found
        .map(drop)
        .ok_or_else(|| Error::new(Code::Unauthenticated))
}

impl Store {
    /// Returns the identity for the token of a session, from memory if `freshness` permits. It runs on every request: one lookup in two indexes, with
    /// a constant statement that stays prepared.
    ///
    /// # Errors
    ///
    /// `unauthenticated` for a token that is unknown or whose session has ended.
    pub async fn authenticate_session(
        &self,
        token: &str,
        freshness: Freshness,
    ) -> Result<Identity, Error> {
        const SQL: &str = "SELECT s.id, s.user_id, s.created_at, s.last_seen_at, u.is_guest, s.expires_at FROM sessions s \
                           JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > $2";
        let hash = token::digest_token(token);
        let shown = CredentialHash::Session(hash);
        if let Some(identity) = self.confirmed.get_identity(&shown, freshness) {
            return Ok(identity);
        }
        let (question, now) = (self.confirmed.start_query(), clock::now());
        let values = [hash.to_vec().into(), now.into()];
        let found = Statement::from_sql_and_values(self.backend(), SQL, values);
        let row = self
            .db()
            .query_one_raw(found)
            .await?
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let last_seen: DateTime<Utc> = row.try_get_by_index(3)?;
        let identity = Identity {
            owner: Owner::from_authenticated(row.try_get_by_index(1)?),
            is_guest: row.try_get_by_index(4)?,
            credential: Credential::Session {
                id: row.try_get_by_index(0)?,
                created_at: row.try_get_by_index(2)?,
            },
            should_record_use: now - last_seen > USE_NOTED_EVERY,
        };
        let ends_at = row.try_get_by_index(5)?;
        self.confirmed
            .store_identity(question, shown, &identity, Some(ends_at));
        Ok(identity)
    }

    /// Records the use of a session, at most once an hour, and extends it to `expires_at`, or to the expiry of a guest account.
    pub async fn record_session_use(
        &self,
        id: Uuid,
        expires_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        const SQL: &str = "UPDATE sessions SET last_seen_at = $1, expires_at = \
                           COALESCE((SELECT users.expires_at FROM users WHERE users.id = sessions.user_id), $2) \
                           WHERE id = $3 AND last_seen_at < $4";
        let now = clock::now();
        let values = [
            now.into(),
            expires_at.into(),
            id.into(),
            (now - USE_NOTED_EVERY).into(),
        ];
        let noted = Statement::from_sql_and_values(self.backend(), SQL, values);
        self.db().execute_raw(noted).await?;
        Ok(())
    }

    /// Returns the active sessions of the user, the most recently used first.
    pub async fn list_sessions(&self, owner: Owner) -> Result<Vec<Session>, Error> {
        let rows = session::Entity::find()
            .filter(session::Column::UserId.eq(owner.id()))
            .filter(session::Column::ExpiresAt.gt(clock::now()))
            .order_by_desc(session::Column::LastSeenAt)
            .order_by_desc(session::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(Session::from).collect())
    }

    /// Returns one session of the user.
    ///
    /// # Errors
    ///
    /// `unauthenticated` for a session that does not exist or belongs to another user.
    pub async fn own_session(&self, owner: Owner, id: Uuid) -> Result<Session, Error> {
        let row = session::Entity::find_by_id(id)
            .filter(session::Column::UserId.eq(owner.id()))
            .one(self.db())
            .await?;
        row.map(Session::from)
            .ok_or_else(|| Error::new(Code::Unauthenticated))
    }

    /// Ends one session of the user.
    ///
    /// # Errors
    ///
    /// `not_found` for a session that does not exist or belongs to another user.
    pub async fn end_session(&self, owner: Owner, id: Uuid) -> Result<(), Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let ended = session::Entity::delete_many()
            .filter(session::Column::Id.eq(id))
            .filter(session::Column::UserId.eq(owner.id()))
            .exec(self.db())
            .await?;
        if ended.rows_affected == 0 {
            return Err(Error::not_found("session"));
        }
        Ok(())
    }

    /// Ends all sessions of the user except `keep`, usually the one of the request.
    pub async fn end_other_sessions(&self, owner: Owner, keep: Uuid) -> Result<(), Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        end_others(self.db(), owner, keep).await
    }

    /// Records that the user of a session has confirmed their presence at the identity provider.
    pub async fn confirm_session(&self, owner: Owner, id: Uuid) -> Result<(), Error> {
        let confirmed = session::Entity::update_many()
            .col_expr(session::Column::ConfirmedAt, Expr::value(clock::now()))
            .filter(session::Column::Id.eq(id))
            .filter(session::Column::UserId.eq(owner.id()))
            .exec(self.db())
            .await?;
        if confirmed.rows_affected == 0 {
            return Err(Error::new(Code::Unauthenticated));
        }
        Ok(())
    }

    /// Returns true if the user of a session has confirmed their presence at the identity provider since that time.
    pub async fn is_confirmed_since(
        &self,
        owner: Owner,
        id: Uuid,
        since: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let found = session::Entity::find_by_id(id)
            .filter(session::Column::UserId.eq(owner.id()))
            .filter(session::Column::ConfirmedAt.gte(since))
            .one(self.db())
            .await?;
        Ok(found.is_some())
    }

    /// Ends the session with this token. Succeeds also without such a session.
    pub async fn end_session_of_token(&self, token: &str) -> Result<(), Error> {
        let shown = CredentialHash::Session(token::digest_token(token));
        let _forgetting = self.confirmed.invalidate_on_drop(shown);
        session::Entity::delete_many()
            .filter(session::Column::TokenHash.eq(token::hash_token(token)))
            .exec(self.db())
            .await?;
        Ok(())
    }
}

/// Creates a session of the user.
pub(super) async fn begin_session(
    tx: &DatabaseTransaction,
    owner: Owner,
    new: &NewSession,
    signed_in_by: SignedInBy,
) -> Result<(), Error> {
    let now = clock::now();
    let session = session::ActiveModel {
        id: Set(id::new()),
        token_hash: Set(token::hash_token(new.token.expose_secret())),
        user_id: Set(owner.id()),
        user_agent: Set(new.user_agent.clone()),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(new.expires_at),
        first_factor: Set(signed_in_by.first.map(Factor::to_db)),
        second_factor: Set(signed_in_by.second.map(Factor::to_db)),
        confirmed_at: Set(None),
    };
    session::Entity::insert(session)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Ends the least recently used sessions above [`MOST`].
pub(super) async fn end_oldest(tx: &DatabaseTransaction, owner: Owner) -> Result<(), Error> {
    let newest = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::UserId.eq(owner.id()))
        .order_by_desc(session::Column::LastSeenAt)
        .order_by_desc(session::Column::Id)
        .limit(MOST)
        .into_query();
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(owner.id()))
        .filter(session::Column::Id.not_in_subquery(newest))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends all sessions of the user except `keep`.
pub(super) async fn end_others(
    db: &impl ConnectionTrait,
    owner: Owner,
    keep: Uuid,
) -> Result<(), Error> {
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(owner.id()))
        .filter(session::Column::Id.ne(keep))
        .exec(db)
        .await?;
    Ok(())
}

impl From<session::Model> for Session {
    fn from(row: session::Model) -> Self {
        Self {
            id: row.id,
            user_agent: row.user_agent,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            expires_at: row.expires_at,
            signed_in_by: SignedInBy {
                first: row.first_factor.and_then(Factor::from_db),
                second: row.second_factor.and_then(Factor::from_db),
            },
        }
    }
}
