//! The sink that receives notes and remarks from all formats, and makes each note fit the limits of an account.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;

use tempfile::SpooledTempFile;

use super::Options;
use super::attached::{self, CopyError, FileLimits, FileRequest, FileRequests, FoundFile};
use super::report::{Effect, Remark, Report};
use super::times::{self, Zone};
use crate::domain::attachment::clean_name;
use crate::domain::filter::{NAME_CHARS, PortableFilter, TEXT_CHARS};
use crate::domain::limits::{
    ALT_CHARS, CONTENT_BYTES, IMPORTED_VERSIONS, LABEL_NAME_CHARS, LABELS_PER_NOTE,
    REVISIONS_PER_NOTE, TITLE_CHARS,
};
use crate::domain::note::{Color, Place};
use crate::domain::portable::{Identity, PortableLabel, PortableNote};
use crate::domain::recurrence::{self, Recurrence};
use crate::domain::reminder::Series;

/// Maximum number of characters of a value that a remark quotes.
const SHOWN: usize = 60;

/// The answer to an emitted item: reading stops on `Break`, when the receiver has given up the import.
pub(super) type Flow = ControlFlow<()>;

/// An item that an import found, to be added to the account.
#[derive(Debug)]
pub enum Found {
    /// A label with its colour.
    Label(PortableLabel),
    /// A saved filter within the limits of an account.
    Filter(PortableFilter),
    /// A note within the limits of an account.
    Note(Box<FoundNote>),
    /// An attachment of a note that was emitted before.
    File(Box<FoundFile>),
}

/// An imported note, with its origin in the file for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundNote {
    /// Key of the note within the import, to which attachments refer.
    pub key: u64,
    /// The note, cut or divided to fit the limits of an account.
    pub note: PortableNote,
    /// Path in the archive; empty for a single file.
    pub file: Arc<str>,
    /// First line of the note, in a file with several notes.
    pub line: Option<u64>,
}

/// Receives the notes, attachments and remarks of an import.
pub(super) struct Sink<'a> {
    emit: &'a mut dyn FnMut(Found) -> Flow,
    report: Report,
    file: Arc<str>,
    /// UTC offset of the import, for times without a time zone.
    offset: FixedOffset,
    /// Time zone that the current note names for its times.
    zone: Option<Tz>,
    /// Limits for attachments; `None` if the installation stores no files.
    limits: Option<FileLimits>,
    /// Files that notes refer to.
    pub(super) file_requests: FileRequests,
    /// True for an import of an archive, where notes may refer to other files.
    pub(super) is_archive: bool,
    /// Key of the next note.
    next_key: u64,
}

impl<'a> Sink<'a> {
    pub(super) fn new(options: &Options, emit: &'a mut dyn FnMut(Found) -> Flow) -> Self {
        Self {
            emit,
            report: Report::default(),
            file: Arc::from(""),
            offset: options.zone,
            zone: None,
            limits: options.files,
            file_requests: FileRequests::default(),
            is_archive: false,
            next_key: 0,
        }
    }

    /// Returns the limits for attachments; `None` if the installation stores no files.
    pub(super) fn file_limits(&self) -> Option<FileLimits> {
        self.limits
    }

    /// Returns the key that the next note gets.
    pub(super) fn next_key(&self) -> u64 {
        self.next_key
    }

    /// Emits a file of an archive that a note refers to.
    pub(super) fn emit_file(
        &mut self,
        path: &str,
        wish: &FileRequest,
        source: &mut dyn Read,
    ) -> Flow {
        let Some(limits) = self.limits else {
            self.report_counted(None, "attachment", "pictures and files are not imported");
            return Flow::Continue(());
        };
        match attached::copy_limited(source, limits.bytes) {
            Ok((data, bytes)) => {
                let name = path.rsplit('/').next().unwrap_or(path);
                let name = wish.name.clone().unwrap_or_else(|| name.to_owned());
                self.emit_file_data(None, wish, &name, data, bytes)
            }
            Err(error) => {
                self.report_copy_error(None, &error);
                Flow::Continue(())
            }
        }
    }

    /// Reports files that notes name and that are not in the archive.
    pub(super) fn report_missing_files(&mut self) {
        let missing: Vec<String> = self
            .file_requests
            .list_missing()
            .into_iter()
            .map(str::to_owned)
            .collect();
        for path in missing {
            self.begin_file(&path);
            self.report_left_out(
                None,
                "attachment",
                "a note refers to this file, but the archive does not contain it",
            );
        }
    }

