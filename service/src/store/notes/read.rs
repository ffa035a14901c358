//! Reading notes.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::domain::note::{Color, Note, Place};
use crate::error::Error;
use crate::store::entity::{note, note_label};
use crate::store::{Owner, Store};

impl Store {
    /// One note, wherever it is.
    pub async fn note(&self, owner: Owner, id: Uuid) -> Result<Note, Error> {
        let row = find(self.db(), owner, id).await?;
        let labels = note_label::Entity::find()
            .filter(note_label::Column::NoteId.eq(id))
            .order_by_asc(note_label::Column::LabelId)
            .all(self.db())
            .await?;
        let label_ids = labels.into_iter().map(|label| label.label_id).collect();
        Ok(of_row(row, label_ids))
    }
}

/// The row of a note of this user.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    owner: Owner,
    id: Uuid,
) -> Result<note::Model, Error> {
    note::Entity::find_by_id(id)
        .filter(note::Column::UserId.eq(owner.id()))
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("note"))
}

/// The note of a row.
pub(super) fn of_row(row: note::Model, label_ids: Vec<Uuid>) -> Note {
    Note {
        id: row.id,
        title: row.title,
        content: row.content,
        color: Color::of_db(&row.color),
        pinned: row.pin_rank == 0,
        place: Place::of_db(row.place),
        label_ids,
        reminder_at: row.reminder_at,
        trashed_at: row.trashed_at,
        version: row.version,
        position: row.position,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
