//! Builds the sections on paths that the change opens from outside, with the steps of each.

use infra_template::review::{Blocker, OpenedPath, PathStep, Review};

use super::super::words::strip_column;
use super::stops::list_blockers;
use super::{Head, Kind, Row, Section, Text, Tone};

/// Maximum number of paths that are listed; the others are counted.
const MOST_PATHS: usize = 20;

/// Lists resources that the internet reaches by a path that needs an approval, with the steps, the changes that open it, and the option that permits it.
pub(super) fn exposure_section(review: &Review) -> Option<Section> {
    let mut blockers: Vec<&Blocker> = Vec::new();
    for stop in list_blockers(review).filter(|stop| !stop.opened.is_empty()) {
        // Several stacks have the blocker if each of them has a part in the path.
        if !blockers.contains(&stop) {
            blockers.push(stop);
        }
    }
    let rows = blockers.into_iter().map(exposure_row);
    Section::from_rows(Kind::Alarm, "reachable from the internet", rows.collect())
}

fn exposure_row(stop: &Blocker) -> Row {
    let mut row = Row::new(Tone::Alarm, "!", Head::from_resource(&stop.resource))
        .with_detail(Text::new().prose(&stop.message));
    let mut shown: Vec<&Vec<PathStep>> = Vec::new();
    for path in &stop.opened {
        if !shown.contains(&&path.steps) {
            shown.push(&path.steps);
            row = path
                .steps
                .iter()
                .fold(row, |row, step| row.with_detail(step_text(step)));
        }
    }
    if !stop.because.is_empty() {
        let because = stop.because.iter().map(|why| Text::new().code(why));
        let because = Text::join_texts(because);
        row = row.with_detail(Text::new().plain("because of ").append_text(because));
    }
    let approval = format!("--allow-exposure {}", stop.resource.logical_id);
    row.with_detail(Text::new().prose("`deploy` requires ").code(approval))
}

/// Lists the other paths from outside that do not exist before the deployment.
pub(super) fn opened_section(review: &Review) -> Option<Section> {
    let blocking: Vec<&OpenedPath> = list_blockers(review)
        .flat_map(|stop| &stop.opened)
        .collect();
    let opened = || {
        let all = review.stacks.iter().flat_map(|stack| &stack.opened);
        all.filter(|path| !blocking.contains(path))
    };
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
