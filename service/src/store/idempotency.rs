//! Idempotency keys, by which a request that is sent twice creates one resource.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, TryInsertResult,
};
use uuid::Uuid;

use super::Owner;
use super::entity::idempotency_key as keys;
use crate::clock;
use crate::error::{Code, Error};

/// Time for which a key is remembered. After it, the same key creates another resource.
pub const LIFETIME: TimeDelta = TimeDelta::hours(24);

/// Returns the resource that a key has created, if the same request used it before.
///
/// # Errors
///
/// `idempotency_key_reused` if another request used it.
pub(super) async fn find_resource(
    db: &impl ConnectionTrait,
    owner: Owner,
    key: &str,
    request_hash: &[u8],
) -> Result<Option<Uuid>, Error> {
    let found = keys::Entity::find_by_id((owner.id(), key.to_owned()))
        .filter(keys::Column::CreatedAt.gte(clock::now() - LIFETIME))
        .one(db)
        .await?;
    found
        .map(|before| require_same_request(&before, request_hash))
        .transpose()
}

/// Returns the resource that a key has created, unless another request used the key.
fn require_same_request(before: &keys::Model, request_hash: &[u8]) -> Result<Uuid, Error> {
    if before.request_hash == request_hash {
        return Ok(before.resource_id);
    }
    Err(Error::new(Code::IdempotencyKeyReused)
        .detail("this key was used for another request in the last 24 hours; use a new key"))
}

/// Claims a key for a resource that is about to be created. Returns the resource of an earlier request with the same key, if any.
///
/// The caller has taken the user's next revision, so that two requests with the same key cannot run this at the same time.
pub(super) async fn claim_key(
    tx: &DatabaseTransaction,
    owner: Owner,
    key: &str,
    request_hash: &[u8],
    id: Uuid,
) -> Result<Option<Uuid>, Error> {
    let now = clock::now();
    keys::Entity::delete_many()
        .filter(keys::Column::UserId.eq(owner.id()))
        .filter(keys::Column::Key.eq(key))
        .filter(keys::Column::CreatedAt.lt(now - LIFETIME))
        .exec(tx)
        .await?;
    let row = keys::ActiveModel {
        user_id: Set(owner.id()),
        key: Set(key.to_owned()),
        request_hash: Set(request_hash.to_vec()),
        resource_id: Set(id),
        created_at: Set(now),
    };
    let inserted = keys::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([keys::Column::UserId, keys::Column::Key])
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(tx)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(1..)) {
        return Ok(None);
    }
    let before = keys::Entity::find_by_id((owner.id(), key.to_owned()))
        .one(tx)
        .await?
        .ok_or_else(|| Error::internal("a key that conflicts is not there"))?;
    require_same_request(&before, request_hash).map(Some)
}
