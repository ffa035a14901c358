//! Making notes.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::clock;
use crate::domain::note::{NewNote, Note};
use crate::domain::{id, position};
use crate::error::{Code, Error};
use crate::store::entity::{label, note, note_label};
use crate::store::{Owner, Store, revision};

impl Store {
    /// Makes a note at the top of the active ones.
    pub async fn create_note(&self, owner: Owner, new: NewNote) -> Result<Note, Error> {
        let tx = self.write().await?;
        let user = revision::adding(&tx, owner, 1, 0, true).await?;
        let limits = self.limits();
        let most = if user.is_guest {
            limits.guest_notes
        } else {
            limits.notes
        };
        if i64::from(user.note_count) > i64::from(most) {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "this account holds at most {most} notes, those in the trash included; delete some for good first"
            )));
        }
        let now = clock::now();
        let id = id::new();
        let row = note::ActiveModel {
            id: Set(id),
            user_id: Set(owner.id()),
            place: Set(0),
            trashed_from: Set(None),
            trashed_at: Set(None),
            pin_rank: Set(i16::from(!new.pinned)),
            position: Set(position::of_counter(user.next_position)),
            title: Set(new.title),
            content: Set(new.content),
            color: Set(new.color.as_str().to_owned()),
            reminder_at: Set(new.reminder_at),
            reminder_fired_at: Set(None),
            version: Set(1),
            change_seq: Set(user.revision),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let row = note::Entity::insert(row).exec_with_returning(&tx).await?;
        let label_ids = put_labels(&tx, owner, id, new.label_ids).await?;
        tx.commit().await?;
        Ok(super::read::of_row(row, label_ids))
    }
}

/// Puts labels on a note that carries none; all must be the user's.
pub(super) async fn put_labels(
    tx: &DatabaseTransaction,
    owner: Owner,
    note_id: Uuid,
    mut ids: Vec<Uuid>,
) -> Result<Vec<Uuid>, Error> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(ids);
    }
    let known = label::Entity::find()
        .filter(label::Column::UserId.eq(owner.id()))
        .filter(label::Column::Id.is_in(ids.iter().copied()))
        .count(tx)
        .await?;
    if usize::try_from(known).ok() != Some(ids.len()) {
        return Err(Error::invalid(
            "/labelIds",
            "unknown_label",
            "names a label that does not exist; `GET /api/labels` lists those that do",
        ));
    }
    let rows = ids.iter().map(|label_id| note_label::ActiveModel {
        note_id: Set(note_id),
        label_id: Set(*label_id),
        user_id: Set(owner.id()),
    });
    note_label::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(ids)
}
