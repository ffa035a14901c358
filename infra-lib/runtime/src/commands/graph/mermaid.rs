//! The picture in Mermaid, which GitHub draws in Markdown.

use super::model::{Edge, Node};
use super::nested::Language;

/// Flowcharts of Mermaid, <https://mermaid.js.org/syntax/flowchart.html>.
pub(super) struct Mermaid;

impl Language for Mermaid {
    const OPENING: &'static str = "flowchart LR\n";
    const CLOSING: &'static str = "";
    const END: &'static str = "end";

    fn block(id: &str, title: &str) -> Vec<String> {
        vec![format!("subgraph {id}[\"{}\"]", quoted(title))]
    }

    fn node(number: usize, node: &Node) -> String {
        let (name, kind) = (quoted(&node.name), quoted(&node.kind));
        format!("n{number}[\"{name}<br/><small>{kind}</small>\"]")
    }

    fn edge(edge: Edge) -> String {
        let arrow = if edge.between_stacks { "-.->" } else { "-->" };
        format!("n{} {arrow} n{}", edge.from, edge.to)
    }
}

/// Text between double quotes: Mermaid writes those as entities.
fn quoted(text: &str) -> String {
    text.replace('"', "#quot;").replace('<', "&lt;")
}
