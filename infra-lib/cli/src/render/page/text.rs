//! Text of pieces, so that each writer can mark and escape each piece in its own way.

use std::borrow::Cow;

/// A line of text.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Text(pub(in super::super) Vec<Span>);

/// A piece of text. Any of it may come from a template or from AWS.
#[derive(Clone, Debug)]
pub(in super::super) enum Span {
    /// Words.
    Plain(String),
    /// Words in which backticks mark code.
    Prose(String),
    /// A name, a path or a value.
    Code(String),
    /// Words that must not be overlooked.
    Strong(String),
    /// Names after each other, of which there may be many.
    Names(Vec<String>),
}

impl Span {
    /// The piece without marks.
    pub(in super::super) fn bare(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(text) | Self::Prose(text) | Self::Code(text) | Self::Strong(text) => {
                text.into()
            }
            Self::Names(names) => names.join(", ").into(),
        }
    }
}

impl Text {
    pub(super) fn new() -> Self {
        Self::default()
    }

    fn with(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }

    pub(super) fn plain(self, text: impl Into<String>) -> Self {
        self.with(Span::Plain(text.into()))
    }

    pub(super) fn prose(self, text: impl Into<String>) -> Self {
        self.with(Span::Prose(text.into()))
    }

    pub(super) fn code(self, text: impl Into<String>) -> Self {
        self.with(Span::Code(text.into()))
    }

    pub(super) fn strong(self, text: impl Into<String>) -> Self {
        self.with(Span::Strong(text.into()))
    }

    pub(super) fn names(self, names: Vec<String>) -> Self {
        self.with(Span::Names(names))
    }

    /// The text followed by another.
    pub(super) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Texts with commas between them.
    pub(super) fn list(texts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::new();
        for text in texts {
            if !all.0.is_empty() {
                all = all.plain(", ");
            }
            all = all.then(text);
        }
        all
    }
}
