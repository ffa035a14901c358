//! `/api/import`: files as notes, and a report about what could not be taken.

use std::collections::BTreeSet;
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

use super::Tag;
use crate::budget::{Ticket, Turn};
use crate::content::import::{self, Effect, Found, FoundNote, Hint, Options, Remark, Report};
use crate::domain::portable::Bundle;
use crate::error::{Code, Error, FieldError};
use crate::http::caller::Caller;
use crate::http::payload::{FileKind, Out, Upload};
use crate::http::problem::{CALLER, CONFLICT, JSON, Problems};
use crate::store::import::{BUNDLE_NOTES, Imported as Added};

pub(crate) struct Imports;

/// Bytes of the notes of a bundle, unless one note has more.
const BUNDLE_BYTES: usize = 1024 * 1024;
/// Seconds after which an import that had no turn may have one.
const IMPORT_RETRY_AFTER: u32 = 15;
/// Mistakes that are told of an import of which nothing was taken.
const MOST_ERRORS: usize = 50;

/// The consequence of a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
enum RemarkEffect {
    /// A file or a note is missing.
    LeftOut,
    /// A note was imported, and a value of it is missing or another one.
    Changed,
}

/// One thing that an import could not take as it was.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct ImportRemark {
    /// Path of the file in the archive; absent for a file that was sent alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// Line of the file, from 1; absent if the remark is about all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// Its consequence.
    effect: RemarkEffect,
    /// A stable word for the reason, as `encoding` or `time`.
    code: String,
    /// The reason, for people.
    message: String,
}

/// The outcome of an import.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Imported {
    /// Notes that were made.
    notes: u64,
    /// Labels that were made; those that were there are used.
    labels: u64,
    /// Notes that were not made, because an earlier import made them or they are those of the account; they are as they were.
    present: u64,
    /// Files and notes that were left out.
    left_out: u64,
    /// Values of notes that were left out or changed.
    changed: u64,
    /// What was left out or changed and why, at most 1,000 remarks.
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
    /// Everything that can be taken was imported.
    #[oai(status = 201)]
    Imported(Out<Imported>),
}

#[OpenApi(tag = "Tag::Account")]
impl Imports {
    /// Import notes
    ///
    /// An export of this service in either form, of Google Keep (Takeout), Joplin (JEX or its raw folder), Evernote (ENEX), Obsidian, Notesnook,
    /// Simplenote or Standard Notes; a zip archive of other Markdown files, one Markdown file, or a page of HTML. The content says which of them
    /// a file is; it may be sent as `application/octet-stream` always.
    ///
    /// What can be taken is added above the notes that are there; the answer lists the rest by file, line and reason. Nothing is imported twice
    /// if the file names identifiers: a note that is in the account already stays as it is. Labels are found by their names, and made where
    /// there are none. Notes in the trash stay in it for as long as those thrown away now. An import that was cut off can be sent again.
    #[oai(path = "/import", method = "post", operation_id = "importNotes")]
    async fn import(
        &self,
        caller: Caller,
        /// Offset from UTC of times that name no zone, as `+02:00`; UTC if none is named.
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
            zone: zone
                .map_err(|_| Error::invalid("offset", "invalid", "is no offset as `+02:00`"))?,
            most_entries: limits.import_entries(),
            most_bytes: limits.import_bytes(),
        };
        let imported = run(&caller, options, upload).await?;
        Ok(ImportAnswer::Imported(Out(imported)))
    }
}

/// Labels and notes on their way to the database.
#[derive(Default)]
struct Batch {
    bundle: Bundle,
    /// Files and lines of the notes.
    places: Vec<(Arc<str>, Option<u64>)>,
    bytes: usize,
}

impl Batch {
    fn push(&mut self, found: Found) {
        match found {
            Found::Label(label) => self.bundle.labels.push(label),
            Found::Note(found) => {
                let FoundNote { note, file, line } = *found;
                let earlier = note.revisions.iter().map(|revision| revision.content.len());
                self.bytes += note.content.len() + earlier.sum::<usize>() + 256;
                self.bundle.notes.push(note);
                self.places.push((file, line));
            }
        }
    }

    fn is_full(&self) -> bool {
        self.bundle.notes.len() >= BUNDLE_NOTES
            || self.bytes >= BUNDLE_BYTES
            || self.bundle.labels.len() >= 10 * BUNDLE_NOTES
    }
}

