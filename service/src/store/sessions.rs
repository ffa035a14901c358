//! Sessions: from the token in a browser's cookie to the user it stands for.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Statement,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::confirmed::Shown;
pub use super::confirmed::{Freshness, KEPT_FOR};
use super::entity::session;
use super::{Owner, Store};
use crate::auth::token;
use crate::clock;
use crate::domain::factor::{Factor, SignedInBy};
use crate::domain::id;
use crate::domain::scope::Scopes;
use crate::error::{Code, Error};

/// Sessions of one user; the one that was not used for longest makes room.
const MOST: u64 = 50;

/// Between two times that the last use is written down: it need not be exact, and a write for every read would be the larger part of it.
pub(super) const USE_NOTED_EVERY: TimeDelta = TimeDelta::hours(1);

/// Who asks, and by which right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The user.
    pub owner: Owner,
    /// A guest, whose account ends by itself.
    pub is_guest: bool,
    /// What the request showed.
    pub credential: Credential,
    /// Whether it is time to write down that it was used.
    pub use_is_news: bool,
}

/// What a request showed to be let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The cookie of a session.
    Session {
        /// Its identifier.
        id: Uuid,
        /// When it began.
        created_at: DateTime<Utc>,
    },
    /// An access token.
    AccessToken {
        /// Its identifier.
        id: Uuid,
        /// What it is for.
        scopes: Scopes,
    },
}

/// A session to begin.
#[derive(Debug)]
pub struct NewSession {
    /// Its token, which is the caller's to hand out.
    pub token: SecretString,
    /// How the browser called itself.
    pub user_agent: Option<String>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// A session as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identifier.
    pub id: Uuid,
    /// How the browser called itself.
    pub user_agent: Option<String>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, give or take an hour.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends, if it is not used.
    pub expires_at: DateTime<Utc>,
    /// The factors that it was signed in by.
    pub signed_in_by: SignedInBy,
}

/// Refuses a request whose session has ended since it was authenticated. A change of the password ends sessions under the lock on the user's row, so
/// that what was begun before it makes no way in after it.
pub(super) async fn require(tx: &DatabaseTransaction, owner: Owner, id: Uuid) -> Result<(), Error> {
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
    /// The user of a session's token, as far as `freshness` wants it from the database. On the way of every request: one look into two indexes,
    /// and the text of the statement is always the same.
    pub async fn session(&self, token: &str, freshness: Freshness) -> Result<Identity, Error> {
        const SQL: &str = "SELECT s.id, s.user_id, s.created_at, s.last_seen_at, u.is_guest, s.expires_at FROM sessions s \
                           JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > $2";
        let hash = token::digest(token);
        let shown = Shown::Session(hash);
        if let Some(identity) = self.confirmed.get(&shown, freshness) {
            return Ok(identity);
        }
        let (question, now) = (self.confirmed.ask(), clock::now());
        let values = [hash.to_vec().into(), now.into()];
        let found = Statement::from_sql_and_values(self.backend(), SQL, values);
        let row = self
            .db()
            .query_one_raw(found)
            .await?
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let last_seen: DateTime<Utc> = row.try_get_by_index(3)?;
        let identity = Identity {
            owner: Owner::authenticated(row.try_get_by_index(1)?),
            is_guest: row.try_get_by_index(4)?,
            credential: Credential::Session {
                id: row.try_get_by_index(0)?,
                created_at: row.try_get_by_index(2)?,
            },
            use_is_news: now - last_seen > USE_NOTED_EVERY,
        };
        let ends_at = row.try_get_by_index(5)?;
        self.confirmed
            .keep(question, shown, &identity, Some(ends_at));
        Ok(identity)
    }

    /// Writes down that a session is in use, and that it lasts until `expires_at`, but never longer than a guest does.
    pub async fn note_use_of_session(
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

    /// The user's sessions that have not ended, the one that was used last first.
    pub async fn sessions(&self, owner: Owner) -> Result<Vec<Session>, Error> {
        let rows = session::Entity::find()
            .filter(session::Column::UserId.eq(owner.id()))
            .filter(session::Column::ExpiresAt.gt(clock::now()))
            .order_by_desc(session::Column::LastSeenAt)
            .order_by_desc(session::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(Session::from).collect())
    }

    /// One session of the user.
    pub async fn own_session(&self, owner: Owner, id: Uuid) -> Result<Session, Error> {
        let row = session::Entity::find_by_id(id)
            .filter(session::Column::UserId.eq(owner.id()))
            .one(self.db())
            .await?;
        row.map(Session::from)
            .ok_or_else(|| Error::new(Code::Unauthenticated))
    }

    /// Ends one session of the user.
    pub async fn end_session(&self, owner: Owner, id: Uuid) -> Result<(), Error> {
        let _forgetting = self.confirmed.forgetting(owner);
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

    /// Ends all sessions of the user but one.
    pub async fn end_other_sessions(&self, owner: Owner, keep: Uuid) -> Result<(), Error> {
        let _forgetting = self.confirmed.forgetting(owner);
        end_others(self.db(), owner, keep).await
    }

    /// Notes that the user of a session has shown, at the provider, to be there.
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

    /// Whether the user of a session has shown so since then.
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

    /// Ends the session that a token stands for, whoever it belongs to; none is fine.
    pub async fn end_session_of_token(&self, token: &str) -> Result<(), Error> {
        let shown = Shown::Session(token::digest(token));
        let _forgetting = self.confirmed.forgetting_shown(shown);
        session::Entity::delete_many()
            .filter(session::Column::TokenHash.eq(token::hash(token)))
            .exec(self.db())
            .await?;
        Ok(())
    }
}

/// Begins a session.
pub(super) async fn begin(
    tx: &DatabaseTransaction,
    owner: Owner,
    new: &NewSession,
    signed_in_by: SignedInBy,
) -> Result<(), Error> {
    let now = clock::now();
    let session = session::ActiveModel {
        id: Set(id::new()),
        token_hash: Set(token::hash(new.token.expose_secret())),
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

/// Ends the sessions above the limit that were not used for longest.
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

/// Ends all sessions of the user but one.
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
