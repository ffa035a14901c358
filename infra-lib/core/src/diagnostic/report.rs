//! Formats findings as text for terminals, in the style of rustc.

use std::fmt::Write as _;

use super::{Diagnostic, Severity};

/// Numbers of findings by severity, for the last line of a report.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Summary {
    /// Number of findings with severity `Error` or `Fatal`.
    pub errors: usize,
    /// Number of findings with severity `Warning`.
    pub warnings: usize,
}

impl Summary {
    /// Counts the findings of each severity.
    pub fn from_findings(findings: &[Diagnostic]) -> Self {
        let warnings = findings
            .iter()
            .filter(|found| found.severity == Severity::Warning)
            .count();
        Self {
            errors: findings.len() - warnings,
            warnings,
        }
    }
}

/// Returns the finding as plain text in several lines, without colors, ending in a line break.
///
/// ```text
/// error[INF1201]: stack `Web` (eu-west-1) reads `Data/Database` from stack `Data` (us-east-1)
///   --> infra-app/src/stacks/web.rs:41:9
///    = construct: Web/Service/TaskDefinition
///    = help: …
/// ```
pub fn render(found: &Diagnostic) -> String {
    let mut text = format!("{}[{}]: {}\n", found.severity, found.code, found.message);
    if let Some(place) = &found.place {
        let _ = writeln!(text, "  --> {place}");
    }
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(text, "   = {label}: {}", value.replace('\n', "\n     "));
    };
    if let Some(path) = &found.path {
        line("construct", path);
    }
    match (&found.property, &found.logical_id) {
        (Some(property), Some(id)) => line("property", &format!("{property} (of {id})")),
        (Some(property), None) => line("property", property),
        (None, _) => {}
    }
    for (label, value) in [("actual", &found.actual), ("expected", &found.expected)] {
        if let Some(value) = value {
            line(label, value);
        }
    }
    for note in &found.notes {
        line("note", note);
    }
    for related in &found.related {
        line("note", &format!("{}: {}", related.message, related.place));
    }
    if let Some(help) = &found.help {
        line("help", help);
    }
    if let Some(url) = &found.url {
        line("see", url);
    }
    text
}
