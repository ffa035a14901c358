//! Rust source as a tree, written with readable line breaks.
//!
//! `rustfmt` formats most of the result; this layout remains where it is missing, and inside macros such as `json!`,
//! which it does not format.

use std::fmt::Write as _;

/// Maximum length of a line.
const WIDTH: usize = 100;

/// A piece of Rust source.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Code {
    /// Verbatim text; further lines are not indented (a raw string).
    Text(String),
    /// `name(…)`, `name[…]` or `name { … }`.
    Call(String, Brackets, Vec<Self>),
    /// A receiver and its method calls, each with arguments.
    Chain(Box<Self>, Vec<(String, Vec<Self>)>),
    /// `name: value` in braces, or `key: value` in JSON.
    Field(String, Box<Self>),
}

/// Brackets around arguments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Brackets {
    Round,
    Square,
    /// Braces with a space inside.
    Curly,
    /// `({ … })` of `json!`, without a trailing comma.
    Json,
    /// A list or object inside `json!`.
    InJson(char, char),
}

impl Brackets {
    fn opening_text(self) -> String {
        match self {
            Self::Round => "(".to_owned(),
            Self::Square => "[".to_owned(),
            Self::Curly => " {".to_owned(),
            Self::Json => "({".to_owned(),
            Self::InJson(open, _) => open.to_string(),
        }
    }

    fn closing_text(self) -> String {
        match self {
            Self::Round => ")".to_owned(),
            Self::Square => "]".to_owned(),
            Self::Curly => "}".to_owned(),
            Self::Json => "})".to_owned(),
            Self::InJson(_, close) => close.to_string(),
        }
    }

    /// Returns the text between a bracket and its content on one line.
    fn inner_padding(self) -> &'static str {
        match self {
            Self::Curly | Self::Json | Self::InJson('{', _) => " ",
            _ => "",
        }
    }

    fn last_comma(self) -> &'static str {
        match self {
            Self::Json | Self::InJson(..) => "",
            _ => ",",
        }
    }
}

impl Code {
    pub(super) fn from_text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn new_call(name: impl Into<String>, arguments: Vec<Self>) -> Self {
        Self::Call(name.into(), Brackets::Round, arguments)
    }

    pub(super) fn new_list(items: Vec<Self>) -> Self {
        Self::Call(String::new(), Brackets::Square, items)
    }

    /// Appends a method call, to an existing chain if there is one.
    pub(super) fn call_method(self, name: impl Into<String>, arguments: Vec<Self>) -> Self {
        match self {
            Self::Chain(base, mut calls) => {
                calls.push((name.into(), arguments));
                Self::Chain(base, calls)
            }
            base => Self::Chain(Box::new(base), vec![(name.into(), arguments)]),
        }
    }

    /// Returns the code on one line, or `None` if a part has several lines.
    fn to_single_line(&self) -> Option<String> {
        let all = |items: &[Self]| -> Option<String> {
            let items: Option<Vec<String>> = items.iter().map(Self::to_single_line).collect();
            Some(items?.join(", "))
        };
        match self {
            Self::Text(text) => (!text.contains('\n')).then(|| text.clone()),
            Self::Call(name, brackets, arguments) => {
                let padding = if arguments.is_empty() {
                    ""
                } else {
                    brackets.inner_padding()
                };
                Some(format!(
                    "{name}{}{padding}{}{padding}{}",
                    brackets.opening_text(),
                    all(arguments)?,
                    brackets.closing_text()
                ))
            }
            Self::Chain(base, calls) => {
                let mut text = base.to_single_line()?;
                for (name, arguments) in calls {
                    let _ = write!(text, ".{name}({})", all(arguments)?);
                }
                Some(text)
            }
            Self::Field(name, value) => Some(format!("{name}: {}", value.to_single_line()?)),
        }
    }

    /// Appends the code to `out`. The first line continues the current one, of which `used` columns are taken.
    pub(super) fn write_to(&self, out: &mut String, indent: usize, used: usize) {
        if let Some(flat) = self.to_single_line()
            && used + flat.chars().count() < WIDTH
        {
            out.push_str(&flat);
            return;
        }
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Call(name, brackets, arguments) => {
                out.push_str(name);
                arguments_on_lines(out, indent, *brackets, arguments);
            }
            Self::Chain(base, calls) => {
                let before = out.len();
                base.write_to(out, indent, used);
                // Calls after a closing bracket on its own line continue there.
                let indent = if out[before..].contains('\n') {
                    indent
                } else {
                    indent + 4
                };
                for (name, arguments) in calls {
                    let start = format!(".{name}");
                    new_line(out, indent);
                    out.push_str(&start);
                    let flat = Self::Call(String::new(), Brackets::Round, arguments.clone());
                    flat.write_to(out, indent, indent + start.chars().count());
                }
            }
            Self::Field(name, value) => {
                out.push_str(name);
                out.push_str(": ");
                value.write_to(out, indent, used + name.chars().count() + 2);
            }
        }
    }
}

