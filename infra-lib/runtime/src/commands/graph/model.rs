//! Builds the model of the graph: nodes in clusters, and edges between them.

use std::collections::{BTreeMap, BTreeSet};

use infra_console::words::format_count;
use infra_core::Synthesis;
use infra_core::quotas::NESTED_LEVELS;
use infra_core::template::{Reference, Template, read_resolved_parameters, references};
use serde_json::Value as JsonValue;

use infra_console::app_arguments::GraphDetail;

/// A construct, or a single resource.
#[derive(Debug)]
pub(super) struct Node {
    /// Construct path, relative to the stack.
    pub(super) name: String,
    /// Resource type, or the number of resources.
    pub(super) kind: String,
    /// Construct path of the VPC that contains the node.
    pub(super) vpc: Option<String>,
}

/// A stack with the numbers of its nodes.
#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) name: String,
    pub(super) nodes: Vec<usize>,
}

impl Cluster {
    /// Returns the nodes outside of any VPC, then those of each VPC.
    pub(super) fn group_by_vpc(&self, model: &Model) -> (Vec<usize>, BTreeMap<String, Vec<usize>>) {
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

/// A reference from a node to another.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// True if the reference leads to another stack.
    pub(super) between_stacks: bool,
}

#[derive(Debug)]
pub(super) struct Model {
    pub(super) clusters: Vec<Cluster>,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: BTreeSet<Edge>,
}

/// A resource, identified by stack number and logical ID.
type Key<'s> = (usize, &'s str);

/// A stack to draw; nested stacks are separate entries.
struct DrawnStack<'s> {
    path: &'s str,
    /// Name in CloudFormation; `None` for a nested stack, whose name is unknown.
    name: Option<&'s str>,
    template: &'s Template,
    /// Number of the parent stack, and the logical ID of the nested stack's resource there.
    holder: Option<(usize, &'s str)>,
}

impl<'s> DrawnStack<'s> {
    /// Returns every stack, each followed by its nested stacks.
    fn from_synthesis(synthesis: &'s Synthesis) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for stack in synthesis.stacks() {
            let first = found.len();
            found.push(Self {
                path: &stack.path,
                name: Some(&stack.stack_name),
                template: &stack.template,
                holder: None,
            });
            for nested in &stack.nested {
                let holder = parent(&found[first..], &nested.path);
                found.push(Self {
                    path: &nested.path,
                    name: None,
                    template: &nested.template,
                    holder: holder.map(|(at, id)| (first + at, id)),
                });
            }
        }
        found
    }
}

/// Finds the resource of a nested stack, whose construct is a sibling with a derived name.
fn parent<'s>(stacks: &[DrawnStack<'s>], nested: &str) -> Option<(usize, &'s str)> {
    let id = nested.rsplit('/').next()?;
    let path = format!("{nested}.NestedStack/{id}.NestedStackResource");
    stacks.iter().enumerate().find_map(|(at, stack)| {
        let mut resources = stack.template.resources.iter();
        let found = resources.find(|resource| resource.path == path)?;
        Some((at, found.logical_id.as_str()))
    })
}

impl Model {
    /// Builds the graph of the whole app, or of the stacks with the paths in `only`.
    pub(super) fn new(synthesis: &Synthesis, detail: GraphDetail, only: &[&str]) -> Self {
        let stacks = &DrawnStack::from_synthesis(synthesis);
        let mut model = Self {
            clusters: Vec::new(),
            nodes: Vec::new(),
            edges: BTreeSet::new(),
        };
        let mut node_of: BTreeMap<Key<'_>, usize> = BTreeMap::new();
        for (at, stack) in stacks.iter().enumerate() {
            // A nested stack is drawn as a stack, so its resource is hidden.
            let holders = stacks.iter().filter_map(|stack| stack.holder);
            let hidden = holders
                .filter(|(holder, _)| *holder == at)
                .map(|(_, id)| id);
            model.add_stack(at, stack, detail, &hidden.collect(), &mut node_of);
        }
        let outputs = OutputIndex::from_stacks(stacks);
        let vpcs = find_vpcs(stacks, &node_of);
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
                for (stack, id) in outputs.find_targets(at, json) {
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
        model.retain_stacks(only);
        model
    }

    fn add_stack<'s>(
        &mut self,
        at: usize,
        stack: &DrawnStack<'s>,
        detail: GraphDetail,
        hidden: &BTreeSet<&str>,
        node_of: &mut BTreeMap<Key<'s>, usize>,
    ) {
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut cluster = Cluster {
            name: stack.path.to_owned(),
            nodes: Vec::new(),
        };
        let resources = stack.template.resources.iter();
        for resource in resources.filter(|one| !hidden.contains(one.logical_id.as_str())) {
            let below = resource.path.strip_prefix(stack.path);
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
                self.nodes[node].kind = format_count(*count, "resource");
            }
            node_of.insert((at, &resource.logical_id), node);
        }
        self.clusters.push(cluster);
    }

    /// Removes the stacks that are not selected, and edges that lead to them.
    fn retain_stacks(&mut self, only: &[&str]) {
        if only.is_empty() {
            return;
        }
        let is_in = |name: &str, stack: &str| {
            let rest = name.strip_prefix(stack);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.clusters
            .retain(|cluster| only.iter().any(|stack| is_in(&cluster.name, stack)));
        let kept: BTreeSet<usize> = self.clusters.iter().flat_map(|c| c.nodes.clone()).collect();
        self.edges
            .retain(|edge| kept.contains(&edge.from) && kept.contains(&edge.to));
    }
}

