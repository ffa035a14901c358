//! The line by which a file says what wrote it, and by which a change made by hand is noticed.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The command that writes the files.
pub const COMMAND: &str = "infra delivery write";

/// Digits of the sum in the line: it is there for mistakes, not for attackers.
const DIGITS: usize = 16;

/// The state of a file in a project, compared with what would be written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum State {
    /// The same text as would be written.
    Current,
    /// Written by the command, from another `infra.toml` or by another version of the tool.
    Stale,
    /// Changed by hand, or never written by the command.
    Edited,
}

/// The state of a file that has this text, where `wanted` would be written.
pub fn state(found: &str, wanted: &str) -> State {
    // Checkouts of some systems end lines with two characters.
    let found = found.replace("\r\n", "\n");
    if found == wanted {
        State::Current
    } else if is_as_written(&found) {
        State::Stale
    } else {
        State::Edited
    }
}

/// Puts the line above a text, below the line of its interpreter if it has one.
pub(crate) fn stamp(text: &str, comment: Comment) -> String {
    let (first, rest) = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("#!") => (format!("{first}\n"), rest),
        _ => (String::new(), text),
    };
    let body = format!("{first}{rest}");
    let said = format!("Written by `{COMMAND}` from infra.toml; sum {}", sum(&body));
    let line = match comment {
        Comment::Hash => format!("# {said}\n"),
        Comment::Markdown => format!("<!-- {said} -->\n"),
    };
    format!("{first}{line}{rest}")
}

/// The form of comments in a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Comment {
    /// `#` until the end of the line.
    Hash,
    /// `<!-- -->`.
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
    said.starts_with(&sum(&body))
}

fn sum(text: &str) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(text.as_bytes()).iter().take(DIGITS / 2) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::{Comment, State, stamp, state};

    #[test]
    fn tells_an_older_version_from_a_change_by_hand() {
        for comment in [Comment::Hash, Comment::Markdown] {
            let (old, new) = (stamp("one\n", comment), stamp("two\n", comment));
            assert_eq!(state(&new, &new), State::Current);
            assert_eq!(state(&new.replace('\n', "\r\n"), &new), State::Current);
            assert_eq!(state(&old, &new), State::Stale);
            assert_eq!(state(&old.replace("one", "won"), &new), State::Edited);
            assert_eq!(state("one\n", &new), State::Edited);
            assert_eq!(state("", &new), State::Edited);
        }
    }

    #[test]
    fn leaves_the_line_of_the_interpreter_first() {
        let script = stamp("#!/bin/sh\necho\n", Comment::Hash);
        assert!(script.starts_with("#!/bin/sh\n# Written by `infra delivery write`"));
        assert_eq!(
            state(&script, &stamp("#!/bin/sh\nls\n", Comment::Hash)),
            State::Stale
        );
    }
}