    /// Emits an attachment, with a clean name and a text of permitted length.
    pub(super) fn emit_file_data(
        &mut self,
        line: Option<u64>,
        wish: &FileRequest,
        name: &str,
        data: SpooledTempFile,
        bytes: u64,
    ) -> Flow {
        let found = FoundFile {
            note: wish.note,
            id: wish.id,
            name: clean_name(name),
            alt: cut_alt(&wish.alt),
            created_at: wish
                .created_at
                .filter(|time| crate::clock::is_in_range(*time)),
            data,
            bytes,
            file: Arc::clone(&self.file),
            line,
        };
        (self.emit)(Found::File(Box::new(found)))
    }

    /// Reports that a file cannot be imported.
    pub(super) fn report_copy_error(&mut self, line: Option<u64>, error: &CopyError) {
        match error {
            CopyError::TooLong => {
                let most = self.limits.map_or(0, |limits| limits.bytes);
                let message = format!("has more than {most} bytes, the limit for attachments");
                self.report_left_out(line, "too_long", message);
            }
            CopyError::Broken(error) => {
                self.report_left_out(line, "damaged", format!("cannot be unpacked: {error}"));
            }
        }
    }

    /// Sets the file for the following notes and remarks.
    pub(super) fn begin_file(&mut self, file: &str) {
        self.file = file.chars().take(200).collect::<String>().into();
    }

    pub(super) fn into_report(self) -> Report {
        self.report
    }

    pub(super) fn report_left_out(
        &mut self,
        line: Option<u64>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        let remark = self.build_remark(line, Effect::LeftOut, code, message.into());
        self.report.add_remark(remark);
    }

    pub(super) fn report_changed(
        &mut self,
        line: Option<u64>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        let remark = self.build_remark(line, Effect::Changed, code, message.into());
        self.report.add_remark(remark);
    }

    /// Reports a value that other files are likely to contain as well; reported once, with a count.
    pub(super) fn report_counted(
        &mut self,
        line: Option<u64>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        let remark = self.build_remark(line, Effect::Changed, code, message.into());
        self.report.count_remark(remark);
    }

    fn build_remark(
        &self,
        line: Option<u64>,
        effect: Effect,
        code: &'static str,
        message: String,
    ) -> Remark {
        Remark {
            file: Arc::clone(&self.file),
            line,
            effect,
            code,
            message,
        }
    }

    /// Parses a time; `None`, with a remark, for text that is not a time in the supported range.
    pub(super) fn parse_time(
        &mut self,
        line: Option<u64>,
        key: &str,
        text: &str,
    ) -> Option<DateTime<Utc>> {
        let zone = self.zone.map_or(Zone::Offset(self.offset), Zone::Named);
        let Some(read) = times::parse_time(text, zone) else {
            let message = format!(
                "`{key}` is `{}`, which is not a valid time from the years 0001 to 9999, such as 2026-01-31T09:30:00Z; it was ignored",
                quote_value(text)
            );
            self.report_changed(line, "time", message);
            return None;
        };
        // A date without a time of day needs no remark.
        if read.is_local && text.contains(':') {
            let message = format!(
                "times without a time zone were read as UTC{}, the offset of the import",
                self.offset
            );
            self.report_counted(line, "local_time", message);
        }
        Some(read.time)
    }

    /// Sets the time zone for the following times without one, until the next call. An unknown zone is reported.
    pub(super) fn set_zone(&mut self, line: Option<u64>, name: Option<&str>) {
        self.zone = name.and_then(recurrence::find_zone);
        if let (Some(name), None) = (name, self.zone) {
            let message = format!(
                "`{}` is not a time zone of the IANA database, such as Europe/Berlin; it was ignored",
                quote_value(name)
            );
            self.report_changed(line, "time_zone", message);
        }
    }

    /// Creates the series of a rule, in the given time zone, or that of the note, or UTC. It starts at its local start or the first reminder. `None`,
    /// with a remark, for an invalid series.
    pub(super) fn parse_series(
        &mut self,
        line: Option<u64>,
        rule: &str,
        (zone, start): (Option<&str>, Option<&str>),
        first: Option<DateTime<Utc>>,
    ) -> Option<Recurrence> {
        let named = self.zone.unwrap_or(Tz::UTC).name();
        let series = Series::parse(rule, zone.unwrap_or(named), start, "")
            .and_then(|series| series.into_recurrence(first));
        match series {
            Ok(series) => Some(series),
            Err(error) => {
                let cause = error.field_errors().first();
                let cause = cause.map_or("", |cause| cause.message.as_str());
                let message = format!(
                    "the reminder does not repeat: {}: {cause}",
                    quote_value(rule)
                );
                self.report_changed(line, "recurrence", message);
                None
            }
        }
    }

