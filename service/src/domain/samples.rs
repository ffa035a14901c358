//! Building blocks of the predefined notes: the welcome notes of guests and the demo content.

use super::note::{Color, Place};

/// Labels and notes that fill a new account, as constants of the program.
#[derive(Debug, Clone, Copy)]
pub struct Samples {
    /// Names and colours of the labels, in their order.
    pub labels: &'static [(&'static str, Color)],
    /// Notes in the order of their lists, from the top.
    pub notes: &'static [SampleNote],
}

/// A predefined note, as a constant of the program.
#[derive(Debug, Clone, Copy)]
pub struct SampleNote {
    /// Title of the note, plain text; may be empty.
    pub title: &'static str,
    /// Text of the note in Markdown, within the limits of notes.
    pub content: &'static str,
    /// Background colour of the note; the neutral colour by default.
    pub color: Color,
    /// True for a pinned note, which precedes the unpinned notes of its list.
    pub pinned: bool,
    /// The list that the note is in: main list, archive or trash.
    pub place: Place,
    /// Labels on the note, as indices into [`Samples::labels`]; unknown indices are ignored.
    pub labels: &'static [usize],
    /// Number of hours from creation to the reminder; `None` for no reminder.
    pub reminds_in_hours: Option<u16>,
}

/// Creates an active, unpinned note with the default colour and no labels; the methods of [`SampleNote`] change it.
pub(super) const fn sample_note(title: &'static str, content: &'static str) -> SampleNote {
    SampleNote {
        title,
        content,
        color: Color::White,
        pinned: false,
        place: Place::Active,
        labels: &[],
        reminds_in_hours: None,
    }
}

impl SampleNote {
    pub(super) const fn color(self, color: Color) -> Self {
        Self { color, ..self }
    }

    pub(super) const fn labels(self, labels: &'static [usize]) -> Self {
        Self { labels, ..self }
    }

    pub(super) const fn pinned(self) -> Self {
        Self {
            pinned: true,
            ..self
        }
    }

    pub(super) const fn archived(self) -> Self {
        Self {
            place: Place::Archived,
            ..self
        }
    }

    pub(super) const fn trashed(self) -> Self {
        Self {
            place: Place::Trash,
            ..self
        }
    }

    pub(super) const fn reminds_in_hours(self, hours: u16) -> Self {
        Self {
            reminds_in_hours: Some(hours),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{demo, welcome};
    use super::*;
    use crate::domain::limits;

    #[test]
    fn samples_are_valid_user_input() {
        for samples in [demo::DEMO, welcome::WELCOME] {
            for note in samples.notes {
                let labels = note.labels;
                assert!(
                    labels.iter().all(|label| *label < samples.labels.len()),
                    "{}",
                    note.title
                );
                assert!(labels.is_sorted() && labels.len() <= limits::LABELS_PER_NOTE);
                assert!(note.title.len() <= limits::TITLE_CHARS);
                assert!(note.content.len() <= limits::CONTENT_BYTES);
            }
        }
    }

    #[test]
    fn demo_covers_every_view() {
        let notes = demo::DEMO.notes;
        let count = |is: fn(&SampleNote) -> bool| notes.iter().filter(|note| is(note)).count();
        assert_eq!(notes.len(), 30);
        assert_eq!(count(|note| note.place == Place::Active), 20);
        assert_eq!(count(|note| note.place == Place::Archived), 5);
        assert_eq!(count(|note| note.place == Place::Trash), 5);
        assert_eq!(count(|note| note.pinned && note.place == Place::Active), 4);
        assert!(count(|note| note.content.contains("- [ ]")) >= 3);
        assert!(count(|note| note.reminds_in_hours.is_some()) >= 3);
        for color in Color::ALL {
            assert!(notes.iter().any(|note| note.color == color), "{color:?}");
        }
        for label in 0..demo::DEMO.labels.len() {
            assert!(notes.iter().any(|note| note.labels.contains(&label)));
        }
    }
}
