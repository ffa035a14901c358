//! Access tokens, by which programs of a user authenticate to the API.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Statement,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::confirmed::{CredentialHash, Freshness};
use super::entity::access_token;
use super::sessions::{Credential, Identity, USE_NOTED_EVERY};
use super::users::{self, Credentials};
use super::{Owner, Store};
use crate::auth::token;
use crate::clock;
use crate::domain::id;
use crate::domain::scope::Scopes;
use crate::error::{Code, Error};

/// Maximum number of access tokens of one user, including expired ones.
pub const MOST: u64 = 50;

/// The scopes to give to a new access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All scopes that permit no changes, including those that later releases add.
    Read,
    /// All scopes, including those that later releases add.
    Write,
    /// Exactly these scopes.
    Only(Scopes),
}

/// An access token as its user sees it; the token itself is shown only once, when it is created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Identifier of the access token, a UUID of version 7.
    pub id: Uuid,
    /// Name that the user gave to the token, to recognise the program that uses it.
    pub name: String,
    /// Scopes of the token, which limit it to parts of the API.
    pub scopes: Scopes,
    /// Time at which the token was created; tokens are never renewed.
    pub created_at: DateTime<Utc>,
    /// Time of the last use, accurate to about an hour; `None` for a token that was never used.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Time at which the token expires; `None` for a token without expiry from a release that permitted these.
    pub expires_at: Option<DateTime<Utc>>,
}

/// An access token to create, with its secret and its limits.
#[derive(Debug)]
pub struct NewAccessToken {
    /// The token, which the caller generates and returns to the user; the database stores its hash.
    pub token: SecretString,
    /// Name that the user gives to the token, to recognise the program that uses it.
    pub name: String,
    /// Scopes of the token: a fixed set, or all of a kind including later ones.
    pub scope: Scope,
    /// Time at which the token expires. Every new token has an expiry.
    pub expires_at: DateTime<Utc>,
}

impl Store {
    /// Returns the identity for an access token, from memory or with one index lookup, as for a session.
    ///
    /// # Errors
    ///
    /// `unauthenticated` for a token that is malformed, unknown or expired.
    pub async fn authenticate_access_token(
        &self,
        token: &str,
        freshness: Freshness,
    ) -> Result<Identity, Error> {
        const SQL: &str = "SELECT id, user_id, can_write, last_used_at, scopes, expires_at FROM access_tokens \
                           WHERE token_hash = $1 AND (expires_at IS NULL OR expires_at > $2)";
        let unknown = || Error::new(Code::Unauthenticated);
        if !token::is_access_token(token) {
            return Err(unknown());
        }
        let hash = token::digest_token(token);
        let shown = CredentialHash::AccessToken(hash);
        if let Some(identity) = self.confirmed.get_identity(&shown, freshness) {
            return Ok(identity);
        }
        let (question, now) = (self.confirmed.start_query(), clock::now());
        let values = [hash.to_vec().into(), now.into()];
        let found = Statement::from_sql_and_values(self.backend(), SQL, values);
        let row = self.db().query_one_raw(found).await?.ok_or_else(unknown)?;
        let last_used: Option<DateTime<Utc>> = row.try_get_by_index(3)?;
        let words: Option<String> = row.try_get_by_index(4)?;
        let identity = Identity {
            owner: Owner::from_authenticated(row.try_get_by_index(1)?),
            // Guests cannot create access tokens.
            is_guest: false,
            credential: Credential::AccessToken {
                id: row.try_get_by_index(0)?,
                scopes: parse_scopes(row.try_get_by_index(2)?, words.as_deref()),
            },
            should_record_use: last_used.is_none_or(|last_used| now - last_used > USE_NOTED_EVERY),
        };
        let ends_at = row.try_get_by_index(5)?;
        self.confirmed
            .store_identity(question, shown, &identity, ends_at);
        Ok(identity)
    }

