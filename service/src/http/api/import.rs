//! `/api/import`: import of notes from files, with a report on everything that could not be imported.

use std::collections::{BTreeSet, HashMap};
use std::io::Seek as _;
use std::mem;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{FixedOffset, Offset as _, Utc};
use poem_openapi::param::Query;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::time::timeout;
use uuid::Uuid;

use super::Tag;
use crate::budget::{Ticket, Turn};
use crate::content::import::{
    self, Effect, FileLimits, Found, FoundFile, FoundNote, Hint, Options, Remark, Report,
};
use crate::domain::filter::MOST;
use crate::domain::portable::Bundle;
use crate::error::{Code, Error, FieldError};
use crate::http::attach;
use crate::http::caller::Caller;
use crate::http::payload::{FileKind, Out, Upload};
use crate::http::problem::{CALLER, CONFLICT, JSON, Problems};
use crate::store::attachments::{NewFile, UploadMode};
use crate::store::import::{BUNDLE_NOTES, Imported as Added, derive_id};

pub(crate) struct Imports;

/// Bytes of notes that are stored in one transaction, unless a single note is larger.
const BUNDLE_BYTES: usize = 1024 * 1024;
/// Value of `Retry-After` in seconds when an import waited too long for its turn.
const IMPORT_RETRY_AFTER: u32 = 15;
/// Maximum number of errors in the problem of an import that failed completely.
const MOST_ERRORS: usize = 50;

/// Consequence of a remark: `leftOut` if a file or note is missing, `changed` if a note was imported with a missing or different value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
enum RemarkEffect {
    /// A file or a note was not imported.
    LeftOut,
    /// A note was imported with a missing or different value.
    Changed,
}

/// Remark on one thing that an import left out or changed.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct ImportRemark {
    /// Path of the file in the archive; absent for a file that was sent without an archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// Line number in the file, from 1; absent if the remark concerns the whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// Consequence for the note or file.
    effect: RemarkEffect,
    /// Code of the reason, such as `encoding` or `time`; codes are stable.
    code: String,
    /// Explanation of the reason for people.
    message: String,
}

/// Result of an import, with a report on everything that was left out or changed.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Imported {
    /// Number of notes that were created.
    notes: u64,
    /// Number of labels that were created; labels with the same name are reused.
    labels: u64,
    /// Number of saved filters that were created; an existing filter with the same name stays as it is.
    filters: u64,
    /// Number of attachments that were added, including those that an existing note lacked.
    attachments: u64,
    /// Number of notes that the account contained already, from an earlier import or because the export came from it; they stay as they are.
    present: u64,
    /// Number of files and notes that were left out.
    left_out: u64,
    /// Number of values of notes that were left out or changed.
    changed: u64,
    /// Remarks on everything that was left out or changed, at most 1,000.
    remarks: Vec<ImportRemark>,
}

impl From<Remark> for ImportRemark {
    fn from(remark: Remark) -> Self {
        Self {
            file: Some(remark.file.to_string()).filter(|file| !file.is_empty()),
            line: remark.line,
            effect: match remark.effect {
                Effect::LeftOut => RemarkEffect::LeftOut,
                Effect::Changed => RemarkEffect::Changed,
            },
            code: remark.code.to_owned(),
            message: remark.message,
        }
    }
}

#[derive(ApiResponse)]
enum ImportAnswer {
    /// The file was imported; the remarks list everything that was left out or changed.
    #[oai(status = 201)]
    Imported(Out<Imported>),
}

