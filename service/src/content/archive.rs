//! Notes as a zip archive of Markdown files: written piece by piece, read within limits.

use std::collections::HashSet;
use std::io::{self, Cursor, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Datelike, Timelike};
use serde::{Deserialize, Serialize};
use zip::read::ZipFile;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::file::{self, FILE_BYTES};
use crate::domain::limits::{IMPORT_LABELS, IMPORT_NOTES, IMPORT_UNPACKED_BYTES, LABEL_NAME_CHARS};
use crate::domain::note::{Color, Place};
use crate::domain::portable::{Bundle, PortableLabel, PortableNote};
use crate::error::{Code, Error, FieldError};

/// The file with all labels, of which notes know only the names.
const LABELS: &str = "labels.json";
/// Entries that are looked at.
const ENTRIES: usize = 2 * IMPORT_NOTES;
/// Bytes of a file's name before its ending.
const STEM_BYTES: usize = 80;
/// More mistakes are not told.
const MOST_ERRORS: usize = 50;
/// More of what is left out is not told.
const MOST_SKIPPED: usize = 1_000;

/// A label in [`LABELS`].
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelEntry {
    name: String,
    color: String,
}

/// Something in an archive that is no note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// What it is called.
    pub name: String,
    /// Why it is left out.
    pub reason: &'static str,
}

/// An archive that is being written.
#[derive(Debug)]
pub struct Writer {
    zip: ZipWriter<StreamWriter<Written>>,
    written: Written,
    names: HashSet<String>,
}

/// What has been written and not been taken yet.
#[derive(Debug, Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Writer {
    /// An archive with these labels.
    pub fn new(labels: &[PortableLabel]) -> io::Result<Self> {
        let written = Written::default();
        let mut writer = Self {
            zip: ZipWriter::new_stream(written.clone()),
            written,
            names: HashSet::new(),
        };
        let entries: Vec<LabelEntry> = labels
            .iter()
            .map(|label| LabelEntry {
                name: label.name.clone(),
                color: label.color.as_str().to_owned(),
            })
            .collect();
        writer.zip.start_file(LABELS, options())?;
        writer
            .zip
            .write_all(&serde_json::to_vec_pretty(&entries)?)?;
        Ok(writer)
    }

    /// Adds a note.
    pub fn add(&mut self, note: &PortableNote) -> io::Result<()> {
        let folder = match note.place {
            Place::Active => "",
            Place::Archived => "archive/",
            Place::Trash => "trash/",
        };
        let name = self.free_name(folder, &stem(note));
        let options = match note.updated_at.and_then(dos_time) {
            Some(time) => options().last_modified_time(time),
            None => options(),
        };
        self.zip.start_file(name, options)?;
        self.zip.write_all(file::write(note).as_bytes())
    }

    /// What has been written since it was last taken.
    pub fn take(&self) -> Vec<u8> {
        self.written.take()
    }

    /// Writes the directory of the archive, and returns what has not been taken yet.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.zip.finish()?;
        Ok(self.written.take())
    }

    /// A name that no file has yet, also where case does not count.
    fn free_name(&mut self, folder: &str, stem: &str) -> String {
        let mut name = format!("{folder}{stem}.md");
        for number in 2.. {
            if self.names.insert(name.to_lowercase()) {
                break;
            }
            name = format!("{folder}{stem} ({number}).md");
        }
        name
    }
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

fn dos_time(time: chrono::DateTime<chrono::Utc>) -> Option<zip::DateTime> {
    let small = |number: u32| u8::try_from(number).ok();
    zip::DateTime::from_date_and_time(
        u16::try_from(time.year()).ok()?,
        small(time.month())?,
        small(time.day())?,
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
    )
    .ok()
}

/// What the file of a note is called, without its ending: its title, or the beginning of its text, as far as every file system takes it.
fn stem(note: &PortableNote) -> String {
    let words = |text: &str| {
        let mut stem = String::new();
        for word in text.split(|char: char| !is_safe(char)) {
            let space = usize::from(!stem.is_empty());
            if word.trim_matches('.').is_empty() {
                continue;
            }
            let room = STEM_BYTES.saturating_sub(stem.len() + space);
            let end = word.floor_char_boundary(room);
            if end == 0 {
                break;
            }
            if space == 1 {
                stem.push(' ');
            }
            stem.push_str(&word[..end]);
        }
        let length = stem.trim_end_matches('.').len();
        stem.truncate(length);
        stem
    };
    let mut stem = words(note.title.trim_start_matches(['.', '-', ' ']));
    if stem.is_empty() {
        let text = super::text::plain(&note.content);
        let line = text.lines().find(|line| !line.trim().is_empty());
        stem = words(line.unwrap_or_default().trim_start_matches(['.', '-', ' ']));
    }
    // Windows gives them to devices, whatever their ending.
    let first = stem
        .split('.')
        .next()
        .unwrap_or_default()
        .trim()
        .to_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&first.as_str())
        || (first.len() == 4 && (first.starts_with("COM") || first.starts_with("LPT")));
    if stem.is_empty() {
        "Untitled".to_owned()
    } else if device {
        format!("_{stem}")
    } else {
        stem
    }
}

