//! Adds a line to each file that names its generator and contains a checksum, by which manual changes are detected.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Command that writes the files of the pipeline, for use in messages and in the files.
pub const COMMAND: &str = "infra delivery write";

/// Number of hexadecimal digits of the checksum, enough to detect mistakes but not attacks.
const DIGITS: usize = 16;

/// State of a file in a project, compared with the file that would be written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum State {
    /// Same text as the file that would be written, apart from line breaks.
    Current,
    /// Written by the command, but from another `infra.toml` or by another version of the tool.
    Stale,
    /// Changed manually, or never written by the command.
    Edited,
}

/// Returns the state of a file with the text `found`, for which `wanted` would be written. Line breaks `\r\n` count as `\n`.
pub fn compare_state(found: &str, wanted: &str) -> State {
    // Checkouts on some systems have `\r\n` line breaks.
    let found = found.replace("\r\n", "\n");
    if found == wanted {
        State::Current
    } else if is_as_written(&found) {
        State::Stale
    } else {
        State::Edited
    }
}

/// Inserts the line at the start of a text, or after the interpreter line of a script.
pub(crate) fn insert_stamp(text: &str, comment: Comment) -> String {
    let (first, rest) = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("#!") => (format!("{first}\n"), rest),
        _ => (String::new(), text),
    };
    let body = format!("{first}{rest}");
    let said = format!(
        "Written by `{COMMAND}` from infra.toml; sum {}",
        compute_checksum(&body)
    );
    let line = match comment {
        Comment::Hash => format!("# {said}\n"),
        Comment::Markdown => format!("<!-- {said} -->\n"),
    };
    format!("{first}{line}{rest}")
}

/// Syntax of comments in a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Comment {
    /// `#` to the end of the line, as in YAML and shell.
    Hash,
    /// `<!-- … -->`, as in Markdown.
    Markdown,
}

fn is_as_written(text: &str) -> bool {
    let start = format!("Written by `{COMMAND}` from infra.toml; sum ");
    let Some(at) = text
        .split_inclusive('\n')
        .take(2)
        .position(|line| line.contains(&start))
    else {
        return false;
    };
    let line = text.split_inclusive('\n').nth(at).unwrap_or_default();
    let body: String = text
        .split_inclusive('\n')
        .enumerate()
        .filter(|(number, _)| *number != at)
        .map(|(_, line)| line)
        .collect();
    let said = line.split(&start).nth(1).unwrap_or_default();
    said.starts_with(&compute_checksum(&body))
}

fn compute_checksum(text: &str) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(text.as_bytes()).iter().take(DIGITS / 2) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::{Comment, State, compare_state, insert_stamp};

    #[test]
    fn distinguishes_stale_from_edited() {
        for comment in [Comment::Hash, Comment::Markdown] {
            let (old, new) = (
                insert_stamp("one\n", comment),
                insert_stamp("two\n", comment),
            );
            assert_eq!(compare_state(&new, &new), State::Current);
            assert_eq!(
                compare_state(&new.replace('\n', "\r\n"), &new),
                State::Current
            );
            assert_eq!(compare_state(&old, &new), State::Stale);
            assert_eq!(
                compare_state(&old.replace("one", "won"), &new),
                State::Edited
            );
            assert_eq!(compare_state("one\n", &new), State::Edited);
            assert_eq!(compare_state("", &new), State::Edited);
        }
    }

    #[test]
    fn keeps_interpreter_line_first() {
        let script = insert_stamp("#!/bin/sh\necho\n", Comment::Hash);
        assert!(script.starts_with("#!/bin/sh\n# Written by `infra delivery write`"));
        assert_eq!(
            compare_state(&script, &insert_stamp("#!/bin/sh\nls\n", Comment::Hash)),
            State::Stale
        );
    }
}
