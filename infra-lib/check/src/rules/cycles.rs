//! Resources that wait for each other: every group of them, not only the first.

use std::collections::BTreeMap;

use infra_core::codes;

use crate::finding::Findings;
use crate::function::{GET_ATT, IF, REF, SUB, placeholders};
use crate::model::{Model, Scenario};
use crate::tree::{Kind, Value, condition_name};
use crate::view::read_attribute;

use super::graph::{Graph, list_cycles};

/// References between resources by number, with the conditions under which they exist.
type Edges<'t> = Vec<BTreeMap<usize, Scenario<'t>>>;

/// Maximum number of resources of templates whose cycles are searched; the quota of CloudFormation is 500.
const MAX_RESOURCES: usize = 5_000;

pub(super) fn check_cycles<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    // A macro can break cycles. A template that is far over the quota of resources has a finding already.
    if model.transforms.macros || model.resources.len() > MAX_RESOURCES {
        return;
    }
    let numbers: BTreeMap<&str, usize> = model
        .resources
        .iter()
        .enumerate()
        .map(|(at, one)| (one.name(), at))
        .collect();
    let edges = collect_edges(model, &numbers);
    let graph: Graph = edges
        .iter()
        .map(|targets| targets.keys().copied().collect())
        .collect();
    for cycle in list_cycles(&graph) {
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
