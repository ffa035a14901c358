//! Amounts of money with nine fractional digits.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// Number of units per unit of currency. Integers keep sums exact and equal on every machine.
const UNIT: i128 = 1_000_000_000;

/// An amount of money in the currency of the prices; differences may be negative. `Display` writes two fractional digits, rounded half away from zero.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Money(i128);

impl Money {
    /// Parses a decimal number with at most nine digits before and nine after the point. Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| {
            (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole) || !digits(part) {
            return None;
        }
        let whole: i128 = whole.parse().ok()?;
        let part: i128 = format!("{part:0<9}").parse().ok()?;
        Some(Self(whole * UNIT + part))
    }

    /// Returns this amount times a fraction, rounded half away from zero to nine fractional digits. A denominator of 0 counts as 1.
    pub fn scale_by(self, numerator: u64, denominator: u64) -> Self {
        let denominator = i128::from(denominator.max(1));
        let product = self.0 * i128::from(numerator) * 2;
        Self((product + denominator * product.signum()) / (denominator * 2))
    }

    /// Returns the amount as a decimal number with the given number of fractional digits (at most 9), rounded half away from zero.
    pub fn to_decimal(self, digits: u32) -> String {
        let digits = digits.min(9);
        let step = 10_i128.pow(9 - digits);
        let rounded = (self.0.abs() + step / 2) / step;
        let sign = if self.0 < 0 && rounded > 0 { "-" } else { "" };
        let base = 10_i128.pow(digits);
        match digits {
            0 => format!("{sign}{rounded}"),
            digits => format!(
                "{sign}{}.{:0width$}",
                rounded / base,
                rounded % base,
                width = digits as usize
            ),
        }
    }

    /// Returns the amount as [`to_decimal`](Self::to_decimal) does, with a `+` if it is positive after rounding: `+3.65`, `-1.00`, `0.00`.
    pub fn to_signed_decimal(self, digits: u32) -> String {
        let text = self.to_decimal(digits);
        let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        if self.0 > 0 && !is_zero {
            format!("+{text}")
        } else {
            text
        }
    }

    /// Returns `true` if the amount is exactly zero, before any rounding.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_decimal(2))
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn calculates_exact_amounts_and_rounds_once() {
        let price = Money::parse("0.004445").unwrap();
        assert_eq!(price.scale_by(1, 2).to_decimal(9), "0.002222500");
        assert_eq!(price.scale_by(730, 1).to_string(), "3.24");
        assert_eq!(Money::parse("0.005").unwrap().to_string(), "0.01");
        assert_eq!(Money::parse("0.0049").unwrap().to_string(), "0.00");
        assert_eq!(Money::parse("3").unwrap().to_decimal(0), "3");
        let less = Money::parse("1").unwrap() - Money::parse("1.005").unwrap();
        assert_eq!(
            (less.to_string(), less.to_signed_decimal(2)),
            ("-0.01".to_owned(), "-0.01".to_owned())
        );
        assert_eq!(less.scale_by(1, 3).to_decimal(9), "-0.001666667");
        assert_eq!(less.scale_by(1, 3).to_signed_decimal(2), "0.00");
        assert_eq!(price.to_signed_decimal(2), "0.00");
        assert_eq!(price.to_signed_decimal(3), "+0.004");
        assert!((less - less).is_zero() && !less.is_zero());
        for wrong in ["", ".5", "1.", "-1", "1e3", "1,5", "0.1234567890", "1.2.3"] {
            assert_eq!(Money::parse(wrong), None, "{wrong}");
        }
    }
}
