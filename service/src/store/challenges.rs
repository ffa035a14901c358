//! Challenges: short-lived state that any replica can complete, for sign-ins that wait for a second factor and for passkey (WebAuthn) ceremonies.
//! Each is used once.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entity::challenge;
use super::{Owner, Store};
use crate::auth::token;
use crate::clock;
use crate::error::Error;

/// Lifetime of a challenge: enough to find a phone, read a code or touch a security key.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// The purpose of a challenge. One that was created for another purpose is not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Second step of a sign-in.
    SecondStep,
    /// Registration of a new passkey.
    NewPasskey,
    /// Sign-in by a passkey alone.
    PasskeySignIn,
    /// Passkey as the second factor of a sign-in.
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

/// A passkey ceremony to store until the response of the authenticator arrives.
#[derive(Debug)]
pub struct NewCeremony<'a> {
    /// Purpose of the ceremony, which its completion must state as well.
    pub purpose: Purpose,
    /// Challenge that the authenticator signs; the key under which the ceremony is stored.
    pub challenge: &'a [u8],
    /// User of the ceremony; `None` for a sign-in by a passkey, which reveals the user at its end.
    pub owner: Option<Owner>,
    /// Session that began the ceremony, which must also complete it; `None` for sign-ins.
    pub session: Option<Uuid>,
    /// Serialized state of the WebAuthn library, needed to verify the response.
    pub state: String,
}

impl Store {
    /// Stores a ceremony until the response arrives. It replaces an earlier ceremony of the same session for the same purpose.
    pub async fn store_ceremony(&self, new: NewCeremony<'_>) -> Result<(), Error> {
        if let Some(session) = new.session {
            challenge::Entity::delete_many()
                .filter(challenge::Column::SessionId.eq(session))
                .filter(challenge::Column::UserId.eq(new.owner.map(Owner::id)))
                .filter(challenge::Column::Purpose.eq(new.purpose.to_db()))
                .exec(self.db())
                .await?;
        }
        let row = challenge::ActiveModel {
            key_hash: Set(hash_challenge(new.challenge)),
            user_id: Set(new.owner.map(Owner::id)),
            session_id: Set(new.session),
            state: Set(Some(new.state)),
            ..new_row(new.purpose)
        };
        challenge::Entity::insert(row)
            .exec_without_returning(self.db())
            .await?;
        Ok(())
    }

    /// Takes the state of the ceremony with this challenge out of the store, so that a second call finds none. User and session must be those that
    /// began it.
    ///
    /// # Errors
    ///
    /// `unknown_challenge` for a ceremony that is unknown, expired or was taken before.
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
                "matches no pending challenge of this service; request new options",
            )
        };
        let found = find_challenge(self.db(), purpose, hash_challenge(challenge))
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

    /// Deletes expired challenges, up to 500 in one call, and returns their number.
    pub async fn remove_expired_challenges(&self) -> Result<u64, Error> {
        self.prune_rows("challenges", "key_hash", "expires_at <= $1", clock::now())
            .await
    }
}

/// Creates a row for this purpose, with a lifetime that starts now.
pub(super) fn new_row(purpose: Purpose) -> challenge::ActiveModel {
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
        expires_at: Set(expiry_from(now)),
    }
}

/// Returns the expiry of a challenge that starts at this time.
fn expiry_from(now: DateTime<Utc>) -> DateTime<Utc> {
    now + LIFETIME
}

/// Returns the unexpired row with this key and purpose.
pub(super) async fn find_challenge(
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

/// Deletes all challenges of a user, because the password or factors that they began with have changed.
pub(super) async fn end_all(db: &impl ConnectionTrait, owner: Owner) -> Result<(), Error> {
    challenge::Entity::delete_many()
        .filter(challenge::Column::UserId.eq(owner.id()))
        .exec(db)
        .await?;
    Ok(())
}

/// Returns the key of a challenge. A plain hash is enough, because challenges are random.
fn hash_challenge(challenge: &[u8]) -> Vec<u8> {
    token::hash_bytes(challenge)
}
