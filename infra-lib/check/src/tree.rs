//! The values of a template with their positions. Intrinsic functions are separate from maps.

use infra_yaml::{Node, Span, Value as Source};
use serde_json::{Value as JsonValue, json};

use crate::function::{CONDITION, REF, SUB, is_function_name};

/// A value with its range in the text.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Value>),
    Map(Map),
    Call(Box<Call>),
}

/// The entries of a map in the order of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Map {
    pub(crate) entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Value,
}

/// An intrinsic function: a map whose only key is `Ref`, `Condition` or starts with `Fn::`.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) argument: Value,
}

impl Value {
    pub(crate) fn from_node(node: Node) -> Self {
        let span = node.span;
        let written = node.scalar_text().map(str::to_owned);
        let kind = match node.value {
            Source::Null => Kind::Null,
            Source::Bool(value) => Kind::Bool(value),
            Source::Number(number) => Kind::Number(number.to_string()),
            Source::String(text) => Kind::Text(text),
            Source::List(items) => Kind::List(items.into_iter().map(Self::from_node).collect()),
            Source::Map(map) => return Self::from_map(&map, span),
        };
        // CloudFormation reads digits with leading zeros, such as an account ID, as text.
        let kind = match (kind, written) {
            (Kind::Number(_), Some(text))
                if text.len() > 1 && text.starts_with('0') && !text.contains('.') =>
            {
                Kind::Text(text)
            }
            (kind, _) => kind,
        };
        Self { kind, span }
    }

    fn from_map(map: &infra_yaml::Map, span: Span) -> Self {
        let mut entries: Vec<Entry> = map
            .entries()
            .iter()
            .map(|entry| Entry {
                key: entry.key.clone(),
                key_span: entry.key_span,
                value: Self::from_node(entry.value.clone()),
            })
            .collect();
        let is_call = entries.len() == 1 && {
            let only = &entries[0];
            is_function_name(&only.key)
                && (only.key != CONDITION || matches!(only.value.kind, Kind::Text(_)))
        };
        match entries.pop() {
            Some(only) if is_call => Self {
                kind: Kind::Call(Box::new(Call {
                    name: only.key,
                    argument: only.value,
                })),
                span,
            },
            last => {
                entries.extend(last);
                Self {
                    kind: Kind::Map(Map { entries }),
                    span,
                }
            }
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a scalar as text, as CloudFormation converts numbers and booleans.
    pub(crate) fn scalar_text(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(text) | Kind::Number(text) => Some(text.clone()),
            Kind::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_map(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Map(map) => Some(map),
            _ => None,
        }
    }

    pub(crate) fn as_call(&self) -> Option<&Call> {
        match &self.kind {
            Kind::Call(call) => Some(call),
            _ => None,
        }
    }

    /// Returns the argument of a function with the given name.
    pub(crate) fn argument_of(&self, name: &str) -> Option<&Self> {
        self.as_call()
            .filter(|call| call.name == name)
            .map(|call| &call.argument)
    }

    /// Returns the name in `Ref`.
    pub(crate) fn as_ref_name(&self) -> Option<&str> {
        self.argument_of(REF).and_then(Self::as_text)
    }

    pub(crate) fn to_json(&self) -> JsonValue {
        match &self.kind {
            Kind::Null => JsonValue::Null,
            Kind::Bool(value) => json!(value),
            Kind::Number(number) => number
                .parse()
                .map_or_else(|_| json!(number), JsonValue::Number),
            Kind::Text(text) => json!(text),
            Kind::List(items) => items.iter().map(Self::to_json).collect(),
            Kind::Map(map) => JsonValue::Object(
                map.entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_json()))
                    .collect(),
            ),
            Kind::Call(call) => json!({ call.name.as_str(): call.argument.to_json() }),
        }
    }

    /// Returns a word for the form of the value, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
            Kind::Call(_) => "an intrinsic function",
        }
    }
}

impl Map {
    pub(crate) fn find_entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.find_entry(key).map(|entry| &entry.value)
    }
}

/// Returns the name of the condition of `Fn::If`: text, or `Fn::Sub` whose placeholders a loop has replaced.
pub(crate) fn condition_name(condition: &Value) -> Option<&str> {
    let text = condition
        .as_text()
        .or_else(|| condition.argument_of(SUB)?.as_text())?;
    (!text.contains("${")).then_some(text)
}