/// No separator of paths, no sign that a file system or a shell means something by, nothing that cannot be seen.
fn is_safe(char: char) -> bool {
    let invisible = matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    !(char.is_control()
        || char.is_whitespace()
        || invisible
        || matches!(char, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
}

/// The labels and notes of an archive, ours or any with Markdown files, and what in it is neither.
pub fn read(bytes: &[u8]) -> Result<(Bundle, Vec<Skipped>), Error> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        let detail = format!("the body is no zip archive, or one that is damaged: {error}");
        Error::new(Code::MalformedRequest).detail(detail)
    })?;
    if archive.len() > ENTRIES {
        let message = format!(
            "has {} entries, and at most {ENTRIES} are allowed",
            archive.len()
        );
        return Err(Error::invalid("", "too_long", message));
    }
    let mut reading = Reading {
        bundle: Bundle::default(),
        skipped: Vec::new(),
        errors: Vec::new(),
        left: IMPORT_UNPACKED_BYTES,
    };
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).unwrap_or_default().to_owned();
        match archive.by_index(index) {
            Ok(entry) => reading.entry(entry)?,
            Err(ZipError::UnsupportedArchive(why)) => {
                reading.wrong(&name, "unsupported", format!("cannot be unpacked: {why}"));
            }
            Err(error) => reading.wrong(&name, "damaged", format!("cannot be unpacked: {error}")),
        }
        if reading.errors.len() >= MOST_ERRORS {
            break;
        }
    }
    if reading.errors.is_empty() {
        Ok((reading.bundle, reading.skipped))
    } else {
        Err(Error::new(Code::ValidationFailed)
            .detail("nothing was imported")
            .fields(reading.errors))
    }
}

/// An archive that is being read.
struct Reading {
    bundle: Bundle,
    skipped: Vec<Skipped>,
    errors: Vec<FieldError>,
    left: usize,
}

impl Reading {
    fn wrong(&mut self, name: &str, code: &'static str, message: impl Into<String>) {
        self.errors.push(FieldError {
            field: name.chars().take(200).collect(),
            code,
            message: message.into(),
        });
    }

    fn skip(&mut self, name: &str, reason: &'static str) {
        if self.skipped.len() < MOST_SKIPPED {
            self.skipped.push(Skipped {
                name: name.chars().take(200).collect(),
                reason,
            });
        }
    }

    /// Takes an entry; an error ends the reading.
    fn entry(&mut self, entry: ZipFile<'_, Cursor<&[u8]>>) -> Result<(), Error> {
        let name = entry.name().to_owned();
        if entry.enclosed_name().is_none() {
            self.wrong(&name, "path", "leads out of the archive");
            return Ok(());
        }
        if entry.is_dir() {
            return Ok(());
        }
        if entry.is_symlink() {
            self.skip(&name, "a link");
            return Ok(());
        }
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        if folder.starts_with("__MACOSX") || stem.is_empty() {
            self.skip(&name, "a hidden file");
            return Ok(());
        }
        let is_labels = name == LABELS;
        let ending = ending.to_ascii_lowercase();
        if !is_labels && !["md", "markdown", "txt"].contains(&ending.as_str()) {
            self.skip(&name, "no Markdown");
            return Ok(());
        }
        let stem = stem.to_owned();
        let most = FILE_BYTES.min(self.left);
        let mut data = Vec::new();
        // What the archive says about the size is not to be trusted.
        if let Err(error) = entry.take(most as u64 + 1).read_to_end(&mut data) {
            self.wrong(&name, "damaged", format!("cannot be unpacked: {error}"));
            return Ok(());
        }
        if data.len() > FILE_BYTES {
            let message = format!("has more than {FILE_BYTES} bytes, which no note has");
            self.wrong(&name, "too_long", message);
            return Ok(());
        }
        self.left = self.left.checked_sub(data.len()).ok_or_else(|| {
            Error::new(Code::PayloadTooLarge).detail(format!(
                "unpacked, the archive has more than {IMPORT_UNPACKED_BYTES} bytes; import it in parts"
            ))
        })?;
        let read = if is_labels {
            self.labels(&data)
        } else {
            file::text(&data)
                .and_then(|text| file::read(&stem, text))
                .map(|note| self.bundle.notes.push(note))
        };
        if let Err(wrong) = read {
            self.wrong(&name, wrong.code, wrong.message);
        }
        if self.bundle.notes.len() > IMPORT_NOTES {
            let message = format!("has more than {IMPORT_NOTES} notes; import it in parts");
            return Err(Error::invalid("", "too_long", message));
        }
        Ok(())
    }

