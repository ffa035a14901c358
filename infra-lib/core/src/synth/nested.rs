//! Values between stacks of one root: outputs on the way up from a nested stack, parameters on the way down into one, named as in
//! the CDK.

use std::collections::BTreeMap;

use super::{Synth, logical_ids};
use crate::logical_id::logical_id;
use crate::node_id::NodeId;
use crate::tree::{NodeKind, OutputNode, ParameterNode, Tree};
use crate::value::{Data, Expr, Map, Target};

/// Lists travel through text joined with this, as the CDK does it.
pub(super) const LIST_SEPARATOR: &str = "||";

/// What is read of a node: an attribute, or what `Ref` gives.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) target: NodeId,
    pub(super) attribute: Option<String>,
    /// A list, which outputs and parameters of nested stacks hold as text.
    pub(super) is_list: bool,
}

impl Reading {
    /// The value, as the stack that holds the target reads it.
    fn expr(&self) -> Expr {
        let target = Target::Node(self.target);
        match &self.attribute {
            None => Expr::Ref(target),
            Some(name) => Expr::GetAtt(target, name.clone().into()),
        }
    }

    /// The name of a parameter or output that carries the value: the path of the target from the app, and what is read.
    fn name(&self, tree: &Tree) -> String {
        let path = logical_id(&tree.components(self.target.index(), None));
        format!("{path}{}", self.attribute.as_deref().unwrap_or("Ref"))
    }
}

/// Brings a value up from the stack that holds its target to one of those around it. Each nested stack on the way gets an output.
/// What is read there is text, also where the value is a list.
pub(super) fn lift(synth: &mut Synth, reading: &Reading, to: u32) -> Reading {
    let mut at = reading.clone();
    while let Some(stack) = synth.tree().node(at.target.index()).stack
        && stack != to
        && let Some(resource) = synth.tree().nested_resource(stack)
    {
        let value = if at.is_list {
            Expr::Join(LIST_SEPARATOR.into(), at.expr().into())
        } else {
            at.expr()
        };
        let tree = synth.app.tree.get_mut();
        let (id, origin) = (at.name(tree), tree.node(at.target.index()).origin);
        let output = tree.child(stack, &id).unwrap_or_else(|| {
            let node = OutputNode {
                value: value.into(),
                description: None,
                export_name: None,
                condition: None,
            };
            tree.add(stack, &id, NodeKind::Output(Box::new(node)), origin)
        });
        let resource = tree.node_id(resource);
        at = Reading {
            target: resource,
            attribute: Some(format!("Outputs.{}", register(synth, output, stack))),
            is_list: false,
        };
    }
    at
}

/// Values for parameters of nested stacks, by the resource that the nested stack is and the parameter's logical ID.
#[derive(Default)]
pub(super) struct Passed(BTreeMap<u32, BTreeMap<String, Data>>);

impl Passed {
    /// The value of another stack of the same root as `consumer` reads it.
    pub(super) fn read(&mut self, synth: &mut Synth, reading: &Reading, consumer: u32) -> Data {
        let tree = synth.tree();
        let producer = tree.node(reading.target.index()).stack;
        let shared = producer.and_then(|producer| tree.shared_stack(producer, consumer));
        let Some(shared) = shared else {
            return reading.expr().into();
        };
        let lifted = lift(synth, reading, shared);
        // Joined on the way up, or as it stands.
        let value = if reading.is_list && !lifted.is_list {
            split(lifted.expr().into())
        } else {
            lifted.expr().into()
        };
        let list = Reading {
            is_list: reading.is_list,
            ..lifted
        };
        self.lower(synth, &list, value, shared, consumer)
    }

