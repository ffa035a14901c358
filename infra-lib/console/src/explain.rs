//! Prints the pages of finding codes.

use infra_core::{CodeInfo, Diagnostic, codes, find_nearest};
use serde_json::Value as JsonValue;

use crate::documents::{Code, CodeDocument, CodePage, to_json};

/// Returns the output of `explain`: the list of all codes, or the page of one, optionally as JSON.
///
/// # Errors
///
/// [`codes::UNKNOWN_CODE`] with the most similar code as a suggestion.
pub fn explain_code(name: Option<&str>, as_json: bool) -> Result<String, Box<Diagnostic>> {
    match name {
        _ if as_json => Ok(format!("{:#}\n", codes_json(name)?)),
        Some(name) => code_page(name),
        None => Ok(list_codes()),
    }
}

/// Lists all codes with severity and title, one per line, ordered by number.
pub fn list_codes() -> String {
    let line = |info: &CodeInfo| {
        let severity = info.code.severity().to_string();
        format!("{}  {severity:7}  {}\n", info.code, info.title)
    };
    codes::ALL.iter().map(line).collect()
}

/// Returns codes as JSON: one with its page, or all of them without pages.
///
/// # Errors
///
/// [`codes::UNKNOWN_CODE`] with the most similar code as a suggestion.
fn codes_json(name: Option<&str>) -> Result<JsonValue, Box<Diagnostic>> {
    let document = match name {
        None => CodeDocument::All(codes::ALL.iter().map(Code::new).collect()),
        Some(name) => {
            let info = find_code(name)?;
            CodeDocument::One(CodePage::new(info, strip_hidden_lines(info.page)))
        }
    };
    Ok(to_json(&document))
}

/// Returns the page of a code in Markdown. The name is case-insensitive: `INF1001` or `inf1001`.
///
/// # Errors
///
/// [`codes::UNKNOWN_CODE`] with the most similar code as a suggestion.
pub fn code_page(name: &str) -> Result<String, Box<Diagnostic>> {
    find_code(name).map(|info| strip_hidden_lines(info.page))
}

fn find_code(name: &str) -> Result<&'static CodeInfo, Box<Diagnostic>> {
    if let Some(info) = codes::find_code(name) {
        return Ok(info);
    }
    let known = codes::ALL.iter().map(|info| info.code.as_str());
    let finding = Diagnostic::new(
        codes::UNKNOWN_CODE,
        format!("the diagnostic code `{name}` does not exist"),
    );
    let help = match find_nearest(name, known) {
        Some(meant) => {
            format!("did you mean `{meant}`? `explain` without an argument lists all codes")
        }
        None => "`explain` without an argument lists all codes".to_owned(),
    };
    Err(Box::new(finding.help(help)))
}

/// Removes the lines of a page that rustdoc hides, which only make the examples compile.
fn strip_hidden_lines(page: &str) -> String {
    let mut rust = false;
    let mut text = String::new();
    for line in page.lines() {
        if line.starts_with("```") {
            rust = !rust && line.starts_with("```rust");
        }
        if rust && (line == "#" || line.starts_with("# ")) {
            continue;
        }
        // The attributes of a code block are for its test, not for readers.
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
    use super::strip_hidden_lines;

    #[test]
    fn strips_hidden_lines_of_examples() {
        let page = "# INF0\n\n```rust,no_run\n# use a;\nlet b = 1;\n```\n\n# Heading\n";
        assert_eq!(
            strip_hidden_lines(page),
            "# INF0\n\n```rust\nlet b = 1;\n```\n\n# Heading\n"
        );
    }
}
