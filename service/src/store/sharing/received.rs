//! Notes of other users, as their recipients see them.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryResult, Statement, Value,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::access::{Access, Grant, Reading, Writing, not_shared, take_revision};
use super::news::{self, AffectedShares, update_shared_flag};
use crate::content::checklist::ItemChange;
use crate::content::text::Query;
use crate::domain::note::{Note, Place};
use crate::domain::webhook::{Event, OccurredEvent};
use crate::error::Error;
use crate::store::entity::note_share;
use crate::store::notes::{
    Applied, COLUMN_COUNT, NoteChange, apply_change, decode_note, find_note, item_change,
    load_note, select_clause,
};
use crate::store::{ExpectedVersion, Owner, Store, search, webhooks};

/// A note of another user, without the properties that are private to the owner: labels, reminder, place and order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedNote {
    /// The note, with default values for the owner's private properties.
    pub note: Note,
    /// Terms of the share: owner, right and time of acceptance.
    pub grant: Grant,
}

impl SharedNote {
    /// Removes the properties that are private to the owner.
    pub(in crate::store) fn from_note(note: Note, grant: Grant) -> Self {
        let note = Note {
            pinned: false,
            place: Place::Active,
            label_ids: Vec::new(),
            reminder_at: None,
            trashed_at: None,
            position: Vec::new(),
            ..note
        };
        Self { note, grant }
    }
}

/// A change that a recipient may make. `None` leaves a property unchanged.
#[derive(Debug, Clone, Default)]
pub struct SharedChange {
    /// New title, plain text; an empty text removes it.
    pub title: Option<String>,
    /// New text in Markdown, which replaces the present one entirely.
    pub content: Option<String>,
}

impl From<SharedChange> for NoteChange {
    fn from(change: SharedChange) -> Self {
        Self {
            title: change.title,
            content: change.content,
            ..Self::default()
        }
    }
}

/// The selection of shared notes for a page, newest share first.
#[derive(Debug, Clone)]
pub struct ReceivedQuery {
    /// Only notes that match this search; `None` for all shared notes.
    pub words: Option<Query>,
    /// Maximum number of notes on the page; long texts can end it earlier.
    pub limit: u16,
    /// Cursor of the page before; `None` for the first page.
    pub after: Option<ReceivedCursor>,
}

/// The position after the last shared note of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedCursor {
    /// Revision of the recipient's data when the first page was read.
    pub r: i64,
    /// Identifier of the share, by which the list is ordered.
    pub i: Uuid,
}

/// A page of the notes that are shared with a user, with the cursor of the next one.
#[derive(Debug)]
pub struct ReceivedPage {
    /// Notes of the page, the most recently accepted first.
    pub notes: Vec<SharedNote>,
    /// Cursor of the next page; `None` on the last page.
    pub next: Option<ReceivedCursor>,
    /// Revision of the recipient's data when the first page was read.
    pub revision: i64,
}

/// Columns of a share `s` and its owner `u` that follow those of the note, in the order of [`decode_shared`].
const GRANT: &str = ", u.username, s.can_write, s.accepted_at";
const FROM: &str = " FROM note_shares s JOIN notes n ON n.id = s.note_id AND n.user_id = s.user_id JOIN users u ON u.id = s.user_id";
/// Joins that start with the shares, then search their words, so that other notes are never searched. `CROSS JOIN` makes SQLite keep this order.
const FROM_WORDS: &str = " FROM note_shares s CROSS JOIN note_search d ON d.note_id = s.note_id \
     CROSS JOIN note_words ON note_words.rowid = d.doc \
     JOIN notes n ON n.id = s.note_id AND n.user_id = s.user_id JOIN users u ON u.id = s.user_id";

