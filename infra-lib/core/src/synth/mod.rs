//! Synthesis: an ordered list of passes that turns the construct tree into templates and findings. [`Synthesis`] is the result, with a
//! [`StackArtifact`] for each stack.

mod acknowledgements;
mod aspects;
mod custom_resources;
mod cycles;
mod dependencies;
mod limits;
mod logical_ids;
mod names;
mod nested;
mod nested_templates;
mod policies;
mod policy_cycles;
mod references;
mod render;
mod schema;
mod tags;
mod template_references;
mod validators;

use std::collections::{BTreeMap, BTreeSet};

use nested_templates::Publication;
pub(crate) use nested_templates::{asset_bucket, asset_repository};

use crate::allowed_interruption::AllowedInterruption;
use crate::asset_source::AssetSource;
use crate::diagnostic::{Diagnostic, Origin, Severity, Summary};
use crate::environment::Environment;
use crate::missing_context::MissingContext;
use crate::template::Template;
use crate::tree::{App, NodeKind, Tree};

/// The passes in order. Each pass handles as much as it can and adds findings; none prints or prevents later passes.
const PASSES: &[fn(&mut Synth)] = &[
    aspects::run_aspects,
    tags::apply_tags,
    names::check_names,
    logical_ids::assign_logical_ids,
    dependencies::resolve_dependencies,
    policy_cycles::separate_policies,
    references::resolve_references,
    validators::run_validators,
    render::render_templates,
    nested_templates::set_template_urls,
    template_references::check_references,
    cycles::report_cycles,
    schema::check_schemas,
    custom_resources::check_custom_resources,
    limits::check_limits,
    policies::run_policies,
    acknowledgements::apply_acknowledgements,
];

/// The reason for which a stack is deployed after another, with the location that caused it.
#[derive(Clone, Debug)]
pub(crate) struct StackDependency {
    pub(crate) reason: String,
    pub(crate) origin: Origin,
}

/// State that the passes share.
pub(crate) struct Synth {
    pub(crate) app: App,
    /// Nodes of the stacks, in creation order.
    pub(crate) stacks: Vec<u32>,
    /// Logical ID of each node that is an entry of a template, by node index.
    pub(crate) logical_ids: Vec<Option<String>>,
    /// Resources on which each resource of the same stack depends, for `DependsOn`.
    pub(crate) resource_dependencies: BTreeMap<u32, BTreeSet<u32>>,
    /// Stacks whose values each stack reads, by consumer and producer, with the reason.
    pub(crate) stack_dependencies: BTreeMap<u32, BTreeMap<u32, StackDependency>>,
    pub(crate) templates: Vec<Template>,
    /// Templates of nested stacks to publish, by stack.
    pub(crate) publications: BTreeMap<u32, Publication>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) acknowledged: Vec<Acknowledged>,
}

impl Synth {
    pub(crate) fn tree_mut(&mut self) -> &mut Tree {
        self.app.tree.get_mut()
    }

    /// Records that `consumer` is deployed after `producer`. The first reason is kept.
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

    /// Runs a check over every template. Its findings are completed with the construct path and source location of the entry they name.
    fn check_templates(&mut self, mut check: impl FnMut(&Template, &mut Vec<Diagnostic>)) {
        for template in &self.templates {
            let mut found = Vec::new();
            check(template, &mut found);
            let located = found
                .into_iter()
                .map(|finding| template.locate_finding(finding));
            self.findings.extend(located);
        }
    }

    pub(crate) fn add_finding(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}

/// A finding that was acknowledged, with the reason given in the program.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Acknowledged {
    /// The finding as reported.
    pub finding: Diagnostic,
    /// The reason passed to `acknowledge`.
    pub reason: String,
}

