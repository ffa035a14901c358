//! Reports for people, in the style of rustc.

use std::fmt::Write as _;

use crate::{Finding, Report};

/// Maximum number of characters of a source line that are shown.
const COLUMNS: usize = 160;

/// Returns the findings in full, each with its source line, and a summary.
///
/// ```text
/// error[INF3002]: `AWS::SQS::Queue` has no property `DelaySecond`
///   --> queue.yaml:5:7
///    |
///  5 |       DelaySecond: 5
///    |       ^^^^^^^^^^^
///    = help: did you mean `DelaySeconds`?
/// ```
pub fn render_text(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        write_finding(&mut text, finding);
        text.push('\n');
    }
    let _ = writeln!(text, "{}", summary(report));
    text
}

/// Returns one line for each finding: `queue.yaml:5:7: error[INF3002]: message`.
pub fn render_lines(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let found = &finding.diagnostic;
        let (file, at) = (&finding.file().name, finding.start());
        let _ = writeln!(
            text,
            "{file}:{at}: {}[{}]: {}",
            found.severity, found.code, found.message
        );
    }
    text
}

fn summary(report: &Report) -> String {
    let count = |number: usize, word: &str| {
        let plural = if number == 1 { "" } else { "s" };
        format!("{number} {word}{plural}")
    };
    format!(
        "{} and {} in {}",
        count(report.errors(), "error"),
        count(report.warnings(), "warning"),
        count(report.files, "template")
    )
}

fn write_finding(text: &mut String, finding: &Finding) {
    let found = &finding.diagnostic;
    let (start, end) = (finding.start(), finding.end());
    let _ = writeln!(
        text,
        "{}[{}]: {}",
        found.severity, found.code, found.message
    );
    let number = start.line.to_string();
    let margin = " ".repeat(number.len());
    let _ = writeln!(text, "{margin} --> {}:{start}", finding.file().name);
    let line = source_line(finding);
    if let Some(line) = &line {
        // Without tabs, columns of the line and of the mark agree.
        let before = usize::try_from(start.column)
            .unwrap_or(usize::MAX)
            .saturating_sub(1);
        let length = line.chars().count();
        let width = if end.line == start.line {
            usize::try_from(end.column.saturating_sub(start.column)).unwrap_or(1)
        } else {
            length.saturating_sub(before)
        };
        let shown = width.min(COLUMNS.saturating_sub(before)).max(1);
        let _ = writeln!(text, "{margin}  |");
        let cut: String = line.chars().take(COLUMNS).collect();
        let _ = writeln!(text, " {number} | {}", cut.trim_end());
        if before < COLUMNS {
            let _ = writeln!(
                text,
                "{margin}  | {}{}",
                " ".repeat(before),
                "^".repeat(shown)
            );
        }
    }
    let mut note = |label: &str, value: &str| {
        let _ = writeln!(
            text,
            "{margin}  = {label}: {}",
            value.replace('\n', "\n     ")
        );
    };
    match (&found.property, &found.logical_id) {
        (Some(property), Some(id)) => note("property", &format!("{property} (of {id})")),
        (None, Some(id)) => note("resource", id),
        _ => {}
    }
    if line.is_none()
        && let Some(actual) = &found.actual
    {
        note("actual", actual);
    }
    if let Some(expected) = &found.expected {
        note("expected", expected);
    }
    found.notes.iter().for_each(|one| note("note", one));
    for (message, at) in finding.related() {
        note("note", &format!("{message}: {}:{at}", finding.file().name));
    }
    if let Some(help) = &found.help {
        note("help", help);
    }
    if let Some(url) = &found.url {
        note("see", url);
    }
}

fn source_line(finding: &Finding) -> Option<String> {
    let number = usize::try_from(finding.start().line).ok()?.checked_sub(1)?;
    let line = finding.file().text.lines().nth(number)?;
    // Control characters could change the terminal.
    Some(
        line.chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect(),
    )
}
