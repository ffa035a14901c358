//! The picture in a language that nests blocks: VPCs in stacks, nodes in both, then the arrows.

use super::model::{Edge, Model, Node};

/// The grammar of such a language. Lines have neither indentation nor an end.
pub(super) trait Language {
    /// The lines before everything else.
    const OPENING: &'static str;
    /// The lines after everything else.
    const CLOSING: &'static str;
    /// The end of a block.
    const END: &'static str;

    /// The lines that open a block; `id` is that of the block, unique in the picture.
    fn block(id: &str, title: &str) -> Vec<String>;

    /// The line of the node with that number.
    fn node(number: usize, node: &Node) -> String;

    /// The line of an arrow.
    fn edge(edge: Edge) -> String;
}

/// Draws the picture; everything is indented by its depth.
pub(super) fn draw<L: Language>(model: &Model) -> String {
    let mut text = L::OPENING.to_owned();
    let mut line = |depth: usize, line: &str| {
        text.extend(std::iter::repeat_n("  ", depth).chain([line, "\n"]));
    };
    for (at, cluster) in model.clusters.iter().enumerate() {
        open::<L>(1, &format!("s{at}"), &cluster.name, &mut line);
        let (outside, inside) = cluster.by_vpc(model);
        for node in outside {
            line(2, &L::node(node, &model.nodes[node]));
        }
        for (number, (vpc, nodes)) in inside.into_iter().enumerate() {
            let id = format!("s{at}v{number}");
            open::<L>(2, &id, &format!("VPC {vpc}"), &mut line);
            for node in nodes {
                line(3, &L::node(node, &model.nodes[node]));
            }
            line(2, L::END);
        }
        line(1, L::END);
    }
    for edge in &model.edges {
        line(1, &L::edge(*edge));
    }
    text.push_str(L::CLOSING);
    text
}

/// Writes the lines that open a block; those behind the first belong to its inside.
fn open<L: Language>(depth: usize, id: &str, title: &str, line: &mut impl FnMut(usize, &str)) {
    for (at, opening) in L::block(id, title).iter().enumerate() {
        line(depth + at.min(1), opening);
    }
}
