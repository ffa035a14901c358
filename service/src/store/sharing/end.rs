//! End of all shares of an account, when it is deleted or disabled.

use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::news::{self, Recipients};
use crate::error::Error;
use crate::store::Owner;
use crate::store::entity::{note_link, note_share, share_invitation};

/// Ends links, invitations and shares of the user's notes, and shares with the user as recipient. The caller has locked the user. Returns the
/// recipients to notify.
pub(in crate::store) async fn end_all(
    tx: &DatabaseTransaction,
    user: Owner,
) -> Result<Recipients, Error> {
    let concerned = Condition::any()
        .add(note_share::Column::UserId.eq(user.id()))
        .add(note_share::Column::RecipientId.eq(user.id()));
    let pairs: Vec<(Uuid, Uuid)> = note_share::Entity::find()
        .select_only()
        .column(note_share::Column::NoteId)
        .column(note_share::Column::RecipientId)
        .filter(concerned.clone())
        .into_tuple()
        .all(tx)
        .await?;
    if !pairs.is_empty() {
        note_share::Entity::delete_many()
            .filter(concerned)
            .exec(tx)
            .await?;
    }
    note_link::Entity::delete_many()
        .filter(note_link::Column::UserId.eq(user.id()))
        .exec(tx)
        .await?;
    share_invitation::Entity::delete_many()
        .filter(share_invitation::Column::UserId.eq(user.id()))
        .exec(tx)
        .await?;
    news::insert_notifications(tx, pairs).await
}
