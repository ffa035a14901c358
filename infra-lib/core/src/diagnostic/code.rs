//! Stable codes of findings: [`Code`], and [`CodeInfo`] with the documentation page of a code.

use std::fmt;

use super::Severity;

/// The stable identifier of a kind of finding, such as `INF1001`, with its default severity.
///
/// Codes of this project are constants in [`codes`](super::codes). Policies defined outside this project create their codes with [`Code::custom`].
#[derive(Clone, Copy, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Code {
    name: &'static str,
    severity: Severity,
}

impl Code {
    /// Creates the code of a policy defined outside this project. Choose a prefix other than `INF`, which is reserved.
    pub const fn custom(name: &'static str, severity: Severity) -> Self {
        Self { name, severity }
    }

    /// Returns the identifier, for example `INF1001`.
    pub const fn as_str(self) -> &'static str {
        self.name
    }

    /// Returns the severity that findings with this code have unless [`Diagnostic::severity`](crate::Diagnostic::severity()) overrides it.
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

/// A code with its title and documentation page, as listed in [`codes::ALL`](super::codes::ALL).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CodeInfo {
    /// The identifier and default severity.
    pub code: Code,
    /// A summary in one line: lower case, no final period.
    pub title: &'static str,
    /// The documentation page as Markdown, from `infra-lib/core/codes/`.
    pub page: &'static str,
}
