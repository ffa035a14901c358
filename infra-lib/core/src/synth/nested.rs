//! Passes values between stacks of one root: outputs carry them up from a nested stack, parameters carry them down into one. Names are those of the
//! CDK.

use std::collections::BTreeMap;

use super::{Synth, logical_ids};
use crate::logical_id::logical_id;
use crate::node_id::NodeId;
use crate::tree::{NodeKind, OutputNode, ParameterNode, Tree};
use crate::value::{Data, Expr, Map, Target};

/// Separator with which lists are joined into text for outputs and parameters, as in the CDK.
pub(super) const LIST_SEPARATOR: &str = "||";

/// A value read of a node: an attribute, or the result of `Ref`.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) target: NodeId,
    pub(super) attribute: Option<String>,
    /// `true` for a list, which outputs and parameters of nested stacks hold as text.
    pub(super) is_list: bool,
}

impl Reading {
    /// Returns the expression that reads the value within the stack of the target.
    fn to_expr(&self) -> Expr {
        let target = Target::Node(self.target);
        match &self.attribute {
            None => Expr::Ref(target),
            Some(name) => Expr::GetAtt(target, name.clone().into()),
        }
    }

    /// Returns the name of the parameter or output that carries the value: the path of the target from the app, and the attribute.
    fn carrier_name(&self, tree: &Tree) -> String {
        let path = logical_id(&tree.path_components(self.target.index(), None));
        format!("{path}{}", self.attribute.as_deref().unwrap_or("Ref"))
    }
}

/// Passes a value up from the stack that holds its target to an enclosing stack. Each nested stack on the way gets an output. The result is text,
/// even for a list.
pub(super) fn lift_value(synth: &mut Synth, reading: &Reading, to: u32) -> Reading {
    let mut at = reading.clone();
    while let Some(stack) = synth.tree_mut().node(at.target.index()).stack
        && stack != to
        && let Some(resource) = synth.tree_mut().nested_resource(stack)
    {
        let value = if at.is_list {
            Expr::Join(LIST_SEPARATOR.into(), at.to_expr().into())
        } else {
            at.to_expr()
        };
        let tree = synth.app.tree.get_mut();
        let (id, origin) = (at.carrier_name(tree), tree.node(at.target.index()).origin);
        let output = tree.child(stack, &id).unwrap_or_else(|| {
            let node = OutputNode {
                value: value.into(),
                description: None,
                export_name: None,
                condition: None,
            };
            tree.add_node(stack, &id, NodeKind::Output(Box::new(node)), origin)
        });
        let resource = tree.node_id(resource);
        at = Reading {
            target: resource,
            attribute: Some(format!(
                "Outputs.{}",
                assign_logical_id(synth, output, stack)
            )),
            is_list: false,
        };
    }
    at
}

/// Values for parameters of nested stacks, by the resource of the nested stack and the logical ID of the parameter.
#[derive(Default)]
pub(super) struct PassedParameters(BTreeMap<u32, BTreeMap<String, Data>>);

impl PassedParameters {
    /// Returns the expression with which `consumer` reads a value of another stack of the same root.
    pub(super) fn read_value(
        &mut self,
        synth: &mut Synth,
        reading: &Reading,
        consumer: u32,
    ) -> Data {
        let tree = synth.tree_mut();
        let producer = tree.node(reading.target.index()).stack;
        let shared = producer.and_then(|producer| tree.shared_stack(producer, consumer));
        let Some(shared) = shared else {
            return reading.to_expr().into();
        };
        let lifted = lift_value(synth, reading, shared);
        // The value was joined on the way up, or it is in the shared stack already.
        let value = if reading.is_list && !lifted.is_list {
            split_text(lifted.to_expr().into())
        } else {
            lifted.to_expr().into()
        };
        let list = Reading {
            is_list: reading.is_list,
            ..lifted
        };
        self.lower_value(synth, &list, value, shared, consumer)
    }

    /// Passes a value down from a stack that reads it to a stack nested in it. Each nested stack on the way gets a parameter, named after the
    /// reading.
    pub(super) fn lower_value(
        &mut self,
        synth: &mut Synth,
        reading: &Reading,
        value: Data,
        from: u32,
        to: u32,
    ) -> Data {
        let tree = synth.tree_mut();
        let mut way: Vec<u32> = tree
            .stacks_above(to)
            .take_while(|stack| *stack != from)
            .collect();
        way.reverse();
        if way.is_empty() {
            return value;
        }
        let id = format!("reference-to-{}", reading.carrier_name(tree));
        let no_echo = is_no_echo(tree, reading.target);
        let mut text = if reading.is_list {
            join_list(value)
        } else {
            value
        };
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
                tree.add_node(stack, &id, NodeKind::Parameter(Box::new(node)), origin)
            });
            let reference = Expr::Ref(Target::Node(tree.node_id(parameter)));
            let name = assign_logical_id(synth, parameter, stack);
            self.0.entry(resource).or_default().insert(name, text);
            text = reference.into();
        }
        if reading.is_list {
            split_text(text)
        } else {
            text
        }
    }

    /// Adds the values to the `Parameters` of the resources, next to those set by the user.
    pub(super) fn set_parameters(self, tree: &mut Tree) {
        for (resource, values) in self.0 {
            let Some(resource) = tree.node_mut(resource).resource_mut() else {
                continue;
            };
            for (name, value) in values {
                // Fails if the user set `Parameters` to something other than a map, which the schema check reports.
                let _ = resource
                    .props
                    .set_path(&format!("Parameters.{name}"), value);
            }
        }
    }
}

/// Returns the reading by which a stack of the same root obtains a value of a node, or `None` if the value exists only in the node's own template.
///
/// Parameters are passed down. Passing them up turns them into readable outputs, so parameters with `NoEcho` are not passed up.
pub(super) fn find_reading(
    tree: &Tree,
    target: NodeId,
    expr: &Expr,
    consumer: u32,
) -> Option<Reading> {
    let of = |attribute: Option<&str>, is_list| Reading {
        target,
        attribute: attribute.map(str::to_owned),
        is_list,
    };
    match (&tree.node(target.index()).kind, expr) {
        (NodeKind::Resource(_), Expr::Ref(_)) => Some(of(None, false)),
        (NodeKind::Resource(resource), Expr::GetAtt(_, attribute)) => {
            let is_list = crate::validation::is_list_attribute(&resource.type_name, attribute);
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

/// Assigns the logical ID of a node that this pass added.
fn assign_logical_id(synth: &mut Synth, index: u32, stack: u32) -> String {
    let name = logical_ids::id_for_node(synth.tree_mut(), index, stack);
    let needed = index as usize + 1;
    if synth.logical_ids.len() < needed {
        synth.logical_ids.resize(needed, None);
    }
    synth.logical_ids[index as usize] = Some(name.clone());
    name
}

fn split_text(text: Data) -> Data {
    Expr::Split(LIST_SEPARATOR.into(), text).into()
}

/// Returns a list as text: the text it was split from, if any, else a join of its items.
fn join_list(list: Data) -> Data {
    match list {
        Data::Expr(expr) => match *expr {
            Expr::Split(separator, text) if separator == LIST_SEPARATOR => text,
            other => Expr::Join(LIST_SEPARATOR.into(), other.into()).into(),
        },
        other => Expr::Join(LIST_SEPARATOR.into(), other).into(),
    }
}
