//! Output of a command: data on standard output and messages on standard error, in color on a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use infra_core::{Diagnostic, Severity};

use crate::words::clean_lines;
use crate::wrap::wrap_text;

/// Style of headings and counts.
const BOLD: Style = Style::new().bold();
/// Style of source locations and of the signs before notes.
const GUIDE: Style = AnsiColor::Blue.on_default().bold();

/// Output streams of a command.
#[expect(
    missing_debug_implementations,
    reason = "streams that cannot be printed"
)]
pub struct Output<'a> {
    stdout: &'a mut dyn Write,
    stderr: &'a mut dyn Write,
    colored: bool,
    quiet: bool,
    /// True if a GitHub workflow interprets the messages.
    workflow: bool,
    /// Maximum number of columns of lines for people; `None` for any.
    columns: Option<usize>,
}

impl<'a> Output<'a> {
    /// Creates an output with these streams. Messages are colored if `colored`, and suppressed if `quiet`.
    pub fn new(
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
            workflow: false,
            columns: None,
        }
    }

    /// Sets whether a GitHub workflow reads the messages, which interprets lines that start with `::` as commands.
    pub fn in_workflow(mut self, workflow: bool) -> Self {
        self.workflow = workflow;
        self
    }

    /// Sets the maximum number of columns of lines for people; unlimited by default.
    pub fn in_columns(mut self, columns: Option<usize>) -> Self {
        self.columns = columns;
        self
    }

    /// Returns the maximum number of columns of lines for people; `None` if unlimited.
    pub fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// Wraps a text without styles to the maximum number of columns, if there is a limit.
    pub fn wrap_to_columns(&self, text: &str) -> String {
        self.columns
            .map_or_else(|| text.to_owned(), |columns| wrap_text(text, columns))
    }

    /// Writes data to standard output and flushes it.
    ///
    /// # Errors
    ///
    /// When the stream cannot be written, for instance because its reader has closed it.
    pub fn write_data(&mut self, text: &str) -> io::Result<()> {
        self.stdout.write_all(text.as_bytes())?;
        self.stdout.flush()
    }

    /// Writes data as indented JSON with a final line break to standard output.
    pub fn write_json(&mut self, json: &serde_json::Value) -> io::Result<()> {
        self.write_data(&format!("{json:#}\n"))
    }

    /// Writes a message to standard error, unless `--quiet` suppresses messages.
    pub fn write_status(&mut self, text: &str) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.write_message(text)
    }

    /// Writes a command for the GitHub workflow, such as `::error file=…::…`, with its values escaped.
    ///
    /// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
    pub fn write_workflow_command(
        &mut self,
        name: &str,
        properties: &[(&str, &str)],
        message: &str,
    ) -> io::Result<()> {
        let mut text = format!("::{name}");
        for (at, (key, value)) in properties.iter().enumerate() {
            let separator = if at == 0 { ' ' } else { ',' };
            let value = escape_command(value)
                .replace(':', "%3A")
                .replace(',', "%2C");
            let _ = write!(text, "{separator}{key}={value}");
        }
        let _ = writeln!(text, "::{}", escape_command(message));
        self.stderr.write_all(text.as_bytes())?;
        self.stderr.flush()
    }

    /// Writes a message regardless of `--quiet`, such as a question or the state of an interrupted operation. Neutralizes text that a workflow would
    /// interpret.
    pub fn write_message(&mut self, text: &str) -> io::Result<()> {
        let text = if self.workflow {
            neutralize_commands(text)
        } else {
            text.to_owned()
        };
        self.stderr.write_all(text.as_bytes())?;
        self.stderr.flush()
    }

    /// Suppresses messages from now on, like the option `--quiet`.
    pub fn set_quiet(&mut self) {
        self.quiet = true;
    }

    /// Returns true if messages are suppressed, so that only findings and data are printed.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes each finding to standard error, even with `--quiet`, followed by an empty line.
    pub fn write_findings(&mut self, findings: &[Diagnostic]) -> io::Result<()> {
        let mut text = String::new();
        for finding in findings {
            // Notes can contain text from AWS and from programs that run there.
            let plain = clean_lines(&infra_core::render(finding));
            if self.colored {
                colour_finding(&mut text, &plain, finding.severity);
            } else {
                text.push_str(&plain);
            }
            text.push('\n');
        }
        self.write_message(&text)
    }

    /// Returns the text in the style of headings, which is bold if colors are enabled.
    pub fn emphasize_text(&self, text: &str) -> String {
        self.style_text(BOLD, text)
    }

    /// Returns the text in a style if colors are enabled, and unchanged otherwise.
    pub fn style_text(&self, style: Style, text: &str) -> String {
        if self.colored {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// Percent-encodes the characters that would end a workflow command.
fn escape_command(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Neutralizes text that a workflow would interpret: GitHub executes lines that start with `::`, and `##[` anywhere, even in log lines of a
/// container.
fn neutralize_commands(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("::") {
            safe.push_str(&line.replacen("::", ": :", 1));
        } else {
            safe.push_str(line);
        }
    }
    safe.replace("##[", "# #[")
}

fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Error | Severity::Fatal => AnsiColor::Red.on_default().bold(),
    }
}

/// Colors a rendered finding: its first line by severity, then the signs at the start of the others.
fn colour_finding(out: &mut String, plain: &str, severity: Severity) {
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
    use super::{Output, colour_finding};
    use infra_core::{Diagnostic, codes};

    #[test]
    fn coloured_text_equals_plain_text() {
        let finding = Diagnostic::new(codes::EMPTY_STACK, "stack `Web` has no resources")
            .path("Web")
            .help("add one\nor remove the stack");
        let plain = infra_core::render(&finding);
        let mut coloured = String::new();
        colour_finding(&mut coloured, &plain, finding.severity);
        assert_ne!(coloured, plain);

        let mut stripped = String::new();
        let mut pieces = coloured.split('\u{1b}');
        stripped.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            stripped.push_str(piece.split_once('m').map_or(piece, |(_, text)| text));
        }
        assert_eq!(stripped, plain);
    }

    #[test]
    fn neutralizes_workflow_commands() {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut output = Output::new(&mut stdout, &mut stderr, false, false).in_workflow(true);
        output
            .write_status("  ::add-mask::x\na ::b:: ##[error]c\n")
            .unwrap();
        let properties = [("file", "a:b,c.rs"), ("line", "3")];
        output
            .write_workflow_command("error", &properties, "100 %\n::set-env")
            .unwrap();
        assert_eq!(
            String::from_utf8(stderr).unwrap(),
            "  : :add-mask::x\na ::b:: # #[error]c\n\
             ::error file=a%3Ab%2Cc.rs,line=3::100 %25%0A::set-env\n"
        );
    }
}
