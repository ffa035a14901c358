//! Writes `tree.json`, the construct tree in the CDK's format, for tools that display it.

use crate::json_text::Object;
use crate::synth::Synthesis;
use crate::tree::NodeKind;

/// Returns the text of `tree.json`: every node with its construct type and, for resources, the resource type and logical ID.
pub(super) fn render_tree(synthesis: &Synthesis) -> String {
    let mut file = Object::new(String::new());
    file.write_text("version", "tree-0.1");
    file.write_object("tree", |root| write_node(synthesis, 0, "App", "", root));
    file.finish_object()
}

fn write_node(synthesis: &Synthesis, index: u32, id: &str, path: &str, out: &mut Object) {
    let node_data = synthesis.tree.node(index);
    out.write_text("id", id);
    out.write_text("path", path);
    out.write_object("constructInfo", |info| {
        info.write_text("fqn", construct_type(&node_data.kind));
        info.write_text("version", env!("CARGO_PKG_VERSION"));
    });
    if let (NodeKind::Resource(resource), Some(logical_id)) =
        (&node_data.kind, &synthesis.logical_ids[index as usize])
    {
        out.write_object("attributes", |attributes| {
            attributes.write_text("aws:cdk:cloudformation:type", &resource.type_name);
            attributes.write_text("aws:cdk:cloudformation:logicalId", logical_id);
        });
    }
    if !node_data.children.is_empty() {
        out.write_object("children", |children| {
            for &child in &node_data.children {
                let id = &*synthesis.tree.node(child).id;
                let below = if path.is_empty() {
                    id.to_owned()
                } else {
                    format!("{path}/{id}")
                };
                children.write_object(id, |out| write_node(synthesis, child, id, &below, out));
            }
        });
    }
}

fn construct_type(kind: &NodeKind) -> &str {
    match kind {
        NodeKind::App => "infra-core.App",
        NodeKind::Stage(_) => "infra-core.Stage",
        NodeKind::Stack(node) if node.resource.is_some() => "infra-core.NestedStack",
        NodeKind::Stack(_) => "infra-core.Stack",
        NodeKind::Construct(type_name) => type_name,
        NodeKind::Resource(_) => "infra-core.CfnResource",
        NodeKind::Parameter(_) => "infra-core.Parameter",
        NodeKind::Mapping(_) => "infra-core.Mapping",
        NodeKind::Condition(_) => "infra-core.Condition",
        NodeKind::Output(_) => "infra-core.Output",
        NodeKind::Rule(_) => "infra-core.Rule",
    }
}
