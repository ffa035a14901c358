//! Draws the graph in a language with nested blocks: VPCs in stacks, nodes in both, then the edges.

use super::model::{Edge, Model, Node};

/// A graph language with nested blocks. Implementors provide lines without indentation and line ends.
pub(super) trait Language {
    /// Text before everything else.
    const OPENING: &'static str;
    /// Text after everything else.
    const CLOSING: &'static str;
    /// Line that closes a block.
    const END: &'static str;

    /// Returns the lines that open a block; `id` is unique in the graph.
    fn open_block(id: &str, title: &str) -> Vec<String>;

    /// Returns the line of the node with this number.
    fn render_node(number: usize, node: &Node) -> String;

    /// Returns the line of an edge.
    fn render_edge(edge: Edge) -> String;
}

/// Draws the graph; lines are indented by their depth.
pub(super) fn draw_nested<L: Language>(model: &Model) -> String {
    let mut text = L::OPENING.to_owned();
    let mut line = |depth: usize, line: &str| {
        text.extend(std::iter::repeat_n("  ", depth).chain([line, "\n"]));
    };
    for (at, cluster) in model.clusters.iter().enumerate() {
        write_block_opening::<L>(1, &format!("s{at}"), &cluster.name, &mut line);
        let (outside, inside) = cluster.group_by_vpc(model);
        for node in outside {
            line(2, &L::render_node(node, &model.nodes[node]));
        }
        for (number, (vpc, nodes)) in inside.into_iter().enumerate() {
            let id = format!("s{at}v{number}");
            write_block_opening::<L>(2, &id, &format!("VPC {vpc}"), &mut line);
            for node in nodes {
                line(3, &L::render_node(node, &model.nodes[node]));
            }
            line(2, L::END);
        }
        line(1, L::END);
    }
    for edge in &model.edges {
        line(1, &L::render_edge(*edge));
    }
    text.push_str(L::CLOSING);
    text
}

/// Writes the lines that open a block; all after the first are indented as its content.
fn write_block_opening<L: Language>(
    depth: usize,
    id: &str,
    title: &str,
    line: &mut impl FnMut(usize, &str),
) {
    for (at, opening) in L::open_block(id, title).iter().enumerate() {
        line(depth + at.min(1), opening);
    }
}
