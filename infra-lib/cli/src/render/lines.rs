//! Compares two texts line by line: removed lines, added lines, and a few unchanged lines around them.

use std::fmt;

use similar::{Algorithm, DiffTag};

/// Number of unchanged lines that are shown around a change.
const CONTEXT: usize = 2;

/// Maximum number of lines that are compared; longer texts are shown as removed and added.
const MOST: usize = 2_000;

/// One line of a difference.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Line {
    Unchanged(String),
    Removed(String),
    Added(String),
    /// A number of unchanged lines that are not shown.
    Skipped(usize),
}

impl Line {
    /// Returns the sign to print before the line.
    pub(super) fn sign(&self) -> char {
        match self {
            Self::Removed(_) => '-',
            Self::Added(_) => '+',
            Self::Unchanged(_) | Self::Skipped(_) => ' ',
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unchanged(text) | Self::Removed(text) | Self::Added(text) => f.write_str(text),
            Self::Skipped(count) => write!(f, "… {count} unchanged"),
        }
    }
}

/// Computes the line-by-line difference of two texts.
pub(super) fn diff_lines(old: &[String], new: &[String]) -> Vec<Line> {
    if old.len() > MOST || new.len() > MOST {
        let gone = old.iter().cloned().map(Line::Removed);
        return gone.chain(new.iter().cloned().map(Line::Added)).collect();
    }
    let operations = similar::capture_diff_slices(Algorithm::Myers, old, new);
    let last = operations.len().saturating_sub(1);
    let mut lines = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        if operation.tag() == DiffTag::Equal {
            let before = if at == 0 { 0 } else { CONTEXT };
            let after = if at == last { 0 } else { CONTEXT };
            push_unchanged(&old[operation.old_range()], before, after, &mut lines);
        } else {
            lines.extend(
                old[operation.old_range()]
                    .iter()
                    .cloned()
                    .map(Line::Removed),
            );
            lines.extend(new[operation.new_range()].iter().cloned().map(Line::Added));
        }
    }
    lines
}

/// Adds unchanged lines: the first and last few, and the number of lines between them.
fn push_unchanged(same: &[String], first: usize, last: usize, lines: &mut Vec<Line>) {
    let first = first.min(same.len());
    let last = same.len().saturating_sub(last).max(first);
    let shown = |lines: &[String]| {
        lines
            .iter()
            .cloned()
            .map(Line::Unchanged)
            .collect::<Vec<_>>()
    };
    lines.extend(shown(&same[..first]));
    if last > first {
        lines.push(Line::Skipped(last - first));
    }
    lines.extend(shown(&same[last..]));
}

#[cfg(test)]
mod tests {
    use super::{Line, diff_lines};

    /// Two texts without a common line are the worst case; the largest texts are not compared.
    #[test]
    fn compares_largest_texts_in_bounded_time() {
        for count in [super::MOST, 100_000] {
            let text = |name: &str| (0..count).map(|at| format!("{name}{at}")).collect();
            let (old, new): (Vec<String>, Vec<String>) = (text("old"), text("new"));
            let lines = diff_lines(&old, &new);
            assert_eq!(lines.len(), 2 * count);
            assert_eq!(lines[count - 1], Line::Removed(old[count - 1].clone()));
            assert_eq!(lines[count], Line::Added(new[0].clone()));
        }
    }

    #[test]
    fn counts_unchanged_lines_far_from_change() {
        let text = |changed: &str| -> Vec<String> {
            let lines = (0..9).map(|at| {
                if at == 5 {
                    changed.to_owned()
                } else {
                    at.to_string()
                }
            });
            lines.collect()
        };
        let same = |text: &str| Line::Unchanged(text.to_owned());
        assert_eq!(
            diff_lines(&text("old"), &text("new")),
            [
                Line::Skipped(3),
                same("3"),
                same("4"),
                Line::Removed("old".to_owned()),
                Line::Added("new".to_owned()),
                same("6"),
                same("7"),
                Line::Skipped(1),
            ]
        );
    }
}
