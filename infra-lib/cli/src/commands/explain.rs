//! `explain`: what a code means.

use infra_core::{Diagnostic, codes, nearest};

use super::Session;
use crate::ExitCode;
use crate::arguments::Explain;
use crate::program::Failure;

pub(super) fn run(session: &mut Session<'_>, options: &Explain) -> Result<ExitCode, Failure> {
    let Some(name) = &options.code else {
        let all = codes::ALL.iter().map(|info| {
            let severity = info.code.severity().to_string();
            format!("{}  {severity:7}  {}\n", info.code, info.title)
        });
        session.output.data(&all.collect::<String>())?;
        return Ok(ExitCode::Ok);
    };
    let Some(info) = codes::find(name) else {
        let known = codes::ALL.iter().map(|info| info.code.as_str());
        let finding = Diagnostic::new(codes::UNKNOWN_CODE, format!("there is no code `{name}`"));
        let help = match nearest(name, known) {
            Some(meant) => format!("did you mean `{meant}`? `explain` alone lists every code"),
            None => "`explain` alone lists every code".to_owned(),
        };
        return Err(finding.help(help).into());
    };
    session.output.data(&visible(info.page))?;
    Ok(ExitCode::Ok)
}

/// The page without the lines that rustdoc hides, which are there to make examples compile.
fn visible(page: &str) -> String {
    let mut rust = false;
    let mut text = String::new();
    for line in page.lines() {
        if line.starts_with("```") {
            rust = !rust && line.starts_with("```rust");
        }
        if rust && (line == "#" || line.starts_with("# ")) {
            continue;
        }
        // The attributes of a code block are for the test, not for the reader.
        let shown = if rust && line.starts_with("```rust") {
            "```rust"
        } else {
            line
        };
        text.push_str(shown);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn hidden_lines_of_examples_are_not_shown() {
        let page = "# INF0\n\n```rust,no_run\n# use a;\nlet b = 1;\n```\n\n# Heading\n";
        assert_eq!(
            visible(page),
            "# INF0\n\n```rust\nlet b = 1;\n```\n\n# Heading\n"
        );
    }
}
