//! Tests of scopes of access tokens: each operation with each scope.

use std::collections::BTreeSet;

use regex_lite::Regex;
use serde_json::{Value, json};

use crate::accounts::{browser, register};
use crate::support::{Answer, PASSWORD, Person, Service, document, on_both_databases};

on_both_databases![
    accepts_only_tokens_with_required_scopes,
    returns_scopes_of_access_token,
    rejects_invalid_scope_lists,
];

/// All scopes.
const SCOPES: [&str; 8] = [
    "notes:read",
    "notes:write",
    "labels:read",
    "labels:write",
    "account:read",
    "export",
    "webhooks:read",
    "webhooks:write",
];

/// Scopes that the API document requires for each operation that tokens may call. The list is explicit, so that a change of the rules is visible.
const NEEDED: &[(&str, &[&str])] = &[
    ("addAttachment", &["notes:write"]),
    ("archiveNote", &["notes:write"]),
    ("batchNotes", &["notes:write"]),
    ("changeAttachment", &["notes:write"]),
    ("changeFilter", &["notes:write"]),
    ("changeItem", &["notes:write"]),
    ("changeLabel", &["labels:write"]),
    ("changeNote", &["notes:write"]),
    ("changeSharedItem", &["notes:write"]),
    ("changeSharedNote", &["notes:write"]),
    (
        "changeWebhook",
        &["notes:read", "labels:read", "webhooks:write"],
    ),
    ("createFilter", &["notes:write"]),
    ("createLabel", &["labels:write"]),
    ("createNote", &["notes:write"]),
    ("createUpload", &["notes:write"]),
    (
        "createWebhook",
        &["notes:read", "labels:read", "webhooks:write"],
    ),
    ("deleteAttachment", &["notes:write"]),
    ("deleteFilter", &["notes:write"]),
    ("deleteLabel", &["labels:write"]),
    ("deleteNote", &["notes:write"]),
    ("deleteUpload", &["notes:write"]),
    ("deleteWebhook", &["webhooks:write"]),
    ("deleteWebhookDelivery", &["webhooks:write"]),
    ("downloadAttachment", &["notes:read"]),
    ("downloadSharedAttachment", &["notes:read"]),
    ("emptyTrash", &["notes:write"]),
    ("exportNotes", &["export"]),
    ("importNotes", &["notes:write", "labels:write"]),
    ("leaveSharedNote", &["notes:write"]),
    ("listAttachments", &["notes:read"]),
    ("listChanges", &["notes:read", "labels:read"]),
    ("listFilterNotes", &["notes:read"]),
    ("listFilters", &["notes:read"]),
    ("listItems", &["notes:read"]),
    ("listLabels", &["labels:read"]),
    ("listNotes", &["notes:read"]),
    ("listRevisions", &["notes:read"]),
    ("listSharedAttachments", &["notes:read"]),
    ("listSharedItems", &["notes:read"]),
    ("listSharedNotes", &["notes:read"]),
    ("listWebhookDeliveries", &["webhooks:read"]),
    ("listWebhooks", &["webhooks:read"]),
    ("listen", &["notes:read"]),
    ("moveNote", &["notes:write"]),
    ("orderFilters", &["notes:write"]),
    ("orderLabels", &["labels:write"]),
    ("pingWebhook", &["webhooks:write"]),
    ("readAccount", &["account:read"]),
    ("readAttachment", &["notes:read"]),
    ("readFilter", &["notes:read"]),
    ("readLabel", &["labels:read"]),
    ("readNote", &["notes:read"]),
    ("readRevision", &["notes:read"]),
    ("readSharedNote", &["notes:read"]),
    ("readSharedThumbnail", &["notes:read"]),
    ("readThumbnail", &["notes:read"]),
    ("readUpload", &["notes:read"]),
    ("readWebhook", &["webhooks:read"]),
    ("redeliverWebhook", &["webhooks:write"]),
    ("reorderNotes", &["notes:write"]),
    ("restoreNote", &["notes:write"]),
    ("restoreRevision", &["notes:write"]),
    ("rotateWebhookSecret", &["webhooks:write"]),
    ("searchNotes", &["notes:read"]),
    ("sendPiece", &["notes:write"]),
    ("trashNote", &["notes:write"]),
    ("unarchiveNote", &["notes:write"]),
];

/// Returns all operations: identifier, method, path, and their part of the document.
fn operations() -> Vec<(String, String, String, &'static Value)> {
    let mut found = Vec::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            found.push((
                id.to_owned(),
                method.to_uppercase(),
                path.clone(),
                operation,
            ));
        }
    }
    found
}

fn security(operation: &Value) -> BTreeSet<&str> {
    let ways = operation["security"].as_array().unwrap().iter();
    ways.flat_map(|way| way.as_object().unwrap().keys().map(String::as_str))
        .collect()
}

fn scopes(operation: &Value) -> Vec<&str> {
    let words = operation["x-token-scopes"].as_array().into_iter().flatten();
    words.map(|word| word.as_str().unwrap()).collect()
}

