//! Draws the timeline of a deployment as SVG, without scripts, fonts or links, and always the same for the same simulation.

use std::fmt::Write as _;

use infra_console::words::format_seconds;
use infra_template::simulate::{Availability, Operation, OperationKind, Simulation};

use super::super::escape::escape_html;
use super::{change_verb, headline, operation_sign, short_name};

/// Width of the drawing, of the column with names, and of the bars.
const WIDTH: u64 = 960;
const NAMES: u64 = 310;
const BARS: u64 = 570;

/// Most characters of a name, which end before the bars.
const NAME_LENGTH: usize = 38;

/// Steps of the scale in seconds.
const STEPS: [u64; 14] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
];

/// Height of a line, and of the head of a stack.
const LINE: u64 = 22;
const HEAD: u64 = 34;

/// Colours that differ in lightness as well, for readers who do not tell hues apart, on a light and on a dark page.
const STYLE: &str = "\
text{font:13px system-ui,sans-serif;fill:#1f2328}\
.title{font-size:16px;font-weight:600}\
.stack{font-weight:600}\
.name{font-size:12px}\
.small{font-size:11px;fill:#57606a}\
.page{fill:#fff}\
.end{text-anchor:end}\
.grid{stroke:#d0d7de}\
.create{fill:#2da44e}.update{fill:#0969da}.replace{fill:#8250df}.delete{fill:#8c959f}\
.critical{stroke:#1f2328;stroke-width:2}\
.spread{fill:none;stroke:#8c959f;stroke-dasharray:2 2}\
.bad{fill:#cf222e;font-weight:600}\
@media (prefers-color-scheme:dark){\
text{fill:#e6edf3}.small{fill:#9198a1}.page{fill:#0d1117}.grid{stroke:#3d444d}\
.update{fill:#4493f8}.replace{fill:#ab7df8}.critical{stroke:#e6edf3}.bad{fill:#f85149}}";

/// Draws all stacks on one scale. The dashed line after a bar ends where the operation ends in a slow case.
pub(crate) fn render_svg(film: &Simulation) -> String {
    let lines: usize = film.stacks.iter().map(|run| run.operations.len()).sum();
    let (lines, stacks) = (lines as u64, film.stacks.len() as u64);
    let height = 110 + lines * LINE + stacks * HEAD;
    let total = film.duration.high.max(1);
    let title = escape_html(&headline(film));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">\n<style>{STYLE}</style>\n<rect class=\"page\" width=\"{WIDTH}\" height=\"{height}\"/>\n<text class=\"title\" x=\"16\" y=\"28\">{title}</text>\n"
    );
    // The scale ends with the expected duration and a quarter, unless slow cases end before.
    let shown = (film.duration.expected + film.duration.expected / 4).clamp(1, total);
    let step = STEPS.into_iter().find(|step| shown / step <= 5);
    let step = step.unwrap_or(14_400 * (1 + shown / 72_000));
    for part in 0..=shown / step {
        let seconds = step * part;
        let x = NAMES + BARS * seconds / shown;
        let bottom = height - 32;
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"58\" y2=\"{bottom}\"/><text class=\"small\" x=\"{x}\" y=\"52\">{}</text>",
            format_seconds(seconds)
        );
    }
    let mut y = 66;
    for run in &film.stacks {
        let head = escape_html(&format!("{}, {}", run.path, change_verb(run.change)));
        let _ = writeln!(
            svg,
            "<text class=\"stack\" x=\"16\" y=\"{}\">{head}</text>",
            y + 22
        );
        y += HEAD;
        for operation in &run.operations {
            write_operation(&mut svg, operation, &run.path, y, shown);
            y += LINE;
        }
    }
    let _ = writeln!(
        svg,
        "<text class=\"small\" x=\"16\" y=\"{}\">outlined: critical path; dotted: until the end of a slow case</text>",
        height - 12
    );
    svg += "</svg>\n";
    svg
}

fn write_operation(svg: &mut String, operation: &Operation, stack: &str, y: u64, shown: u64) {
    let scale = |seconds: u64| NAMES + (seconds * BARS / shown).min(BARS);
    let name = format!(
        "{} {}",
        operation_sign(operation.kind),
        short_name(stack, &operation.resource)
    );
    let mut cut: String = name.chars().take(NAME_LENGTH).collect();
    if cut.len() < name.len() {
        cut.pop();
        cut.push('…');
    }
    let class = match operation.kind {
        OperationKind::Create | OperationKind::Import => "create",
        OperationKind::Replace => "replace",
        OperationKind::Delete | OperationKind::CleanUp => "delete",
        _ => "update",
    };
    let critical = if operation.critical { " critical" } else { "" };
    let (start, end) = (
        scale(operation.start.expected),
        scale(operation.end.expected),
    );
    let (middle, slow) = (y + 9, scale(operation.end.high));
    let _ = writeln!(
        svg,
        "<text class=\"name\" x=\"28\" y=\"{}\">{}</text><rect class=\"{class}{critical}\" x=\"{start}\" y=\"{}\" width=\"{}\" height=\"12\"><title>{}</title></rect>",
        y + 14,
        escape_html(&cut),
        y + 3,
        (end - start).max(3),
        escape_html(&format!(
            "{}: {} to {}",
            operation.resource.display_name(),
            format_seconds(operation.start.expected),
            format_seconds(operation.end.expected)
        )),
    );
    if slow > end {
        let _ = writeln!(svg, "<path class=\"spread\" d=\"M{end} {middle}H{slow}\"/>");
    }
    let found = operation.interruption.as_ref();
    if let Some(found) = found.filter(|found| found.verdict > Availability::None) {
        let _ = writeln!(
            svg,
            "<text class=\"bad end\" x=\"{}\" y=\"{}\">{}</text>",
            WIDTH - 8,
            y + 14,
            escape_html(&found.verdict.to_string())
        );
    }
}
