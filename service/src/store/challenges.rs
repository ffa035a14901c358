//! What is under way for minutes, and whatever replica ends it: sign-ins that wait for a second factor, and ceremonies of passkeys. Each is used
//! once.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entity::challenge;
use super::{Owner, Store};
use crate::auth::token;
use crate::clock;
use crate::error::Error;

/// Time in which somebody finds a phone, reads a code or touches a key.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// Purpose of a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The second step of a sign-in.
    SecondStep,
    /// A new passkey.
    NewPasskey,
    /// Signing in by a passkey alone.
    PasskeySignIn,
    /// A passkey as second factor.
    PasskeySecondStep,
}

impl Purpose {
    pub(super) fn to_db(self) -> i16 {
        match self {
            Self::SecondStep => 0,
            Self::NewPasskey => 1,
            Self::PasskeySignIn => 2,
            Self::PasskeySecondStep => 3,
        }
    }
}

/// A ceremony of a passkey to keep until its answer comes.
#[derive(Debug)]
pub struct NewCeremony<'a> {
    /// Purpose of it.
    pub purpose: Purpose,
    /// The challenge that the authenticator signs, by which the ceremony is found again.
    pub challenge: &'a [u8],
    /// The user it is for, if that is known.
    pub owner: Option<Owner>,
    /// The session that asked for it.
    pub session: Option<Uuid>,
    /// The state of the library.
    pub state: String,
}

impl Store {
    /// Keeps a ceremony until its answer comes. The one that the same session has begun before for the same purpose is given up.
    pub async fn keep_ceremony(&self, new: NewCeremony<'_>) -> Result<(), Error> {
        if let Some(session) = new.session {
            challenge::Entity::delete_many()
                .filter(challenge::Column::SessionId.eq(session))
                .filter(challenge::Column::UserId.eq(new.owner.map(Owner::id)))
                .filter(challenge::Column::Purpose.eq(new.purpose.to_db()))
                .exec(self.db())
                .await?;
        }
        let row = challenge::ActiveModel {
            key_hash: Set(key(new.challenge)),
            user_id: Set(new.owner.map(Owner::id)),
            session_id: Set(new.session),
            state: Set(Some(new.state)),
            ..fresh(new.purpose)
        };
        challenge::Entity::insert(row)
            .exec_without_returning(self.db())
            .await?;
        Ok(())
    }

    /// Takes the state of the ceremony with this challenge: who takes it second finds none. It is one of this user and this session, if any.
    pub async fn take_ceremony(
        &self,
        purpose: Purpose,
        challenge: &[u8],
        owner: Option<Owner>,
        session: Option<Uuid>,
    ) -> Result<String, Error> {
        let unknown = || {
            Error::invalid(
                "/credential",
                "unknown_challenge",
                "answers no challenge of this service that is under way; ask for the options again",
            )
        };
        let found = find(self.db(), purpose, key(challenge))
            .await?
            .filter(|row| row.user_id == owner.map(Owner::id))
            .filter(|row| row.session_id == session)
            .ok_or_else(unknown)?;
        let taken = challenge::Entity::delete_by_id(found.key_hash)
            .exec(self.db())
            .await?;
        if taken.rows_affected == 0 {
            return Err(unknown());
        }
        found.state.ok_or_else(unknown)
    }

    /// Deletes challenges that nobody has answered in time.
    pub async fn remove_expired_challenges(&self) -> Result<u64, Error> {
        self.prune("challenges", "key_hash", "expires_at <= $1", clock::now())
            .await
    }
}

/// A row for this purpose, which begins now.
pub(super) fn fresh(purpose: Purpose) -> challenge::ActiveModel {
    let now = clock::now();
    challenge::ActiveModel {
        key_hash: NotSet,
        purpose: Set(purpose.to_db()),
        user_id: Set(None),
        session_id: Set(None),
        first_factor: Set(None),
        attempts: Set(0),
        state: Set(None),
        created_at: Set(now),
        expires_at: Set(end(now)),
    }
}

/// The end of what begins now.
fn end(now: DateTime<Utc>) -> DateTime<Utc> {
    now + LIFETIME
}

/// The row with this key, if it has not ended.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    purpose: Purpose,
    key_hash: Vec<u8>,
) -> Result<Option<challenge::Model>, Error> {
    Ok(challenge::Entity::find_by_id(key_hash)
        .filter(challenge::Column::Purpose.eq(purpose.to_db()))
        .filter(challenge::Column::ExpiresAt.gt(clock::now()))
        .one(db)
        .await?)
}

/// Gives up everything that is under way for a user: it began with a password or with factors that are others now.
pub(super) async fn end_all(db: &impl ConnectionTrait, owner: Owner) -> Result<(), Error> {
    challenge::Entity::delete_many()
        .filter(challenge::Column::UserId.eq(owner.id()))
        .exec(db)
        .await?;
    Ok(())
}

/// The key of a challenge, which is random.
fn key(challenge: &[u8]) -> Vec<u8> {
    token::hash_bytes(challenge)
}