/// Waits for the turn to import. Others' files are not this request's time, but nobody waits for longer than a request may take.
async fn turn(caller: &Caller) -> Result<Turn, Error> {
    let app = &caller.app;
    let turn = timeout(
        app.settings.policy.request_time,
        app.budget.imports.turn(Ticket::current_key(), 1),
    );
    let turn = match Ticket::current() {
        Some(ticket) => ticket.wait(turn).await,
        None => turn.await,
    };
    let turn = turn.map_err(|_| {
        Error::new(Code::Unavailable)
            .detail("files of others are being imported, one after another")
            .retry_after(IMPORT_RETRY_AFTER)
    })?;
    turn.map_err(|full| full.error("imports"))
}

/// Reads a file on a thread of its own while the notes before are stored. When the request ends, the reading ends at its next note.
async fn run(caller: &Caller, options: Options, upload: Upload) -> Result<Imported, Error> {
    let Upload { mut data, .. } = upload;
    // What is made of a file takes several times its size in memory: one after another.
    let turn = turn(caller).await?;
    let (sender, mut batches) = mpsc::channel::<Batch>(1);
    let reading = turn.run(move |stop| {
        data.rewind().map_err(Error::internal)?;
        let mut batch = Batch::default();
        let mut emit = |found: Found| {
            batch.push(found);
            if !batch.is_full() {
                return ControlFlow::Continue(());
            }
            match sender.blocking_send(mem::take(&mut batch)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        };
        let is_wanted = || !sender.is_closed() && stop.check().is_ok();
        let report = import::read(data, &options, &is_wanted, &mut emit);
        // Whoever does not wait any more does not want it either.
        let _ = sender.blocking_send(batch);
        report
    });
    let mut import = caller.store().begin_import(caller.owner());
    let storing = async move {
        let mut outcome = Outcome::default();
        while let Some(batch) = batches.recv().await {
            let added = import.add(&batch.bundle).await?;
            outcome.add(added, &batch.places);
        }
        Ok::<_, Error>(outcome)
    };
    let (report, outcome) = tokio::join!(reading, storing);
    outcome?.finish(report??, caller.store().limits().labels)
}

/// The sum of what was added.
#[derive(Default)]
struct Outcome {
    notes: u64,
    labels: u64,
    present: u64,
    without_room: u64,
    /// Names that are told, at most [`import::MOST_REMARKS`].
    labels_without_room: BTreeSet<String>,
    /// Further names that found no room; one of several bundles counts in each.
    more_labels_without_room: u64,
    remarks: Vec<Remark>,
}

impl Outcome {
    fn add(&mut self, added: Added, places: &[(Arc<str>, Option<u64>)]) {
        self.notes += added.notes as u64;
        self.labels += added.labels as u64;
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
                "is in the account already, where it says something else; it stays as it is there",
            )
        });
        let without = added.without_room.into_iter();
        let without = without.map(|number| {
            (
                number,
                "limit_reached",
                "there is no room for more notes in the account",
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

    /// The answer; a refusal if nothing at all could be taken.
    fn finish(self, mut report: Report, most_labels: u32) -> Result<Imported, Error> {
        for name in self.labels_without_room {
            report.add(Remark {
                file: Arc::from(""),
                line: None,
                effect: Effect::Changed,
                code: "limit_reached",
                message: format!("an account holds at most {most_labels} labels; notes were imported without `{name}`"),
            });
        }
        let left_out = report.left_out + self.without_room;
        let changed = report.changed + self.more_labels_without_room;
        let mut remarks = self.remarks;
        remarks.extend(report.into_remarks());
        remarks.truncate(import::MOST_REMARKS);
        if self.notes + self.labels + self.present == 0 && left_out > 0 {
            return Err(refused(self.without_room > 0, remarks));
        }
        Ok(Imported {
            notes: self.notes,
            labels: self.labels,
            present: self.present,
            left_out,
            changed,
            remarks: remarks.into_iter().map(Into::into).collect(),
        })
    }
}

/// The refusal of an import of which nothing could be taken.
fn refused(is_full: bool, remarks: Vec<Remark>) -> Error {
    if is_full {
        return Error::new(Code::LimitReached)
            .detail("there is no room for more notes in the account; nothing was imported");
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
    fn labels_without_room_are_told_up_to_a_number_and_counted() {
        let mut outcome = Outcome {
            notes: 1,
            ..Outcome::default()
        };
        for bundle in 0..3 {
            let names = (0..1_000).map(|number| format!("{}", bundle * 500 + number));
            let added = Added {
                labels_without_room: names.collect(),
                ..Added::default()
            };
            outcome.add(added, &[]);
        }
        assert_eq!(outcome.labels_without_room.len(), import::MOST_REMARKS);
        let imported = outcome.finish(Report::default(), 200).unwrap();
        assert_eq!(imported.remarks.len(), import::MOST_REMARKS);
        // 500 of the second bundle are new, and all of the third.
        assert_eq!(imported.changed, 1_000 + 500 + 1_000);
    }
}
