//! Builds the grid of the drawing: rows of nodes in deployment order, and the lines between them.
//!
//! Everything that a node refers to is in a row above it. Lines to the same node are one [`Net`], a tree whose root is that
//! node. A net has an item in each row that it passes, as nodes have.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::model::{Cluster, Model};
use super::place::INSET;
use super::text;

/// Maximum number of nodes of a stack in one row.
const ROW: usize = 6;

/// A stack: a range of rows, divided into parallel lanes.
#[derive(Debug)]
pub(super) struct Band {
    pub(super) name: String,
    pub(super) first_row: usize,
    pub(super) last_row: usize,
    pub(super) lanes: Vec<Lane>,
}

impl Band {
    /// Returns the left and the right border of the stack.
    pub(super) fn outer_borders(&self) -> (f64, f64) {
        let inset = |lane: &Lane| INSET * if lane.vpc.is_some() { 2.0 } else { 1.0 };
        let left = self
            .lanes
            .first()
            .map_or(-60.0, |lane| lane.left - inset(lane));
        let right = self
            .lanes
            .last()
            .map_or(60.0, |lane| lane.right + inset(lane));
        (left, right)
    }
}

/// The nodes of one VPC in a stack, or those outside of any VPC.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) vpc: Option<String>,
    pub(super) first_row: usize,
    pub(super) last_row: usize,
    pub(super) left: f64,
    pub(super) right: f64,
}

/// The position of an item across its row.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Place {
    /// A lane of the stack, by its number.
    Lane(usize),
    /// Outside of the stack, so that a net between stacks crosses no other stack.
    Beside,
}

/// A node, or the point at which a net passes a row.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) node: Option<usize>,
    pub(super) row: usize,
    pub(super) place: Place,
    pub(super) width: f64,
    /// Horizontal position of the centre.
    pub(super) x: f64,
}

/// Lines that share their upper end.
#[derive(Debug)]
pub(super) struct Net {
    /// Node at the upper end.
    pub(super) root: usize,
    /// Nodes at the lower ends.
    pub(super) leaves: BTreeSet<usize>,
    pub(super) kind: NetKind,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct NetKind {
    pub(super) between_stacks: bool,
    /// True if the arrows point down to the leaves, which happens only in a cycle of references.
    pub(super) downwards: bool,
}

/// A segment of a net from an item to one in the row above.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) net: usize,
    pub(super) lower: usize,
    pub(super) upper: usize,
    /// Distances of the ends from the centres of the items.
    pub(super) lower_port: f64,
    pub(super) upper_port: f64,
}

#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) bands: Vec<Band>,
    /// Number of the band that each row belongs to.
    pub(super) band_of: Vec<usize>,
    pub(super) items: Vec<Item>,
    /// Items of each row, from left to right.
    pub(super) rows: Vec<Vec<usize>>,
    pub(super) nets: Vec<Net>,
    /// Links, sorted by the row of their lower ends.
    pub(super) links: Vec<Link>,
    /// Ranges in `links` between each row and the one above.
    above: Vec<Range<usize>>,
}

impl Grid {
    pub(super) fn new(model: &Model) -> Self {
        let mut grid = Self::default();
        let mut item_of = BTreeMap::new();
        for cluster in &model.clusters {
            grid.add_band(model, cluster, &mut item_of);
        }
        let mut nets: BTreeMap<(usize, NetKind), BTreeSet<usize>> = BTreeMap::new();
        for edge in &model.edges {
            let (Some(from), Some(to)) = (item_of.get(&edge.from), item_of.get(&edge.to)) else {
                continue;
            };
            let downwards = grid.items[*from].row < grid.items[*to].row;
            let (leaf, root) = if downwards {
                (edge.to, edge.from)
            } else {
                (edge.from, edge.to)
            };
            let between_stacks = edge.between_stacks;
            let kind = NetKind {
                between_stacks,
                downwards,
            };
            nets.entry((root, kind)).or_default().insert(leaf);
        }
        for ((root, kind), leaves) in nets {
            grid.add_net(Net { root, leaves, kind }, &item_of);
        }
        grid.links.sort_by_key(|link| grid.items[link.lower].row);
        for row in 0..grid.rows.len() {
            let before = |row| {
                let links = &grid.links;
                links.partition_point(|link| grid.items[link.lower].row < row)
            };
            grid.above.push(before(row)..before(row + 1));
        }
        grid
    }

