//! Assumptions about use, from which charges by use are estimated.

use std::collections::BTreeMap;
use std::fmt;

/// Assumed use in a month, by subject: a construct path for one resource, a resource type for all resources of it, or `PATH/TYPE` for the resources of
/// a type in a stack or construct, such as `Web/AWS::Logs::LogGroup`.
///
/// Each kind of use is taken from the subject that is closest to the resource: its own path, then `PATH/TYPE` with the longest path, then the type.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Usage {
    amounts: BTreeMap<String, BTreeMap<UsageKind, UsageAmount>>,
}

/// A kind of use, with its unit.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum UsageKind {
    /// Number of requests, messages, queries or invocations in a month.
    Requests,
    /// GB that are transferred, processed or ingested in a month.
    Gigabytes,
    /// GB that are stored on average over the month.
    StoredGigabytes,
    /// Number of hours that something runs in a month.
    Hours,
}

/// A non-negative amount of use below 1,000,000,000,000 with at most three fractional digits.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct UsageAmount {
    thousandths: u64,
}

/// An assumption that an estimate is based on, for one resource.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct UsedAssumption {
    /// Construct path, `PATH/TYPE` or resource type that the assumption is made for.
    pub subject: String,
    /// Kind of use.
    pub kind: UsageKind,
    /// Amount in a month.
    pub amount: UsageAmount,
    /// Logical ID of the resource, or its path in a nested stack.
    pub resource: String,
    /// Construct path of the resource, or `None` if unknown.
    pub construct_path: Option<String>,
}

impl UsedAssumption {
    /// Returns the name for display: the construct path if known, without a final `Resource` component, else the logical ID.
    pub fn display_name(&self) -> &str {
        super::display_name(self.construct_path.as_deref(), &self.resource)
    }
}

impl Usage {
    /// Creates the absence of assumptions, so that no charge by use is estimated.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets an amount for a construct path, `PATH/TYPE` or a resource type; a former one is replaced.
    pub fn with_amount(
        mut self,
        subject: impl Into<String>,
        kind: UsageKind,
        amount: UsageAmount,
    ) -> Self {
        let amounts = self.amounts.entry(subject.into()).or_default();
        amounts.insert(kind, amount);
        self
    }

    /// Returns all assumptions as subject, kind and amount, sorted.
    pub fn list_amounts(&self) -> impl Iterator<Item = (&str, UsageKind, UsageAmount)> {
        self.amounts.iter().flat_map(|(subject, amounts)| {
            let amounts = amounts.iter();
            amounts.map(|(kind, amount)| (subject.as_str(), *kind, *amount))
        })
    }

    /// Returns the amount for a resource, with the subject that it is set for.
    pub(super) fn find_amount(
        &self,
        kind: UsageKind,
        path: &str,
        type_name: &str,
    ) -> Option<(&str, UsageAmount)> {
        let find = |subject: &str| {
            let (subject, amounts) = self.amounts.get_key_value(subject)?;
            Some((subject.as_str(), *amounts.get(&kind)?))
        };
        let construct = path.strip_suffix("/Resource").unwrap_or(path);
        let mut ancestors = std::iter::successors(Some(construct), |path| {
            path.rsplit_once('/').map(|(above, _)| above)
        });
        find(path)
            .or_else(|| find(construct))
            .or_else(|| ancestors.find_map(|above| find(&format!("{above}/{type_name}"))))
            .or_else(|| find(type_name))
    }
}

impl UsageKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 4] = [
        Self::Requests,
        Self::Gigabytes,
        Self::StoredGigabytes,
        Self::Hours,
    ];
}

/// Writes the name in `infra.toml`: `requests`, `gb`, `stored_gb` or `hours`.
impl fmt::Display for UsageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Requests => "requests",
            Self::Gigabytes => "gb",
            Self::StoredGigabytes => "stored_gb",
            Self::Hours => "hours",
        })
    }
}

impl UsageAmount {
    /// Parses a decimal number with at most twelve digits before and three after the point. Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 12) || !digits(part, 3) {
            return None;
        }
        let whole: u64 = whole.parse().ok()?;
        let part: u64 = format!("{part:0<3}").parse().ok()?;
        Some(Self {
            thousandths: whole * 1000 + part,
        })
    }

    /// Returns the amount in thousandths.
    pub(super) fn thousandths(self) -> u64 {
        self.thousandths
    }
}

/// Writes a decimal number without trailing zeros.
impl fmt::Display for UsageAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.thousandths / 1000, self.thousandths % 1000);
        if part == 0 {
            return write!(f, "{whole}");
        }
        write!(f, "{whole}.{}", format!("{part:03}").trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::{Usage, UsageAmount, UsageKind};

    #[test]
    fn parses_amounts_exactly() {
        for (text, shown) in [
            ("0", "0"),
            ("1500000", "1500000"),
            ("0.50", "0.5"),
            ("7.025", "7.025"),
        ] {
            assert_eq!(UsageAmount::parse(text).unwrap().to_string(), shown);
        }
        for wrong in [
            "",
            "-1",
            "1e3",
            "0.0001",
            "1000000000000.0.",
            "1234567890123",
            "NaN",
        ] {
            assert_eq!(UsageAmount::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn finds_amount_of_closest_subject() {
        let amount = |text: &str| UsageAmount::parse(text).unwrap();
        let kind = UsageKind::Gigabytes;
        let nat = "AWS::EC2::NatGateway";
        let usage = Usage::new()
            .with_amount(nat, kind, amount("1"))
            .with_amount("Web/Nat", kind, amount("2"))
            .with_amount("Web/AWS::EC2::NatGateway", kind, amount("3"))
            .with_amount("Web/Vpc/AWS::EC2::NatGateway", kind, amount("4"))
            .with_amount("Web/Vpc/Nat", UsageKind::Hours, amount("5"));
        for (path, subject, found) in [
            ("Web/Nat/Resource", "Web/Nat", "2"),
            ("Web/Nat", "Web/Nat", "2"),
            ("Web/Nat2/Resource", "Web/AWS::EC2::NatGateway", "3"),
            ("Web/Vpc/Nat", "Web/Vpc/AWS::EC2::NatGateway", "4"),
            ("Web/Vpc/Zone/Nat", "Web/Vpc/AWS::EC2::NatGateway", "4"),
            ("Website/Nat", nat, "1"),
        ] {
            let expected = Some((subject, amount(found)));
            assert_eq!(usage.find_amount(kind, path, nat), expected, "{path}");
        }
        let hours = usage.find_amount(UsageKind::Hours, "Web/Nat", nat);
        assert_eq!(hours, None);
        let other = usage.find_amount(kind, "Web/Vpc/Logs", "AWS::Logs::LogGroup");
        assert_eq!(other, None);
    }
}
