//! `tree.json`: the construct tree, for tools that show it.

use serde_json::{Map as JsonMap, Value as JsonValue, json};

use crate::synth::Synthesis;
use crate::tree::NodeKind;

/// The whole tree, each node with its construct type and, for resources, type and logical ID.
pub(super) fn tree(synthesis: &Synthesis) -> JsonValue {
    json!({ "version": "tree-0.1", "tree": node(synthesis, 0, "App", "") })
}

fn node(synthesis: &Synthesis, index: u32, id: &str, path: &str) -> JsonValue {
    let node_data = synthesis.tree.node(index);
    let mut fields = JsonMap::new();
    fields.insert("id".to_owned(), id.into());
    fields.insert("path".to_owned(), path.into());
    let fqn: &str = match &node_data.kind {
        NodeKind::App => "infra-core.App",
        NodeKind::Stage(_) => "infra-core.Stage",
        NodeKind::Stack(_) => "infra-core.Stack",
        NodeKind::Construct(type_name) => type_name,
        NodeKind::Resource(_) => "infra-core.CfnResource",
        NodeKind::Parameter(_) => "infra-core.Parameter",
        NodeKind::Mapping(_) => "infra-core.Mapping",
        NodeKind::Condition(_) => "infra-core.Condition",
        NodeKind::Output(_) => "infra-core.Output",
        NodeKind::Rule(_) => "infra-core.Rule",
    };
    fields.insert(
        "constructInfo".to_owned(),
        json!({ "fqn": fqn, "version": env!("CARGO_PKG_VERSION") }),
    );
    if let (NodeKind::Resource(_), Some(logical_id)) =
        (&node_data.kind, &synthesis.logical_ids[index as usize])
    {
        let attributes = json!({
            "aws:cdk:cloudformation:type": synthesis.resource_type(index),
            "aws:cdk:cloudformation:logicalId": logical_id,
        });
        fields.insert("attributes".to_owned(), attributes);
    }
    if !node_data.children.is_empty() {
        let mut children = JsonMap::new();
        for &child in &node_data.children {
            let child_id = synthesis.tree.node(child).id.to_string();
            let child_path = if path.is_empty() {
                child_id.clone()
            } else {
                format!("{path}/{child_id}")
            };
            children.insert(
                child_id.clone(),
                node(synthesis, child, &child_id, &child_path),
            );
        }
        fields.insert("children".to_owned(), JsonValue::Object(children));
    }
    JsonValue::Object(fields)
}
