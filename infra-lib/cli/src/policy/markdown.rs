//! Formats the result of policies as Markdown for a pull request.

use std::fmt::Write as _;

use infra_console::words::plural;
use infra_core::Diagnostic;

use super::{Checked, FolderSummary, Passed};
use crate::render::{Target, escape};

/// Maximum number of violations that are listed; the log of the run contains all.
const LISTED: usize = 50;

/// Formats the comment that lists policy violations. It has the marker of a review, and so replaces the review of the pull request.
pub(super) fn refusal(checked: &Checked, target: Target<'_>) -> String {
    let (app, environment) = (
        escape::marker(target.app),
        escape::marker(target.environment),
    );
    let count = plural(checked.violations.len(), "violation");
    let mut text = format!(
        "<!-- infra:review:{app}:{environment} -->\n### {}: {count} of the policy; no plan was created\n\n> [!CAUTION]\n> **The app cannot acknowledge these findings; the owner of the policy can add exceptions.**\n",
        escape::escaped(target.environment),
    );
    for violation in checked.violations.iter().take(LISTED) {
        let _ = writeln!(text, "> - {}", row(violation));
    }
    if let Some(left) = checked
        .violations
        .len()
        .checked_sub(LISTED)
        .filter(|left| *left > 0)
    {
        let _ = writeln!(text, "> - {left} more, in the log of the run");
    }
    let _ = writeln!(text, "\n{}", foot(&checked.folders));
    text
}

/// Formats the section that follows a review: no violations, and the exceptions that were used.
pub(crate) fn section(passed: &Passed) -> String {
    let mut text = String::from("\n**Policy**\n\n- no violation\n");
    for one in &passed.excepted {
        let _ = writeln!(
            text,
            "- exception: {} — {}",
            row(&one.finding),
            escape::prose(&one.reason)
        );
    }
    let _ = writeln!(text, "\n{}", foot(&passed.folders));
    text
}

/// Formats a violation as one line.
fn row(finding: &Diagnostic) -> String {
    let mut text = escape::prose(&finding.message);
    let stack = finding.stack.as_deref().unwrap_or_default();
    let name = finding.path.as_deref().or(finding.logical_id.as_deref());
    let _ = write!(text, ": {}", escape::code(name.unwrap_or(stack)));
    if let Some(place) = &finding.place {
        let _ = write!(text, " ({})", escape::code(&place.to_string()));
    }
    if let Some(property) = &finding.property {
        let _ = write!(text, ", {}", escape::code(property));
    }
    if let Some(actual) = &finding.actual {
        let _ = write!(text, " is {}", escape::code(actual));
    }
    if let Some(help) = &finding.help {
        let _ = write!(text, " — {}", escape::prose(help));
    }
    text
}

/// Formats the footer with the folders and their digests.
fn foot(folders: &[FolderSummary]) -> String {
    let folders = folders.iter().map(|one| {
        format!(
            "{} of {} {}",
            plural(one.rules, "rule"),
            escape::code(&one.folder),
            escape::code(&super::plan_record(one).to_string())
        )
    });
    format!(
        "<sub>Policy: {}</sub>",
        folders.collect::<Vec<_>>().join(", ")
    )
}
