//! Computes horizontal positions: an order of each row with few crossings, then positions with short horizontal lines.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Grid, Item, Lane, Place};
use super::ports::{self, PORT};
use super::{rails, text};

/// Space between the border of a stack or VPC and its content.
pub(super) const INSET: f64 = 14.0;
/// Space between two lanes of a stack: the insets of both, and a gap.
const LANE_GAP: f64 = 3.0 * INSET;

/// Maximum number of sweeps over all rows; the order usually settles after a few.
const SWEEPS: usize = 24;
/// Number of sweeps without improvement after which the order is final: each of the three directions twice.
const PATIENCE: usize = 6;

/// Positions every item, and the ends of all links.
pub(super) fn place_items(grid: &mut Grid) {
    size_lanes(grid);
    pack_lanes(grid);
    for _ in 0..2 {
        rails::place_rails(grid);
        order_rows(grid);
    }
    for _ in 0..SWEEPS {
        ports::spread_ports(grid);
        for row in 0..grid.rows.len() {
            move_row(grid, row, Towards::Both);
        }
        for row in (0..grid.rows.len()).rev() {
            move_row(grid, row, Towards::Both);
        }
    }
    straighten_links(grid);
    ports::spread_ports(grid);
    ports::align_ports(grid);
    straighten_links(grid);
}

/// Sets the width of each lane to that of its widest row, and centres the lanes of each stack on zero.
fn size_lanes(grid: &mut Grid) {
    for band in 0..grid.bands.len() {
        let (first, last) = (grid.bands[band].first_row, grid.bands[band].last_row);
        let count = grid.bands[band].lanes.len();
        let mut widths = vec![0.0_f64; count];
        for (lane, width) in widths.iter_mut().enumerate() {
            for row in first..=last {
                let items = items_in_lane(grid, row, lane);
                *width = width.max(items_extent(grid, &items));
            }
            if let Some(vpc) = &grid.bands[band].lanes[lane].vpc {
                *width = width.max(text::text_width(&vpc_label(vpc), text::KIND));
            }
        }
        let gaps = LANE_GAP * f64::from(u32::try_from(count.saturating_sub(1)).unwrap_or(0));
        let label = text::text_width(&grid.bands[band].name, text::NAME) + 2.0 * INSET;
        if let Some(last) = widths.last_mut() {
            *last += (label - *last).max(0.0) * f64::from(u8::from(count == 1));
        }
        let mut left = -(widths.iter().sum::<f64>() + gaps) / 2.0;
        for (lane, width) in grid.bands[band].lanes.iter_mut().zip(widths) {
            lane.left = left;
            lane.right = left + width;
            left += width + LANE_GAP;
        }
    }
}

pub(super) fn vpc_label(vpc: &str) -> String {
    format!("VPC {vpc}")
}

/// Returns the items of a row in one lane, from left to right.
fn items_in_lane(grid: &Grid, row: usize, lane: usize) -> Vec<usize> {
    let items = grid.rows[row].iter().copied();
    items
        .filter(|&item| grid.items[item].place == Place::Lane(lane))
        .collect()
}

/// Returns the minimum distance between the centres of two neighbours.
fn min_distance(a: &Item, b: &Item) -> f64 {
    let gap = match (a.node, b.node) {
        (Some(_), Some(_)) => 22.0,
        (None, None) => PORT,
        _ => 12.0,
    };
    f64::midpoint(a.width, b.width) + gap
}

fn items_extent(grid: &Grid, items: &[usize]) -> f64 {
    let (Some(first), Some(last)) = (items.first(), items.last()) else {
        return 0.0;
    };
    let between = items.windows(2);
    let between = between.map(|pair| min_distance(&grid.items[pair[0]], &grid.items[pair[1]]));
    between.sum::<f64>() + f64::midpoint(grid.items[*first].width, grid.items[*last].width)
}

/// Centres the items of every row in their lanes, in the order of the program.
fn pack_lanes(grid: &mut Grid) {
    for row in 0..grid.rows.len() {
        for lane in 0..grid.bands[grid.band_of[row]].lanes.len() {
            let Lane { left, right, .. } = grid.bands[grid.band_of[row]].lanes[lane];
            let items = items_in_lane(grid, row, lane);
            let wanted = vec![f64::midpoint(left, right); items.len()];
            set_positions(grid, row, lane, &items, &wanted);
        }
    }
}

#[derive(Clone, Copy)]
enum Towards {
    Above,
    Below,
    Both,
}

/// Sorts each row by the other ends of its links, alternating directions, and keeps the best order found.
fn order_rows(grid: &mut Grid) {
    let mut best = (layout_cost(grid), grid.rows.clone(), grid.items.clone());
    let mut best_sweep = 0;
    for sweep in 0..SWEEPS {
        if sweep > best_sweep + PATIENCE {
            break;
        }
        let count = grid.rows.len();
        for step in 0..count {
            let (row, towards) = match sweep % 3 {
                0 => (step, Towards::Above),
                1 => (count - 1 - step, Towards::Below),
                _ => (step, Towards::Both),
            };
            sort_row(grid, row, towards);
            move_row(grid, row, towards);
        }
        let cost = layout_cost(grid);
        if cost < best.0 {
            best = (cost, grid.rows.clone(), grid.items.clone());
            best_sweep = sweep;
        }
    }
    (_, grid.rows, grid.items) = best;
}

fn sort_row(grid: &mut Grid, row: usize, towards: Towards) {
    let wanted = desired_positions(grid, row, towards);
    let mut sorted: Vec<(usize, f64)> = grid.rows[row].iter().copied().zip(wanted).collect();
    sorted.sort_by(|a, b| {
        let place = |item: usize| grid.items[item].place;
        place(a.0).cmp(&place(b.0)).then(a.1.total_cmp(&b.1))
    });
    grid.rows[row] = sorted.into_iter().map(|(item, _)| item).collect();
}