fn arguments_on_lines(out: &mut String, indent: usize, brackets: Brackets, arguments: &[Code]) {
    out.push_str(&brackets.opening_text());
    // A single argument with brackets follows the opening bracket directly, as in rustfmt.
    if let [only @ (Code::Call(..) | Code::Text(_))] = arguments
        && brackets == Brackets::Round
    {
        only.write_to(out, indent, WIDTH);
        out.push_str(&brackets.closing_text());
        return;
    }
    for (at, argument) in arguments.iter().enumerate() {
        new_line(out, indent + 4);
        argument.write_to(out, indent + 4, indent + 4);
        let last = at + 1 == arguments.len();
        out.push_str(if last { brackets.last_comma() } else { "," });
    }
    new_line(out, indent);
    out.push_str(&brackets.closing_text());
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Returns a string literal outside macros: raw for several lines or many quotes.
pub(super) fn string_literal(text: &str) -> String {
    let escapes = text.matches(['"', '\\']).count();
    let lines = text.matches('\n').count();
    if (lines == 0 && escapes < 3) || (lines > 0 && text.trim_matches('\n').len() < 8) {
        return format!("{text:?}");
    }
    if !text.chars().all(is_plain) {
        return escaped_literal(text);
    }
    let mut hashes = 0;
    while text.contains(&format!("\"{}", "#".repeat(hashes))) {
        hashes += 1;
    }
    let hashes = "#".repeat(hashes);
    format!("r{hashes}\"{text}\"{hashes}")
}

/// Returns a string literal that keeps its text wherever `rustfmt` moves it: inside `json!`, `rustfmt` indents the lines of raw literals.
///
/// Text of several lines is broken after each line by `\`, which skips the line break of the source and the blanks behind it.
pub(super) fn escaped_literal(text: &str) -> String {
    let whole = format!("{text:?}");
    if text.matches('\n').count() == 0 || text.trim_matches('\n').len() < 8 {
        return whole;
    }
    let lines: Vec<String> = text
        .split_inclusive('\n')
        .map(|line| {
            let escaped = format!("{line:?}");
            let inner = &escaped[1..escaped.len() - 1];
            match inner.strip_prefix(' ') {
                // The break before the line would skip the blank.
                Some(rest) => format!("\\x20{rest}"),
                None => inner.to_owned(),
            }
        })
        .collect();
    format!("\"\\\n{}\"", lines.join("\\\n"))
}

/// Returns `true` for characters that a raw literal can have. The compiler rejects others, such as marks of the direction of text.
fn is_plain(c: char) -> bool {
    matches!(c, '\n' | '\t' | '"' | '\'' | '\\') || c.escape_debug().len() == 1
}

/// Returns a text for a comment: without characters that end the comment or that the compiler rejects.
pub(super) fn comment_text(text: &str) -> String {
    text.chars()
        .map(|c| {
            if is_plain(c) && c != '\n' {
                c
            } else {
                '\u{fffd}'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Code, escaped_literal, string_literal};

    #[test]
    fn breaks_lines_that_do_not_fit() {
        let long = Code::from_text(string_literal(&"x".repeat(70)));
        let code = Code::new_call("A::new", vec![Code::from_text("1")])
            .call_method("one", vec![long.clone()])
            .call_method("two", vec![Code::new_list(vec![long.clone(), long])]);
        let mut out = String::new();
        code.write_to(&mut out, 0, 0);
        let x = "x".repeat(70);
        assert_eq!(
            out,
            format!(
                "A::new(1)\n    .one(\"{x}\")\n    .two([\n        \"{x}\",\n        \"{x}\",\n    ])"
            )
        );
    }

    #[test]
    fn writes_text_as_literal() {
        assert_eq!(string_literal("a\"b"), r#""a\"b""#);
        assert_eq!(
            string_literal("#!/bin/sh\necho \"#\"\n"),
            "r##\"#!/bin/sh\necho \"#\"\n\"##"
        );
        assert_eq!(string_literal("\n"), r#""\n""#);
        assert_eq!(string_literal("Straße"), "\"Straße\"");
        assert_eq!(
            string_literal("a\r\nlonger text"),
            "\"\\\na\\r\\n\\\nlonger text\""
        );
        assert_eq!(string_literal("a \u{202e} b"), r#""a \u{202e} b""#);
    }

    #[test]
    fn writes_lines_as_literal_that_can_be_indented() {
        // A blank at the start of a line would be skipped with the line break.
        assert_eq!(
            escaped_literal("def a():\n  b\n\n\tc"),
            "\"\\\ndef a():\\n\\\n\\x20 b\\n\\\n\\n\\\n\\tc\""
        );
        assert_eq!(escaped_literal("  one line"), "\"  one line\"");
        let literal = "\
            def a():\n\
            \x20 b\n\
            \n\
            \tc";
        assert_eq!(literal, "def a():\n  b\n\n\tc");
    }
}
