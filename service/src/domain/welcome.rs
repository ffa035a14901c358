//! The welcome notes of a new guest account, which show what notes can do.

use super::note::Color;
use super::samples::{Samples, sample_note};

/// Labels and notes of a new guest account: six notes, one of them in the archive, and three labels.
pub const WELCOME: Samples = Samples {
    labels: &[
        ("Ideas", Color::Yellow),
        ("Home", Color::Green),
        ("Work", Color::Blue),
    ],
    notes: &[
        sample_note(
            "Welcome",
            "You are a **guest**: only you can see these notes, and they are deleted one day after your first visit.\n\n\
             Register to keep this account and all its notes.",
        )
        .color(Color::Teal)
        .pinned(),
        sample_note(
            "Groceries",
            "- [x] bread\n- [x] olive oil\n- [ ] tomatoes, the small ones\n- [ ] something for Sunday\n",
        )
        .color(Color::Green)
        .labels(&[1])
        .pinned(),
        sample_note(
            "A talk about small tools",
            "1. what a tool does without being asked\n2. what it refuses\n3. what it says when it fails\n\n\
             > Start with the failure: nobody forgets it.\n",
        )
        .color(Color::Yellow)
        .labels(&[0, 2]),
        sample_note(
            "Markdown, if you like",
            "Notes are *Markdown*: `code`, ~~regrets~~, [links](https://commonmark.org) and lists.\n\n\
             ```\nplain text is fine, too\n```\n",
        ),
        sample_note(
            "",
            "A note needs no title. Drag it to where you want it; it stays there.",
        )
        .color(Color::Pink)
        .labels(&[0]),
        sample_note(
            "Balcony, last year",
            "Beans climbed, basil drowned. Next time: **less water**.\n\n\
             What is archived is out of the way and still found by the search.",
        )
        .color(Color::Orange)
        .labels(&[1])
        .archived(),
    ],
};
