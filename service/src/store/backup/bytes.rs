//! The bytes of attachments in a backup, after the rows. Memory does not grow with their size or number.
//!
//! For each part, a line names the attachment and the part: the file, its thumbnail, or a part of an upload in progress. Blocks follow, each preceded
//! by its length in four bytes, up to a block of length 0, and a line with the digest of all. Another kind of line names an attachment whose bytes
//! could not be read during the backup.

use std::io::{Read, Write};

use futures_util::TryStreamExt as _;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;
use uuid::Uuid;

use super::read::Lines;
use super::{Counts, PAGE, Report, io_error, rejection_error, write};
use crate::error::Error;
use crate::files::{Files, Part};
use crate::store::Store;
use crate::store::entity::{attachment, attachment_part};

/// Maximum size of a block in bytes.
const MOST_BLOCK: usize = 8 * 1024 * 1024;
/// Size in bytes up to which a restore keeps a file in memory; larger ones go to a temporary file.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// The line before the bytes of a part.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Begin {
    attachment: Uuid,
    object: Uuid,
    part: PartOf,
}

/// The name of a part in the backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum PartOf {
    Whole,
    Thumbnail,
    Piece(Uuid),
}

impl From<PartOf> for Part {
    fn from(part: PartOf) -> Self {
        match part {
            PartOf::Whole => Self::Whole,
            PartOf::Thumbnail => Self::Thumbnail,
            PartOf::Piece(id) => Self::Piece(id),
        }
    }
}

/// The line after the bytes of a part.
#[derive(Debug, Serialize, Deserialize)]
struct End {
    /// SHA-256 digest of the bytes, in base64.
    sha256: String,
    /// False if the bytes differ from what the database recorded, that is, file storage has damaged them.
    good: bool,
}

/// A line between the rows and the footer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Line {
    /// The bytes of a part follow.
    File(Begin),
    /// The bytes of this attachment are missing or damaged.
    Lost(Uuid),
}

/// Writes the bytes of all attachments that the transaction sees. Returns those whose bytes could not be read, possibly because they were deleted
/// since the transaction began.
pub(super) async fn write_all(
    tx: &DatabaseTransaction,
    files: &Files,
    out: &mut impl Write,
    counts: &mut Counts,
) -> Result<Vec<Uuid>, Error> {
    let mut unread = Vec::new();
    let mut after = Uuid::nil();
    loop {
        let page = attachment::Entity::find()
            .filter(attachment::Column::Id.gt(after))
            .order_by_asc(attachment::Column::Id)
            .limit(PAGE as u64)
            .all(tx)
            .await?;
        let Some(last) = page.last() else {
            return Ok(unread);
        };
        after = last.id;
        for row in &page {
            if !write_attachment(tx, files, out, counts, row).await? {
                unread.push(row.id);
            }
        }
    }
}

/// Writes all stored parts of one attachment. Returns true unless the attachment is complete and its bytes are missing or damaged.
async fn write_attachment(
    tx: &DatabaseTransaction,
    files: &Files,
    out: &mut impl Write,
    counts: &mut Counts,
    row: &attachment::Model,
) -> Result<bool, Error> {
    let begin = |part| Begin {
        attachment: row.id,
        object: row.object,
        part,
    };
    if row.completed_at.is_none() {
        let pieces: Vec<Uuid> = attachment_part::Entity::find()
            .select_only()
            .column(attachment_part::Column::Part)
            .filter(attachment_part::Column::AttachmentId.eq(row.id))
            .order_by_asc(attachment_part::Column::Start)
            .into_tuple()
            .all(tx)
            .await?;
        for piece in pieces {
            write_part(files, out, counts, begin(PartOf::Piece(piece)), None).await?;
        }
        return Ok(true);
    }
    if row.thumbnail_bytes.is_some() {
        write_part(files, out, counts, begin(PartOf::Thumbnail), None).await?;
    }
    write_part(files, out, counts, begin(PartOf::Whole), Some(row)).await
}

