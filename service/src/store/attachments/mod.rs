//! Attachments of notes: their descriptions in the database. The bytes are in file storage, see [`files`](crate::files).

mod audit;
mod change;
mod discarded;
mod read;
mod upload;

pub use audit::CompleteFile;
pub use change::AttachmentChange;
pub use upload::{FinishedUpload, NewFile, StartedUpload, Upload, UploadMode, UploadPart};

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entity::{attachment, note, user};
use super::sharing::{AffectedShares, Recipients};
use super::{Owner, search, webhooks};
use crate::clock;
use crate::domain::note::Place;
use crate::domain::webhook::{Event, OccurredEvent};
use crate::error::{Code, Error};

/// Updates the facts about attachments in the row of a note and in the search index, and notifies others. The note gets a new version unless the
/// attachment was imported with it. Returns the version, and the recipients of a shared note to notify.
async fn refresh_note(
    tx: &DatabaseTransaction,
    owner: Owner,
    row: note::Model,
    user: &user::Model,
    came_with: bool,
) -> Result<(i64, Recipients), Error> {
    let id = row.id;
    let mut affected = AffectedShares::default();
    if !came_with {
        affected.add_note(&row);
    }
    let files: Vec<(Uuid, Option<i32>, Option<i32>)> = attachment::Entity::find()
        .select_only()
        .columns([
            attachment::Column::Id,
            attachment::Column::Width,
            attachment::Column::Height,
        ])
        .filter(attachment::Column::NoteId.eq(id))
        .filter(attachment::Column::CompletedAt.is_not_null())
        .order_by_asc(attachment::Column::CreatedAt)
        .order_by_asc(attachment::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    let cover = files.iter().find(|(_, width, _)| width.is_some());
    let version = row.version + i64::from(!came_with);
    let count = i32::try_from(files.len()).map_err(Error::internal)?;
    let mut row = row.into_active_model();
    row.attachment_count = Set(count);
    row.cover_id = Set(cover.map(|(id, ..)| *id));
    row.cover_width = Set(cover.and_then(|(_, width, _)| *width));
    row.cover_height = Set(cover.and_then(|(.., height)| *height));
    row.version = Set(version);
    row.change_seq = Set(user.revision);
    if !came_with {
        row.updated_at = Set(clock::now());
    }
    // The search index contains the names of the attachments, too.
    search::update_indexed(tx, owner, row, true).await?;
    if !came_with {
        let changed = OccurredEvent::about_note(Event::NoteUpdated, id);
        webhooks::insert_deliveries(tx, user, user.revision, &[changed]).await?;
    }
    Ok((version, affected.insert_for_recipients(tx, owner).await?))
}

/// Returns the names and alternative texts of a note's attachments, for the search index.
pub(in crate::store) async fn load_attachment_names(
    db: &impl ConnectionTrait,
    note_id: Uuid,
) -> Result<String, Error> {
    let names: Vec<(String, String)> = attachment::Entity::find()
        .select_only()
        .columns([attachment::Column::Name, attachment::Column::Alt])
        .filter(attachment::Column::NoteId.eq(note_id))
        .filter(attachment::Column::CompletedAt.is_not_null())
        .order_by_asc(attachment::Column::CreatedAt)
        .order_by_asc(attachment::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let lines: Vec<String> = names
        .into_iter()
        .map(|(name, alt)| format!("{name} {alt}"))
        .collect();
    Ok(lines.join("\n"))
}

/// Checks that a note may change.
///
/// # Errors
///
/// `note_in_trash` for a note in the trash.
fn require_changeable(row: &note::Model) -> Result<(), Error> {
    if Place::from_db(row.place) == Place::Trash {
        return Err(Error::new(Code::NoteInTrash).detail("restore the note before changing it"));
    }
    Ok(())
}
