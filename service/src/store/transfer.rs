//! Queries for the export of an account, in parts.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    Value,
};
use uuid::Uuid;

use super::entity::{note, note_revision};
use super::notes::{Revision, decode_note, select_clause};
use super::{Owner, Store};
use crate::domain::note::Note;
use crate::error::Error;

impl Store {
    /// Returns the identifiers of all notes of an account, place by place, each in the user's order. An export reads the list once, so that notes
    /// which move during the export are neither lost nor repeated.
    pub async fn note_ids(&self, owner: Owner) -> Result<Vec<Uuid>, Error> {
        Ok(note::Entity::find()
            .select_only()
            .column(note::Column::Id)
            .filter(note::Column::UserId.eq(owner.id()))
            .order_by_asc(note::Column::Place)
            .order_by_asc(note::Column::PinRank)
            .order_by_asc(note::Column::Position)
            .order_by_asc(note::Column::Id)
            .into_tuple()
            .all(self.db())
            .await?)
    }

    /// Returns these notes in the given order, without those that no longer exist.
    pub async fn notes_of(&self, owner: Owner, ids: &[Uuid]) -> Result<Vec<Note>, Error> {
        let places: Vec<String> = (2..ids.len() + 2)
            .map(|place| format!("${place}"))
            .collect();
        let text = format!(
            "{} FROM notes n WHERE n.user_id = $1 AND n.id IN ({})",
            select_clause(self.backend()),
            places.join(", ")
        );
        let mut values: Vec<Value> = vec![owner.id().into()];
        values.extend(ids.iter().map(|id| Value::from(*id)));
        let statement = Statement::from_sql_and_values(self.backend(), text, values);
        let rows = self.db().query_all_raw(statement).await?;
        let mut notes = HashMap::with_capacity(rows.len());
        for row in &rows {
            let note = decode_note(row)?;
            notes.insert(note.id, note);
        }
        Ok(ids.iter().filter_map(|id| notes.remove(id)).collect())
    }

    /// Returns those of the given notes that have earlier versions.
    pub async fn filter_with_history(
        &self,
        owner: Owner,
        ids: &[Uuid],
    ) -> Result<HashSet<Uuid>, Error> {
        let found: Vec<Uuid> = note_revision::Entity::find()
            .select_only()
            .column(note_revision::Column::NoteId)
            .distinct()
            .filter(note_revision::Column::UserId.eq(owner.id()))
            .filter(note_revision::Column::NoteId.is_in(ids.iter().copied()))
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(found.into_iter().collect())
    }

    /// Returns all stored earlier versions of a note, oldest first.
    pub async fn list_history(&self, owner: Owner, id: Uuid) -> Result<Vec<Revision>, Error> {
        let rows = note_revision::Entity::find()
            .filter(note_revision::Column::UserId.eq(owner.id()))
            .filter(note_revision::Column::NoteId.eq(id))
            .order_by_asc(note_revision::Column::Version)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(Revision::from_owner_row).collect())
    }
}
