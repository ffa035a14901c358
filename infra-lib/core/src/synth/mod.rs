//! Synthesis: one ordered list of passes from the construct tree to templates and findings.

mod acknowledgements;
mod aspects;
mod cycles;
mod dependencies;
mod limits;
mod logical_ids;
mod names;
mod nested;
mod nested_templates;
mod policies;
mod references;
mod render;
mod schema;
mod tags;
mod template_references;
mod validators;

use std::collections::{BTreeMap, BTreeSet};

use nested_templates::Publication;

use crate::diagnostic::{Diagnostic, Origin, Severity, Summary};
use crate::environment::Environment;
use crate::missing_context::MissingContext;
use crate::template::Template;
use crate::tree::{App, NodeKind, Tree};

/// The passes in order. Each does what it can and adds findings; none prints, none stops the ones after it.
const PASSES: &[fn(&mut Synth)] = &[
    aspects::run,
    tags::run,
    names::run,
    logical_ids::run,
    dependencies::run,
    references::run,
    validators::run,
    render::run,
    nested_templates::run,
    template_references::run,
    cycles::run,
    schema::run,
    limits::run,
    policies::run,
    acknowledgements::run,
];

/// Why one stack is deployed after another.
#[derive(Clone, Debug)]
pub(crate) struct StackDependency {
    pub(crate) reason: String,
    pub(crate) origin: Origin,
}

/// What the passes work on.
pub(crate) struct Synth {
    pub(crate) app: App,
    /// The stacks in creation order.
    pub(crate) stacks: Vec<u32>,
    /// Logical ID of each node that is an entry of a template.
    pub(crate) logical_ids: Vec<Option<String>>,
    /// `DependsOn` between resources of one stack.
    pub(crate) resource_dependencies: BTreeMap<u32, BTreeSet<u32>>,
    /// Consumer stack → producer stack.
    pub(crate) stack_dependencies: BTreeMap<u32, BTreeMap<u32, StackDependency>>,
    pub(crate) templates: Vec<Template>,
    /// Templates of nested stacks as they are published, by stack.
    pub(crate) publications: BTreeMap<u32, Publication>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) acknowledged: Vec<Acknowledged>,
}

impl Synth {
    pub(crate) fn tree(&mut self) -> &mut Tree {
        self.app.tree.get_mut()
    }

    /// Notes that `consumer` is deployed after `producer`; the first reason is kept.
    pub(crate) fn order_stacks(
        &mut self,
        consumer: u32,
        producer: u32,
        reason: String,
        origin: Origin,
    ) {
        if consumer != producer {
            let producers = self.stack_dependencies.entry(consumer).or_default();
            producers
                .entry(producer)
                .or_insert(StackDependency { reason, origin });
        }
    }

    /// Checks every template; its findings get the construct and the line of what they name.
    fn check_templates(&mut self, mut check: impl FnMut(&Template, &mut Vec<Diagnostic>)) {
        for template in &self.templates {
            let mut found = Vec::new();
            check(template, &mut found);
            let located = found.into_iter().map(|finding| template.locate(finding));
            self.findings.extend(located);
        }
    }

    pub(crate) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}

/// A finding that was accepted, with the reason given.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Acknowledged {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it is accepted.
    pub reason: String,
}

/// A stack as synthesis leaves it.
#[derive(Debug)]
#[non_exhaustive]
pub struct StackArtifact {
    /// The name of the artifact, unique in the cloud assembly.
    pub id: String,
    /// The construct path, by which people select the stack.
    pub path: String,
    /// The path of the stage that holds the stack; empty when the app does.
    pub stage: String,
    /// The name in CloudFormation.
    pub stack_name: String,
    /// Where it is deployed.
    pub environment: Environment,
    /// Whether CloudFormation refuses to delete it.
    pub termination_protection: bool,
    /// Tags of the stack itself.
    pub tags: BTreeMap<String, String>,
    /// Artifacts that are deployed before.
    pub dependencies: Vec<String>,
    /// The template.
    pub template: Template,
    /// The stacks nested in it at any depth, in creation order.
    pub nested: Vec<NestedStackArtifact>,
    /// The bucket that their templates are published to, with placeholders as in `${AWS::Region}`.
    pub asset_bucket: String,
}

/// A nested stack as synthesis leaves it: a template that is published before the stack around it is deployed.
#[derive(Debug)]
#[non_exhaustive]
pub struct NestedStackArtifact {
    /// The construct path.
    pub path: String,
    /// The file of the template, beside that of the stack around it.
    pub file: String,
    /// SHA-256 of the template in hexadecimal digits: the name that it is published under.
    pub hash: String,
    /// The template.
    pub template: Template,
}

/// What synthesis makes of an app, in memory; [`assembly::write`](crate::assembly::write) puts it on disk.
#[derive(Debug)]
pub struct Synthesis {
    pub(crate) tree: Tree,
    pub(crate) logical_ids: Vec<Option<String>>,
    pub(crate) stacks: Vec<StackArtifact>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) acknowledged: Vec<Acknowledged>,
    pub(crate) missing: Vec<MissingContext>,
}

