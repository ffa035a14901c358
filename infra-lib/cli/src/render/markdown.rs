//! Writes the review page as a comment on a pull request: a marker to find it again, a visible part, and folded details.

use std::fmt::Write as _;

use infra_console::words::clean_line;
use infra_template::review::Review;

use super::escape::{
    code_fence, escape_html, escape_markdown, escape_prose, escape_span, format_code,
    sanitize_marker,
};
use super::page::{Detail, Head, Kind, Page, Property, Row, Section, Span, Text, Tone};

/// Maximum number of characters of a comment. GitHub allows 65,536.
const BUDGET: usize = 60_000;

/// The subject of a comment. The marker contains both fields, so that the next run finds the comment and replaces it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'t> {
    /// Name of the app.
    pub(crate) app: &'t str,
    /// Name of the environment.
    pub(crate) environment: &'t str,
}

/// The part of a comment that is left out to stay within the limit. Variants are ordered by the amount that is left out.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum OmittedDetail {
    Nothing,
    Properties,
    Resources,
    Stacks,
}

/// Formats the review as Markdown of at most 60,000 characters; details are left out if necessary.
pub(crate) fn render_markdown(review: &Review, target: Target<'_>) -> String {
    render_within(&Page::new(review, Detail::Brief), target, BUDGET)
}

pub(super) fn render_within(page: &Page, target: Target<'_>, budget: usize) -> String {
    let attempts = [
        OmittedDetail::Nothing,
        OmittedDetail::Properties,
        OmittedDetail::Resources,
        OmittedDetail::Stacks,
    ];
    for left in attempts {
        let text = write_page(page, target, left);
        if text.chars().count() <= budget {
            return text;
        }
    }
    // Even the blockers and security changes exceed the limit: keep the first ones and add a note.
    let text = write_page(page, target, OmittedDetail::Stacks);
    let mut cut: String = text.chars().take(budget - 200).collect();
    if let Some(end) = cut.rfind('\n') {
        cut.truncate(end + 1);
    }
    cut + "\n_The rest is omitted because the length of a comment is limited. The log of the run contains the complete review._\n"
}

fn write_page(page: &Page, target: Target<'_>, left: OmittedDetail) -> String {
    let mut text = format!(
        "<!-- infra:review:{}:{} -->\n### {}: {}\n",
        sanitize_marker(target.app),
        sanitize_marker(target.environment),
        escape_markdown(target.environment),
        escape_markdown(&page.headline)
    );
    for section in &page.sections {
        if section.kind != Kind::Stack {
            write_list(&mut text, section, left);
        } else if left < OmittedDetail::Stacks {
            write_stack(&mut text, section, left);
        }
    }
    if let Some(line) = &page.legend {
        let _ = writeln!(text, "\n<sub>{}</sub>", render_words(line));
    }
    for line in &page.foot {
        let _ = writeln!(text, "\n{}", render_words(&capitalize_text(line)));
    }
    for line in &page.basis {
        let _ = writeln!(text, "\n<sub>{}</sub>", render_words(line));
    }
    let dropped = match left {
        OmittedDetail::Nothing => return text,
        OmittedDetail::Properties => "property changes and source locations",
        OmittedDetail::Resources => "individual resources and source locations",
        OmittedDetail::Stacks => "individual stacks and source locations",
    };
    let _ = writeln!(
        text,
        "\n_Omitted because the length of a comment is limited: {dropped}. The log of the run contains the complete review._"
    );
    text
}

/// Writes a section as a list: in an alert, folded, or plain, by its kind.
fn write_list(text: &mut String, section: &Section, left: OmittedDetail) {
    let title = capitalize_first(&section.title);
    let (quote, end) = match section.kind {
        Kind::Alarm => {
            let _ = writeln!(text, "\n> [!CAUTION]\n> **{}**", escape_markdown(&title));
            ("> ", "")
        }
        Kind::Warning => {
            let _ = writeln!(text, "\n> [!WARNING]\n> **{}**", escape_markdown(&title));
            ("> ", "")
        }
        Kind::Aside => {
            let title = escape_html(&title);
            let _ = writeln!(text, "\n<details><summary>{title}</summary>\n");
            ("", "\n</details>\n")
        }
        Kind::Plain | Kind::Stack => {
            let _ = writeln!(text, "\n**{}**\n", escape_markdown(&title));
            ("", "")
        }
    };
    for row in &section.rows {
        let _ = write!(text, "{quote}- {}", format_head(row, left));
        match row.details.as_slice() {
            [] => text.push('\n'),
            [detail] => {
                let _ = writeln!(text, " — {}", render_words(detail));
            }
            details => {
                text.push('\n');
                for detail in details {
                    let _ = writeln!(text, "{quote}  - {}", render_words(detail));
                }
            }
        }
    }
    text.push_str(end);
}

