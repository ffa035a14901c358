//! The report of an import: remarks about files, lines and values that were left out or changed.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Remarks that are told; more are only counted.
pub const MOST_REMARKS: usize = 1_000;
/// Kinds of values that are counted in place of being told one by one.
const MOST_KINDS: usize = 200;

/// Characters of a message; parsers repeat what they cannot read, whatever its size.
const MESSAGE_CHARS: usize = 500;

/// The consequence of a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// A file or a note is missing.
    LeftOut,
    /// A note was imported, and a value of it is missing or another one.
    Changed,
}

/// One thing that an import could not take as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Path in the archive; empty for a file that was sent alone.
    pub file: Arc<str>,
    /// Line of the file, from 1.
    pub line: Option<u64>,
    /// The consequence for the file or the note.
    pub effect: Effect,
    /// A stable word for the reason.
    pub code: &'static str,
    /// The reason and the consequence, for people; cut in a report.
    pub message: String,
}

/// All remarks of an import.
#[derive(Debug, Default)]
pub struct Report {
    /// Files and notes that were left out.
    pub left_out: u64,
    /// Values that were left out or changed.
    pub changed: u64,
    remarks: Vec<Remark>,
    /// Remarks that one would find in hundreds of files, by code and message: the first place, and their number.
    kinds: BTreeMap<(&'static str, String), (Remark, u64)>,
}

impl Report {
    /// Adds a remark, whose message is cut if it is too long.
    pub fn add(&mut self, mut remark: Remark) {
        match remark.effect {
            Effect::LeftOut => self.left_out += 1,
            Effect::Changed => self.changed += 1,
        }
        if self.remarks.len() < MOST_REMARKS {
            cut(&mut remark.message);
            self.remarks.push(remark);
        }
    }

    /// Adds a remark that is told once for all files.
    pub fn count(&mut self, mut remark: Remark) {
        cut(&mut remark.message);
        let key = (remark.code, remark.message.clone());
        if let Some((_, count)) = self.kinds.get_mut(&key) {
            *count += 1;
            self.changed += 1;
        } else if self.kinds.len() < MOST_KINDS {
            self.changed += 1;
            self.kinds.insert(key, (remark, 1));
        } else {
            self.add(remark);
        }
    }

    /// All remarks that are told, at most [`MOST_REMARKS`].
    pub fn into_remarks(self) -> Vec<Remark> {
        let mut remarks = self.remarks;
        for (mut remark, count) in self.kinds.into_values() {
            if count > 1 {
                remark.message =
                    format!("{} (in {count} places, this is the first)", remark.message);
            }
            remarks.push(remark);
        }
        remarks.truncate(MOST_REMARKS);
        remarks
    }
}

/// Cuts a message, and frees the memory of the rest.
fn cut(message: &mut String) {
    if let Some((end, _)) = message.char_indices().nth(MESSAGE_CHARS) {
        message.truncate(end);
        message.push('…');
        message.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_cut() {
        let remark = || Remark {
            file: Arc::from(""),
            line: None,
            effect: Effect::Changed,
            code: "json",
            message: "é".repeat(1_000_000),
        };
        let mut report = Report::default();
        report.add(remark());
        report.count(remark());
        for remark in report.into_remarks() {
            assert_eq!(remark.message.chars().count(), MESSAGE_CHARS + 1);
            assert!(remark.message.capacity() < 2 * remark.message.len());
        }
    }
}
