//! Writes the review page for a terminal, with indentation, columns and colours.

use anstyle::{AnsiColor, Style};
use infra_console::words::clean_line;
use infra_console::{Output, wrap_pieces};
use infra_template::review::{OrphanedStacks, Review};

use super::lines::Line;
use super::page::{Detail, Head, Kind, Page, Property, Row, Section, Span, Text, Tone};

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const ALARM: Style = AnsiColor::Red.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// Indentation of the details of a row, as wide as the widest sign.
const INDENT: &str = "       ";

/// Maximum width of the column with resource names.
const WIDEST_NAME: usize = 48;

/// Maximum width of a line with a list of names.
const LINE: usize = 119;

/// Formats the review as text, coloured if the output is.
pub(crate) fn render_text(review: &Review, detail: Detail, output: &Output<'_>) -> String {
    let page = Page::new(review, detail);
    let mut writer = Writer {
        text: String::new(),
        output,
    };
    writer.write_line(&[(BOLD, &page.headline)]);
    for section in &page.sections {
        writer.write_section(section);
    }
    let faint = |text| ((DIM, DIM), text);
    let foot = page.foot.iter().map(|text| ((PLAIN, BOLD), text));
    let foot = page.legend.iter().map(faint).chain(foot);
    for (at, (styles, text)) in foot.chain(page.basis.iter().map(faint)).enumerate() {
        if at == 0 {
            writer.text.push('\n');
        }
        writer.write_words("", text, styles);
    }
    writer.text
}

/// Formats the stacks that left the app; empty without such stacks.
pub(crate) fn render_left_stacks(left: &OrphanedStacks, output: &Output<'_>) -> String {
    let mut writer = Writer {
        text: String::new(),
        output,
    };
    for section in Section::from_left_stacks(left) {
        writer.write_section(&section);
    }
    writer.text
}

/// The text that has been written so far.
struct Writer<'w, 'o> {
    text: String,
    output: &'w Output<'o>,
}

impl Writer<'_, '_> {
    /// Writes a line of styled spans, wrapped to the terminal. Control characters in the text are removed.
    fn write_line(&mut self, pieces: &[(Style, &str)]) {
        let cleaned = pieces.iter().map(|(style, piece)| {
            // Trailing spaces separate a span from the next one.
            let spaces = piece.len() - piece.trim_end_matches(' ').len();
            (*style, clean_line(piece) + &" ".repeat(spaces))
        });
        let cleaned: Vec<(Style, String)> = cleaned.collect();
        let pieces: Vec<(Style, &str)> = cleaned
            .iter()
            .map(|(style, piece)| (*style, piece.as_str()))
            .collect();
        for line in wrap_pieces(&pieces, self.output.columns().unwrap_or(usize::MAX)) {
            let mut text = String::new();
            for (style, piece) in line {
                if style == PLAIN || piece.trim().is_empty() {
                    text.push_str(&piece);
                } else {
                    text.push_str(&self.output.style_text(style, &piece));
                }
            }
            self.text.push_str(text.trim_end());
            self.text.push('\n');
        }
    }

    fn write_section(&mut self, section: &Section) {
        self.text.push('\n');
        let style = match section.kind {
            Kind::Alarm => ALARM,
            Kind::Warning => YELLOW,
            Kind::Plain | Kind::Aside | Kind::Stack => BOLD,
        };
        self.write_line(&[(style, &section.title)]);
        let width = |row: &Row| match &row.head {
            Head::Resource { name, .. } if section.kind == Kind::Stack => name.chars().count(),
            _ => 0,
        };
        let widest = section.rows.iter().map(width).max().unwrap_or(0);
        for row in &section.rows {
            self.write_row(row, widest.min(WIDEST_NAME));
        }
        for entry in &section.entries {
            self.write_property("  ", entry);
        }
    }

    fn write_row(&mut self, row: &Row, width: usize) {
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
                self.write_line(&[
                    (style, &sign),
                    (style, name),
                    (PLAIN, &gap),
                    (PLAIN, &kind),
                    (DIM, place),
                ]);
            }
            Head::Words(text) => self.write_marked((style, &sign), text, (PLAIN, style)),
        }
        for detail in &row.details {
            self.write_words(INDENT, detail, (PLAIN, style));
        }
        for property in &row.properties {
            self.write_property(INDENT, property);
        }
    }

    fn write_words(&mut self, indent: &str, text: &Text, styles: (Style, Style)) {
        match text.0.as_slice() {
            [Span::Names(names)] => {
                let width = self.output.columns().unwrap_or(LINE).min(LINE);
                for line in wrap_names(names, indent, width) {
                    self.write_line(&[(styles.0, &line)]);
                }
            }
            _ => self.write_marked((PLAIN, indent), text, styles),
        }
    }

    /// Writes text after a prefix, with one style for ordinary and one for emphasized spans.
    fn write_marked(&mut self, mark: (Style, &str), text: &Text, (most, strong): (Style, Style)) {
        let spans = text.0.iter().map(|span| match span {
            Span::Strong(_) => (strong, span.plain_text()),
            _ => (most, span.plain_text()),
        });
        let spans: Vec<_> = spans.collect();
        let pieces = spans.iter().map(|(style, text)| (*style, text.as_ref()));
        self.write_line(&[mark].into_iter().chain(pieces).collect::<Vec<_>>());
    }

    fn write_property(&mut self, indent: &str, property: &Property) {
        let style = match property.sign {
            "+" => GREEN,
            "-" => RED,
            _ => YELLOW,
        };
        let sign = format!("{indent}{} ", property.sign);
        self.write_line(&[
            (style, &sign),
            (PLAIN, &property.text),
            (RED, &property.effect),
        ]);
        for line in &property.lines {
            let style = match line {
                Line::Unchanged(_) => PLAIN,
                Line::Removed(_) => RED,
                Line::Added(_) => GREEN,
                Line::Skipped(_) => DIM,
            };
            self.write_line(&[(style, &format!("{indent}    {} {line}", line.sign()))]);
        }
    }
}

/// Joins names with commas, wrapped between names to the given width.
pub(super) fn wrap_names(names: &[String], indent: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            // Comma, space and name, and a further comma if another line follows.
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