/// The synthesized form of a stack: its template, and the settings with which it is deployed.
#[derive(Debug)]
#[non_exhaustive]
pub struct StackArtifact {
    /// Name of the artifact, unique within the cloud assembly.
    pub id: String,
    /// Construct path, by which users select the stack on the command line.
    pub path: String,
    /// Construct path of the stage that holds the stack, or an empty string for a stack outside stages.
    pub stage: String,
    /// Name of the stack in CloudFormation.
    pub stack_name: String,
    /// Account and region of the stack, each `None` if decided at deployment.
    pub environment: Environment,
    /// Termination protection: `true` if CloudFormation must refuse to delete the stack.
    pub termination_protection: bool,
    /// Tags of the stack, which CloudFormation propagates to its resources.
    pub tags: BTreeMap<String, String>,
    /// Names of the artifacts that must be deployed before this one.
    pub dependencies: Vec<String>,
    /// The rendered template, with references resolved.
    pub template: Template,
    /// Nested stacks at any depth, in creation order.
    pub nested: Vec<NestedStackArtifact>,
    /// Files, folders and images to publish, sorted by hash, each once.
    pub assets: Vec<FileAssetArtifact>,
    /// Bucket to which assets are published, with placeholders such as `${AWS::Region}`.
    pub asset_bucket: String,
    /// Repository in ECR to which images are pushed, with placeholders such as `${AWS::Region}`.
    pub asset_repository: String,
    /// Limits of interruptions by construct path. Those of stages and of the app are limits of the stack.
    pub interruption_limits: BTreeMap<String, AllowedInterruption>,
}

/// A file, a folder or an image that must be published before its stack is deployed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FileAssetArtifact {
    /// Path of the construct that uses the asset.
    pub path: String,
    pub(crate) source: AssetSource,
}

impl FileAssetArtifact {
    /// Returns the SHA-256 of the content in hexadecimal digits; that of the build context for an image.
    pub fn hash(&self) -> &str {
        &self.source.hash
    }

    /// Returns `true` for an image, which is built from a Dockerfile and pushed to a repository.
    pub const fn is_image(&self) -> bool {
        self.source.image.is_some()
    }

    /// Returns the name of the copy in the assembly, in the same folder as the template of the stack.
    pub fn file(&self) -> &str {
        &self.source.file
    }

    /// Returns the key of the object in the bucket.
    pub fn object_key(&self) -> &str {
        &self.source.key
    }
}

/// The synthesized form of a nested stack: a template that must be published before its root stack is deployed.
#[derive(Debug)]
#[non_exhaustive]
pub struct NestedStackArtifact {
    /// Construct path of the nested stack.
    pub path: String,
    /// File name of the template, in the same folder as the template of the root stack.
    pub file: String,
    /// SHA-256 of the template in hexadecimal digits, which is part of the object key in the bucket.
    pub hash: String,
    /// The rendered template, with references resolved.
    pub template: Template,
}

/// The result of synthesizing an app, in memory. [`assembly::write`](crate::assembly::write_assembly) writes it to disk.
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
    /// Returns the root stacks in deployment order: each one follows those it depends on.
    pub fn stacks(&self) -> &[StackArtifact] {
        &self.stacks
    }

    /// Returns the stack with the given construct path, artifact name or CloudFormation name.
    pub fn stack(&self, name: &str) -> Option<&StackArtifact> {
        self.stacks
            .iter()
            .find(|stack| stack.path == name || stack.id == name || stack.stack_name == name)
    }

    /// Returns the nested stack with the given construct path.
    pub fn nested_stack(&self, path: &str) -> Option<&NestedStackArtifact> {
        let mut nested = self.stacks.iter().flat_map(|stack| &stack.nested);
        nested.find(|nested| nested.path == path)
    }

    /// Returns the open findings, the most severe first. Acknowledged findings are not included.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Returns the acknowledged findings with their reasons.
    pub fn acknowledged(&self) -> &[Acknowledged] {
        &self.acknowledged
    }

    /// Returns the context lookups without an answer. The tool, or the `cdk` CLI, resolves them and runs the app again.
    pub fn missing(&self) -> &[MissingContext] {
        &self.missing
    }

    /// Returns the drawing of the construct with the given path, which [`Scope::set_diagram`](crate::Scope::set_diagram) set.
    pub fn diagram(&self, path: &str) -> Option<&str> {
        let mut found = self.diagrams();
        found.find_map(|(known, diagram)| (known == path).then_some(diagram))
    }

    /// Returns all drawings with the paths of their constructs, in the order of the program.
    pub fn diagrams(&self) -> impl Iterator<Item = (String, &str)> {
        let nodes = (0..).zip(&self.tree.nodes);
        nodes.filter_map(|(index, node)| {
            let diagram = node.extras.as_ref()?.diagram.as_deref()?;
            Some((self.tree.path(index), diagram))
        })
    }

    /// Returns the numbers of open findings by severity.
    pub fn summary(&self) -> Summary {
        Summary::from_findings(&self.findings)
    }

    /// Returns `true` if an open finding is an error or fatal, so that the templates must not be deployed.
    pub fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|found| found.severity > Severity::Warning)
    }
}

