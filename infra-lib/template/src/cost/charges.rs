//! The charges of one resource: fixed quantities of meters, and charges by use.

use std::fmt;

use super::{Money, UsageKind};

/// A quantity of a meter, as a fraction.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Quantity {
    pub(super) numerator: u64,
    pub(super) denominator: u64,
}

impl Quantity {
    pub(super) const ONE: Self = Self::from_whole(1);

    pub(super) const fn from_whole(number: u64) -> Self {
        Self {
            numerator: number,
            denominator: 1,
        }
    }
}

/// Writes the fraction as a decimal number with at most three fractional digits.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = Money::parse("1").unwrap_or_default();
        let text = one.scale_by(self.numerator, self.denominator).to_decimal(3);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// A charge by use.
#[derive(Debug)]
pub(super) struct UsageMeter {
    /// Description for display while nothing is assumed.
    pub(super) description: &'static str,
    /// Kind of use that can be assumed, or `None` if the use has no single number.
    pub(super) kind: Option<UsageKind>,
    /// Meters in the price file, with the quantity for one unit of use; or the reason for which they are unknown.
    pub(super) meters: Result<Vec<(String, Quantity)>, String>,
    /// Simplification on which the amount is based, if the use is assumed.
    pub(super) simplification: Option<&'static str>,
}

impl UsageMeter {
    /// Creates a charge whose use cannot be assumed.
    pub(super) fn listed(description: &'static str) -> Self {
        Self {
            description,
            kind: None,
            meters: Ok(Vec::new()),
            simplification: None,
        }
    }

    pub(super) fn metered(
        description: &'static str,
        kind: UsageKind,
        meter: impl Into<String>,
    ) -> Self {
        Self {
            description,
            kind: Some(kind),
            meters: Ok(vec![(meter.into(), Quantity::ONE)]),
            simplification: None,
        }
    }

    /// Adds a simplification, for display if the use is assumed.
    pub(super) fn simplified(mut self, simplification: &'static str) -> Self {
        self.simplification = Some(simplification);
        self
    }

    pub(super) fn requests(description: &'static str, meter: &str) -> Self {
        Self::metered(description, UsageKind::Requests, meter)
    }

    pub(super) fn gigabytes(description: &'static str, meter: &str) -> Self {
        Self::metered(description, UsageKind::Gigabytes, meter)
    }

    pub(super) fn stored(description: &'static str, meter: impl Into<String>) -> Self {
        Self::metered(description, UsageKind::StoredGigabytes, meter)
    }
}

/// The charges of one resource.
#[derive(Debug, Default)]
pub(super) struct Charges {
    /// Meters that run regardless of use, with their quantities.
    pub(super) fixed: Vec<(String, Quantity)>,
    /// Usage-based meters.
    pub(super) usage: Vec<UsageMeter>,
    /// Reasons for which a charge is unknown.
    pub(super) unknown: Vec<String>,
    /// Simplifications on which the quantities are based.
    pub(super) assumptions: Vec<&'static str>,
}

impl Charges {
    pub(super) fn from_fixed(meter: impl Into<String>, quantity: Quantity) -> Self {
        Self::default().and_fixed(meter, quantity)
    }

    pub(super) fn from_usage(meters: impl IntoIterator<Item = UsageMeter>) -> Self {
        Self::default().with_usage(meters)
    }

    pub(super) fn from_unknown(reason: impl Into<String>) -> Self {
        Self {
            unknown: vec![reason.into()],
            ..Self::default()
        }
    }

    pub(super) fn and_fixed(mut self, meter: impl Into<String>, quantity: Quantity) -> Self {
        self.fixed.push((meter.into(), quantity));
        self
    }

    pub(super) fn with_usage(mut self, meters: impl IntoIterator<Item = UsageMeter>) -> Self {
        self.usage.extend(meters);
        self
    }
}
