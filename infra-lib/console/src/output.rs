//! The two streams of a command: data on standard output, talk on standard error, in colour at a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use infra_core::{Diagnostic, Severity};

use crate::words::clean_lines;
use crate::wrap::wrap_text;

/// Headings and counts.
const BOLD: Style = Style::new().bold();
/// Places and the signs that lead to notes.
const GUIDE: Style = AnsiColor::Blue.on_default().bold();

/// Streams of a command.
#[expect(
    missing_debug_implementations,
    reason = "streams that cannot be printed"
)]
pub struct Output<'a> {
    stdout: &'a mut dyn Write,
    stderr: &'a mut dyn Write,
    colored: bool,
    quiet: bool,
    /// Whether a workflow of GitHub reads the talk for commands.
    workflow: bool,
    /// Columns that lines for people have to fit.
    columns: Option<usize>,
}

impl<'a> Output<'a> {
    /// Streams that show talk, in colour when `colored`, unless `quiet`.
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

    /// Marks the talk as read by a workflow of GitHub, which obeys lines that begin with `::`.
    pub fn in_workflow(mut self, workflow: bool) -> Self {
        self.workflow = workflow;
        self
    }

    /// Gives lines for people so many columns. Default: any number.
    pub fn in_columns(mut self, columns: Option<usize>) -> Self {
        self.columns = columns;
        self
    }

    /// Columns that lines for people have to fit; `None` for any number.
    pub fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// The text without styles, in lines that fit the columns.
    pub fn wrapped(&self, text: &str) -> String {
        self.columns
            .map_or_else(|| text.to_owned(), |columns| wrap_text(text, columns))
    }

    /// Writes data.
    pub fn data(&mut self, text: &str) -> io::Result<()> {
        self.stdout.write_all(text.as_bytes())?;
        self.stdout.flush()
    }

    /// Writes data as indented JSON.
    pub fn json(&mut self, json: &serde_json::Value) -> io::Result<()> {
        self.data(&format!("{json:#}\n"))
    }

    /// Writes talk that `--quiet` silences.
    pub fn talk(&mut self, text: &str) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.say(text)
    }

    /// Writes a command for the workflow that runs this, such as `::error file=…::…`.
    ///
    /// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
    pub fn command(
        &mut self,
        name: &str,
        properties: &[(&str, &str)],
        message: &str,
    ) -> io::Result<()> {
        let mut text = format!("::{name}");
        for (at, (key, value)) in properties.iter().enumerate() {
            let separator = if at == 0 { ' ' } else { ',' };
            let value = escape(value).replace(':', "%3A").replace(',', "%2C");
            let _ = write!(text, "{separator}{key}={value}");
        }
        let _ = writeln!(text, "::{}", escape(message));
        self.stderr.write_all(text.as_bytes())?;
        self.stderr.flush()
    }

    /// Writes what must be seen whatever `--quiet` says: a question, or what was interrupted.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        let text = if self.workflow {
            disarm(text)
        } else {
            text.to_owned()
        };
        self.stderr.write_all(text.as_bytes())?;
        self.stderr.flush()
    }

    /// Silences talk, as `--quiet` does.
    pub fn set_quiet(&mut self) {
        self.quiet = true;
    }

    /// Whether only findings are wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes each finding, with an empty line after it.
    pub fn findings(&mut self, findings: &[Diagnostic]) -> io::Result<()> {
        let mut text = String::new();
        for finding in findings {
            // Notes hold what AWS said, and what programs wrote that run there.
            let plain = clean_lines(&infra_core::render(finding));
            if self.colored {
                colour(&mut text, &plain, finding.severity);
            } else {
                text.push_str(&plain);
            }
            text.push('\n');
        }
        self.say(&text)
    }

    /// Writes a line that stands out.
    pub fn emphasis(&self, text: &str) -> String {
        self.styled(BOLD, text)
    }

    /// Text in a style, when colours are wanted.
    pub fn styled(&self, style: Style, text: &str) -> String {
        if self.colored {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// Percent-encodes what would end a command of a workflow.
fn escape(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text that no workflow takes for a command: GitHub obeys lines that begin with `::`, and `##[` anywhere, also where
/// it was the log line of a container.
fn disarm(text: &str) -> String {
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
    use super::{Output, colour};
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

    #[test]
    fn a_workflow_obeys_us_and_not_what_aws_says() {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut output = Output::new(&mut stdout, &mut stderr, false, false).in_workflow(true);
        output
            .talk("  ::add-mask::x\na ::b:: ##[error]c\n")
            .unwrap();
        let properties = [("file", "a:b,c.rs"), ("line", "3")];
        output
            .command("error", &properties, "100 %\n::set-env")
            .unwrap();
        assert_eq!(
            String::from_utf8(stderr).unwrap(),
            "  : :add-mask::x\na ::b:: # #[error]c\n\
             ::error file=a%3Ab%2Cc.rs,line=3::100 %25%0A::set-env\n"
        );
    }
}