/// Returns, for VPCs and subnets, the VPC that resources referring to them belong to.
fn find_vpcs<'s>(
    stacks: &[DrawnStack<'s>],
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

/// A value that a template reads: stack number, logical ID or parameter, and attribute.
type OutputSource = (usize, String, Option<String>);

/// The sources of all outputs, by stack and output name, and by export name.
struct OutputIndex {
    by_name: BTreeMap<(String, String), OutputSource>,
    by_export: BTreeMap<String, OutputSource>,
    /// Sources of parameters, by stack number and parameter, filled by the deployer or the parent stack.
    parameters: BTreeMap<(usize, String), OutputSource>,
    /// Sources of nested stacks' outputs, by the attribute that the parent stack reads.
    nested: BTreeMap<OutputSource, OutputSource>,
}

impl OutputIndex {
    fn from_stacks(stacks: &[DrawnStack<'_>]) -> Self {
        let mut outputs = Self {
            by_name: BTreeMap::new(),
            by_export: BTreeMap::new(),
            parameters: BTreeMap::new(),
            nested: BTreeMap::new(),
        };
        for (at, stack) in stacks.iter().enumerate() {
            let template = stack.template.to_json();
            let entries = template["Outputs"].as_object().into_iter().flatten();
            for (name, output) in entries {
                let Some(target) = find_local_source(at, &output["Value"]) else {
                    continue;
                };
                if let Some(export) = output["Export"]["Name"].as_str() {
                    outputs.by_export.insert(export.to_owned(), target.clone());
                }
                if let Some((above, id)) = stack.holder {
                    let attribute = Some(format!("Outputs.{name}"));
                    let read = (above, id.to_owned(), attribute);
                    outputs.nested.insert(read, target.clone());
                }
                if let Some(stack) = stack.name {
                    let key = (stack.to_owned(), name.clone());
                    outputs.by_name.insert(key, target);
                }
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
            if let Some((above, id)) = stack.holder {
                let given = stacks[above].template.to_json();
                let given = &given["Resources"][id]["Properties"]["Parameters"];
                for (name, value) in given.as_object().into_iter().flatten() {
                    if let Some(target) = find_local_source(above, value) {
                        outputs.parameters.insert((at, name.clone()), target);
                    }
                }
            }
        }
        outputs
    }

    /// Returns everything that a resource refers to, in its own stack and in others.
    fn find_targets(&self, at: usize, resource: &JsonValue) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for reference in references(resource) {
            let read = match reference {
                Reference::Local {
                    logical_id,
                    attribute,
                } => Some((at, logical_id, attribute)),
                Reference::StackOutput { stack, output } => {
                    self.by_name.get(&(stack, output)).cloned()
                }
                Reference::Import { export } => self.by_export.get(&export).cloned(),
                Reference::Condition { .. } => None,
            };
            found.extend(read.map(|read| self.resolve_source(read)));
        }
        found
    }

    /// Follows parameters and outputs to the resource that is the source of the value.
    fn resolve_source(&self, read: OutputSource) -> (usize, String) {
        let mut read = read;
        // The bound ends a cycle of parameters, which could not be deployed.
        for _ in 0..=2 * NESTED_LEVELS {
            let carried = self.parameters.get(&(read.0, read.1.clone()));
            match carried.or_else(|| self.nested.get(&read)) {
                Some(next) => read = next.clone(),
                None => break,
            }
        }
        (read.0, read.1)
    }
}

/// Returns the first resource or parameter of the same template that a value refers to.
fn find_local_source(at: usize, value: &JsonValue) -> Option<OutputSource> {
    references(value)
        .into_iter()
        .find_map(|reference| match reference {
            Reference::Local {
                logical_id,
                attribute,
            } if !logical_id.starts_with("AWS::") => Some((at, logical_id, attribute)),
            _ => None,
        })
}
