//! Reports for people, in the style of rustc.

use std::borrow::Cow;
use std::fmt::Write as _;

use infra_yaml::Position;

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
            "{}:{at}: {}[{}]: {}",
            escape_line(file),
            found.severity,
            found.code,
            escape_line(&found.message)
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
        found.severity,
        found.code,
        escape_line(&found.message)
    );
    let name = escape_line(&finding.file().name);
    let number = start.line.to_string();
    let margin = " ".repeat(number.len());
    let _ = writeln!(text, "{margin} --> {name}:{start}");
    let line = source_line(finding);
    if let Some(line) = line {
        let excerpt = Excerpt::new(line, start, end);
        let _ = writeln!(text, "{margin}  |");
        let _ = writeln!(text, " {number} | {}", excerpt.text);
        let _ = writeln!(
            text,
            "{margin}  | {}{}",
            " ".repeat(excerpt.before),
            "^".repeat(excerpt.width)
        );
    }
    let mut note = |label: &str, value: &str| {
        let _ = writeln!(
            text,
            "{margin}  = {label}: {}",
            escape(value).replace('\n', "\n     ")
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
        note("note", &format!("{message}: {name}:{at}"));
    }
    if let Some(help) = &found.help {
        note("help", help);
    }
    if let Some(url) = &found.url {
        note("see", url);
    }
}

/// The part of a source line that contains the start of a finding.
struct Excerpt {
    text: String,
    /// Number of characters before the finding.
    before: usize,
    /// Number of characters of the finding that are shown.
    width: usize,
}

impl Excerpt {
    fn new(line: &str, start: Position, end: Position) -> Self {
        // Characters before a finding that is too far to the right to show its line from the start.
        const CONTEXT: usize = COLUMNS / 4;
        let column = |at: Position| usize::try_from(at.column).unwrap_or(usize::MAX);
        let before = column(start).saturating_sub(1);
        let width = if end.line == start.line {
            column(end).saturating_sub(column(start)).max(1)
        } else {
            COLUMNS
        };
        let skipped = if before.saturating_add(width) <= COLUMNS || before <= CONTEXT {
            0
        } else {
            before - CONTEXT
        };
        let mut rest = line.chars().skip(skipped);
        // Control characters could change the terminal, and tabs would move the mark.
        let shown = rest.by_ref().take(COLUMNS);
        let shown: String = shown.map(|c| if is_unsafe(c) { ' ' } else { c }).collect();
        let is_cut = rest.any(|c| !c.is_whitespace());
        let shown = if is_cut { &shown } else { shown.trim_end() };
        let mark = if skipped > 0 { "…" } else { "" };
        let end = if is_cut { "…" } else { "" };
        let before = before - skipped;
        let length = shown.chars().count();
        Self {
            text: format!("{mark}{shown}{end}"),
            before: before + mark.chars().count(),
            width: width.min(length.saturating_sub(before)).max(1),
        }
    }
}

fn source_line(finding: &Finding) -> Option<&str> {
    let number = usize::try_from(finding.start().line).ok()?.checked_sub(1)?;
    let text = &finding.file().text;
    // The reader counts a carriage return alone as the end of a line too.
    let ends_with_return = !text.contains('\n') && text.contains('\r');
    if ends_with_return {
        return text.split('\r').nth(number);
    }
    text.lines().nth(number)
}

/// Returns `true` for characters that could change the terminal or the order in which it shows text.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Escapes the characters of a text that could change the terminal, except line breaks.
fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_unsafe(c) && c != '\n') {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) && c != '\n' {
            escaped.extend(c.escape_default());
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Escapes a text as [`escape`] does, and line breaks, so that it stays in one line.
fn escape_line(text: &str) -> String {
    escape(text).replace('\n', "\\n")
}