impl App {
    /// Renders every stack and collects the findings of all of them.
    ///
    /// The app is consumed: constructs borrow it, so adding one afterwards does not compile.
    pub fn synth(self) -> Synthesis {
        run_passes(self)
    }
}

/// Runs every pass and moves the results out of the tree.
fn run_passes(mut app: App) -> Synthesis {
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
    finish_synthesis(synth)
}

pub(crate) fn stacks_of(tree: &Tree) -> Vec<u32> {
    (0..)
        .zip(&tree.nodes)
        .filter(|(_, node)| matches!(node.kind, NodeKind::Stack(_)))
        .map(|(at, _)| at)
        .collect()
}

fn finish_synthesis(synth: Synth) -> Synthesis {
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
    let mut assets = assets(&tree);
    let mut limits = interruption_limits(&tree);
    let mut stacks = Vec::with_capacity(order.len());
    for index in order {
        let Some(template) = by_stack.remove(&index) else {
            continue;
        };
        let props = crate::stack::stack_props(&tree, index);
        let producers = synth.stack_dependencies.get(&index);
        stacks.push(StackArtifact {
            id: crate::stack::artifact_id(&tree, index),
            path: tree.path(index),
            stage: tree.path(tree.stage_of(index)),
            stack_name: crate::stack::stack_name(&tree, index),
            environment: crate::stack::stack_environment(&tree, index),
            termination_protection: props.termination_protection,
            tags: tags::stack_tags(&tree, index, &props),
            dependencies: producers
                .into_iter()
                .flat_map(BTreeMap::keys)
                .map(|producer| crate::stack::artifact_id(&tree, *producer))
                .collect(),
            template,
            nested: nested.remove(&index).unwrap_or_default(),
            assets: assets
                .remove(&index)
                .unwrap_or_default()
                .into_values()
                .collect(),
            asset_bucket: asset_bucket(&tree, index),
            asset_repository: asset_repository(&tree, index),
            interruption_limits: limits.remove(&index).unwrap_or_default(),
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

/// Returns the limits of interruptions of each root stack, by construct path.
fn interruption_limits(tree: &Tree) -> BTreeMap<u32, BTreeMap<String, AllowedInterruption>> {
    let mut found: BTreeMap<u32, BTreeMap<String, AllowedInterruption>> = BTreeMap::new();
    let declared = (0..).zip(&tree.nodes).filter_map(|(index, node)| {
        let allowed = node.extras.as_ref()?.allowed_interruption?;
        Some((index, node.stack, allowed))
    });
    for (index, stack, allowed) in declared {
        let roots: Vec<u32> = match stack {
            Some(stack) => vec![tree.root_stack(stack)],
            // The app or a stage.
            None => tree
                .collect_subtree(index)
                .into_iter()
                .filter(|at| tree.node(*at).stack == Some(*at) && tree.root_stack(*at) == *at)
                .collect(),
        };
        for root in roots {
            let path = if stack.is_some() {
                tree.path(index)
            } else {
                tree.path(root)
            };
            let limits = found.entry(root).or_default();
            let limit = limits.entry(path).or_insert(allowed);
            *limit = allowed.min(*limit);
        }
    }
    found
}

/// Returns the assets of each root stack by name. An asset that several constructs use is listed with the first of them.
fn assets(tree: &Tree) -> BTreeMap<u32, BTreeMap<String, FileAssetArtifact>> {
    let mut found: BTreeMap<u32, BTreeMap<String, FileAssetArtifact>> = BTreeMap::new();
    for (index, node) in (0..).zip(&tree.nodes) {
        let (Some(stack), Some(extras)) = (node.stack, &node.extras) else {
            continue;
        };
        for source in &extras.assets {
            let of_stack = found.entry(tree.root_stack(stack)).or_default();
            of_stack
                .entry(source.file.clone())
                .or_insert_with(|| FileAssetArtifact {
                    path: tree.path(index),
                    source: source.clone(),
                });
        }
    }
    found
}

/// Sorts stacks so that producers precede consumers, in creation order otherwise. Within a cycle, which is reported, creation order applies.
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
