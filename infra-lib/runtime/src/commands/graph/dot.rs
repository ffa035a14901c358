//! The picture in DOT, the language of Graphviz.

use std::fmt::Write as _;

use super::model::{Model, Node};

pub(super) fn draw(model: &Model) -> String {
    let mut text =
        "digraph app {\n  rankdir=LR;\n  compound=true;\n  node [shape=box];\n".to_owned();
    for (at, cluster) in model.clusters.iter().enumerate() {
        let _ = writeln!(
            text,
            "  subgraph cluster_s{at} {{\n    label=\"{}\";",
            quoted(&cluster.name)
        );
        let (outside, inside) = cluster.by_vpc(model);
        for node in outside {
            let _ = writeln!(text, "    {}", shape(node, &model.nodes[node]));
        }
        for (number, (vpc, nodes)) in inside.into_iter().enumerate() {
            let _ = writeln!(
                text,
                "    subgraph cluster_s{at}v{number} {{\n      label=\"VPC {}\";",
                quoted(&vpc)
            );
            for node in nodes {
                let _ = writeln!(text, "      {}", shape(node, &model.nodes[node]));
            }
            text.push_str("    }\n");
        }
        text.push_str("  }\n");
    }
    for edge in &model.edges {
        let style = if edge.between_stacks {
            " [style=dashed]"
        } else {
            ""
        };
        let _ = writeln!(text, "  n{} -> n{}{style};", edge.from, edge.to);
    }
    text.push_str("}\n");
    text
}

fn shape(at: usize, node: &Node) -> String {
    format!(
        "n{at} [label=\"{}\\n{}\"];",
        quoted(&node.name),
        quoted(&node.kind)
    )
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
