//! Full-text search in the notes of a user.

mod index;

use std::fmt::Write as _;

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QuerySelect, Statement, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entity::user;
use super::notes::{COLUMN_COUNT, decode_note, labels_condition, select_clause};
use super::page::limit_clause;
use super::{Owner, Store};
use crate::content::text::Query;
use crate::domain::note::{Color, Note, Place};
use crate::error::Error;

pub(super) use index::{build_vector, index_notes_with_files, insert_indexed, update_indexed};

/// Maximum number of matches that are ranked. With more matches, the latest notes come first, because ranking all of them would cost too much.
pub const MOST_RANKED: u64 = 5_000;

/// Number of notes up to which PostgreSQL searches an account note by note. The index would first collect the notes of all users with a word, or with
/// a word that starts like it.
pub const FEW: u64 = 1_000;

/// Bonus in rank for notes with whole words. It exceeds any other difference: PostgreSQL ranks are below 1, and SQLite ranks are logarithms of
/// numbers of notes.
const WHOLE_WORDS: &str = "1000.0";

/// A search with its conditions, for one page of results.
#[derive(Debug, Clone)]
pub struct SearchQuery {
    /// Words and phrases to search for; without any, nothing is found.
    pub query: Query,
    /// Place of the notes; `None` for all places except the trash.
    pub place: Option<Place>,
    /// Only notes with at least one of these labels; empty for notes with any labels or none.
    pub labels: Vec<Uuid>,
    /// Only pinned notes (`true`) or only unpinned ones (`false`).
    pub pinned: Option<bool>,
    /// Only notes of this colour; `None` for notes of any colour.
    pub color: Option<Color>,
    /// Only notes with a reminder (`true`) or only notes without one (`false`).
    pub reminds: Option<bool>,
    /// Maximum number of notes on the page; long texts can end it earlier.
    pub limit: u16,
    /// Cursor of the page before; `None` for the first page.
    pub after: Option<SearchCursor>,
}

/// The position after the last note of a page of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchCursor {
    /// Bits of the floating point rank, which must round-trip exactly; `None` if the latest notes come first.
    pub r: Option<u64>,
    /// Identifier of the note, which orders notes with the same rank.
    pub i: Uuid,
}

/// A page of search results, with the cursor of the next one.
#[derive(Debug)]
pub struct SearchPage {
    /// Notes of the page with their full texts, best or latest first.
    pub notes: Vec<Note>,
    /// Cursor of the next page; `None` on the last page.
    pub next: Option<SearchCursor>,
}

impl Store {
    /// Returns a page of the notes that match. The page has fewer notes than `limit`, with a cursor, if their texts are long. Returns no notes for a
    /// search without words.
    pub async fn search_notes(
        &self,
        owner: Owner,
        query: &SearchQuery,
    ) -> Result<SearchPage, Error> {
        if query.query.is_empty() {
            return Ok(SearchPage {
                notes: Vec::new(),
                next: None,
            });
        }
        let held = self.count_notes(owner).await?;
        // Further pages keep the order of the first one.
        let ranked = match query.after {
            Some(after) => after.r.is_some(),
            // A user with few notes cannot have more matches than that.
            None => {
                held <= MOST_RANKED || self.count_matches(owner, &query.query).await? <= MOST_RANKED
            }
        };
        let (text, values) = self.search_statement(owner, query, ranked, held <= FEW);
        let statement = Statement::from_sql_and_values(self.backend(), text, values);
        let mut last = None;
        let rows = self
            .read_page(statement, query.limit, |row| {
                let note = decode_note(row)?;
                let rank: Option<f64> = row.try_get_by_index(COLUMN_COUNT)?;
                last = Some(SearchCursor {
                    r: rank.map(f64::to_bits),
                    i: note.id,
                });
                let size = note.content.len();
                Ok((note, size))
            })
            .await?;
        Ok(SearchPage {
            next: last.filter(|_| rows.more),
            notes: rows.items,
        })
    }

