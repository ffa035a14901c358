//! Failures before the first call: settings or certificates that cannot be used.

use infra_core::Diagnostic;

/// Settings with which AWS cannot be reached.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", .0.message)]
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
