//! Formats counts and durations for people, and makes foreign text safe for a terminal.

use std::iter::Peekable;
use std::str::Chars;

use infra_core::Summary;

/// Formats the number of findings: `2 errors, 1 warning`, or `no findings`.
pub fn count_findings(summary: Summary) -> String {
    let some = |count: usize, what: &str| (count > 0).then(|| format_count(count, what));
    let parts: Vec<String> = [
        some(summary.errors, "error"),
        some(summary.warnings, "warning"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(", ")
    }
}

/// Formats a count with its noun, which gets an `s` unless the count is 1: `1 stack`, `2 stacks`.
pub fn format_count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Formats a duration in seconds with its two largest units: `40s`, `1m40s`, `1h02m`.
pub fn format_seconds(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds}s"),
        (0, minutes, seconds) => format!("{minutes}m{seconds:02}s"),
        (hours, minutes, _) => format!("{hours}h{minutes:02}m"),
    }
}

/// Cleans text from AWS or from a program that runs there: returns one line without control characters.
///
/// Escape sequences could move the cursor over our output or set the window title; bidirectional marks could reorder a line.
pub fn clean_line(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\u{1b}' => skip_escape(&mut characters),
            '\u{9b}' => skip_control_sequence(&mut characters),
            '\n' | '\r' | '\t' => cleaned.push(' '),
            _ if character.is_control() || is_bidi_control(character) => {}
            _ => cleaned.push(character),
        }
    }
    cleaned.trim_end().to_owned()
}

/// Cleans each line of a text with [`clean_line`], and keeps the line breaks.
pub fn clean_lines(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for line in text.lines() {
        cleaned.push_str(&clean_line(line));
        cleaned.push('\n');
    }
    cleaned
}

fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Skips the rest of an escape sequence according to ECMA-48: a control sequence, a string with a terminator, or one character.
fn skip_escape(characters: &mut Peekable<Chars<'_>>) {
    match characters.next() {
        Some('[') => skip_control_sequence(characters),
        Some(']' | 'P' | 'X' | '^' | '_') => {
            while let Some(character) = characters.next() {
                match character {
                    '\u{07}' | '\u{9c}' => break,
                    '\u{1b}' => {
                        characters.next_if_eq(&'\\');
                        break;
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn skip_control_sequence(characters: &mut Peekable<Chars<'_>>) {
    // Parameter and intermediate characters, followed by one final character.
    while characters.next_if(|c| (' '..='?').contains(c)).is_some() {}
    characters.next_if(|c| ('@'..='~').contains(c));
}

/// Returns the number of columns of a text. Where terminals differ, returns the larger number: cutting a line early does no harm, wrapping it does.
pub fn display_width(text: &str) -> usize {
    text.chars().map(char_columns).sum()
}

/// Truncates text to a number of columns, with `…` at the end if something was removed.
pub fn cut_to_width(text: &str, columns_wanted: usize) -> String {
    if display_width(text) <= columns_wanted {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for character in text.chars() {
        used += char_columns(character);
        if used >= columns_wanted {
            break;
        }
        kept.push(character);
    }
    kept.push('…');
    kept
}

fn char_columns(character: char) -> usize {
    match character {
        '…' => 1,
        '\0'..'\u{300}' => 1,
        '\u{300}'..='\u{36f}' => 0,
        '\u{370}'..'\u{1100}' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::{clean_line, clean_lines, cut_to_width, display_width, format_seconds};

    #[test]
    fn formats_durations_compactly() {
        let said = [0, 59, 60, 100, 3599, 3600, 3725].map(format_seconds);
        assert_eq!(
            said,
            ["0s", "59s", "1m00s", "1m40s", "59m59s", "1h00m", "1h02m"]
        );
    }

    #[test]
    fn strips_control_sequences() {
        assert_eq!(clean_line("\u{1b}[31mred\u{1b}[0m"), "red");
        assert_eq!(clean_line("\u{1b}]0;owned\u{07}title"), "title");
        assert_eq!(clean_line("\u{1b}]8;;http://x\u{1b}\\link"), "link");
        assert_eq!(clean_line("a\u{9b}2Jb\u{7}\u{8}c\rd\ne"), "abc d e");
        assert_eq!(clean_line("admin\u{202e}nimda"), "adminnimda");
        assert_eq!(clean_lines("  a\u{1b}[2J\n\tb"), "  a\n b\n");
    }

    #[test]
    fn truncates_text_by_display_width() {
        assert_eq!(cut_to_width("abcdef", 6), "abcdef");
        assert_eq!(cut_to_width("abcdef", 4), "abc…");
        assert_eq!(display_width("数据"), 4);
        assert!(display_width(&cut_to_width("数据数据", 5)) <= 5);
        assert_eq!(cut_to_width("é", 1), "é");
    }
}
