//! Builds the section on paths that the change opens from outside, with the steps of each.

use infra_template::review::{OpenedPath, PathStep, Review};

use super::super::words::strip_column;
use super::{Head, Kind, Row, Section, Text, Tone};

/// Maximum number of paths that are listed; the others are counted.
const MOST_PATHS: usize = 20;

/// Lists paths from outside that do not exist before the deployment.
pub(super) fn opened_section(review: &Review) -> Option<Section> {
    let opened = || review.stacks.iter().flat_map(|stack| &stack.opened);
    let count = opened().count();
    let mut rows: Vec<Row> = opened().take(MOST_PATHS).map(path_row).collect();
    if count > MOST_PATHS {
        let more = Text::new().plain(format!("and {} more", count - MOST_PATHS));
        rows.push(Row::new(Tone::Alarm, "", Head::Words(more)));
    }
    Section::from_rows(Kind::Alarm, "paths from outside open", rows)
}

fn path_row(path: &OpenedPath) -> Row {
    let possibly = if path.certain { "" } else { ", possibly" };
    let text = Text::new()
        .plain(&path.from)
        .plain(" reaches ")
        .code(path.resource.display_name())
        .plain(format!(": {}{possibly}", path.what));
    let row = Row::new(Tone::Alarm, "!", Head::Words(text));
    path.steps
        .iter()
        .fold(row, |row, step| row.with_detail(step_text(step)))
}

fn step_text(step: &PathStep) -> Text {
    let text = Text::new().plain(&step.text);
    let source = step
        .resource
        .as_ref()
        .and_then(|resource| resource.source.as_deref());
    match source {
        Some(source) => text.plain(", ").code(strip_column(source)),
        None => text,
    }
}
