//! Errors of reading and deserializing, with the position in the text: [`Error`].

use std::fmt;

use crate::position::{Position, Span};

/// The error for a text that cannot be read, or a value that does not fit its type.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Error {
    message: String,
    span: Option<Span>,
    /// Range of the first of two duplicate keys.
    first: Option<Span>,
    /// Path of the value that was deserialized, innermost step first.
    path: Vec<Step>,
}

/// A step of a path to a value.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

impl Error {
    /// Creates an error about the whole text, without a position.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span: None,
            first: None,
            path: Vec::new(),
        }
    }

    pub(crate) fn at_position(position: Position, message: impl Into<String>) -> Self {
        Self::in_span(Span::at_position(position), message)
    }

    pub(crate) fn in_span(span: Span, message: impl Into<String>) -> Self {
        Self {
            span: Some(span),
            ..Self::new(message)
        }
    }

    /// Sets the range of the first of two duplicate keys.
    pub(crate) fn with_first(mut self, first: Span) -> Self {
        self.first = Some(first);
        self
    }

    /// Sets the position unless there is one already: the innermost value determines it.
    pub(crate) fn or_with_span(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    pub(crate) fn with_parent_step(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }

    /// Returns the message without the position, for example `dataLoss[0].reason: the reason is empty`.
    pub fn message(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        for step in self.path.iter().rev() {
            let dot = if text.is_empty() { "" } else { "." };
            let _ = match step {
                Step::Key(key) => write!(text, "{dot}{key}"),
                Step::Item(at) => write!(text, "[{at}]"),
            };
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text + &self.message
    }

    /// Returns the position of the problem, or `None` if it concerns the whole text, for example its size.
    pub fn position(&self) -> Option<Position> {
        self.span.map(|span| span.start)
    }

    /// Returns the range of the first of two duplicate keys, or `None` for every other error.
    pub fn first_span(&self) -> Option<Span> {
        self.first
    }

    /// Returns the range of the problem, which is empty for syntax errors.
    pub fn span(&self) -> Option<Span> {
        self.span
    }
}

impl fmt::Display for Error {
    /// Writes the message, followed by `at line 3 column 1` if the position is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        match self.position() {
            Some(at) => write!(f, " at line {} column {}", at.line, at.column),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}
