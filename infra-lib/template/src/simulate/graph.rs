//! Prerequisites of the resources of a stack and its nested stacks, by path, and across stacks.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::template::{Reference, references};
use serde_json::Value as JsonValue;

use crate::Template;
use crate::nested::nested_path;

/// The prerequisites of each resource, by its path in the stack.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    edges: BTreeMap<String, BTreeSet<String>>,
    /// Values of other stacks that a resource reads.
    pub(super) imports: Vec<(String, Import)>,
}

/// A value of another stack.
#[derive(Clone, Debug)]
pub(super) enum Import {
    /// The output of a stack: its name and the logical ID.
    Output(String, String),
    /// An export by its name.
    Export(String),
}

impl Graph {
    /// Reads the templates of a stack and of its nested stacks by path.
    ///
    /// A resource of a nested stack waits for the prerequisites of the nested stack; the nested stack is complete after all of its resources.
    pub(super) fn new(template: &Template, nested: &BTreeMap<String, Template>) -> Self {
        let mut graph = Self::default();
        graph.add_template("", template, &BTreeSet::new());
        // Parents come before their children in the order of paths.
        for (path, template) in nested {
            let above = graph.edges.get(path).cloned().unwrap_or_default();
            let inside: BTreeSet<String> = template
                .resources()
                .map(|resource| nested_path(path, resource.logical_id))
                .collect();
            graph.add_template(path, template, &above);
            graph.edges.entry(path.clone()).or_default().extend(inside);
        }
        graph
    }

    fn add_template(&mut self, above: &str, template: &Template, inherited: &BTreeSet<String>) {
        let at = |id: &str| nested_path(above, id);
        for resource in template.resources() {
            let id = at(resource.logical_id);
            let properties = resource.entry.get("Properties").unwrap_or(&JsonValue::Null);
            let mut waits = inherited.clone();
            for reference in references(properties) {
                match reference {
                    Reference::Local { logical_id, .. } => {
                        if template.find_resource(&logical_id).is_some() {
                            waits.insert(at(&logical_id));
                        }
                    }
                    Reference::StackOutput { stack, output } => {
                        self.imports
                            .push((id.clone(), Import::Output(stack, output)));
                    }
                    Reference::Import { export } => {
                        self.imports.push((id.clone(), Import::Export(export)));
                    }
                    Reference::Condition { .. } => {}
                }
            }
            let declared = match resource.entry.get("DependsOn") {
                Some(JsonValue::String(id)) => vec![id.as_str()],
                Some(JsonValue::Array(ids)) => ids.iter().filter_map(JsonValue::as_str).collect(),
                _ => Vec::new(),
            };
            waits.extend(declared.into_iter().map(at));
            waits.remove(&id);
            self.edges.insert(id, waits);
        }
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.edges.contains_key(id)
    }

    pub(super) fn prerequisites(&self, id: &str) -> impl Iterator<Item = &str> {
        self.edges.get(id).into_iter().flatten().map(String::as_str)
    }

    /// Returns all resources, each after its prerequisites. A circle, which CloudFormation refuses, is cut.
    pub(super) fn order(&self) -> Vec<&str> {
        let mut order = Vec::new();
        let mut seen = BTreeSet::new();
        for id in self.edges.keys() {
            // A stack of work rather than recursion: chains of templates have no limit.
            let mut open = vec![(id.as_str(), false)];
            while let Some((id, done)) = open.pop() {
                if done {
                    order.push(id);
                } else if seen.insert(id) {
                    open.push((id, true));
                    let waits = self.edges.get(id).into_iter().flatten();
                    open.extend(waits.rev().map(|before| (before.as_str(), false)));
                }
            }
        }
        order
    }

    /// Returns every resource that a resource uses, directly and through others.
    pub(super) fn closure(&self, id: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = self.prerequisites(id).collect();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.prerequisites(id));
            }
        }
        found
    }

    /// Returns the same resources with all edges turned: each waits for those that use it.
    pub(super) fn reversed(&self) -> Self {
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (id, waits) in &self.edges {
            edges.entry(id.clone()).or_default();
            for before in waits {
                edges.entry(before.clone()).or_default().insert(id.clone());
            }
        }
        Self {
            edges,
            imports: Vec::new(),
        }
    }
}
