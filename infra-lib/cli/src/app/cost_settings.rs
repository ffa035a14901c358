//! Tables `[cost]` of `infra.toml`: assumptions about use, prices, and the budget.

use std::collections::BTreeMap;
use std::path::PathBuf;

use infra_template::cost::{Money, Usage, UsageAmount, UsageKind};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// Settings of cost estimates. The path is relative to the folder of the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CostSettings {
    /// Price file. The option `--prices` takes precedence.
    pub(crate) prices: Option<PathBuf>,
    /// Highest estimated costs of the app in a month, in the currency of the prices. Default: no limit.
    max_monthly: Option<Limit>,
    /// Assumed use in a month, by construct path or resource type.
    usage: BTreeMap<String, UsageKeys>,
}

/// Limit of the estimated costs of an app in a month.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct CostLimit {
    /// Amount in the currency of the prices.
    pub(crate) amount: Money,
    /// Table of the project file that sets it, such as `[environments.prod.cost]`.
    pub(crate) table: String,
}

/// Assumed use of a resource in a month.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct UsageKeys {
    /// Number of requests, messages, queries or invocations.
    requests: Option<Amount>,
    /// GB that are transferred, processed or ingested.
    gb: Option<Amount>,
    /// GB that are stored on average.
    stored_gb: Option<Amount>,
    /// Number of hours that something runs.
    hours: Option<Amount>,
}

impl UsageKeys {
    fn find_amount(&self, kind: UsageKind) -> Option<UsageAmount> {
        let amount = match kind {
            UsageKind::Requests => self.requests,
            UsageKind::Gigabytes => self.gb,
            UsageKind::StoredGigabytes => self.stored_gb,
            UsageKind::Hours => self.hours,
            _ => None,
        };
        amount.map(|amount| amount.0)
    }
}

impl CostSettings {
    /// Returns these settings, and those of another table for what these do not set.
    pub(super) fn or(&self, other: &Self) -> Self {
        let mut usage = other.usage.clone();
        for (subject, keys) in &self.usage {
            let entry = usage.entry(subject.clone()).or_default();
            entry.requests = keys.requests.or(entry.requests);
            entry.gb = keys.gb.or(entry.gb);
            entry.stored_gb = keys.stored_gb.or(entry.stored_gb);
            entry.hours = keys.hours.or(entry.hours);
        }
        Self {
            prices: self.prices.clone().or_else(|| other.prices.clone()),
            max_monthly: self.max_monthly.or(other.max_monthly),
            usage,
        }
    }

    /// Returns the limit that this table sets, without those of other tables.
    pub(super) fn own_limit(&self, table: impl Into<String>) -> Option<CostLimit> {
        self.max_monthly.map(|limit| CostLimit {
            amount: limit.0,
            table: table.into(),
        })
    }

    /// Returns the assumptions about use.
    pub(crate) fn usage(&self) -> Usage {
        let mut usage = Usage::new();
        for (subject, keys) in &self.usage {
            for kind in UsageKind::ALL {
                if let Some(amount) = keys.find_amount(kind) {
                    usage = usage.with_amount(subject, kind, amount);
                }
            }
        }
        usage
    }
}

/// A number of TOML as it is written, so that decimal fractions stay exact.
fn read_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Float(number) => Ok(number.to_string()),
        other => Err(D::Error::custom(format!(
            "expected a number, found a {}",
            other.type_str()
        ))),
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug)]
struct Limit(Money);

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = read_number(deserializer)?;
        let is_exact = |amount: &Money| Money::parse(&amount.to_decimal(2)) == Some(*amount);
        let amount = Money::parse(&text).filter(is_exact);
        amount.map(Self).ok_or_else(|| {
            D::Error::custom(format!(
                "`{text}` is not an amount of money: expected a number from 0 to 999999999 with at most two decimal places, such as 400 or 99.5"
            ))
        })
    }
}

/// An amount of use.
#[derive(Clone, Copy, Debug)]
struct Amount(UsageAmount);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = read_number(deserializer)?;
        UsageAmount::parse(&text).map(Self).ok_or_else(|| {
            D::Error::custom(format!(
                "`{text}` is not an amount of use: expected a number from 0 to 999999999999 with at most three decimal places"
            ))
        })
    }
}
