//! Queries for single notes, each with one statement, including the labels.

use sea_orm::sqlx::Row as _;
use sea_orm::sqlx::postgres::PgRow;
use sea_orm::sqlx::sqlite::SqliteRow;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, SqlxError, Statement, Value,
};
use uuid::Uuid;

use crate::domain::attachment::{Cover, Dimensions};
use crate::domain::note::{Color, Note, Place, Writer};
use crate::domain::recurrence::Recurrence;
use crate::error::Error;
use crate::store::entity::{note, note_label, note_share, user};
use crate::store::{Owner, Store};

/// Columns that [`decode`] reads, in its order, of the table `notes` with the alias `n`.
const COLUMNS: &str = "n.id, n.title, n.content, n.color, n.pin_rank, n.place, n.reminder_at, n.trashed_at, n.version, n.position, \
                       n.created_at, n.updated_at, n.reminder_recurrence, n.attachment_count, n.cover_id, n.cover_width, n.cover_height, n.author_id, \
                       (SELECT a.username FROM users a WHERE a.id = n.author_id), \
                       (n.is_shared AND EXISTS (SELECT 1 FROM note_shares e WHERE e.note_id = n.id)), ";
/// Subquery for the labels, which saves a second query: an array, or identifiers separated by commas where there are no arrays.
const LABELS_POSTGRES: &str =
    "ARRAY(SELECT l.label_id FROM note_labels l WHERE l.note_id = n.id ORDER BY l.label_id)";
const LABELS_SQLITE: &str = "(SELECT group_concat(hex(l.label_id) ORDER BY l.label_id) FROM note_labels l WHERE l.note_id = n.id)";

/// Returns the `SELECT` clause with the columns of notes, to which the caller appends `FROM`.
pub(in crate::store) fn select_clause(backend: DbBackend) -> String {
    let labels = match backend {
        DbBackend::Postgres => LABELS_POSTGRES,
        _ => LABELS_SQLITE,
    };
    format!("SELECT {COLUMNS}{labels}")
}

/// Returns the condition that a note `n` has at least one of these labels, starting with `AND`; empty without labels.
pub(in crate::store) fn labels_condition(
    labels: &[Uuid],
    bind: &mut impl FnMut(Value) -> usize,
) -> String {
    if labels.is_empty() {
        return String::new();
    }
    let places: Vec<String> = labels
        .iter()
        .map(|label| format!("${}", bind((*label).into())))
        .collect();
    format!(
        " AND n.id IN (SELECT m.note_id FROM note_labels m WHERE m.label_id IN ({}))",
        places.join(", ")
    )
}

/// Number of columns that [`decode`] reads. Additional columns of a query come after them.
pub(in crate::store) const COLUMN_COUNT: usize = 21;

/// Parses the series in a column; `None` for one that a later release wrote in an unknown form.
pub(in crate::store) fn series(text: Option<&str>) -> Option<Recurrence> {
    text.and_then(Recurrence::parse)
}

/// Builds a note from a row of the database driver. It bypasses SeaORM, which formats an error message for each null column.
macro_rules! note_of {
    ($row:ident, $labels:expr) => {{
        let color: &str = $row.try_get(3)?;
        let pin_rank: i16 = $row.try_get(4)?;
        Ok(Note {
            id: $row.try_get(0)?,
            title: $row.try_get(1)?,
            content: $row.try_get(2)?,
            color: Color::from_db(color),
            pinned: pin_rank == 0,
            place: Place::from_db($row.try_get(5)?),
            label_ids: $labels,
            reminder_at: $row.try_get(6)?,
            trashed_at: $row.try_get(7)?,
            version: $row.try_get(8)?,
            position: $row.try_get(9)?,
            created_at: $row.try_get(10)?,
            updated_at: $row.try_get(11)?,
            recurrence: series($row.try_get(12)?),
            attachment_count: count($row.try_get(13)?),
            cover: cover($row.try_get(14)?, $row.try_get(15)?, $row.try_get(16)?),
            written_by: writer($row.try_get(17)?, $row.try_get(18)?),
            shared: $row.try_get(19)?,
        })
    }};
}

