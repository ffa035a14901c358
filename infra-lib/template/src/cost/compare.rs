//! Compares two estimates by stack and resource.

use std::collections::{BTreeMap, BTreeSet};

use super::{Charge, Costs, Money, StackCosts, UnknownCharge};

/// The difference between two estimates.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct CostComparison {
    /// Currency code of all amounts, for example `USD`.
    pub currency: String,
    /// Stacks of the new estimate in its order, then those that only the old one has. Stacks without a change are included.
    pub stacks: Vec<StackCostChange>,
}

/// The difference between the costs of a stack before and after a change.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct StackCostChange {
    /// Construct path of the stack.
    pub path: String,
    /// Name of the stack in CloudFormation.
    pub name: String,
    /// Region whose prices apply, or `None` if unknown.
    pub region: Option<String>,
    /// Known charges per month before the change, or `None` if the stack did not exist.
    pub before: Option<Money>,
    /// Known charges per month after the change, or `None` if the stack is removed.
    pub after: Option<Money>,
    /// Resources whose charges differ or may differ, sorted by construct path or logical ID.
    pub resources: Vec<ResourceCostChange>,
    /// Number of other resources with unknown charges, which are the same before and after the change.
    pub unknown_alike: usize,
}

/// The difference between the charges of a resource before and after a change.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ResourceCostChange {
    /// Logical ID of the resource, or its path in a nested stack.
    pub resource: String,
    /// CloudFormation type of the resource after the change, or before it if the resource is removed.
    pub type_name: String,
    /// Construct path of the resource, or `None` if unknown.
    pub construct_path: Option<String>,
    /// Charges before the change, or `None` if there were none.
    pub before: Option<SideCosts>,
    /// Charges after the change, or `None` if there are none.
    pub after: Option<SideCosts>,
    /// Meters whose quantity or amount differs, sorted by name.
    pub meters: Vec<MeterChange>,
    /// `true` if charges that are unknown may differ, so that the difference of the known ones is not the whole difference.
    pub uncertain: bool,
}

/// The charges of a resource on one side of a comparison.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct SideCosts {
    /// Known charges per month.
    pub monthly: Money,
    /// Reasons for which other charges are unknown, as clauses about the resource.
    pub unknown: Vec<String>,
}

/// The difference of one meter of a resource.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct MeterChange {
    /// Name of the meter in the price file.
    pub meter: String,
    /// Quantity before the change, as a decimal number: `0` if the meter did not run.
    pub before: String,
    /// Quantity after the change, as a decimal number: `0` if the meter no longer runs.
    pub after: String,
    /// Difference per month.
    pub difference: Money,
}

impl CostComparison {
    /// Returns the known charges per month before the change.
    pub fn before(&self) -> Money {
        self.stacks.iter().filter_map(|stack| stack.before).sum()
    }

    /// Returns the known charges per month after the change.
    pub fn after(&self) -> Money {
        self.stacks.iter().filter_map(|stack| stack.after).sum()
    }

    /// Returns the difference of the known charges per month; negative if the change saves money.
    pub fn difference(&self) -> Money {
        self.after() - self.before()
    }

    /// Returns the difference per month of the resources whose charges are known on both sides. A charge that becomes unknown is no saving.
    pub fn certain_difference(&self) -> Money {
        let resources = self.stacks.iter().flat_map(|stack| &stack.resources);
        let certain = resources.filter(|resource| !resource.uncertain);
        certain.fold(Money::default(), |sum, resource| {
            sum + resource.difference()
        })
    }

    /// Returns the number of resources with unknown charges that are the same before and after the change.
    pub fn count_unknown_alike(&self) -> usize {
        self.stacks.iter().map(|stack| stack.unknown_alike).sum()
    }

    /// Returns the number of resources whose unknown charges may differ.
    pub fn count_uncertain(&self) -> usize {
        let resources = self.stacks.iter().flat_map(|stack| &stack.resources);
        resources.filter(|resource| resource.uncertain).count()
    }
}

impl StackCostChange {
    /// Returns the difference of the known charges per month.
    pub fn difference(&self) -> Money {
        self.after.unwrap_or_default() - self.before.unwrap_or_default()
    }
}

impl ResourceCostChange {
    /// Returns the difference of the known charges per month.
    pub fn difference(&self) -> Money {
        let monthly = |side: &Option<SideCosts>| side.as_ref().map(|side| side.monthly);
        monthly(&self.after).unwrap_or_default() - monthly(&self.before).unwrap_or_default()
    }

    /// Returns the name for display: the construct path if known, without a final `Resource` component, else the logical ID.
    pub fn display_name(&self) -> &str {
        super::display_name(self.construct_path.as_deref(), &self.resource)
    }
}

/// Compares two estimates that were made with the same prices. Stacks are matched by name and region, resources by logical ID.
///
/// A charge that is unknown on both sides makes no difference if everything that it may depend on is the same in both templates.
pub fn compare_costs(before: &Costs, after: &Costs) -> CostComparison {
    let same = |one: &StackCosts, other: &StackCosts| {
        (&one.name, &one.region) == (&other.name, &other.region)
    };
    let mut stacks: Vec<StackCostChange> = Vec::new();
    for new in &after.stacks {
        let old = before.stacks.iter().find(|old| same(old, new));
        stacks.push(compare_stack(old, Some(new), new));
    }
    for old in &before.stacks {
        if !after.stacks.iter().any(|new| same(old, new)) {
            stacks.push(compare_stack(Some(old), None, old));
        }
    }
    CostComparison {
        currency: after.currency.clone(),
        stacks,
    }
}

