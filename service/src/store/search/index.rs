//! The search index of notes: a `tsvector` column of the note in PostgreSQL, an FTS5 table in SQLite.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sea_orm::sea_query::{DynIden, Expr, ExprTrait, IntoIden, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Statement,
    TryIntoModel,
};
use uuid::Uuid;

use super::owner_mark;
use crate::content::text::to_searchable_text;
use crate::content::words::{fts5_word, split_words};
use crate::error::Error;
use crate::store::entity::note;
use crate::store::{Owner, Store, attachments};

/// Name of the PostgreSQL column, which the SeaORM entity leaves out because SQLite does not have it.
const VECTOR: &str = "vector";
/// Largest position in a PostgreSQL `tsvector`, and maximum number of positions of one word
/// (<https://www.postgresql.org/docs/current/textsearch-limitations.html>).
const LAST_POSITION: usize = 16_383;
const MOST_POSITIONS: usize = 256;

impl Store {
    /// Indexes notes without an index entry, in transactions of their own, such as those from releases without a search. Returns their number.
    pub async fn index_missing(&self) -> Result<usize, Error> {
        const CHUNK: usize = 200;
        let text = match self.backend() {
            DbBackend::Postgres => {
                "SELECT id, user_id, title, content FROM notes WHERE vector IS NULL ORDER BY id LIMIT 200"
            }
            _ => {
                "SELECT n.id, n.user_id, n.title, n.content FROM notes n LEFT JOIN note_search s ON s.note_id = n.id \
                 WHERE s.note_id IS NULL ORDER BY n.id LIMIT 200"
            }
        };
        let mut indexed = 0;
        loop {
            let rows = self
                .db()
                .query_all_raw(Statement::from_string(self.backend(), text))
                .await?;
            for row in &rows {
                let owner = Owner::from_authenticated(row.try_get_by_index(1)?);
                let (title, content): (String, String) =
                    (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
                let tx = self.begin_write().await?;
                let id = row.try_get_by_index(0)?;
                let names = attachments::load_attachment_names(&tx, id).await?;
                index_note(&tx, owner, id, &title, &content, &names).await?;
                tx.commit().await?;
            }
            indexed += rows.len();
            if rows.len() < CHUNK {
                return Ok(indexed);
            }
        }
    }
}

/// Inserts notes of the user together with their index entries.
pub(in crate::store) async fn insert_indexed(
    tx: &DatabaseTransaction,
    owner: Owner,
    rows: Vec<note::ActiveModel>,
) -> Result<Vec<note::Model>, Error> {
    let notes: Vec<note::Model> = rows
        .iter()
        .map(|row| row.clone().try_into_model())
        .collect::<Result<_, _>>()?;
    if notes.is_empty() {
        return Ok(notes);
    }
    if tx.get_database_backend() != DbBackend::Postgres {
        note::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
        for note in &notes {
            index_note(tx, owner, note.id, &note.title, &note.content, "").await?;
        }
        return Ok(notes);
    }
    let columns = note::Column::iter().map(IntoIden::into_iden);
    let mut insert = Query::insert();
    insert
        .into_table(note::Entity)
        .columns(columns.chain([DynIden::from(VECTOR)]));
    for (row, note) in rows.iter().zip(&notes) {
        let values = note::Column::iter().map(|column| row.get(column).into_value());
        let words = build_vector(owner, &note.title, &note.content, "");
        let values: Option<Vec<Expr>> = values.map(|value| value.map(Expr::val)).collect();
        let mut values = values.ok_or_else(|| Error::internal("a note without all columns"))?;
        values.push(to_vector_expression(words));
        insert.values(values).map_err(Error::internal)?;
    }
    tx.execute(&insert).await?;
    Ok(notes)
}

/// Indexes all notes with attachments again.
pub(in crate::store) async fn index_notes_with_files(
    tx: &DatabaseTransaction,
) -> Result<(), Error> {
    let mut after = Uuid::nil();
    loop {
        let some = note::Entity::find()
            .filter(note::Column::AttachmentCount.gt(0))
            .filter(note::Column::Id.gt(after))
            .order_by_asc(note::Column::Id)
            .limit(100);
        let some = some.all(tx).await?;
        let Some(last) = some.last() else {
            return Ok(());
        };
        after = last.id;
        for note in &some {
            let owner = Owner::from_authenticated(note.user_id);
            let names = attachments::load_attachment_names(tx, note.id).await?;
            index_note(tx, owner, note.id, &note.title, &note.content, &names).await?;
        }
    }
}

/// Updates a note of the user, and its index entry if the text has changed.
pub(in crate::store) async fn update_indexed(
    tx: &DatabaseTransaction,
    owner: Owner,
    row: note::ActiveModel,
    says_other: bool,
) -> Result<note::Model, Error> {
    let note = row.clone().try_into_model()?;
    let mut update = note::Entity::update_many()
        .set(row)
        .filter(note::Column::Id.eq(note.id))
        .filter(note::Column::UserId.eq(owner.id()));
    let postgres = tx.get_database_backend() == DbBackend::Postgres;
    if says_other && postgres {
        let names = load_names(tx, &note).await?;
        let words = build_vector(owner, &note.title, &note.content, &names);
        QueryTrait::query(&mut update).value(VECTOR, to_vector_expression(words));
    }
    if update.exec(tx).await?.rows_affected != 1 {
        return Err(DbErr::RecordNotUpdated.into());
    }
    if says_other && !postgres {
        let names = load_names(tx, &note).await?;
        index_note(tx, owner, note.id, &note.title, &note.content, &names).await?;
    }
    Ok(note)
}

/// Returns the names of the attachments of a note; runs no query for a note without attachments.
async fn load_names(tx: &DatabaseTransaction, note: &note::Model) -> Result<String, Error> {
    if note.attachment_count == 0 {
        return Ok(String::new());
    }
    attachments::load_attachment_names(tx, note.id).await
}

/// Returns the searchable text of a note besides its title: its content, followed by the names of its attachments.
fn build_body(content: &str, names: &str) -> String {
    let mut body = to_searchable_text(content);
    if !names.is_empty() {
        body.push_str("\n\n");
        body.push_str(names);
    }
    body
}

fn to_vector_expression(words: String) -> Expr {
    Expr::val(words).cast_as("tsvector")
}

/// Writes the index entry of a note.
async fn index_note(
    tx: &DatabaseTransaction,
    owner: Owner,
    id: Uuid,
    title: &str,
    content: &str,
    names: &str,
) -> Result<(), Error> {
    let backend = tx.get_database_backend();
    if backend == DbBackend::Postgres {
        let text = "UPDATE notes SET vector = $2::tsvector WHERE id = $1";
        let values = [id.into(), build_vector(owner, title, content, names).into()];
        tx.execute_raw(Statement::from_sql_and_values(backend, text, values))
            .await?;
        return Ok(());
    }
    let text = "INSERT INTO note_search (note_id, user_id) VALUES ($1, $2) ON CONFLICT (note_id) DO UPDATE SET note_id = note_id RETURNING doc";
    let values = [id.into(), owner.id().into()];
    let row = tx
        .query_one_raw(Statement::from_sql_and_values(backend, text, values))
        .await?
        .ok_or_else(|| Error::internal("an insertion that returns nothing"))?;
    let doc: i64 = row.try_get_by_index(0)?;
    let text =
        "INSERT OR REPLACE INTO note_words (rowid, owner, title, body) VALUES ($1, $2, $3, $4)";
    let values = [
        doc.into(),
        owner_mark(owner).into(),
        join_words(title).into(),
        join_words(&build_body(content, names)).into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(backend, text, values))
        .await?;
    Ok(())
}

fn join_words(text: &str) -> String {
    let words: Vec<String> = split_words(text)
        .into_iter()
        .map(|word| fts5_word(&word.folded).into_owned())
        .collect();
    words.join(" ")
}

/// Returns the text form of a `tsvector` for a note: words of title and text with their positions, those of the title with the highest weight. Words
/// consist of letters and digits only.
///
/// Each word occurs once with all its positions, which PostgreSQL parses faster than one entry per position.
pub(in crate::store) fn build_vector(
    owner: Owner,
    title: &str,
    content: &str,
    names: &str,
) -> String {
    let content = build_body(content, names);
    let mut lexemes: BTreeMap<Cow<'_, str>, Lexeme> = BTreeMap::new();
    let title = split_words(title);
    // The gap keeps phrases from matching across the end of the title.
    let body_from = title.len() + 2;
    for (word, at) in title.into_iter().zip(1..) {
        lexemes
            .entry(word.folded)
            .or_default()
            .add_position(at, "A");
    }
    for (word, at) in split_words(&content).into_iter().zip(body_from..) {
        lexemes.entry(word.folded).or_default().add_position(at, "");
    }
    let mut text = format!("'{}'", owner_mark(owner));
    for (word, Lexeme { positions, .. }) in lexemes {
        for part in [" '", &word, "':", &positions] {
            text.push_str(part);
        }
    }
    text
}

/// The positions of a word, in the syntax of PostgreSQL.
#[derive(Debug, Default)]
struct Lexeme {
    positions: String,
    count: usize,
}

impl Lexeme {
    /// Adds a position, up to the number that PostgreSQL stores.
    fn add_position(&mut self, at: usize, weight: &str) {
        if self.count < MOST_POSITIONS {
            if self.count > 0 {
                self.positions.push(',');
            }
            push_number(&mut self.positions, at.min(LAST_POSITION));
            self.positions.push_str(weight);
            self.count += 1;
        }
    }
}

/// Appends the digits of a number. A note has hundreds of positions, and formatting them costs ten times as much.
fn push_number(text: &mut String, number: usize) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or(0)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_each_word_once_with_positions() {
        let owner = Owner::from_authenticated(Uuid::from_u128(7));
        assert_eq!(
            build_vector(owner, "Two *notes*", "two of **them**, Two", ""),
            "'@00000000000000000000000000000007' 'notes':2A 'of':5 'them':6 'two':1A,4,7"
        );
        let text = build_vector(owner, "", &"so ".repeat(1_000), "");
        assert!(text.ends_with(",256,257"), "{text}");
    }
}
