//! Renders the simulation of a deployment: as a timeline in text, as SVG, and as a section of a comment on a pull request.

mod failure;
mod markdown;
mod svg;
mod text;

use infra_console::words::format_seconds;
use infra_template::ResourceName;
use infra_template::estimate::Spread;
use infra_template::review::StackChange;
use infra_template::simulate::{
    Availability, Interruption, Operation, OperationKind, Simulation, StackRun,
};

pub(crate) use failure::{format_failure, format_failures};
pub(crate) use markdown::render_film_section;
pub(crate) use svg::render_svg;
pub(crate) use text::render_timeline;

/// Returns the sign of an operation, as in a review.
fn operation_sign(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Create => "+",
        OperationKind::Import => "<",
        OperationKind::Replace => "-/+",
        OperationKind::Delete | OperationKind::CleanUp => "-",
        _ => "~",
    }
}

/// Returns the name of a resource below its stack.
fn short_name<'r>(run_path: &str, resource: &'r ResourceName) -> &'r str {
    let name = resource.display_name();
    let below = name.strip_prefix(run_path);
    below
        .and_then(|name| name.strip_prefix('/'))
        .unwrap_or(name)
}

fn change_verb(change: StackChange) -> &'static str {
    match change {
        StackChange::Create => "create",
        StackChange::Update => "update",
        StackChange::Delete => "delete",
        StackChange::Unchanged => "unchanged",
    }
}

/// Formats a duration with its spread, such as `2m41s (1m05s to 18m00s)`.
fn format_spread(spread: Spread) -> String {
    format!(
        "{} ({} to {})",
        format_seconds(spread.expected),
        format_seconds(spread.low),
        format_seconds(spread.high)
    )
}

/// Formats a verdict, with the seconds of a brief interruption.
fn format_verdict(found: &Interruption) -> String {
    match found.seconds {
        Some((0, high)) => format!("{}, up to {high} s", found.verdict),
        Some((low, high)) => format!("{}, {low} to {high} s", found.verdict),
        None => found.verdict.to_string(),
    }
}

/// Returns the headline: the worst verdict and the duration.
fn headline(film: &Simulation) -> String {
    if film.stacks.is_empty() {
        return "nothing changes".to_owned();
    }
    let verdict = match film.interruption {
        Availability::None => "no interruption",
        Availability::Brief => "a brief interruption",
        Availability::Outage => "an outage",
        Availability::DataLoss => "loss of data",
        _ => "an unknown effect on availability",
    };
    format!("{verdict}, usually {}", format_spread(film.duration))
}

/// Returns the changes that may interrupt something, the worst first.
fn interruptions(film: &Simulation) -> Vec<(&StackRun, &Operation, &Interruption)> {
    let mut found: Vec<_> = film
        .stacks
        .iter()
        .flat_map(|run| run.operations.iter().map(move |operation| (run, operation)))
        .filter_map(|(run, operation)| Some((run, operation, operation.interruption.as_ref()?)))
        .filter(|(_, _, found)| found.verdict != Availability::None)
        .collect();
    found.sort_by_key(|(_, _, found)| std::cmp::Reverse(found.verdict));
    found
}

/// Returns the names on the critical path, each once.
fn critical_names(film: &Simulation) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in film.critical_path.iter().map(ResourceName::display_name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
