//! Everything that a simulation reads: the changes of each stack with its graphs of dependencies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as JsonValue};

use super::graph::{Graph, Import};
use super::interruption::{judge_change, judge_nested};
use super::rules::Subject;
use crate::assembly::Stack;
use crate::diff::DeployedStackState;
use crate::nested::NESTED_STACK;
use crate::review::{Availability, Direction, Interruption, ResourceChange, Review, StackReview};
use crate::{ResourceName, Template};

/// Type of the resource with which the CDK counts its users: CloudFormation creates nothing for it.
const CDK_METADATA: &str = "AWS::CDK::Metadata";

/// The stacks of a deployment.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    pub(super) stacks: Vec<Place>,
    /// Names of all resources of the new templates, by name of the stack and path.
    names: BTreeMap<(String, String), ResourceName>,
}

/// A stack with its changes.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) review: StackReview,
    pub(super) old: Templates,
    pub(super) new: Templates,
    /// Positions of the stacks that are deployed before.
    pub(super) waits_for: Vec<usize>,
    outputs: BTreeMap<String, BTreeSet<String>>,
    exports: BTreeMap<String, String>,
}

/// A template and its nested ones, with the graph of their resources.
#[derive(Clone, Debug)]
pub(super) struct Templates {
    root: Template,
    nested: BTreeMap<String, Template>,
    pub(super) graph: Graph,
}

impl Templates {
    fn new(root: Template, nested: BTreeMap<String, Template>) -> Self {
        let graph = Graph::new(&root, &nested);
        Self {
            root,
            nested,
            graph,
        }
    }

    /// Returns the entry of a resource by its path.
    pub(super) fn entry(&self, path: &str) -> Option<&Map<String, JsonValue>> {
        let (template, id) = match path.rsplit_once('/') {
            Some((above, id)) => (self.nested.get(above)?, id),
            None => (&self.root, path),
        };
        Some(template.find_resource(id)?.entry)
    }
}

impl World {
    pub(super) fn new(
        review: &Review,
        before: &BTreeMap<String, DeployedStackState>,
        after: &[&Stack],
    ) -> Self {
        let mut names = BTreeMap::new();
        let mut stacks: Vec<Place> = Vec::new();
        for found in &review.stacks {
            let old = before.get(&found.stack).map_or_else(
                || Templates::new(Template::empty(), BTreeMap::new()),
                |state| Templates::new(state.template.clone(), state.nested.clone()),
            );
            let stack = after.iter().find(|stack| stack.name == found.stack);
            let new = stack.map_or_else(
                || Templates::new(Template::empty(), BTreeMap::new()),
                |stack| Templates::new(stack.template.clone(), stack.nested_templates()),
            );
            if let Some(stack) = stack {
                for path in new.graph.order() {
                    let type_name = new
                        .entry(path)
                        .and_then(|entry| entry.get("Type")?.as_str());
                    let name = stack.resource_name(path, type_name.unwrap_or_default());
                    names.insert((stack.name.clone(), path.to_owned()), name);
                }
            }
            let mut place = Place {
                review: found.clone(),
                old,
                outputs: BTreeMap::new(),
                exports: BTreeMap::new(),
                new,
                waits_for: Vec::new(),
            };
            place.read_outputs();
            let ids = stack.map_or(&[][..], |stack| &stack.dependencies);
            let needed = after.iter().filter(|other| ids.contains(&other.id));
            place.waits_for = needed
                .filter_map(|other| {
                    stacks
                        .iter()
                        .position(|place| place.review.stack == other.name)
                })
                .collect();
            // Stacks that are deleted come last, one after another.
            if stack.is_none() {
                place.waits_for = (0..stacks.len()).collect();
            }
            stacks.push(place);
        }
        Self { stacks, names }
    }

    /// Returns the resources of a construct and all that they use, as names of stacks and paths; `None` if there is no such construct.
    pub(super) fn resources_behind(&self, name: &str) -> Option<BTreeSet<(&str, &str)>> {
        let below = format!("{name}/");
        self.find_used(|resource| {
            let path = resource.construct_path.as_ref();
            resource.is_named(name) || path.is_some_and(|path| path.starts_with(&below))
        })
    }

