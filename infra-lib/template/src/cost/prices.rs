//! Prices by meter and region. They come from a reviewed file instead of AWS, so that estimates are reproducible.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::Money;

/// The price file of this version.
const BUILT_IN: &str = include_str!("prices.json");

/// Region of prices that do not depend on the region of a stack, such as those of Route 53.
pub(super) const GLOBAL: &str = "global";

/// Maximum number of units of use that a price is for.
const MOST_UNITS: u64 = 1_000_000_000;

/// List prices by meter and region, without free tiers, discounts and taxes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Prices {
    currency: String,
    hours_per_month: u32,
    meters: BTreeMap<(String, String), Price>,
}

/// The price of a meter in a region.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Price {
    pub(super) unit: Unit,
    pub(super) amount: Money,
    pub(super) text: String,
    /// Number of units of use that the amount is for.
    pub(super) per: u64,
}

/// The period or unit to which a price applies.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Unit {
    Hour,
    Month,
    /// One request or one GB, or as many as `per` says.
    Use,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hour => "hour",
            Self::Month => "month",
            Self::Use => "use",
        })
    }
}

/// The error for an invalid price file; its text names the meter and the expected value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidPrices(String);

/// The content of a price file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct File {
    currency: String,
    hours_per_month: u32,
    meters: Vec<Meter>,
}

/// A price in the file. Date and source serve its review.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meter {
    #[serde(rename = "meter")]
    name: String,
    region: String,
    unit: Unit,
    price: String,
    #[serde(default)]
    per: Option<u64>,
    date: String,
    source: String,
}

impl Prices {
    /// Returns the prices of this version: those of us-east-1 and of global services, for the resource types of the reference app.
    ///
    /// # Panics
    ///
    /// Never panics: a test parses the built-in file.
    pub fn built_in() -> Self {
        Self::parse(BUILT_IN).expect("the file of prices is read by a test")
    }

    /// Parses a price file.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a price file, lists a meter of a region twice, or has an invalid price, date or source.
    pub fn parse(text: &str) -> Result<Self, InvalidPrices> {
        let file: File =
            serde_json::from_str(text).map_err(|error| InvalidPrices(error.to_string()))?;
        if !(1..=744).contains(&file.hours_per_month) {
            let message = format!(
                "`hoursPerMonth` is {}; expected 1 to 744",
                file.hours_per_month
            );
            return Err(InvalidPrices(message));
        }
        let mut meters = BTreeMap::new();
        for line in file.meters {
            let wrong = |what: &str, value: &str, expected: &str| {
                let at = format!("meter `{}` of {}", line.name, line.region);
                InvalidPrices(format!("{at}: {what} is `{value}`; expected {expected}"))
            };
            let amount = Money::parse(&line.price).ok_or_else(|| {
                wrong(
                    "`price`",
                    &line.price,
                    "a number with at most nine decimal places, such as \"0.0225\"",
                )
            })?;
            let per = line.per.unwrap_or(1);
            if line.per.is_some() && line.unit != Unit::Use || !(1..=MOST_UNITS).contains(&per) {
                let expected = "a number from 1 to 1000000000, with the unit `use`";
                return Err(wrong("`per`", &per.to_string(), expected));
            }
            if !is_date(&line.date) {
                return Err(wrong(
                    "`date`",
                    &line.date,
                    "a date, such as \"2026-11-30\"",
                ));
            }
            if !line.source.starts_with("https://") {
                return Err(wrong("`source`", &line.source, "the URL of a page"));
            }
            let price = Price {
                unit: line.unit,
                amount,
                text: line.price.clone(),
                per,
            };
            let key = (line.region.clone(), line.name.clone());
            if meters.insert(key, price).is_some() {
                return Err(wrong("it", "duplicate", "one line"));
            }
        }
        Ok(Self {
            currency: file.currency,
            hours_per_month: file.hours_per_month,
            meters,
        })
    }

    /// Returns the currency code of all prices, for example `USD`.
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// Returns the number of hours per month for charges by the hour, from 1 to 744.
    pub fn hours_per_month(&self) -> u32 {
        self.hours_per_month
    }

    pub(super) fn find_price(&self, region: &str, meter: &str) -> Option<&Price> {
        self.meters.get(&(region.to_owned(), meter.to_owned()))
    }
}

impl fmt::Display for InvalidPrices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidPrices {}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |text: &str, length: usize, range: std::ops::RangeInclusive<u32>| {
        text.len() == length && text.parse().is_ok_and(|number| range.contains(&number))
    };
    number(year, 4, 2000..=9999) && number(month, 2, 1..=12) && number(day, 2, 1..=31)
}
