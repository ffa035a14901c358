//! Restore of a backup into a database, in one transaction.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};

use flate2::read::GzDecoder;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ActiveValue::Set, ConnectionTrait as _, DatabaseTransaction,
    DbBackend, DbErr, EntityTrait, IntoActiveModel, QuerySelect as _, TryIntoModel as _, Value,
};
use serde_json::Value as Json;
use uuid::Uuid;

use super::bytes::Line;
use super::row::{from_json, table};
use super::tables::each_table;
use super::{
    Counts, FIRST_VERSION, FORMAT, Head, PAGE, Report, VERSION, bytes, io_error, rejection_error,
};
use crate::error::Error;
use crate::files::Files;
use crate::store::entity::{
    access_token, attachment, attachment_part, challenge, counter, delivery, discarded_file,
    idempotency_key, identity, invite, label, listener, mailed_link, note, note_label, note_link,
    note_revision, note_share, passkey, push_key, push_subscription, rate_limit, recovery_code,
    reminder_settings, saved_filter, session, share_invitation, share_news, sign_in_flow,
    tombstone, totp_secret, user, webhook, webhook_delivery,
};
use crate::store::{Owner, Store, search};

/// Maximum length of a line in bytes, above that of the longest note with every character escaped.
const LINE_BYTES: u64 = 4 * 1024 * 1024;
/// Size in bytes of rows to collect before they are written together.
const PAGE_BYTES: usize = 4 * 1024 * 1024;
/// Number to add to each user's revision on a restore, more than the number of writes between the backup and the restore.
const LEFT_OUT: i64 = 1_000_000;

/// The treatment of accounts that the target database contains already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExistingAccounts {
    /// Rejects the restore into a database with accounts.
    Reject,
    /// Deletes them, if the restore succeeds.
    Replace,
}

/// The treatment of the bytes of attachments in a backup.
#[derive(Debug, Clone, Copy)]
pub enum AttachmentBytes<'a> {
    /// Stores them in this file storage.
    Into(&'a Files),
    /// Rejects a file that contains some, because the configuration has no file storage.
    Reject,
    /// Skips them. Their digests are checked nevertheless.
    Skip,
}

/// Restores everything into a database with a current schema, whose migrations are `known`, and the bytes of attachments into file storage. The bytes
/// are stored before the rows are committed. If the restore fails later, periodic upkeep deletes the bytes that nothing refers to.
///
/// # Errors
///
/// `conflict` for a file that is damaged or from a later release, and for a target database or configuration that is not suitable.
pub async fn restore_backup(
    store: &Store,
    bytes: AttachmentBytes<'_>,
    from: impl Read,
    found: ExistingAccounts,
    known: &[String],
) -> Result<Report, Error> {
    let mut lines = Lines::new(from);
    let head = read_head(&mut lines, known)?;
    let tx = store.begin_write().await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        // A user who registers during the restore would be lost.
        tx.execute_unprepared("LOCK TABLE users IN EXCLUSIVE MODE")
            .await?;
    }
    let occupied = user::Entity::find().limit(1).one(&tx).await?.is_some();
    if occupied && found == ExistingAccounts::Reject {
        tx.rollback().await?;
        return Err(rejection_error(
            "the database contains accounts; `--replace` deletes all data in it before the restore",
        ));
    }
    delete_all_rows(&tx).await?;
    let report = restore_rows(&tx, &mut lines, &head, bytes).await;
    let report = report.map_err(explain_violation)?;
    // Attachments are restored after the notes that their names are indexed with.
    search::index_notes_with_files(&tx).await?;
    expire_changes(&tx).await?;
    tx.commit().await?;
    Ok(report)
}

/// Raises the revision of every user, and the oldest revision from which changes are available. A device may know writes from after the backup, with
/// revisions that will be assigned again. Its next request fails with `changes_expired`, and it reads everything again.
async fn expire_changes(tx: &DatabaseTransaction) -> Result<(), Error> {
    let raised = || Expr::col(user::Column::Revision).add(LEFT_OUT);
    user::Entity::update_many()
        .col_expr(user::Column::Revision, raised())
        .col_expr(user::Column::ChangesFloor, raised())
        .exec(tx)
        .await?;
    Ok(())
}