fn format_head(row: &Row, left: OmittedDetail) -> String {
    match &row.head {
        Head::Resource {
            name,
            type_name,
            place,
        } => {
            let (sign, name, kind) = (
                format_code(row.sign),
                format_code(name),
                escape_markdown(type_name),
            );
            if place.is_empty() || left > OmittedDetail::Nothing {
                return format!("{sign} {name} ({kind})");
            }
            format!("{sign} {name} ({kind}, {})", format_code(place))
        }
        // List items have a bullet already.
        Head::Words(text) => render_words(text),
    }
}

/// Writes a stack as a folded `diff` block, whose lines begin with the signs that GitHub colours.
fn write_stack(text: &mut String, section: &Section, left: OmittedDetail) {
    let title = escape_html(&capitalize_first(&section.title));
    let _ = writeln!(text, "\n<details><summary>{title}</summary>");
    if left < OmittedDetail::Resources {
        let mut body = String::new();
        for row in &section.rows {
            write_resource(&mut body, row, left);
        }
        for entry in &section.entries {
            write_property(&mut body, entry);
        }
        let fence = code_fence(&body);
        let _ = write!(text, "\n{fence}diff\n{body}{fence}\n");
    }
    text.push_str("\n</details>\n");
}

fn write_resource(body: &mut String, row: &Row, left: OmittedDetail) {
    let lead = match row.tone {
        Tone::Good => '+',
        Tone::Bad | Tone::Alarm => '-',
        Tone::Warning => '!',
    };
    let head = match &row.head {
        Head::Resource {
            name,
            type_name,
            place,
        } => format!("{name}  {type_name}  {place}"),
        Head::Words(text) => strip_markup(text),
    };
    let _ = writeln!(
        body,
        "{}",
        clean_line(&format!("{lead} {} {head}", row.sign))
    );
    for detail in &row.details {
        let _ = writeln!(
            body,
            "{}",
            clean_line(&format!("!     {}", strip_markup(detail)))
        );
    }
    if left == OmittedDetail::Nothing {
        for changed in &row.properties {
            write_property(body, changed);
        }
    }
}

fn write_property(body: &mut String, property: &Property) {
    let Property {
        sign, text, effect, ..
    } = property;
    let lead = if *sign == "~" { " " } else { *sign };
    let line = format!("{lead}     {sign} {text}{effect}");
    let _ = writeln!(body, "{}", clean_line(&line));
    for line in &property.lines {
        let line = format!("{}         {line}", line.sign());
        let _ = writeln!(body, "{}", clean_line(&line));
    }
}

fn render_words(text: &Text) -> String {
    let pieces = text.0.iter().map(|span| match span {
        Span::Plain(text) => escape_span(text),
        Span::Prose(text) => escape_prose(text),
        Span::Code(text) => format_code(text),
        Span::Strong(text) => format!("**{}**", escape_markdown(text)),
        Span::Names(names) => {
            let names: Vec<String> = names.iter().map(|name| format_code(name)).collect();
            names.join(", ")
        }
    });
    pieces.collect()
}

/// Returns the text without markup, for a code block.
fn strip_markup(text: &Text) -> String {
    text.0.iter().map(Span::plain_text).collect()
}

/// Capitalizes the first letter of a text.
fn capitalize_text(text: &Text) -> Text {
    let mut text = text.clone();
    if let Some(Span::Plain(first)) = text.0.first_mut() {
        *first = capitalize_first(first);
    }
    text
}

fn capitalize_first(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