fn compare_stack(
    old: Option<&StackCosts>,
    new: Option<&StackCosts>,
    named: &StackCosts,
) -> StackCostChange {
    let before = old.map(by_resource).unwrap_or_default();
    let after = new.map(by_resource).unwrap_or_default();
    let ids: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let mut resources: Vec<ResourceCostChange> = ids
        .into_iter()
        .filter_map(|id| compare_resource(id, before.get(id), after.get(id)))
        .collect();
    resources.sort_by(|one, other| {
        (one.display_name(), &one.resource).cmp(&(other.display_name(), &other.resource))
    });
    let unknown_alike = after
        .iter()
        .filter(|(id, side)| {
            let is_certain = |change: &ResourceCostChange| !change.uncertain;
            let change = resources.iter().find(|change| change.resource == **id);
            !side.unknown.is_empty() && change.is_none_or(is_certain)
        })
        .count();
    StackCostChange {
        unknown_alike,
        path: named.path.clone(),
        name: named.name.clone(),
        region: named.region.clone(),
        before: old.map(StackCosts::monthly),
        after: new.map(StackCosts::monthly),
        resources,
    }
}

/// Charges of one resource in one estimate.
#[derive(Default)]
struct Charged<'c> {
    charges: Vec<&'c Charge>,
    unknown: Vec<&'c UnknownCharge>,
}

impl Charged<'_> {
    fn side(&self) -> SideCosts {
        SideCosts {
            monthly: self.charges.iter().map(|charge| charge.monthly).sum(),
            unknown: self.unknown.iter().map(|one| one.reason.clone()).collect(),
        }
    }

    /// Returns type and construct path.
    fn names(&self) -> Option<(&str, Option<&str>)> {
        let charge = self.charges.first();
        let names = charge.map(|one| (&*one.type_name, one.construct_path.as_deref()));
        let unknown = self.unknown.first();
        names.or(unknown.map(|one| (&*one.type_name, one.construct_path.as_deref())))
    }

    /// Returns quantities and amounts by meter. A resource can have the same meter twice.
    fn meters(&self) -> BTreeMap<&str, (Vec<&str>, Money)> {
        let mut meters: BTreeMap<&str, (Vec<&str>, Money)> = BTreeMap::new();
        for charge in &self.charges {
            let entry = meters.entry(&charge.meter).or_default();
            entry.0.push(&charge.quantity);
            entry.1 = entry.1 + charge.monthly;
        }
        meters
    }

    /// Returns reasons and definitions of the unknown charges.
    fn unknown_parts(&self) -> Vec<(&str, &str)> {
        let parts = self.unknown.iter();
        parts
            .map(|one| (&*one.reason, one.definition.as_str()))
            .collect()
    }
}

fn by_resource(costs: &StackCosts) -> BTreeMap<&str, Charged<'_>> {
    let mut found: BTreeMap<&str, Charged<'_>> = BTreeMap::new();
    for charge in &costs.charges {
        let entry = found.entry(&charge.resource).or_default();
        entry.charges.push(charge);
    }
    for unknown in costs.unknown.iter().chain(&costs.unsupported) {
        let entry = found.entry(&unknown.resource).or_default();
        entry.unknown.push(unknown);
    }
    found
}

/// Returns the difference of a resource, or `None` if its charges are the same.
fn compare_resource(
    id: &str,
    before: Option<&Charged<'_>>,
    after: Option<&Charged<'_>>,
) -> Option<ResourceCostChange> {
    let parts = |side: Option<&Charged<'_>>| -> Vec<(String, String)> {
        let parts = side.map(Charged::unknown_parts).unwrap_or_default();
        let owned = parts.into_iter();
        owned.map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
    };
    let uncertain = parts(before) != parts(after);
    let meters = compare_meters(before, after);
    if meters.is_empty() && !uncertain {
        return None;
    }
    let names = |side: Option<&Charged<'_>>| -> Option<(String, Option<String>)> {
        let (type_name, path) = side?.names()?;
        Some((type_name.to_owned(), path.map(str::to_owned)))
    };
    let (type_name, construct_path) = names(after).or(names(before)).unwrap_or_default();
    Some(ResourceCostChange {
        resource: id.to_owned(),
        type_name,
        construct_path,
        before: before.map(Charged::side),
        after: after.map(Charged::side),
        meters,
        uncertain,
    })
}

fn compare_meters(before: Option<&Charged<'_>>, after: Option<&Charged<'_>>) -> Vec<MeterChange> {
    let old = before.map(Charged::meters).unwrap_or_default();
    let new = after.map(Charged::meters).unwrap_or_default();
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let changes = names.into_iter().filter_map(|meter| {
        let (one, other) = (old.get(meter), new.get(meter));
        if one == other {
            return None;
        }
        let quantity = |side: Option<&(Vec<&str>, Money)>| match side {
            Some((quantities, _)) => quantities.join(" + "),
            None => "0".to_owned(),
        };
        let amount = |side: Option<&(Vec<&str>, Money)>| side.map_or(Money::default(), |one| one.1);
        Some(MeterChange {
            meter: meter.to_owned(),
            before: quantity(one),
            after: quantity(other),
            difference: amount(other) - amount(one),
        })
    });
    changes.collect()
}
