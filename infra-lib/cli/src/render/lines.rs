//! Two texts line by line: what goes, what comes, and a little of what stays around it.

use std::fmt;

/// Lines that stay are shown up to this distance from a change.
const CONTEXT: usize = 2;

/// Texts of more lines are shown as all going and all coming.
const MOST: usize = 2_000;

/// A line of a difference.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Line {
    Same(String),
    Gone(String),
    New(String),
    /// So many lines that stay.
    Skipped(usize),
}

impl Line {
    /// The sign before the line.
    pub(super) fn sign(&self) -> char {
        match self {
            Self::Gone(_) => '-',
            Self::New(_) => '+',
            Self::Same(_) | Self::Skipped(_) => ' ',
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same(text) | Self::Gone(text) | Self::New(text) => f.write_str(text),
            Self::Skipped(count) => write!(f, "… {count} more as before"),
        }
    }
}

/// The lines of both texts.
pub(super) fn between(old: &[String], new: &[String]) -> Vec<Line> {
    shortened(all(old, new))
}

fn all(old: &[String], new: &[String]) -> Vec<Line> {
    if old.len() > MOST || new.len() > MOST {
        let gone = old.iter().cloned().map(Line::Gone);
        return gone.chain(new.iter().cloned().map(Line::New)).collect();
    }
    let width = new.len() + 1;
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            longest[a * width + b] = if old[a] == new[b] {
                longest[(a + 1) * width + b + 1] + 1
            } else {
                longest[(a + 1) * width + b].max(longest[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b, mut lines) = (0, 0, Vec::new());
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            lines.push(Line::Same(old[a].clone()));
            (a, b) = (a + 1, b + 1);
        } else if b == new.len()
            || a < old.len() && longest[(a + 1) * width + b] >= longest[a * width + b + 1]
        {
            lines.push(Line::Gone(old[a].clone()));
            a += 1;
        } else {
            lines.push(Line::New(new[b].clone()));
            b += 1;
        }
    }
    lines
}

/// Leaves out what stays, far from every change.
fn shortened(lines: Vec<Line>) -> Vec<Line> {
    let near: Vec<bool> = (0..lines.len())
        .map(|at| {
            let around = at.saturating_sub(CONTEXT)..(at + CONTEXT + 1).min(lines.len());
            lines[around]
                .iter()
                .any(|line| !matches!(line, Line::Same(_)))
        })
        .collect();
    let mut out = Vec::new();
    for (line, near) in lines.into_iter().zip(near) {
        match (near, out.last_mut()) {
            (true, _) => out.push(line),
            (false, Some(Line::Skipped(count))) => *count += 1,
            (false, _) => out.push(Line::Skipped(1)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Line, between};

    #[test]
    fn what_stays_far_from_a_change_is_counted() {
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
        let same = |text: &str| Line::Same(text.to_owned());
        assert_eq!(
            between(&text("old"), &text("new")),
            [
                Line::Skipped(3),
                same("3"),
                same("4"),
                Line::Gone("old".to_owned()),
                Line::New("new".to_owned()),
                same("6"),
                same("7"),
                Line::Skipped(1),
            ]
        );
    }
}
