//! Events that webhooks are told of.

use uuid::Uuid;

/// Webhooks of one user.
pub const MOST: usize = 10;
/// Deliveries that may wait for one webhook; with more it is switched off.
pub const MOST_WAITING: u64 = 1_000;
/// Deliveries that are kept of one webhook after they came to an end.
pub const KEPT: u64 = 100;
/// Bytes of a secret.
pub const SECRET_BYTES: usize = 32;
/// Hours in which the secret before the present one signs too.
pub const OVERLAP_HOURS: i64 = 24;

/// The kind of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A note was made.
    NoteCreated,
    /// A note says or looks otherwise, or went to the archive or back.
    NoteUpdated,
    /// A note went to the trash.
    NoteTrashed,
    /// A note came back from the trash.
    NoteRestored,
    /// Notes were deleted for good.
    NoteDeleted,
    /// Notes were imported.
    NotesImported,
    /// A label was made.
    LabelCreated,
    /// A label was changed.
    LabelUpdated,
    /// A label was deleted.
    LabelDeleted,
    /// A note reminds.
    ReminderFired,
}

impl Event {
    /// All of them; their numbers in the database are their places here.
    pub const ALL: [Self; 10] = [
        Self::NoteCreated,
        Self::NoteUpdated,
        Self::NoteTrashed,
        Self::NoteRestored,
        Self::NoteDeleted,
        Self::NotesImported,
        Self::LabelCreated,
        Self::LabelUpdated,
        Self::LabelDeleted,
        Self::ReminderFired,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoteCreated => "note.created",
            Self::NoteUpdated => "note.updated",
            Self::NoteTrashed => "note.trashed",
            Self::NoteRestored => "note.restored",
            Self::NoteDeleted => "note.deleted",
            Self::NotesImported => "notes.imported",
            Self::LabelCreated => "label.created",
            Self::LabelUpdated => "label.updated",
            Self::LabelDeleted => "label.deleted",
            Self::ReminderFired => "reminder.fired",
        }
    }

    /// Its number in the database.
    pub fn to_db(self) -> i16 {
        match self {
            Self::NoteCreated => 0,
            Self::NoteUpdated => 1,
            Self::NoteTrashed => 2,
            Self::NoteRestored => 3,
            Self::NoteDeleted => 4,
            Self::NotesImported => 5,
            Self::LabelCreated => 6,
            Self::LabelUpdated => 7,
            Self::LabelDeleted => 8,
            Self::ReminderFired => 9,
        }
    }

    /// The kind with this number, if there is one.
    pub fn of_db(number: i16) -> Option<Self> {
        let number = usize::try_from(number).ok()?;
        Self::ALL.get(number).copied()
    }
}

/// Kinds of events, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Events(i32);

impl Events {
    /// The set that the database keeps as this number.
    pub fn of_db(bits: i32) -> Self {
        Self(bits)
    }

    /// The number that the database keeps.
    pub fn to_db(self) -> i32 {
        self.0
    }

    /// Says whether a kind is among them.
    pub fn contains(self, event: Event) -> bool {
        self.0 & (1 << event.to_db()) != 0
    }

    /// The kinds, in order.
    pub fn iter(self) -> impl Iterator<Item = Event> {
        Event::ALL
            .into_iter()
            .filter(move |event| self.contains(*event))
    }
}

impl FromIterator<Event> for Events {
    fn from_iter<I: IntoIterator<Item = Event>>(events: I) -> Self {
        let bits = events.into_iter().map(|event| 1 << event.to_db());
        Self(bits.fold(0, |all, bit: i32| all | bit))
    }
}

/// The things that an event is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// A note.
    NoteId(Uuid),
    /// Notes.
    NoteIds(Vec<Uuid>),
    /// A label.
    LabelId(Uuid),
    /// A number of notes.
    Notes(usize),
}

/// An event of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Its kind.
    pub event: Event,
    /// Its things.
    pub subject: Subject,
}

impl Happened {
    /// An event about a note.
    pub fn about_note(event: Event, note: Uuid) -> Self {
        Self {
            event,
            subject: Subject::NoteId(note),
        }
    }

    /// An event about a label.
    pub fn about_label(event: Event, label: Uuid) -> Self {
        Self {
            event,
            subject: Subject::LabelId(label),
        }
    }

    /// The end of notes.
    pub fn deleted(notes: &[Uuid]) -> Self {
        Self {
            event: Event::NoteDeleted,
            subject: Subject::NoteIds(notes.to_vec()),
        }
    }

    /// The coming of notes by an import.
    pub fn imported(notes: usize) -> Self {
        Self {
            event: Event::NotesImported,
            subject: Subject::Notes(notes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_kinds_are_their_places() {
        for (place, event) in Event::ALL.into_iter().enumerate() {
            assert_eq!(usize::try_from(event.to_db()), Ok(place));
            assert_eq!(Event::of_db(event.to_db()), Some(event));
        }
        assert_eq!(Event::of_db(10), None);
        assert_eq!(Event::of_db(-1), None);
    }

    #[test]
    fn sets_hold_what_they_are_made_of() {
        let some = [Event::NoteCreated, Event::ReminderFired];
        let set: Events = some.into_iter().collect();
        assert_eq!(Events::of_db(set.to_db()), set);
        assert_eq!(set.iter().collect::<Vec<_>>(), some);
        assert!(!set.contains(Event::NoteUpdated));
        let all: Events = Event::ALL.into_iter().collect();
        assert_eq!(all.iter().count(), Event::ALL.len());
    }
}
