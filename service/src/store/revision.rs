//! Revisions of a user's data: every write takes the next revision, which puts the writes of one user in order.
//!
//! A transaction that has taken a revision holds the lock on the user's row until its end. Revisions therefore become visible in ascending order: a
//! device that has seen revision 7 never misses a change with revision 6.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Owner;
use super::entity::user;
use crate::error::{Code, Error};

/// Additional counters that a write changes in the user's row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CounterChanges {
    /// Number of notes to add; negative for notes to delete.
    pub(super) notes: i32,
    /// Number of labels to add; negative for labels to delete.
    pub(super) labels: i32,
    /// Number of positions to take at the top of a list, from `next_position` upwards.
    pub(super) positions: i64,
}

/// Takes the next revision and returns the user's row with it.
pub(super) async fn take_next(
    db: &impl ConnectionTrait,
    owner: Owner,
) -> Result<user::Model, Error> {
    take_with_counters(db, owner, CounterChanges::default()).await
}

/// Takes the next revision and changes counters, and returns the user's row afterwards.
pub(super) async fn take_with_counters(
    db: &impl ConnectionTrait,
    owner: Owner,
    taking: CounterChanges,
) -> Result<user::Model, Error> {
    let mut update = user::Entity::update_many()
        .col_expr(
            user::Column::Revision,
            Expr::col(user::Column::Revision).add(1),
        )
        .filter(user::Column::Id.eq(owner.id()));
    if taking.notes != 0 {
        update = update.col_expr(
            user::Column::NoteCount,
            Expr::col(user::Column::NoteCount).add(taking.notes),
        );
    }
    if taking.labels != 0 {
        update = update.col_expr(
            user::Column::LabelCount,
            Expr::col(user::Column::LabelCount).add(taking.labels),
        );
    }
    if taking.positions != 0 {
        update = update.col_expr(
            user::Column::NextPosition,
            Expr::col(user::Column::NextPosition).sub(taking.positions),
        );
    }
    // The account may have been deleted since the request was authenticated.
    update
        .exec_with_returning(db)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::new(Code::Unauthenticated))
}

/// Takes further revisions in a transaction that has taken one.
pub(super) async fn skip_revisions(
    db: &impl ConnectionTrait,
    owner: Owner,
    numbers: i64,
) -> Result<(), Error> {
    user::Entity::update_many()
        .col_expr(
            user::Column::Revision,
            Expr::col(user::Column::Revision).add(numbers),
        )
        .filter(user::Column::Id.eq(owner.id()))
        .exec(db)
        .await?;
    Ok(())
}
