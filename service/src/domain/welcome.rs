//! What a guest finds: a few notes that show what notes can do.

use super::note::Color;

/// Labels, in their order.
pub const LABELS: [(&str, Color); 3] = [
    ("Ideas", Color::Yellow),
    ("Home", Color::Green),
    ("Work", Color::Blue),
];

/// A note that a guest finds.
#[derive(Debug, Clone, Copy)]
pub struct WelcomeNote {
    /// Its title.
    pub title: &'static str,
    /// Its text in Markdown.
    pub content: &'static str,
    /// Its colour.
    pub color: Color,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Whether it is in the archive.
    pub archived: bool,
    /// The labels it carries, by their place in [`LABELS`].
    pub labels: &'static [usize],
}

/// The notes, from the top.
pub const NOTES: [WelcomeNote; 6] = [
    WelcomeNote {
        title: "Welcome",
        content: "You are a **guest**: these notes are yours alone, and are deleted a day after you came.\n\n\
                  Register, and this account becomes yours to keep, with everything in it.",
        color: Color::Teal,
        pinned: true,
        archived: false,
        labels: &[],
    },
    WelcomeNote {
        title: "Groceries",
        content: "- [x] bread\n- [x] olive oil\n- [ ] tomatoes, the small ones\n- [ ] something for Sunday\n",
        color: Color::Green,
        pinned: true,
        archived: false,
        labels: &[1],
    },
    WelcomeNote {
        title: "A talk about small tools",
        content: "1. what a tool does without being asked\n2. what it refuses\n3. what it says when it fails\n\n\
                  > Start with the failure: nobody forgets it.\n",
        color: Color::Yellow,
        pinned: false,
        archived: false,
        labels: &[0, 2],
    },
    WelcomeNote {
        title: "Markdown, if you like",
        content: "Notes are *Markdown*: `code`, ~~regrets~~, [links](https://commonmark.org) and lists.\n\n\
                  ```\nplain text is fine, too\n```\n",
        color: Color::White,
        pinned: false,
        archived: false,
        labels: &[],
    },
    WelcomeNote {
        title: "",
        content: "A note needs no title. Drag it to where you want it; it stays there.",
        color: Color::Pink,
        pinned: false,
        archived: false,
        labels: &[0],
    },
    WelcomeNote {
        title: "Balcony, last year",
        content: "Beans climbed, basil drowned. Next time: **less water**.\n\nWhat is archived is out of the way and still found by the search.",
        color: Color::Orange,
        pinned: false,
        archived: true,
        labels: &[1],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_notes_are_there() {
        let named = NOTES.iter().flat_map(|note| note.labels);
        assert!(named.copied().all(|label| label < LABELS.len()));
    }
}
