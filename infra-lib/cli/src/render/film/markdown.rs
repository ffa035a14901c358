//! Writes the simulation as a section of a comment on a pull request: the verdict, what may be interrupted, and the critical path.

use std::fmt::Write as _;

use infra_template::simulate::Simulation;

use super::super::escape::{escape_markdown, escape_prose, format_code};
use super::{critical_names, format_verdict, headline, interruptions};

/// Maximum number of changes that are listed; further ones are counted.
const MOST: usize = 12;

/// Maximum number of resources on the critical path that are listed.
const LONGEST: usize = 8;

/// Formats the section; empty if nothing changes.
pub(crate) fn render_film_section(film: &Simulation) -> String {
    if film.stacks.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\n**Availability: {}**\n\n",
        escape_markdown(&headline(film))
    );
    let found = interruptions(film);
    for (_, operation, verdict) in found.iter().take(MOST) {
        let property = verdict.property.as_deref();
        let property = property
            .map(|name| format!(", {}", format_code(name)))
            .unwrap_or_default();
        let source = verdict.source.as_deref();
        let source = source
            .map(|page| format!(" ([source]({page}))"))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "- {}{property}: {} — {}{source}",
            format_code(operation.resource.display_name()),
            escape_markdown(&format_verdict(verdict)),
            escape_prose(&verdict.reason)
        );
    }
    if found.len() > MOST {
        let _ = writeln!(text, "- and {} more", found.len() - MOST);
    }
    let names = critical_names(film);
    if !names.is_empty() {
        let mut path: Vec<String> = names
            .iter()
            .take(LONGEST)
            .map(|name| format_code(name))
            .collect();
        if names.len() > LONGEST {
            path.push(format!("{} more", names.len() - LONGEST));
        }
        let _ = writeln!(text, "\nCritical path: {}", path.join(", then "));
    }
    text
}
