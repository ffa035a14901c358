//! The revision of a user's data: every write of a user takes the next one, which puts the writes of one user in a row.
//!
//! Whoever has taken it holds the lock on the user's row until the end of the transaction, so that numbers become visible in ascending order:
//! a device that has seen revision 7 will never be surprised by a 6.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Owner;
use super::entity::user;
use crate::error::{Code, Error};

/// What else a write takes from its user.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Taking {
    /// Notes that are made, or less than none that are deleted.
    pub(super) notes: i32,
    /// Labels that are made or deleted.
    pub(super) labels: i32,
    /// Positions at the top of a list: `next_position` and those after it.
    pub(super) positions: i64,
}

/// The user's row after the next revision was taken.
pub(super) async fn next(db: &impl ConnectionTrait, owner: Owner) -> Result<user::Model, Error> {
    take(db, owner, Taking::default()).await
}

/// The user's row after the next revision and more were taken.
pub(super) async fn take(
    db: &impl ConnectionTrait,
    owner: Owner,
    taking: Taking,
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
    // The account may have been deleted since it was authenticated.
    update
        .exec_with_returning(db)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::new(Code::Unauthenticated))
}

/// Takes more numbers within a transaction that has taken one.
pub(super) async fn skip(
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
