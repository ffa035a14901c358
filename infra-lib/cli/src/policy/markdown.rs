//! Formats the result of policies as Markdown for a pull request.

use std::fmt::Write as _;

use infra_console::words::format_count;
use infra_core::Diagnostic;

use super::{FolderSummary, PassedPolicies, PolicyResult};
use crate::render::{Target, escape};

/// Maximum number of violations that are listed; the log of the run contains all.
const LISTED: usize = 50;

/// Formats the comment that lists policy violations. It has the marker of a review, and so replaces the review of the pull request.
pub(super) fn render_violations(checked: &PolicyResult, target: Target<'_>) -> String {
    let (app, environment) = (
        escape::sanitize_marker(target.app),
        escape::sanitize_marker(target.environment),
    );
    let count = format_count(checked.violations.len(), "violation");
    let mut text = format!(
        "<!-- infra:review:{app}:{environment} -->\n### {}: {count} of the policy; no plan was created\n\n> [!CAUTION]\n> **The app cannot acknowledge these findings; the owner of the policy can add exceptions.**\n",
        escape::escape_markdown(target.environment),
    );
    for violation in checked.violations.iter().take(LISTED) {
        let _ = writeln!(text, "> - {}", format_row(violation));
    }
    if let Some(left) = checked
        .violations
        .len()
        .checked_sub(LISTED)
        .filter(|left| *left > 0)
    {
        let _ = writeln!(text, "> - {left} more, in the log of the run");
    }
    let _ = writeln!(text, "\n{}", format_footer(&checked.folders));
    text
}

/// Formats the section that follows a review: no violations, and the exceptions that were used.
pub(crate) fn render_section(passed: &PassedPolicies) -> String {
    let mut text = String::from("\n**Policy**\n\n- no violation\n");
    for one in &passed.excepted {
        let _ = writeln!(
            text,
            "- exception: {} — {}",
            format_row(&one.finding),
            escape::escape_prose(&one.reason)
        );
    }
    let _ = writeln!(text, "\n{}", format_footer(&passed.folders));
    text
}

/// Formats a violation as one line.
fn format_row(finding: &Diagnostic) -> String {
    let mut text = escape::escape_prose(&finding.message);
    let stack = finding.stack.as_deref().unwrap_or_default();
    let name = finding.path.as_deref().or(finding.logical_id.as_deref());
    let _ = write!(text, ": {}", escape::format_code(name.unwrap_or(stack)));
    if let Some(place) = &finding.place {
        let _ = write!(text, " ({})", escape::format_code(&place.to_string()));
    }
    if let Some(property) = &finding.property {
        let _ = write!(text, ", {}", escape::format_code(property));
    }
    if let Some(actual) = &finding.actual {
        let _ = write!(text, " is {}", escape::format_code(actual));
    }
    if let Some(help) = &finding.help {
        let _ = write!(text, " — {}", escape::escape_prose(help));
    }
    text
}

/// Formats the footer with the folders and their digests.
fn format_footer(folders: &[FolderSummary]) -> String {
    let folders = folders.iter().map(|one| {
        format!(
            "{} of {} {}",
            format_count(one.rules, "rule"),
            escape::format_code(&one.folder),
            escape::format_code(&super::plan_record(one).to_string())
        )
    });
    format!(
        "<sub>Policy: {}</sub>",
        folders.collect::<Vec<_>>().join(", ")
    )
}
