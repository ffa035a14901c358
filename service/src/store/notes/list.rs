//! Lists of notes, page by page, each page behind the key of the one before.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Statement, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::read::{COLUMN_COUNT, decode, select, with_labels};
use crate::domain::note::{Color, Note, Place};
use crate::domain::{cursor, position};
use crate::error::{Code, Error};
use crate::store::entity::user;
use crate::store::page::one_more_than;
use crate::store::{Owner, Store};

/// Which notes.
#[derive(Debug, Clone)]
pub struct ListQuery {
    /// Where they are.
    pub place: Place,
    /// Only those that are pinned, or those that are not.
    pub pinned: Option<bool>,
    /// Only those with any of these labels; all if there are none.
    pub labels: Vec<Uuid>,
    /// Only those of this colour.
    pub color: Option<Color>,
    /// Only those that remind, or those that do not.
    pub reminds: Option<bool>,
    /// In which order.
    pub order: Order,
    /// How many at most.
    pub limit: u16,
    /// Behind which.
    pub after: Option<ListCursor>,
}

/// An order of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Pinned ones first, each section in the user's order.
    Position,
    /// Those that remind, the earliest first.
    Reminder,
}

/// Which note was the last of a page. Names are short because they travel in addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListCursor {
    /// The revision when the first page was read.
    pub r: i64,
    /// Its key in the order.
    pub k: Key,
    /// Its identifier.
    pub i: Uuid,
}

/// The key of a note in one of the orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Key {
    /// Whether it is pinned, and its position as text.
    #[serde(rename = "p")]
    Position(i16, String),
    /// When it reminds.
    #[serde(rename = "t")]
    Reminder(DateTime<Utc>),
}

impl Key {
    fn order(&self) -> Order {
        match self {
            Self::Position(..) => Order::Position,
            Self::Reminder(_) => Order::Reminder,
        }
    }

    fn of(note: &Note, order: Order) -> Option<Self> {
        match order {
            Order::Position => Some(Self::Position(
                i16::from(!note.pinned),
                position::to_text(&note.position),
            )),
            Order::Reminder => note.reminder_at.map(Self::Reminder),
        }
    }
}

/// A page.
#[derive(Debug)]
pub struct NotePage {
    /// The notes, in order.
    pub notes: Vec<Note>,
    /// Where the next page begins, if there is one.
    pub next: Option<ListCursor>,
    /// The user's revision when the first page was read.
    pub revision: i64,
}

impl NotePage {
    /// Where the next page would begin if this one ended with its first note, with its second, and so on.
    pub fn ends(&self, order: Order) -> Vec<Option<ListCursor>> {
        let notes = self.notes.iter();
        notes.map(|last| self.end(last, order)).collect()
    }

    /// Where the next page begins if this is the last note of the page.
    fn end(&self, last: &Note, order: Order) -> Option<ListCursor> {
        Some(ListCursor {
            r: self.revision,
            k: Key::of(last, order)?,
            i: last.id,
        })
    }
}

impl Store {
    /// A page of notes; fewer than `limit`, and a cursor, where their texts are long.
    pub async fn notes(&self, owner: Owner, query: &ListQuery) -> Result<NotePage, Error> {
        if query
            .after
            .as_ref()
            .is_some_and(|after| after.k.order() != query.order)
        {
            return Err(cursor::not_ours());
        }
        let (text, values) = self.list_statement(owner, query);
        let statement = Statement::from_sql_and_values(self.backend(), text, values);
        let mut first_revision = None;
        let rows = self
            .page_of(statement, query.limit, |row| {
                if first_revision.is_none() {
                    first_revision = Some(row.try_get_by_index(COLUMN_COUNT)?);
                }
                let note = decode(row)?;
                let size = note.content.len();
                Ok((note, size))
            })
            .await?;
        let revision = match (&query.after, first_revision) {
            (Some(after), _) => after.r,
            (None, Some(revision)) => revision,
            (None, None) => self.revision(owner).await?,
        };
        let mut page = NotePage {
            notes: rows.items,
            next: None,
            revision,
        };
        if rows.more {
            let last = page.notes.last();
            page.next = last.and_then(|last| page.end(last, query.order));
        }
        Ok(page)
    }

    /// How many changes the user's data has seen.
    pub async fn revision(&self, owner: Owner) -> Result<i64, Error> {
        user::Entity::find_by_id(owner.id())
            .select_only()
            .column(user::Column::Revision)
            .filter(user::Column::Id.eq(owner.id()))
            .into_tuple()
            .one(self.db())
            .await?
            .ok_or_else(|| Error::new(Code::Unauthenticated))
    }

    /// The statement of a list. One more than a page is read, which tells whether another page follows.
    pub fn list_statement(&self, owner: Owner, query: &ListQuery) -> (String, Vec<Value>) {
        let mut text = select(self.backend());
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
        text.push_str(&with_labels(&query.labels, &mut bind));
        if let Some(after) = &query.after {
            let id = bind(after.i.into());
            let _ = match &after.k {
                Key::Position(rank, position) => {
                    let rank = bind((*rank).into());
                    let position = bind(position::of_text(position).unwrap_or_default().into());
                    write!(
                        text,
                        " AND (n.pin_rank, n.position, n.id) > (${rank}, ${position}, ${id})"
                    )
                }
                Key::Reminder(at) => {
                    let at = bind((*at).into());
                    write!(text, " AND (n.reminder_at, n.id) > (${at}, ${id})")
                }
            };
        }
        let limit = one_more_than(query.limit, &mut bind);
        text.push_str(match query.order {
            Order::Position => " ORDER BY n.pin_rank, n.position, n.id",
            // The condition is what leads to the index.
            Order::Reminder => " AND n.reminder_at IS NOT NULL ORDER BY n.reminder_at, n.id",
        });
        text.push_str(&limit);
        (text, values)
    }
}
