//! Resources that wait for each other: every group of them, not only the first.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::codes;

use crate::finding::Findings;
use crate::function::{GET_ATT, IF, REF, SUB, placeholders};
use crate::model::{Model, Scenario};
use crate::tree::{Kind, Value};
use crate::view::read_attribute;

use super::values::condition_name;

/// References between resources by number, with the conditions under which they exist.
type Edges<'t> = Vec<BTreeMap<usize, Scenario<'t>>>;

pub(super) fn check_cycles<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    // A macro can break cycles.
    if model.transforms.macros {
        return;
    }
    let numbers: BTreeMap<&str, usize> = model
        .resources
        .iter()
        .enumerate()
        .map(|(at, one)| (one.name(), at))
        .collect();
    let edges = collect_edges(model, &numbers);
    let mut reported: BTreeSet<usize> = BTreeSet::new();
    for start in list_candidates(&edges) {
        if reported.contains(&start) {
            continue;
        }
        let Some(cycle) = find_cycle(&edges, start) else {
            continue;
        };
        let mut scenario: Scenario<'t> = Vec::new();
        for (at, from) in cycle.iter().enumerate() {
            let to = cycle[(at + 1) % cycle.len()];
            scenario.extend(edges[*from].get(&to).into_iter().flatten());
            scenario.extend(
                model.resources[*from]
                    .condition
                    .map(|condition| (condition, true)),
            );
        }
        reported.extend(&cycle);
        // A resource that refers to itself is reported at the reference.
        if cycle.len() > 1 && model.conditions.can_hold(&scenario) {
            report_cycle(model, &cycle, findings);
        }
    }
}

fn report_cycle(model: &Model<'_>, cycle: &[usize], findings: &mut Findings) {
    let names: Vec<&str> = cycle.iter().map(|at| model.resources[*at].name()).collect();
    let mut shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    shown.push(shown[0].clone());
    let message = format!("resources form a dependency cycle: {}", shown.join(" → "));
    let draft = findings.add(
        codes::RESOURCE_CYCLE,
        model.resources[cycle[0]].entry.key_span,
        message,
    );
    draft.help(
        "break the cycle with a separate resource, such as AWS::EC2::SecurityGroupIngress for rules between groups",
    );
    for at in &cycle[1..] {
        let entry = model.resources[*at].entry;
        draft.related(format!("`{}`", entry.key), entry.key_span);
    }
}

fn collect_edges<'t>(model: &'t Model<'t>, numbers: &BTreeMap<&str, usize>) -> Edges<'t> {
    let is_expanded =
        |at: usize| model.transforms.serverless && model.resources[at].is_serverless();
    let mut edges = Vec::with_capacity(model.resources.len());
    for (at, resource) in model.resources.iter().enumerate() {
        let mut found = Targets {
            numbers,
            scenario: Vec::new(),
            edges: BTreeMap::new(),
        };
        // SAM makes further resources of such a type, to which references can lead instead.
        if !is_expanded(at) {
            for key in ["Properties", "CreationPolicy", "UpdatePolicy"] {
                if let Some(value) = resource.attribute(key) {
                    found.visit(value);
                }
            }
            if let Some(depends_on) = resource.attribute("DependsOn") {
                let items = depends_on
                    .as_list()
                    .unwrap_or(std::slice::from_ref(depends_on));
                items
                    .iter()
                    .filter_map(Value::as_text)
                    .for_each(|name| found.add(name));
            }
        }
        found.edges.retain(|target, _| !is_expanded(*target));
        edges.push(found.edges);
    }
    edges
}

struct Targets<'a, 't> {
    numbers: &'a BTreeMap<&'a str, usize>,
    scenario: Scenario<'t>,
    edges: BTreeMap<usize, Scenario<'t>>,
}

impl<'t> Targets<'_, 't> {
    fn add(&mut self, name: &str) {
        let Some(target) = self.numbers.get(name) else {
            return;
        };
        // Of several references, the one with the fewest conditions counts.
        let scenario = &self.scenario;
        let known = self
            .edges
            .entry(*target)
            .or_insert_with(|| scenario.clone());
        if scenario.len() < known.len() {
            known.clone_from(scenario);
        }
    }

    fn visit(&mut self, value: &'t Value) {
        match &value.kind {
            Kind::List(items) => items.iter().for_each(|item| self.visit(item)),
            Kind::Map(map) => map
                .entries
                .iter()
                .for_each(|entry| self.visit(&entry.value)),
            Kind::Call(call) => {
                let argument = &call.argument;
                match (call.name.as_str(), argument.as_list()) {
                    (REF, _) => argument
                        .as_text()
                        .into_iter()
                        .for_each(|name| self.add(name)),
                    (GET_ATT, _) => {
                        if let Some((name, _)) = read_attribute(argument) {
                            self.add(name);
                        }
                    }
                    (IF, Some([condition, then, otherwise])) => {
                        for (branch, holds) in [(then, true), (otherwise, false)] {
                            let named = condition_name(condition);
                            self.scenario.extend(named.map(|name| (name, holds)));
                            self.visit(branch);
                            if named.is_some() {
                                self.scenario.pop();
                            }
                        }
                    }
                    (SUB, items) => {
                        let text = items
                            .and_then(<[Value]>::first)
                            .unwrap_or(argument)
                            .as_text();
                        let variables = items.and_then(|items| items.get(1));
                        let is_variable = |name: &str| {
                            variables
                                .and_then(Value::as_map)
                                .is_some_and(|map| map.find_entry(name).is_some())
                        };
                        for name in
                            placeholders(text.unwrap_or_default()).filter(|name| !is_variable(name))
                        {
                            self.add(name.split('.').next().unwrap_or(name));
                        }
                        if let Some(variables) = variables {
                            self.visit(variables);
                        }
                    }
                    _ => self.visit(argument),
                }
            }
            _ => {}
        }
    }
}

/// Returns the nodes that remain when nodes without references to others are removed, again and again: those on a cycle, or before one.
fn list_candidates(edges: &Edges<'_>) -> Vec<usize> {
    let mut referrers: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    let mut left: Vec<usize> = edges.iter().map(BTreeMap::len).collect();
    for (from, targets) in edges.iter().enumerate() {
        for target in targets.keys() {
            referrers[*target].push(from);
        }
    }
    let mut open: Vec<usize> = (0..left.len()).filter(|node| left[*node] == 0).collect();
    while let Some(node) = open.pop() {
        for referrer in &referrers[node] {
            left[*referrer] -= 1;
            if left[*referrer] == 0 {
                open.push(*referrer);
            }
        }
    }
    (0..left.len()).filter(|node| left[*node] > 0).collect()
}

/// Returns the shortest cycle through a node, starting there, by a search in breadth.
fn find_cycle(edges: &Edges<'_>, start: usize) -> Option<Vec<usize>> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for target in edges[node].keys() {
            if *target == start {
                let mut path = vec![node];
                while let Some(previous) = path
                    .last()
                    .filter(|last| **last != start)
                    .and_then(|last| before.get(last))
                {
                    path.push(*previous);
                }
                path.reverse();
                return Some(path);
            }
            if *target != start && !before.contains_key(target) {
                before.insert(*target, node);
                open.push_back(*target);
            }
        }
    }
    None
}
