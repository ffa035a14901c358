//! Computes vertical positions: heights of rows and stacks, and a horizontal track between two rows for each net that needs one.

use super::grid::Grid;
use super::place::INSET;

pub(super) const NODE_HEIGHT: f64 = 44.0;
/// Space for the name of a stack or VPC above its content.
pub(super) const LABEL: f64 = 22.0;
/// Space between two tracks.
const TRACK: f64 = 8.0;
/// Space between a row and the tracks: an arrowhead and a bend.
const CLEARANCE: f64 = 14.0;
/// Maximum number of rounds of improving the order of tracks; two or three are enough in practice.
const ROUNDS: usize = 8;

/// The part of a net between two rows: one end above, one or more below.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) net: usize,
    pub(super) row: usize,
    pub(super) top: f64,
    /// Lower ends, from left to right.
    pub(super) bottoms: Vec<f64>,
    /// Vertical position of the horizontal part; `None` for a vertical line.
    pub(super) track: Option<f64>,
    /// True if the upper end is a node.
    pub(super) top_is_node: bool,
    /// True for each lower end that is a node.
    pub(super) bottom_is_node: Vec<bool>,
}

impl Wire {
    fn horizontal_span(&self) -> (f64, f64) {
        let ends = self.bottoms.iter().chain([&self.top]);
        let (least, most) = (f64::INFINITY, f64::NEG_INFINITY);
        ends.fold((least, most), |(least, most), x| {
            (least.min(*x), most.max(*x))
        })
    }

    fn is_straight(&self) -> bool {
        let (left, right) = self.horizontal_span();
        right - left < 0.5
    }

    fn spans_x(&self, x: f64) -> bool {
        let (left, right) = self.horizontal_span();
        left < x && x < right
    }

    /// Counts the crossings with another wire whose track is below; running on top of each other counts as 50.
    fn crossings_above(&self, other: &Self) -> usize {
        let shared = self.bottoms.iter().filter(|x| (*x - other.top).abs() < 4.0);
        usize::from(self.spans_x(other.top))
            + self.bottoms.iter().filter(|x| other.spans_x(**x)).count()
            + 50 * shared.count()
    }

    fn overlaps_with(&self, other: &Self) -> bool {
        let ((left, right), (other_left, other_right)) =
            (self.horizontal_span(), other.horizontal_span());
        left < other_right + TRACK && other_left < right + TRACK
    }
}

#[derive(Debug)]
pub(super) struct Heights {
    /// Upper side of each row.
    pub(super) rows: Vec<f64>,
    /// Upper and lower side of each stack.
    pub(super) bands: Vec<(f64, f64)>,
    pub(super) total: f64,
}

pub(super) fn route_wires(grid: &Grid) -> (Vec<Wire>, Heights) {
    let mut wires = Vec::new();
    let mut heights = Heights {
        rows: Vec::new(),
        bands: vec![(0.0, 0.0); grid.bands.len()],
        total: 0.0,
    };
    let mut y = 0.0;
    for row in 0..grid.rows.len() {
        let band = &grid.bands[grid.band_of[row]];
        let begins = band
            .lanes
            .iter()
            .any(|l| l.vpc.is_some() && l.first_row == row);
        let mut above = wires_above(grid, row);
        let levels = assign_tracks(&mut above);
        if row > 0 {
            y += CLEARANCE;
        }
        for wire in &mut above {
            wire.track = wire.track.map(|level| y + level * TRACK);
        }
        y += levels * TRACK;
        if band.first_row == row {
            y += if row > 0 { CLEARANCE } else { 0.0 };
            heights.bands[grid.band_of[row]].0 = y;
            y += LABEL + INSET / 2.0;
        } else {
            y += CLEARANCE;
        }
        if begins {
            y += LABEL;
        }
        heights.rows.push(y);
        y += NODE_HEIGHT;
        if band
            .lanes
            .iter()
            .any(|l| l.vpc.is_some() && l.last_row == row)
        {
            y += INSET;
        }
        if band.last_row == row {
            y += INSET;
            heights.bands[grid.band_of[row]].1 = y;
        }
        wires.extend(above);
    }
    heights.total = y;
    (wires, heights)
}

fn wires_above(grid: &Grid, row: usize) -> Vec<Wire> {
    let mut links: Vec<_> = grid.links_above(row).collect();
    links.sort_by(|a, b| {
        let ends = grid.link_ends(a).0.total_cmp(&grid.link_ends(b).0);
        a.net.cmp(&b.net).then(ends)
    });
    let wires = links.chunk_by(|a, b| a.net == b.net).map(|links| Wire {
        net: links[0].net,
        row,
        top: grid.link_ends(links[0]).1,
        bottoms: links.iter().map(|link| grid.link_ends(link).0).collect(),
        track: None,
        top_is_node: grid.items[links[0].upper].node.is_some(),
        bottom_is_node: links
            .iter()
            .map(|link| grid.items[link.lower].node.is_some())
            .collect(),
    });
    wires.collect()
}

/// Assigns a track to each wire that is not vertical so that few wires cross, and returns the number of tracks.
fn assign_tracks(wires: &mut [Wire]) -> f64 {
    let mut order: Vec<usize> = (0..wires.len())
        .filter(|&at| !wires[at].is_straight())
        .collect();
    order.sort_by(|&a, &b| wires[a].top.total_cmp(&wires[b].top));
    // Moves one track at a time to the position with the fewest crossings.
    for _ in 0..order.len().min(ROUNDS) {
        let mut changed = false;
        for wire in 0..wires.len() {
            let Some(from) = order.iter().position(|&at| at == wire) else {
                continue;
            };
            order.remove(from);
            let to = best_position(wires, &order, wire, from);
            changed |= to != from;
            order.insert(to, wire);
        }
        if !changed {
            break;
        }
    }
    let mut levels: f64 = 0.0;
    for at in 0..order.len() {
        let mut level = 0.0_f64;
        for &before in &order[..at] {
            if wires[before].overlaps_with(&wires[order[at]]) {
                level = level.max(wires[before].track.unwrap_or(0.0) + 1.0);
            }
        }
        wires[order[at]].track = Some(level);
        levels = levels.max(level + 1.0);
    }
    levels
}

/// Returns the position in the order with the fewest crossings for a wire, preferring its current one.
fn best_position(wires: &[Wire], order: &[usize], wire: usize, present: usize) -> usize {
    let wire = &wires[wire];
    // Starts above all others, then moves below one more at each step.
    let mut crossings: usize = order
        .iter()
        .map(|&at| wire.crossings_above(&wires[at]))
        .sum();
    let mut costs = vec![crossings];
    for &at in order {
        crossings -= wire.crossings_above(&wires[at]);
        crossings += wires[at].crossings_above(wire);
        costs.push(crossings);
    }
    let best = (0..costs.len()).min_by_key(|&to| (costs[to], to != present, to));
    best.unwrap_or(present)
}
