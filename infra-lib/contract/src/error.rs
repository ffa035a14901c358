//! Errors of reading the environment.

use std::env::VarError;
use std::fmt;

/// An environment variable of a contract that is missing, or that is not text.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct InvalidVariable {
    /// Name of the variable.
    pub name: &'static str,
    /// Name of the type that declares it.
    pub contract: &'static str,
    /// Error of reading it.
    pub source: VarError,
}

impl InvalidVariable {
    #[doc(hidden)]
    pub const fn new(name: &'static str, contract: &'static str, source: VarError) -> Self {
        Self {
            name,
            contract,
            source,
        }
    }
}

impl fmt::Display for InvalidVariable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, contract, .. } = self;
        let why = match self.source {
            VarError::NotPresent => "is not set",
            VarError::NotUnicode(_) => "is not valid Unicode",
        };
        write!(
            f,
            "the environment variable `{name}` {why}, which `{contract}` declares"
        )
    }
}

impl std::error::Error for InvalidVariable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
