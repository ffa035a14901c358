//! Describes the consequences of failures in text.

use std::fmt::Write as _;

use infra_console::words::{clean_line, format_seconds};
use infra_console::wrap_text;
use infra_template::simulate::{Availability, Failure, UndoKind};

use super::super::words::write_item;
use super::format_spread;

/// Describes one failure in full.
pub(crate) fn format_failure(failure: &Failure, columns: Option<usize>) -> String {
    let width = columns.unwrap_or(80).clamp(40, 120);
    let mut text = String::new();
    let title = format!(
        "if `{}` fails after {}: {}, {}",
        failure.resource.display_name(),
        format_seconds(failure.at.expected),
        failure.state,
        answers(failure.interruption)
    );
    let _ = writeln!(text, "{}", wrap_text(&clean_line(&title), width));
    let rollback = failure.end.saturating_sub(failure.at);
    let _ = writeln!(text, "  until the end: {}", format_spread(rollback));
    for stack in &failure.stacks {
        write_item(
            &mut text,
            &format!("{}: {}", stack.path, stack.state),
            width,
        );
    }
    if !failure.undone.is_empty() {
        text += "rollback\n";
    }
    for undo in &failure.undone {
        let what = match undo.kind {
            UndoKind::Keep => "returns to the old resource",
            UndoKind::Delete => "is deleted",
            _ => "gets its old values",
        };
        let line = format!(
            "{} to {}: {} {what}",
            format_seconds(undo.start.expected),
            format_seconds(undo.end.expected),
            undo.resource.display_name()
        );
        write_item(&mut text, &line, width);
    }
    if !failure.left.is_empty() {
        text += "left behind\n";
    }
    for left in &failure.left {
        let lead = if left.certain { "" } else { "possibly " };
        let line = format!("{lead}{}: {}", left.resource.display_name(), left.reason);
        write_item(&mut text, &line, width);
    }
    if !failure.manual.is_empty() {
        text += "by hand\n";
    }
    for step in &failure.manual {
        write_item(&mut text, &step.purpose, width);
        // A command is never wrapped, so that it can be copied.
        let _ = writeln!(text, "    {}", clean_line(&step.command));
    }
    text
}

/// Describes each failure in one line, the worst first.
pub(crate) fn format_failures(failures: &[Failure], columns: Option<usize>) -> String {
    let width = columns.unwrap_or(80).clamp(40, 120);
    let mut sorted: Vec<&Failure> = failures.iter().collect();
    sorted.sort_by_key(|failure| {
        (
            std::cmp::Reverse(!failure.manual.is_empty()),
            std::cmp::Reverse(failure.interruption),
        )
    });
    let mut text = String::from("if one resource fails\n");
    for failure in sorted {
        let hands = if failure.manual.is_empty() {
            ""
        } else {
            ", needs hands"
        };
        let rollback = failure.end.saturating_sub(failure.at);
        let line = format!(
            "{}: {} after {}, {}{hands}",
            failure.resource.display_name(),
            failure.state,
            format_seconds(rollback.expected),
            answers(failure.interruption)
        );
        write_item(&mut text, &line, width);
    }
    text
}

fn answers(worst: Availability) -> String {
    match worst {
        Availability::None => "the service kept answering".to_owned(),
        other => format!("availability: {other}"),
    }
}
