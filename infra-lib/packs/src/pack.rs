//! The packs: [`Pack`].

use std::fmt;
use std::str::FromStr;

/// A compliance framework whose controls rules are mapped to.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Pack {
    /// AWS Foundational Security Best Practices of Security Hub, with its control IDs such as `S3.8`.
    /// <https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html>
    Fsbp,
    /// CIS AWS Foundations Benchmark 3.0.0, with the numbers of its recommendations.
    Cis,
    /// NIST SP 800-53 revision 5, with control IDs such as `SC-28(1)`.
    Nist,
    /// PCI DSS 4.0.1, with the numbers of its requirements.
    Pci,
    /// HIPAA Security Rule, with sections of 45 CFR part 164.
    Hipaa,
    /// Security and reliability pillars of the AWS Well-Architected Framework, with IDs of best practices such as `SEC08-BP02`.
    WellArchitected,
}

/// The error for a text that names no pack.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownPack(String);

impl Pack {
    /// Every pack, in the order of reports.
    pub const ALL: [Self; 6] = [
        Self::Fsbp,
        Self::Cis,
        Self::Nist,
        Self::Pci,
        Self::Hipaa,
        Self::WellArchitected,
    ];

    /// Returns the name that commands use, such as `fsbp`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fsbp => "fsbp",
            Self::Cis => "cis",
            Self::Nist => "nist",
            Self::Pci => "pci",
            Self::Hipaa => "hipaa",
            Self::WellArchitected => "wa",
        }
    }

    /// Returns the name of the framework with its version.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Fsbp => "AWS Foundational Security Best Practices",
            Self::Cis => "CIS AWS Foundations Benchmark 3.0.0",
            Self::Nist => "NIST SP 800-53 Rev. 5",
            Self::Pci => "PCI DSS 4.0.1",
            Self::Hipaa => "HIPAA Security Rule",
            Self::WellArchitected => "AWS Well-Architected Framework",
        }
    }
}

impl fmt::Display for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Pack {
    type Err = UnknownPack;

    fn from_str(text: &str) -> Result<Self, UnknownPack> {
        let mut packs = Self::ALL.into_iter();
        packs
            .find(|pack| pack.as_str() == text)
            .ok_or_else(|| UnknownPack(text.to_owned()))
    }
}

impl fmt::Display for UnknownPack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Pack::ALL.map(Pack::as_str).join(", ");
        write!(f, "no pack has the name `{}`; one of: {names}", self.0)
    }
}

impl std::error::Error for UnknownPack {}
