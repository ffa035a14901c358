//! The JSON document of `cost --json`.

use std::collections::BTreeSet;

use infra_template::cost::{
    Charge, CostGrouping, Costs, MeterChange, Money, ResourceCostChange, SideCosts,
    StackCostChange, StackCosts, UsageKind,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Number;

use super::super::diff::DiffBase;
use super::super::pricing::ComparedCosts;
use super::groups::{GroupChangeEntry, GroupsEntry};
use super::text::collect_lines;
use crate::app::CostLimit;

/// Charges of the stacks of an app: fixed ones, and those by use that `[cost]` of `infra.toml` has an assumption for.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Costs: `cost --json`")]
pub(in crate::commands) struct Document {
    /// Currency of all amounts, such as `USD`.
    currency: String,
    /// Number of hours in a month, for all monthly amounts.
    hours_per_month: u32,
    /// True if every fixed charge, and every charge by use with an assumption, is known; otherwise all sums are lower bounds.
    complete: bool,
    /// Sums over all stacks.
    total: Total,
    /// Stacks, in deployment order.
    stacks: Vec<StackEntry>,
    /// Charges by use without an assumption, which no amount includes.
    not_counted: Vec<MeterEntry>,
    /// Resource types whose charges are unknown.
    unknown_types: Vec<String>,
    /// Charges of single resources that are unknown.
    unknown: Vec<UnknownEntry>,
    /// Simplifications that the amounts are based on.
    assumptions: Vec<String>,
    /// Assumptions about use that the amounts are based on, by stack and resource, with those of the state of `--against`.
    usage: Vec<UsageEntry>,
    /// Assumptions about use that apply to no charge of a resource.
    unused_usage: Vec<UnusedEntry>,
    /// Limit of the costs of all stacks per month: `max_monthly` of the environment. Above it, the exit code is 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    max_monthly: Option<Number>,
    /// Sums by stack, resource or tag, with `--by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<GroupsEntry>,
    /// Difference to the state of `--against`.
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<ComparisonEntry>,
}

/// Sums of charges.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Total {
    /// Amount per hour, for all stacks.
    #[schemars(with = "f64")]
    hourly: Number,
    /// Amount per month of `hoursPerMonth` hours.
    #[schemars(with = "f64")]
    monthly: Number,
    /// Number of hours given by `--hours` or `--months`.
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<u32>,
    /// Amount for that number of hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    for_hours: Option<Number>,
}

/// Charges of a stack.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct StackEntry {
    /// Construct path of the stack.
    path: String,
    /// Name of the stack in CloudFormation.
    name: String,
    /// Region of the stack, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// Amount per month of `hoursPerMonth` hours.
    #[schemars(with = "f64")]
    monthly: Number,
    /// Charges, sorted by resource and meter.
    charges: Vec<ChargeEntry>,
}

/// A charge of a resource.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct ChargeEntry {
    /// Logical ID of the resource, prefixed with its nested stack if it is in one.
    resource: String,
    /// Resource type, such as `AWS::EC2::NatGateway`.
    r#type: String,
    /// Name of the meter in the price file.
    meter: String,
    /// Number of units that are charged at the same time, or of units of use in a month, as a decimal number.
    quantity: String,
    /// Price per unit, as in the price file.
    price: String,
    /// True for a charge by use, whose quantity is an assumption.
    by_use: bool,
    /// Amount per month of `hoursPerMonth` hours.
    #[schemars(with = "f64")]
    monthly: Number,
}

/// A charge by use that is not counted.
#[derive(Debug, JsonSchema, Serialize)]
struct MeterEntry {
    /// Description of the usage that is charged.
    meter: String,
}

/// A charge that is unknown.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct UnknownEntry {
    /// Name of the stack in CloudFormation.
    stack: String,
    /// Logical ID of the resource, prefixed with its nested stack if it is in one.
    resource: String,
    /// Resource type, such as `AWS::EC2::Instance`.
    r#type: String,
    /// Reason why the charge is unknown.
    reason: String,
}

/// An assumption about use for one resource.
#[derive(Debug, Eq, JsonSchema, PartialEq, Serialize)]
struct UsageEntry {
    /// Name of the stack in CloudFormation.
    stack: String,
    /// Logical ID of the resource, prefixed with its nested stack if it is in one.
    resource: String,
    /// Construct path, `PATH/TYPE` or resource type that `infra.toml` has the assumption for.
    subject: String,
    /// Kind of use: `requests`, `gb`, `stored_gb` or `hours`.
    kind: String,
    /// Amount in a month, as a decimal number.
    amount: String,
}

