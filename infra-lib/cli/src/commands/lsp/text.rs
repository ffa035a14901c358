//! Holds the text of an open document, and converts positions: the protocol counts UTF-16 units from 0, the reader of templates characters from 1.

use gen_lsp_types::{Position, Range, Uri};
use infra_yaml::{Position as TextPosition, Span};

/// An open document.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: String,
}

/// Lines of a text, for conversions of positions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines<'t>(&'t str);

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self(text)
    }

    /// Returns a line, counted from 0, without its end.
    pub(super) fn line(self, line: u32) -> &'t str {
        let at = usize::try_from(line).unwrap_or(usize::MAX);
        let line = self.0.split('\n').nth(at).unwrap_or_default();
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Converts a position of the reader to one of the protocol.
    pub(super) fn to_protocol(self, at: TextPosition) -> Position {
        let line = at.line.saturating_sub(1);
        let columns = usize::try_from(at.column.saturating_sub(1)).unwrap_or(usize::MAX);
        let units = self.line(line).chars().take(columns).map(char::len_utf16);
        Position {
            line,
            character: u32::try_from(units.sum::<usize>()).unwrap_or(u32::MAX),
        }
    }

    /// Converts the range between two positions of the reader.
    pub(super) fn to_range(self, start: TextPosition, end: TextPosition) -> Range {
        Range {
            start: self.to_protocol(start),
            end: self.to_protocol(end),
        }
    }

    pub(super) fn span_to_range(self, span: Span) -> Range {
        self.to_range(span.start, span.end)
    }

    /// Returns the byte offset of a position of the protocol. A position beyond the end of its line is that end.
    pub(super) fn to_offset(self, at: Position) -> usize {
        let line_number = usize::try_from(at.line).unwrap_or(usize::MAX);
        let before = self.0.split_inclusive('\n').take(line_number);
        let start: usize = before.map(str::len).sum();
        let mut units = 0;
        let line = self.line(at.line);
        let within = line.char_indices().find(|(_, c)| {
            let reached = units >= at.character;
            units += u32::try_from(c.len_utf16()).unwrap_or(2);
            reached
        });
        start + within.map_or(line.len(), |(offset, _)| offset)
    }

    /// Converts a position of the protocol to one of the reader.
    pub(super) fn to_text_position(self, at: Position) -> TextPosition {
        TextPosition::of_offset(self.0, self.to_offset(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_positions_with_wide_characters() {
        // The smile has two UTF-16 units, four bytes and is one character.
        let lines = Lines::new("a: 1\r\nb: \u{1F600}x\n");
        let at = Position {
            line: 1,
            character: 5,
        };
        assert_eq!(lines.to_offset(at), 6 + 3 + 4);
        let read = lines.to_text_position(at);
        assert_eq!((read.line, read.column), (2, 5));
        assert_eq!(lines.to_protocol(read), at);
    }

    #[test]
    fn limits_positions_to_their_line() {
        let lines = Lines::new("a\r\nb\n");
        let beyond = |line| {
            lines.to_offset(Position {
                line,
                character: 99,
            })
        };
        assert_eq!([beyond(0), beyond(1), beyond(9)], [1, 4, 5]);
    }
}
