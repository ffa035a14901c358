//! Escapes foreign text for Markdown and HTML.

use infra_console::words::clean_line;

/// Formats text as inline code.
pub(crate) fn format_code(text: &str) -> String {
    let text = clean_line(text);
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// Escapes text for HTML elements in which Markdown is not interpreted.
pub(super) fn escape_html(text: &str) -> String {
    clean_line(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Escapes text so that no part of it is interpreted as Markdown, HTML or the mention of a user.
pub(crate) fn escape_markdown(text: &str) -> String {
    let mut out = String::new();
    for c in clean_line(text).chars() {
        match c {
            '*' | '_' | '`' | '[' | ']' | '|' | '#' | '\\' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            _ => out.push(c),
        }
    }
    out
}

/// Escapes text as [`escaped`] does, but keeps trailing spaces, which separate it from the next span.
pub(super) fn escape_span(text: &str) -> String {
    escape_markdown(text) + &text[text.trim_end_matches(' ').len()..]
}

/// Escapes text as [`piece`] does, but keeps backticks as inline code.
pub(crate) fn escape_prose(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return escape_span(text);
    }
    let pieces = pieces.iter().enumerate();
    pieces
        .map(|(at, text)| {
            if at % 2 == 1 {
                format_code(text)
            } else {
                escape_span(text)
            }
        })
        .collect()
}

/// Returns a code fence that is longer than any fence in the body.
pub(super) fn code_fence(body: &str) -> String {
    let mut longest = 0;
    for line in body.lines() {
        let line = line.trim_start_matches([' ', '+', '-', '!']);
        longest = longest.max(line.chars().take_while(|c| *c == '`').count());
    }
    "`".repeat(longest.max(2) + 1)
}

/// Removes characters from a name that could end the HTML comment around it.
pub(crate) fn sanitize_marker(name: &str) -> String {
    let name = name
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    name.collect::<String>().replace("--", "-")
}

#[cfg(test)]
mod tests {
    use super::{code_fence, escape_markdown, escape_prose, escape_span, sanitize_marker};

    #[test]
    fn escapes_markdown_in_external_text() {
        assert_eq!(
            escape_markdown("<img src=x> @team *a* _b_ [c](d)"),
            r"&lt;img src=x&gt; &#64;team \*a\* \_b\_ \[c\](d)"
        );
        assert_eq!(
            escape_prose("run `a_b` now, *not* later"),
            r"run `a_b` now, \*not\* later"
        );
        assert_eq!(escape_prose("one ` alone_"), r"one \` alone\_");
        assert_eq!(escape_span("*a*: "), r"\*a\*: ");
        assert_eq!(sanitize_marker("a-->b"), "a-b");
        assert_eq!(code_fence("+ ```` x"), "`````");
    }
}
