//! Wraps lines to the width of a terminal.

/// Wraps a line of pieces at spaces. Each piece has a mark, such as its style. Lines have at most `columns` columns, unless a single word is longer.
///
/// Continuation lines are indented to the text after the first piece if that ends with a space, such as a sign; otherwise by two more columns than
/// the line.
pub fn wrap_pieces<S: Copy>(pieces: &[(S, &str)], columns: usize) -> Vec<Vec<(S, String)>> {
    let width = |text: &str| text.chars().count();
    let total: usize = pieces.iter().map(|(_, text)| width(text)).sum();
    if total <= columns {
        let whole = pieces
            .iter()
            .map(|(mark, text)| (*mark, (*text).to_owned()));
        return vec![whole.collect()];
    }
    let hang = hanging_indent(pieces).min(columns / 2);
    let mut lines = vec![Vec::new()];
    let mut column = 0;
    for Word { spaces, parts } in split_words(pieces) {
        let wide: usize = parts.iter().map(|(_, part)| width(part)).sum();
        let breaks = column + spaces + wide > columns && spaces > 0 && column > hang && wide > 0;
        let spaces = if breaks { hang } else { spaces };
        if breaks {
            lines.push(Vec::new());
            column = 0;
        }
        if let Some(line) = lines.last_mut() {
            let mut before = " ".repeat(spaces);
            for (mark, part) in parts {
                line.push((mark, std::mem::take(&mut before) + part));
            }
        }
        column += spaces + wide;
    }
    lines
}

/// Wraps each line of a text without styles. Empty lines and the final line break are kept.
pub fn wrap_text(text: &str, columns: usize) -> String {
    let mut wrapped = String::new();
    for line in text.split_inclusive('\n') {
        let (line, end) = line
            .strip_suffix('\n')
            .map_or((line, ""), |line| (line, "\n"));
        let lines = wrap_pieces(&[((), line)], columns);
        let lines = lines.iter().map(|pieces| {
            let pieces = pieces.iter().map(|((), text)| text.as_str());
            pieces.collect::<String>()
        });
        wrapped += &lines.collect::<Vec<_>>().join("\n");
        wrapped += end;
    }
    wrapped
}

/// A word after spaces. It has several parts if pieces follow each other without a space.
struct Word<'t, S> {
    spaces: usize,
    parts: Vec<(S, &'t str)>,
}

/// Splits the pieces into words; trailing spaces become a word without letters.
fn split_words<'t, S: Copy>(pieces: &[(S, &'t str)]) -> Vec<Word<'t, S>> {
    let mut found: Vec<Word<'t, S>> = Vec::new();
    for &(mark, text) in pieces {
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.trim_start_matches(' ');
            let spaces = rest.len() - word.len();
            let (word, after) = word.split_at(word.find(' ').unwrap_or(word.len()));
            rest = after;
            match found.last_mut() {
                // A word with spaces only continues in the next piece.
                Some(last) if spaces == 0 || last.parts.iter().all(|(_, part)| part.is_empty()) => {
                    last.spaces += spaces;
                    last.parts.retain(|(_, part)| !part.is_empty());
                    last.parts.push((mark, word));
                }
                _ => found.push(Word {
                    spaces,
                    parts: vec![(mark, word)],
                }),
            }
        }
    }
    found
}

fn hanging_indent<S>(pieces: &[(S, &str)]) -> usize {
    let first = pieces.first().map_or("", |(_, text)| text);
    if pieces.len() > 1 && first.ends_with(' ') {
        return first.chars().count();
    }
    let spaces = first.chars().take_while(|c| *c == ' ').count();
    spaces + 2
}

#[cfg(test)]
mod tests {
    use super::{wrap_pieces, wrap_text};

    #[test]
    fn wraps_lines_at_spaces_with_hanging_indent() {
        let text = "one two three four five six\n\n  seven eight nine ten\n";
        assert_eq!(
            wrap_text(text, 15),
            "one two three\n  four five six\n\n  seven eight\n    nine ten\n"
        );
        assert_eq!(
            wrap_text("short, and without an end", 80),
            "short, and without an end"
        );
    }

    #[test]
    fn keeps_too_wide_word_whole_on_own_line() {
        let arn = "arn:aws:cloudformation:eu-west-1:123456789012:stack/a";
        assert_eq!(
            wrap_text(&format!("see {arn} there"), 20),
            format!("see\n  {arn}\n  there")
        );
    }

    #[test]
    fn keeps_marks_of_wrapped_pieces() {
        let lines = wrap_pieces(&[('s', "  -    "), ('n', "name"), ('p', "  of a kind")], 14);
        let shown: Vec<String> = lines
            .iter()
            .map(|line| line.iter().map(|(_, text)| text.as_str()).collect())
            .collect();
        assert_eq!(shown, ["  -    name", "       of a", "       kind"]);
        assert_eq!(
            lines[0].iter().map(|(mark, _)| *mark).collect::<String>(),
            "sn"
        );
        // Pieces without a space between them form one word.
        let lines = wrap_pieces(&[('a', "aaaa bbbb"), ('b', "cccc")], 9);
        let last: String = lines[1].iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(last, "  bbbbcccc");
    }
}