    /// Converts microseconds since 1970 to a time; `None`, with a remark, outside of the supported range. Returns `None` for 0 without a remark.
    pub(super) fn parse_micros(
        &mut self,
        line: Option<u64>,
        key: &str,
        micros: i64,
    ) -> Option<DateTime<Utc>> {
        let time = times::of_micros(micros);
        if time.is_none() && micros != 0 {
            self.report_changed(
                line,
                "time",
                format!("`{key}` is not a time from the years 0001 to 9999; it was ignored"),
            );
        }
        time
    }

    /// Returns the colour with this name; the default, with a remark, for an unknown name.
    pub(super) fn parse_color(&mut self, line: Option<u64>, name: &str) -> Color {
        let found = Color::ALL
            .into_iter()
            .find(|color| color.as_str().eq_ignore_ascii_case(name));
        found.unwrap_or_else(|| {
            let names: Vec<&str> = Color::ALL.iter().map(|color| color.as_str()).collect();
            let message = format!(
                "`{}` is not a valid colour; use one of {}; the note gets the default colour",
                quote_value(name),
                names.join(", ")
            );
            self.report_changed(line, "color", message);
            Color::default()
        })
    }

    pub(super) fn emit_label(&mut self, name: &str, color: Color) -> Flow {
        match self.clean_label_name(None, name) {
            Some(name) => (self.emit)(Found::Label(PortableLabel { name, color })),
            None => Flow::Continue(()),
        }
    }

    /// Emits a saved filter, after removing what exceeds the limits.
    pub(super) fn emit_filter(&mut self, mut filter: PortableFilter, line: Option<u64>) -> Flow {
        let name = self.without_nul(line, filter.name.trim().to_owned());
        filter.name = name.trim().chars().take(NAME_CHARS).collect();
        let query = &mut filter.query;
        let words = query.text.as_deref().unwrap_or_default();
        let fits = words.chars().count() <= TEXT_CHARS && !words.contains('\0');
        if filter.name.is_empty() || !fits {
            let message = format!(
                "the filter `{}` has no name, or a query of more than {TEXT_CHARS} characters; it was ignored",
                quote_value(&filter.name)
            );
            self.report_left_out(line, "filter", message);
            return Flow::Continue(());
        }
        query.text = query.text.take().filter(|text| !text.is_empty());
        if query.text.is_some() {
            query.sort = None;
        }
        let labels = std::mem::take(&mut query.labels);
        filter.query.labels = self.clean_labels(line, &labels);
        (self.emit)(Found::Filter(filter))
    }

    /// Emits a note, after cutting or dividing what exceeds the limits.
    pub(super) fn emit_note(&mut self, mut note: PortableNote, line: Option<u64>) -> Flow {
        note.title = self.without_nul(line, std::mem::take(&mut note.title));
        note.content = self.without_nul(line, std::mem::take(&mut note.content));
        note.labels = self.clean_labels(line, &note.labels);
        let chars = note.title.chars().count();
        if chars > TITLE_CHARS {
            let message = format!(
                "the title has {chars} characters, and at most {TITLE_CHARS} are allowed; it was truncated, and the complete title was inserted before the text"
            );
            self.report_changed(line, "too_long", message);
            note.content = format!("{}\n\n{}", note.title, note.content);
            let end = note
                .title
                .char_indices()
                .nth(TITLE_CHARS)
                .map_or(note.title.len(), |(at, _)| at);
            note.title.truncate(end);
            note.title.shrink_to_fit();
        }
        self.clean_times(line, &mut note);
        note.version = note
            .version
            .filter(|version| IMPORTED_VERSIONS.contains(version));
        self.clean_revisions(line, &mut note);
        if note.content.len() <= CONTENT_BYTES {
            return self.emit_found_note(note, line);
        }
        self.emit_divided(note, line)
    }

    /// Emits a note with too long a text as several notes, divided at line breaks.
    fn emit_divided(&mut self, mut note: PortableNote, line: Option<u64>) -> Flow {
        // Every part is a copy of the note without them.
        let content = std::mem::take(&mut note.content);
        note.revisions = Vec::new();
        let mut parts = Vec::new();
        let mut rest = content.as_str();
        while rest.len() > CONTENT_BYTES {
            let most = rest.floor_char_boundary(CONTENT_BYTES);
            let at = rest[..most].rfind('\n').map_or(most, |at| at + 1);
            let (part, behind) = rest.split_at(at);
            parts.push(part);
            rest = behind;
        }
        parts.push(rest);
        let message = format!(
            "the text has {} bytes, and at most {CONTENT_BYTES} are allowed; it was divided into {} notes",
            content.len(),
            parts.len()
        );
        self.report_changed(line, "too_long", message);
        for (number, part) in (1..).zip(parts) {
            let mut one = PortableNote {
                content: part.to_owned(),
                ..note.clone()
            };
            if number > 1 {
                let title: String = one.title.chars().take(TITLE_CHARS - 8).collect();
                one.title = format!("{title} ({number})");
                one.reminder_at = None;
                one.recurrence = None;
                one.identity = match one.identity {
                    Identity::Foreign(name) => Identity::Foreign(format!("{name}#{number}")),
                    Identity::Id(id) => Identity::Foreign(format!("{id}#{number}")),
                    Identity::None => Identity::None,
                };
            }
            self.emit_found_note(one, line)?;
        }
        Flow::Continue(())
    }