/// Converts a violated constraint to an error of the file, such as a row that refers to a missing one.
fn explain_violation(error: Error) -> Error {
    let database = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref());
    if database.and_then(DbErr::sql_err).is_some() {
        return rejection_error("rows in the file are missing or inconsistent");
    }
    error
}

/// Deletes all rows, those that refer to others first.
async fn delete_all_rows(tx: &DatabaseTransaction) -> Result<(), Error> {
    let mut tables: Vec<_> = super::tables::list_tables();
    tables.reverse();
    for (table, _) in tables {
        tx.execute_unprepared(&format!("DELETE FROM {table}"))
            .await?;
    }
    Ok(())
}

fn read_head(lines: &mut Lines<impl Read>, known: &[String]) -> Result<Head, Error> {
    let none = || rejection_error("the file is not a backup of the notes service");
    let head: Json = lines.next_line()?.ok_or_else(none)?;
    if head["format"] != FORMAT {
        return Err(none());
    }
    let version = head["version"].as_u64();
    if !version.is_some_and(|version| (FIRST_VERSION.into()..=VERSION.into()).contains(&version)) {
        return Err(rejection_error(format!(
            "the file has the format version {}, and this program supports versions {FIRST_VERSION} to {VERSION}; use the release that wrote it, or a later one",
            head["version"]
        )));
    }
    let head: Head = serde_json::from_value(head).map_err(|_| none())?;
    if let Some(step) = head.steps.iter().find(|step| !known.contains(step)) {
        return Err(rejection_error(format!(
            "the file was written by release {}, whose schema has the step {step} that is unknown to this program; use that release, or a later one",
            head.program
        )));
    }
    Ok(head)
}

async fn restore_rows(
    tx: &DatabaseTransaction,
    lines: &mut Lines<impl Read>,
    head: &Head,
    bytes: AttachmentBytes<'_>,
) -> Result<Report, Error> {
    let mut report = Report {
        has_attachments: head.attachments,
        ..Report::default()
    };
    let counts = &mut report.counts;
    let mut page = Page::default();
    while let Some(line) = lines.next_line()? {
        let Json::Array(line) = line else {
            page.write_rows(tx, head).await?;
            match serde_json::from_value(line.clone()) {
                Ok(Line::File(begin)) => {
                    let files = match bytes {
                        AttachmentBytes::Into(files) => Some(files),
                        AttachmentBytes::Skip => None,
                        AttachmentBytes::Reject => return Err(no_storage_error()),
                    };
                    bytes::restore_bytes(tx, lines, begin, files, counts).await?;
                    continue;
                }
                Ok(Line::Lost(id)) => {
                    report.lost.push(id);
                    continue;
                }
                Err(_) => {}
            }
            let foot: Counts = serde_json::from_value(line)
                .map_err(|_| rejection_error("a line is not a valid row"))?;
            return if foot == *counts {
                Ok(report)
            } else {
                Err(rejection_error(
                    "rows or attachments are missing between the head and the foot of the file",
                ))
            };
        };
        let Ok([Json::String(table), Json::Array(values)]) = <[Json; 2]>::try_from(line) else {
            return Err(rejection_error("a line is not a valid row"));
        };
        counts.count_row(&table);
        if page.is_full() || page.table != table {
            page.write_rows(tx, head).await?;
            page.table = table;
        }
        page.bytes += lines.length;
        page.rows.push(values);
    }
    Err(rejection_error("the file ends too early: it was cut off"))
}

/// Returns the error for bytes without a configured file storage.
fn no_storage_error() -> Error {
    rejection_error(
        "the file contains the bytes of attachments, but no storage is configured; set FILES_DIR or FILES_BUCKET, or use `--without-attachments` to restore without them",
    )
}

/// Rows of one table to write together.
#[derive(Default)]
struct Page {
    table: String,
    rows: Vec<Vec<Json>>,
    bytes: usize,
}

impl Page {
    fn is_full(&self) -> bool {
        self.rows.len() >= PAGE || self.bytes >= PAGE_BYTES
    }

