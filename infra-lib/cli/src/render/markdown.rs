//! Writes the review page as a comment on a pull request: a marker to find it again, a visible part, and folded details.

use std::fmt::Write as _;

use infra_console::words::clean;
use infra_template::review::Review;

use super::escape::{code, escaped, fence, html, marker, piece, prose};
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
enum Left {
    Nothing,
    Properties,
    Resources,
    Stacks,
}

/// Formats the review as Markdown of at most 60,000 characters; details are left out if necessary.
pub(crate) fn markdown(review: &Review, target: Target<'_>) -> String {
    within(&Page::new(review, Detail::Brief), target, BUDGET)
}

pub(super) fn within(page: &Page, target: Target<'_>, budget: usize) -> String {
    let attempts = [
        Left::Nothing,
        Left::Properties,
        Left::Resources,
        Left::Stacks,
    ];
    for left in attempts {
        let text = write(page, target, left);
        if text.chars().count() <= budget {
            return text;
        }
    }
    // Even the blockers and security changes exceed the limit: keep the first ones and add a note.
    let text = write(page, target, Left::Stacks);
    let mut cut: String = text.chars().take(budget - 200).collect();
    if let Some(end) = cut.rfind('\n') {
        cut.truncate(end + 1);
    }
    cut + "\n_The rest is omitted because the length of a comment is limited. The log of the run contains the complete review._\n"
}

fn write(page: &Page, target: Target<'_>, left: Left) -> String {
    let mut text = format!(
        "<!-- infra:review:{}:{} -->\n### {}: {}\n",
        marker(target.app),
        marker(target.environment),
        escaped(target.environment),
        escaped(&page.headline)
    );
    for section in &page.sections {
        if section.kind != Kind::Stack {
            list(&mut text, section, left);
        } else if left < Left::Stacks {
            stack(&mut text, section, left);
        }
    }
    if let Some(line) = &page.legend {
        let _ = writeln!(text, "\n<sub>{}</sub>", words(line));
    }
    for line in &page.foot {
        let _ = writeln!(text, "\n{}", words(&sentence(line)));
    }
    for line in &page.basis {
        let _ = writeln!(text, "\n<sub>{}</sub>", words(line));
    }
    let dropped = match left {
        Left::Nothing => return text,
        Left::Properties => "property changes and source locations",
        Left::Resources => "individual resources and source locations",
        Left::Stacks => "individual stacks and source locations",
    };
    let _ = writeln!(
        text,
        "\n_Omitted because the length of a comment is limited: {dropped}. The log of the run contains the complete review._"
    );
    text
}

/// Writes a section as a list: in an alert, folded, or plain, by its kind.
fn list(text: &mut String, section: &Section, left: Left) {
    let title = capital(&section.title);
    let (quote, end) = match section.kind {
        Kind::Alarm => {
            let _ = writeln!(text, "\n> [!CAUTION]\n> **{}**", escaped(&title));
            ("> ", "")
        }
        Kind::Warning => {
            let _ = writeln!(text, "\n> [!WARNING]\n> **{}**", escaped(&title));
            ("> ", "")
        }
        Kind::Aside => {
            let title = html(&title);
            let _ = writeln!(text, "\n<details><summary>{title}</summary>\n");
            ("", "\n</details>\n")
        }
        Kind::Plain | Kind::Stack => {
            let _ = writeln!(text, "\n**{}**\n", escaped(&title));
            ("", "")
        }
    };
    for row in &section.rows {
        let _ = write!(text, "{quote}- {}", head(row, left));
        match row.details.as_slice() {
            [] => text.push('\n'),
            [detail] => {
                let _ = writeln!(text, " — {}", words(detail));
            }
            details => {
                text.push('\n');
                for detail in details {
                    let _ = writeln!(text, "{quote}  - {}", words(detail));
                }
            }
        }
    }
    text.push_str(end);
}

fn head(row: &Row, left: Left) -> String {
    match &row.head {
        Head::Resource {
            name,
            type_name,
            place,
        } => {
            let (sign, name, kind) = (code(row.sign), code(name), escaped(type_name));
            if place.is_empty() || left > Left::Nothing {
                return format!("{sign} {name} ({kind})");
            }
            format!("{sign} {name} ({kind}, {})", code(place))
        }
        // List items have a bullet already.
        Head::Words(text) => words(text),
    }
}

/// Writes a stack as a folded `diff` block, whose lines begin with the signs that GitHub colours.
fn stack(text: &mut String, section: &Section, left: Left) {
    let title = html(&capital(&section.title));
    let _ = writeln!(text, "\n<details><summary>{title}</summary>");
    if left < Left::Resources {
        let mut body = String::new();
        for row in &section.rows {
            resource(&mut body, row, left);
        }
        for entry in &section.entries {
            property(&mut body, entry);
        }
        let fence = fence(&body);
        let _ = write!(text, "\n{fence}diff\n{body}{fence}\n");
    }
    text.push_str("\n</details>\n");
}

fn resource(body: &mut String, row: &Row, left: Left) {
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
        Head::Words(text) => bare(text),
    };
    let _ = writeln!(body, "{}", clean(&format!("{lead} {} {head}", row.sign)));
    for detail in &row.details {
        let _ = writeln!(body, "{}", clean(&format!("!     {}", bare(detail))));
    }
    if left == Left::Nothing {
        for changed in &row.properties {
            property(body, changed);
        }
    }
}

fn property(body: &mut String, property: &Property) {
    let Property {
        sign, text, effect, ..
    } = property;
    let lead = if *sign == "~" { " " } else { *sign };
    let line = format!("{lead}     {sign} {text}{effect}");
    let _ = writeln!(body, "{}", clean(&line));
    for line in &property.lines {
        let line = format!("{}         {line}", line.sign());
        let _ = writeln!(body, "{}", clean(&line));
    }
}

fn words(text: &Text) -> String {
    let pieces = text.0.iter().map(|span| match span {
        Span::Plain(text) => piece(text),
        Span::Prose(text) => prose(text),
        Span::Code(text) => code(text),
        Span::Strong(text) => format!("**{}**", escaped(text)),
        Span::Names(names) => {
            let names: Vec<String> = names.iter().map(|name| code(name)).collect();
            names.join(", ")
        }
    });
    pieces.collect()
}

/// Returns the text without markup, for a code block.
fn bare(text: &Text) -> String {
    text.0.iter().map(Span::bare).collect()
}

/// Capitalizes the first letter of a text.
fn sentence(text: &Text) -> Text {
    let mut text = text.clone();
    if let Some(Span::Plain(first)) = text.0.first_mut() {
        *first = capital(first);
    }
    text
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
