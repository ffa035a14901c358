//! Describes problems of configuration values, and converts them to findings.

use infra_core::{Diagnostic, codes, find_nearest};
use serde_json::Value as JsonValue;

use super::document::{Document, EntryPart};
use super::path::{Path, Step};

/// A problem with the value at a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Problem {
    pub(super) path: Path,
    pub(super) kind: ProblemKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum ProblemKind {
    /// The key is unknown; these are the known ones.
    UnknownKey { known: Vec<String> },
    /// The map lacks the key at the path.
    MissingKey { description: Option<String> },
    /// The value has the wrong type, or is outside of the allowed values.
    WrongValue {
        expected: String,
        allowed: Vec<String>,
    },
    /// The type of the configuration refused the value, for this reason.
    Rejected { reason: String },
}

impl Problem {
    pub(super) fn new_rejected(path: Path, reason: &str) -> Self {
        let reason = reason.to_owned();
        Self {
            path,
            kind: ProblemKind::Rejected { reason },
        }
    }

    /// Returns the known key that an unknown one was probably meant to be.
    pub(super) fn suggest_key(&self) -> Option<&str> {
        match &self.kind {
            ProblemKind::UnknownKey { known } => {
                find_nearest(&last_key(&self.path), known.iter().map(String::as_str))
            }
            _ => None,
        }
    }

    /// Converts the problem to a finding.
    pub(super) fn to_finding(&self, document: &Document) -> Diagnostic {
        let path = self.path.to_string();
        let (finding, end) = match &self.kind {
            ProblemKind::UnknownKey { known } => (self.unknown_key(known), EntryPart::Key),
            ProblemKind::MissingKey { description } => {
                let holder = describe_parent(&self.path.parent());
                let message = format!("{holder} lacks the key `{}`", last_key(&self.path));
                let finding = Diagnostic::new(codes::MISSING_CONFIGURATION_KEY, message);
                let finding = match description {
                    Some(description) => finding.note(format!("`{path}`: {description}")),
                    None => finding,
                };
                (finding, EntryPart::Key)
            }
            ProblemKind::WrongValue { expected, allowed } => {
                let given = self.path.find_value(&document.value);
                // A value from outside of the file may be a secret, unless the allowed values show that it is a name.
                let shown = match given {
                    None => "nothing".to_owned(),
                    Some(_)
                        if allowed.is_empty() && document.find_setting(&self.path).is_some() =>
                    {
                        "the given value".to_owned()
                    }
                    Some(value) => describe_value(value),
                };
                let message = format!("`{path}` cannot be {shown}");
                let finding = Diagnostic::new(codes::WRONG_CONFIGURATION_VALUE, message)
                    .expected(expected.clone());
                let text = given.and_then(JsonValue::as_str).unwrap_or_default();
                let finding = match find_nearest(text, allowed.iter().map(String::as_str)) {
                    Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                    None => finding,
                };
                (finding, EntryPart::Value)
            }
            ProblemKind::Rejected { reason } => {
                let given = self.path.find_value(&document.value);
                let is_setting = document.find_setting(&self.path).is_some();
                let shown = given
                    .filter(|value| !value.is_object() && !value.is_array())
                    .map(|value| {
                        if is_setting {
                            " cannot be the given value".to_owned()
                        } else {
                            format!(" cannot be {}", describe_value(value))
                        }
                    });
                let reason = match given {
                    Some(value) if is_setting => redact_value(reason, value),
                    _ => reason.clone(),
                };
                let subject = if path.is_empty() {
                    "the configuration".to_owned()
                } else {
                    format!("`{path}`")
                };
                let message = format!("{subject}{}: {reason}", shown.unwrap_or_default());
                (
                    Diagnostic::new(codes::WRONG_CONFIGURATION_VALUE, message),
                    EntryPart::Value,
                )
            }
        };
        let finding = document
            .settings_below(&self.path)
            .fold(finding.property(path), Diagnostic::note);
        match document.find_setting(&self.path) {
            Some(origin) => finding.note(origin),
            None => finding.place(document.locate_path(&self.path, end)),
        }
    }

    fn unknown_key(&self, known: &[String]) -> Diagnostic {
        let key = last_key(&self.path);
        let holder = describe_parent(&self.path.parent());
        let finding = Diagnostic::new(
            codes::UNKNOWN_CONFIGURATION_KEY,
            format!("{holder} has no key `{key}`"),
        )
        .expected(one_of(known.iter().map(String::as_str)));
        match self.suggest_key() {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding,
        }
    }
}

/// Describes the map that contains a key.
fn describe_parent(path: &Path) -> String {
    if path.steps().is_empty() {
        "the configuration".to_owned()
    } else {
        format!("`{path}`")
    }
}

fn last_key(path: &Path) -> String {
    match path.steps().last() {
        Some(Step::Key(key)) => key.clone(),
        Some(Step::Item(at)) => at.to_string(),
        None => String::new(),
    }
}

/// Replaces the value in the message of a type, which may repeat it.
fn redact_value(reason: &str, value: &JsonValue) -> String {
    let text = match value {
        JsonValue::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.is_empty() {
        reason.to_owned()
    } else {
        reason.replace(&text, "…")
    }
}

/// Formats a value for messages, shortened to 80 characters.
fn describe_value(value: &JsonValue) -> String {
    let text = match value {
        JsonValue::String(text) => format!("the string `{text}`"),
        JsonValue::Number(number) => format!("the number `{number}`"),
        JsonValue::Object(_) => "a map".to_owned(),
        JsonValue::Array(_) => "a list".to_owned(),
        JsonValue::Null => "empty (`null`)".to_owned(),
        JsonValue::Bool(value) => format!("`{value}`"),
    };
    match text.char_indices().nth(80) {
        Some((cut, _)) => format!("{}…`", &text[..cut]),
        None => text,
    }
}

/// Formats names as `` `a` ``, or `` one of `a`, `b` ``.
pub(super) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [only] => only.clone(),
        several => format!("one of {}", several.join(", ")),
    }
}