#[OpenApi(tag = "Tag::Account")]
impl Imports {
    /// Import notes
    ///
    /// Imports an export of this service in either format, of Google Keep (Takeout), Joplin (JEX or RAW directory), Evernote (ENEX), Obsidian,
    /// Notesnook, Simplenote or Standard Notes; a zip archive of other Markdown files; a Markdown file; or an HTML page. The format is detected from
    /// the content, so that every file can be sent as `application/octet-stream`.
    ///
    /// Imported notes are placed above the existing ones, and the response lists everything that was left out or changed by file, line and reason. If
    /// the file contains identifiers, nothing is imported twice: notes that the account contains already stay as they are, and an interrupted import
    /// can be sent again. Labels are matched by name and created if missing. Notes in the trash stay there for as long as notes that are moved to the
    /// trash now. If nothing could be imported, the answer is a problem.
    #[oai(path = "/import", method = "post", operation_id = "importNotes")]
    async fn import_notes(
        &self,
        caller: Caller,
        /// UTC offset of times without a time zone, such as `+02:00`; UTC by default.
        #[oai(validator(pattern = r"^[+-]([01][0-9]|2[0-3]):[0-5][0-9]$"))]
        offset: Query<Option<String>>,
        upload: Upload,
    ) -> Result<ImportAnswer, Problems<{ CALLER | JSON | CONFLICT }>> {
        let limits = *caller.store().limits();
        let zone = offset
            .0
            .as_deref()
            .map_or(Ok(Utc.fix()), str::parse::<FixedOffset>);
        let options = Options {
            hint: match upload.kind {
                FileKind::Markdown => Hint::Markdown,
                FileKind::Html => Hint::Html,
                FileKind::Zip | FileKind::Tar => Hint::Archive,
                FileKind::Json | FileKind::Xml => Hint::Data,
                FileKind::Any => Hint::None,
            },
            zone: zone.map_err(|_| {
                Error::invalid(
                    "offset",
                    "invalid",
                    "is not a valid UTC offset, such as `+02:00`",
                )
            })?,
            most_entries: limits.import_entries(),
            most_bytes: limits.import_bytes(),
            files: caller.app.settings.files.as_ref().map(|_| FileLimits {
                bytes: limits.file_bytes,
            }),
        };
        let imported = run_import(&caller, options, upload).await?;
        Ok(ImportAnswer::Imported(Out(imported)))
    }
}

/// Labels, filters and notes that are stored together.
#[derive(Default)]
struct Batch {
    bundle: Bundle,
    /// File and line of each note, for remarks.
    places: Vec<(Arc<str>, Option<u64>)>,
    /// Numbers by which attachments in the file refer to the notes.
    keys: Vec<u64>,
    bytes: usize,
}

/// Message from the thread that reads the file.
enum Piece {
    Batch(Batch),
    File(Box<FoundFile>),
}

impl Batch {
    fn push_entry(&mut self, found: Found) {
        match found {
            Found::Label(label) => self.bundle.labels.push(label),
            Found::Filter(filter) => self.bundle.filters.push(filter),
            Found::Note(found) => {
                let FoundNote {
                    key,
                    note,
                    file,
                    line,
                } = *found;
                let earlier = note.revisions.iter().map(|revision| revision.content.len());
                self.bytes += note.content.len() + earlier.sum::<usize>() + 256;
                self.bundle.notes.push(note);
                self.places.push((file, line));
                self.keys.push(key);
            }
            // Files are sent separately, after the batch of their note.
            Found::File(_) => {}
        }
    }

    fn is_full(&self) -> bool {
        self.bundle.notes.len() >= BUNDLE_NOTES
            || self.bytes >= BUNDLE_BYTES
            || self.bundle.labels.len() + self.bundle.filters.len() >= 10 * BUNDLE_NOTES
    }
}

/// Waits until this request may import, at most as long as a request may take. The waiting does not count as time of the request.
async fn wait_for_turn(caller: &Caller) -> Result<Turn, Error> {
    let app = &caller.app;
    let turn = timeout(
        app.settings.policy.request_time,
        app.budget.imports.wait_for_turn(Ticket::current_key(), 1),
    );
    let turn = match Ticket::current() {
        Some(ticket) => ticket.wait_for_others(turn).await,
        None => turn.await,
    };
    let turn = turn.map_err(|_| {
        Error::new(Code::Unavailable)
            .detail("other imports are running; try again later")
            .retry_after(IMPORT_RETRY_AFTER)
    })?;
    turn.map_err(|full| full.into_error("imports"))
}

