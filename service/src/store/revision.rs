//! The revision of a user's data: every write of a user takes the next one, which puts the writes of one user in a row.
//!
//! Whoever has taken it holds the lock on the user's row until the end of the transaction, so that numbers become visible in ascending order:
//! a device that has seen revision 7 will never be surprised by a 6.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Owner;
use super::entity::user;
use crate::error::{Code, Error};

/// The user's row after the revision was taken.
pub(super) async fn next(db: &impl ConnectionTrait, owner: Owner) -> Result<user::Model, Error> {
    adding(db, owner, 0, 0, false).await
}

/// The same, and counts notes and labels up or down; `at_top` takes the next position as well.
pub(super) async fn adding(
    db: &impl ConnectionTrait,
    owner: Owner,
    notes: i32,
    labels: i32,
    at_top: bool,
) -> Result<user::Model, Error> {
    let mut update = user::Entity::update_many()
        .col_expr(
            user::Column::Revision,
            Expr::col(user::Column::Revision).add(1),
        )
        .filter(user::Column::Id.eq(owner.id()));
    if notes != 0 {
        update = update.col_expr(
            user::Column::NoteCount,
            Expr::col(user::Column::NoteCount).add(notes),
        );
    }
    if labels != 0 {
        update = update.col_expr(
            user::Column::LabelCount,
            Expr::col(user::Column::LabelCount).add(labels),
        );
    }
    if at_top {
        update = update.col_expr(
            user::Column::NextPosition,
            Expr::col(user::Column::NextPosition).sub(1),
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
