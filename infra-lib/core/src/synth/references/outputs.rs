//! Adds outputs that carry values to other stacks.

use std::collections::BTreeMap;

use super::super::nested::LIST_SEPARATOR;
use super::super::{Synth, logical_ids};
use super::StackRead;
use crate::node_id::NodeId;
use crate::stack::stack_name;
use crate::tree::{NodeKind, OutputNode, Tree};
use crate::validation;
use crate::value::{Data, Expr, Target};

/// Published outputs by target node, attribute (`None` for `Ref`), and strength (`true` for exports).
#[derive(Default)]
pub(super) struct Outputs(BTreeMap<(u32, Option<String>, bool), Published>);

/// An output that carries a value to other stacks.
#[derive(Clone)]
pub(super) struct Published {
    pub(super) output: String,
    pub(super) export: Option<String>,
    /// `true` for a list, which an output holds as joined text.
    pub(super) is_list: bool,
}

impl Outputs {
    /// Returns the output of the producer that carries the value, and adds it on first use. Consumers share it.
    pub(super) fn publish_output(
        &mut self,
        synth: &mut Synth,
        read: StackRead<'_>,
        strong: bool,
    ) -> Published {
        let StackRead {
            target,
            producer,
            attribute,
            ..
        } = read;
        let key = (target.index(), attribute.map(str::to_owned), strong);
        if let Some(published) = self.0.get(&key) {
            return published.clone();
        }
        let logical_id = synth.logical_ids[target.index() as usize]
            .clone()
            .unwrap_or_default();
        let tree = synth.app.tree.get_mut();
        let is_list = attribute.is_some_and(|name| is_list_attribute(tree, target, name));
        let (reference, value) = match attribute {
            None => (
                serde_json::json!({ "Ref": logical_id }),
                Expr::Ref(Target::Node(target)),
            ),
            Some(name) => (
                serde_json::json!({ "Fn::GetAtt": [logical_id, name] }),
                Expr::GetAtt(Target::Node(target), name.to_owned().into()),
            ),
        };
        let value = if is_list {
            Expr::Join(LIST_SEPARATOR.into(), value.into())
        } else {
            value
        };
        let origin = tree.node(target.index()).origin;
        let group = if strong { "Exports" } else { "Publish" };
        let scope = tree.child(producer, group).unwrap_or_else(|| {
            tree.add_node(
                producer,
                group,
                NodeKind::Construct("infra-core.CrossStackOutputs".into()),
                origin,
            )
        });
        let node = OutputNode {
            value: value.into(),
            description: None,
            export_name: None,
            condition: None,
        };
        let index = tree.add_node(
            scope,
            &format!("Output{reference}"),
            NodeKind::Output(Box::new(node)),
            origin,
        );
        let output = logical_ids::id_for_node(tree, index, producer);
        let export = strong.then(|| format!("{}:{output}", stack_name(tree, producer)));
        if let NodeKind::Output(node) = &mut tree.node_mut(index).kind {
            node.export_name = export.clone().map(Data::from);
        }
        synth.logical_ids.resize(index as usize + 1, None);
        synth.logical_ids[index as usize] = Some(output.clone());
        let published = Published {
            output,
            export,
            is_list,
        };
        self.0.insert(key, published.clone());
        published
    }
}

pub(super) fn is_list_attribute(tree: &Tree, target: NodeId, attribute: &str) -> bool {
    let type_name = tree
        .node(target.index())
        .resource()
        .map(|resource| &*resource.type_name);
    type_name.is_some_and(|name| validation::is_list_attribute(name, attribute))
}

/// Returns the value, split into a list again if it was joined. A `Fn::GetStackOutput` is wrapped in `Fn::Join`, because cfn-lint (E1018) does not
/// accept it as text in `Fn::Split`.
pub(super) fn split_if_list(expr: Expr, is_list: bool) -> Data {
    if !is_list {
        return expr.into();
    }
    let text = match expr {
        Expr::GetStackOutput(_) => Expr::Join("".into(), Data::list([expr.into()])),
        other => other,
    };
    Expr::Split(LIST_SEPARATOR.into(), text.into()).into()
}
