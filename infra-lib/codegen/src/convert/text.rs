//! Conversion of composed text: `Fn::Sub` and `Fn::Join` to `sub![…]`.

use serde_json::{Map, Value as JsonValue};

use super::code::{Brackets, Code, string_literal};
use super::expression::{as_intrinsic, get_att};
use super::scope::Scope;
use super::types::Meaning;

/// Returns `sub![…]` for an `Fn::Sub`, or `None` if it contains an unknown name.
pub(super) fn convert_sub<'s>(scope: &Scope<'s>, argument: &'s JsonValue) -> Option<Code> {
    let (template, variables) = match argument {
        JsonValue::String(template) => (template, None),
        JsonValue::Array(items) => match &items[..] {
            [JsonValue::String(template), JsonValue::Object(variables)] => {
                (template, Some(variables))
            }
            _ => return None,
        },
        _ => return None,
    };
    let mut parts = Vec::new();
    for piece in split_pieces(template)? {
        parts.push(match piece {
            Piece::Text(text) => Code::from_text(string_literal(&text)),
            Piece::Name(name) => convert_variable(scope, name, variables)?,
        });
    }
    if parts.is_empty() {
        parts.push(Code::from_text(string_literal("")));
    }
    Some(Code::Call(
        format!("{}!", scope.use_core("sub")),
        Brackets::Square,
        parts,
    ))
}

/// Returns the text of an `Fn::Sub` template without names.
pub(super) fn literal_text(template: &str) -> Option<String> {
    match &split_pieces(template)?[..] {
        [] => Some(String::new()),
        [Piece::Text(text)] => Some(text.clone()),
        _ => None,
    }
}

/// Returns `sub![…]` for the items of an `Fn::Join` without separator.
pub(super) fn concat_items<'s>(scope: &Scope<'s>, items: &'s [JsonValue]) -> Code {
    let parts = items.iter().map(|item| match item {
        JsonValue::String(text) => Code::from_text(string_literal(text)),
        other => scope.text_value(other),
    });
    let parts = parts.collect();
    Code::Call(
        format!("{}!", scope.use_core("sub")),
        Brackets::Square,
        parts,
    )
}

fn convert_variable<'s>(
    scope: &Scope<'s>,
    name: &'s str,
    variables: Option<&'s Map<String, JsonValue>>,
) -> Option<Code> {
    if let Some(value) = variables.and_then(|variables| variables.get(name)) {
        return Some(match value {
            JsonValue::String(text) => Code::from_text(string_literal(text)),
            other => scope.text_value(other),
        });
    }
    let found = match name.split_once('.') {
        Some((resource, attribute)) => scope.convert_get_att(resource, attribute, &Meaning::String),
        None => scope.convert_ref(name, &Meaning::String),
    };
    Some(scope.as_text_value(found?))
}

/// A piece of an `Fn::Sub` template.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    Text(String),
    Name(&'a str),
}

/// Splits an `Fn::Sub` template; `${!x}` is the text `${x}`. Returns `None` for an unclosed brace.
pub(super) fn split_pieces(template: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find("${") {
        text.push_str(&rest[..at]);
        let inside = &rest[at + 2..];
        let end = inside.find('}')?;
        let name = &inside[..end];
        if let Some(literal) = name.strip_prefix('!') {
            text.push_str("${");
            text.push_str(literal);
            text.push('}');
        } else {
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(Piece::Name(name.trim()));
        }
        rest = &inside[end + 1..];
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Some(pieces)
}

/// Collects the logical IDs and conditions that a value refers to.
pub(super) fn collect_names<'s>(json: &'s JsonValue, found: &mut Vec<&'s str>) {
    match as_intrinsic(json) {
        Some(("Ref", JsonValue::String(name))) => return found.push(name),
        Some(("Fn::GetAtt", argument)) if let Some((name, _)) = get_att(argument) => {
            return found.push(name);
        }
        Some(("Fn::Sub", argument)) => {
            let template = argument.as_str().or_else(|| argument.get(0)?.as_str());
            for piece in template.and_then(split_pieces).unwrap_or_default() {
                if let Piece::Name(name) = piece {
                    found.push(name.split_once('.').map_or(name, |(name, _)| name));
                }
            }
        }
        _ => {}
    }
    match json {
        JsonValue::Array(items) => items.iter().for_each(|item| collect_names(item, found)),
        JsonValue::Object(entries) => entries.values().for_each(|item| collect_names(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, split_pieces};

    #[test]
    fn splits_template_into_pieces() {
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            split_pieces("a-${B}${ C.D }-${!e}"),
            Some(vec![
                text("a-"),
                Piece::Name("B"),
                Piece::Name("C.D"),
                text("-${e}")
            ])
        );
        assert_eq!(split_pieces("${open"), None);
        assert_eq!(split_pieces(""), Some(vec![]));
    }
}
