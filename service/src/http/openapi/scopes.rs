//! Scopes that an access token needs for each operation: one table, from which the document is generated and by which requests are checked.
//!
//! OpenAPI 3.0 supports scopes for OAuth only. The document therefore lists them in an extension of each operation, and in its description.

use serde_json::{Value, json};

use super::iter_operations;
use crate::domain::scope::Scope;

/// Extension of an operation that lists its scopes.
pub(crate) const PROPERTY: &str = "x-token-scopes";

/// Scopes for creating or changing a webhook: a webhook sends its receiver notes and labels, so its creator must be allowed to read them.
const WEBHOOK: &[Scope] = &[Scope::NotesRead, Scope::LabelsRead, Scope::WebhooksWrite];

/// Operations whose scopes do not follow from their tag and method.
const EXCEPTIONS: [(&str, &[Scope]); 5] = [
    ("createWebhook", WEBHOOK),
    ("changeWebhook", WEBHOOK),
    ("exportNotes", &[Scope::Export]),
    ("importNotes", &[Scope::NotesWrite, Scope::LabelsWrite]),
    ("listChanges", &[Scope::NotesRead, Scope::LabelsRead]),
];

/// Scopes of operations by tag: first for operations that read, second for operations that write. An operation without a scope refuses access tokens;
/// a test of the document reports such operations.
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

/// Adds the scopes to each operation that accepts access tokens.
pub(super) fn add_scopes(document: &mut Value) {
    for (_, method, operation) in iter_operations(document) {
        let takes_tokens = operation["security"]
            .as_array()
            .is_some_and(|ways| ways.iter().any(|way| way.get("token").is_some()));
        if !takes_tokens {
            continue;
        }
        let scopes = required_scopes(method, operation);
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

fn required_scopes(method: &str, operation: &Value) -> Vec<Scope> {
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

/// Returns the scopes that the document lists for an operation; empty for an operation that refuses access tokens.
pub(crate) fn listed_scopes(operation: &Value) -> Vec<Scope> {
    let words = operation[PROPERTY].as_array().into_iter().flatten();
    words
        .filter_map(|word| word.as_str().and_then(Scope::parse))
        .collect()
}