    async fn write_rows(&mut self, tx: &DatabaseTransaction, head: &Head) -> Result<(), Error> {
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        if rows.is_empty() {
            return Ok(());
        }
        let columns = head.tables.get(&self.table).ok_or_else(|| {
            rejection_error(format!(
                "the table {} is not in the head of the file",
                self.table
            ))
        })?;
        if self.table == table::<note::Entity>() {
            return insert_notes(tx, columns, rows).await;
        }
        macro_rules! write {
            ($entity:ident) => {
                if self.table == table::<$entity::Entity>() {
                    return insert::<$entity::Entity>(tx, columns, rows).await;
                }
            };
        }
        each_table!(write);
        Err(rejection_error(format!(
            "the table {} is unknown to this program",
            self.table
        )))
    }
}

async fn insert<E: EntityTrait>(
    tx: &DatabaseTransaction,
    columns: &[String],
    rows: Vec<Vec<Json>>,
) -> Result<(), Error>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let rows = rows
        .into_iter()
        .map(|values| from_json::<E>(columns, values))
        .collect::<Result<Vec<_>, _>>()?;
    E::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Inserts notes together with their search index, which is specific to the database.
async fn insert_notes(
    tx: &DatabaseTransaction,
    columns: &[String],
    rows: Vec<Vec<Json>>,
) -> Result<(), Error> {
    let mut by_user: BTreeMap<Uuid, Vec<note::ActiveModel>> = BTreeMap::new();
    for values in rows {
        let mut note = from_json::<note::Entity>(columns, values)?;
        fill_in(&mut note);
        let whole: note::Model = note
            .clone()
            .try_into_model()
            .map_err(|_| rejection_error("a note lacks a column"))?;
        by_user.entry(whole.user_id).or_default().push(note);
    }
    for (user, notes) in by_user {
        search::insert_indexed(tx, Owner::from_authenticated(user), notes).await?;
    }
    Ok(())
}

/// Sets the columns that files of earlier releases lack: such notes have no attachments, no shares and no recurring reminders.
fn fill_in(note: &mut note::ActiveModel) {
    fn default<V: Into<Value>>(column: &mut ActiveValue<V>, value: V) {
        if column.is_not_set() {
            *column = Set(value);
        }
    }
    default(&mut note.attachment_count, 0);
    default(&mut note.cover_id, None);
    default(&mut note.cover_width, None);
    default(&mut note.cover_height, None);
    default(&mut note.is_shared, false);
    default(&mut note.author_id, None);
    default(&mut note.reminder_recurrence, None);
    default(&mut note.reminder_fired_for, None);
}

/// A reader for lines of JSON with limited length, and for blocks between them.
pub(super) struct Lines<R: Read> {
    from: BufReader<GzDecoder<R>>,
    buffer: Vec<u8>,
    /// Length of the last line in bytes.
    length: usize,
}

impl<R: Read> Lines<R> {
    fn new(from: R) -> Self {
        Self {
            from: BufReader::new(GzDecoder::new(from)),
            buffer: Vec::new(),
            length: 0,
        }
    }

    pub(super) fn next_line(&mut self) -> Result<Option<Json>, Error> {
        self.buffer.clear();
        let mut limited = (&mut self.from).take(LINE_BYTES);
        self.length = limited
            .read_until(b'\n', &mut self.buffer)
            .map_err(read_error)?;
        if self.length == 0 {
            return Ok(None);
        }
        serde_json::from_slice(&self.buffer).map(Some).map_err(|_| {
            rejection_error("the file is not a backup of the notes service, or is damaged")
        })
    }

    /// Reads the next block of at most `most` bytes. Returns false at the end of the blocks.
    pub(super) fn next_block(&mut self, most: usize, into: &mut Vec<u8>) -> Result<bool, Error> {
        let mut length = [0; 4];
        self.from.read_exact(&mut length).map_err(read_error)?;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(Error::internal)?;
        if length > most {
            return Err(rejection_error(
                "the file is damaged: a block of bytes is too long",
            ));
        }
        into.resize(length, 0);
        self.from.read_exact(into).map_err(read_error)?;
        Ok(length > 0)
    }
}

/// Returns the error for a file that cannot be read further.
fn read_error(error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData => {
            rejection_error("the file is not a backup of the notes service, or is damaged")
        }
        std::io::ErrorKind::UnexpectedEof => {
            rejection_error("the file is not a backup of the notes service, or was cut off")
        }
        _ => io_error(error),
    }
}