    fn add_band(&mut self, model: &Model, cluster: &Cluster, item_of: &mut BTreeMap<usize, usize>) {
        let first_row = self.rows.len();
        let row_of = rows_within(model, cluster);
        let height = row_of.values().max().map_or(1, |last| last + 1);
        self.rows.resize(first_row + height, Vec::new());
        self.band_of.resize(first_row + height, self.bands.len());
        let (outside, inside) = cluster.group_by_vpc(model);
        let outside = (!outside.is_empty()).then_some((None, outside));
        let inside = inside.into_iter().map(|(vpc, nodes)| (Some(vpc), nodes));
        let mut lanes = Vec::new();
        for (vpc, nodes) in outside.into_iter().chain(inside) {
            let place = Place::Lane(lanes.len());
            for &node in &nodes {
                let item = Item {
                    node: Some(node),
                    row: first_row + row_of[&node],
                    place,
                    width: text::node_width(&model.nodes[node]),
                    x: 0.0,
                };
                item_of.insert(node, self.add_item(item));
            }
            let rows = || nodes.iter().map(|node| first_row + row_of[node]);
            lanes.push(Lane {
                vpc,
                first_row: rows().min().unwrap_or(first_row),
                last_row: rows().max().unwrap_or(first_row),
                left: 0.0,
                right: 0.0,
            });
        }
        self.bands.push(Band {
            name: cluster.name.clone(),
            first_row,
            last_row: first_row + height - 1,
            lanes,
        });
    }

    fn add_net(&mut self, net: Net, item_of: &BTreeMap<usize, usize>) {
        let root = item_of[&net.root];
        let Item { row, place, .. } = self.items[root];
        let leaves = net.leaves.iter().map(|leaf| item_of[leaf]);
        let last = leaves.clone().map(|leaf| self.items[leaf].row).max();
        // The items of this net, one for each row from the root to the row above the lowest leaf.
        let mut way = vec![root];
        for passed in row + 1..last.unwrap_or(row) {
            way.push(self.add_item(Item {
                node: None,
                row: passed,
                place: if net.kind.between_stacks {
                    Place::Beside
                } else {
                    place
                },
                width: 0.0,
                x: 0.0,
            }));
        }
        for lower in way[1..].iter().copied().chain(leaves) {
            self.links.push(Link {
                net: self.nets.len(),
                lower,
                upper: way[self.items[lower].row - row - 1],
                lower_port: 0.0,
                upper_port: 0.0,
            });
        }
        self.nets.push(net);
    }

    fn add_item(&mut self, item: Item) -> usize {
        self.rows[item.row].push(self.items.len());
        self.items.push(item);
        self.items.len() - 1
    }

    /// Returns the links between a row and the one above.
    pub(super) fn links_above(&self, row: usize) -> impl Iterator<Item = &Link> {
        let range = self.above.get(row).cloned().unwrap_or_default();
        self.links[range].iter()
    }

    /// Returns the links that begin or end in a row.
    pub(super) fn links_at(&self, row: usize) -> impl Iterator<Item = &Link> {
        self.links_above(row).chain(self.links_above(row + 1))
    }

    /// Returns the horizontal positions of a link's ends, the lower and the upper one.
    pub(super) fn link_ends(&self, link: &Link) -> (f64, f64) {
        (
            self.items[link.lower].x + link.lower_port,
            self.items[link.upper].x + link.upper_port,
        )
    }
}

/// Assigns each node a row within its stack, below every node of the stack that it refers to, as far as cycles permit.
fn rows_within(model: &Model, cluster: &Cluster) -> BTreeMap<usize, usize> {
    let mut targets: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for &node in &cluster.nodes {
        targets.insert(node, BTreeSet::new());
    }
    for edge in model.edges.iter().filter(|edge| !edge.between_stacks) {
        if let Some(targets) = targets.get_mut(&edge.from) {
            targets.insert(edge.to);
        }
    }
    let mut row_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut used: Vec<usize> = Vec::new();
    let mut left = cluster.nodes.clone();
    while let Some(&first) = left.first() {
        let waits_for = |node: usize| targets[&node].iter().find(|t| !row_of.contains_key(t));
        let ready = left.iter().copied().find(|&node| waits_for(node).is_none());
        // If no node is ready, the targets of the first one lead to a cycle, which is cut at the node found there.
        let node = ready.unwrap_or_else(|| {
            let mut seen = BTreeSet::new();
            let mut node = first;
            while let Some(&next) = waits_for(node).filter(|_| seen.insert(node)) {
                node = next;
            }
            node
        });
        left.retain(|&other| other != node);
        let above = targets[&node].iter().filter_map(|t| row_of.get(t)).max();
        let mut row = above.map_or(0, |row| row + 1);
        while used.get(row).is_some_and(|&count| count >= ROW) {
            row += 1;
        }
        used.resize(used.len().max(row + 1), 0);
        used[row] += 1;
        row_of.insert(node, row);
    }
    row_of
}
