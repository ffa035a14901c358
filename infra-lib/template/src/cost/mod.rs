//! Estimates the fixed costs of an assembly by hour and month from a price file, without calling AWS: [`estimate_costs`] returns [`Costs`].
//!
//! Usage-based charges are listed and not counted. Unknown charges are listed as well and never counted as zero.
//!
//! ```
//! use infra_template::assembly::CloudAssembly;
//! use infra_template::cost::{Prices, estimate_costs};
//!
//! let costs = estimate_costs(&CloudAssembly::new(Vec::new()), &Prices::built_in(), None);
//! assert_eq!(costs.monthly().to_string(), "0.00");
//! ```

mod compare;
mod meters;
mod money;
mod prices;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as JsonValue, json};

pub use compare::{
    CostComparison, MeterChange, ResourceCostChange, SideCosts, StackCostChange, compare_costs,
};
pub use money::Money;
pub use prices::{InvalidPrices, Prices};

use crate::assembly::{CloudAssembly, Stack};
use crate::diff::DeployedStackState;
use crate::digest::Digest;
use crate::nested::nested_path;
use crate::resource_origin::ResourceOrigin;
use crate::review::Review;
use crate::{Template, TemplateResource};
use prices::Unit;

/// The estimated costs of an assembly: fixed charges only, by stack.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Costs {
    /// Currency code of all amounts, for example `USD`.
    pub currency: String,
    /// Number of hours per month, for charges by the hour: 730 in the built-in prices.
    pub hours_per_month: u32,
    /// Costs of the stacks in deployment order, including stacks without charges.
    pub stacks: Vec<StackCosts>,
}

/// The estimated costs of a stack, including those of its nested stacks.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct StackCosts {
    /// Construct path of the stack, by which users select it.
    pub path: String,
    /// Name of the stack in CloudFormation, unique within the account and region.
    pub name: String,
    /// Region whose prices apply, or `None` if unknown.
    pub region: Option<String>,
    /// Fixed charges by resource and meter, in the order of the template.
    pub charges: Vec<Charge>,
    /// Descriptions of usage-based charges, which are not part of the amounts.
    pub not_counted: BTreeSet<&'static str>,
    /// Charges that could not be determined, with the reason. They are not part of the amounts.
    pub unknown: Vec<UnknownCharge>,
    /// CloudFormation types of resources that the estimate does not support.
    pub unknown_types: BTreeSet<String>,
    /// Resources of these types, in the order of the template.
    pub unsupported: Vec<UnknownCharge>,
    /// Simplifications on which the amounts are based, for display.
    pub assumptions: BTreeSet<&'static str>,
}

/// A fixed charge of a resource for one meter, such as its hours or its storage.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Charge {
    /// Logical ID of the resource, or its path in a nested stack, for example `Child/Database`.
    pub resource: String,
    /// CloudFormation type of the resource, for example `AWS::EC2::NatGateway`.
    pub type_name: String,
    /// Construct path of the resource, or `None` if unknown.
    pub construct_path: Option<String>,
    /// Name of the meter in the price file, for example `ec2.nat-gateway.hour`.
    pub meter: String,
    /// Number of units that run at the same time, as a decimal number.
    pub quantity: String,
    /// Price of a unit per hour or month, as written in the price file.
    pub price: String,
    /// Amount per month for all units, rounded to nine fractional digits.
    pub monthly: Money,
}

/// A charge of a resource that could not be determined.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct UnknownCharge {
    /// Logical ID of the resource, or its path in a nested stack.
    pub resource: String,
    /// CloudFormation type of the resource, for example `AWS::EC2::NatGateway`.
    pub type_name: String,
    /// Construct path of the resource, or `None` if unknown.
    pub construct_path: Option<String>,
    /// Reason for which the charge is unknown, as a clause about the resource.
    pub reason: String,
    /// Digest of everything in the template that the charge may depend on.
    definition: Digest,
}

impl Costs {
    fn from_stacks(prices: &Prices, stacks: Vec<StackCosts>) -> Self {
        Self {
            currency: prices.currency().to_owned(),
            hours_per_month: prices.hours_per_month(),
            stacks,
        }
    }

    /// Returns the amount of all known fixed charges per month.
    pub fn monthly(&self) -> Money {
        self.stacks.iter().map(StackCosts::monthly).sum()
    }

    /// Returns the amount of all fixed charges for a number of hours.
    pub fn for_hours(&self, hours: u32) -> Money {
        self.monthly()
            .scale_by(u64::from(hours), u64::from(self.hours_per_month))
    }

    /// Returns `true` if every fixed charge is known. Usage-based charges are never included.
    pub fn is_complete(&self) -> bool {
        let mut stacks = self.stacks.iter();
        stacks.all(|stack| stack.unknown.is_empty() && stack.unknown_types.is_empty())
    }
}

impl StackCosts {
    /// Returns the amount of the known fixed charges of this stack per month.
    pub fn monthly(&self) -> Money {
        self.charges.iter().map(|charge| charge.monthly).sum()
    }
}

/// Estimates the costs of every stack of an assembly. `region` applies to stacks that have no region.
pub fn estimate_costs(assembly: &CloudAssembly, prices: &Prices, region: Option<&str>) -> Costs {
    let stacks: Vec<&Stack> = assembly.stacks.iter().collect();
    estimate_stack_costs(&stacks, prices, region)
}

/// Estimates the costs of these stacks. `region` applies to stacks that have no region.
pub fn estimate_stack_costs(stacks: &[&Stack], prices: &Prices, region: Option<&str>) -> Costs {
    let stacks = stacks.iter().map(|stack| {
        let known = Known {
            path: &stack.path,
            name: &stack.name,
            region: stack.region.as_deref().or(region),
            origins: Some(&stack.origins),
        };
        estimate_stack(known, &stack.template, &stack.nested_templates(), prices)
    });
    Costs::from_stacks(prices, stacks.collect())
}

