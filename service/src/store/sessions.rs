//! Sessions and access tokens: from a secret to the user it stands for.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::entity::{access_token, session, user};
use super::{Owner, Store};
use crate::clock;
use crate::domain::id;
use crate::error::{Code, Error};

/// Who asks, and by which right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The user.
    pub owner: Owner,
    /// Whether the user is a guest.
    pub is_guest: bool,
    /// What the request showed.
    pub credential: Credential,
}

/// What a request showed to be let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The cookie of a session with this identifier.
    Session(Uuid),
    /// An access token with this identifier.
    AccessToken {
        /// Its identifier.
        id: Uuid,
        /// Whether it may do more than read.
        can_write: bool,
    },
}

/// What is kept of a token: nobody who reads the database can use it.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

impl Store {
    /// The user of a session's token.
    pub async fn session(&self, token: &str) -> Result<Identity, Error> {
        let now = clock::now();
        let (session, user) = session::Entity::find()
            .filter(session::Column::TokenHash.eq(token_hash(token)))
            .filter(session::Column::ExpiresAt.gt(now))
            .find_also_related(user::Entity)
            .one(self.db())
            .await?
            .and_then(|(session, user)| Some((session, user?)))
            .filter(|(_, user)| user.expires_at.is_none_or(|end| end > now))
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        Ok(Identity {
            owner: Owner::authenticated(user.id),
            is_guest: user.is_guest,
            credential: Credential::Session(session.id),
        })
    }

    /// The user of an access token.
    pub async fn access_token(&self, token: &str) -> Result<Identity, Error> {
        let now = clock::now();
        let (token, user) = access_token::Entity::find()
            .filter(access_token::Column::TokenHash.eq(token_hash(token)))
            .find_also_related(user::Entity)
            .one(self.db())
            .await?
            .and_then(|(token, user)| Some((token, user?)))
            .filter(|(token, _)| token.expires_at.is_none_or(|end| end > now))
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        Ok(Identity {
            owner: Owner::authenticated(user.id),
            is_guest: user.is_guest,
            credential: Credential::AccessToken {
                id: token.id,
                can_write: token.can_write,
            },
        })
    }

    /// Begins a session of the user that ends at a time; the token is the caller's to hand out.
    pub async fn begin_session(
        &self,
        owner: Owner,
        token: &str,
        user_agent: Option<String>,
        expires_at: chrono::DateTime<chrono::Utc>,
    ) -> Result<Uuid, Error> {
        let now = clock::now();
        let id = id::new();
        let session = session::ActiveModel {
            id: Set(id),
            token_hash: Set(token_hash(token)),
            user_id: Set(owner.id()),
            user_agent: Set(user_agent),
            created_at: Set(now),
            last_seen_at: Set(now),
            expires_at: Set(expires_at),
        };
        session::Entity::insert(session)
            .exec_without_returning(self.db())
            .await?;
        Ok(id)
    }
}
