//! Where commands write: data to standard output, talk to standard error, in colour when a person looks.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use infra_core::{Diagnostic, Severity, Summary};

/// Headings and counts.
const BOLD: Style = Style::new().bold();
/// Places and the signs that lead to notes.
const GUIDE: Style = AnsiColor::Blue.on_default().bold();

/// The two streams of a command.
pub(crate) struct Output<'a> {
    stdout: &'a mut dyn Write,
    stderr: &'a mut dyn Write,
    colored: bool,
    quiet: bool,
}

impl<'a> Output<'a> {
    pub(crate) fn new(
        stdout: &'a mut dyn Write,
        stderr: &'a mut dyn Write,
        colored: bool,
        quiet: bool,
    ) -> Self {
        Self {
            stdout,
            stderr,
            colored,
            quiet,
        }
    }

    /// Writes data.
    pub(crate) fn data(&mut self, text: &str) -> io::Result<()> {
        self.stdout.write_all(text.as_bytes())?;
        self.stdout.flush()
    }

    /// Writes data as indented JSON.
    pub(crate) fn json(&mut self, json: &serde_json::Value) -> io::Result<()> {
        self.data(&format!("{json:#}\n"))
    }

    /// Writes talk that `--quiet` silences.
    pub(crate) fn talk(&mut self, text: &str) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.stderr.write_all(text.as_bytes())
    }

    /// Writes each finding, with an empty line after it.
    pub(crate) fn findings(&mut self, findings: &[Diagnostic]) -> io::Result<()> {
        let mut text = String::new();
        for finding in findings {
            let plain = infra_core::render(finding);
            if self.colored {
                colour(&mut text, &plain, finding.severity);
            } else {
                text.push_str(&plain);
            }
            text.push('\n');
        }
        self.stderr.write_all(text.as_bytes())
    }

    /// Writes a line that stands out.
    pub(crate) fn emphasis(&self, text: &str) -> String {
        self.styled(BOLD, text)
    }

    /// Text in a style, when colours are wanted.
    fn styled(&self, style: Style, text: &str) -> String {
        if self.colored {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// `2 errors, 1 warning`, or `no findings`.
pub(crate) fn count(summary: Summary) -> String {
    let some = |count: usize, what: &str| (count > 0).then(|| plural(count, what));
    let parts: Vec<String> = [
        some(summary.errors, "error"),
        some(summary.warnings, "warning"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(", ")
    }
}

/// `1 stack`, `2 stacks`.
pub(crate) fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Error | Severity::Fatal => AnsiColor::Red.on_default().bold(),
    }
}

/// Colours a rendered finding: its first line by severity, then the signs that lead the others.
fn colour(out: &mut String, plain: &str, severity: Severity) {
    for (at, line) in plain.lines().enumerate() {
        if at == 0 {
            let (head, message) = line.split_once(": ").unwrap_or((line, ""));
            let style = severity_style(severity);
            let _ = writeln!(out, "{style}{head}{style:#}{BOLD}: {message}{BOLD:#}");
        } else if let Some(place) = line.strip_prefix("  --> ") {
            let _ = writeln!(out, "  {GUIDE}-->{GUIDE:#} {place}");
        } else if let Some((label, text)) =
            line.strip_prefix("   = ").and_then(|l| l.split_once(": "))
        {
            let _ = writeln!(out, "   {GUIDE}={GUIDE:#} {BOLD}{label}{BOLD:#}: {text}");
        } else {
            let _ = writeln!(out, "{line}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::colour;
    use infra_core::{Diagnostic, codes};

    #[test]
    fn colour_adds_nothing_but_colour() {
        let finding = Diagnostic::new(codes::EMPTY_STACK, "stack `Web` has no resources")
            .path("Web")
            .help("add one\nor remove the stack");
        let plain = infra_core::render(&finding);
        let mut coloured = String::new();
        colour(&mut coloured, &plain, finding.severity);
        assert_ne!(coloured, plain);

        let mut stripped = String::new();
        let mut pieces = coloured.split('\u{1b}');
        stripped.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            stripped.push_str(piece.split_once('m').map_or(piece, |(_, text)| text));
        }
        assert_eq!(stripped, plain);
    }
}
