//! Scopes that an access token needs for an operation: one table, from which the document is made, and by which requests are checked.
//!
//! OpenAPI 3.0 has scopes for OAuth only, so they stand in an extension of each operation, and in its description for people.

use serde_json::{Value, json};

use super::operations;
use crate::domain::scope::Scope;

/// The property of an operation that lists its scopes.
pub(crate) const PROPERTY: &str = "x-token-scopes";

/// What a webhook sends its receiver is what its maker could read.
const WEBHOOK: &[Scope] = &[Scope::NotesRead, Scope::LabelsRead, Scope::WebhooksWrite];

/// Operations that need something else than their tag and method say.
const EXCEPTIONS: [(&str, &[Scope]); 5] = [
    ("createWebhook", WEBHOOK),
    ("changeWebhook", WEBHOOK),
    ("exportNotes", &[Scope::Export]),
    ("importNotes", &[Scope::NotesWrite, Scope::LabelsWrite]),
    ("listChanges", &[Scope::NotesRead, Scope::LabelsRead]),
];

/// The scopes of operations by their tag: for those that read, and for those that write. An operation that finds none here is closed to access
/// tokens, which a test of the document notices.
const TAGS: [(&str, Option<Scope>, Option<Scope>); 6] = [
    ("Notes", Some(Scope::NotesRead), Some(Scope::NotesWrite)),
    ("Labels", Some(Scope::LabelsRead), Some(Scope::LabelsWrite)),
    (
        "Attachments",
        Some(Scope::NotesRead),
        Some(Scope::NotesWrite),
    ),
    ("Sharing", Some(Scope::NotesRead), Some(Scope::NotesWrite)),
    (
        "Webhooks",
        Some(Scope::WebhooksRead),
        Some(Scope::WebhooksWrite),
    ),
    ("Account", Some(Scope::AccountRead), None),
];

/// Writes the scopes of each operation that takes access tokens.
pub(super) fn add(document: &mut Value) {
    for (_, method, operation) in operations(document) {
        let takes_tokens = operation["security"]
            .as_array()
            .is_some_and(|ways| ways.iter().any(|way| way.get("token").is_some()));
        if !takes_tokens {
            continue;
        }
        let scopes = needed(method, operation);
        let words: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
        operation[PROPERTY] = json!(words);
        let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
        let noun = if quoted.len() == 1 { "scope" } else { "scopes" };
        let text = operation["description"].as_str().unwrap_or_default();
        let text = format!(
            "{text}\n\nAn access token needs the {noun} {}.",
            quoted.join(" and ")
        );
        operation["description"] = text.trim_start().into();
    }
}

fn needed(method: &str, operation: &Value) -> Vec<Scope> {
    let exception = EXCEPTIONS
        .iter()
        .find(|(id, _)| operation["operationId"] == *id);
    if let Some((_, scopes)) = exception {
        return scopes.to_vec();
    }
    let tag = TAGS.iter().find(|(tag, ..)| operation["tags"][0] == *tag);
    let scope = tag.and_then(|(_, read, write)| if method == "get" { *read } else { *write });
    scope.into_iter().collect()
}

/// The scopes that the document lists for an operation; none for one that takes no access tokens.
pub(crate) fn of(operation: &Value) -> Vec<Scope> {
    let words = operation[PROPERTY].as_array().into_iter().flatten();
    words
        .filter_map(|word| word.as_str().and_then(Scope::parse))
        .collect()
}
