//! Renders the tree into templates: moves the data of each node into its section and replaces node references by logical IDs.

use std::collections::{BTreeMap, BTreeSet};

use super::Synth;
use crate::diagnostic::Place;
use crate::template::{Template, TemplateResource};
use crate::tree::{NodeKind, ResourceNode, Tree, UpdateReplace};
use crate::value::{Data, Expr, Map, Target};

/// Transform that `Fn::Length` and `Fn::ToJsonString` require.
const LANGUAGE_EXTENSIONS: &str = "AWS::LanguageExtensions";

pub(super) fn render_templates(synth: &mut Synth) {
    let stacks = synth.stacks.clone();
    let mut templates: BTreeMap<u32, Template> = BTreeMap::new();
    for &stack in &stacks {
        let tree = synth.app.tree.get_mut();
        let props = crate::stack::stack_props(tree, stack);
        let mut template = Template::new(tree.path(stack), crate::stack::stack_name(tree, stack));
        template.description = props.description;
        template.transforms = props.transforms;
        template.sections = props.sections;
        template.generators = props.generators;
        template.place = Some(Place::from(tree.node(stack).origin));
        template.region = crate::stack::stack_environment(tree, stack).region;
        if let Some(extras) = &tree.node(stack).extras {
            template.metadata = extras.metadata.clone();
        }
        templates.insert(stack, template);
    }
    let mut names = NameResolver {
        logical_ids: &synth.logical_ids,
        needs_language_extensions: false,
    };
    let tree = synth.app.tree.get_mut();
    for index in 0..u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX) {
        let path = tree.path(index);
        let moved_from = former_paths(tree, index);
        let place = tree.place(index);
        let node = tree.node_mut(index);
        let (Some(template), Some(id)) = (
            node.stack.and_then(|stack| templates.get_mut(&stack)),
            names.logical_ids[index as usize].clone(),
        ) else {
            continue;
        };
        names.needs_language_extensions = false;
        match &mut node.kind {
            NodeKind::Resource(resource) => {
                let waits_for = synth.resource_dependencies.get(&index);
                let mut rendered = names.render_resource(id, path, resource, waits_for);
                rendered.place = place;
                rendered.node = index;
                rendered.moved_from = moved_from;
                if let Some(extras) = &mut node.extras {
                    rendered.metadata = std::mem::take(&mut extras.metadata);
                    names.resolve_map(&mut rendered.metadata);
                }
                template.resources.push(rendered);
            }
            NodeKind::Parameter(parameter) => template
                .parameters
                .push((id, std::mem::take(&mut parameter.fields))),
            NodeKind::Mapping(mapping) => template
                .mappings
                .push((id, std::mem::take(&mut mapping.entries))),
            NodeKind::Condition(condition) => {
                let mut expr = std::mem::replace(&mut condition.expr, Data::Null);
                names.resolve_data(&mut expr);
                template.conditions.push((id, expr));
            }
            NodeKind::Rule(rule) => {
                let mut fields = Map::new();
                if let Some(mut condition) = rule.condition.take() {
                    names.resolve_data(&mut condition);
                    fields.insert("RuleCondition", condition);
                }
                let assertions = rule
                    .assertions
                    .drain(..)
                    .map(|(mut assertion, description)| {
                        names.resolve_data(&mut assertion);
                        let mut fields = Map::new();
                        fields.insert("Assert", assertion);
                        if !description.is_empty() {
                            fields.insert("AssertDescription", description);
                        }
                        Data::Map(fields)
                    });
                fields.insert("Assertions", Data::list(assertions.collect::<Vec<_>>()));
                template.rules.push((id, fields));
            }
            NodeKind::Output(output) => {
                let mut fields = Map::new();
                if let Some(description) = output.description.take() {
                    fields.insert("Description", description);
                }
                let mut value = std::mem::replace(&mut output.value, Data::Null);
                names.resolve_data(&mut value);
                fields.insert("Value", value);
                if let Some(mut name) = output.export_name.take() {
                    names.resolve_data(&mut name);
                    fields.insert("Export", Data::map([("Name", name)]));
                }
                if let Some(condition) = output.condition {
                    fields.insert("Condition", names.logical_id_of_node(condition.index()));
                }
                template.outputs.push((id, fields));
            }
            NodeKind::App | NodeKind::Stage(_) | NodeKind::Stack(_) | NodeKind::Construct(_) => {}
        }
        if names.needs_language_extensions
            && !template
                .transforms
                .iter()
                .any(|name| name == LANGUAGE_EXTENSIONS)
            // An included template may have a form of the section that is kept as it is.
            && template.sections.get("Transform").is_none()
        {
            template.transforms.push(LANGUAGE_EXTENSIONS.to_owned());
        }
    }
    synth.templates = stacks
        .iter()
        .filter_map(|stack| templates.remove(stack))
        .collect();
    for template in &mut synth.templates {
        template.index_resources();
        drop_redundant_dependencies(template);
    }
}

/// Replaces references to nodes by logical IDs, and records the transforms that the expressions need.
struct NameResolver<'a> {
    logical_ids: &'a [Option<String>],
    needs_language_extensions: bool,
}

