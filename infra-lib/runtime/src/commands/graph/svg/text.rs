//! Fits text into boxes by estimated widths, because the reader's fonts are unknown.

use super::super::model::Node;

/// Font size of names in pixels; [`KIND`] is that of types.
pub(super) const NAME: f64 = 13.0;
pub(super) const KIND: f64 = 10.5;

const NARROWEST: f64 = 92.0;
const WIDEST: f64 = 196.0;
/// Space between text and border, for both sides together.
const PADDING: f64 = 22.0;

/// Estimates the width of a text in the common sans-serif fonts, erring on the wide side.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| char_width(c) * size).sum()
}

fn char_width(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.31,
        'f' | 't' | 'r' | '(' | ')' | '/' | '-' | 'I' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.92,
        'A'..='Z' => 0.7,
        _ if c.is_ascii() => 0.6,
        _ => 1.05,
    }
}

pub(super) fn node_width(node: &Node) -> f64 {
    let text = text_width(display_name(node), NAME).max(text_width(display_kind(node), KIND));
    (text + PADDING).ceil().clamp(NARROWEST, WIDEST)
}

/// Returns the name of a node. The main resource of a construct gets the name of the construct.
pub(super) fn display_name(node: &Node) -> &str {
    node.name.strip_suffix("/Resource").unwrap_or(&node.name)
}

/// Returns the type of a node without the prefix `AWS::`, which nearly all have.
pub(super) fn display_kind(node: &Node) -> &str {
    node.kind.strip_prefix("AWS::").unwrap_or(&node.kind)
}

/// Returns the text, or an ellipsis and as much of its end as fits: the end of a path is its most specific part.
pub(super) fn fit_text(text: &str, size: f64, box_width: f64) -> String {
    let room = box_width - PADDING;
    if text_width(text, size) <= room + 0.5 {
        return text.to_owned();
    }
    let mut kept = text;
    while !kept.is_empty() && text_width(kept, size) + size > room {
        kept = kept.char_indices().nth(1).map_or("", |(at, _)| &kept[at..]);
    }
    format!("…{kept}")
}

/// Returns the text with reserved characters of XML escaped and control characters replaced by spaces.
pub(super) fn escape_xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_end_of_long_path_within_box() {
        let fitted = fit_text("Vpc/PublicSubnet1/RouteTableAssociation", NAME, 160.0);
        assert!(
            fitted.starts_with('…') && fitted.ends_with("Association"),
            "{fitted}"
        );
        assert!(text_width(&fitted, NAME) <= 160.0 - PADDING, "{fitted}");
        assert_eq!(fit_text("Vpc", NAME, 160.0), "Vpc");
    }

    #[test]
    fn escapes_reserved_and_forbidden_xml_characters() {
        assert_eq!(
            escape_xml("a<b> & \"c\"\u{1}"),
            "a&lt;b&gt; &amp; &quot;c&quot; "
        );
    }
}