impl Store {
    /// Returns one note that is shared with the user.
    ///
    /// # Errors
    ///
    /// `not_found` for a note that is not shared with the user, or in the trash.
    pub async fn shared_note(&self, recipient: Owner, id: Uuid) -> Result<SharedNote, Error> {
        let access = Access::<Reading>::find_share(self.db(), recipient, id).await?;
        let note = load_note(self.db(), access.owner(), access.note()).await;
        // The note may have been deleted between the two statements.
        let note = note.map_err(|_| not_shared())?;
        if note.place == Place::Trash {
            return Err(not_shared());
        }
        Ok(SharedNote::from_note(note, access.grant().clone()))
    }

    /// Returns a page of the notes that are shared with the user. The page has fewer notes than `limit`, with a cursor, if their texts are long.
    pub async fn shared_notes(
        &self,
        recipient: Owner,
        query: &ReceivedQuery,
    ) -> Result<ReceivedPage, Error> {
        if query.words.as_ref().is_some_and(Query::is_empty) {
            return Ok(ReceivedPage {
                notes: Vec::new(),
                next: None,
                revision: self.current_revision(recipient).await?,
            });
        }
        let (text, values) = self.received_statement(recipient, query);
        let statement = Statement::from_sql_and_values(self.backend(), text, values);
        let mut last = None;
        let rows = self
            .read_page(statement, query.limit, |row| {
                let shared = decode_shared(row)?;
                let cursor = ReceivedCursor {
                    i: row.try_get_by_index(COLUMN_COUNT + 3)?,
                    r: row.try_get_by_index(COLUMN_COUNT + 4)?,
                };
                last = Some(cursor);
                let size = shared.note.content.len();
                Ok((shared, size))
            })
            .await?;
        let revision = match (query.after, last) {
            (Some(after), _) => after.r,
            (None, Some(last)) => last.r,
            (None, None) => self.current_revision(recipient).await?,
        };
        Ok(ReceivedPage {
            notes: rows.items,
            next: last.filter(|_| rows.more).map(|last| ReceivedCursor {
                r: revision,
                ..last
            }),
            revision,
        })
    }

    /// Builds the statement of a page. It reads one note more than the page has, to find out if another page follows.
    fn received_statement(&self, recipient: Owner, query: &ReceivedQuery) -> (String, Vec<Value>) {
        let mut values: Vec<Value> = vec![recipient.id().into()];
        let mut bind = |value: Value| {
            values.push(value);
            values.len()
        };
        let mut text = select_clause(self.backend());
        let on_server = self.is_server();
        let from = match &query.words {
            Some(_) if !on_server => FROM_WORDS,
            _ => FROM,
        };
        let _ = write!(
            text,
            "{GRANT}, s.id, (SELECT revision FROM users WHERE id = $1){from} WHERE s.recipient_id = $1 AND n.place <> 2"
        );
        if let Some(words) = &query.words {
            let at = bind(search::any_user_expression(self.backend(), words).into());
            let _ = if on_server {
                write!(text, " AND n.vector @@ ${at}::tsquery")
            } else {
                write!(text, " AND note_words MATCH ${at}")
            };
        }
        if let Some(after) = query.after {
            let _ = write!(text, " AND s.id < ${}", bind(after.i.into()));
        }
        let limit = bind((i64::from(query.limit) + 1).into());
        let _ = write!(text, " ORDER BY s.id DESC LIMIT ${limit}");
        (text, values)
    }

    /// Changes a shared note that has the expected version.
    ///
    /// # Errors
    ///
    /// `read_only_share` if the share is for reading, `not_found` if the note is not shared with the user.
    pub async fn change_shared_note(
        &self,
        recipient: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
        change: SharedChange,
    ) -> Result<SharedNote, Error> {
        self.write_shared(recipient, id, expected, |_| Ok(change))
            .await
    }

    /// Changes one checklist item of a shared note that has the expected version.
    ///
    /// # Errors
    ///
    /// `read_only_share` if the share is for reading, `not_found` if the note is not shared with the user or has no such item.
    pub async fn change_shared_item(
        &self,
        recipient: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
        index: u32,
        change: &ItemChange,
    ) -> Result<SharedNote, Error> {
        self.write_shared(recipient, id, expected, |content| {
            Ok(SharedChange {
                content: Some(item_change(content, index, change)?),
                ..SharedChange::default()
            })
        })
        .await
    }