impl NameResolver<'_> {
    fn logical_id_of_node(&self, node: u32) -> String {
        self.logical_ids
            .get(node as usize)
            .cloned()
            .flatten()
            .unwrap_or_default()
    }

    fn resolve_map(&mut self, map: &mut Map) {
        for (_, data) in &mut map.0 {
            self.resolve_data(data);
        }
    }

    fn resolve_data(&mut self, data: &mut Data) {
        match data {
            Data::List(items) => items.iter_mut().for_each(|item| self.resolve_data(item)),
            Data::Map(map) => self.resolve_map(map),
            Data::Expr(expr) => {
                self.needs_language_extensions |=
                    matches!(**expr, Expr::Length(_) | Expr::ToJsonString(_));
                if let Some(target) = expr.target_mut()
                    && let Target::Node(node) = target
                {
                    *target = Target::Name(self.logical_id_of_node(node.index()).into());
                }
                expr.for_each_child_mut(&mut |child| self.resolve_data(child));
            }
            _ => {}
        }
    }

    fn render_resource(
        &mut self,
        logical_id: String,
        path: String,
        node: &mut ResourceNode,
        waits_for: Option<&BTreeSet<u32>>,
    ) -> TemplateResource {
        let mut properties = std::mem::take(&mut node.props.0);
        self.resolve_map(&mut properties);
        let mut policies = [node.creation_policy.take(), node.update_policy.take()];
        policies
            .iter_mut()
            .flatten()
            .for_each(|policy| self.resolve_data(policy));
        let [creation_policy, update_policy] = policies;
        let mut depends_on: Vec<String> = waits_for
            .into_iter()
            .flatten()
            .map(|target| self.logical_id_of_node(*target))
            .filter(|id| !node.depends_on.contains(id))
            .collect();
        depends_on.sort();
        let mut written_depends_on = node.depends_on.len();
        depends_on.splice(0..0, std::mem::take(&mut node.depends_on));
        let mut attributes = std::mem::take(&mut node.attributes);
        self.resolve_map(&mut attributes);
        // An attribute as a template has it stands in place of the one of a field.
        let given = |name: &str| attributes.get(name).is_some();
        if given("DependsOn") {
            depends_on.clear();
            written_depends_on = 0;
        }
        TemplateResource {
            logical_id,
            type_name: node.type_name.clone(),
            properties,
            depends_on,
            deletion_policy: node
                .removal_policy
                .filter(|_| !given("DeletionPolicy"))
                .map(crate::RemovalPolicy::deletion_policy),
            update_replace_policy: match node.update_replace {
                Some(UpdateReplace::Unset) => None,
                Some(UpdateReplace::Policy(policy)) => Some(policy),
                None => node.removal_policy,
            }
            .filter(|_| !given("UpdateReplacePolicy"))
            .map(crate::RemovalPolicy::update_replace_policy),
            condition: node
                .condition
                .filter(|_| !given("Condition"))
                .map(|condition| self.logical_id_of_node(condition.index())),
            creation_policy: creation_policy.filter(|_| !given("CreationPolicy")),
            update_policy: update_policy.filter(|_| !given("UpdatePolicy")),
            metadata: Map::new(),
            moved_from: Vec::new(),
            path,
            place: Place {
                file: String::new(),
                line: 0,
                column: 0,
            },
            node: 0,
            written_depends_on,
            attributes,
        }
    }
}

/// Returns the former paths of a node below its stack: those declared on it, and those derived from declarations on its ancestors.
fn former_paths(tree: &Tree, index: u32) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = Some(index);
    while let Some(current) = at {
        let node = tree.node(current);
        if node.stack == Some(current) {
            break;
        }
        let below = tree.path_components(index, Some(current));
        let declared = node.extras.iter().flat_map(|extras| &extras.moved_from);
        found.extend(declared.map(|former| {
            let components = std::iter::once(former.as_str()).chain(below.iter().copied());
            components.collect::<Vec<_>>().join("/")
        }));
        at = node.parent;
    }
    found
}

/// Removes each `DependsOn` entry that references already imply, directly or transitively, as cfn-lint W3005 demands. Those of included templates stay.
fn drop_redundant_dependencies(template: &mut Template) {
    if template
        .resources
        .iter()
        .all(|resource| resource.depends_on.is_empty())
    {
        return;
    }
    let references: Vec<BTreeSet<usize>> = template
        .resources
        .iter()
        .map(|resource| {
            let mut targets = BTreeSet::new();
            resource.for_each_reference(&mut |name, _| {
                targets.extend(template.resource_position(name));
            });
            targets
        })
        .collect();
    let mut kept: Vec<Vec<String>> = Vec::with_capacity(references.len());
    for (at, resource) in template.resources.iter().enumerate() {
        let (written, added) = resource.depends_on.split_at(resource.written_depends_on);
        if added.is_empty() {
            kept.push(written.to_vec());
            continue;
        }
        let mut reached = BTreeSet::new();
        let mut open: Vec<usize> = references[at].iter().copied().collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(&references[next]);
            }
        }
        let needed = |id: &&String| {
            template
                .resource_position(id)
                .is_none_or(|target| !reached.contains(&target))
        };
        let added = added.iter().filter(needed);
        kept.push(written.iter().chain(added).cloned().collect());
    }
    for (resource, depends_on) in template.resources.iter_mut().zip(kept) {
        resource.depends_on = depends_on;
    }
}