impl UsageEntry {
    fn list(stack: &StackCosts) -> impl Iterator<Item = Self> {
        stack.usage.iter().map(|one| Self {
            stack: stack.name.clone(),
            resource: one.resource.clone(),
            subject: one.subject.clone(),
            kind: one.kind.to_string(),
            amount: one.amount.to_string(),
        })
    }
}

/// An assumption about use that applies to no charge.
#[derive(Debug, JsonSchema, Serialize)]
struct UnusedEntry {
    /// Construct path, `PATH/TYPE` or resource type.
    subject: String,
    /// Kind of use: `requests`, `gb`, `stored_gb` or `hours`.
    kind: String,
}

/// Difference between the costs of two states.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct ComparisonEntry {
    /// Value of `--against`.
    against: String,
    /// Known amount per month before the change.
    #[schemars(with = "f64")]
    before: Number,
    /// Known amount per month after the change.
    #[schemars(with = "f64")]
    after: Number,
    /// Difference of the known amounts per month; negative if the change saves money.
    #[schemars(with = "f64")]
    difference: Number,
    /// True if every fixed charge before the change is known.
    before_complete: bool,
    /// Number of resources whose unknown charges may differ.
    uncertain: usize,
    /// Number of other resources with unknown charges, which are the same in both states.
    unknown_alike: usize,
    /// Stacks after the change in deployment order, then removed ones.
    stacks: Vec<StackChangeEntry>,
    /// Differences by stack, resource or tag, with `--by`; the largest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupChangeEntry>>,
}

/// Difference between the costs of a stack.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct StackChangeEntry {
    /// Construct path of the stack.
    path: String,
    /// Name of the stack in CloudFormation.
    name: String,
    /// Region of the stack, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// Known amount per month before the change; absent for a new stack.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    before: Option<Number>,
    /// Known amount per month after the change; absent for a removed stack.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    after: Option<Number>,
    /// Difference of the known amounts per month.
    #[schemars(with = "f64")]
    difference: Number,
    /// Resources whose charges differ or may differ, sorted by name.
    resources: Vec<ResourceChangeEntry>,
}

/// Difference between the charges of a resource.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct ResourceChangeEntry {
    /// Logical ID of the resource, prefixed with its nested stack if it is in one.
    resource: String,
    /// Construct path of the resource, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    construct_path: Option<String>,
    /// Resource type, such as `AWS::EC2::NatGateway`.
    r#type: String,
    /// Charges before the change; absent if there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<SideEntry>,
    /// Charges after the change; absent if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<SideEntry>,
    /// Difference of the known amounts per month.
    #[schemars(with = "f64")]
    difference: Number,
    /// True if unknown charges may differ, so that the whole difference is unknown.
    uncertain: bool,
    /// Meters that differ, sorted by name.
    meters: Vec<MeterChangeEntry>,
}

/// Charges of a resource in one state.
#[derive(Debug, JsonSchema, Serialize)]
struct SideEntry {
    /// Known amount per month.
    #[schemars(with = "f64")]
    monthly: Number,
    /// Reasons for which other charges are unknown.
    unknown: Vec<String>,
}

/// Difference of a meter of a resource.
#[derive(Debug, JsonSchema, Serialize)]
struct MeterChangeEntry {
    /// Name of the meter in the price file.
    meter: String,
    /// Quantity before the change; `0` if the meter did not run.
    before: String,
    /// Quantity after the change; `0` if the meter no longer runs.
    after: String,
    /// Difference per month.
    #[schemars(with = "f64")]
    difference: Number,
}

impl Document {
    pub(super) fn new(costs: &Costs, hours: Option<u32>, unused: &[(String, UsageKind)]) -> Self {
        let lines = |lines: BTreeSet<&str>| lines.into_iter().map(str::to_owned).collect();
        let not_counted = collect_lines(&[costs], |stack| stack.not_counted.iter().copied());
        let types = collect_lines(&[costs], |stack| {
            stack.unknown_types.iter().map(String::as_str)
        });
        let unknown = costs.stacks.iter().flat_map(|stack| {
            stack.unknown.iter().map(|one| UnknownEntry {
                stack: stack.name.clone(),
                resource: one.resource.clone(),
                r#type: one.type_name.clone(),
                reason: one.reason.clone(),
            })
        });
        Self {
            currency: costs.currency.clone(),
            hours_per_month: costs.hours_per_month,
            complete: costs.is_complete(),
            total: Total {
                hourly: to_json_number(&costs.for_hours(1).to_decimal(5)),
                monthly: to_json_number(&costs.monthly().to_decimal(2)),
                hours,
                for_hours: hours.map(|hours| to_json_number(&costs.for_hours(hours).to_decimal(2))),
            },
            stacks: costs.stacks.iter().map(StackEntry::new).collect(),
            not_counted: not_counted
                .into_iter()
                .map(|meter| MeterEntry {
                    meter: meter.to_owned(),
                })
                .collect(),
            unknown_types: lines(types),
            unknown: unknown.collect(),
            assumptions: lines(collect_lines(&[costs], |stack| {
                stack.assumptions.iter().copied()
            })),
            usage: costs.stacks.iter().flat_map(UsageEntry::list).collect(),
            unused_usage: unused
                .iter()
                .map(|(subject, kind)| UnusedEntry {
                    subject: subject.clone(),
                    kind: kind.to_string(),
                })
                .collect(),
            max_monthly: None,
            groups: None,
            comparison: None,
        }
    }