    /// Returns the resources at a construct path and below it, and all that they use.
    pub(super) fn resources_at(&self, path: &str) -> BTreeSet<(&str, &str)> {
        let below = format!("{path}/");
        let found = self.find_used(|resource| {
            let known = resource.construct_path.as_ref();
            known.is_some_and(|known| known == path || known.starts_with(&below))
        });
        found.unwrap_or_default()
    }

    fn find_used(
        &self,
        is_wanted: impl Fn(&ResourceName) -> bool,
    ) -> Option<BTreeSet<(&str, &str)>> {
        let mut open: Vec<(usize, &str)> = Vec::new();
        for ((stack, path), resource) in &self.names {
            if is_wanted(resource)
                && let Some(at) = self.position(stack)
            {
                open.push((at, path));
            }
        }
        // A construct that the change removes is in the old templates only.
        for (at, place) in self.stacks.iter().enumerate() {
            for change in &place.review.resources {
                if is_wanted(&change.resource) {
                    open.push((at, &change.resource.logical_id));
                }
            }
        }
        if open.is_empty() {
            return None;
        }
        let mut found = BTreeSet::new();
        while let Some((at, path)) = open.pop() {
            let place = &self.stacks[at];
            if !found.insert((place.review.stack.as_str(), path)) {
                continue;
            }
            let graph = &place.new.graph;
            let inside: Vec<&str> = graph.closure(path).into_iter().collect();
            for import in graph
                .imports
                .iter()
                .filter(|(user, _)| user == path || inside.contains(&user.as_str()))
            {
                open.extend(self.producers(&import.1));
            }
            open.extend(inside.into_iter().map(|path| (at, path)));
        }
        Some(found)
    }

    fn position(&self, stack: &str) -> Option<usize> {
        self.stacks
            .iter()
            .position(|place| place.review.stack == stack)
    }

    /// Returns the resources that a value of another stack is read from.
    fn producers(&self, import: &Import) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        for (at, place) in self.stacks.iter().enumerate() {
            let output = match import {
                Import::Output(stack, output) if *stack == place.review.stack => Some(output),
                Import::Output(..) => None,
                Import::Export(export) => place.exports.get(export),
            };
            let ids = output.and_then(|output| place.outputs.get(output));
            found.extend(ids.into_iter().flatten().map(|id| (at, id.as_str())));
        }
        found
    }
}

impl Place {
    fn read_outputs(&mut self) {
        use infra_core::template::{Reference, references};
        for (name, output) in self.new.root.section_entries("Outputs") {
            let found = references(&output["Value"]).into_iter();
            let ids = found.filter_map(|reference| match reference {
                Reference::Local { logical_id, .. } => Some(logical_id),
                _ => None,
            });
            self.outputs.insert(name.to_owned(), ids.collect());
            if let Some(export) = output["Export"]["Name"].as_str() {
                self.exports.insert(export.to_owned(), name.to_owned());
            }
        }
    }

    /// Returns the resource of a change, as the rules read it.
    pub(super) fn subject(&self, change: &ResourceChange) -> Subject<'_> {
        let id = &change.resource.logical_id;
        Subject {
            before: self.old.entry(id),
            after: self.new.entry(id),
            narrows: self.review.security.iter().any(|found| {
                found.direction == Direction::Narrowing && found.resource.logical_id == *id
            }),
        }
    }

    pub(super) fn judge(&self, change: &ResourceChange) -> Interruption {
        if change.resource.type_name == NESTED_STACK {
            let mut nested = self.review.nested.iter();
            return judge_nested(
                change,
                nested.find(|found| found.path == change.resource.logical_id),
            );
        }
        if change.resource.type_name == CDK_METADATA {
            return Interruption::plain(
                Availability::None,
                "the resource exists only in the template",
            );
        }
        judge_change(change, self.review.change, self.subject(change))
    }
}
