//! Finding notes by what they say.

mod index;

use std::fmt::Write as _;

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QuerySelect, Statement, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entity::user;
use super::notes::{COLUMN_COUNT, decode, select, with_labels};
use super::{Owner, Store};
use crate::content::text::Query;
use crate::domain::note::{Note, Place};
use crate::error::Error;

pub(super) use index::{insert, update, vector};

/// With more matches the latest come first: to rank them all would cost more than it tells.
pub const MOST_RANKED: u64 = 5_000;

/// With more notes, PostgreSQL looks for words in its index. That index is one for all users: for a frequent word or the beginning of one it is read
/// for all of them, 300 ms among ten million notes, where reading all of a user's notes takes 0.3 ms for a hundred, and 85 ms for 10,000.
const MOST_SCANNED: u64 = 20_000;

/// The rank by which notes with whole words come first: more than any other difference, as those of PostgreSQL are below 1, and those of SQLite
/// logarithms of numbers of notes.
const WHOLE_WORDS: &str = "1000.0";

/// What is searched for, and where.
#[derive(Debug, Clone)]
pub struct SearchQuery {
    /// The words.
    pub query: Query,
    /// In this place only; else everywhere but in the trash.
    pub place: Option<Place>,
    /// Only notes with any of these labels.
    pub labels: Vec<Uuid>,
    /// How many at most.
    pub limit: u16,
    /// Behind which.
    pub after: Option<SearchCursor>,
}

/// The key of the last note of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchCursor {
    /// The bits of its rank, which must come back as it was; none where the latest come first.
    pub r: Option<u64>,
    /// Its identifier.
    pub i: Uuid,
}

/// A page of what was found.
#[derive(Debug)]
pub struct SearchPage {
    /// The notes, best or latest first.
    pub notes: Vec<Note>,
    /// Where the next page begins, if there is one.
    pub next: Option<SearchCursor>,
}

impl Store {
    /// A page of the notes that say this; fewer than `limit`, and a cursor, where their texts are long.
    pub async fn search(&self, owner: Owner, query: &SearchQuery) -> Result<SearchPage, Error> {
        if query.query.is_empty() {
            return Ok(SearchPage {
                notes: Vec::new(),
                next: None,
            });
        }
        let held = self.holds(owner).await?;
        let matches = self.matching(held);
        // Pages stay with the order of the first one.
        let ranked = match query.after {
            Some(after) => after.r.is_some(),
            // Whoever has no more notes has no more hits.
            None => {
                held <= MOST_RANKED
                    || self.matches(owner, &query.query, matches).await? <= MOST_RANKED
            }
        };
        let (text, values) = self.search_statement(owner, query, ranked, matches);
        let statement = Statement::from_sql_and_values(self.backend(), text, values);
        let mut last = None;
        let rows = self
            .page_of(statement, query.limit, |row| {
                let note = decode(row)?;
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

    /// How many notes the user has, those in the trash included.
    async fn holds(&self, owner: Owner) -> Result<u64, Error> {
        let count: Option<i32> = user::Entity::find_by_id(owner.id())
            .select_only()
            .column(user::Column::NoteCount)
            .into_tuple()
            .one(self.db())
            .await?;
        Ok(count.map_or(0, |count| u64::try_from(count).unwrap_or_default()))
    }

    /// The condition of a note that has the words, for a user who has so many notes.
    fn matching(&self, held: u64) -> &'static str {
        match self.backend() {
            // The operator as a function, for which PostgreSQL knows no index of words: the plan begins with the notes of the user.
            DbBackend::Postgres if held <= MOST_SCANNED => "ts_match_vq(n.vector, $1::tsquery)",
            DbBackend::Postgres => "n.vector @@ $1::tsquery",
            _ => "note_words MATCH $1",
        }
    }

    /// How many notes match; no more than one above the limit are counted.
    async fn matches(&self, owner: Owner, query: &Query, matches: &str) -> Result<u64, Error> {
        let backend = self.backend();
        let (text, values) = match backend {
            DbBackend::Postgres => (
                format!(
                    "SELECT count(*) FROM (SELECT 1 FROM notes n WHERE {matches} AND n.user_id = $2 LIMIT 5001) m"
                ),
                vec![tsquery(owner, query).into(), owner.id().into()],
            ),
            _ => (
                format!(
                    "SELECT count(*) FROM (SELECT rowid FROM note_words WHERE {matches} LIMIT 5001)"
                ),
                vec![fts5(owner, query).into()],
            ),
        };
        let statement = Statement::from_sql_and_values(backend, text, values);
        let row = self.db().query_one_raw(statement).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// The statement of a page. One more is read, which tells whether another page follows.
    fn search_statement(
        &self,
        owner: Owner,
        query: &SearchQuery,
        ranked: bool,
        matches: &str,
    ) -> (String, Vec<Value>) {
        let postgres = self.backend() == DbBackend::Postgres;
        let words = if postgres {
            tsquery(owner, &query.query)
        } else {
            fts5(owner, &query.query)
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
        conditions.push_str(&with_labels(&query.labels, &mut bind));
        // Better is less, on both: so that rank and identifier run in one direction.
        let from = if postgres {
            "notes n"
        } else {
            "note_words JOIN note_search s ON s.doc = note_words.rowid JOIN notes n ON n.id = s.note_id"
        };
        let (rank, order) = match (postgres, ranked) {
            (true, true) => (
                "-ts_rank('{0.1, 0.1, 0.1, 1.0}', n.vector, $1::tsquery)::float8",
                "rank, n.id DESC",
            ),
            (true, false) => ("NULL::float8", "n.id DESC"),
            (false, true) => ("bm25(note_words, 0.0, 10.0, 1.0)", "rank, n.id DESC"),
            (false, false) => ("NULL", "note_words.rowid DESC"),
        };
        // Where the last word may be unfinished, notes that have it whole come first.
        let finished = query.query.finished().filter(|_| ranked);
        let whole = finished.map(|finished| {
            if postgres {
                let words = bind(tsquery(owner, &finished).into());
                format!(" - CASE WHEN n.vector @@ ${words}::tsquery THEN {WHOLE_WORDS} ELSE 0 END")
            } else {
                let words = bind(fts5(owner, &finished).into());
                format!(
                    " - CASE WHEN note_words.rowid IN (SELECT rowid FROM note_words WHERE note_words MATCH ${words}) THEN {WHOLE_WORDS} ELSE 0 END"
                )
            }
        });
        let mut text = select(self.backend());
        let whole = whole.unwrap_or_default();
        let _ = write!(
            text,
            ", {rank}{whole} AS rank FROM {from} WHERE {matches} AND {conditions}"
        );
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
        let _ = write!(
            text,
            " LIMIT ${}",
            bind((i64::from(query.limit) + 1).into())
        );
        (text, values)
    }
}

/// A word that no text has, because of its first character.
fn mark(owner: Owner) -> String {
    format!("@{}", owner.id().simple())
}

fn tsquery(owner: Owner, query: &Query) -> String {
    format!("'{}' & {}", mark(owner), query.tsquery())
}

fn fts5(owner: Owner, query: &Query) -> String {
    format!(
        "owner : \"{}\" AND {{title body}} : ({})",
        mark(owner),
        query.fts5()
    )
}