    /// Adds the limit of the environment.
    pub(super) fn with_limit(mut self, limit: Option<&CostLimit>) -> Self {
        self.max_monthly = limit.map(|limit| to_amount(limit.amount));
        self
    }

    /// Adds the sums by group.
    pub(super) fn with_groups(mut self, costs: &Costs, by: Option<&CostGrouping>) -> Self {
        self.groups = by.map(|by| GroupsEntry::new(costs, by));
        self
    }

    /// Adds the difference to another state.
    pub(super) fn with_comparison(
        mut self,
        costs: &ComparedCosts,
        against: &DiffBase,
        by: Option<&CostGrouping>,
    ) -> Self {
        let compared = &costs.difference;
        for entry in costs.before.stacks.iter().flat_map(UsageEntry::list) {
            if !self.usage.contains(&entry) {
                self.usage.push(entry);
            }
        }
        self.comparison = Some(ComparisonEntry {
            against: against.to_string(),
            before: to_amount(compared.before()),
            after: to_amount(compared.after()),
            difference: to_amount(compared.difference()),
            before_complete: costs.before.is_complete(),
            uncertain: compared.count_uncertain(),
            unknown_alike: compared.count_unknown_alike(),
            stacks: compared.stacks.iter().map(StackChangeEntry::new).collect(),
            groups: by.map(|by| GroupChangeEntry::list(costs, by)),
        });
        self
    }
}

impl StackEntry {
    fn new(stack: &StackCosts) -> Self {
        let charge = |charge: &Charge| ChargeEntry {
            resource: charge.resource.clone(),
            r#type: charge.type_name.clone(),
            meter: charge.meter.clone(),
            quantity: charge.quantity.clone(),
            price: charge.price.clone(),
            by_use: charge.is_usage,
            monthly: to_json_number(&charge.monthly.to_decimal(2)),
        };
        Self {
            path: stack.path.clone(),
            name: stack.name.clone(),
            region: stack.region.clone(),
            monthly: to_json_number(&stack.monthly().to_decimal(2)),
            charges: stack.charges.iter().map(charge).collect(),
        }
    }
}

impl StackChangeEntry {
    fn new(stack: &StackCostChange) -> Self {
        Self {
            path: stack.path.clone(),
            name: stack.name.clone(),
            region: stack.region.clone(),
            before: stack.before.map(to_amount),
            after: stack.after.map(to_amount),
            difference: to_amount(stack.difference()),
            resources: stack
                .resources
                .iter()
                .map(ResourceChangeEntry::new)
                .collect(),
        }
    }
}

impl ResourceChangeEntry {
    fn new(change: &ResourceCostChange) -> Self {
        let side = |side: &SideCosts| SideEntry {
            monthly: to_amount(side.monthly),
            unknown: side.unknown.clone(),
        };
        let meter = |meter: &MeterChange| MeterChangeEntry {
            meter: meter.meter.clone(),
            before: meter.before.clone(),
            after: meter.after.clone(),
            difference: to_amount(meter.difference),
        };
        Self {
            resource: change.resource.clone(),
            construct_path: change.construct_path.clone(),
            r#type: change.type_name.clone(),
            before: change.before.as_ref().map(side),
            after: change.after.as_ref().map(side),
            difference: to_amount(change.difference()),
            uncertain: change.uncertain,
            meters: change.meters.iter().map(meter).collect(),
        }
    }
}

/// Converts an amount to a JSON number with two fractional digits.
pub(super) fn to_amount(money: Money) -> Number {
    to_json_number(&money.to_decimal(2))
}

/// Converts an amount to a JSON number; one that exceeds the range of `f64` becomes the largest number.
fn to_json_number(decimal: &str) -> Number {
    let value = decimal.parse().unwrap_or(f64::MAX);
    Number::from_f64(value).unwrap_or_else(|| Number::from(0))
}
