//! Builds a world: one node for each resource, then the resolved properties of each.

use std::collections::BTreeMap;
use std::rc::Rc;

use infra_template::nested::{NESTED_STACK, nested_path};
use infra_template::{ResourceName, Template};
use serde_json::Value as JsonValue;

use super::resolve::Resolver;
use super::{Node, NodeId, StackSource, Unit, World};
use crate::answer::Answer;

pub(super) fn build_world(stacks: Vec<StackSource>) -> World {
    let mut units = Vec::new();
    let mut incomplete = Vec::new();
    for (index, stack) in stacks.iter().enumerate() {
        let parameters = stack.parameters.iter();
        units.push(Unit {
            stack: index,
            nested: String::new(),
            template: Rc::new(stack.template.clone()),
            parameters: parameters
                .map(|(name, value)| (name.clone(), JsonValue::String(value.clone())))
                .collect(),
        });
        for (path, template) in &stack.nested {
            units.push(Unit {
                stack: index,
                nested: path.clone(),
                template: Rc::new(template.clone()),
                parameters: BTreeMap::new(),
            });
        }
        note_unknown_parts(stack, "", &stack.template, &mut incomplete);
        for (path, template) in &stack.nested {
            note_unknown_parts(stack, path, template, &mut incomplete);
        }
    }
    let mut resolver = Resolver::new(stacks, units);
    resolver.pass_parameters();
    let mut nodes = Vec::new();
    for index in 0..resolver.ids.len() {
        nodes.push(resolve_node(&mut resolver, NodeId(index)));
    }
    resolver.add_every_reference();
    let Resolver {
        atoms,
        texts,
        owners,
        references,
        ..
    } = resolver;
    let mut world = World {
        nodes,
        atoms,
        texts,
        owners,
        references,
        incomplete,
    };
    world.drop_absent();
    world
}

fn note_unknown_parts(
    stack: &StackSource,
    path: &str,
    template: &Template,
    found: &mut Vec<String>,
) {
    if template.document().contains_key("Transform") {
        found.push(format!("what the transforms of `{}` add", stack.name));
    }
    for resource in template.resources() {
        let id = nested_path(path, resource.logical_id);
        if resource.type_name == NESTED_STACK && !stack.nested.contains_key(&id) {
            found.push(format!("the nested stack `{id}` of `{}`", stack.name));
        }
    }
}

fn resolve_node(resolver: &mut Resolver, id: NodeId) -> Node {
    let (unit, logical_id) = resolver.ids[id.0].clone();
    let template = Rc::clone(&resolver.units[unit].template);
    let stack = resolver.units[unit].stack;
    let path = nested_path(&resolver.units[unit].nested, &logical_id);
    let resource = template.find_resource(&logical_id);
    let type_name = resource
        .map_or("", |resource| resource.type_name)
        .to_owned();
    let exists = match resource.and_then(|resource| resource.entry_text("Condition")) {
        None => Answer::Yes,
        Some(condition) => match resolver.condition(unit, condition, 0) {
            Some(known) => known.into(),
            None => Answer::Possible,
        },
    };
    let properties = resource.and_then(|resource| resource.entry.get("Properties"));
    let properties = properties.map_or(JsonValue::Null, |properties| {
        resolver.resolve(unit, properties, 0)
    });
    let source = &resolver.stacks[stack];
    let origin = source.origins.get(&path);
    let in_template = resource.and_then(infra_template::TemplateResource::construct_path);
    let construct_path = origin
        .map(|origin| origin.construct_path.clone())
        .or_else(|| in_template.map(str::to_owned));
    let mut name = ResourceName::default();
    name.stack.clone_from(&source.name);
    name.logical_id = path;
    name.type_name.clone_from(&type_name);
    name.construct_path = construct_path;
    name.source = origin.and_then(|origin| origin.source.clone());
    Node {
        name,
        account: resolver.account(unit),
        region: resolver.region(unit),
        type_name,
        properties,
        exists,
    }
}

impl World {
    /// Forgets the properties of resources that a condition of the template excludes, so that they are of no type.
    fn drop_absent(&mut self) {
        for node in &mut self.nodes {
            if node.exists == Answer::No {
                node.type_name.clear();
                node.properties = JsonValue::Null;
            }
        }
    }
}
