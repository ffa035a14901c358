//! Sums estimated costs by stack, resource or tag.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use infra_schema::TagShape;
use serde_json::Value as JsonValue;

use super::{CostComparison, Costs, Money, StackCosts};
use crate::{Template, TemplateResource};

/// The property of resources by which costs are summed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CostGrouping {
    /// The stack of the resource.
    Stack,
    /// The resource itself.
    Resource,
    /// The value of the tag with this key.
    Tag(String),
}

/// The name of a group.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum CostGroupName {
    /// A construct path, or the value of a tag.
    Named(String),
    /// Resources whose tag has a value that is known during the deployment.
    Deferred,
    /// Resources without the tag.
    Untagged,
}

/// The costs of a group of resources.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct CostGroup {
    /// Name of the group.
    pub name: CostGroupName,
    /// Known charges per month.
    pub monthly: Money,
    /// Number of resources with unknown charges, which are not part of the amount.
    pub unknown: usize,
}

/// The difference between the costs of a group before and after a change.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct CostGroupChange {
    /// Name of the group.
    pub name: CostGroupName,
    /// Costs before the change, or `None` if no resource was in the group.
    pub before: Option<CostGroup>,
    /// Costs after the change, or `None` if no resource is in the group.
    pub after: Option<CostGroup>,
    /// Number of resources of the group whose unknown charges may differ, or that may have left or joined it.
    pub uncertain: usize,
}

/// Tags of a resource by key; `None` for a value that is known during the deployment.
pub(super) type ResourceTags = BTreeMap<String, Option<String>>;

/// Known charges of a group, and its resources with unknown ones, by the name of the stack and logical ID.
#[derive(Default)]
struct Sum<'c> {
    monthly: Money,
    unknown: BTreeSet<(&'c str, &'c str)>,
}

/// The error for a text that is not a [`CostGrouping`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidGrouping(String);

impl CostGroupChange {
    /// Returns the difference of the known charges per month.
    pub fn difference(&self) -> Money {
        let monthly = |side: &Option<CostGroup>| side.as_ref().map(|group| group.monthly);
        monthly(&self.after).unwrap_or_default() - monthly(&self.before).unwrap_or_default()
    }
}

impl Costs {
    /// Sums the charges of all stacks by group, the largest amount first.
    pub fn group_by(&self, grouping: &CostGrouping) -> Vec<CostGroup> {
        let mut groups: BTreeMap<CostGroupName, Sum<'_>> = BTreeMap::new();
        for stack in &self.stacks {
            for charge in &stack.charges {
                let name = stack.group_name(grouping, &charge.resource, charge.display_name());
                let entry = groups.entry(name).or_default();
                entry.monthly = entry.monthly + charge.monthly;
            }
            for unknown in stack.unknown.iter().chain(&stack.unsupported) {
                let name = stack.group_name(grouping, &unknown.resource, unknown.display_name());
                let entry = groups.entry(name).or_default();
                entry.unknown.insert((&stack.name, &unknown.resource));
            }
        }
        let groups = groups.into_iter().map(|(name, sum)| CostGroup {
            name,
            monthly: sum.monthly,
            unknown: sum.unknown.len(),
        });
        let mut groups: Vec<CostGroup> = groups.collect();
        groups.sort_by(|one, other| (other.monthly, &one.name).cmp(&(one.monthly, &other.name)));
        groups
    }
}

/// Compares two estimates by group: `compared` is their difference by resource. The largest change comes first; groups without a change are included.
pub fn compare_groups(
    before: &Costs,
    after: &Costs,
    compared: &CostComparison,
    grouping: &CostGrouping,
) -> Vec<CostGroupChange> {
    let mut changes: BTreeMap<CostGroupName, CostGroupChange> = BTreeMap::new();
    let sides = [before.group_by(grouping), after.group_by(grouping)];
    for (is_after, groups) in [false, true].into_iter().zip(sides) {
        for group in groups {
            let name = group.name.clone();
            let entry = changes.entry(name.clone()).or_insert(CostGroupChange {
                name,
                before: None,
                after: None,
                uncertain: 0,
            });
            let side = if is_after {
                &mut entry.after
            } else {
                &mut entry.before
            };
            *side = Some(group);
        }
    }
    for stack in &compared.stacks {
        for change in stack.resources.iter().filter(|change| change.uncertain) {
            // A resource can move from one group to another.
            let names: BTreeSet<CostGroupName> = [before, after]
                .into_iter()
                .flat_map(|costs| &costs.stacks)
                .filter(|one| one.name == stack.name && one.has_resource(&change.resource))
                .map(|one| one.group_name(grouping, &change.resource, change.display_name()))
                .collect();
            for name in names {
                if let Some(entry) = changes.get_mut(&name) {
                    entry.uncertain += 1;
                }
            }
        }
    }
    let mut changes: Vec<CostGroupChange> = changes.into_values().collect();
    changes.sort_by_key(|change| {
        let difference = change.difference();
        let size = difference.max(Money::default() - difference);
        (std::cmp::Reverse(size), change.name.clone())
    });
    changes
}

