//! A file to import: its beginning, from which its format is recognised, and its content, read within limits.

use std::io::{BufRead, Read as _};

use encoding_rs::{Encoding, WINDOWS_1252};

use super::gathered::Gathered;
use super::sink::Sink;

/// Maximum size in bytes of a file that is read into memory as a whole, enough for a backup of thousands of notes.
pub(super) const WHOLE_BYTES: usize = 32 * 1024 * 1024;
/// Maximum size in bytes of a text that is one note, before it is divided.
pub(super) const TEXT_BYTES: usize = 4 * 1024 * 1024;

/// The beginning of a file.
pub(super) struct Head<'a> {
    /// Path in the archive, or the name of a single file.
    pub(super) path: &'a str,
    /// Text of the beginning, up to the first byte that is not UTF-8.
    pub(super) text: &'a str,
    /// Type of the file according to the sender.
    pub(super) hint: Hint,
}

/// The type of a file according to its sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// No type, or one that leaves the decision to the content.
    None,
    /// An archive; other files are rejected.
    Archive,
    /// JSON or XML data of a program; plain text is rejected.
    Data,
    /// A single Markdown text, with any content.
    Markdown,
    /// A single HTML page.
    Html,
}

impl Hint {
    /// Returns true if the content decides about the format.
    pub(super) fn is_undecided(self) -> bool {
        !matches!(self, Self::Markdown | Self::Html)
    }
}

impl<'a> Head<'a> {
    pub(super) fn new(path: &'a str, bytes: &'a [u8], hint: Hint) -> Self {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        };
        Self {
            path,
            text: text.strip_prefix('\u{feff}').unwrap_or(text),
            hint,
        }
    }

    /// Returns true if the file may be a JSON object with these keys.
    pub(super) fn is_json_with(&self, keys: &[&str]) -> bool {
        self.hint.is_undecided()
            && self.text.trim_start().starts_with('{')
            && keys
                .iter()
                .all(|key| self.text.contains(&format!("\"{key}\"")))
    }

    /// Returns the extension of the name in lower case.
    pub(super) fn file_extension(&self) -> String {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.')
            .map_or(String::new(), |(_, ending)| ending.to_lowercase())
    }
}

/// A file to read.
pub(super) struct File<'a> {
    pub(super) path: &'a str,
    pub(super) reader: &'a mut dyn BufRead,
    pub(super) gathered: &'a mut Gathered,
}

impl File<'_> {
    /// Returns the name without folder and extension.
    pub(super) fn file_stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Reads all bytes; `None`, with a remark, for a file above the limit or a damaged one.
    pub(super) fn read_bytes(&mut self, most: usize, sink: &mut Sink<'_>) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        if let Err(error) = (&mut *self.reader)
            .take(most as u64 + 1)
            .read_to_end(&mut bytes)
        {
            sink.report_left_out(None, "damaged", format!("cannot be unpacked: {error}"));
            return None;
        }
        if bytes.len() > most {
            sink.report_left_out(
                None,
                "too_long",
                format!("has more than {most} bytes, the limit for this kind of file"),
            );
            return None;
        }
        Some(bytes)
    }

    /// Reads the text. Text in another encoding than UTF-8 is decoded, with a remark.
    pub(super) fn read_text(&mut self, most: usize, sink: &mut Sink<'_>) -> Option<String> {
        let bytes = self.read_bytes(most, sink)?;
        let text = decode_text(bytes, sink);
        if text.is_none() {
            sink.report_left_out(
                None,
                "encoding",
                "is not text in UTF-8, UTF-16 or Windows-1252",
            );
        }
        text
    }

    /// Parses the file as JSON; `None`, with a remark, for other content.
    pub(super) fn read_json(&mut self, sink: &mut Sink<'_>) -> Option<serde_json::Value> {
        let bytes = self.read_bytes(WHOLE_BYTES, sink)?;
        if count_values(&bytes) > MOST_VALUES {
            sink.report_left_out(
                None,
                "too_long",
                format!("has more than {MOST_VALUES} values, the limit for JSON files"),
            );
            return None;
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        match serde_json::from_slice(bytes) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = Some(error.line() as u64);
                sink.report_left_out(line, "json", format!("is not valid JSON: {error}"));
                None
            }
        }
    }
}

/// Counts the line breaks in a part of a file.
#[expect(
    clippy::naive_bytecount,
    reason = "the parser spends much more time on each byte than this"
)]
pub(super) fn line_ends(piece: &[u8]) -> u64 {
    piece.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Maximum number of values in a JSON document that is read as a whole; an object with a single value takes 700 bytes of memory.
const MOST_VALUES: usize = 400_000;

/// Returns an upper bound for the number of values in JSON: each but the first follows a comma or an opening bracket.
fn count_values(json: &[u8]) -> usize {
    let (mut signs, mut in_text, mut escaped) = (0, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            b',' | b'[' | b'{' if !in_text => signs += 1,
            _ => {}
        }
    }
    signs
}

fn decode_text(bytes: Vec<u8>, sink: &mut Sink<'_>) -> Option<String> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            return Some(match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text,
            });
        }
        Err(error) => error.into_bytes(),
    };
    let encoding = match Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding,
        // Pictures and programs contain control characters; text of old systems does not.
        None if bytes
            .iter()
            .any(|byte| *byte < 0x09 || (0x0e..0x20).contains(byte)) =>
        {
            return None;
        }
        None => WINDOWS_1252,
    };
    let (text, _, _) = encoding.decode(&bytes);
    let message = format!("is not UTF-8; it was decoded as {}", encoding.name());
    sink.report_changed(None, "encoding", message);
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_values_outside_strings() {
        for (json, count) in [
            ("", 0),
            ("[]", 1),
            ("[0,0,0]", 3),
            (r#"{"a,[{": "b,\",{", "c": [1, 2]}"#, 4),
            (r#"["\\", ","]"#, 2),
        ] {
            assert_eq!(count_values(json.as_bytes()), count, "{json}");
        }
    }
}