    fn labels(&mut self, data: &[u8]) -> Result<(), file::Wrong> {
        let wrong = |message: String| file::Wrong {
            code: "labels",
            message,
        };
        let entries: Vec<LabelEntry> = serde_json::from_slice(data)
            .map_err(|error| wrong(format!("is no list of labels as an export has it: {error}")))?;
        if entries.len() > IMPORT_LABELS {
            return Err(wrong(format!(
                "has {} labels, and at most {IMPORT_LABELS} are allowed",
                entries.len()
            )));
        }
        for entry in entries {
            let color = Color::ALL
                .into_iter()
                .find(|color| color.as_str() == entry.color)
                .ok_or_else(|| wrong(format!("`{}` is no colour of labels", entry.color)))?;
            let chars = entry.name.chars().count();
            if entry.name.trim().is_empty() || chars > LABEL_NAME_CHARS || entry.name.contains('\0')
            {
                return Err(wrong(format!(
                    "names have 1 to {LABEL_NAME_CHARS} characters, one of these has {chars}"
                )));
            }
            self.bundle.labels.push(PortableLabel {
                name: entry.name,
                color,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(title: &str, content: &str) -> PortableNote {
        PortableNote::of(title.to_owned(), content.to_owned())
    }

    fn written(notes: &[PortableNote]) -> Vec<u8> {
        let labels = [PortableLabel {
            name: "Home".to_owned(),
            color: Color::Red,
        }];
        let mut writer = Writer::new(&labels).unwrap();
        let mut bytes = Vec::new();
        for note in notes {
            writer.add(note).unwrap();
            bytes.extend(writer.take());
        }
        bytes.extend(writer.finish().unwrap());
        bytes
    }

    fn names(bytes: &[u8]) -> Vec<String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        archive.file_names().map(str::to_owned).collect()
    }

    /// An archive of these entries, as another program writes it.
    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, data) in entries {
            zip.start_file(
                *name,
                SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
            )
            .unwrap();
            zip.write_all(data).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn problem(bytes: &[u8]) -> (Code, String) {
        let error = read(bytes).unwrap_err();
        (error.code(), error.to_string())
    }

    #[test]
    fn what_is_written_is_read() {
        let mut notes: Vec<_> = [
            "",
            "Tea",
            "tea",
            "TEA",
            "a/b",
            "../../etc/passwd",
            "nul",
            "🍵",
            "\0",
        ]
        .into_iter()
        .map(|title| note(&title.replace('\0', ""), "- [ ] a\r\n"))
        .collect();
        notes[1].place = Place::Archived;
        notes[2].labels = vec!["Home".to_owned(), "other".to_owned()];
        notes[3].place = Place::Trash;
        let (bundle, skipped) = read(&written(&notes)).unwrap();
        assert_eq!(bundle.notes, notes);
        assert_eq!(
            bundle.labels,
            [PortableLabel {
                name: "Home".to_owned(),
                color: Color::Red
            }]
        );
        assert_eq!(skipped, []);
    }

    #[test]
    fn names_of_files_are_safe_and_each_is_one_files() {
        let long = "wörd ".repeat(100);
        let titles = [
            "Tea",
            "tea",
            "Tea (2)",
            "TEA",
            "",
            "",
            "..",
            "../../etc/passwd",
            "/etc/passwd",
            "C:\\boot.ini",
            "a/b\\c:d*e?f\"g<h>i|j",
            "con",
            "NUL.txt",
            "com1",
            "a\tb\nc",
            "...hidden",
            "ends in a dot.",
            "-rf",
            "\u{202e}fdp.exe",
            "茶",
            &long,
        ];
        let notes: Vec<_> = titles.iter().map(|title| note(title, "")).collect();
        let mut with_text = note("", "# *First* words\n\nmore");
        with_text.place = Place::Archived;
        let names = names(&written(&[notes, vec![with_text]].concat()));
        let expected = [
            "labels.json",
            "Tea.md",
            "tea (2).md",
            "Tea (2) (2).md",
            "TEA (3).md",
            "Untitled.md",
            "Untitled (2).md",
            "Untitled (3).md",
            "etc passwd.md",
            "etc passwd (2).md",
            "C boot.ini.md",
            "a b c d e f g h i j.md",
            "_con.md",
            "_NUL.txt.md",
            "_com1.md",
            "a b c.md",
            "hidden.md",
            "ends in a dot.md",
            "rf.md",
            "fdp.exe.md",
            "茶.md",
        ];
        assert_eq!(names[..expected.len()], expected);
        assert!(
            names[21].starts_with("wörd wörd") && names[21].len() <= STEM_BYTES + 3,
            "{}",
            names[21]
        );
        assert_eq!(names[22], "archive/First words.md");
    }

    #[test]
    fn archives_of_others_are_read() {
        let bytes = archive(&[
            ("vault/", b""),
            ("vault/Tea.md", b"\xef\xbb\xbfhot"),
            ("vault/sub/Shop.MARKDOWN", b"# Milk\n\nand bread"),
            ("vault/cat.png", b"\x89PNG"),
            ("vault/.obsidian", b"{}"),
            ("__MACOSX/._Tea.md", b"\0"),
            ("README", b"x"),
        ]);
        let (bundle, skipped) = read(&bytes).unwrap();
        assert_eq!(
            bundle.notes,
            [note("Tea", "hot"), note("Milk", "and bread")]
        );
        let skipped: Vec<_> = skipped
            .iter()
            .map(|skipped| (skipped.name.as_str(), skipped.reason))
            .collect();
        assert_eq!(
            skipped,
            [
                ("vault/cat.png", "no Markdown"),
                ("vault/.obsidian", "a hidden file"),
                ("__MACOSX/._Tea.md", "a hidden file"),
                ("README", "no Markdown")
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_told_by_file() {
        for no_archive in [&b""[..], b"PK", b"no zip at all", &written(&[])[..40]] {
            assert_eq!(problem(no_archive).0, Code::MalformedRequest);
        }
        let bytes = archive(&[
            ("good.md", b"x"),
            ("../evil.md", b"x"),
            ("/etc/evil.md", b"x"),
            ("latin.md", b"caf\xe9"),
            ("wide.md", b"\xff\xfea\0"),
            ("nul.md", b"a\0"),
            ("long.md", &vec![b'x'; FILE_BYTES + 1]),
            ("color.md", b"---\ncolor: mauve\n---\n"),
            ("labels.json", b"{}"),
        ]);
        let error = read(&bytes).unwrap_err();
        let told: Vec<_> = error
            .field_errors()
            .iter()
            .map(|error| (error.field.as_str(), error.code))
            .collect();
        assert_eq!(
            told,
            [
                ("../evil.md", "path"),
                ("latin.md", "encoding"),
                ("wide.md", "encoding"),
                ("nul.md", "nul"),
                ("long.md", "too_long"),
                ("color.md", "front_matter"),
                ("labels.json", "labels"),
            ]
        );
    }

    #[test]
    fn bombs_do_not_go_off() {
        // 16 MiB in 16 KiB: its first 132 KiB are unpacked, however much there is.
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("bomb.md", options()).unwrap();
        let zeroes = vec![b'0'; 1024 * 1024];
        for _ in 0..16 {
            zip.write_all(&zeroes).unwrap();
        }
        let bomb = zip.finish().unwrap().into_inner();
        assert!(bomb.len() < 64 * 1024);
        assert!(problem(&bomb).1.contains("bomb.md: has more than"));
        // Many that are each as large as they may be.
        let data = vec![b'0'; 100 * 1024];
        let files: Vec<String> = (0..400).map(|number| format!("{number}.md")).collect();
        let entries: Vec<(&str, &[u8])> = files
            .iter()
            .map(|name| (name.as_str(), data.as_slice()))
            .collect();
        assert_eq!(problem(&archive(&entries)).0, Code::PayloadTooLarge);
        let files: Vec<String> = (0..=ENTRIES).map(|number| number.to_string()).collect();
        let entries: Vec<(&str, &[u8])> =
            files.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert!(problem(&archive(&entries)).1.contains("20001 entries"));
    }

    #[test]
    fn a_damaged_archive_is_refused() {
        let whole = written(&[note("Tea", &"hot and black ".repeat(50))]);
        assert!(read(&whole).is_ok());
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            // Some bytes mean nothing; none may make it panic, or say something else without telling.
            if let Ok((bundle, _)) = read(&damaged) {
                assert!(
                    bundle
                        .notes
                        .iter()
                        .all(|note| note.content.starts_with("hot and black")),
                    "{at}"
                );
            }
        }
    }
}
