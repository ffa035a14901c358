//! Invites to register: codes that operators create, each valid for one account.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use secrecy::{ExposeSecret, SecretString};

use super::Store;
use super::entity::invite;
use crate::auth::token;
use crate::clock;
use crate::error::Error;

impl Store {
    /// Stores an invite that expires at this time. The database keeps a hash of its code.
    pub async fn create_invite(
        &self,
        code: &SecretString,
        expires_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let invite = invite::ActiveModel {
            code_hash: Set(token::hash_token(code.expose_secret())),
            created_at: Set(clock::now()),
            expires_at: Set(expires_at),
        };
        invite::Entity::insert(invite)
            .exec_without_returning(self.db())
            .await?;
        Ok(())
    }

    /// Deletes expired invites, up to 500 in one call, and returns their number.
    pub async fn remove_expired_invites(&self) -> Result<u64, Error> {
        self.prune_rows("invites", "code_hash", "expires_at <= $1", clock::now())
            .await
    }
}

/// Redeems an invite within the transaction of the registration.
///
/// # Errors
///
/// `unknown_invite`, with the same message for codes that are unknown, used or expired.
pub(super) async fn redeem_invite(
    tx: &DatabaseTransaction,
    code: &SecretString,
) -> Result<(), Error> {
    redeem_hash(tx, token::hash_token(code.expose_secret().trim())).await
}

/// Redeems an invite by the hash of its code, see [`redeem`].
pub(super) async fn redeem_hash(tx: &DatabaseTransaction, hash: Vec<u8>) -> Result<(), Error> {
    let used = invite::Entity::delete_many()
        .filter(invite::Column::CodeHash.eq(hash))
        .filter(invite::Column::ExpiresAt.gt(clock::now()))
        .exec(tx)
        .await?;
    if used.rows_affected == 0 {
        return Err(Error::invalid(
            "/inviteCode",
            "unknown_invite",
            "is not a valid invite, was already used, or has expired; ask the operator for a new one",
        ));
    }
    Ok(())
}