    /// Returns the number of notes of the user, including notes in the trash.
    async fn count_notes(&self, owner: Owner) -> Result<u64, Error> {
        let count: Option<i32> = user::Entity::find_by_id(owner.id())
            .select_only()
            .column(user::Column::NoteCount)
            .into_tuple()
            .one(self.db())
            .await?;
        Ok(count.map_or(0, |count| u64::try_from(count).unwrap_or_default()))
    }

    /// Counts the matching notes, up to one above [`MOST_RANKED`].
    async fn count_matches(&self, owner: Owner, query: &Query) -> Result<u64, Error> {
        let backend = self.backend();
        let (text, values) = match backend {
            // The query contains the user as a word. The additional condition lets a plan start with the notes of the user, even for a common word.
            DbBackend::Postgres => (
                "SELECT count(*) FROM (SELECT 1 FROM notes WHERE vector @@ $1::tsquery AND user_id = $2 LIMIT 5001) m",
                vec![owner_tsquery(owner, query).into(), owner.id().into()],
            ),
            _ => (
                "SELECT count(*) FROM (SELECT rowid FROM note_words WHERE note_words MATCH $1 LIMIT 5001)",
                vec![owner_fts5_query(owner, query).into()],
            ),
        };
        let statement = Statement::from_sql_and_values(backend, text, values);
        let row = self.db().query_one_raw(statement).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Builds the statement of a page. It reads one note more than the page has, to find out if another page follows.
    fn search_statement(
        &self,
        owner: Owner,
        query: &SearchQuery,
        ranked: bool,
        few: bool,
    ) -> (String, Vec<Value>) {
        let postgres = self.backend() == DbBackend::Postgres;
        // A subquery is evaluated once instead of once per note. The index, however, needs a value that is known to the planner.
        let tsquery_at = |at: usize| {
            if few {
                format!("(SELECT ${at}::tsquery)")
            } else {
                format!("${at}::tsquery")
            }
        };
        let words_at = tsquery_at(1);
        let words = if postgres {
            owner_tsquery(owner, &query.query)
        } else {
            owner_fts5_query(owner, &query.query)
        };
        let mut values: Vec<Value> = vec![words.into(), owner.id().into()];
        let mut bind = |value: Value| {
            values.push(value);
            values.len()
        };
        let mut conditions = String::from("n.user_id = $2");
        match query.place {
            Some(place) => {
                let _ = write!(conditions, " AND n.place = ${}", bind(place.to_db().into()));
            }
            None => conditions.push_str(" AND n.place <> 2"),
        }
        if let Some(pinned) = query.pinned {
            let _ = write!(
                conditions,
                " AND n.pin_rank = ${}",
                bind(i16::from(!pinned).into())
            );
        }
        if let Some(color) = query.color {
            let _ = write!(
                conditions,
                " AND n.color = ${}",
                bind(color.as_str().into())
            );
        }
        match query.reminds {
            Some(true) => conditions.push_str(" AND n.reminder_at IS NOT NULL"),
            Some(false) => conditions.push_str(" AND n.reminder_at IS NULL"),
            None => {}
        }
        conditions.push_str(&labels_condition(&query.labels, &mut bind));
        // Lower ranks are better on both databases, so that rank and identifier sort in the same direction. `IS TRUE` keeps PostgreSQL from using
        // the index. `CROSS JOIN` makes SQLite keep this order of tables; otherwise it would start with the notes of the user, and repeat the search
        // for each.
        let from = match (postgres, few) {
            (true, true) => format!("notes n WHERE (n.vector @@ {words_at}) IS TRUE"),
            (true, false) => format!("notes n WHERE n.vector @@ {words_at}"),
            (false, _) => "note_words CROSS JOIN note_search s ON s.doc = note_words.rowid CROSS JOIN notes n ON n.id = s.note_id WHERE note_words MATCH $1".to_owned(),
        };
        let (rank, order) = match (postgres, ranked) {
            (true, true) => (
                format!("-ts_rank('{{0.1, 0.1, 0.1, 1.0}}', n.vector, {words_at})::float8"),
                "rank, n.id DESC",
            ),
            (true, false) => ("NULL::float8".to_owned(), "n.id DESC"),
            (false, true) => (
                "bm25(note_words, 0.0, 10.0, 1.0)".to_owned(),
                "rank, n.id DESC",
            ),
            (false, false) => ("NULL".to_owned(), "note_words.rowid DESC"),
        };
        // If the last word may be incomplete, notes that contain it as a whole word come first.
        let finished = query.query.with_whole_words().filter(|_| ranked);
        let whole = finished.map(|finished| {
            if postgres {
                let words = tsquery_at(bind(owner_tsquery(owner, &finished).into()));
                format!(" - CASE WHEN n.vector @@ {words} THEN {WHOLE_WORDS} ELSE 0 END")
            } else {
                let words = bind(owner_fts5_query(owner, &finished).into());
                format!(
                    " - CASE WHEN note_words.rowid IN (SELECT rowid FROM note_words WHERE note_words MATCH ${words}) THEN {WHOLE_WORDS} ELSE 0 END"
                )
            }
        });
        // SQLite sorts entire rows, so the texts are read after the notes of the page are known.
        let first_ranks = ranked && !postgres;
        let mut text = if first_ranks {
            "SELECT n.id AS id".to_owned()
        } else {
            select_clause(self.backend())
        };
        let whole = whole.unwrap_or_default();
        let _ = write!(text, ", {rank}{whole} AS rank FROM {from} AND {conditions}");
        match query.after {
            Some(SearchCursor { r: Some(rank), i }) => {
                let (rank, id) = (bind(f64::from_bits(rank).into()), bind(i.into()));
                text = format!(
                    "SELECT * FROM ({text}) f WHERE rank > ${rank} OR (rank = ${rank} AND id < ${id}) ORDER BY rank, id DESC"
                );
            }
            Some(SearchCursor { r: None, i }) => {
                let id = bind(i.into());
                let behind = if postgres {
                    format!("n.id < ${id}")
                } else {
                    format!(
                        "note_words.rowid < (SELECT doc FROM note_search WHERE note_id = ${id})"
                    )
                };
                let _ = write!(text, " AND {behind} ORDER BY {order}");
            }
            None => {
                let _ = write!(text, " ORDER BY {order}");
            }
        }
        // With a literal limit, one plan serves all words, which is right if the plan does not depend on them.
        let limit = if few {
            limit_clause(query.limit, &mut bind)
        } else {
            format!(" LIMIT ${}", bind((i64::from(query.limit) + 1).into()))
        };
        text.push_str(&limit);
        if first_ranks {
            text = format!(
                "{}, f.rank FROM ({text}) f CROSS JOIN notes n ON n.id = f.id ORDER BY f.rank, f.id DESC",
                select_clause(self.backend())
            );
        }
        (text, values)
    }
}

/// Returns the search expression for these words in notes of any user, for statements that select the notes by other conditions.
pub(super) fn any_user_expression(backend: DbBackend, query: &Query) -> String {
    match backend {
        DbBackend::Postgres => query.to_tsquery(),
        _ => format!("{{title body}} : ({})", query.to_fts5()),
    }
}

/// Returns the index word of a user. Its first character occurs in no word of a text.
fn owner_mark(owner: Owner) -> String {
    format!("@{}", owner.id().simple())
}

fn owner_tsquery(owner: Owner, query: &Query) -> String {
    format!("'{}' & {}", owner_mark(owner), query.to_tsquery())
}

fn owner_fts5_query(owner: Owner, query: &Query) -> String {
    format!(
        "owner : \"{}\" AND {{title body}} : ({})",
        owner_mark(owner),
        query.to_fts5()
    )
}