/// Returns the position of each item of a row that is best for its links, ignoring its neighbours.
fn desired_positions(grid: &Grid, row: usize, towards: Towards) -> Vec<f64> {
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    let mut add = |item: usize, x: f64, other: usize| {
        // Straight lines matter more than centred nodes.
        let passes = grid.items[item].node.is_none() && grid.items[other].node.is_none();
        let weight = if passes { 4.0 } else { 1.0 };
        let sum = sums.entry(item).or_default();
        *sum = (sum.0 + x * weight, sum.1 + weight);
    };
    for link in grid.links_at(row) {
        let (lower, upper) = grid.link_ends(link);
        if grid.items[link.lower].row == row && !matches!(towards, Towards::Below) {
            add(link.lower, upper - link.lower_port, link.upper);
        }
        if grid.items[link.upper].row == row && !matches!(towards, Towards::Above) {
            add(link.upper, lower - link.upper_port, link.lower);
        }
    }
    let items = grid.rows[row].iter();
    items
        .map(|item| match sums.get(item) {
            Some((sum, weight)) => sum / weight,
            None => grid.items[*item].x,
        })
        .collect()
}

/// Moves the items of a row as near to their best positions as their order and the lane allow.
fn move_row(grid: &mut Grid, row: usize, towards: Towards) {
    let wanted: BTreeMap<usize, f64> = {
        let wanted = desired_positions(grid, row, towards);
        grid.rows[row].iter().copied().zip(wanted).collect()
    };
    for lane in 0..grid.bands[grid.band_of[row]].lanes.len() {
        let items = items_in_lane(grid, row, lane);
        let wanted: Vec<f64> = items.iter().map(|item| wanted[item]).collect();
        set_positions(grid, row, lane, &items, &wanted);
    }
}

/// Sets positions in a lane by isotonic regression: neighbours that would overlap share the mean of their best positions.
fn set_positions(grid: &mut Grid, row: usize, lane: usize, items: &[usize], wanted: &[f64]) {
    let mut offsets = vec![0.0; items.len()];
    for at in 1..items.len() {
        let pair = (&grid.items[items[at - 1]], &grid.items[items[at]]);
        offsets[at] = offsets[at - 1] + min_distance(pair.0, pair.1);
    }
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        let mut pool = (wanted - offset, 1.0);
        while let Some(&before) = pools.last().filter(|before| before.0 >= pool.0) {
            pools.pop();
            let count = before.1 + pool.1;
            pool = ((before.0 * before.1 + pool.0 * pool.1) / count, count);
        }
        pools.push(pool);
    }
    let Lane { left, right, .. } = grid.bands[grid.band_of[row]].lanes[lane];
    let (Some(first), Some(last)) = (items.first(), items.last()) else {
        return;
    };
    let start = left + grid.items[*first].width / 2.0;
    let end = right - grid.items[*last].width / 2.0 - offsets[offsets.len() - 1];
    let mut at = 0;
    for (mean, mut count) in pools {
        while count > 0.5 {
            grid.items[items[at]].x = mean.min(end).max(start) + offsets[at];
            count -= 1.0;
            at += 1;
        }
    }
}

/// Returns the number of crossings and, to break ties, the total horizontal distance.
pub(super) fn layout_cost(grid: &Grid) -> (usize, f64) {
    let mut crossings = 0;
    let mut aside = 0.0;
    for row in 1..grid.rows.len() {
        let links: Vec<_> = grid.links_above(row).collect();
        for (at, a) in links.iter().enumerate() {
            let a_ends = grid.link_ends(a);
            aside += (a_ends.0 - a_ends.1).abs();
            for b in &links[at + 1..] {
                let b_ends = grid.link_ends(b);
                let turns = (a_ends.0 - b_ends.0) * (a_ends.1 - b_ends.1) < 0.0;
                crossings += usize::from(turns && a.net != b.net);
            }
        }
    }
    (crossings, aside)
}

/// Aligns the items of a net that passes several rows of a lane, each with the one above unless a neighbour blocks it.
fn straighten_links(grid: &mut Grid) {
    let mut aligned = BTreeSet::new();
    for at in 0..grid.links.len() {
        let link = grid.links[at];
        let (lower, upper) = grid.link_ends(&link);
        let passes = |item: usize| grid.items[item].node.is_none();
        if passes(link.lower) && can_move_to(grid, link.lower, upper) {
            grid.items[link.lower].x = upper;
            aligned.insert(link.lower);
        } else if passes(link.upper)
            && !aligned.contains(&link.upper)
            && can_move_to(grid, link.upper, lower)
        {
            grid.items[link.upper].x = lower;
            aligned.insert(link.upper);
        }
    }
}

/// Returns true if an item of a lane can be moved to `x` without changing the order or overlapping a neighbour.
fn can_move_to(grid: &Grid, item: usize, x: f64) -> bool {
    let Item { row, place, .. } = grid.items[item];
    let Place::Lane(lane) = place else {
        return false;
    };
    let Lane { left, right, .. } = grid.bands[grid.band_of[row]].lanes[lane];
    let free = items_in_lane(grid, row, lane).into_iter().all(|other| {
        let room = min_distance(&grid.items[item], &grid.items[other]);
        let before = grid.items[other].x < grid.items[item].x;
        let gap = if before {
            x - grid.items[other].x
        } else {
            grid.items[other].x - x
        };
        other == item || gap >= room
    });
    free && left <= x && x <= right
}
