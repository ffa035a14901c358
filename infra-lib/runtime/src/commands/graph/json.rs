//! Serializes the graph as JSON.

use infra_console::documents::{GraphDocument, GraphNode, GraphStack, to_json};
use serde_json::Value as JsonValue;

use super::model::Model;

/// Returns the stacks in deployment order with their nodes, and references by node number.
pub(super) fn draw_json(model: &Model) -> JsonValue {
    let stacks = model.clusters.iter().map(|cluster| {
        let nodes = cluster.nodes.iter().map(|&id| {
            let node = &model.nodes[id];
            GraphNode::new(id, &node.name, &node.kind).in_vpc(node.vpc.clone())
        });
        GraphStack::new(&cluster.name, nodes.collect())
    });
    let references = model.edges.iter();
    let references = references.map(|edge| (edge.from, edge.to, edge.between_stacks));
    to_json(&GraphDocument::new(stacks.collect(), references))
}
