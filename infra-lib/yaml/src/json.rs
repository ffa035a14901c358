//! Reads JSON into a tree with positions.
//!
//! `serde_json` validates the text and decodes strings and numbers. This module adds positions and refuses duplicate keys, of which `serde_json`
//! silently keeps the last.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value as JsonValue;

use crate::error::Error;
use crate::node::{DuplicateKey, Entry, Map, Node, Value};
use crate::position::{Position, Span};
use crate::rules::Limits;

/// Reads a JSON document. A byte order mark at the start is skipped.
///
/// # Errors
///
/// Returns the first syntax error, duplicate key or exceeded limit, with its position.
pub fn read_json(text: &str, limits: &Limits) -> Result<Node, Error> {
    read(text, limits, None)
}

/// Reads a JSON document. With a list of duplicate keys, adds these to it and keeps the last value of each; otherwise, the first of them is an error.
pub(crate) fn read<'t>(
    text: &'t str,
    limits: &Limits,
    duplicates: Option<&'t mut Vec<DuplicateKey>>,
) -> Result<Node, Error> {
    limits.check_size(text)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        // Deserializing into a value reports the same error with a better message, for example for trailing commas.
        let error = serde_json::from_str::<JsonValue>(text)
            .err()
            .unwrap_or(error);
        return Err(locate_error(&error, text));
    }
    let mut walk = JsonReader {
        text,
        offset: 0,
        position: Position::START,
        depth_limit: limits.depth,
        duplicates,
    };
    walk.read_node(0)
}

/// Converts an error of `serde_json`, which counts columns in bytes and reports the end of a line as column 0 of the next one.
fn locate_error(error: &serde_json::Error, text: &str) -> Error {
    let before = text.lines().nth(error.line().saturating_sub(1));
    let before = before.unwrap_or_default().bytes().take(error.column());
    let mut position = Position {
        line: u32::try_from(error.line()).unwrap_or(u32::MAX),
        column: 0,
    };
    before.for_each(|byte| position.advance_past(byte));
    position.column = position.column.max(1);
    Error::at_position(position, strip_location(error))
}

/// Returns the message of a `serde_json` error without the position at its end.
fn strip_location(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    message[..end].to_owned()
}

/// A walk over validated JSON text.
struct JsonReader<'t> {
    text: &'t str,
    offset: usize,
    position: Position,
    depth_limit: usize,
    /// Duplicate keys so far, or `None` if they are errors.
    duplicates: Option<&'t mut Vec<DuplicateKey>>,
}

impl<'t> JsonReader<'t> {
    fn read_node(&mut self, depth: usize) -> Result<Node, Error> {
        self.skip_spaces();
        let start = self.position;
        if depth > self.depth_limit {
            let message = format!("nested deeper than {} levels", self.depth_limit);
            return Err(Error::at_position(start, message));
        }
        let value = match self.peek_byte() {
            b'{' => Value::Map(self.read_map(depth)?),
            b'[' => Value::List(self.read_list(depth)?),
            b'"' => Value::String(self.read_string()?.0),
            b't' | b'f' => Value::Bool(self.read_word() == "true"),
            b'n' => {
                self.read_word();
                Value::Null
            }
            _ => {
                let number = self.read_word();
                let end = self.position;
                Value::Number(decode_token(number, Span { start, end })?)
            }
        };
        let end = self.position;
        Ok(Node::new(value, Span { start, end }))
    }

    fn read_map(&mut self, depth: usize) -> Result<Map, Error> {
        let mut entries = Vec::new();
        self.advance_by(1);
        loop {
            self.skip_spaces();
            match self.peek_byte() {
                b'}' => break,
                b',' => self.advance_by(1),
                b'"' => {
                    let (key, span) = self.read_string()?;
                    self.skip_spaces();
                    self.expect_byte(b':')?;
                    let value = self.read_node(depth + 1)?;
                    entries.push(Entry::new(key, span, value));
                }
                _ => return Err(self.unexpected_character()),
            }
        }
        self.advance_by(1);
        match &mut self.duplicates {
            Some(duplicates) => Ok(Map::keep_last(entries, duplicates)),
            None => Map::new(entries),
        }
    }

    fn read_list(&mut self, depth: usize) -> Result<Vec<Node>, Error> {
        let mut items = Vec::new();
        self.advance_by(1);
        loop {
            self.skip_spaces();
            match self.peek_byte() {
                b']' => break,
                b',' => self.advance_by(1),
                0 => return Err(self.unexpected_character()),
                _ => items.push(self.read_node(depth + 1)?),
            }
        }
        self.advance_by(1);
        Ok(items)
    }

    fn read_string(&mut self) -> Result<(String, Span), Error> {
        let start = self.position;
        let rest = self.remaining_text();
        let mut escaped = false;
        let end = rest.bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let Some(end) = end else {
            return Err(self.unexpected_character());
        };
        let token = &rest[..end + 2];
        self.advance_by(token.len());
        let end = self.position;
        let span = Span { start, end };
        let content = &token[1..token.len() - 1];
        if content.contains('\\') {
            return Ok((decode_token(token, span)?, span));
        }
        Ok((content.to_owned(), span))
    }

    /// Reads a number, `true`, `false` or `null`.
    fn read_word(&mut self) -> &'t str {
        let rest = self.remaining_text();
        let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        self.advance_by(word.len());
        word
    }

    fn remaining_text(&self) -> &'t str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    /// Returns the next byte, or 0 at the end. Validated JSON does not contain the byte 0.
    fn peek_byte(&self) -> u8 {
        self.text.as_bytes().get(self.offset).copied().unwrap_or(0)
    }

    fn skip_spaces(&mut self) {
        while matches!(self.peek_byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.advance_by(1);
        }
    }

    fn expect_byte(&mut self, byte: u8) -> Result<(), Error> {
        if self.peek_byte() != byte {
            return Err(self.unexpected_character());
        }
        self.advance_by(1);
        Ok(())
    }

    fn advance_by(&mut self, bytes: usize) {
        let passed = self.remaining_text().bytes().take(bytes);
        passed.for_each(|byte| self.position.advance_past(byte));
        self.offset += bytes;
    }

    /// Returns an error for text that `serde_json` accepts and this walk does not, which should not occur.
    fn unexpected_character(&self) -> Error {
        Error::at_position(self.position, "unexpected character")
    }
}

fn decode_token<T: DeserializeOwned>(token: &str, span: Span) -> Result<T, Error> {
    serde_json::from_str(token).map_err(|error| Error::in_span(span, strip_location(&error)))
}