/// Writes one part. Returns true if it was present, with the digest and size in its row.
async fn write_part(
    files: &Files,
    out: &mut impl Write,
    counts: &mut Counts,
    begin: Begin,
    row: Option<&attachment::Model>,
) -> Result<bool, Error> {
    let Some(mut content) = files
        .read_if_present(begin.object, begin.part.into())
        .await?
    else {
        return Ok(false);
    };
    write::write_line(out, &json!(Line::File(begin)))?;
    let (mut hash, mut length) = (Sha256::new(), 0_u64);
    while let Some(bytes) = content.try_next().await.map_err(io_error)? {
        hash.update(&bytes);
        length += bytes.len() as u64;
        for block in bytes.chunks(MOST_BLOCK) {
            write_block(out, block)?;
        }
    }
    write_block(out, &[])?;
    let digest = hash.finalize();
    let good = row.is_none_or(|row| matches_row(row, &digest, length));
    let end = End {
        sha256: encode_base64(&digest),
        good,
    };
    write::write_line(out, &json!(end))?;
    counts.files += 1;
    counts.file_bytes += length;
    Ok(good)
}

fn write_block(out: &mut impl Write, bytes: &[u8]) -> Result<(), Error> {
    let length = u32::try_from(bytes.len()).map_err(Error::internal)?;
    out.write_all(&length.to_be_bytes()).map_err(io_error)?;
    out.write_all(bytes).map_err(io_error)
}

fn encode_base64(digest: &[u8]) -> String {
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, digest)
}

/// Returns true if digest and size are those of a complete attachment.
fn matches_row(row: &attachment::Model, digest: &[u8], length: u64) -> bool {
    row.sha256.as_deref() == Some(digest) && u64::try_from(row.bytes) == Ok(length)
}

/// Writes a line for each attachment that could not be read and still exists, and adds it to the report. Counts the others, which were deleted during
/// the backup.
pub(super) async fn write_lost(
    store: &Store,
    out: &mut impl Write,
    unread: &[Uuid],
    report: &mut Report,
) -> Result<(), Error> {
    for ids in unread.chunks(PAGE) {
        let there: Vec<Uuid> = attachment::Entity::find()
            .select_only()
            .column(attachment::Column::Id)
            .filter(attachment::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(store.db())
            .await?;
        report.deleted_meanwhile += (ids.len() - there.len()) as u64;
        for id in there {
            write::write_line(out, &json!(Line::Lost(id)))?;
            report.lost.push(id);
        }
    }
    Ok(())
}

/// Reads the bytes after a line, and stores them unless `files` is `None`. Before storing, it checks them against the digest in the file, and those
/// of a complete attachment against its row.
pub(super) async fn restore_bytes(
    tx: &DatabaseTransaction,
    lines: &mut Lines<impl Read>,
    begin: Begin,
    files: Option<&Files>,
    counts: &mut Counts,
) -> Result<(), Error> {
    let mut kept = files.map(|files| (files, SpooledTempFile::new(IN_MEMORY)));
    let (mut hash, mut length) = (Sha256::new(), 0_u64);
    let mut block = Vec::new();
    while lines.next_block(MOST_BLOCK, &mut block)? {
        hash.update(&block);
        length += block.len() as u64;
        if let Some((_, file)) = &mut kept {
            file.write_all(&block).map_err(io_error)?;
        }
    }
    let end = lines.next_line()?.unwrap_or_default();
    let end: End = serde_json::from_value(end).map_err(|_| {
        rejection_error("the bytes of an attachment are incomplete: the file was cut off")
    })?;
    let digest = hash.finalize();
    let row = attachment::Entity::find_by_id(begin.attachment)
        .one(tx)
        .await?
        .filter(|row| row.object == begin.object)
        .ok_or_else(|| {
            rejection_error(format!(
                "the file has bytes of the attachment {}, but no row for it",
                begin.attachment
            ))
        })?;
    let is_right = encode_base64(&digest) == end.sha256
        && (begin.part != PartOf::Whole || !end.good || matches_row(&row, &digest, length));
    if !is_right {
        return Err(rejection_error(format!(
            "the bytes of the attachment {} do not match their digest: the file is damaged",
            begin.attachment
        )));
    }
    counts.files += 1;
    counts.file_bytes += length;
    if let Some((files, file)) = kept.filter(|_| end.good) {
        files
            .put_part(begin.object, begin.part.into(), file)
            .await?;
    }
    Ok(())
}
