//! Events of an account and the limits of the webhooks that receive them.

use uuid::Uuid;

/// Maximum number of webhooks of one user; creating another fails with `limit_reached`.
pub const MOST: usize = 10;
/// Maximum number of deliveries that wait for one webhook. Above it, the service disables the webhook.
pub const MOST_WAITING: u64 = 1_000;
/// Number of finished deliveries that are kept for one webhook; older ones are deleted.
pub const KEPT: u64 = 100;
/// Size of a signing secret in bytes; generated at random.
pub const SECRET_BYTES: usize = 32;
/// Number of hours for which the previous secret still signs deliveries after a rotation.
pub const OVERLAP_HOURS: i64 = 24;

/// The type of an event that a webhook can receive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A note was created.
    NoteCreated,
    /// The content, colour, labels or other properties of a note changed, or the note moved into or out of the archive.
    NoteUpdated,
    /// A note was moved to the trash.
    NoteTrashed,
    /// A note was restored from the trash.
    NoteRestored,
    /// Notes were deleted permanently.
    NoteDeleted,
    /// An import added notes to the account.
    NotesImported,
    /// A label was created.
    LabelCreated,
    /// A label was changed.
    LabelUpdated,
    /// A label was deleted.
    LabelDeleted,
    /// The reminder of a note fired.
    ReminderFired,
}

impl Event {
    /// All event types; the index of each is its number in the database.
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

    /// Returns the name of the event type in the API and in deliveries, such as `note.created`.
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

    /// Returns the number that stands for the event type in the database.
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

    /// Returns the event type for a number from the database; `None` for an unknown number.
    pub fn from_db(number: i16) -> Option<Self> {
        let number = usize::try_from(number).ok()?;
        Self::ALL.get(number).copied()
    }
}

/// A set of event types, as bits, by which a webhook selects its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Events(i32);

impl Events {
    /// Returns the set for the bits that the database stores.
    pub fn from_db(bits: i32) -> Self {
        Self(bits)
    }

    /// Returns the bits that the database stores; bit *n* stands for the event type with number *n*.
    pub fn to_db(self) -> i32 {
        self.0
    }

    /// Returns true if the set contains the event type.
    pub fn contains(self, event: Event) -> bool {
        self.0 & (1 << event.to_db()) != 0
    }

    /// Returns the event types of the set, in the order of [`Event::ALL`].
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

/// The subject of an event; its JSON is the data of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// Identifier of the note that the event is about.
    NoteId(Uuid),
    /// Identifiers of the notes that the event is about.
    NoteIds(Vec<Uuid>),
    /// Identifier of the label that the event is about.
    LabelId(Uuid),
    /// Number of notes that an import added.
    Notes(usize),
}

/// An event that a write to the database caused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccurredEvent {
    /// Type of the event, by which webhooks select what they receive.
    pub event: Event,
    /// The note, notes or label that the event is about.
    pub subject: Subject,
}

impl OccurredEvent {
    /// Creates an event about one note, such as its creation or a change.
    pub fn about_note(event: Event, note: Uuid) -> Self {
        Self {
            event,
            subject: Subject::NoteId(note),
        }
    }

    /// Creates an event about one label, such as its creation or a change.
    pub fn about_label(event: Event, label: Uuid) -> Self {
        Self {
            event,
            subject: Subject::LabelId(label),
        }
    }

    /// Creates the event for notes that were deleted permanently.
    pub fn notes_deleted(notes: &[Uuid]) -> Self {
        Self {
            event: Event::NoteDeleted,
            subject: Subject::NoteIds(notes.to_vec()),
        }
    }

    /// Creates the event for notes that an import added.
    pub fn notes_imported(notes: usize) -> Self {
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
    fn event_numbers_match_their_index() {
        for (place, event) in Event::ALL.into_iter().enumerate() {
            assert_eq!(usize::try_from(event.to_db()), Ok(place));
            assert_eq!(Event::from_db(event.to_db()), Some(event));
        }
        assert_eq!(Event::from_db(10), None);
        assert_eq!(Event::from_db(-1), None);
    }

    #[test]
    fn sets_contain_collected_events() {
        let some = [Event::NoteCreated, Event::ReminderFired];
        let set: Events = some.into_iter().collect();
        assert_eq!(Events::from_db(set.to_db()), set);
        assert_eq!(set.iter().collect::<Vec<_>>(), some);
        assert!(!set.contains(Event::NoteUpdated));
        let all: Events = Event::ALL.into_iter().collect();
        assert_eq!(all.iter().count(), Event::ALL.len());
    }
}
