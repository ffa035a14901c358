//! The three-valued answer of every question: [`Answer`].

use std::fmt;

/// An answer in three values. The order is that of certainty: `No < Possible < Yes`.
///
/// `Yes` and `No` hold whatever the unknown values are; everything that the templates leave open is `Possible`.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Answer {
    /// Not reachable, or not allowed.
    #[default]
    No,
    /// Reachable for some of the values that the templates leave open.
    Possible,
    /// Reachable, or allowed.
    Yes,
}

impl Answer {
    /// Returns the answer to "both".
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Returns the answer to "at least one of both".
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Returns the opposite answer; that of `Possible` is `Possible`.
    pub fn negate(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Possible => Self::Possible,
            Self::Yes => Self::No,
        }
    }

    /// Returns the answer to "at least one": `No` for nothing.
    pub fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        answers.into_iter().max().unwrap_or(Self::No)
    }

    /// Returns the answer to "all": `Yes` for nothing.
    pub fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        answers.into_iter().min().unwrap_or(Self::Yes)
    }

    /// Returns the word for the answer: `yes`, `no` or `possible`.
    pub fn as_word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Possible => "possible",
            Self::Yes => "yes",
        }
    }
}

impl From<bool> for Answer {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_word())
    }
}
