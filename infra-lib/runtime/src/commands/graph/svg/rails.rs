//! Computes rails: vertical lines next to the stacks, which nets between stacks follow.

use super::grid::{Band, Grid, Place};
use super::ports::PORT;

/// Space between a stack and the nearest rail.
const OUTSIDE: f64 = 14.0;
/// Difference in width between two stacks above which a rail bends, instead of avoiding the wider one along its whole length.
const WIDER: f64 = 150.0;

/// The items of one net in consecutive rows, on one vertical line.
struct Rail {
    items: Vec<usize>,
    first_row: usize,
    last_row: usize,
    on_the_right: bool,
    /// Smallest distance from the middle that is outside of every stack along the rail.
    clear: f64,
}

/// Positions all items outside of stacks: each net on the side nearer to its ends, short rails closer than long ones.
pub(super) fn place_rails(grid: &mut Grid) {
    let mut rails = find_rails(grid);
    rails.sort_by_key(|rail| (rail.last_row - rail.first_row, rail.first_row));
    let mut placed: Vec<(Rail, f64)> = Vec::new();
    for rail in rails {
        let mut x = rail.clear;
        while placed.iter().any(|(other, at)| {
            other.on_the_right == rail.on_the_right
                && other.first_row <= rail.last_row + 1
                && rail.first_row <= other.last_row + 1
                && (x - at).abs() < PORT
        }) {
            x += 1.0;
        }
        for &item in &rail.items {
            grid.items[item].x = if rail.on_the_right { x } else { -x };
        }
        placed.push((rail, x));
    }
}

fn find_rails(grid: &Grid) -> Vec<Rail> {
    let mut passes = vec![Vec::new(); grid.nets.len()];
    let mut ends = vec![Vec::new(); grid.nets.len()];
    for link in &grid.links {
        if grid.items[link.lower].node.is_some() {
            ends[link.net].push(grid.items[link.lower].x);
        } else if grid.items[link.lower].place == Place::Beside {
            passes[link.net].push(link.lower);
        }
        if grid.items[link.upper].node.is_some() {
            ends[link.net].push(grid.items[link.upper].x);
        }
    }
    let mut rails: Vec<Rail> = Vec::new();
    for (passes, ends) in passes.into_iter().zip(ends) {
        let on_the_right = ends.iter().sum::<f64>() > 0.0;
        let mut rail: Option<Rail> = None;
        for item in passes {
            let row = grid.items[item].row;
            let clear = clear_position(&grid.bands[grid.band_of[row]]);
            match &mut rail {
                Some(rail) if (clear - rail.clear).abs() < WIDER => {
                    rail.items.push(item);
                    rail.last_row = row;
                    rail.clear = rail.clear.max(clear);
                }
                _ => {
                    rails.extend(rail.take());
                    rail = Some(Rail {
                        items: vec![item],
                        first_row: row,
                        last_row: row,
                        on_the_right,
                        clear,
                    });
                }
            }
        }
        rails.extend(rail);
    }
    rails
}

/// Returns the distance from the middle to the nearest rail next to a stack.
fn clear_position(band: &Band) -> f64 {
    band.outer_borders().1 + OUTSIDE
}