#[test]
fn documents_required_scopes_of_all_operations() {
    let open = operations();
    let open = open
        .iter()
        .filter(|(.., operation)| security(operation).contains("token"));
    let mut needed: Vec<_> = open
        .map(|(id, _, _, operation)| {
            let scopes = scopes(operation);
            assert!(
                !scopes.is_empty(),
                "{id} takes access tokens, and http/openapi/scopes.rs has no scope for it"
            );
            let description = operation["description"].as_str().unwrap();
            for scope in &scopes {
                assert!(SCOPES.contains(scope), "{id}: {scope}");
                assert!(description.contains(&format!("`{scope}`")), "{id}");
            }
            (id.as_str(), scopes)
        })
        .collect();
    needed.sort();
    let known: Vec<_> = NEEDED
        .iter()
        .map(|(id, scopes)| (*id, scopes.to_vec()))
        .collect();
    assert_eq!(needed, known, "left: the document, right: the table here");
    for (id, _, _, operation) in operations() {
        if !security(operation).contains("token") {
            assert!(operation.get("x-token-scopes").is_none(), "{id}");
        }
    }
}

async fn token(service: &Service, who: &Person, mut body: Value) -> Answer {
    body["name"] = "x".into();
    body["currentPassword"] = PASSWORD.into();
    service.json(who, "POST", "/api/tokens", body).await
}

async fn ask(service: &Service, token: &str, method: &str, path: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let places = Regex::new(r"\{\w+\}").unwrap();
    let path = places.replace_all(path, "00000000-0000-7000-8000-000000000000");
    service
        .request(None, method, &path, &[("authorization", &bearer)], None)
        .await
}

async fn accepts_only_tokens_with_required_scopes(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    for scope in SCOPES.iter().copied().map(Some).chain([None]) {
        // Each alone, and all of them.
        let words = scope.map_or_else(|| SCOPES.to_vec(), |scope| vec![scope]);
        let made = token(&service, &ada, json!({"scopes": words}))
            .await
            .is(201);
        let text = made.body["token"].as_str().unwrap();
        for (id, method, path, operation) in operations() {
            let answer = ask(&service, text, &method, &path).await;
            let code = answer.body["code"].as_str().unwrap_or_default();
            let ways = security(operation);
            let case = format!("{id} with {words:?}: {}", answer.body);
            assert!(answer.status.as_u16() < 500, "{case}");
            if ways.is_empty() {
                assert_ne!(code, "insufficient_scope", "{case}");
            } else if !ways.contains("token") {
                assert_eq!(code, "session_required", "{case}");
            } else if scopes(operation).iter().all(|scope| words.contains(scope)) {
                assert_ne!(answer.status.as_u16(), 403, "{case}");
            } else {
                assert_eq!(answer.status.as_u16(), 403, "{case}");
                assert_eq!(code, "insufficient_scope", "{case}");
                let detail = answer.body["detail"].as_str().unwrap();
                for missing in scopes(operation) {
                    assert_eq!(
                        detail.split(", and").next().unwrap().contains(missing),
                        !words.contains(&missing),
                        "{case}"
                    );
                }
            }
        }
        let path = format!("/api/tokens/{}", made.body["id"].as_str().unwrap());
        service.send(&ada, "DELETE", &path).await.is(204);
    }
}

async fn returns_scopes_of_access_token(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let reading = [
        "notes:read",
        "labels:read",
        "account:read",
        "export",
        "webhooks:read",
    ];
    for (body, scope, words) in [
        (json!({"scope": "read"}), "read", &reading[..]),
        (json!({"scope": "write"}), "write", &SCOPES),
        (
            json!({"scopes": ["labels:write", "notes:read", "notes:read"]}),
            "write",
            &["notes:read", "labels:write"],
        ),
        (json!({"scopes": ["export"]}), "read", &["export"]),
    ] {
        let made = token(&service, &ada, body).await.is(201).body;
        assert_eq!(made["scope"], scope);
        assert_eq!(made["scopes"], json!(words));
        let list = service.send(&ada, "GET", "/api/tokens").await.is(200);
        assert_eq!(list.body["items"][0]["scopes"], json!(words));
    }
    // As the document says, the one for reading keeps the code of its failure.
    let read = token(&service, &ada, json!({"scope": "read"}))
        .await
        .is(201);
    let text = read.body["token"].as_str().unwrap();
    let refused = ask(&service, text, "DELETE", "/api/notes/{id}").await;
    let refused = refused.problem(403, "read_only_token");
    assert!(
        refused.body["detail"]
            .as_str()
            .unwrap()
            .contains("`notes:write`")
    );
}

async fn rejects_invalid_scope_lists(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    for body in [
        json!({}),
        json!({"scope": "read", "scopes": ["export"]}),
        json!({"scopes": []}),
        json!({"scopes": ["admin"]}),
        json!({"scopes": "export"}),
        json!({"scopes": ["notes:read", "admin"]}),
    ] {
        token(&service, &ada, body)
            .await
            .problem(422, "validation_failed");
    }
}
