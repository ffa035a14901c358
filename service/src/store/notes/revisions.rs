//! What notes said before: kept for a while, so that nothing typed over is lost.

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
use crate::store::{Expected, Owner, Store};

/// Changes within this time are one: autosave would fill the history otherwise.
const COALESCE: TimeDelta = TimeDelta::minutes(5);
/// Older ones are deleted.
pub const LIFETIME: TimeDelta = TimeDelta::days(90);
/// What a note said in an earlier version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The version of the note that said so.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// Its text.
    pub content: String,
    /// When it was replaced by another.
    pub replaced_at: DateTime<Utc>,
    /// Who wrote it; none for the owner.
    pub author: Option<RevisionAuthor>,
}

/// A recipient of the note who wrote a version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionAuthor {
    /// The username; none, if the account was deleted since.
    pub username: Option<String>,
}

/// Earlier versions, the latest first.
#[derive(Debug)]
pub struct RevisionPage {
    /// The versions.
    pub revisions: Vec<Revision>,
    /// Where the next page begins: before this version.
    pub next: Option<i64>,
}

impl Store {
    /// The earlier versions of a note, those before a version if one is named.
    pub async fn revisions(
        &self,
        owner: Owner,
        id: Uuid,
        before: Option<i64>,
        limit: u16,
    ) -> Result<RevisionPage, Error> {
        read::find(self.db(), owner, id).await?;
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
        let names = self.names_of(&rows).await?;
        let revisions = rows.into_iter().map(|row| Revision::of(row, &names));
        Ok(RevisionPage {
            next,
            revisions: revisions.collect(),
        })
    }

    /// What a note said in this version.
    pub async fn revision_of(
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
                Error::not_found("revision").detail("no such version of such a note is kept")
            })?;
        let names = self.names_of(std::slice::from_ref(&row)).await?;
        Ok(Revision::of(row, &names))
    }

    /// The usernames of recipients who wrote some versions. Asks nothing, if their owner wrote all of them.
    async fn names_of(&self, rows: &[revision::Model]) -> Result<HashMap<Uuid, String>, Error> {
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

    /// Makes a note say again what it said in this version; what it says now is kept like any other.
    pub async fn restore_revision(
        &self,
        owner: Owner,
        id: Uuid,
        version: i64,
        expected: &Expected,
    ) -> Result<Note, Error> {
        let before = self.revision_of(owner, id, version).await?;
        let change = NoteChange {
            title: Some(before.title),
            content: Some(before.content),
            ..NoteChange::default()
        };
        self.change_note(owner, id, expected, change).await
    }
}

/// Keeps what a note says, before this author makes it say something else. What somebody else wrote is kept however short ago that was, so that
/// nobody's text goes under the name of another.
pub(super) async fn keep(
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
    fn of(row: revision::Model, names: &HashMap<Uuid, String>) -> Self {
        let author = row.author_id.map(|author| RevisionAuthor {
            username: names.get(&author).cloned(),
        });
        Self {
            author,
            ..Self::of_owner(row)
        }
    }

    /// The version without its author, who is not looked for.
    pub(in crate::store) fn of_owner(row: revision::Model) -> Self {
        Self {
            version: row.version,
            title: row.title,
            content: row.content,
            replaced_at: row.saved_at,
            author: None,
        }
    }
}
