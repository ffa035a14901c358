//! The report of an import: remarks about files, lines and values that were left out or changed.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Maximum number of remarks in a report. Further ones are counted only.
pub const MOST_REMARKS: usize = 1_000;
/// Maximum number of remarks that are reported once with a count.
const MOST_KINDS: usize = 200;

/// Maximum number of characters in a message. Parsers quote invalid input of any size.
const MESSAGE_CHARS: usize = 500;

/// The consequence of a remark for the imported notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// A file or a note was left out.
    LeftOut,
    /// A note was imported with a value left out or changed.
    Changed,
}

/// A remark about something that could not be imported unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Path in the archive; empty for a single file.
    pub file: Arc<str>,
    /// Line in the file, from 1; `None` if the remark concerns the whole file.
    pub line: Option<u64>,
    /// Consequence for the file or the note that the remark concerns.
    pub effect: Effect,
    /// Stable identifier of the reason, for programs.
    pub code: &'static str,
    /// Reason and consequence, for people. The report cuts long messages.
    pub message: String,
}

/// All remarks of an import, with their numbers by consequence.
#[derive(Debug, Default)]
pub struct Report {
    /// Number of files and notes that were left out.
    pub left_out: u64,
    /// Number of values that were left out or changed.
    pub changed: u64,
    remarks: Vec<Remark>,
    /// Remarks that would repeat in hundreds of files, by code and message: the first place and the number of places.
    kinds: BTreeMap<(&'static str, String), (Remark, u64)>,
}

impl Report {
    /// Adds a remark, and cuts its message if it is too long.
    pub fn add_remark(&mut self, mut remark: Remark) {
        match remark.effect {
            Effect::LeftOut => self.left_out += 1,
            Effect::Changed => self.changed += 1,
        }
        if self.remarks.len() < MOST_REMARKS {
            cut_message(&mut remark.message);
            self.remarks.push(remark);
        }
    }

    /// Adds a remark that is reported once for all files, with a count.
    pub fn count_remark(&mut self, mut remark: Remark) {
        cut_message(&mut remark.message);
        let key = (remark.code, remark.message.clone());
        if let Some((_, count)) = self.kinds.get_mut(&key) {
            *count += 1;
            self.changed += 1;
        } else if self.kinds.len() < MOST_KINDS {
            self.changed += 1;
            self.kinds.insert(key, (remark, 1));
        } else {
            self.add_remark(remark);
        }
    }

    /// Returns the remarks to report, at most [`MOST_REMARKS`], with repeated ones merged.
    pub fn into_remarks(self) -> Vec<Remark> {
        let mut remarks = self.remarks;
        for (mut remark, count) in self.kinds.into_values() {
            if count > 1 {
                remark.message = format!(
                    "{} (at {count} places, of which this is the first)",
                    remark.message
                );
            }
            remarks.push(remark);
        }
        remarks.truncate(MOST_REMARKS);
        remarks
    }
}

/// Cuts a message to its maximum length, and frees the memory of the rest.
fn cut_message(message: &mut String) {
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
    fn truncates_long_report_messages() {
        let remark = || Remark {
            file: Arc::from(""),
            line: None,
            effect: Effect::Changed,
            code: "json",
            message: "é".repeat(1_000_000),
        };
        let mut report = Report::default();
        report.add_remark(remark());
        report.count_remark(remark());
        for remark in report.into_remarks() {
            assert_eq!(remark.message.chars().count(), MESSAGE_CHARS + 1);
            assert!(remark.message.capacity() < 2 * remark.message.len());
        }
    }
}
