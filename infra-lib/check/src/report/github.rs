//! Reports as annotations of a GitHub workflow.

use std::fmt::Write as _;

use crate::Report;

/// Returns one workflow command for each finding, which GitHub shows at the line of the file.
///
/// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
pub fn render_github(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let found = &finding.diagnostic;
        let level = if finding.is_error() {
            "error"
        } else {
            "warning"
        };
        let (start, end) = (finding.start(), finding.end());
        let _ = write!(
            text,
            "::{level} file={},line={},endLine={},col={}",
            escape_property(&finding.file().name),
            start.line,
            end.line,
            start.column
        );
        // GitHub ignores the end column of ranges over several lines.
        if start.line == end.line {
            let _ = write!(text, ",endColumn={}", end.column);
        }
        let message = match &found.help {
            Some(help) => format!("{}\n{help}", found.message),
            None => found.message.clone(),
        };
        let _ = writeln!(text, ",title={}::{}", found.code, escape(&message));
    }
    text
}

fn escape(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
