//! What is drawn: nodes in clusters, and arrows between them.

use std::collections::{BTreeMap, BTreeSet};

use infra_console::words::plural;
use infra_core::template::{Reference, read_resolved_parameters, references};
use infra_core::{StackArtifact, Synthesis};
use serde_json::Value as JsonValue;

use infra_console::app_arguments::GraphDetail;

/// A construct or a resource.
#[derive(Debug)]
pub(super) struct Node {
    /// The construct path below the stack.
    pub(super) name: String,
    /// What it is: a type, or how many resources.
    pub(super) kind: String,
    /// The construct path of the VPC it is in.
    pub(super) vpc: Option<String>,
}

/// A stack with its nodes, by number.
#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) name: String,
    pub(super) nodes: Vec<usize>,
}

impl Cluster {
    /// The nodes that are in no VPC, then those of each VPC.
    pub(super) fn by_vpc(&self, model: &Model) -> (Vec<usize>, BTreeMap<String, Vec<usize>>) {
        let mut outside = Vec::new();
        let mut inside: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for &node in &self.nodes {
            match &model.nodes[node].vpc {
                Some(vpc) => inside.entry(vpc.clone()).or_default().push(node),
                None => outside.push(node),
            }
        }
        (outside, inside)
    }
}

/// An arrow from a node to what it refers to.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether it leads out of the stack.
    pub(super) between_stacks: bool,
}

#[derive(Debug)]
pub(super) struct Model {
    pub(super) clusters: Vec<Cluster>,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: BTreeSet<Edge>,
}

/// A resource by stack and logical ID.
type Key<'s> = (usize, &'s str);

impl Model {
    /// The picture of the whole app, or of the stacks with these paths.
    pub(super) fn new(synthesis: &Synthesis, detail: GraphDetail, only: &[&str]) -> Self {
        let stacks = synthesis.stacks();
        let mut model = Self {
            clusters: Vec::new(),
            nodes: Vec::new(),
            edges: BTreeSet::new(),
        };
        let mut node_of: BTreeMap<Key<'_>, usize> = BTreeMap::new();
        for (at, stack) in stacks.iter().enumerate() {
            model.add_stack(at, stack, detail, &mut node_of);
        }
        let outputs = Outputs::of(stacks);
        let vpcs = vpc_of_nodes(stacks, &node_of);
        for (key, vpc) in &vpcs {
            if let Some(node) = node_of.get(key) {
                model.nodes[*node].vpc = Some(vpc.clone());
            }
        }
        for (at, stack) in stacks.iter().enumerate() {
            let template = stack.template.to_json();
            for resource in &stack.template.resources {
                let json = &template["Resources"][&resource.logical_id];
                let Some(&from) = node_of.get(&(at, resource.logical_id.as_str())) else {
                    continue;
                };
                for (stack, id) in outputs.targets(at, json) {
                    let Some((key, &to)) = node_of.get_key_value(&(stack, id.as_str())) else {
                        continue;
                    };
                    if let Some(vpc) = vpcs.get(key) {
                        model.nodes[from].vpc.get_or_insert_with(|| vpc.clone());
                    }
                    if from != to {
                        model.edges.insert(Edge {
                            from,
                            to,
                            between_stacks: at != stack,
                        });
                    }
                }
            }
        }
        model.keep(only);
        model
    }

    fn add_stack<'s>(
        &mut self,
        at: usize,
        stack: &'s StackArtifact,
        detail: GraphDetail,
        node_of: &mut BTreeMap<Key<'s>, usize>,
    ) {
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut cluster = Cluster {
            name: stack.path.clone(),
            nodes: Vec::new(),
        };
        for resource in &stack.template.resources {
            let below = resource.path.strip_prefix(&stack.path);
            let below = below.map_or(resource.path.as_str(), |path| path.trim_start_matches('/'));
            let name = match detail {
                GraphDetail::Constructs => below.split('/').next().unwrap_or(below),
                _ => below,
            };
            let node = *named.entry(name).or_insert_with(|| {
                self.nodes.push(Node {
                    name: name.to_owned(),
                    kind: resource.type_name.to_string(),
                    vpc: None,
                });
                cluster.nodes.push(self.nodes.len() - 1);
                self.nodes.len() - 1
            });
            let count = counts.entry(node).or_default();
            *count += 1;
            if *count > 1 {
                self.nodes[node].kind = plural(*count, "resource");
            }
            node_of.insert((at, &resource.logical_id), node);
        }
        self.clusters.push(cluster);
    }

    /// Drops the stacks that were not asked for, and arrows that lead to them.
    fn keep(&mut self, only: &[&str]) {
        if only.is_empty() {
            return;
        }
        self.clusters
            .retain(|cluster| only.contains(&cluster.name.as_str()));
        let kept: BTreeSet<usize> = self.clusters.iter().flat_map(|c| c.nodes.clone()).collect();
        self.edges
            .retain(|edge| kept.contains(&edge.from) && kept.contains(&edge.to));
    }
}

