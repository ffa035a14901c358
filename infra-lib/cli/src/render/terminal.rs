//! The review page at a terminal: indentation, columns and colours.

use anstyle::{AnsiColor, Style};
use infra_console::words::clean;
use infra_console::{Output, wrap};
use infra_template::review::{LeftStacks, Review};

use super::lines::Line;
use super::page::{Detail, Head, Kind, Page, Property, Row, Section, Span, Text, Tone};

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const ALARM: Style = AnsiColor::Red.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// Indentation of what belongs to a row: behind the widest sign.
const INDENT: &str = "       ";

/// Names of resources up to this width get a column.
const WIDEST_NAME: usize = 48;

/// Columns after which a list of names goes on in another line.
const LINE: usize = 119;

/// The review as text, in colour when the output is.
pub(crate) fn text(review: &Review, detail: Detail, output: &Output<'_>) -> String {
    let page = Page::new(review, detail);
    let mut writer = Writer {
        text: String::new(),
        output,
    };
    writer.line(&[(BOLD, &page.headline)]);
    for section in &page.sections {
        writer.section(section);
    }
    let faint = |text| ((DIM, DIM), text);
    let foot = page.foot.iter().map(|text| ((PLAIN, BOLD), text));
    let foot = page.legend.iter().map(faint).chain(foot);
    for (at, (styles, text)) in foot.chain(page.basis.iter().map(faint)).enumerate() {
        if at == 0 {
            writer.text.push('\n');
        }
        writer.words("", text, styles);
    }
    writer.text
}

/// The stacks that left the app as text; empty when there are none.
pub(crate) fn left_stacks(left: &LeftStacks, output: &Output<'_>) -> String {
    let mut writer = Writer {
        text: String::new(),
        output,
    };
    for section in Section::of_left(left) {
        writer.section(&section);
    }
    writer.text
}

/// Text under way.
struct Writer<'w, 'o> {
    text: String,
    output: &'w Output<'o>,
}

impl Writer<'_, '_> {
    /// A line of pieces, each in its style; texts from outside cannot bring styles of their own.
    fn line(&mut self, pieces: &[(Style, &str)]) {
        let cleaned = pieces.iter().map(|(style, piece)| {
            // Spaces at the end separate it from what follows.
            let spaces = piece.len() - piece.trim_end_matches(' ').len();
            (*style, clean(piece) + &" ".repeat(spaces))
        });
        let cleaned: Vec<(Style, String)> = cleaned.collect();
        let pieces: Vec<(Style, &str)> = cleaned
            .iter()
            .map(|(style, piece)| (*style, piece.as_str()))
            .collect();
        for line in wrap(&pieces, self.output.columns().unwrap_or(usize::MAX)) {
            let mut text = String::new();
            for (style, piece) in line {
                if style == PLAIN || piece.trim().is_empty() {
                    text.push_str(&piece);
                } else {
                    text.push_str(&self.output.styled(style, &piece));
                }
            }
            self.text.push_str(text.trim_end());
            self.text.push('\n');
        }
    }

    fn section(&mut self, section: &Section) {
        self.text.push('\n');
        let style = match section.kind {
            Kind::Alarm => ALARM,
            Kind::Warning => YELLOW,
            Kind::Plain | Kind::Aside | Kind::Stack => BOLD,
        };
        self.line(&[(style, &section.title)]);
        let width = |row: &Row| match &row.head {
            Head::Resource { name, .. } if section.kind == Kind::Stack => name.chars().count(),
            _ => 0,
        };
        let widest = section.rows.iter().map(width).max().unwrap_or(0);
        for row in &section.rows {
            self.row(row, widest.min(WIDEST_NAME));
        }
        for entry in &section.entries {
            self.property("  ", entry);
        }
    }

    fn row(&mut self, row: &Row, width: usize) {
        let style = match row.tone {
            Tone::Alarm => ALARM,
            Tone::Bad => RED,
            Tone::Warning => YELLOW,
            Tone::Good => GREEN,
        };
        let sign = match row.sign {
            "" => "  ".to_owned(),
            sign => format!("  {sign:<4} "),
        };
        match &row.head {
            Head::Resource {
                name,
                type_name,
                place,
            } => {
                let gap = " ".repeat(width.saturating_sub(name.chars().count()) + 2);
                let kind = format!("{type_name}  ");
                self.line(&[
                    (style, &sign),
                    (style, name),
                    (PLAIN, &gap),
                    (PLAIN, &kind),
                    (DIM, place),
                ]);
            }
            Head::Words(text) => self.marked((style, &sign), text, (PLAIN, style)),
        }
        for detail in &row.details {
            self.words(INDENT, detail, (PLAIN, style));
        }
        for property in &row.properties {
            self.property(INDENT, property);
        }
    }

    fn words(&mut self, indent: &str, text: &Text, styles: (Style, Style)) {
        match text.0.as_slice() {
            [Span::Names(names)] => {
                let width = self.output.columns().unwrap_or(LINE).min(LINE);
                for line in wrapped(names, indent, width) {
                    self.line(&[(styles.0, &line)]);
                }
            }
            _ => self.marked((PLAIN, indent), text, styles),
        }
    }

    /// Words behind a mark, in a style for most of them and one for those that stand out.
    fn marked(&mut self, mark: (Style, &str), text: &Text, (most, strong): (Style, Style)) {
        let spans = text.0.iter().map(|span| match span {
            Span::Strong(_) => (strong, span.bare()),
            _ => (most, span.bare()),
        });
        let spans: Vec<_> = spans.collect();
        let pieces = spans.iter().map(|(style, text)| (*style, text.as_ref()));
        self.line(&[mark].into_iter().chain(pieces).collect::<Vec<_>>());
    }

    fn property(&mut self, indent: &str, property: &Property) {
        let style = match property.sign {
            "+" => GREEN,
            "-" => RED,
            _ => YELLOW,
        };
        let sign = format!("{indent}{} ", property.sign);
        self.line(&[
            (style, &sign),
            (PLAIN, &property.text),
            (RED, &property.effect),
        ]);
        for line in &property.lines {
            let style = match line {
                Line::Same(_) => PLAIN,
                Line::Gone(_) => RED,
                Line::New(_) => GREEN,
                Line::Skipped(_) => DIM,
            };
            self.line(&[(style, &format!("{indent}    {} {line}", line.sign()))]);
        }
    }
}

/// Names with commas between them, in lines.
pub(super) fn wrapped(names: &[String], indent: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            // A comma, a space and the name, and a comma behind it where another line follows.
            Some(line) if line.len() + name.len() + 3 <= width => {
                line.push_str(", ");
                line.push_str(name);
            }
            last => {
                if let Some(line) = last {
                    line.push(',');
                }
                lines.push(format!("{indent}{name}"));
            }
        }
    }
    lines
}
