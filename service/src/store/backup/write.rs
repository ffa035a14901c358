//! Creation of a backup from the rows of a database and the bytes in file storage.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    AccessMode, DatabaseTransaction, DbBackend, EntityTrait, IsolationLevel, Iterable as _,
    ModelTrait, PrimaryKeyToColumn, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    TransactionTrait as _,
};
use serde_json::json;

use super::row::{table, to_json};
use super::tables::{self, each_table};
use super::{Counts, FORMAT, Head, PAGE, Report, VERSION, bytes, io_error};
use crate::clock;
use crate::error::Error;
use crate::files::Files;
use crate::store::Store;
use crate::store::entity::{
    access_token, attachment, attachment_part, challenge, counter, delivery, discarded_file,
    idempotency_key, identity, invite, label, listener, mailed_link, note, note_label, note_link,
    note_revision, note_share, passkey, push_key, push_subscription, rate_limit, recovery_code,
    reminder_settings, saved_filter, session, share_invitation, share_news, sign_in_flow,
    tombstone, totp_secret, user, webhook, webhook_delivery,
};

/// Writes all rows of the database in one consistent snapshot, and the bytes of attachments if `files` is given. Other connections continue to write.
pub async fn write_backup(
    store: &Store,
    files: Option<&Files>,
    to: impl Write,
    steps: Vec<String>,
) -> Result<Report, Error> {
    let mut out = GzEncoder::new(to, Compression::default());
    let head = Head {
        format: FORMAT.to_owned(),
        version: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        steps,
        created_at: clock::now(),
        tables: tables::list_tables().into_iter().collect(),
        attachments: files.is_some(),
    };
    write_line(&mut out, &json!(head))?;
    let tx = begin_snapshot(store).await?;
    let mut report = Report {
        has_attachments: files.is_some(),
        ..Report::default()
    };
    macro_rules! write {
        ($entity:ident) => {
            rows::<$entity::Entity>(&tx, &mut out, &mut report.counts).await?;
        };
    }
    each_table!(write);
    let unread = match files {
        Some(files) => bytes::write_all(&tx, files, &mut out, &mut report.counts).await?,
        None => Vec::new(),
    };
    tx.rollback().await?;
    bytes::write_lost(store, &mut out, &unread, &mut report).await?;
    write_line(&mut out, &json!(report.counts))?;
    out.finish().map_err(io_error)?.flush().map_err(io_error)?;
    Ok(report)
}

/// Begins a transaction that sees a snapshot. In SQLite, every read transaction does (<https://www.sqlite.org/isolation.html>).
async fn begin_snapshot(store: &Store) -> Result<DatabaseTransaction, Error> {
    if store.backend() == DbBackend::Postgres {
        let (level, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
        return Ok(store
            .db()
            .begin_with_config(Some(level), Some(access))
            .await?);
    }
    Ok(store.db().begin().await?)
}

/// Writes the rows of a table in the order of its primary key, page by page.
async fn rows<E: EntityTrait>(
    tx: &DatabaseTransaction,
    out: &mut impl Write,
    counts: &mut Counts,
) -> Result<(), Error>
where
    E::Model: ModelTrait<Entity = E>,
{
    let name = table::<E>();
    let key = || E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    let mut after: Option<E::Model> = None;
    loop {
        let mut page = E::find().limit(PAGE as u64);
        for column in key() {
            page = page.order_by_asc(column);
        }
        if let Some(last) = &after {
            let columns = Expr::tuple(key().map(Expr::col));
            let values = Expr::tuple(key().map(|column| Expr::val(last.get(column))));
            page = page.filter(columns.gt(values));
        }
        let mut page = page.all(tx).await?;
        for row in &page {
            write_line(out, &json!([name, to_json(row)?]))?;
            counts.count_row(&name);
        }
        after = page.pop();
        if after.is_none() {
            return Ok(());
        }
    }
}

pub(super) fn write_line(out: &mut impl Write, value: &serde_json::Value) -> Result<(), Error> {
    serde_json::to_writer(&mut *out, value).map_err(|error| io_error(error.into()))?;
    out.write_all(b"\n").map_err(io_error)
}
