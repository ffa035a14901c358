//! Draws the graph in Mermaid, which GitHub renders in Markdown.

use super::model::{Edge, Node};
use super::nested::Language;

/// The flowchart language of Mermaid, <https://mermaid.js.org/syntax/flowchart.html>.
pub(super) struct Mermaid;

impl Language for Mermaid {
    const OPENING: &'static str = "flowchart LR\n";
    const CLOSING: &'static str = "";
    const END: &'static str = "end";

    fn open_block(id: &str, title: &str) -> Vec<String> {
        vec![format!("subgraph {id}[\"{}\"]", quote_label(title))]
    }

    fn render_node(number: usize, node: &Node) -> String {
        let (name, kind) = (quote_label(&node.name), quote_label(&node.kind));
        format!("n{number}[\"{name}<br/><small>{kind}</small>\"]")
    }

    fn render_edge(edge: Edge) -> String {
        let arrow = if edge.between_stacks { "-.->" } else { "-->" };
        format!("n{} {arrow} n{}", edge.from, edge.to)
    }
}

/// Escapes text for double quotes; Mermaid writes reserved characters as entities.
fn quote_label(text: &str) -> String {
    text.replace('"', "#quot;").replace('<', "&lt;")
}
