//! Paged lists of notes. Each page starts after the key of the last note of the page before.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Statement, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::read::{COLUMN_COUNT, decode_note, labels_condition, select_clause};
use crate::domain::note::{Color, Note, Place};
use crate::domain::{cursor, position};
use crate::error::{Code, Error};
use crate::store::entity::user;
use crate::store::page::limit_clause;
use crate::store::{Owner, Store};

/// The selection and order of a list of notes.
#[derive(Debug, Clone)]
pub struct ListQuery {
    /// Place of the notes: main list, archive or trash.
    pub place: Place,
    /// Only pinned notes (`true`) or only unpinned ones (`false`).
    pub pinned: Option<bool>,
    /// Only notes with at least one of these labels; empty for notes with any labels or none.
    pub labels: Vec<Uuid>,
    /// Only notes of this colour; `None` for notes of any colour.
    pub color: Option<Color>,
    /// Only notes with a reminder (`true`) or only notes without one (`false`).
    pub reminds: Option<bool>,
    /// Order of the list, which must be that of the cursor.
    pub order: Order,
    /// Maximum number of notes on the page; long texts can end it earlier.
    pub limit: u16,
    /// Cursor of the page before; `None` for the first page.
    pub after: Option<ListCursor>,
}

/// The order of a list of notes, which also decides about the form of its cursors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Pinned notes first, each section in the order that the user arranged.
    Position,
    /// Notes with a reminder only, those with the earliest reminder first.
    Reminder,
}

/// The position after the last note of a page. Field names are short, because cursors travel in URLs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListCursor {
    /// Revision of the user's data when the first page was read.
    pub r: i64,
    /// Sort key of the note in the order of the list.
    pub k: SortKey,
    /// Identifier of the note, which orders notes with the same key.
    pub i: Uuid,
}

/// The sort key of a note in one of the orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortKey {
    /// Rank of the section (0 for pinned notes), and position in hexadecimal form.
    #[serde(rename = "p")]
    Position(i16, String),
    /// Time of the reminder.
    #[serde(rename = "t")]
    Reminder(DateTime<Utc>),
}

impl SortKey {
    fn sort_order(&self) -> Order {
        match self {
            Self::Position(..) => Order::Position,
            Self::Reminder(_) => Order::Reminder,
        }
    }

    fn from_note(note: &Note, order: Order) -> Option<Self> {
        match order {
            Order::Position => Some(Self::Position(
                i16::from(!note.pinned),
                position::to_text(&note.position),
            )),
            Order::Reminder => note.reminder_at.map(Self::Reminder),
        }
    }
}

/// A page of a list of notes, with the cursor of the next one.
#[derive(Debug)]
pub struct NotePage {
    /// Notes of the page with their full texts, in order.
    pub notes: Vec<Note>,
    /// Cursor of the next page; `None` on the last page.
    pub next: Option<ListCursor>,
    /// Revision of the user's data when the first page was read.
    pub revision: i64,
}

impl NotePage {
    /// Returns a cursor for each note, as if the page ended with it; for callers that shorten the page.
    pub fn end_cursors(&self, order: Order) -> Vec<Option<ListCursor>> {
        let notes = self.notes.iter();
        notes.map(|last| self.end_cursor(last, order)).collect()
    }

    /// Returns the cursor of the next page for a page that ends with this note.
    fn end_cursor(&self, last: &Note, order: Order) -> Option<ListCursor> {
        Some(ListCursor {
            r: self.revision,
            k: SortKey::from_note(last, order)?,
            i: last.id,
        })
    }
}

impl Store {
    /// Returns a page of notes. The page has fewer notes than `limit`, with a cursor, if their texts are long.
    ///
    /// # Errors
    ///
    /// `invalid_cursor` for the cursor of a list in another order.
    pub async fn list_notes(&self, owner: Owner, query: &ListQuery) -> Result<NotePage, Error> {
        if query
            .after
            .as_ref()
            .is_some_and(|after| after.k.sort_order() != query.order)
        {
            return Err(cursor::invalid_cursor());
        }
        let (text, values) = self.list_statement(owner, query);
        let statement = Statement::from_sql_and_values(self.backend(), text, values);
        let mut first_revision = None;
        let rows = self
            .read_page(statement, query.limit, |row| {
                if first_revision.is_none() {
                    first_revision = Some(row.try_get_by_index(COLUMN_COUNT)?);
                }
                let note = decode_note(row)?;
                let size = note.content.len();
                Ok((note, size))
            })
            .await?;
        let revision = match (&query.after, first_revision) {
            (Some(after), _) => after.r,
            (None, Some(revision)) => revision,
            (None, None) => self.current_revision(owner).await?,
        };
        let mut page = NotePage {
            notes: rows.items,
            next: None,
            revision,
        };
        if rows.more {
            let last = page.notes.last();
            page.next = last.and_then(|last| page.end_cursor(last, query.order));
        }
        Ok(page)
    }

    /// Returns the revision of the user's data: the number of changes so far.
    pub async fn current_revision(&self, owner: Owner) -> Result<i64, Error> {
        user::Entity::find_by_id(owner.id())
            .select_only()
            .column(user::Column::Revision)
            .filter(user::Column::Id.eq(owner.id()))
            .into_tuple()
            .one(self.db())
            .await?
            .ok_or_else(|| Error::new(Code::Unauthenticated))
    }

    /// Builds the statement of a list. It reads one note more than the page has, to find out if another page follows.
    pub fn list_statement(&self, owner: Owner, query: &ListQuery) -> (String, Vec<Value>) {
        let mut text = select_clause(self.backend());
        let mut values: Vec<Value> = vec![owner.id().into(), query.place.to_db().into()];
        text.push_str(
            ", (SELECT revision FROM users WHERE id = $1) FROM notes n WHERE n.user_id = $1 AND n.place = $2",
        );
        let mut bind = |value: Value| {
            values.push(value);
            values.len()
        };
        if let Some(pinned) = query.pinned {
            let at = bind(i16::from(!pinned).into());
            let _ = write!(text, " AND n.pin_rank = ${at}");
        }
        if let Some(color) = query.color {
            let at = bind(color.as_str().into());
            let _ = write!(text, " AND n.color = ${at}");
        }
        match query.reminds {
            Some(true) => text.push_str(" AND n.reminder_at IS NOT NULL"),
            Some(false) => text.push_str(" AND n.reminder_at IS NULL"),
            None => {}
        }
        text.push_str(&labels_condition(&query.labels, &mut bind));
        if let Some(after) = &query.after {
            let id = bind(after.i.into());
            let _ = match &after.k {
                SortKey::Position(rank, position) => {
                    let rank = bind((*rank).into());
                    let position = bind(position::from_text(position).unwrap_or_default().into());
                    write!(
                        text,
                        " AND (n.pin_rank, n.position, n.id) > (${rank}, ${position}, ${id})"
                    )
                }
                SortKey::Reminder(at) => {
                    let at = bind((*at).into());
                    write!(text, " AND (n.reminder_at, n.id) > (${at}, ${id})")
                }
            };
        }
        let limit = limit_clause(query.limit, &mut bind);
        text.push_str(match query.order {
            Order::Position => " ORDER BY n.pin_rank, n.position, n.id",
            // The planner uses the partial index only with this condition.
            Order::Reminder => " AND n.reminder_at IS NOT NULL ORDER BY n.reminder_at, n.id",
        });
        text.push_str(&limit);
        (text, values)
    }
}
