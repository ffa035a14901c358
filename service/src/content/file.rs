//! A note as a Markdown file: what is not in its text stands before it, as YAML between lines of three hyphens.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::clock;
use crate::domain::limits::{CONTENT_BYTES, LABEL_NAME_CHARS, LABELS_PER_NOTE, TITLE_CHARS};
use crate::domain::note::{Color, Place};
use crate::domain::portable::PortableNote;

/// Bytes of what stands before the text; what is longer belongs to the text.
const FRONT_BYTES: usize = 32 * 1024;
/// Bytes of a file that may be a note.
pub const FILE_BYTES: usize = CONTENT_BYTES + FRONT_BYTES;

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// A stable word for it.
    pub code: &'static str,
    /// What it is and what would be right.
    pub message: String,
}

fn wrong(code: &'static str, message: impl Into<String>) -> Wrong {
    Wrong {
        code,
        message: message.into(),
    }
}

/// The file of a note. All bytes of its text are in it as they are.
pub fn write(note: &PortableNote) -> String {
    let mut file = String::with_capacity(note.content.len() + 256);
    let labels: Vec<String> = note.labels.iter().map(|label| quoted(label)).collect();
    let _ = write!(
        file,
        "---\ntitle: {}\ncolor: {}\npinned: {}\nplace: {}\nlabels: [{}]\n",
        quoted(&note.title),
        note.color.as_str(),
        note.pinned,
        note.place.as_str(),
        labels.join(", "),
    );
    for (key, time) in [
        ("reminder", note.reminder_at),
        ("created", note.created_at),
        ("updated", note.updated_at),
    ] {
        if let Some(time) = time {
            let time = time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            let _ = writeln!(file, "{key}: {time}");
        }
    }
    let _ = write!(file, "---\n\n{}", note.content);
    file
}

/// A text as YAML 1.1 and 1.2 read it, whatever is in it.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(char);
            }
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char if char.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

