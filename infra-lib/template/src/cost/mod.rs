//! Estimates the costs of an assembly by hour and month from a price file, without calling AWS: [`estimate_costs`] returns [`Costs`].
//!
//! Charges by use are counted as far as a [`CostModel`] has assumptions about use, else they are listed. Unknown charges are listed as well and never
//! counted as zero.
//!
//! ```
//! use infra_template::assembly::CloudAssembly;
//! use infra_template::cost::{Prices, estimate_costs};
//!
//! let costs = estimate_costs(&CloudAssembly::new(Vec::new()), &Prices::built_in(), None);
//! assert_eq!(costs.monthly().to_string(), "0.00");
//! ```

mod charges;
mod compare;
mod group;
#[cfg(test)]
mod group_tests;
mod meters;
mod model;
mod money;
mod prices;
#[cfg(test)]
mod tests;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

pub use compare::{
    CostComparison, MeterChange, ResourceCostChange, SideCosts, StackCostChange, compare_costs,
};
pub use group::{
    CostGroup, CostGroupChange, CostGroupName, CostGrouping, InvalidGrouping, compare_groups,
};
pub use model::CostModel;
pub use money::Money;
pub use prices::{InvalidPrices, Prices};
pub use usage::{Usage, UsageAmount, UsageKind, UsedAssumption};

use crate::assembly::{CloudAssembly, Stack};
use crate::digest::Digest;

/// The estimated costs of an assembly by stack: fixed charges, and those by use that have an assumption.
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
    /// Known charges by resource and meter, in the order of the template.
    pub charges: Vec<Charge>,
    /// Descriptions of usage-based charges without an assumption, which are not part of the amounts.
    pub not_counted: BTreeSet<&'static str>,
    /// Charges that could not be determined, with the reason. They are not part of the amounts.
    pub unknown: Vec<UnknownCharge>,
    /// CloudFormation types of resources that the estimate does not support.
    pub unknown_types: BTreeSet<String>,
    /// Resources of these types, in the order of the template.
    pub unsupported: Vec<UnknownCharge>,
    /// Simplifications on which the amounts are based, for display.
    pub assumptions: BTreeSet<&'static str>,
    /// Assumptions about use on which the amounts are based.
    pub usage: BTreeSet<UsedAssumption>,
    /// Tags of the resources with charges, by logical ID or path in a nested stack.
    tags: BTreeMap<String, group::ResourceTags>,
}

/// A charge of a resource for one meter, such as its hours or its storage.
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
    /// Number of units that run at the same time, or of units of use in a month, as a decimal number.
    pub quantity: String,
    /// Price of a unit, as written in the price file.
    pub price: String,
    /// Amount per month for all units, rounded to nine fractional digits.
    pub monthly: Money,
    /// `true` for a charge by use, whose quantity is an assumption.
    pub is_usage: bool,
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

impl Charge {
    /// Returns the name for display: the construct path if known, without a final `Resource` component, else the logical ID.
    pub fn display_name(&self) -> &str {
        display_name(self.construct_path.as_deref(), &self.resource)
    }
}

impl UnknownCharge {
    /// Returns the name for display: the construct path if known, without a final `Resource` component, else the logical ID.
    pub fn display_name(&self) -> &str {
        display_name(self.construct_path.as_deref(), &self.resource)
    }
}

/// Returns the construct path if known, without a final `Resource` component, else the logical ID.
fn display_name<'n>(construct_path: Option<&'n str>, resource: &'n str) -> &'n str {
    match construct_path {
        Some(path) => path.strip_suffix("/Resource").unwrap_or(path),
        None => resource,
    }
}

impl Costs {
    /// Returns the amount of all known charges per month.
    pub fn monthly(&self) -> Money {
        self.stacks.iter().map(StackCosts::monthly).sum()
    }

    /// Returns the amount of all known charges for a number of hours.
    pub fn for_hours(&self, hours: u32) -> Money {
        self.monthly()
            .scale_by(u64::from(hours), u64::from(self.hours_per_month))
    }

    /// Returns `true` if every fixed charge and every charge with an assumption about use is known. Charges by use without an assumption are not
    /// included.
    pub fn is_complete(&self) -> bool {
        let mut stacks = self.stacks.iter();
        stacks.all(|stack| stack.unknown.is_empty() && stack.unknown_types.is_empty())
    }
}

impl StackCosts {
    /// Returns the amount of the known charges of this stack per month.
    pub fn monthly(&self) -> Money {
        self.charges.iter().map(|charge| charge.monthly).sum()
    }
}

/// Estimates the costs of every stack of an assembly, without charges by use. `region` applies to stacks that have no region.
pub fn estimate_costs(assembly: &CloudAssembly, prices: &Prices, region: Option<&str>) -> Costs {
    let stacks: Vec<&Stack> = assembly.stacks.iter().collect();
    let model = CostModel::new(prices.clone()).with_region(region);
    model.estimate_stacks(&stacks)
}
