//! Policy documents as data: [`Document`].

use serde_json::{Map, Value as JsonValue};

use crate::answer::Answer;
use crate::atoms::ANYTHING;

/// Effect of a statement.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
    /// The statement allows.
    Allow,
    /// The statement denies, whatever others allow.
    Deny,
    /// The template leaves the effect open.
    Unknown,
}

/// A text of a list, and the certainty with which it is part of the list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) certain: bool,
}

/// A list that a statement either includes, as `Action` does, or excludes, as `NotAction` does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct List {
    pub(super) items: Vec<Item>,
    pub(super) negated: bool,
}

impl List {
    /// Returns the answer for the list from that for each of its items.
    pub(super) fn matches(&self, mut item: impl FnMut(&str) -> Answer) -> Answer {
        let any = Answer::any(self.items.iter().map(|one| {
            let found = item(&one.text);
            if one.certain {
                found
            } else {
                found.and(Answer::Possible)
            }
        }));
        if self.negated { any.negate() } else { any }
    }
}

/// Principals of a statement by kind: `AWS`, `Service`, `Federated`, `CanonicalUser`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Principals {
    pub(super) everyone: bool,
    pub(super) kinds: Vec<(String, List)>,
    pub(super) negated: bool,
    /// The template leaves the principals open.
    pub(super) unknown: bool,
}

/// A statement of a policy document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Statement {
    /// Effect of the statement.
    pub effect: Effect,
    /// The `Sid` of the statement, if it has one.
    pub sid: Option<String>,
    /// False if a condition of the template decides about the presence of the statement.
    pub certain: bool,
    pub(super) principals: Option<Principals>,
    /// Actions in lower case.
    pub(super) actions: Option<List>,
    pub(super) resources: Option<List>,
    pub(super) condition: Option<JsonValue>,
}

/// A policy document, and the name under which decisions refer to it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Document {
    /// Name of the document in decisions.
    pub name: String,
    /// Statements of the document.
    pub statements: Vec<Statement>,
    /// True if the document or a part of it cannot be read, so that it may allow or deny anything.
    pub unreadable: bool,
}

impl Document {
    /// Reads a document in JSON whose functions are resolved. A function that is left, other than `Fn::If`, makes the
    /// part that contains it unknown.
    pub fn parse(name: impl Into<String>, json: &JsonValue) -> Self {
        let mut document = Self {
            name: name.into(),
            statements: Vec::new(),
            unreadable: false,
        };
        let Some(map) = json.as_object().filter(|map| !is_function(map)) else {
            document.unreadable = true;
            return document;
        };
        for (statement, certain) in choices(map.get("Statement").unwrap_or(&JsonValue::Null)) {
            match statement.as_object().filter(|map| !is_function(map)) {
                Some(map) => document.statements.push(parse_statement(map, certain)),
                None => document.unreadable = true,
            }
        }
        document
    }

    /// Creates a document that may allow or deny anything, for a policy whose content is not known.
    pub fn unknown(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            statements: Vec::new(),
            unreadable: true,
        }
    }

    /// Returns true if no statement of the document allows anything.
    pub fn only_denies(&self) -> bool {
        !self.unreadable && self.statements.iter().all(|one| one.effect == Effect::Deny)
    }
}

fn parse_statement(map: &Map<String, JsonValue>, certain: bool) -> Statement {
    Statement {
        effect: match map.get("Effect").and_then(JsonValue::as_str) {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => Effect::Unknown,
        },
        sid: map
            .get("Sid")
            .and_then(JsonValue::as_str)
            .map(str::to_owned),
        certain,
        principals: parse_principals(map),
        actions: parse_list(map, "Action", "NotAction").map(|mut list| {
            for item in &mut list.items {
                item.text = item.text.to_ascii_lowercase();
            }
            list
        }),
        resources: parse_list(map, "Resource", "NotResource"),
        condition: map
            .get("Condition")
            .filter(|value| !value.is_null())
            .cloned(),
    }
}

fn parse_list(map: &Map<String, JsonValue>, name: &str, not: &str) -> Option<List> {
    if let Some(value) = map.get(not) {
        let mut list = read_list(value);
        list.negated = true;
        return Some(list);
    }
    map.get(name).map(read_list)
}

pub(super) fn read_list(value: &JsonValue) -> List {
    let items = choices(value).into_iter().map(|(item, certain)| Item {
        text: match item {
            JsonValue::String(text) => text.clone(),
            JsonValue::Bool(_) | JsonValue::Number(_) => item.to_string(),
            _ => ANYTHING.to_string(),
        },
        certain,
    });
    List {
        items: items.collect(),
        negated: false,
    }
}

fn parse_principals(map: &Map<String, JsonValue>) -> Option<Principals> {
    let (value, negated) = match map.get("NotPrincipal") {
        Some(value) => (value, true),
        None => (map.get("Principal")?, false),
    };
    let mut found = Principals {
        everyone: false,
        kinds: Vec::new(),
        negated,
        unknown: false,
    };
    match value {
        JsonValue::String(text) if text == "*" => found.everyone = true,
        JsonValue::Object(kinds) if !is_function(kinds) => {
            for (kind, who) in kinds {
                found.kinds.push((kind.clone(), read_list(who)));
            }
        }
        _ => found.unknown = true,
    }
    Some(found)
}

pub(crate) fn is_function(map: &Map<String, JsonValue>) -> bool {
    map.len() == 1
        && map
            .keys()
            .all(|key| key == "Ref" || key == "Condition" || key.starts_with("Fn::"))
}

/// Returns the elements of a list or of a single value, with the certainty with which each is present. Both sides of an
/// `Fn::If` that the template does not decide are possible elements.
pub(crate) fn choices(value: &JsonValue) -> Vec<(&JsonValue, bool)> {
    let mut found = Vec::new();
    collect(value, true, &mut found);
    found
}

fn collect<'v>(value: &'v JsonValue, certain: bool, found: &mut Vec<(&'v JsonValue, bool)>) {
    match value {
        JsonValue::Null => {}
        JsonValue::Array(items) => items.iter().for_each(|item| collect(item, certain, found)),
        JsonValue::Object(map) if map.len() == 1 && map.contains_key("Fn::If") => {
            match map["Fn::If"].as_array().map(Vec::as_slice) {
                Some([_, yes, no]) => {
                    collect(yes, false, found);
                    collect(no, false, found);
                }
                _ => found.push((value, false)),
            }
        }
        other => found.push((other, certain)),
    }
}