impl StackCosts {
    /// Returns the group of a resource of this stack.
    fn group_name(&self, grouping: &CostGrouping, resource: &str, shown: &str) -> CostGroupName {
        match grouping {
            CostGrouping::Stack => CostGroupName::Named(self.path.clone()),
            // A construct path begins with that of the stack, a logical ID does not.
            CostGrouping::Resource if shown == resource => {
                CostGroupName::Named(format!("{}/{resource}", self.path))
            }
            CostGrouping::Resource => CostGroupName::Named(shown.to_owned()),
            CostGrouping::Tag(key) => {
                let tags = self.tags.get(resource);
                match tags.and_then(|tags| tags.get(key)) {
                    None => CostGroupName::Untagged,
                    Some(None) => CostGroupName::Deferred,
                    Some(Some(value)) => CostGroupName::Named(value.clone()),
                }
            }
        }
    }

    fn has_resource(&self, resource: &str) -> bool {
        let mut unknown = self.unknown.iter().chain(&self.unsupported);
        unknown.any(|one| one.resource == resource)
            || self.charges.iter().any(|one| one.resource == resource)
    }
}

/// Returns the tags of a resource: its own, and those of its stack, which CloudFormation adds to every resource that can be tagged.
pub(super) fn read_tags(resource: TemplateResource<'_>, of_stack: &ResourceTags) -> ResourceTags {
    let schema = infra_schema::resource(resource.type_name);
    let Some(known) = schema.and_then(|schema| schema.tags.as_ref()) else {
        return ResourceTags::new();
    };
    let mut tags = of_stack.clone();
    let own = resource
        .properties()
        .and_then(|properties| properties.get(known.property.as_ref()));
    let literal = |value: Option<&JsonValue>| value.and_then(JsonValue::as_str).map(str::to_owned);
    match (known.shape, own) {
        (TagShape::Map, Some(JsonValue::Object(own))) => {
            let own = own.iter();
            tags.extend(own.map(|(key, value)| (key.clone(), literal(Some(value)))));
        }
        (_, Some(JsonValue::Array(own))) => {
            let own = own.iter().filter_map(|tag| {
                let key = tag.get("Key")?.as_str()?;
                Some((key.to_owned(), literal(tag.get("Value"))))
            });
            tags.extend(own);
        }
        _ => {}
    }
    tags
}

/// Returns the tags that CloudFormation adds to the resources of a nested stack: those of the stack, and of the resources above it.
pub(super) fn read_nested_tags(
    root: &Template,
    nested: &BTreeMap<String, Template>,
    path: &str,
    of_stack: &ResourceTags,
) -> ResourceTags {
    let (above, id) = path.rsplit_once('/').unwrap_or(("", path));
    let (template, tags) = if above.is_empty() {
        (Some(root), of_stack.clone())
    } else {
        let tags = read_nested_tags(root, nested, above, of_stack);
        (nested.get(above), tags)
    };
    let resource = template.and_then(|template| template.find_resource(id));
    match resource {
        Some(resource) => read_tags(resource, &tags),
        None => tags,
    }
}

impl FromStr for CostGrouping {
    type Err = InvalidGrouping;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "stack" => Ok(Self::Stack),
            "resource" => Ok(Self::Resource),
            _ => match text.strip_prefix("tag:") {
                Some(key) if (1..=128).contains(&key.chars().count()) => {
                    Ok(Self::Tag(key.to_owned()))
                }
                _ => Err(InvalidGrouping(text.to_owned())),
            },
        }
    }
}

/// Writes the form that [`FromStr`] reads: `stack`, `resource` or `tag:KEY`.
impl fmt::Display for CostGrouping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stack => f.write_str("stack"),
            Self::Resource => f.write_str("resource"),
            Self::Tag(key) => write!(f, "tag:{key}"),
        }
    }
}

impl fmt::Display for CostGroupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.pad(name),
            Self::Deferred => f.pad("(known during the deployment)"),
            Self::Untagged => f.pad("(untagged)"),
        }
    }
}

impl fmt::Display for InvalidGrouping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a grouping: expected `stack`, `resource` or `tag:KEY` with a key of 1 to 128 characters",
            self.0
        )
    }
}

impl std::error::Error for InvalidGrouping {}
