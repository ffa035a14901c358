//! Computes ports: the points on the upper and the lower side of a node at which lines end.

use std::collections::BTreeMap;

use super::grid::Grid;

/// Space between two parallel lines.
pub(super) const PORT: f64 = 9.0;

/// Spreads the ends of links along the upper and the lower side of each node, sorted by their other ends.
pub(super) fn spread_ports(grid: &mut Grid) {
    let mut ends: Vec<(usize, bool, usize, f64)> = Vec::new();
    for link in &grid.links {
        let (lower, upper) = grid.link_ends(link);
        if grid.items[link.lower].node.is_some() {
            ends.push((link.lower, false, link.net, upper));
        }
        if grid.items[link.upper].node.is_some() {
            ends.push((link.upper, true, link.net, lower));
        }
    }
    // The links of a net share one port at its root.
    ends.sort_by(|a, b| {
        (a.0, a.1, a.2)
            .cmp(&(b.0, b.1, b.2))
            .then(a.3.total_cmp(&b.3))
    });
    let mut ports: Vec<(usize, bool, usize, f64)> = Vec::new();
    for of_net in ends.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
        let (item, lower_side, net, _) = of_net[0];
        ports.push((item, lower_side, net, of_net[of_net.len() / 2].3));
    }
    ports.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.3.total_cmp(&b.3)));
    let mut found = BTreeMap::new();
    for of_side in ports.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let count = f64::from(u32::try_from(of_side.len()).unwrap_or(u32::MAX));
        let room = grid.items[of_side[0].0].width - 16.0;
        let step = PORT.min(room / count);
        let mut port = -step * (count - 1.0) / 2.0;
        for &(item, lower_side, net, _) in of_side {
            found.insert((item, lower_side, net), port);
            port += step;
        }
    }
    for link in &mut grid.links {
        let port = |item, lower_side| found.get(&(item, lower_side, link.net)).copied();
        let (lower, upper) = (port(link.lower, false), port(link.upper, true));
        link.lower_port = lower.unwrap_or(0.0);
        link.upper_port = upper.unwrap_or(0.0);
    }
}

/// Moves the ends of links along the sides of nodes so that almost vertical links become vertical.
pub(super) fn align_ports(grid: &mut Grid) {
    let mut ends: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    let mut branches: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for link in &grid.links {
        *ends.entry((link.lower, false)).or_default() += 1;
        *ends.entry((link.upper, true)).or_default() += 1;
        *branches.entry((link.upper, link.net)).or_default() += 1;
    }
    for at in 0..grid.links.len() {
        let link = grid.links[at];
        let (lower, upper) = grid.link_ends(&link);
        let nearly = (lower - upper).abs() < PORT / 2.0;
        // The port at `x`, if the end can be moved there without overlapping another.
        let port = |item: usize, x: f64, free: bool| {
            let item = &grid.items[item];
            let port = Some(x - item.x).filter(|_| free && item.node.is_some());
            port.filter(|port| port.abs() <= item.width / 2.0 - 10.0)
        };
        let single = branches[&(link.upper, link.net)] == 1;
        let free = ends[&(link.upper, true)] == 1 || nearly && single;
        if let Some(port) = port(link.upper, lower, free) {
            grid.links[at].upper_port = port;
            continue;
        }
        let free = ends[&(link.lower, false)] == 1 || nearly;
        if let Some(port) = port(link.lower, upper, free) {
            grid.links[at].lower_port = port;
        }
    }
}