/// The text of a file.
pub fn text(bytes: &[u8]) -> Result<&str, Wrong> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(wrong("encoding", "is UTF-16; save it as UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        wrong(
            "encoding",
            format!("is no UTF-8: byte {at}; save it as UTF-8"),
        )
    })?;
    if text.contains('\0') {
        return Err(wrong(
            "nul",
            "contains the character U+0000, which cannot be stored",
        ));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The note of a file with this name, without its ending. Files of other programs need nothing before their text: the title is a first line
/// `# Title` then, or the name of the file.
pub fn read(name: &str, text: &str) -> Result<PortableNote, Wrong> {
    let (front, content) = parts(text);
    let mut note = PortableNote::of(String::new(), content.to_owned());
    let mut titled = false;
    for (key, value) in front.unwrap_or_default() {
        match key.as_str() {
            "title" => {
                note.title = value.text(&key)?;
                titled = true;
            }
            "color" | "colour" => note.color = one_of(&key, value, &Color::ALL, Color::as_str)?,
            "place" => note.place = one_of(&key, value, &Place::ALL, Place::as_str)?,
            "pinned" => note.pinned = one_of(&key, value, &[true, false], truth)?,
            "labels" | "tags" => note.labels.extend(names(&key, value)?),
            "reminder" => note.reminder_at = Some(time(&key, value)?),
            "created" => note.created_at = Some(time(&key, value)?),
            "updated" => note.updated_at = Some(time(&key, value)?),
            _ => {}
        }
    }
    if !titled {
        match heading(content) {
            Some((title, rest)) => {
                title.clone_into(&mut note.title);
                rest.clone_into(&mut note.content);
            }
            None => name.clone_into(&mut note.title),
        }
    }
    check(&note)?;
    Ok(note)
}

/// Refuses what no note may be.
pub fn check(note: &PortableNote) -> Result<(), Wrong> {
    let too_long = |what: &str, has: usize, unit: &str, most: usize| {
        let message = format!("{what} has {has} {unit}, and at most {most} are allowed");
        Err(wrong("too_long", message))
    };
    let title = note.title.chars().count();
    if title > TITLE_CHARS {
        return too_long("its title", title, "characters", TITLE_CHARS);
    }
    if note.content.len() > CONTENT_BYTES {
        return too_long("its text", note.content.len(), "bytes", CONTENT_BYTES);
    }
    if note.labels.len() > LABELS_PER_NOTE {
        return Err(wrong(
            "too_long",
            format!(
                "it carries {} labels, and at most {LABELS_PER_NOTE} are allowed",
                note.labels.len()
            ),
        ));
    }
    for label in &note.labels {
        let chars = label.chars().count();
        if chars > LABEL_NAME_CHARS {
            return too_long("one of its labels", chars, "characters", LABEL_NAME_CHARS);
        }
    }
    // YAML has an escape for it.
    if std::iter::once(&note.title)
        .chain(&note.labels)
        .any(|text| text.contains('\0'))
    {
        return Err(wrong(
            "nul",
            "contains the character U+0000, which cannot be stored",
        ));
    }
    Ok(())
}

/// What stands before the text, if it is YAML as it should be, and the text.
fn parts(file: &str) -> (Option<Vec<(String, Front)>>, &str) {
    let Some(rest) = line(file, "---") else {
        return (None, file);
    };
    let mut at = 0;
    for part in rest.split_inclusive('\n') {
        if at > FRONT_BYTES {
            break;
        }
        if part.trim_end() == "---" {
            let content = &rest[at + part.len()..];
            return match front(&rest[..at]) {
                Some(front) => (Some(front), line(content, "").unwrap_or(content)),
                // A rule of Markdown, and text until the next.
                None => (None, file),
            };
        }
        at += part.len();
    }
    (None, file)
}

/// A value before the text.
enum Front {
    Text(String),
    List(Vec<String>),
    /// Of a kind that says nothing about notes.
    Other,
}

/// The keys and values of YAML. What is deeper than a list of texts is passed over, and so are aliases: nothing of it is ever written out.
fn front(yaml: &str) -> Option<Vec<(String, Front)>> {
    let mut parser = Parser::new_from_str(yaml);
    let (mut found, mut depth, mut key, mut list) = (Vec::new(), 0, None, None);
    while let Some(event) = parser.next_event() {
        match (event.ok()?.0, depth) {
            (Event::MappingStart(..), 0) => depth = 1,
            (Event::Scalar(text, style, ..), 1) => match key.take() {
                None => key = Some(text.into_owned()),
                Some(key) => {
                    let is_null =
                        style == ScalarStyle::Plain && ["", "~", "null"].contains(&&*text);
                    if !is_null {
                        found.push((key, Front::Text(text.into_owned())));
                    }
                }
            },
            (Event::Alias(_), 1) => found.push((key.take()?, Front::Other)),
            (Event::SequenceStart(..), 1) => {
                key.as_ref()?;
                list = Some(Vec::new());
                depth = 2;
            }
            (Event::MappingStart(..), 1) => {
                key.as_ref()?;
                depth = 2;
            }
            (Event::Scalar(text, ..), 2) => {
                if let Some(list) = &mut list {
                    list.push(text.into_owned());
                }
            }
            (Event::SequenceStart(..) | Event::MappingStart(..), 2..) => {
                list = None;
                depth += 1;
            }
            (Event::SequenceEnd | Event::MappingEnd, 2) => {
                let value = list.take().map_or(Front::Other, Front::List);
                found.push((key.take()?, value));
                depth = 1;
            }
            (Event::SequenceEnd | Event::MappingEnd, _) => depth -= 1,
            (Event::Scalar(..) | Event::SequenceStart(..), 0) => return None,
            _ => {}
        }
    }
    Some(found)
}

/// What follows the first line, if that is this.
fn line<'a>(text: &'a str, first: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(first)?;
    rest.strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix('\n'))
}

