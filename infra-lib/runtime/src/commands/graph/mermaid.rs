//! The picture in Mermaid, which GitHub draws in Markdown.

use std::fmt::Write as _;

use super::model::{Model, Node};

pub(super) fn draw(model: &Model) -> String {
    let mut text = "flowchart LR\n".to_owned();
    for (at, cluster) in model.clusters.iter().enumerate() {
        let _ = writeln!(text, "  subgraph s{at}[\"{}\"]", quoted(&cluster.name));
        let (outside, inside) = cluster.by_vpc(model);
        for node in outside {
            let _ = writeln!(text, "    {}", shape(node, &model.nodes[node]));
        }
        for (number, (vpc, nodes)) in inside.into_iter().enumerate() {
            let _ = writeln!(
                text,
                "    subgraph s{at}v{number}[\"VPC {}\"]",
                quoted(&vpc)
            );
            for node in nodes {
                let _ = writeln!(text, "      {}", shape(node, &model.nodes[node]));
            }
            text.push_str("    end\n");
        }
        text.push_str("  end\n");
    }
    for edge in &model.edges {
        let arrow = if edge.between_stacks { "-.->" } else { "-->" };
        let _ = writeln!(text, "  n{} {arrow} n{}", edge.from, edge.to);
    }
    text
}

fn shape(at: usize, node: &Node) -> String {
    format!(
        "n{at}[\"{}<br/><small>{}</small>\"]",
        quoted(&node.name),
        quoted(&node.kind)
    )
}

/// Text between double quotes: Mermaid writes those as entities.
fn quoted(text: &str) -> String {
    text.replace('"', "#quot;").replace('<', "&lt;")
}
