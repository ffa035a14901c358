//! Attaches files to notes: takes a file from the temporary file that received it, examines it, and moves it to the storage.

use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;

use super::App;
use crate::budget::{Key, StopSignal};
use crate::error::{Code, Error};
use crate::files::{self, Facts, Files, Part};
use crate::store::Owner;
use crate::store::attachments::{FinishedUpload, NewFile, StartedUpload};
use crate::store::notes::RequestKey as Repeat;

/// Maximum number of attempts to reserve space for a file; each one deletes some discarded files first.
const MAX_RESERVE_ATTEMPTS: u32 = 4;

/// Returns the storage of files.
///
/// # Errors
///
/// `files_off` if no storage is configured.
pub(super) fn require_storage(app: &App) -> Result<&Files, Error> {
    app.settings.files.as_ref().ok_or_else(|| {
        Error::new(Code::FilesOff)
            .detail("the operator must set FILES_DIR or FILES_BUCKET to enable attachments")
    })
}

/// Stores a complete file as an attachment of a note. After a failure, the reserved space is released.
pub(super) async fn attach_file(
    app: &App,
    owner: Owner,
    key: Key,
    new: NewFile,
    file: SpooledTempFile,
) -> Result<FinishedUpload, Error> {
    store_file(app, owner, key, new, file, None).await
}

/// Stores a file as [`attach`] does, but only once: a repeated request with the same key and the same bytes returns the first attachment.
pub(super) async fn attach_once(
    app: &App,
    owner: Owner,
    key: Key,
    new: NewFile,
    mut file: SpooledTempFile,
    name: String,
) -> Result<FinishedUpload, Error> {
    require_storage(app)?;
    let look = move |stop: &StopSignal| {
        let facts = files::examine_file(&mut file, stop);
        facts.map(|facts| (file, facts))
    };
    let (file, facts) = app.budget.work.run_for_key(key, look).await??;
    let said = ("addAttachment", new.note_id, &new.name, &new.alt);
    let mut hash = Sha256::new();
    hash.update(serde_json::to_vec(&said).map_err(Error::internal)?);
    hash.update(&facts.sha256);
    let repeat = Repeat {
        name,
        request_hash: hash.finalize().to_vec(),
    };
    match app.store.attachment_of_key(owner, &repeat).await? {
        Some(before) => Ok(before),
        None => store_file(app, owner, key, new, file, Some(&repeat)).await,
    }
}

async fn store_file(
    app: &App,
    owner: Owner,
    key: Key,
    new: NewFile,
    file: SpooledTempFile,
    repeat: Option<&Repeat>,
) -> Result<FinishedUpload, Error> {
    let files = require_storage(app)?;
    files::check_size(new.bytes, app.store.limits().file_bytes)?;
    let begun = begin_attachment(app, files, owner, new).await?;
    let finished = complete_attachment(app, owner, key, begun, None, file, repeat).await;
    if !finished
        .as_ref()
        .is_ok_and(|finished| !finished.is_replayed)
    {
        release_reservation(app, owner, begun).await;
    }
    finished
}

/// Reserves space for a file. If the user has none left, files that the user has deleted are removed from the storage first.
pub(super) async fn begin_attachment(
    app: &App,
    files: &Files,
    owner: Owner,
    new: NewFile,
) -> Result<StartedUpload, Error> {
    let mut attempt = 1;
    loop {
        match app.store.begin_attachment(owner, new.clone()).await {
            Err(error) if error.code() == Code::LimitReached && attempt < MAX_RESERVE_ATTEMPTS => {
                attempt += 1;
                if files::collect_discarded_of(&app.store, owner, files).await? == 0 {
                    return Err(error);
                }
            }
            begun => return begun,
        }
    }
}

/// Examines a file for which space is reserved, stores it, and makes it an attachment of its note. `start` is the offset of the last piece of a file
/// that was sent in pieces. Two last pieces that arrive at the same time are stored as separate objects.
pub(super) async fn complete_attachment(
    app: &App,
    owner: Owner,
    key: Key,
    begun: StartedUpload,
    start: Option<u64>,
    file: SpooledTempFile,
    repeat: Option<&Repeat>,
) -> Result<FinishedUpload, Error> {
    let files = require_storage(app)?;
    let (file, facts) = examine_file(app, key, file).await?;
    let object = match start {
        None => begun.object,
        Some(_) => app.store.reserve_object(owner, facts.bytes).await?,
    };
    let turn = app.budget.stores.wait_for_turn(key, 1).await;
    let turn = turn.map_err(|full| full.into_error("files"))?;
    drop(files.put_part(object, Part::Whole, file).await?);
    let small = facts.picture.as_ref();
    if let Some(small) = small.and_then(|picture| picture.thumbnail.clone()) {
        files.put_bytes(object, Part::Thumbnail, small).await?;
    }
    drop(turn);
    let begun = StartedUpload { object, ..begun };
    let finished = app
        .store
        .finish_attachment(owner, begun, start.unwrap_or_default(), &facts, repeat)
        .await;
    if let Err(error) = &finished
        && start.is_some()
        && matches!(
            error.code(),
            Code::Conflict | Code::NoteInTrash | Code::NotFound
        )
    {
        // Nothing refers to the object. Repeated requests that are refused would each leave a copy.
        files.delete_file(object).await?;
        app.store.forget_discarded_files(&[object]).await?;
    }
    finished
}

/// Examines a file on a worker thread. Pictures are decoded one at a time.
async fn examine_file(
    app: &App,
    key: Key,
    mut file: SpooledTempFile,
) -> Result<(SpooledTempFile, Facts), Error> {
    let look = move |stop: &StopSignal| {
        let facts = files::examine_file(&mut file, stop);
        facts.map(|facts| (file, facts))
    };
    let (mut file, facts) = app.budget.work.run_for_key(key, look).await??;
    if !facts.may_be_picture() {
        return Ok((file, facts));
    }
    let turn = app.budget.pictures.wait_for_turn(key, 1).await;
    let _turn = turn.map_err(|full| full.into_error("pictures"))?;
    let look = move |_: &StopSignal| {
        let facts = facts.with_picture(&mut file);
        facts.map(|facts| (file, facts))
    };
    app.budget.work.run_for_key(key, look).await?
}

/// Releases the reserved space. If the database does not answer, the space is released when the reservation expires.
pub(super) async fn release_reservation(app: &App, owner: Owner, begun: StartedUpload) {
    if let Err(error) = app.store.abandon_attachment(owner, begun.id).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the space of a failed upload was not released yet"
        );
    }
}
