//! Pages of diagnostic codes.

use infra_core::{CodeInfo, Diagnostic, codes, nearest};
use serde_json::{Value as JsonValue, json};

/// The text that `explain` prints: every code, or the page of one; as JSON where that is asked for.
///
/// # Errors
///
/// [`codes::UNKNOWN_CODE`] with the nearest code there is.
pub fn explain(name: Option<&str>, as_json: bool) -> Result<String, Box<Diagnostic>> {
    match name {
        _ if as_json => Ok(format!("{:#}\n", codes_json(name)?)),
        Some(name) => code_page(name),
        None => Ok(list_codes()),
    }
}

/// Lists every code with its severity and title, a line each.
pub fn list_codes() -> String {
    let line = |info: &CodeInfo| {
        let severity = info.code.severity().to_string();
        format!("{}  {severity:7}  {}\n", info.code, info.title)
    };
    codes::ALL.iter().map(line).collect()
}

/// Codes as JSON: one with its page, or all of them without pages.
///
/// # Errors
///
/// [`codes::UNKNOWN_CODE`] with the nearest code there is.
fn codes_json(name: Option<&str>) -> Result<JsonValue, Box<Diagnostic>> {
    let describe = |info: &CodeInfo| {
        json!({
            "code": info.code.as_str(),
            "severity": info.code.severity().to_string(),
            "title": info.title,
        })
    };
    let Some(name) = name else {
        return Ok(codes::ALL.iter().map(describe).collect());
    };
    let info = find(name)?;
    let mut described = describe(info);
    described["page"] = visible(info.page).into();
    Ok(described)
}

/// The page of a code, in Markdown, such as `INF1001` or `inf1001`.
///
/// # Errors
///
/// [`codes::UNKNOWN_CODE`] with the nearest code there is.
pub fn code_page(name: &str) -> Result<String, Box<Diagnostic>> {
    find(name).map(|info| visible(info.page))
}

fn find(name: &str) -> Result<&'static CodeInfo, Box<Diagnostic>> {
    if let Some(info) = codes::find(name) {
        return Ok(info);
    }
    let known = codes::ALL.iter().map(|info| info.code.as_str());
    let finding = Diagnostic::new(codes::UNKNOWN_CODE, format!("there is no code `{name}`"));
    let help = match nearest(name, known) {
        Some(meant) => format!("did you mean `{meant}`? `explain` alone lists every code"),
        None => "`explain` alone lists every code".to_owned(),
    };
    Err(Box::new(finding.help(help)))
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
