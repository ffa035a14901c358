//! Interruptions by a change: [`Availability`], and [`ExcessiveInterruption`] where less is allowed.

use std::fmt;

use infra_core::AllowedInterruption;
use schemars::JsonSchema;
use serde::Serialize;

/// The effect of a change on the availability of what a resource serves. Later variants are worse; `Unknown` counts as worse than `None` only.
#[derive(
    Clone, Copy, Debug, Default, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Availability {
    /// The resource answers during the whole change.
    #[default]
    None,
    /// The documentation of AWS that the rules were taken from does not say.
    Unknown,
    /// The resource does not answer for seconds or a few minutes.
    Brief,
    /// The resource does not answer for a time that cannot be told, or no longer.
    Outage,
    /// Data is lost.
    DataLoss,
}

impl Availability {
    /// Returns `true` if an interruption of this kind may happen where `allowed` is the limit. An unknown effect never may.
    pub fn is_within(self, allowed: AllowedInterruption) -> bool {
        match self {
            Self::None => true,
            Self::Brief => allowed >= AllowedInterruption::Brief,
            Self::Unknown | Self::Outage | Self::DataLoss => false,
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "none" => Self::None,
            "unknown" => Self::Unknown,
            "brief" => Self::Brief,
            "outage" => Self::Outage,
            "data-loss" => Self::DataLoss,
            _ => return None,
        })
    }
}

impl fmt::Display for Availability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Unknown => "unknown",
            Self::Brief => "brief",
            Self::Outage => "outage",
            Self::DataLoss => "data loss",
        })
    }
}

/// The verdict on one change, with its reason.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Interruption {
    /// Effect on the availability of the resource.
    pub verdict: Availability,
    /// Least and most seconds of a brief interruption. Absent for other verdicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<(u64, u64)>,
    /// Changed property that decides. Absent if the change as a whole decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// Reason, as a clause for display.
    pub reason: String,
    /// Page of the documentation of AWS. Absent if the verdict follows from the template and the resource schemas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Interruption {
    /// Returns the verdict with the length of a brief interruption and the reason, in one line, for example
    /// `brief (60 to 120 s), the standby is changed first`.
    pub fn describe(&self) -> String {
        let seconds = self
            .seconds
            .map(|(low, high)| format!(" ({low} to {high} s)"))
            .unwrap_or_default();
        format!("{}{seconds}, {}", self.verdict, self.reason)
    }

    pub(crate) fn plain(verdict: Availability, reason: impl Into<String>) -> Self {
        Self {
            verdict,
            seconds: None,
            property: None,
            reason: reason.into(),
            source: None,
        }
    }
}

/// An interruption that is worse than allowed.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExcessiveInterruption {
    /// Verdict on the change, with its reason.
    #[serde(flatten)]
    pub interruption: Interruption,
    /// Worst interruption that is allowed: `none` or `brief`.
    pub allowed: Availability,
    /// Path of the construct, stack or stage that declares the limit. Absent for the limit of the environment in `infra.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_by: Option<String>,
}

impl ExcessiveInterruption {
    /// Returns the limit with its origin, in one line, for example ``allowed by `Web/Service`: none``.
    pub fn describe_limit(&self) -> String {
        match &self.declared_by {
            Some(path) => format!("allowed by `{path}`: {}", self.allowed),
            None => format!(
                "allowed by the environment in `infra.toml`: {}",
                self.allowed
            ),
        }
    }
}

impl From<AllowedInterruption> for Availability {
    fn from(allowed: AllowedInterruption) -> Self {
        match allowed {
            AllowedInterruption::Brief => Self::Brief,
            // A limit of a newer version is taken for the strictest.
            _ => Self::None,
        }
    }
}
