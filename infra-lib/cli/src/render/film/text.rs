//! Draws the timeline of a deployment in text, at the width of the terminal.

use std::fmt::Write as _;

use infra_console::words::{clean_line, format_seconds};
use infra_console::wrap_text;
use infra_template::estimate::Spread;
use infra_template::simulate::{Operation, OperationKind, Simulation, StackRun};

use super::super::words::{shorten_name, write_item};
use super::{
    change_verb, critical_names, format_spread, format_verdict, headline, interruptions,
    operation_sign, short_name,
};

/// Width without a limit of the terminal.
const WIDTH: usize = 80;

/// Width of the column with the end of each operation.
const TIMES: usize = 7;

/// Draws all stacks, and lists what may be interrupted and what the estimate does not know.
pub(crate) fn render_timeline(film: &Simulation, columns: Option<usize>) -> String {
    let width = columns.unwrap_or(WIDTH).clamp(40, 120);
    let mut text = format!("{}\n", wrap_text(&headline(film), width));
    for run in &film.stacks {
        write_stack(&mut text, run, film.duration, width);
    }
    let found = interruptions(film);
    if !found.is_empty() {
        text += "\navailability\n";
    }
    for (_, operation, verdict) in found {
        let property = verdict.property.as_deref();
        let property = property.map(|name| format!(", {name}")).unwrap_or_default();
        let line = format!(
            "{}{property}: {} ({})",
            operation.resource.display_name(),
            format_verdict(verdict),
            verdict.reason
        );
        write_item(&mut text, &line, width);
        if let Some(source) = &verdict.source {
            let _ = writeln!(text, "    {source}");
        }
    }
    if !film.critical_path.is_empty() {
        let line = format!("\ncritical path: {}", critical_names(film).join(", then "));
        let _ = writeln!(text, "{}", wrap_text(&line, width));
    }
    if !film.unmeasured.is_empty() {
        let line = format!("no published durations: {}", film.unmeasured.join(", "));
        let _ = writeln!(text, "{}", wrap_text(&line, width));
    }
    text
}

fn write_stack(text: &mut String, run: &StackRun, total: Spread, width: usize) {
    let span = run.end.saturating_sub(run.start);
    let mut title = format!(
        "{}, {}: {}",
        run.path,
        change_verb(run.change),
        format_spread(span)
    );
    if run.serving.expected < run.end.expected {
        let serving = run.serving.saturating_sub(run.start);
        let _ = write!(
            title,
            ", cleanup after {}",
            format_seconds(serving.expected)
        );
    }
    let _ = writeln!(text, "\n{}", wrap_text(&clean_line(&title), width));
    let names = run
        .operations
        .iter()
        .map(|one| short_name(&run.path, &one.resource));
    let longest = names.map(|name| name.chars().count()).max().unwrap_or(0);
    let column = longest.min(if width < 72 { 18 } else { 28 });
    // Two spaces, the sign with its space, the name, a space, and the end with its space.
    let bar = width.saturating_sub(2 + 4 + column + 1 + 1 + TIMES);
    for operation in &run.operations {
        let sign = operation_sign(operation.kind);
        let name = shorten_name(
            &clean_line(short_name(&run.path, &operation.resource)),
            column,
        );
        let drawn = draw_bar(operation, total.expected, bar);
        let end = format_seconds(operation.end.expected);
        let _ = writeln!(text, "  {sign:<3} {name:<column$} {drawn} {end:>TIMES$}");
    }
}

/// Draws an operation on the common scale of all stacks: full blocks on the critical path, lighter ones elsewhere.
fn draw_bar(operation: &Operation, total: u64, width: usize) -> String {
    let scale = |seconds: u64| -> usize {
        let place = u128::from(seconds) * width as u128 / u128::from(total.max(1));
        usize::try_from(place).unwrap_or(width).min(width)
    };
    let start = scale(operation.start.expected).min(width.saturating_sub(1));
    let end = scale(operation.end.expected).clamp(start + 1, width);
    let block = match operation.kind {
        _ if operation.critical => '█',
        OperationKind::Delete | OperationKind::CleanUp => '░',
        _ => '▒',
    };
    (0..width)
        .map(|at| {
            if (start..end).contains(&at) {
                block
            } else {
                '·'
            }
        })
        .collect()
}
