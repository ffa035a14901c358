//! Positions in a text, counted as editors do: [`Position`] and [`Span`].

use std::fmt;

/// Line and column of a character, both starting at 1. Columns count characters, not bytes.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Position {
    /// Line number, starting at 1.
    pub line: u32,
    /// Column in characters, starting at 1.
    pub column: u32,
}

impl Position {
    /// Position of the first character of a text: line 1, column 1.
    pub const START: Self = Self { line: 1, column: 1 };

    /// Returns the position of a byte offset. An offset beyond the end counts as the end.
    ///
    /// ```
    /// use infra_yaml::Position;
    ///
    /// assert_eq!(Position::of_offset("ä: 1\nb: 2\n", 6).to_string(), "2:1");
    /// ```
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let mut position = Self::START;
        let before = text.bytes().take(offset);
        before.for_each(|byte| position.advance_past(byte));
        position
    }

    /// Advances by one byte of UTF-8.
    pub(crate) fn advance_past(&mut self, byte: u8) {
        const CONTINUATION: u8 = 0b1000_0000;
        if byte == b'\n' {
            self.line = self.line.saturating_add(1);
            self.column = 1;
        } else if byte & 0b1100_0000 != CONTINUATION {
            self.column = self.column.saturating_add(1);
        }
    }
}

impl fmt::Display for Position {
    /// Writes the position as `line:column`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A range of a text: its first character, and the character after its last one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Span {
    /// Position of the first character.
    pub start: Position,
    /// Position of the character after the last one.
    pub end: Position,
}

impl Span {
    /// Creates the range from a first character to the one after the last.
    pub fn new(start: Position, end: Position) -> Self {
        Self { start, end }
    }

    /// Creates an empty range.
    pub(crate) fn at_position(position: Position) -> Self {
        Self {
            start: position,
            end: position,
        }
    }
}
