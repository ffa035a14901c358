//! Provides the pages of the book, which are part of the tool.

/// All pages, each after a line with its path, title and first sentence, separated by tabs.
///
/// Generated from `docs/book/src` by `tests/it/book.rs`, because the package of the tool does not contain the book.
const BOOK: &str = include_str!("book.txt");

/// Start of the line before each page; no page contains it.
const MARK: &str = "\u{c}";

/// A page of the book.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// Path below `docs/book/src`, without `.md`.
    pub(super) path: &'static str,
    pub(super) title: &'static str,
    /// First sentence of the page.
    pub(super) summary: &'static str,
    /// Markdown source of the page.
    pub(super) text: &'static str,
}

/// Returns the pages in the order of the book.
pub(super) fn list_pages() -> impl Iterator<Item = Page> {
    BOOK.split(MARK).filter_map(|page| {
        let (head, text) = page.split_once('\n')?;
        let mut fields = head.split('\t');
        Some(Page {
            path: fields.next()?,
            title: fields.next()?,
            summary: fields.next()?,
            text,
        })
    })
}
