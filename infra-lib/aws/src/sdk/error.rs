//! Errors before the first call: invalid settings or certificates.

use infra_core::Diagnostic;

/// The error for settings or certificates with which AWS cannot be reached. It occurs before the first call.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", .0.message)]
pub struct ConnectError(Box<Diagnostic>);

impl ConnectError {
    /// Returns the finding to report, with its code, the cause and help.
    pub fn into_finding(self) -> Diagnostic {
        *self.0
    }
}

impl From<Diagnostic> for ConnectError {
    fn from(finding: Diagnostic) -> Self {
        Self(Box::new(finding))
    }
}