    async fn write_shared(
        &self,
        recipient: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
        change: impl FnOnce(&str) -> Result<SharedChange, Error>,
    ) -> Result<SharedNote, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let (access, user) = Access::<Writing>::lock_for_write(&tx, recipient, id).await?;
        let owner = access.owner();
        let row = find_note(&tx, owner, access.note()).await?;
        expected.check_version(row.version)?;
        let change = change(&row.content)?.into();
        let mut affected = AffectedShares::default();
        affected.add_note(&row);
        let author = access.to_author();
        let applied = apply_change(
            &tx,
            owner,
            author,
            user.revision,
            user.next_position,
            row,
            change,
        );
        match applied.await? {
            Applied::Changed(note) => {
                let changed = OccurredEvent::about_note(Event::NoteUpdated, note.id);
                webhooks::insert_deliveries(&tx, &user, user.revision, &[changed]).await?;
                let recipients = affected.insert_for_recipients(&tx, owner).await?;
                self.commit_shared(tx, owner, user.revision, recipients)
                    .await?;
                Ok(SharedNote::from_note(note, access.grant().clone()))
            }
            Applied::Unchanged(note) => Ok(SharedNote::from_note(note, access.grant().clone())),
        }
    }

    /// Ends a share on behalf of its recipient.
    ///
    /// # Errors
    ///
    /// `not_found` if the note is not shared with the user.
    pub async fn leave_shared_note(&self, recipient: Owner, id: Uuid) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let access = Access::<Reading>::find_share(&tx, recipient, id).await?;
        let owner = access.owner();
        let revision = take_revision(&tx, owner).await?.revision;
        let left = note_share::Entity::delete_many()
            .filter(note_share::Column::NoteId.eq(id))
            .filter(note_share::Column::RecipientId.eq(recipient.id()))
            .exec(&tx)
            .await?;
        if left.rows_affected == 0 {
            return Err(not_shared());
        }
        update_shared_flag(&tx, owner, id, revision).await?;
        let recipients = news::insert_notifications(&tx, vec![(id, recipient.id())]).await?;
        self.commit_shared(tx, owner, revision, recipients).await?;
        let _ = self.notify_recipient(recipient).await;
        Ok(())
    }
}

/// Returns the shared notes whose changes the recipient received after revision `since` and up to revision `to`, in that order.
pub(in crate::store) async fn list_changed(
    tx: &DatabaseTransaction,
    recipient: Owner,
    since: i64,
    to: i64,
) -> Result<Vec<SharedNote>, Error> {
    let backend = tx.get_database_backend();
    let text = format!(
        "{}{GRANT}{FROM} WHERE s.recipient_id = $1 AND s.change_seq > $2 AND s.change_seq <= $3 AND n.place <> 2 \
         ORDER BY s.change_seq, n.id",
        select_clause(backend)
    );
    let values = [recipient.id().into(), since.into(), to.into()];
    let rows = tx
        .query_all_raw(Statement::from_sql_and_values(backend, text, values))
        .await?;
    rows.iter().map(decode_shared).collect()
}

fn decode_shared(row: &QueryResult) -> Result<SharedNote, Error> {
    let note = decode_note(row)?;
    let grant = decode_grant(row)?;
    Ok(SharedNote::from_note(note, grant))
}

fn decode_grant(row: &QueryResult) -> Result<Grant, DbErr> {
    let since: DateTime<Utc> = row.try_get_by_index(COLUMN_COUNT + 2)?;
    Ok(Grant {
        owner_name: row.try_get_by_index(COLUMN_COUNT)?,
        can_write: row.try_get_by_index(COLUMN_COUNT + 1)?,
        since,
    })
}