    /// Brings a value down from a stack that reads it to one nested in it. Each nested stack on the way gets a parameter, named after
    /// the reading.
    pub(super) fn lower(
        &mut self,
        synth: &mut Synth,
        reading: &Reading,
        value: Data,
        from: u32,
        to: u32,
    ) -> Data {
        let tree = synth.tree();
        let mut way: Vec<u32> = tree
            .stacks_above(to)
            .take_while(|stack| *stack != from)
            .collect();
        way.reverse();
        if way.is_empty() {
            return value;
        }
        let id = format!("reference-to-{}", reading.name(tree));
        let no_echo = is_no_echo(tree, reading.target);
        let mut text = if reading.is_list { join(value) } else { value };
        for stack in way {
            let tree = synth.app.tree.get_mut();
            let Some(resource) = tree.nested_resource(stack) else {
                continue;
            };
            let origin = tree.node(stack).origin;
            let parameter = tree.child(stack, &id).unwrap_or_else(|| {
                let mut fields: Map = [("Type", Data::from("String"))].into_iter().collect();
                if no_echo {
                    fields.insert("NoEcho", true);
                }
                let node = ParameterNode { fields };
                tree.add(stack, &id, NodeKind::Parameter(Box::new(node)), origin)
            });
            let reference = Expr::Ref(Target::Node(tree.node_id(parameter)));
            let name = register(synth, parameter, stack);
            self.0.entry(resource).or_default().insert(name, text);
            text = reference.into();
        }
        if reading.is_list { split(text) } else { text }
    }

    /// Gives the values to the resources, beside those that the user gave.
    pub(super) fn give(self, tree: &mut Tree) {
        for (resource, values) in self.0 {
            let Some(resource) = tree.node_mut(resource).resource_mut() else {
                continue;
            };
            for (name, value) in values {
                // Fails where the user gave something else than a map, which the schema then refuses.
                let _ = resource
                    .props
                    .set_path(&format!("Parameters.{name}"), value);
            }
        }
    }
}

/// What a stack of the same root reads of a node of another; `None` where only the template of the node knows it.
///
/// Parameters are passed down. Up they would become outputs, where everybody reads them, so hidden ones stay.
pub(super) fn reading(tree: &Tree, target: NodeId, expr: &Expr, consumer: u32) -> Option<Reading> {
    let of = |attribute: Option<&str>, is_list| Reading {
        target,
        attribute: attribute.map(str::to_owned),
        is_list,
    };
    match (&tree.node(target.index()).kind, expr) {
        (NodeKind::Resource(_), Expr::Ref(_)) => Some(of(None, false)),
        (NodeKind::Resource(resource), Expr::GetAtt(_, attribute)) => {
            let is_list = super::schema::is_list_attribute(&resource.type_name, attribute);
            Some(of(Some(attribute), is_list))
        }
        (NodeKind::Parameter(parameter), Expr::Ref(_)) => {
            let stays_below = tree
                .stacks_above(consumer)
                .any(|above| tree.node(target.index()).stack == Some(above));
            let kind = parameter.fields.get("Type").and_then(Data::as_text);
            let is_list =
                kind.is_some_and(|kind| kind == "CommaDelimitedList" || kind.contains("List<"));
            (stays_below || !is_no_echo(tree, target)).then(|| of(None, is_list))
        }
        _ => None,
    }
}

fn is_no_echo(tree: &Tree, target: NodeId) -> bool {
    match &tree.node(target.index()).kind {
        NodeKind::Parameter(parameter) => parameter
            .fields
            .get("NoEcho")
            .is_some_and(|given| given.as_bool() != Some(false)),
        _ => false,
    }
}

/// Gives a node that was added by this pass its logical ID.
fn register(synth: &mut Synth, index: u32, stack: u32) -> String {
    let name = logical_ids::of_node(synth.tree(), index, stack);
    let needed = index as usize + 1;
    if synth.logical_ids.len() < needed {
        synth.logical_ids.resize(needed, None);
    }
    synth.logical_ids[index as usize] = Some(name.clone());
    name
}

fn split(text: Data) -> Data {
    Expr::Split(LIST_SEPARATOR.into(), text).into()
}

/// The text of a list: what it was split from, where it was.
fn join(list: Data) -> Data {
    match list {
        Data::Expr(expr) => match *expr {
            Expr::Split(separator, text) if separator == LIST_SEPARATOR => text,
            other => Expr::Join(LIST_SEPARATOR.into(), other.into()).into(),
        },
        other => Expr::Join(LIST_SEPARATOR.into(), other).into(),
    }
}
