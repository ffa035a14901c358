//! Computes the longest chain of a deployment from the dependencies and durations of its changes.

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

use super::{Work, expected_seconds};
use crate::Template;
use crate::review::Action;
use crate::review::{Estimate, ResourceChange};
use infra_core::template::{Reference, references};

/// Estimates the duration of changes. CloudFormation creates and updates independent resources in parallel, and deletes obsolete resources at the
/// end.
///
/// Returns `None` if nothing changes.
pub fn estimate_changes(
    changes: &[ResourceChange],
    old: &Template,
    new: &Template,
) -> Option<Estimate> {
    let mut forward: BTreeMap<&str, u64> = BTreeMap::new();
    let mut cleanup: BTreeMap<&str, u64> = BTreeMap::new();
    for change in changes {
        let id = change.resource.logical_id.as_str();
        let type_name = change.resource.type_name.as_str();
        match change.action {
            Action::Remove => {
                cleanup.insert(id, expected_seconds(type_name, Work::Delete));
            }
            Action::Add => {
                forward.insert(id, expected_seconds(type_name, Work::Create));
            }
            // Only the logical ID changes, which requires no operation on the resource.
            _ if change.moved_from.is_some() && change.properties.is_empty() => {}
            _ if change.replacement.is_possible() => {
                forward.insert(id, expected_seconds(type_name, Work::Create));
                cleanup.insert(id, expected_seconds(type_name, Work::Delete));
            }
            _ => {
                forward.insert(id, expected_seconds(type_name, Work::Update));
            }
        }
    }
    let (work, mut path) = find_longest_chain(&forward, &list_prerequisites(new));
    // Deletion follows the same chains in reverse.
    let (leftovers, mut removed) = find_longest_chain(&cleanup, &list_prerequisites(old));
    removed.reverse();
    path.extend(removed);
    (!path.is_empty()).then(|| Estimate {
        seconds: work + leftovers,
        critical_path: path.into_iter().map(str::to_owned).collect(),
    })
}

/// Returns the prerequisites of each resource: references and `DependsOn`.
fn list_prerequisites(template: &Template) -> BTreeMap<&str, Vec<String>> {
    template
        .resources()
        .map(|resource| {
            let properties = resource.entry.get("Properties").unwrap_or(&JsonValue::Null);
            let referred = references(properties).into_iter();
            let referred = referred.filter_map(|reference| match reference {
                Reference::Local { logical_id, .. } => Some(logical_id),
                _ => None,
            });
            let declared = match resource.entry.get("DependsOn") {
                Some(JsonValue::String(id)) => vec![id.clone()],
                Some(JsonValue::Array(ids)) => ids
                    .iter()
                    .filter_map(|id| Some(id.as_str()?.to_owned()))
                    .collect(),
                _ => Vec::new(),
            };
            (resource.logical_id, referred.chain(declared).collect())
        })
        .collect()
}

/// Returns the longest chain of resources with a duration. Other resources take no time but still connect chains.
fn find_longest_chain<'t>(
    cost: &BTreeMap<&'t str, u64>,
    waits_for: &BTreeMap<&'t str, Vec<String>>,
) -> (u64, Vec<&'t str>) {
    let mut search = Search {
        cost,
        waits_for,
        known: BTreeMap::new(),
    };
    let mut best: (u64, Option<&'t str>) = (0, None);
    for id in cost.keys() {
        let end = search.finish_time(id);
        if end > best.0 {
            best = (end, Some(*id));
        }
    }
    let mut path = Vec::new();
    let mut at = best.1;
    while let Some(id) = at {
        if cost.contains_key(id) {
            path.push(id);
        }
        at = search.known.get(id).and_then(|(_, before)| *before);
    }
    path.reverse();
    (best.0, path)
}

struct Search<'s, 't> {
    cost: &'s BTreeMap<&'t str, u64>,
    waits_for: &'s BTreeMap<&'t str, Vec<String>>,
    /// Time at which a resource is done, and the prerequisite that finished last.
    known: BTreeMap<&'t str, (u64, Option<&'t str>)>,
}

impl<'t> Search<'_, 't> {
    fn finish_time(&mut self, id: &'t str) -> u64 {
        if let Some((end, _)) = self.known.get(id) {
            return *end;
        }
        // CloudFormation refuses cycles; a template with one must not cause endless recursion.
        self.known.insert(id, (0, None));
        let mut start = (0, None);
        let waits_for = self.waits_for;
        for before in waits_for.get(id).into_iter().flatten() {
            let Some((before, _)) = waits_for.get_key_value(before.as_str()) else {
                continue;
            };
            let end = self.finish_time(before);
            if end > start.0 {
                start = (end, Some(*before));
            }
        }
        let end = start.0 + self.cost.get(id).copied().unwrap_or(0);
        self.known.insert(id, (end, start.1));
        end
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::estimate_changes;
    use crate::ResourceName;
    use crate::Template;
    use crate::review::Action;
    use crate::review::{Replacement, ResourceChange};

    fn change(
        id: &str,
        type_name: &str,
        action: Action,
        replacement: Replacement,
    ) -> ResourceChange {
        ResourceChange {
            resource: ResourceName {
                logical_id: id.to_owned(),
                type_name: type_name.to_owned(),
                ..ResourceName::default()
            },
            action,
            replacement,
            policy_action: None,
            stateful: false,
            properties: Vec::new(),
            moved_from: None,
        }
    }

    fn template() -> Template {
        Template::from_json(json!({ "Resources": {
            "Vpc": { "Type": "AWS::EC2::VPC" },
            "Nat": { "Type": "AWS::EC2::NatGateway", "Properties": { "VpcId": { "Ref": "Vpc" } } },
            "Database": { "Type": "AWS::RDS::DBInstance", "DependsOn": "Vpc" },
            "Service": { "Type": "AWS::ECS::Service", "Properties": {
                "Host": { "Fn::Sub": "${Database.Endpoint.Address}" } } },
        } }))
        .unwrap()
    }

    #[test]
    fn estimates_longest_chain() {
        let add = |id, type_name| change(id, type_name, Action::Add, Replacement::No);
        let changes = [
            add("Vpc", "AWS::EC2::VPC"),
            add("Nat", "AWS::EC2::NatGateway"),
            add("Database", "AWS::RDS::DBInstance"),
            add("Service", "AWS::ECS::Service"),
        ];
        let found = estimate_changes(&changes, &Template::empty(), &template()).unwrap();
        assert_eq!(found.critical_path, ["Vpc", "Database", "Service"]);
        assert_eq!(found.seconds, 14 + 595 + 119);
    }

    #[test]
    fn counts_only_changes_and_cleanup_after_replacement() {
        let yes = Replacement::Yes {
            because: Vec::new(),
        };
        let changes = [
            change("Vpc", "AWS::EC2::VPC", Action::Modify, Replacement::No),
            change("Service", "AWS::ECS::Service", Action::Modify, yes),
        ];
        let found = estimate_changes(&changes, &template(), &template()).unwrap();
        assert_eq!(found.critical_path, ["Vpc", "Service", "Service"]);
        assert_eq!(found.seconds, 12 + 119 + 120);
        assert_eq!(estimate_changes(&[], &template(), &template()), None);
    }

    #[test]
    fn terminates_on_cycle() {
        let circle = Template::from_json(json!({ "Resources": {
            "A": { "Type": "X", "DependsOn": ["B"] }, "B": { "Type": "X", "DependsOn": ["A"] } } }));
        let changes = [change("A", "X", Action::Add, Replacement::No)];
        assert!(estimate_changes(&changes, &Template::empty(), &circle.unwrap()).is_some());
    }
}