/// Reads a file on a separate thread, and stores each batch of notes while the next one is read. If the request ends, the reading stops at the next
/// note.
async fn run_import(caller: &Caller, options: Options, upload: Upload) -> Result<Imported, Error> {
    let Upload { mut data, .. } = upload;
    // A parsed file takes several times its size in memory, so files are imported one after another.
    let turn = wait_for_turn(caller).await?;
    let (sender, mut pieces) = mpsc::channel::<Piece>(1);
    let reading = turn.run_blocking(move |stop| {
        data.rewind().map_err(Error::internal)?;
        let mut batch = Batch::default();
        let mut emit = |found: Found| {
            let send = |piece| match sender.blocking_send(piece) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            };
            if let Found::File(file) = found {
                if !batch.bundle.notes.is_empty() {
                    send(Piece::Batch(mem::take(&mut batch)))?;
                }
                return send(Piece::File(file));
            }
            batch.push_entry(found);
            if batch.is_full() {
                return send(Piece::Batch(mem::take(&mut batch)));
            }
            ControlFlow::Continue(())
        };
        let is_wanted = || !sender.is_closed() && stop.check_stopped().is_ok();
        let report = import::read_import(data, &options, &is_wanted, &mut emit);
        // The receiver is dropped if the request has ended; the batch is not needed then.
        let _ = sender.blocking_send(Piece::Batch(batch));
        report
    });
    let mut import = caller.store().begin_import(caller.owner());
    let storing = async move {
        let mut outcome = ImportTotals::default();
        let mut notes: HashMap<u64, Uuid> = HashMap::new();
        while let Some(piece) = pieces.recv().await {
            match piece {
                Piece::Batch(batch) => {
                    let added = import.add_bundle(&batch.bundle).await?;
                    let keyed = added.ids.iter();
                    notes.extend(keyed.map(|(number, id)| (batch.keys[*number], *id)));
                    outcome.record_added(added, &batch.places);
                }
                Piece::File(file) => {
                    let note = notes.get(&file.note).copied();
                    outcome.record_file(add_file(caller, note, *file).await?);
                }
            }
        }
        Ok::<_, Error>(outcome)
    };
    let (report, outcome) = tokio::join!(reading, storing);
    outcome?.into_result(report??, caller.store().limits().labels)
}

/// Adds an attachment to a note that is in the account now. Returns `true` if it was added and `false` if the account contained it already, or a
/// remark if it was left out.
async fn add_file(
    caller: &Caller,
    note: Option<Uuid>,
    found: FoundFile,
) -> Result<Result<bool, Remark>, Error> {
    let owner = caller.owner();
    let Some(note_id) = note else {
        let message = "belongs to a note that was not imported".to_owned();
        return Ok(Err(remark_of(
            &found.file,
            found.line,
            "limit_reached",
            message,
        )));
    };
    // Derived from its names in the file, so that an import that is sent again finds it.
    let name = format!("{note_id}/{}/{}", found.file, found.name);
    let named = found.id.unwrap_or_else(|| derive_id(owner, &name));
    let other = derive_id(owner, &named.to_string());
    let store = caller.store();
    for id in [named, other] {
        if store.has_attachment(owner, id).await? {
            return Ok(Ok(false));
        }
    }
    let new = NewFile {
        id: Some(named),
        other_id: Some(other),
        note_id,
        name: found.name.clone(),
        alt: found.alt.clone(),
        bytes: found.bytes,
        created_at: found.created_at,
        mode: UploadMode::Imported,
    };
    let key = Ticket::current_key();
    match attach::attach_file(&caller.app, owner, key, new, found.data).await {
        Ok(_) => Ok(Ok(true)),
        Err(error) => {
            let message = || error.to_string();
            match error.code() {
                Code::LimitReached => Ok(Err(remark_of(
                    &found.file,
                    found.line,
                    "limit_reached",
                    message(),
                ))),
                Code::ValidationFailed | Code::PayloadTooLarge => Ok(Err(remark_of(
                    &found.file,
                    found.line,
                    "attachment",
                    message(),
                ))),
                _ => Err(error),
            }
        }
    }
}

fn remark_of(file: &Arc<str>, line: Option<u64>, code: &'static str, message: String) -> Remark {
    Remark {
        file: Arc::clone(file),
        line,
        effect: Effect::LeftOut,
        code,
        message,
    }
}

/// Totals of everything that was stored.
#[derive(Default)]
struct ImportTotals {
    attachments: u64,
    files_left_out: u64,
    notes: u64,
    labels: u64,
    filters: u64,
    present: u64,
    without_room: u64,
    /// Names of labels above the limit of the account, at most [`import::MOST_REMARKS`].
    labels_without_room: BTreeSet<String>,
    /// Number of further names of labels above the limit; a name that occurs in several batches is counted in each.
    more_labels_without_room: u64,
    /// Number of filters above the limit of the account.
    more_left_out: u64,
    remarks: Vec<Remark>,
}

impl ImportTotals {
    fn record_file(&mut self, outcome: Result<bool, Remark>) {
        match outcome {
            Ok(is_new) => self.attachments += u64::from(is_new),
            Err(remark) => {
                self.files_left_out += 1;
                if self.remarks.len() < import::MOST_REMARKS {
                    self.remarks.push(remark);
                }
            }
        }
    }