/// The VPC that being attached to this resource means to be in: that of a subnet, or the VPC itself.
fn vpc_of_nodes<'s>(
    stacks: &'s [StackArtifact],
    node_of: &BTreeMap<Key<'s>, usize>,
) -> BTreeMap<Key<'s>, String> {
    let mut found = BTreeMap::new();
    for (at, stack) in stacks.iter().enumerate() {
        let resources = &stack.template.resources;
        for vpc in resources.iter().filter(|r| r.type_name == "AWS::EC2::VPC") {
            let path = vpc.path.trim_end_matches("/Resource").to_owned();
            let inside = |resource: &str| {
                resource
                    .strip_prefix(&path)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            for resource in resources {
                let joins = resource.logical_id == vpc.logical_id
                    || resource.type_name == "AWS::EC2::Subnet" && inside(&resource.path);
                let key = (at, resource.logical_id.as_str());
                if joins && node_of.contains_key(&key) {
                    found.insert(key, path.clone());
                }
            }
        }
    }
    found
}

/// What the outputs of every stack lead to, by stack name and output, and by export name.
struct Outputs {
    by_name: BTreeMap<(String, String), (usize, String)>,
    by_export: BTreeMap<String, (usize, String)>,
    /// By stack and parameter that the deployer fills.
    parameters: BTreeMap<(usize, String), (usize, String)>,
}

impl Outputs {
    fn of(stacks: &[StackArtifact]) -> Self {
        let mut outputs = Self {
            by_name: BTreeMap::new(),
            by_export: BTreeMap::new(),
            parameters: BTreeMap::new(),
        };
        for (at, stack) in stacks.iter().enumerate() {
            let template = stack.template.to_json();
            let entries = template["Outputs"].as_object().into_iter().flatten();
            for (name, output) in entries {
                let Some(target) = local(&output["Value"]).into_iter().next() else {
                    continue;
                };
                if let Some(export) = output["Export"]["Name"].as_str() {
                    outputs
                        .by_export
                        .insert(export.to_owned(), (at, target.clone()));
                }
                let key = (stack.stack_name.clone(), name.clone());
                outputs.by_name.insert(key, (at, target));
            }
        }
        for (at, stack) in stacks.iter().enumerate() {
            let template = stack.template.to_json();
            let declared = template.as_object().map(read_resolved_parameters);
            for source in declared.into_iter().flatten() {
                let key = (source.stack, source.output);
                if let Some(target) = outputs.by_name.get(&key).cloned() {
                    outputs.parameters.insert((at, source.parameter), target);
                }
            }
        }
        outputs
    }

    /// Everything that a resource refers to, in its own stack and in others.
    fn targets(&self, at: usize, resource: &JsonValue) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for reference in references(resource) {
            match reference {
                Reference::Local { logical_id, .. } => {
                    let here = (at, logical_id);
                    let target = self.parameters.get(&here).cloned();
                    found.push(target.unwrap_or(here));
                }
                Reference::StackOutput { stack, output } => {
                    found.extend(self.by_name.get(&(stack, output)).cloned());
                }
                Reference::Import { export } => found.extend(self.by_export.get(&export).cloned()),
                Reference::Condition { .. } => {}
            }
        }
        found
    }
}

/// The resources of this template that a value refers to.
fn local(value: &JsonValue) -> Vec<String> {
    let found = references(value).into_iter();
    let found = found.filter_map(|reference| match reference {
        Reference::Local { logical_id, .. } if !logical_id.starts_with("AWS::") => Some(logical_id),
        _ => None,
    });
    found.collect()
}
