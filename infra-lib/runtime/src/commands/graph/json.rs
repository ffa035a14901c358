//! The picture as data.

use serde_json::{Value as JsonValue, json};

use super::model::Model;

/// Stacks in deployment order with their nodes, and references by the numbers of nodes.
pub(super) fn draw(model: &Model) -> JsonValue {
    let stacks: Vec<JsonValue> = model
        .clusters
        .iter()
        .map(|cluster| {
            let nodes = cluster.nodes.iter().map(|&id| {
                let node = &model.nodes[id];
                json!({ "id": id, "name": node.name, "kind": node.kind, "vpc": node.vpc })
            });
            json!({ "name": cluster.name, "nodes": nodes.collect::<Vec<_>>() })
        })
        .collect();
    let references: Vec<JsonValue> = model
        .edges
        .iter()
        .map(|edge| {
            json!({ "from": edge.from, "to": edge.to, "betweenStacks": edge.between_stacks })
        })
        .collect();
    json!({ "version": 1, "stacks": stacks, "references": references })
}