/// A first line `# Title`, and what follows it.
pub(super) fn heading(content: &str) -> Option<(&str, &str)> {
    let rest = content.strip_prefix("# ")?;
    let (title, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let title = title.trim();
    let rest = line(rest, "").unwrap_or(rest);
    (!title.is_empty()).then_some((title, rest))
}

fn not(key: &str, value: &str, wanted: &str) -> Wrong {
    let value: String = value.chars().take(60).collect();
    wrong(
        "front_matter",
        format!("`{key}` is `{value}`, and must be {wanted}"),
    )
}

impl Front {
    fn text(self, key: &str) -> Result<String, Wrong> {
        match self {
            Self::Text(text) => Ok(text),
            Self::List(_) => Err(not(key, "a list", "a text")),
            Self::Other => Err(not(key, "more than a text", "a text")),
        }
    }
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn one_of<T: Copy>(
    key: &str,
    value: Front,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, Wrong> {
    let text = value.text(key)?;
    let found = all.iter().copied().find(|one| name(*one) == text);
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        not(key, &text, &format!("one of {}", names.join(", ")))
    })
}

/// A list of names, or names between commas.
fn names(key: &str, value: Front) -> Result<Vec<String>, Wrong> {
    let names = match value {
        Front::List(names) => names,
        Front::Text(text) => text.split(',').map(str::to_owned).collect(),
        Front::Other => return Err(not(key, "more than that", "a list of names")),
    };
    let names = names.iter().map(|name| name.trim().to_owned());
    Ok(names.filter(|name| !name.is_empty()).collect())
}

/// A time (RFC 3339), or a date, which is its first moment in UTC.
fn time(key: &str, value: Front) -> Result<DateTime<Utc>, Wrong> {
    let text = value.text(key)?;
    let date = || {
        let date: NaiveDate = text.parse().ok()?;
        (text.len() == 10).then(|| date.and_time(NaiveTime::MIN).and_utc())
    };
    DateTime::parse_from_rfc3339(&text)
        .map(|time| time.to_utc())
        .ok()
        .or_else(date)
        .map(clock::kept)
        .ok_or_else(|| not(key, &text, "a time as 2026-01-31T09:30:00Z, or a date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> PortableNote {
        let time = |text: &str| {
            DateTime::parse_from_rfc3339(text)
                .ok()
                .map(|time| time.to_utc())
        };
        PortableNote {
            title: "Crème: \"brûlée\"".to_owned(),
            content: "- [ ] eggs\n".to_owned(),
            color: Color::Teal,
            pinned: true,
            place: Place::Archived,
            labels: vec!["Home, sweet".to_owned(), "no".to_owned()],
            reminder_at: time("2031-01-31T09:30:00Z"),
            created_at: time("2026-01-31T09:30:00.123456Z"),
            updated_at: time("2026-02-01T00:00:00.5Z"),
        }
    }

    #[test]
    fn a_file_is_what_people_write() {
        let file = "---\ntitle: \"Crème: \\\"brûlée\\\"\"\ncolor: teal\npinned: true\nplace: archived\nlabels: [\"Home, sweet\", \"no\"]\n\
                    reminder: 2031-01-31T09:30:00Z\ncreated: 2026-01-31T09:30:00.123456Z\nupdated: 2026-02-01T00:00:00.500Z\n---\n\n- [ ] eggs\n";
        assert_eq!(write(&note()), file);
    }

    #[test]
    fn what_is_written_is_read() {
        let texts = [
            "",
            "\n",
            "\n\n",
            "a",
            "a\n",
            "\na",
            "a\r\nb\r\n",
            "\r\n",
            "---",
            "---\n",
            "---\n---\n",
            "---\ntitle: x\n---\n",
            "# a\n",
            "no newline at the end",
            "\u{feff}a",
            "a\u{b}\u{c}\u{7f}\u{85}\u{a0}\u{2028}\u{2029}\u{fffe}\u{ffff}\u{10ffff}",
            "\t\u{1}\u{1b}[0m",
            "\"'\\\\'\"",
            "yes",
            "~",
            "null",
            "1",
            "1.5",
            "2026-01-01",
            "*a",
            "&a",
            "!a",
            "{}",
            "[]",
            "a: b",
            "- a",
            "# ",
            "%",
            "@",
            "`",
            " a ",
            "茶 🍵 e\u{301}",
            "\\u0041",
            "a\\",
            "a\"",
        ];
        for text in texts {
            let name = text.trim();
            let labels = if name.is_empty() {
                Vec::new()
            } else {
                vec![name.to_owned()]
            };
            let note = PortableNote {
                title: text.to_owned(),
                content: text.to_owned(),
                labels,
                ..note()
            };
            let file = write(&note);
            assert_eq!(
                read("name", super::text(file.as_bytes()).unwrap()).unwrap(),
                note,
                "{file}"
            );
        }
    }

    #[test]
    fn files_of_others_are_read() {
        for (file, title, content) in [
            ("", "name", ""),
            ("tea", "name", "tea"),
            ("# Tea\n\nhot", "Tea", "hot"),
            ("# Tea", "Tea", ""),
            ("#tea", "name", "#tea"),
            ("---\ntea\n---\n", "name", "---\ntea\n---\n"),
            ("---\na: [\n---\n", "name", "---\na: [\n---\n"),
            ("---\ntea", "name", "---\ntea"),
            ("---\nlayout: post\n---\n# Tea\nhot", "Tea", "hot"),
            ("---\r\ntitle: Tea\r\n---\r\nhot\r\n", "Tea", "hot\r\n"),
            ("---\ntitle: 2026\ntags: [a, 1]\n---\n", "2026", ""),
            ("---\ntitle:\n---\nhot", "name", "hot"),
        ] {
            let note = read("name", file).unwrap();
            assert_eq!(
                (note.title.as_str(), note.content.as_str()),
                (title, content),
                "{file:?}"
            );
        }
        let tagged = read("name", "---\ntags: a, b c,\ncreated: 2026-01-31\n---\n").unwrap();
        assert_eq!(tagged.labels, ["a", "b c"]);
        assert_eq!(
            tagged.created_at.unwrap().to_rfc3339(),
            "2026-01-31T00:00:00+00:00"
        );
    }

    #[test]
    fn wrong_files_are_told() {
        for (file, message) in [
            (
                "---\ncolor: mauve\n---\n",
                "`color` is `mauve`, and must be one of white, red",
            ),
            (
                "---\nplace: attic\n---\n",
                "`place` is `attic`, and must be one of active, archived, trash",
            ),
            (
                "---\npinned: maybe\n---\n",
                "`pinned` is `maybe`, and must be one of true, false",
            ),
            (
                "---\nreminder: tomorrow\n---\n",
                "`reminder` is `tomorrow`, and must be a time as",
            ),
            (
                "---\ntitle: [a]\n---\n",
                "`title` is `a list`, and must be a text",
            ),
            ("---\ntitle: \"a\\0\"\n---\n", "U+0000"),
        ] {
            let error = read("name", file).unwrap_err();
            assert!(error.message.contains(message), "{error:?}");
        }
        let long = |labels: usize, chars: usize| {
            let labels: Vec<String> = (0..labels)
                .map(|label| format!("{label:0chars$}"))
                .collect();
            read(
                "name",
                &format!("---\nlabels: [{}]\n---\n", labels.join(", ")),
            )
        };
        assert!(long(20, 50).is_ok());
        assert_eq!(long(21, 5).unwrap_err().code, "too_long");
        assert_eq!(long(1, 51).unwrap_err().code, "too_long");
        assert_eq!(
            read("name", &"x".repeat(CONTENT_BYTES + 1))
                .unwrap_err()
                .code,
            "too_long"
        );
        assert!(text(b"caf\xe9").unwrap_err().message.contains("byte 3"));
        assert_eq!(
            text(b"\xff\xfea\0").unwrap_err().message,
            "is UTF-16; save it as UTF-8"
        );
        assert_eq!(text(b"a\0b").unwrap_err().code, "nul");
        assert_eq!(text("\u{feff}a".as_bytes()), Ok("a"));
    }

    #[test]
    fn aliases_of_yaml_do_not_explode() {
        let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let last = format!("*a{}", level - 1);
            let _ = writeln!(bomb, "a{level}: &a{level} [{}]", vec![last; 10].join(", "));
        }
        bomb.push_str("---\n");
        assert_eq!(
            read("name", &format!("{bomb}hot")).unwrap(),
            PortableNote::of("name".to_owned(), "hot".to_owned())
        );
        let deep = format!("---\na: {}\n---\n", "[".repeat(10_000));
        assert_eq!(read("name", &deep).unwrap().content, deep);
    }
}
