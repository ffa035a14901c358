//! The worst interruption that a user allows, in options and in the project file.

use infra_core::AllowedInterruption;
use serde::Deserialize;

/// The worst interruption that a deployment may cause.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Allowed {
    /// No interruption. Unknown effects count as one.
    None,
    /// Brief interruptions of seconds or a few minutes. Unknown effects count as longer.
    Brief,
}

impl From<Allowed> for AllowedInterruption {
    fn from(allowed: Allowed) -> Self {
        match allowed {
            Allowed::None => Self::None,
            Allowed::Brief => Self::Brief,
        }
    }
}