    /// Records the use of an access token, at most once an hour.
    pub async fn record_access_token_use(&self, id: Uuid) -> Result<(), Error> {
        const SQL: &str = "UPDATE access_tokens SET last_used_at = $1 \
                           WHERE id = $2 AND (last_used_at IS NULL OR last_used_at < $3)";
        let now = clock::now();
        let values = [now.into(), id.into(), (now - USE_NOTED_EVERY).into()];
        let noted = Statement::from_sql_and_values(self.backend(), SQL, values);
        self.db().execute_raw(noted).await?;
        Ok(())
    }

    /// Returns the access tokens of the user, newest first, including expired ones, so that the user can see why a program fails.
    pub async fn access_tokens(&self, owner: Owner) -> Result<Vec<AccessToken>, Error> {
        let rows = access_token::Entity::find()
            .filter(access_token::Column::UserId.eq(owner.id()))
            .order_by_desc(access_token::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(AccessToken::from).collect())
    }

    /// Creates an access token, after the caller has checked the password in `checked`.
    ///
    /// # Errors
    ///
    /// `guest_not_allowed` for guests, `limit_reached` at [`MOST`] tokens, and `unauthenticated` for a disabled account.
    pub async fn create_access_token(
        &self,
        owner: Owner,
        checked: &Credentials,
        new: NewAccessToken,
    ) -> Result<AccessToken, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        // The lock makes the count of tokens reliable.
        let user = users::lock_checked(&tx, owner, checked).await?;
        if user.disabled_at.is_some() {
            return Err(Error::new(Code::Unauthenticated));
        }
        if user.is_guest {
            return Err(Error::new(Code::GuestNotAllowed)
                .detail("guests cannot have access tokens; register first"));
        }
        let present = access_token::Entity::find()
            .filter(access_token::Column::UserId.eq(owner.id()))
            .count(&tx)
            .await?;
        if present >= MOST {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "an account can have at most {MOST} access tokens; delete one first"
            )));
        }
        let row = access_token::ActiveModel {
            id: Set(id::new()),
            token_hash: Set(token::hash_token(new.token.expose_secret())),
            user_id: Set(owner.id()),
            name: Set(new.name),
            // Releases that know no scopes treat a token with chosen scopes as read-only.
            can_write: Set(new.scope == Scope::Write),
            scopes: Set(match new.scope {
                Scope::Read | Scope::Write => None,
                Scope::Only(scopes) => Some(scopes.to_string()),
            }),
            created_at: Set(clock::now()),
            last_used_at: Set(None),
            expires_at: Set(Some(new.expires_at)),
        };
        let row = access_token::Entity::insert(row)
            .exec_with_returning(&tx)
            .await?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Deletes an access token of the user. Requests with it fail from now on.
    pub async fn delete_access_token(&self, owner: Owner, id: Uuid) -> Result<(), Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let deleted = access_token::Entity::delete_many()
            .filter(access_token::Column::Id.eq(id))
            .filter(access_token::Column::UserId.eq(owner.id()))
            .exec(self.db())
            .await?;
        if deleted.rows_affected == 0 {
            return Err(Error::not_found("access token"));
        }
        Ok(())
    }
}

/// Deletes all access tokens of the user.
pub(super) async fn end_all(db: &impl ConnectionTrait, owner: Owner) -> Result<(), Error> {
    access_token::Entity::delete_many()
        .filter(access_token::Column::UserId.eq(owner.id()))
        .exec(db)
        .await?;
    Ok(())
}

/// Returns the scopes of a row. A row without a list of scopes has all of them, or all that permit no changes.
fn parse_scopes(can_write: bool, words: Option<&str>) -> Scopes {
    match (words, can_write) {
        (Some(words), _) => Scopes::parse(words),
        (None, true) => Scopes::all(),
        (None, false) => Scopes::read_only(),
    }
}

impl From<access_token::Model> for AccessToken {
    fn from(row: access_token::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            scopes: parse_scopes(row.can_write, row.scopes.as_deref()),
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}