    fn record_added(&mut self, added: Added, places: &[(Arc<str>, Option<u64>)]) {
        self.notes += added.notes as u64;
        self.labels += added.labels as u64;
        self.filters += added.filters as u64;
        for name in added.filters_without_room {
            if self.remarks.len() < import::MOST_REMARKS {
                self.remarks.push(Remark {
                    file: Arc::from(""),
                    line: None,
                    effect: Effect::LeftOut,
                    code: "limit_reached",
                    message: format!(
                        "the limit of {MOST} filters, or that of the labels, is reached; the filter `{name}` was not imported"
                    ),
                });
            }
            self.more_left_out += 1;
        }
        self.present += added.present as u64;
        self.without_room += added.without_room.len() as u64;
        for name in added.labels_without_room {
            if self.labels_without_room.len() < import::MOST_REMARKS {
                self.labels_without_room.insert(name);
            } else if !self.labels_without_room.contains(&name) {
                self.more_labels_without_room += 1;
            }
        }
        let differing = added.differing.into_iter().map(|number| {
            (
                number,
                "differs",
                "the account contains this note with different content; the existing note was not changed",
            )
        });
        let without = added.without_room.into_iter();
        let without = without.map(|number| {
            (
                number,
                "limit_reached",
                "the account has reached its limit of notes",
            )
        });
        for (number, code, message) in differing.chain(without) {
            if self.remarks.len() < import::MOST_REMARKS {
                let (file, line) = places[number].clone();
                self.remarks.push(Remark {
                    file,
                    line,
                    effect: Effect::LeftOut,
                    code,
                    message: message.to_owned(),
                });
            }
        }
    }

    /// Builds the response, or an error if nothing at all could be imported.
    fn into_result(self, mut report: Report, most_labels: u32) -> Result<Imported, Error> {
        for name in self.labels_without_room {
            report.add_remark(Remark {
                file: Arc::from(""),
                line: None,
                effect: Effect::Changed,
                code: "limit_reached",
                message: format!("the limit of {most_labels} labels is reached; notes were imported without the label `{name}`"),
            });
        }
        let left_out =
            report.left_out + self.without_room + self.more_left_out + self.files_left_out;
        let changed = report.changed + self.more_labels_without_room;
        let mut remarks = self.remarks;
        remarks.extend(report.into_remarks());
        remarks.truncate(import::MOST_REMARKS);
        let taken = self.notes + self.labels + self.filters + self.present + self.attachments;
        if taken == 0 && left_out > 0 {
            return Err(import_error(self.without_room > 0, remarks));
        }
        Ok(Imported {
            notes: self.notes,
            labels: self.labels,
            filters: self.filters,
            attachments: self.attachments,
            present: self.present,
            left_out,
            changed,
            remarks: remarks.into_iter().map(Into::into).collect(),
        })
    }
}

/// Builds the error of an import of which nothing could be imported.
fn import_error(is_full: bool, remarks: Vec<Remark>) -> Error {
    if is_full {
        return Error::new(Code::LimitReached)
            .detail("the account has reached its limit of notes; nothing was imported");
    }
    let fields = remarks
        .into_iter()
        .filter(|remark| remark.effect == Effect::LeftOut)
        .take(MOST_ERRORS);
    let fields = fields.map(|remark| FieldError {
        field: remark.file.to_string(),
        code: remark.code,
        message: match remark.line {
            Some(line) => format!("line {line}: {}", remark.message),
            None => remark.message,
        },
    });
    Error::new(Code::ValidationFailed)
        .detail("nothing was imported")
        .fields(fields.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_labels_without_room_up_to_limit() {
        let mut outcome = ImportTotals {
            notes: 1,
            ..ImportTotals::default()
        };
        for bundle in 0..3 {
            let names = (0..1_000).map(|number| format!("{}", bundle * 500 + number));
            let added = Added {
                labels_without_room: names.collect(),
                ..Added::default()
            };
            outcome.record_added(added, &[]);
        }
        assert_eq!(outcome.labels_without_room.len(), import::MOST_REMARKS);
        let imported = outcome.into_result(Report::default(), 200).unwrap();
        assert_eq!(imported.remarks.len(), import::MOST_REMARKS);
        // 500 of the second bundle are new, and all of the third.
        assert_eq!(imported.changed, 1_000 + 500 + 1_000);
    }
}
