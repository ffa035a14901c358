//! Attaches files to notes: takes a file from the temporary file that received it, examines it, and moves it to the storage.

use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;

use super::App;
use crate::budget::{Key, Stop};
use crate::error::{Code, Error};
use crate::files::{self, Facts, Files, Part};
use crate::store::Owner;
use crate::store::attachments::{Begun, Finished, NewFile};
use crate::store::notes::Key as Repeat;

/// Maximum number of attempts to reserve space for a file; each one deletes some discarded files first.
const ROOM: u32 = 4;

/// Returns the storage of files.
///
/// # Errors
///
/// `files_off` if no storage is configured.
pub(super) fn storage(app: &App) -> Result<&Files, Error> {
    app.settings.files.as_ref().ok_or_else(|| {
        Error::new(Code::FilesOff)
            .detail("the operator must set FILES_DIR or FILES_BUCKET to enable attachments")
    })
}

/// Stores a complete file as an attachment of a note. After a failure, the reserved space is released.
pub(super) async fn attach(
    app: &App,
    owner: Owner,
    key: Key,
    new: NewFile,
    file: SpooledTempFile,
) -> Result<Finished, Error> {
    store(app, owner, key, new, file, None).await
}

/// Stores a file as [`attach`] does, but only once: a repeated request with the same key and the same bytes returns the first attachment.
pub(super) async fn attach_once(
    app: &App,
    owner: Owner,
    key: Key,
    new: NewFile,
    mut file: SpooledTempFile,
    name: String,
) -> Result<Finished, Error> {
    storage(app)?;
    let look = move |stop: &Stop| {
        let facts = files::examine(&mut file, stop);
        facts.map(|facts| (file, facts))
    };
    let (file, facts) = app.budget.work.run(key, look).await??;
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
        None => store(app, owner, key, new, file, Some(&repeat)).await,
    }
}

async fn store(
    app: &App,
    owner: Owner,
    key: Key,
    new: NewFile,
    file: SpooledTempFile,
    repeat: Option<&Repeat>,
) -> Result<Finished, Error> {
    let files = storage(app)?;
    files::wanted(new.bytes, app.store.limits().file_bytes)?;
    let begun = begin(app, files, owner, new).await?;
    let finished = complete(app, owner, key, begun, None, file, repeat).await;
    if !finished.as_ref().is_ok_and(|finished| !finished.is_before) {
        give_up(app, owner, begun).await;
    }
    finished
}

/// Reserves space for a file. If the user has none left, files that the user has deleted are removed from the storage first.
pub(super) async fn begin(
    app: &App,
    files: &Files,
    owner: Owner,
    new: NewFile,
) -> Result<Begun, Error> {
    let mut attempt = 1;
    loop {
        match app.store.begin_attachment(owner, new.clone()).await {
            Err(error) if error.code() == Code::LimitReached && attempt < ROOM => {
                attempt += 1;
                if files::collect_of(&app.store, owner, files).await? == 0 {
                    return Err(error);
                }
            }
            begun => return begun,
        }
    }
}

/// Examines a file for which space is reserved, stores it, and makes it an attachment of its note. `start` is the offset of the last piece of a file
/// that was sent in pieces. Two last pieces that arrive at the same time are stored as separate objects.
pub(super) async fn complete(
    app: &App,
    owner: Owner,
    key: Key,
    begun: Begun,
    start: Option<u64>,
    file: SpooledTempFile,
    repeat: Option<&Repeat>,
) -> Result<Finished, Error> {
    let files = storage(app)?;
    let (file, facts) = examined(app, key, file).await?;
    let object = match start {
        None => begun.object,
        Some(_) => app.store.reserve_object(owner, facts.bytes).await?,
    };
    let turn = app.budget.stores.turn(key, 1).await;
    let turn = turn.map_err(|full| full.error("files"))?;
    drop(files.put(object, Part::Whole, file).await?);
    let small = facts.picture.as_ref();
    if let Some(small) = small.and_then(|picture| picture.thumbnail.clone()) {
        files.put_bytes(object, Part::Thumbnail, small).await?;
    }
    drop(turn);
    let begun = Begun { object, ..begun };
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
        files.delete(object).await?;
        app.store.forget_discarded_files(&[object]).await?;
    }
    finished
}

/// Examines a file on a worker thread. Pictures are decoded one at a time.
async fn examined(
    app: &App,
    key: Key,
    mut file: SpooledTempFile,
) -> Result<(SpooledTempFile, Facts), Error> {
    let look = move |stop: &Stop| {
        let facts = files::examine(&mut file, stop);
        facts.map(|facts| (file, facts))
    };
    let (mut file, facts) = app.budget.work.run(key, look).await??;
    if !facts.may_be_picture() {
        return Ok((file, facts));
    }
    let turn = app.budget.pictures.turn(key, 1).await;
    let _turn = turn.map_err(|full| full.error("pictures"))?;
    let look = move |_: &Stop| {
        let facts = facts.with_picture(&mut file);
        facts.map(|facts| (file, facts))
    };
    app.budget.work.run(key, look).await?
}

/// Releases the reserved space. If the database does not answer, the space is released when the reservation expires.
pub(super) async fn give_up(app: &App, owner: Owner, begun: Begun) {
    if let Err(error) = app.store.abandon_attachment(owner, begun.id).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the space of a failed upload was not released yet"
        );
    }
}
