//! Earlier versions of notes, kept for a while so that overwritten text can be restored.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::change::NoteChange;
use super::read;
use crate::clock;
use crate::domain::limits::REVISIONS_PER_NOTE;
use crate::domain::note::Note;
use crate::error::Error;
use crate::store::entity::{note, note_revision as revision, user};
use crate::store::sharing::Author;
use crate::store::{ExpectedVersion, Owner, Store};

/// Time within which the changes of one author count as one; otherwise autosave would fill the history.
const COALESCE: TimeDelta = TimeDelta::minutes(5);
/// Retention of earlier versions; older ones are deleted by periodic upkeep.
pub const LIFETIME: TimeDelta = TimeDelta::days(90);
/// An earlier version of a note, with the content that a change replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Version number that the note had with this content.
    pub version: i64,
    /// Title that the note had at that version; may be empty.
    pub title: String,
    /// Markdown text that the note had at that version.
    pub content: String,
    /// Time at which the next version replaced this one.
    pub replaced_at: DateTime<Utc>,
    /// Author of the version; `None` for the owner of the note.
    pub author: Option<RevisionAuthor>,
}

/// A recipient of a shared note who wrote a version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionAuthor {
    /// Username of the author; `None` if the account has been deleted since.
    pub username: Option<String>,
}

/// A page of earlier versions of a note, latest first.
#[derive(Debug)]
pub struct RevisionPage {
    /// Earlier versions on this page with their full texts, latest first.
    pub revisions: Vec<Revision>,
    /// Version before which the next page begins; `None` on the last page.
    pub next: Option<i64>,
}

impl Store {
    /// Returns a page of the earlier versions of a note, starting before version `before` if it is given.
    ///
    /// # Errors
    ///
    /// `not_found` for a note that does not exist or belongs to another user.
    pub async fn list_revisions(
        &self,
        owner: Owner,
        id: Uuid,
        before: Option<i64>,
        limit: u16,
    ) -> Result<RevisionPage, Error> {
        read::find_note(self.db(), owner, id).await?;
        let mut query = revision::Entity::find()
            .filter(revision::Column::NoteId.eq(id))
            .filter(revision::Column::UserId.eq(owner.id()));
        if let Some(before) = before {
            query = query.filter(revision::Column::Version.lt(before));
        }
        let mut rows = query
            .order_by_desc(revision::Column::Version)
            .limit(u64::from(limit) + 1)
            .all(self.db())
            .await?;
        let more = rows.len() > usize::from(limit);
        rows.truncate(limit.into());
        let next = rows.last().filter(|_| more).map(|row| row.version);
        let names = self.list_author_names(&rows).await?;
        let revisions = rows.into_iter().map(|row| Revision::from_row(row, &names));
        Ok(RevisionPage {
            next,
            revisions: revisions.collect(),
        })
    }

    /// Returns one earlier version of a note.
    ///
    /// # Errors
    ///
    /// `not_found` for a version that does not exist or is no longer kept.
    pub async fn get_revision(
        &self,
        owner: Owner,
        id: Uuid,
        version: i64,
    ) -> Result<Revision, Error> {
        let row = revision::Entity::find_by_id((id, version))
            .filter(revision::Column::UserId.eq(owner.id()))
            .one(self.db())
            .await?
            .ok_or_else(|| {
                Error::not_found("revision")
                    .detail("the version does not exist or is no longer stored")
            })?;
        let names = self.list_author_names(std::slice::from_ref(&row)).await?;
        Ok(Revision::from_row(row, &names))
    }

    /// Returns the usernames of the recipients who wrote some of the versions. Runs no query if the owner wrote all of them.
    async fn list_author_names(
        &self,
        rows: &[revision::Model],
    ) -> Result<HashMap<Uuid, String>, Error> {
        let mut authors: Vec<Uuid> = rows.iter().filter_map(|row| row.author_id).collect();
        if authors.is_empty() {
            return Ok(HashMap::new());
        }
        authors.sort_unstable();
        authors.dedup();
        let names: Vec<(Uuid, String)> = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .column(user::Column::Username)
            .filter(user::Column::Id.is_in(authors))
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(names.into_iter().collect())
    }

    /// Replaces title and text of a note by those of an earlier version. The present content is kept as an earlier version itself.
    pub async fn restore_revision(
        &self,
        owner: Owner,
        id: Uuid,
        version: i64,
        expected: &ExpectedVersion,
    ) -> Result<Note, Error> {
        let before = self.get_revision(owner, id, version).await?;
        let change = NoteChange {
            title: Some(before.title),
            content: Some(before.content),
            ..NoteChange::default()
        };
        self.change_note(owner, id, expected, change).await
    }
}

/// Stores the present content of a note before `author` changes it. Content of another author is always stored, so that no text appears under a wrong
/// name; several changes of the same author are stored as one, see [`COALESCE`].
pub(super) async fn keep_revision(
    tx: &DatabaseTransaction,
    row: &note::Model,
    author: Author,
) -> Result<(), Error> {
    let now = clock::now();
    let of_note = || revision::Entity::find().filter(revision::Column::NoteId.eq(row.id));
    if row.author_id == author.to_db() {
        let recent = of_note()
            .filter(revision::Column::SavedAt.gt(now - COALESCE))
            .count(tx)
            .await?;
        if recent > 0 {
            return Ok(());
        }
    }
    let kept = revision::ActiveModel {
        note_id: Set(row.id),
        version: Set(row.version),
        user_id: Set(row.user_id),
        title: Set(row.title.clone()),
        content: Set(row.content.clone()),
        saved_at: Set(now),
        author_id: Set(row.author_id),
    };
    revision::Entity::insert(kept)
        .on_conflict(
            OnConflict::columns([revision::Column::NoteId, revision::Column::Version])
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(tx)
        .await?;
    let too_old: Option<i64> = of_note()
        .select_only()
        .column(revision::Column::Version)
        .order_by_desc(revision::Column::Version)
        .offset(REVISIONS_PER_NOTE as u64)
        .limit(1)
        .into_tuple()
        .one(tx)
        .await?;
    if let Some(version) = too_old {
        revision::Entity::delete_many()
            .filter(revision::Column::NoteId.eq(row.id))
            .filter(revision::Column::Version.lte(version))
            .exec(tx)
            .await?;
    }
    Ok(())
}

impl Revision {
    fn from_row(row: revision::Model, names: &HashMap<Uuid, String>) -> Self {
        let author = row.author_id.map(|author| RevisionAuthor {
            username: names.get(&author).cloned(),
        });
        Self {
            author,
            ..Self::from_owner_row(row)
        }
    }

    /// Converts a row without looking up its author.
    pub(in crate::store) fn from_owner_row(row: revision::Model) -> Self {
        Self {
            version: row.version,
            title: row.title,
            content: row.content,
            replaced_at: row.saved_at,
            author: None,
        }
    }
}
