//! The sums of `cost --by`: as text, and as part of the JSON document.

use std::fmt::Write as _;

use infra_console::words::{clean_line, format_count};
use infra_template::cost::{
    CostGroup, CostGroupChange, CostGroupName, CostGrouping, Costs, compare_groups,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Number;

use super::super::pricing::ComparedCosts;
use super::document::to_amount;
use super::text::write_line;

/// Sums of charges by stack, resource or tag.
#[derive(Debug, JsonSchema, Serialize)]
pub(super) struct GroupsEntry {
    /// Value of `--by`.
    by: String,
    /// Groups, the largest amount first.
    groups: Vec<GroupEntry>,
}

/// Costs of a group of resources.
#[derive(Debug, JsonSchema, Serialize)]
struct GroupEntry {
    #[serde(flatten)]
    name: NameEntry,
    /// Known amount per month.
    #[schemars(with = "f64")]
    monthly: Number,
    /// Number of resources with unknown charges.
    unknown: usize,
}

/// Difference between the costs of a group in two states.
#[derive(Debug, JsonSchema, Serialize)]
pub(super) struct GroupChangeEntry {
    #[serde(flatten)]
    name: NameEntry,
    /// Known amount per month before the change; absent if no resource was in the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    before: Option<Number>,
    /// Known amount per month after the change; absent if no resource is in the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    after: Option<Number>,
    /// Difference of the known amounts per month.
    #[schemars(with = "f64")]
    difference: Number,
    /// Number of resources whose unknown charges may differ.
    uncertain: usize,
}

/// Name of a group.
#[derive(Debug, JsonSchema, Serialize)]
struct NameEntry {
    /// Kind of the name: `named`, `deferred` for a tag with a value that is known during the deployment, or `untagged`.
    kind: String,
    /// Construct path of the stack or resource, or value of the tag; absent for other kinds than `named`.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl NameEntry {
    fn new(name: &CostGroupName) -> Self {
        let (kind, name) = match name {
            CostGroupName::Named(name) => ("named", Some(name.clone())),
            CostGroupName::Untagged => ("untagged", None),
            _ => ("deferred", None),
        };
        Self {
            kind: kind.to_owned(),
            name,
        }
    }
}

impl GroupsEntry {
    pub(super) fn new(costs: &Costs, by: &CostGrouping) -> Self {
        let entry = |group: &CostGroup| GroupEntry {
            name: NameEntry::new(&group.name),
            monthly: to_amount(group.monthly),
            unknown: group.unknown,
        };
        Self {
            by: by.to_string(),
            groups: costs.group_by(by).iter().map(entry).collect(),
        }
    }
}

impl GroupChangeEntry {
    pub(super) fn list(costs: &ComparedCosts, by: &CostGrouping) -> Vec<Self> {
        let amount = |side: &Option<CostGroup>| side.as_ref().map(|group| to_amount(group.monthly));
        let entry = |change: &CostGroupChange| Self {
            name: NameEntry::new(&change.name),
            before: amount(&change.before),
            after: amount(&change.after),
            difference: to_amount(change.difference()),
            uncertain: change.uncertain,
        };
        list_changes(costs, by).iter().map(entry).collect()
    }
}

/// Returns the groups of both states with their difference.
pub(super) fn list_changes(costs: &ComparedCosts, by: &CostGrouping) -> Vec<CostGroupChange> {
    compare_groups(&costs.before, &costs.after, &costs.difference, by)
}

/// Formats the sums by group, the largest first.
pub(super) fn format_groups(costs: &Costs, by: &CostGrouping, width: usize) -> String {
    let title = clean_line(&format!("by {by}, in {} a month", costs.currency));
    let mut text = format!("{title}\n\n");
    for group in costs.group_by(by) {
        let (amount, line) = match group.unknown {
            0 => (group.monthly.to_string(), group.name.to_string()),
            _ if group.monthly.is_zero() => ("unknown".to_owned(), group.name.to_string()),
            count => {
                let count = format_count(count, "resource");
                let line = format!("{}, and unknown charges of {count}", group.name);
                (group.monthly.to_string(), line)
            }
        };
        write_line(&mut text, &amount, &line, width);
    }
    let _ = writeln!(text);
    text
}
