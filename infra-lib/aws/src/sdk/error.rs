//! Failures before the first call: settings or certificates that cannot be used.

use std::fmt;

use infra_core::Diagnostic;

/// Settings with which AWS cannot be reached.
#[derive(Clone, Debug)]
pub struct ConnectError(Box<Diagnostic>);

impl ConnectError {
    /// The finding to show.
    pub fn into_finding(self) -> Diagnostic {
        *self.0
    }
}

impl From<Diagnostic> for ConnectError {
    fn from(finding: Diagnostic) -> Self {
        Self(Box::new(finding))
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for ConnectError {}
