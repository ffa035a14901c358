//! Stable names of findings.

use std::fmt;

use super::Severity;

/// The stable name of a kind of finding, such as `INF1001`.
///
/// Codes of this project are constants in [`codes`](super::codes); a policy of your own makes its codes with
/// [`Code::custom`].
#[derive(Clone, Copy, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Code {
    name: &'static str,
    severity: Severity,
}

impl Code {
    /// A code of a policy of your own. Choose a prefix other than `INF`.
    pub const fn custom(name: &'static str, severity: Severity) -> Self {
        Self { name, severity }
    }

    /// The name.
    pub const fn as_str(self) -> &'static str {
        self.name
    }

    /// How bad findings of this kind are.
    pub const fn severity(self) -> Severity {
        self.severity
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A code with its page.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// One line.
    pub title: &'static str,
    /// The whole page, in Markdown.
    pub page: &'static str,
}
