//! Errors of reading and of deserialization, with their position.

use std::fmt;

use crate::position::{Position, Span};

/// A text that cannot be read, or a value that does not fit its type.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Error {
    message: String,
    span: Option<Span>,
    /// Path of the value that was deserialized, innermost step first.
    path: Vec<Step>,
}

/// One step of a path.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

impl Error {
    /// An error of the whole text.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span: None,
            path: Vec::new(),
        }
    }

    pub(crate) fn at(position: Position, message: impl Into<String>) -> Self {
        Self::in_span(Span::at(position), message)
    }

    pub(crate) fn in_span(span: Span, message: impl Into<String>) -> Self {
        Self {
            span: Some(span),
            ..Self::new(message)
        }
    }

    /// Sets the place where none is known yet: the innermost value that knows its place wins.
    pub(crate) fn or_in(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    pub(crate) fn below(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }

    /// The message without its position, such as `dataLoss[0].reason: the reason is empty`.
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

    /// The first character of what is wrong; `None` for an error of the whole text, such as one that is too large.
    pub fn position(&self) -> Option<Position> {
        self.span.map(|span| span.start)
    }

    /// The part of the text that is wrong; empty for an error of syntax.
    pub fn span(&self) -> Option<Span> {
        self.span
    }
}

impl fmt::Display for Error {
    /// Writes the message, followed by `at line 3 column 1` where the position is known.
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
