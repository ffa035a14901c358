//! Checklists: the task list items of a note as data, and changes to single items that leave every other byte of the Markdown unchanged.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// An item of a checklist, with its place in the Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// True if the item is done, that is, its box is checked.
    pub checked: bool,
    /// Text of the item in Markdown, without the items below it.
    pub text: String,
    /// Number of items that contain this one, from 0.
    pub depth: u32,
    /// Index of the byte between the brackets.
    mark: usize,
    /// Byte range of the text.
    span: Range<usize>,
}

/// The progress of a checklist, over all task list items of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Number of items that are done, at any depth.
    pub done: u32,
    /// Number of all items at any depth, at least 1.
    pub total: u32,
}

/// A change to an item. `None` leaves a property unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemChange {
    /// Marks the item as done (`true`) or open (`false`).
    pub checked: Option<bool>,
    /// New text of the item, in Markdown; white space around it is removed.
    pub text: Option<String>,
}

/// The reason why a change to an item was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RejectedChange {
    /// The note has no item with this index.
    Missing {
        /// Number of items in the note.
        items: u32,
    },
    /// The text would change other items or the structure of the list.
    Structure,
}

/// Returns the task list items of a note in order: exactly those that are rendered with a checkbox.
pub fn list_items(markdown: &str) -> Vec<Item> {
    if !may_have_items(markdown) {
        return Vec::new();
    }
    let mut items: Vec<Item> = Vec::new();
    let mut lists = 0_u32;
    // True while the text of the last item continues.
    let mut open = false;
    for (event, range) in Parser::new_ext(markdown, super::markdown_options()).into_offset_iter() {
        match event {
            Event::TaskListMarker(checked) => {
                let start = behind_marker(markdown, range.end);
                items.push(Item {
                    checked,
                    text: String::new(),
                    depth: lists.saturating_sub(1),
                    // The range includes spaces before the brackets.
                    mark: range.end - 2,
                    span: start..start,
                });
                open = true;
            }
            event if is_inline(&event) => {
                if let Some(item) = items.last_mut().filter(|_| open) {
                    let is_first = item.span.is_empty();
                    if is_first && markdown[item.span.start..range.start].contains(['\n', '\r']) {
                        item.span.start = range.start;
                    }
                    item.span.end = item.span.end.max(range.end);
                }
            }
            // Any other event ends the text: of an item with several paragraphs, the first one counts.
            event => {
                open = false;
                match event {
                    Event::Start(Tag::List(_)) => lists += 1,
                    Event::End(TagEnd::List(_)) => lists -= 1,
                    _ => {}
                }
            }
        }
    }
    for item in &mut items {
        markdown[item.span.clone()].clone_into(&mut item.text);
    }
    items
}

/// Returns the progress of a note's checklist; `None` for a note without task list items. It allocates no items, which makes it fast enough for lists
/// of notes.
pub fn count_progress(markdown: &str) -> Option<Progress> {
    if !may_have_items(markdown) {
        return None;
    }
    let mut progress = Progress { done: 0, total: 0 };
    for event in Parser::new_ext(markdown, super::markdown_options()) {
        if let Event::TaskListMarker(checked) = event {
            progress.done += u32::from(checked);
            progress.total += 1;
        }
    }
    (progress.total > 0).then_some(progress)
}

/// Returns the Markdown after a change to the item with this index, in which only the mark and the text of the item differ.
///
/// # Errors
///
/// [`RejectedChange::Missing`] for an index beyond the items, [`RejectedChange::Structure`] for a text that changes more than its item.
pub fn change_item(
    markdown: &str,
    index: u32,
    change: &ItemChange,
) -> Result<String, RejectedChange> {
    let before = list_items(markdown);
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    let item = before.get(index).ok_or(RejectedChange::Missing {
        items: u32::try_from(before.len()).unwrap_or(u32::MAX),
    })?;
    let mut changed = markdown.to_owned();
    // From the end, so that earlier positions stay valid.
    let text = change.text.as_deref().map(str::trim);
    if let Some(text) = text.filter(|text| *text != item.text) {
        let space = if markdown[..item.span.start].ends_with(']') {
            " "
        } else {
            ""
        };
        changed.replace_range(item.span.clone(), &format!("{space}{text}"));
    }
    if let Some(checked) = change.checked.filter(|checked| *checked != item.checked) {
        changed.replace_range(item.mark..=item.mark, if checked { "x" } else { " " });
    }
    // Parsing the result shows if the text changed the structure.
    let after = list_items(&changed);
    let expected = |(at, item): (usize, &Item)| {
        let is_changed = at == index;
        let text = text.filter(|_| is_changed).unwrap_or(&item.text);
        let checked = change
            .checked
            .filter(|_| is_changed)
            .unwrap_or(item.checked);
        let found = after.get(at);
        found.is_some_and(|found| {
            (found.text.as_str(), found.checked, found.depth) == (text, checked, item.depth)
        })
    };
    if after.len() == before.len() && before.iter().enumerate().all(expected) {
        Ok(changed)
    } else {
        Err(RejectedChange::Structure)
    }
}

