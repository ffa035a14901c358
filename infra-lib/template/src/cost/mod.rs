//! Costs of an assembly: the fixed charges by hour and month, from a file of prices, without asking AWS.
//!
//! Charges by use are named and not counted; unknown charges are named too, and never counted as nothing.
//!
//! ```
//! use infra_template::assembly::CloudAssembly;
//! use infra_template::cost::{Prices, estimate};
//!
//! let costs = estimate(&CloudAssembly::new(Vec::new()), &Prices::built_in(), None);
//! assert_eq!(costs.monthly().to_string(), "0.00");
//! ```

mod meters;
mod money;
mod prices;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use money::Money;
pub use prices::{InvalidPrices, Prices};

use crate::Template;
use crate::assembly::{CloudAssembly, Stack};
use crate::nested::nested_path;
use prices::Unit;

/// Costs of an assembly.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Costs {
    /// The currency, such as `USD`.
    pub currency: String,
    /// Number of hours that a month is counted as.
    pub hours_per_month: u32,
    /// The stacks, in deployment order.
    pub stacks: Vec<StackCosts>,
}

/// Costs of a stack.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct StackCosts {
    /// The construct path.
    pub path: String,
    /// The name in CloudFormation.
    pub name: String,
    /// The region, where it is known.
    pub region: Option<String>,
    /// Fixed charges, by resource and meter.
    pub charges: Vec<Charge>,
    /// Meters of use, in words, which are not counted.
    pub not_counted: BTreeSet<&'static str>,
    /// Charges that are not known.
    pub unknown: Vec<UnknownCharge>,
    /// Types of resources whose charges are not known at all.
    pub unknown_types: BTreeSet<String>,
    /// Simplifications that the amounts rest on.
    pub assumptions: BTreeSet<&'static str>,
}

/// A fixed charge of a resource.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Charge {
    /// The logical ID; of a nested stack the path, as `Child/Database`.
    pub resource: String,
    /// The type.
    pub type_name: String,
    /// The meter, as the file of prices names it.
    pub meter: String,
    /// Number of units that run at once, as a decimal number.
    pub quantity: String,
    /// The price of a unit, as the file has it.
    pub price: String,
    /// The amount for a month.
    pub monthly: Money,
}

/// A charge of a resource that is not known.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct UnknownCharge {
    /// The logical ID; of a nested stack the path.
    pub resource: String,
    /// The type.
    pub type_name: String,
    /// The reason.
    pub reason: String,
}

impl Costs {
    /// Returns the amount for a month.
    pub fn monthly(&self) -> Money {
        self.stacks.iter().map(StackCosts::monthly).sum()
    }

    /// Returns the amount for some hours.
    pub fn for_hours(&self, hours: u32) -> Money {
        self.monthly()
            .times(u64::from(hours), u64::from(self.hours_per_month))
    }

    /// Returns true when every fixed charge is known. What is billed by use is never part of it.
    pub fn is_complete(&self) -> bool {
        let mut stacks = self.stacks.iter();
        stacks.all(|stack| stack.unknown.is_empty() && stack.unknown_types.is_empty())
    }
}

impl StackCosts {
    /// Returns the amount for a month.
    pub fn monthly(&self) -> Money {
        self.charges.iter().map(|charge| charge.monthly).sum()
    }
}

/// Estimates the costs of every stack of an assembly. `region` is that of stacks that name none.
pub fn estimate(assembly: &CloudAssembly, prices: &Prices, region: Option<&str>) -> Costs {
    let stacks = assembly.stacks.iter();
    Costs {
        currency: prices.currency().to_owned(),
        hours_per_month: prices.hours_per_month(),
        stacks: stacks
            .map(|stack| of_stack(stack, prices, region))
            .collect(),
    }
}

fn of_stack(stack: &Stack, prices: &Prices, region: Option<&str>) -> StackCosts {
    let region = stack.region.as_deref().or(region);
    let mut found = StackCosts {
        path: stack.path.clone(),
        name: stack.name.clone(),
        region: region.map(str::to_owned),
        charges: Vec::new(),
        not_counted: BTreeSet::new(),
        unknown: Vec::new(),
        unknown_types: BTreeSet::new(),
        assumptions: BTreeSet::new(),
    };
    found.add("", &stack.template, prices);
    for (path, template) in stack.nested_templates() {
        found.add(&path, &template, prices);
    }
    found
}

impl StackCosts {
    fn add(&mut self, above: &str, template: &Template, prices: &Prices) {
        for resource in template.resources() {
            let type_name = resource.type_name.to_owned();
            // Its template, where the assembly has it, is added by itself.
            if type_name == crate::nested::NESTED_STACK || type_name == "AWS::CDK::Metadata" {
                continue;
            }
            let Some(charges) = meters::charges(template, resource) else {
                self.unknown_types.insert(type_name);
                continue;
            };
            let resource = nested_path(above, resource.logical_id);
            self.not_counted.extend(charges.usage);
            self.assumptions.extend(charges.assumptions);
            let mut unknown = charges.unknown;
            for (meter, quantity) in charges.fixed {
                match self.price(prices, &meter) {
                    Ok(price) => {
                        let monthly = match price.unit {
                            Unit::Hour => {
                                price.amount.times(u64::from(prices.hours_per_month()), 1)
                            }
                            Unit::Month => price.amount,
                        };
                        self.charges.push(Charge {
                            resource: resource.clone(),
                            type_name: type_name.clone(),
                            quantity: decimal(quantity.numerator, quantity.denominator),
                            price: price.text.clone(),
                            monthly: monthly.times(quantity.numerator, quantity.denominator),
                            meter,
                        });
                    }
                    Err(reason) => unknown.push(reason),
                }
            }
            let unknown = unknown.into_iter().map(|reason| UnknownCharge {
                resource: resource.clone(),
                type_name: type_name.clone(),
                reason,
            });
            self.unknown.extend(unknown);
        }
    }

    fn price<'p>(&self, prices: &'p Prices, meter: &str) -> Result<&'p prices::Price, String> {
        let Some(region) = &self.region else {
            return Err(format!("no region is known for the price of `{meter}`"));
        };
        let price = prices.find(region, meter);
        price.ok_or_else(|| format!("there is no price of `{meter}` in {region}"))
    }
}

/// A fraction as a decimal number with at most three digits behind the point.
fn decimal(numerator: u64, denominator: u64) -> String {
    let thousandths = Money::parse("1")
        .unwrap_or_default()
        .times(numerator, denominator);
    let text = thousandths.decimal(3);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
