//! Tags of YAML, and the long forms they stand for.

use saphyr_parser::Tag;

use crate::node::{Entry, Map, Node, Value};
use crate::position::Span;
use crate::rules::LongForm;

/// Prefix of the tags that YAML defines.
const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// Returns `true` if a key with this tag is text.
pub(crate) fn is_text_tag(tag: Option<&Tag>) -> bool {
    tag.is_none_or(|tag| matches!(tag_name(tag), TagName::Local("") | TagName::Yaml("str")))
}

/// The name of a tag: `Ref` for `!Ref`, empty for `!`, `str` for `!!str`, and the full text for others.
pub(crate) enum TagName<'t> {
    Local(&'t str),
    Yaml(&'t str),
    Other(String),
}

pub(crate) fn tag_name(tag: &Tag) -> TagName<'_> {
    let suffix = tag.suffix.as_str();
    match tag.handle.as_str() {
        "!" => TagName::Local(suffix),
        "!!" | YAML_TAGS => TagName::Yaml(suffix),
        "" => match suffix.strip_prefix(YAML_TAGS) {
            Some(name) => TagName::Yaml(name),
            None => match suffix.strip_prefix('!') {
                Some(name) => TagName::Local(name),
                None => TagName::Other(suffix.to_owned()),
            },
        },
        handle => TagName::Other(format!("{handle}{suffix}")),
    }
}

impl LongForm {
    /// Returns the map of the long form with an argument.
    pub(crate) fn apply_to(self, argument: Node) -> Node {
        let span = argument.span;
        let call = Map::from_entry(Entry::new(self.key.to_owned(), span, argument));
        Node::new(Value::Map(call), span)
    }

    /// Returns the map of the long form with a scalar argument.
    pub(crate) fn apply_to_text(self, text: &str, span: Span) -> Node {
        let string = |text: &str| Node::new(Value::String(text.to_owned()), span);
        self.apply_to(match text.split_once('.') {
            Some((before, after)) if self.dotted => {
                Node::new(Value::List(vec![string(before), string(after)]), span)
            }
            _ => string(text),
        })
    }
}