/// Returns true if the text contains a checkbox, so that parsing is worth while. Most notes contain none, and lists check all of their notes.
fn may_have_items(markdown: &str) -> bool {
    markdown.match_indices('[').any(|(at, _)| {
        let behind = markdown.as_bytes().get(at + 1..at + 3);
        matches!(behind, Some([mark, b']']) if is_mark(*mark))
    })
}

/// Returns true for a byte that the parser accepts between the brackets.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'x' | b'X') || byte.is_ascii_whitespace() || byte == 0x0B
}

/// Returns the position where text starts, or would start, after the closing bracket.
fn behind_marker(markdown: &str, end: usize) -> usize {
    let spaces = markdown.as_bytes()[end..]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    end + spaces
}

/// Returns true for an event that belongs to the text of an item, false for one of a block.
fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineHtml(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTES: [&str; 16] = [
        "- [ ] tea\n- [x] milk\n",
        "# Shop\n\n- [ ] tea\n  - [X] green\n    - [ ] from *Uji*\n- plain\n- [x] milk",
        "1. [ ] one\n2. [x] two\n\n   more about two\n\n3) [ ] other list\n",
        "* [ ] a\r\n* [x] b\r\n",
        "> - [ ] quoted\n>   goes on\n> - [x] b\n",
        "- [ ] loose\n\n- [x] also\n\n  - [ ] below\n",
        "- [ ]\n- [x]   \n- [ ] \n- [ ] x",
        "+   [ ]   spaces   \n+ [\t]\ttab\n",
        "- [ ] `code` **b** [l](https://example.com) ~~s~~ \\* &amp; <b>\n",
        "- [ ] Crème brûlée 🍮\n- [x] 茶\n",
        "[ ] no item\n\n    - [ ] code\n\n```\n- [ ] code\n```\n- [ ] item\n",
        "- [ ] lazy\ncontinuation\n- [ ] hard  \n  break\n",
        "- [ ] # no heading\n- [ ] ```\n- [ ] > said\n- [x] - list\n",
        "- [ ]\n  on the next line\n- [x] b\n",
        "- [ ] ends in a backslash\\\n- [x] [ ] twice\n",
        "-   [ ] a\n\n    | a |\n    |---|\n    | [ ] |\n-   [x] b",
    ];

    fn list_parsed_items(markdown: &str) -> Vec<(u32, bool, String)> {
        let items = list_items(markdown);
        items
            .into_iter()
            .map(|item| (item.depth, item.checked, item.text))
            .collect()
    }

    #[test]
    fn finds_items_rendered_with_checkbox() {
        let item = |depth, checked, text: &str| (depth, checked, text.to_owned());
        assert_eq!(
            list_parsed_items(NOTES[1]),
            [
                item(0, false, "tea"),
                item(1, true, "green"),
                item(2, false, "from *Uji*"),
                item(0, true, "milk")
            ]
        );
        assert_eq!(
            list_parsed_items(NOTES[2]),
            [
                item(0, false, "one"),
                item(0, true, "two"),
                item(0, false, "other list")
            ]
        );
        assert_eq!(
            list_parsed_items(NOTES[7]),
            [item(0, false, "spaces"), item(0, false, "tab")]
        );
        assert_eq!(
            list_parsed_items(NOTES[8]),
            [item(
                0,
                false,
                "`code` **b** [l](https://example.com) ~~s~~ \\* &amp; <b>"
            )]
        );
        assert_eq!(list_parsed_items(NOTES[10]), [item(0, false, "item")]);
        assert_eq!(
            list_parsed_items(NOTES[11])[0],
            item(0, false, "lazy\ncontinuation")
        );
        assert_eq!(
            list_parsed_items(NOTES[13]),
            [item(0, false, "on the next line"), item(0, true, "b")]
        );
        for note in NOTES {
            let boxes = super::super::html::render_html(note)
                .matches("<input")
                .count();
            let items = list_items(note);
            assert_eq!(items.len(), boxes, "{note}");
            let done = items.iter().filter(|item| item.checked).count();
            let progress = count_progress(note).unwrap();
            assert_eq!(
                (progress.total as usize, progress.done as usize),
                (boxes, done),
                "{note}"
            );
        }
        for none in [
            "",
            "text",
            "- a\n- b",
            "[ ] a",
            "- [] a",
            "- [y] a",
            "    - [ ] a",
            "- [ ]a",
        ] {
            assert_eq!(
                (list_parsed_items(none), count_progress(none)),
                (Vec::new(), None),
                "{none}"
            );
        }
    }

    #[test]
    fn accepts_marks_of_one_byte() {
        for note in NOTES {
            for (index, item) in (0..).zip(&list_items(note)) {
                let other = ItemChange {
                    checked: Some(!item.checked),
                    text: None,
                };
                let changed = change_item(note, index, &other).unwrap();
                let differing: Vec<usize> = (0..note.len())
                    .filter(|at| note.as_bytes()[*at] != changed.as_bytes()[*at])
                    .collect();
                assert_eq!(
                    (changed.len(), differing.len()),
                    (note.len(), 1),
                    "{note:?} {changed:?}"
                );
                let same = ItemChange {
                    checked: Some(item.checked),
                    text: Some(item.text.clone()),
                };
                assert_eq!(change_item(note, index, &same).unwrap(), note);
            }
        }
    }

    /// Writes arbitrary text to any item of any note. Either the surrounding bytes stay, the item has this text, and all other items keep theirs, or
    /// the change is rejected.
    #[test]
    fn changes_text_exactly_or_rejects_it() {
        let texts = [
            "",
            "tea",
            "a *b* `c` ~~d~~",
            "[l](https://example.com)",
            "茶 🍵",
            "x\\",
            "[ ] x",
            "- [ ] x",
            "a\n- [ ] b",
            "a\nb",
            "a\n\nb",
            "a\n  b",
            "# a",
            "```",
            "<!--",
            "a\n<!--",
            "`",
            "**",
            "[",
            "![",
            "a\r\nb",
            "---",
            "a\n---",
            "a\n===",
            "> a",
            "|a|\n|-|",
            "\u{a0}a\u{a0}",
            "&nbsp;",
            "a  ",
            "\ta",
            "1. a",
            "[a]: b",
            "<script>",
        ];
        let (mut done, mut refused) = (0, 0);
        for note in NOTES {
            let before = list_items(note);
            for (index, item) in (0..).zip(&before) {
                for text in texts {
                    let wanted = ItemChange {
                        checked: None,
                        text: Some(text.to_owned()),
                    };
                    let Ok(changed) = change_item(note, index, &wanted) else {
                        refused += 1;
                        continue;
                    };
                    done += 1;
                    let (head, tail) = (&note[..item.span.start], &note[item.span.end..]);
                    assert!(
                        changed.starts_with(head) && changed.ends_with(tail),
                        "{note:?} {changed:?}"
                    );
                    let middle = &changed[head.len()..changed.len() - tail.len()];
                    assert_eq!(
                        middle.trim_start_matches(' '),
                        text.trim(),
                        "{note:?} {changed:?}"
                    );
                    let mut expected = list_parsed_items(note);
                    text.trim().clone_into(&mut expected[index as usize].2);
                    assert_eq!(list_parsed_items(&changed), expected, "{note:?}");
                }
            }
        }
        assert!(
            done > 500 && refused > 100,
            "{done} done, {refused} refused"
        );
        let simple = change_item(
            NOTES[0],
            1,
            &ItemChange {
                checked: Some(false),
                text: Some("oat milk".to_owned()),
            },
        );
        assert_eq!(simple.unwrap(), "- [ ] tea\n- [ ] oat milk\n");
        let filled = change_item(
            "- [ ]\n- [x] b",
            0,
            &ItemChange {
                checked: None,
                text: Some("a".to_owned()),
            },
        );
        assert_eq!(filled.unwrap(), "- [ ] a\n- [x] b");
        let refused = change_item(
            NOTES[0],
            0,
            &ItemChange {
                checked: None,
                text: Some("a\n- [ ] b".to_owned()),
            },
        );
        assert_eq!(refused, Err(RejectedChange::Structure));
        assert_eq!(
            change_item(NOTES[0], 2, &ItemChange::default()),
            Err(RejectedChange::Missing { items: 2 })
        );
    }
}
