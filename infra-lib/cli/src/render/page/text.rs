//! Defines text made of spans, so that each writer can mark and escape each span in its own way.

use std::borrow::Cow;

/// One line of text, as a sequence of spans.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Text(pub(in super::super) Vec<Span>);

/// A span of text. Its content can come from a template or from AWS, and is not escaped.
#[derive(Clone, Debug)]
pub(in super::super) enum Span {
    /// Ordinary words without markup.
    Plain(String),
    /// Words in which backticks mark code.
    Prose(String),
    /// A name, path or value, shown as code.
    Code(String),
    /// Words that are emphasized.
    Strong(String),
    /// A list of names, which can be long and is broken between names.
    Names(Vec<String>),
}

impl Span {
    /// Returns the text of the span without markup.
    pub(in super::super) fn plain_text(&self) -> Cow<'_, str> {
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

    fn with_span(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }

    pub(super) fn plain(self, text: impl Into<String>) -> Self {
        self.with_span(Span::Plain(text.into()))
    }

    pub(super) fn prose(self, text: impl Into<String>) -> Self {
        self.with_span(Span::Prose(text.into()))
    }

    pub(super) fn code(self, text: impl Into<String>) -> Self {
        self.with_span(Span::Code(text.into()))
    }

    pub(super) fn strong(self, text: impl Into<String>) -> Self {
        self.with_span(Span::Strong(text.into()))
    }

    pub(super) fn names(self, names: Vec<String>) -> Self {
        self.with_span(Span::Names(names))
    }

    /// Appends the spans of another text.
    pub(super) fn append_text(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Joins texts with commas.
    pub(super) fn join_texts(texts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::new();
        for text in texts {
            if !all.0.is_empty() {
                all = all.plain(", ");
            }
            all = all.append_text(text);
        }
        all
    }
}