    fn emit_found_note(&mut self, note: PortableNote, line: Option<u64>) -> Flow {
        let file = Arc::clone(&self.file);
        let key = self.next_key;
        self.next_key += 1;
        if self.is_archive {
            match note.identity {
                Identity::Id(id) => self.file_requests.register_note(id, key),
                _ => self.file_requests.request_all_of(&file, &note.content, key),
            }
        }
        (self.emit)(Found::Note(Box::new(FoundNote {
            key,
            note,
            file,
            line,
        })))
    }

    fn clean_times(&mut self, line: Option<u64>, note: &mut PortableNote) {
        for (key, time) in [
            ("reminder", &mut note.reminder_at),
            ("created", &mut note.created_at),
            ("updated", &mut note.updated_at),
        ] {
            if time.is_some_and(|time| !crate::clock::is_in_range(time)) {
                *time = None;
                self.report_changed(
                    line,
                    "time",
                    format!("`{key}` is not a time from the years 0001 to 9999; it was ignored"),
                );
            }
            *time = time.map(crate::clock::truncate_to_micros);
        }
    }

    /// Removes earlier versions that exceed the limits, and sorts the others.
    fn clean_revisions(&mut self, line: Option<u64>, note: &mut PortableNote) {
        let before = note.revisions.len();
        note.revisions.retain(|revision| {
            IMPORTED_VERSIONS.contains(&revision.version)
                && revision.title.chars().count() <= TITLE_CHARS
                && revision.content.len() <= CONTENT_BYTES
                && !revision.title.contains('\0')
                && !revision.content.contains('\0')
        });
        if note.revisions.len() < before {
            let message = format!(
                "{} earlier versions of the note cannot be stored; they were ignored",
                before - note.revisions.len()
            );
            self.report_changed(line, "history", message);
        }
        note.revisions.sort_by_key(|revision| revision.version);
        note.revisions.dedup_by_key(|revision| revision.version);
        // Keeps the latest versions, as many as a note may have.
        let more = note.revisions.len().saturating_sub(REVISIONS_PER_NOTE);
        note.revisions.drain(..more);
    }

    fn without_nul(&mut self, line: Option<u64>, text: String) -> String {
        if !text.contains('\0') {
            return text;
        }
        self.report_changed(
            line,
            "nul",
            "the character U+0000 cannot be stored; it was removed",
        );
        text.replace('\0', "")
    }

    fn clean_labels(&mut self, line: Option<u64>, names: &[String]) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for name in names {
            let Some(name) = self.clean_label_name(line, name) else {
                continue;
            };
            if labels.contains(&name) {
                continue;
            }
            if labels.len() == LABELS_PER_NOTE {
                let message = format!(
                    "the note has more than {LABELS_PER_NOTE} labels; `{name}` was ignored"
                );
                self.report_changed(line, "too_many_labels", message);
                continue;
            }
            labels.push(name);
        }
        labels
    }

    /// Returns the name of a label, cut to its maximum length; `None` for a blank name.
    fn clean_label_name(&mut self, line: Option<u64>, name: &str) -> Option<String> {
        let name = self.without_nul(line, name.trim().to_owned());
        let mut name = name.trim().to_owned();
        if name.is_empty() {
            return None;
        }
        if let Some((end, _)) = name.char_indices().nth(LABEL_NAME_CHARS) {
            let message = format!(
                "the label `{}` has {} characters, and at most {LABEL_NAME_CHARS} are allowed; it was truncated",
                quote_value(&name),
                name.chars().count()
            );
            name = name[..end].trim_end().to_owned();
            self.report_counted(line, "label", message);
        }
        Some(name)
    }
}

/// Cuts an alternative text to its maximum length.
fn cut_alt(alt: &str) -> String {
    alt.chars()
        .filter(|char| *char != '\0')
        .take(ALT_CHARS)
        .collect()
}

/// Returns the place of a note from the flags of other programs.
pub(super) fn place_from_flags(is_trashed: bool, is_archived: bool) -> Place {
    match (is_trashed, is_archived) {
        (true, _) => Place::Trash,
        (false, true) => Place::Archived,
        (false, false) => Place::Active,
    }
}

/// Returns a value as remarks quote it.
pub(super) fn quote_value(value: &str) -> String {
    let value = value.trim();
    let mut shown: String = value
        .chars()
        .take(SHOWN)
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    if value.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