impl Synthesis {
    /// The stacks, each after those it depends on.
    pub fn stacks(&self) -> &[StackArtifact] {
        &self.stacks
    }

    /// The stack with that construct path, artifact id or CloudFormation name.
    pub fn stack(&self, name: &str) -> Option<&StackArtifact> {
        self.stacks
            .iter()
            .find(|stack| stack.path == name || stack.id == name || stack.stack_name == name)
    }

    /// The nested stack with that construct path.
    pub fn nested_stack(&self, path: &str) -> Option<&NestedStackArtifact> {
        let mut nested = self.stacks.iter().flat_map(|stack| &stack.nested);
        nested.find(|nested| nested.path == path)
    }

    /// What is wrong, worst first.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// What was found and accepted with a reason.
    pub fn acknowledged(&self) -> &[Acknowledged] {
        &self.acknowledged
    }

    /// Facts about the account that the app asked for and nobody has looked up yet.
    pub fn missing(&self) -> &[MissingContext] {
        &self.missing
    }

    /// How many findings there are.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.findings)
    }

    /// Whether any finding keeps the templates from being deployed.
    pub fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|found| found.severity > Severity::Warning)
    }
}

impl App {
    /// Renders every stack and gathers what is wrong with any of them.
    ///
    /// It takes the app: constructs borrow it, so adding one afterwards does not compile.
    pub fn synth(self) -> Synthesis {
        run(self)
    }
}

/// Runs every pass and takes the results out of the tree.
fn run(mut app: App) -> Synthesis {
    let stacks = stacks_of(app.tree.get_mut());
    let mut synth = Synth {
        app,
        stacks,
        logical_ids: Vec::new(),
        resource_dependencies: BTreeMap::new(),
        stack_dependencies: BTreeMap::new(),
        templates: Vec::new(),
        publications: BTreeMap::new(),
        findings: Vec::new(),
        acknowledged: Vec::new(),
    };
    for pass in PASSES {
        pass(&mut synth);
    }
    finish(synth)
}

pub(crate) fn stacks_of(tree: &Tree) -> Vec<u32> {
    (0..)
        .zip(&tree.nodes)
        .filter(|(_, node)| matches!(node.kind, NodeKind::Stack(_)))
        .map(|(at, _)| at)
        .collect()
}

fn finish(synth: Synth) -> Synthesis {
    let tree = synth.app.tree.into_inner();
    let mut by_stack = BTreeMap::new();
    let mut nested: BTreeMap<u32, Vec<NestedStackArtifact>> = BTreeMap::new();
    for (&stack, template) in synth.stacks.iter().zip(synth.templates) {
        match synth.publications.get(&stack) {
            None => {
                by_stack.insert(stack, template);
            }
            Some(publication) => {
                let artifact = NestedStackArtifact {
                    path: tree.path(stack),
                    file: publication.file.clone(),
                    hash: publication.hash.clone(),
                    template,
                };
                nested
                    .entry(tree.root_stack(stack))
                    .or_default()
                    .push(artifact);
            }
        }
    }
    let roots: Vec<u32> = by_stack.keys().copied().collect();
    let order = deployment_order(&roots, &synth.stack_dependencies);
    let mut stacks = Vec::with_capacity(order.len());
    for index in order {
        let Some(template) = by_stack.remove(&index) else {
            continue;
        };
        let props = crate::stack::props(&tree, index);
        let producers = synth.stack_dependencies.get(&index);
        stacks.push(StackArtifact {
            id: crate::stack::artifact_id(&tree, index),
            path: tree.path(index),
            stage: tree.path(tree.stage_of(index)),
            stack_name: crate::stack::stack_name(&tree, index),
            environment: crate::stack::environment(&tree, index),
            termination_protection: props.termination_protection,
            tags: tags::stack_tags(&tree, index, &props),
            dependencies: producers
                .into_iter()
                .flat_map(BTreeMap::keys)
                .map(|producer| crate::stack::artifact_id(&tree, *producer))
                .collect(),
            template,
            nested: nested.remove(&index).unwrap_or_default(),
            asset_bucket: nested_templates::bucket(&tree, index),
        });
    }
    let missing = synth.app.missing.into_inner().into_values().collect();
    Synthesis {
        tree,
        logical_ids: synth.logical_ids,
        stacks,
        findings: synth.findings,
        acknowledged: synth.acknowledged,
        missing,
    }
}

/// Producers before consumers, creation order otherwise. In a cycle, which was reported, creation order decides.
fn deployment_order(
    stacks: &[u32],
    dependencies: &BTreeMap<u32, BTreeMap<u32, StackDependency>>,
) -> Vec<u32> {
    let mut order = Vec::with_capacity(stacks.len());
    let mut placed = BTreeSet::new();
    while order.len() < stacks.len() {
        let waiting = || {
            stacks
                .iter()
                .copied()
                .filter(|stack| !placed.contains(stack))
        };
        let ready = |stack: &u32| {
            dependencies
                .get(stack)
                .is_none_or(|producers| producers.keys().all(|p| placed.contains(p)))
        };
        let Some(next) = waiting().find(ready).or_else(|| waiting().next()) else {
            break;
        };
        placed.insert(next);
        order.push(next);
    }
    order
}
