//! The pages of the book, as text in the tool.

/// The pages one after the other, each after a line with its path, title and first sentence, with tabs between them.
///
/// Made from `docs/book/src` by `tests/it/book.rs`, because the package of the tool holds no book.
const BOOK: &str = include_str!("book.txt");

/// Begins the line before a page; no page has such a line.
const MARK: &str = "\u{c}";

/// A page of the book.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// Path below `docs/book/src`, without `.md`.
    pub(super) path: &'static str,
    pub(super) title: &'static str,
    /// First sentence of the page.
    pub(super) summary: &'static str,
    /// Markdown.
    pub(super) text: &'static str,
}

/// The pages in the order of the book.
pub(super) fn pages() -> impl Iterator<Item = Page> {
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
