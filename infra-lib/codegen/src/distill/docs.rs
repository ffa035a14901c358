//! Documentation as short plain text: first sentences, without markup.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use infra_schema::{ResourceType, catalog};
use serde_json::Value;

use super::paths;
use super::spec::Spec;

/// Maximum length of a text, unless its first sentence alone is longer.
const LIMIT: usize = 250;

/// Returns the documentation file of a service: one line per type, property type and property.
pub(super) fn render_service(
    types: &[&ResourceType],
    base: &BTreeMap<String, Value>,
    spec: &Spec<'_>,
) -> String {
    let mut out = String::new();
    for ty in types {
        let node = base.get(&*ty.name).unwrap_or(&Value::Null);
        render_resource(&mut out, ty, node, spec);
    }
    debug_assert!(
        types
            .iter()
            .all(|ty| catalog::service_of(&ty.name) == types[0].service_name())
    );
    out
}

fn render_resource(out: &mut String, ty: &ResourceType, base: &Value, spec: &Spec<'_>) {
    let mut described: BTreeMap<(Option<String>, String), &str> = BTreeMap::new();
    for property in spec.properties_of(ty) {
        if let Some(text) = property.entry["documentation"].as_str() {
            described.insert((property.owner, property.name.to_owned()), text);
        }
    }
    let entry = spec.find_resource(&ty.name).unwrap_or(&Value::Null);
    let of_type = first_text(&[&entry["documentation"], &base["description"]]);
    let _ = writeln!(out, "{}", join_name(&ty.name, &of_type));
    for attribute in &ty.attributes {
        let text = first_text(&[&entry["attributes"][&*attribute.name]["documentation"]]);
        if !text.is_empty() {
            let _ = writeln!(out, "@{}", join_name(&attribute.name, &text));
        }
    }
    let member = |out: &mut String, owner: Option<&str>, name: &str, node: &Value| {
        let key = (owner.map(str::to_owned), name.to_owned());
        let text = described
            .get(&key)
            .map(|text| to_plain_text(text))
            .unwrap_or_default();
        let text = if text.is_empty() {
            first_text(&[&node["description"]])
        } else {
            text
        };
        if !text.is_empty() {
            let _ = writeln!(out, "  {}", join_name(name, &text));
        }
    };
    for property in &ty.properties {
        let node = &base["properties"][&*property.name];
        if !property.read_only {
            member(out, None, &property.name, node);
        }
    }
    let definitions = spec.definitions_of(ty);
    for definition in &ty.definitions {
        let node = &base["definitions"][&*definition.name];
        let entry = definitions
            .get(&*definition.name)
            .copied()
            .unwrap_or(&Value::Null);
        let _ = writeln!(
            out,
            "#{}",
            join_name(
                &definition.name,
                &first_text(&[&entry["documentation"], &node["description"]])
            )
        );
        for property in &definition.properties {
            member(
                out,
                Some(&definition.name),
                &property.name,
                paths::member_node(node, &property.name),
            );
        }
    }
}

fn join_name(name: &str, text: &str) -> String {
    if text.is_empty() {
        name.to_owned()
    } else {
        format!("{name} {text}")
    }
}

fn first_text(candidates: &[&Value]) -> String {
    let texts = candidates.iter().filter_map(|value| value.as_str());
    texts
        .map(to_plain_text)
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// Returns the first paragraph without Markdown or HTML, cut after a sentence.
pub(super) fn to_plain_text(markdown: &str) -> String {
    let paragraph = markdown
        .split("\n\n")
        .map(str::trim)
        .find(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('>'))
        .unwrap_or_default();
    let mut text = String::with_capacity(paragraph.len());
    let mut rest = paragraph;
    let mut code = false;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => {
                // `[text](address)` becomes the text.
                if let Some((label, after)) = rest.split_once("](")
                    && !label.contains(['[', ']', '\n'])
                    && let Some((_, after)) = after.split_once(')')
                {
                    text.push_str(label.trim_matches('`'));
                    rest = after;
                } else {
                    text.push('[');
                }
            }
            '<' => match rest.split_once('>') {
                Some((tag, after))
                    if tag.len() < 60
                        && tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
                        && is_tag(tag) =>
                {
                    rest = after;
                }
                _ => text.push('<'),
            },
            '*' if rest.starts_with('*') => rest = &rest[1..],
            '*' if !code && let Some((inner, after)) = split_emphasis(rest) => {
                text.push_str(inner);
                rest = after;
            }
            '`' if rest.starts_with('`') => rest = &rest[1..],
            '`' => {
                code = !code;
                text.push('`');
            }
            '\n' | '\t' | '\r' => text.push(' '),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace(" .", ".").replace(" ,", ",");
    // An unmatched backtick would turn the rest of the page into code.
    let text = if text.matches('`').count() % 2 == 1 {
        text.replace('`', "")
    } else {
        text
    };
    cut_at_sentence(&text)
}

/// Returns the inside of `*emphasis*` and the rest; a `*` that is a wildcard is not emphasis.
fn split_emphasis(rest: &str) -> Option<(&str, &str)> {
    let (inner, after) = rest.split_once('*')?;
    let word = |c: char| c.is_alphanumeric();
    (inner.len() < 120 && inner.starts_with(word) && inner.ends_with(word))
        .then_some((inner, after))
}

fn is_tag(tag: &str) -> bool {
    let name = tag
        .trim_start_matches('/')
        .split([' ', '/'])
        .next()
        .unwrap_or_default();
    matches!(
        name,
        "p" | "a"
            | "b"
            | "i"
            | "br"
            | "li"
            | "ul"
            | "ol"
            | "code"
            | "em"
            | "strong"
            | "note"
            | "div"
            | "span"
            | "important"
    )
}

fn cut_at_sentence(text: &str) -> String {
    if text.len() <= LIMIT {
        return text.to_owned();
    }
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let sentence = |at: &usize| {
        !["e.g", "i.e", "vs", "etc"]
            .iter()
            .any(|word| text[..*at - 1].ends_with(word))
    };
    let (before, after): (Vec<usize>, Vec<usize>) =
        ends.filter(sentence).partition(|at| *at <= LIMIT);
    let end = before
        .last()
        .or(after.first())
        .copied()
        .unwrap_or(text.len());
    let mut kept = text[..end.min(LIMIT * 2)].to_owned();
    if kept.matches('`').count() % 2 == 1 {
        kept = kept.replace('`', "");
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::to_plain_text;

    #[test]
    fn removes_markup_and_keeps_sentences() {
        let text = "The **name** and *role* of the [bucket](https://example.com/x) . <p>See `Name`.</p>\n\nMore.";
        assert_eq!(
            to_plain_text(text),
            "The name and role of the bucket. See `Name`."
        );
    }

    #[test]
    fn cuts_long_text_at_sentence() {
        let text = format!("{}. {}.", "a".repeat(300), "b".repeat(300));
        assert_eq!(to_plain_text(&text), format!("{}.", "a".repeat(300)));
    }
}
