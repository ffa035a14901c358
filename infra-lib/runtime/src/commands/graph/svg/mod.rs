//! Draws the graph as a self-contained SVG file with colours for light and dark mode.
//!
//! Stacks are boxes from top to bottom in deployment order, VPCs boxes inside of them. Arrows lead up, from a construct to
//! the constructs that it refers to; lines to the same construct are joined into one tree, which gets a colour if it leaves the stack.

mod grid;
mod place;
mod ports;
mod rails;
mod route;
#[cfg(test)]
mod tests;
mod text;

use std::fmt::Write as _;

use super::model::Model;
use grid::{Grid, Net};
use place::{INSET, vpc_label};
use route::{Heights, LABEL, NODE_HEIGHT, Wire};
use text::{KIND, NAME, escape_xml, fit_text};

/// Space around the drawing, in pixels.
const MARGIN: f64 = 16.0;
const BEND: f64 = 5.0;

/// Number of colours for lines between stacks, which are assigned in turn.
const HUES: usize = 8;

const STYLE: &str = "\
svg{--paper:#fff;--stack:#f6f8fa;--border:#c4ccd6;--node:#fff;--ink:#1f2328;--faint:#59636e;--vpc:#1a7f5a;--line:#6e7781;\
--h0:#0969da;--h1:#bc4c00;--h2:#8250df;--h3:#1a7f37;--h4:#bf3989;--h5:#0b7285;--h6:#cf222e;--h7:#6a7400;\
font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
@media (prefers-color-scheme:dark){svg{--paper:#0d1117;--stack:#161b22;--border:#3d444d;--node:#0d1117;--ink:#e6edf3;\
--faint:#9198a1;--vpc:#3fb98a;--line:#8b949e;--h0:#58a6ff;--h1:#f0883e;--h2:#bc8cff;--h3:#56d364;--h4:#f778ba;--h5:#39c5cf;--h6:#ff7b72;--h7:#b3bf3c}}
.paper{fill:var(--paper)}.stack{fill:var(--stack);stroke:var(--border)}.vpc{fill:none;stroke:var(--vpc);stroke-dasharray:2 3}
.node rect{fill:var(--node);stroke:var(--border)}.name{font-size:13px;font-weight:600;fill:var(--ink)}
.node .name{font-weight:500;text-anchor:middle}.kind{font-size:10.5px;fill:var(--faint);text-anchor:middle}
.label{paint-order:stroke;stroke:var(--stack);stroke-width:4px;stroke-linejoin:round}.vpc-name{font-size:10.5px;fill:var(--vpc)}
.net path{fill:none;stroke:var(--hue);stroke-width:1.3}.net path.head{fill:var(--hue);stroke:none}.net:hover path{stroke-width:2.6}
.between path{stroke-dasharray:5 3}.within{--hue:var(--line)}
.h0{--hue:var(--h0)}.h1{--hue:var(--h1)}.h2{--hue:var(--h2)}.h3{--hue:var(--h3)}.h4{--hue:var(--h4)}.h5{--hue:var(--h5)}\
.h6{--hue:var(--h6)}.h7{--hue:var(--h7)}";

/// Draws the model and returns the SVG document.
pub(super) fn draw_svg(model: &Model) -> String {
    let mut grid = Grid::new(model);
    place::place_items(&mut grid);
    let (wires, heights) = route::route_wires(&grid);
    let mut svg = Svg::new(&grid, &wires, &heights);
    svg.draw_boxes(&grid, &heights);
    svg.draw_nets(model, &grid, &wires, &heights);
    svg.draw_nodes(model, &grid, &heights);
    svg.draw_labels(&grid, &heights);
    svg.text.push_str("</svg>\n");
    svg.text
}

struct Svg {
    text: String,
    /// Offset that makes all horizontal positions positive.
    shift: f64,
}

impl Svg {
    fn new(grid: &Grid, wires: &[Wire], heights: &Heights) -> Self {
        let mut left = f64::INFINITY;
        let mut right = f64::NEG_INFINITY;
        let mut cover = |from: f64, to: f64| {
            left = left.min(from);
            right = right.max(to);
        };
        for band in &grid.bands {
            let (from, to) = band.outer_borders();
            cover(from, to);
        }
        for wire in wires {
            cover(wire.top, wire.top);
        }
        if grid.bands.is_empty() {
            cover(0.0, 0.0);
        }
        let shift = MARGIN - left;
        let (width, height) = (right - left + 2.0 * MARGIN, heights.total + 2.0 * MARGIN);
        let stacks: Vec<&str> = grid.bands.iter().map(|band| band.name.as_str()).collect();
        let title = match stacks.as_slice() {
            [] => "No stacks".to_owned(),
            [stack] => format!("Constructs of the stack {stack}"),
            stacks => format!(
                "Constructs of the stacks {} in deployment order",
                stacks.join(", ")
            ),
        };
        let mut text = String::new();
        let _ = writeln!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
             height=\"{height:.0}\" role=\"img\">\n<title>{}</title>\n<style>\n{STYLE}\n</style>",
            escape_xml(&title)
        );
        let _ = writeln!(
            text,
            "<rect class=\"paper\" width=\"100%\" height=\"100%\" rx=\"8\"/>"
        );
        Self { text, shift }
    }

    fn shift_x(&self, x: f64) -> f64 {
        (x + self.shift).round()
    }

    fn draw_boxes(&mut self, grid: &Grid, heights: &Heights) {
        for (band, &(top, bottom)) in grid.bands.iter().zip(&heights.bands) {
            let (left, right) = band.outer_borders();
            self.draw_rect("stack", (left, right), (top, bottom));
            for lane in band.lanes.iter().filter(|lane| lane.vpc.is_some()) {
                let top = heights.rows[lane.first_row] - LABEL;
                let bottom = heights.rows[lane.last_row] + NODE_HEIGHT + INSET;
                self.draw_rect(
                    "vpc",
                    (lane.left - INSET, lane.right + INSET),
                    (top, bottom),
                );
            }
        }
    }

    fn draw_rect(&mut self, class: &str, across: (f64, f64), down: (f64, f64)) {
        let _ = writeln!(
            self.text,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>",
            self.shift_x(across.0),
            shift_y(down.0),
            (across.1 - across.0).round(),
            (down.1 - down.0).round()
        );
    }

    /// Writes the names of stacks and VPCs, on top of lines that cross them.
    fn draw_labels(&mut self, grid: &Grid, heights: &Heights) {
        for (band, &(top, _)) in grid.bands.iter().zip(&heights.bands) {
            let (left, _) = band.outer_borders();
            self.draw_label("name label", left + 10.0, top + 17.0, &band.name);
            for lane in &band.lanes {
                if let Some(vpc) = &lane.vpc {
                    let top = heights.rows[lane.first_row] - LABEL;
                    self.draw_label(
                        "vpc-name label",
                        lane.left - INSET + 7.0,
                        top + 14.0,
                        &vpc_label(vpc),
                    );
                }
            }
        }
    }

    fn draw_label(&mut self, class: &str, x: f64, down: f64, text: &str) {
        let (x, down) = (self.shift_x(x), shift_y(down));
        let _ = writeln!(
            self.text,
            "<text class=\"{class}\" x=\"{x}\" y=\"{down}\">{}</text>",
            escape_xml(text)
        );
    }

    fn draw_nodes(&mut self, model: &Model, grid: &Grid, heights: &Heights) {
        for item in &grid.items {
            let Some(node) = item.node.map(|node| &model.nodes[node]) else {
                continue;
            };
            let (x, top) = (self.shift_x(item.x), heights.rows[item.row]);
            let full = escape_xml(&format!("{}: {}", node.name, node.kind));
            let _ = writeln!(self.text, "<g class=\"node\"><title>{full}</title>");
            let half = item.width / 2.0;
            self.draw_rect("", (item.x - half, item.x + half), (top, top + NODE_HEIGHT));
            for (class, size, text, down) in [
                ("name", NAME, text::display_name(node), 19.0),
                ("kind", KIND, text::display_kind(node), 34.0),
            ] {
                let _ = writeln!(
                    self.text,
                    "<text class=\"{class}\" x=\"{x}\" y=\"{}\">{}</text>",
                    shift_y(top + down),
                    escape_xml(&fit_text(text, size, item.width))
                );
            }
            self.text.push_str("</g>\n");
        }
    }

    fn draw_nets(&mut self, model: &Model, grid: &Grid, wires: &[Wire], heights: &Heights) {
        let mut hue = 0;
        for (at, net) in grid.nets.iter().enumerate() {
            let class = if net.kind.between_stacks {
                hue += 1;
                format!("between h{}", (hue - 1) % HUES)
            } else {
                "within".to_owned()
            };
            let title = escape_xml(&net_title(model, net));
            let _ = write!(
                self.text,
                "<g class=\"net {class}\"><title>{title}</title>\n<path d=\""
            );
            let mut heads = String::new();
            for wire in wires.iter().filter(|wire| wire.net == at) {
                self.draw_wire(wire, heights, net.kind.downwards, &mut heads);
            }
            let _ = writeln!(self.text, "\"/>\n<path class=\"head\" d=\"{heads}\"/></g>");
        }
    }

    /// Writes the lines of a wire: each lower end joins the track with a bend towards the upper end.
    fn draw_wire(&mut self, wire: &Wire, heights: &Heights, downwards: bool, heads: &mut String) {
        let above = heights.rows[wire.row - 1];
        let top = shift_y(if wire.top_is_node {
            above + NODE_HEIGHT
        } else {
            above
        });
        let bottom = shift_y(heights.rows[wire.row]);
        let end = self.shift_x(wire.top);
        if wire.top_is_node && !downwards {
            let _ = write!(heads, "M{end} {top}l-4 8h8z");
        }
        // The common segment is drawn once: overlapping dashed lines would fill each other's gaps.
        let junction = wire.track.map_or(bottom, |track| shift_y(track) - BEND);
        let _ = write!(self.text, "M{end} {junction}V{top}");
        for (at, x) in wire.bottoms.iter().enumerate() {
            let x = self.shift_x(*x);
            if downwards && wire.bottom_is_node[at] {
                let _ = write!(heads, "M{x} {bottom}l-4 -8h8z");
            }
            let Some(track) = wire.track.map(shift_y) else {
                continue;
            };
            if (x - end).abs() < 0.5 {
                let _ = write!(self.text, "M{x} {bottom}V{junction}");
                continue;
            }
            let bend = BEND.min((x - end).abs() / 2.0);
            let aside = bend * (end - x).signum();
            let _ = write!(
                self.text,
                "M{x} {bottom}V{}q0 -{bend} {aside} -{bend}",
                track + bend
            );
            let farthest = if x < end {
                at == 0
            } else {
                at + 1 == wire.bottoms.len()
            };
            if farthest {
                let _ = write!(self.text, "H{}Q{end} {track} {end} {junction}", end - aside);
            }
        }
    }
}

fn shift_y(y: f64) -> f64 {
    (y + MARGIN).round()
}

fn net_title(model: &Model, net: &Net) -> String {
    let leaves: Vec<&str> = net
        .leaves
        .iter()
        .map(|leaf| model.nodes[*leaf].name.as_str())
        .collect();
    let (root, leaves) = (&model.nodes[net.root].name, leaves.join(", "));
    if net.kind.downwards {
        format!("{root} → {leaves}")
    } else {
        format!("{leaves} → {root}")
    }
}