/// Converts a row of [`select`] to a note.
pub(in crate::store) fn decode_note(row: &QueryResult) -> Result<Note, DbErr> {
    let note = match (row.try_as_pg_row(), row.try_as_sqlite_row()) {
        (Some(row), _) => note_from_postgres(row),
        (None, Some(row)) => note_from_sqlite(row),
        (None, None) => return Err(DbErr::Type("a row of another driver".to_owned())),
    };
    note.map_err(|error| DbErr::Type(error.to_string()))
}

fn note_from_postgres(row: &PgRow) -> Result<Note, SqlxError> {
    note_of!(row, row.try_get(20)?)
}

fn note_from_sqlite(row: &SqliteRow) -> Result<Note, SqlxError> {
    let labels: Option<&str> = row.try_get(20)?;
    let labels = labels.into_iter().flat_map(|labels| labels.split(','));
    let labels = labels.map(Uuid::try_parse).collect::<Result<_, _>>();
    note_of!(
        row,
        labels.map_err(|error| SqlxError::Decode(error.into()))?
    )
}

impl Store {
    /// Returns one note of the user in any place.
    ///
    /// # Errors
    ///
    /// `not_found` for a note that does not exist or belongs to another user.
    pub async fn get_note(&self, owner: Owner, id: Uuid) -> Result<Note, Error> {
        load_note(self.db(), owner, id).await
    }
}

/// Returns one note of the user, within a transaction.
pub(in crate::store) async fn load_note(
    db: &impl ConnectionTrait,
    owner: Owner,
    id: Uuid,
) -> Result<Note, Error> {
    let backend = db.get_database_backend();
    let text = format!(
        "{} FROM notes n WHERE n.id = $1 AND n.user_id = $2",
        select_clause(backend)
    );
    let values = [id.into(), owner.id().into()];
    let row = db
        .query_one_raw(Statement::from_sql_and_values(backend, text, values))
        .await?
        .ok_or_else(|| Error::not_found("note"))?;
    Ok(decode_note(&row)?)
}

/// Returns the row of a note of this user.
///
/// # Errors
///
/// `not_found` for a note that does not exist or belongs to another user.
pub(in crate::store) async fn find_note(
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

/// Returns the labels of a note, in ascending order.
pub(super) async fn list_label_ids(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<Uuid>, Error> {
    let rows = note_label::Entity::find()
        .filter(note_label::Column::NoteId.eq(id))
        .order_by_asc(note_label::Column::LabelId)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.label_id).collect())
}

/// Converts a row and its labels to a note. Queries the database only for a note that is shared or was written by another user.
pub(in crate::store) async fn note_from_row(
    db: &impl ConnectionTrait,
    row: note::Model,
    label_ids: Vec<Uuid>,
) -> Result<Note, Error> {
    let shared = row.is_shared
        && note_share::Entity::find()
            .filter(note_share::Column::NoteId.eq(row.id))
            .count(db)
            .await?
            > 0;
    let username = match row.author_id {
        Some(author) => {
            user::Entity::find_by_id(author)
                .select_only()
                .column(user::Column::Username)
                .into_tuple()
                .one(db)
                .await?
        }
        None => None,
    };
    Ok(Note {
        shared,
        written_by: writer(row.author_id, username),
        id: row.id,
        title: row.title,
        content: row.content,
        color: Color::from_db(&row.color),
        pinned: row.pin_rank == 0,
        place: Place::from_db(row.place),
        label_ids,
        reminder_at: row.reminder_at,
        recurrence: series(row.reminder_recurrence.as_deref()),
        trashed_at: row.trashed_at,
        version: row.version,
        position: row.position,
        created_at: row.created_at,
        updated_at: row.updated_at,
        attachment_count: count(row.attachment_count),
        cover: cover(row.cover_id, row.cover_width, row.cover_height),
    })
}

fn writer(author: Option<Uuid>, username: Option<String>) -> Option<Writer> {
    author.map(|_| Writer { username })
}

/// Converts the number of attachments; the limit per note keeps it in range.
fn count(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn cover(id: Option<Uuid>, width: Option<i32>, height: Option<i32>) -> Option<Cover> {
    let dimensions = Dimensions {
        width: u32::try_from(width?).ok()?,
        height: u32::try_from(height?).ok()?,
    };
    Some(Cover {
        id: id?,
        dimensions,
    })
}
