//! Draws the graph in DOT, the language of Graphviz.

use super::model::{Edge, Node};
use super::nested::Language;

/// The language DOT, <https://graphviz.org/doc/info/lang.html>.
pub(super) struct Dot;

impl Language for Dot {
    const OPENING: &'static str =
        "digraph app {\n  rankdir=LR;\n  compound=true;\n  node [shape=box];\n";
    const CLOSING: &'static str = "}\n";
    const END: &'static str = "}";

    fn open_block(id: &str, title: &str) -> Vec<String> {
        vec![
            format!("subgraph cluster_{id} {{"),
            format!("label=\"{}\";", quote_label(title)),
        ]
    }

    fn render_node(number: usize, node: &Node) -> String {
        let (name, kind) = (quote_label(&node.name), quote_label(&node.kind));
        format!("n{number} [label=\"{name}\\n{kind}\"];")
    }

    fn render_edge(edge: Edge) -> String {
        let style = if edge.between_stacks {
            " [style=dashed]"
        } else {
            ""
        };
        format!("n{} -> n{}{style};", edge.from, edge.to)
    }
}

fn quote_label(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