/// Estimates the costs of the former stacks of a review: `before` has their state by the name of the stack, and `after` the stacks of the app, whose
/// construct paths apply to resources with the same logical ID. `region` applies to stacks whose region the review does not name.
///
/// Stacks that did not exist before are left out.
pub fn estimate_former_costs(
    review: &Review,
    before: &BTreeMap<String, DeployedStackState>,
    after: &[&Stack],
    prices: &Prices,
    region: Option<&str>,
) -> Costs {
    let stacks = review.stacks.iter().filter_map(|reviewed| {
        let state = before.get(&reviewed.stack)?;
        let same = after.iter().find(|stack| stack.name == reviewed.stack);
        let known = Known {
            path: &reviewed.path,
            name: &reviewed.stack,
            region: reviewed.region.as_deref().or(region),
            origins: same.map(|stack| &stack.origins),
        };
        Some(estimate_stack(
            known,
            &state.template,
            &state.nested,
            prices,
        ))
    });
    Costs::from_stacks(prices, stacks.collect())
}

/// Names of a stack, and the origins of its resources.
#[derive(Clone, Copy)]
struct Known<'s> {
    path: &'s str,
    name: &'s str,
    region: Option<&'s str>,
    origins: Option<&'s BTreeMap<String, ResourceOrigin>>,
}

fn estimate_stack(
    known: Known<'_>,
    template: &Template,
    nested: &BTreeMap<String, Template>,
    prices: &Prices,
) -> StackCosts {
    let mut found = StackCosts {
        path: known.path.to_owned(),
        name: known.name.to_owned(),
        region: known.region.map(str::to_owned),
        charges: Vec::new(),
        not_counted: BTreeSet::new(),
        unknown: Vec::new(),
        unknown_types: BTreeSet::new(),
        unsupported: Vec::new(),
        assumptions: BTreeSet::new(),
    };
    found.add_template("", template, known.origins, prices);
    for (path, template) in nested {
        found.add_template(path, template, known.origins, prices);
    }
    found
}

/// Returns the digest of everything in a template that the charges of a resource may depend on: its entry, that of its task definition, and the
/// sections whose values a reference can read.
fn digest_definition(template: &Template, resource: TemplateResource<'_>) -> Digest {
    let section = |name: &str| template.document().get(name).cloned();
    let definition = meters::find_task_definition(template, resource);
    Digest::hash_json(&json!([
        JsonValue::Object(resource.entry.clone()),
        definition.map(|found| JsonValue::Object(found.entry.clone())),
        section("Parameters"),
        section("Mappings"),
        section("Conditions"),
    ]))
}

impl StackCosts {
    fn add_template(
        &mut self,
        above: &str,
        template: &Template,
        origins: Option<&BTreeMap<String, ResourceOrigin>>,
        prices: &Prices,
    ) {
        for resource in template.resources() {
            // The resources of a nested stack are added from its own template, if the assembly contains it.
            if resource.type_name == crate::nested::NESTED_STACK
                || resource.type_name == "AWS::CDK::Metadata"
            {
                continue;
            }
            let id = nested_path(above, resource.logical_id);
            let origin = origins.and_then(|origins| origins.get(&id));
            let construct_path = origin
                .map(|origin| origin.construct_path.as_str())
                .or(resource.construct_path())
                .map(str::to_owned);
            let unknown = |reason: String| UnknownCharge {
                resource: id.clone(),
                type_name: resource.type_name.to_owned(),
                construct_path: construct_path.clone(),
                reason,
                definition: digest_definition(template, resource),
            };
            let Some(charges) = meters::charges_for_resource(template, resource) else {
                self.unknown_types.insert(resource.type_name.to_owned());
                let reason = format!("the charges of `{}` are not known", resource.type_name);
                self.unsupported.push(unknown(reason));
                continue;
            };
            self.not_counted.extend(charges.usage);
            self.assumptions.extend(charges.assumptions);
            let mut reasons = charges.unknown;
            for (meter, quantity) in charges.fixed {
                match self.find_price(prices, &meter) {
                    Ok(price) => {
                        let monthly = match price.unit {
                            Unit::Hour => price
                                .amount
                                .scale_by(u64::from(prices.hours_per_month()), 1),
                            Unit::Month => price.amount,
                        };
                        self.charges.push(Charge {
                            resource: id.clone(),
                            type_name: resource.type_name.to_owned(),
                            construct_path: construct_path.clone(),
                            quantity: format_quantity(quantity.numerator, quantity.denominator),
                            price: price.text.clone(),
                            monthly: monthly.scale_by(quantity.numerator, quantity.denominator),
                            meter,
                        });
                    }
                    Err(reason) => reasons.push(reason),
                }
            }
            self.unknown.extend(reasons.into_iter().map(unknown));
        }
    }

    fn find_price<'p>(&self, prices: &'p Prices, meter: &str) -> Result<&'p prices::Price, String> {
        let Some(region) = &self.region else {
            return Err(format!("the region for the price of `{meter}` is unknown"));
        };
        let price = prices.find_price(region, meter);
        price.ok_or_else(|| format!("no price is known for `{meter}` in {region}"))
    }
}

/// Returns a fraction as a decimal number with at most three fractional digits.
fn format_quantity(numerator: u64, denominator: u64) -> String {
    let thousandths = Money::parse("1")
        .unwrap_or_default()
        .scale_by(numerator, denominator);
    let text = thousandths.to_decimal(3);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
