//! Tests of links that show a note.

use serde_json::{Value, json};

use super::{disable, execute, note, unlimited};
use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases!(
    shows_note_without_account,
    returns_same_404_for_all_invalid_links,
    lists_links_without_their_tokens,
    limits_links_per_note_and_their_lifetime,
    rejects_links_of_guests_tokens_and_trashed_notes,
    limits_views_by_network,
);

async fn link(service: &Service, who: &Person, note: &str, body: Value) -> Answer {
    let path = format!("/api/notes/{note}/links");
    service.json(who, "POST", &path, body).await
}

async fn open(service: &Service, token: &Value) -> Answer {
    let body = Some(json!({ "token": token }));
    service
        .request(None, "POST", "/api/links/open", &[], body)
        .await
}

async fn shows_note_without_account(service: Service) {
    let ada = service.person("ada").await;
    let content = "- [x] eggs\n- [ ] <script>alert(1)</script>\n\n[x](javascript:alert(1))";
    let id = note(&service, &ada, content).await;
    let made = link(&service, &ada, &id, json!({"label": " for Bob "}))
        .await
        .is(201);
    let token = &made.body["token"];
    // 256 bits in base64url.
    assert_eq!(token.as_str().unwrap().len(), 43);
    assert_eq!(made.body["label"], "for Bob");
    let shown = open(&service, token).await.is(200);
    assert_eq!(shown.header("cache-control"), "private, no-store");
    assert_eq!(shown.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(shown.header("referrer-policy"), "no-referrer");
    assert_eq!(shown.body["title"], "Groceries");
    assert_eq!(shown.body["content"], content);
    assert_eq!(shown.body["items"][0]["text"], "eggs");
    assert_eq!(shown.body["items"][0]["checked"], true);
    assert_eq!(shown.body["color"], "white");
    let html = shown.body["html"].as_str().unwrap();
    assert!(html.contains("eggs"), "{html}");
    assert!(
        !html.contains("<script") && !html.contains("href=\"javascript"),
        "{html}"
    );
    assert_eq!(shown.body.as_object().unwrap().len(), 6, "{}", shown.body);
    // What is changed is shown as it is now.
    let path = format!("/api/notes/{id}");
    super::patch(&service, &ada, &path, None, json!({"title": "Later"}))
        .await
        .is(200);
    assert_eq!(open(&service, token).await.is(200).body["title"], "Later");
}

async fn returns_same_404_for_all_invalid_links(service: Service) {
    let service = unlimited(service);
    let ada = service.person("ada").await;
    let nothing = |answer: Answer| {
        let mut answer = answer.problem(404, "not_found");
        answer.body.as_object_mut().unwrap().remove("requestId");
        let headers: Vec<_> = answer.headers.iter().collect();
        let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
        (answer.body, names.join(" "))
    };
    let unknown = nothing(open(&service, &json!("a guess")).await);
    let fresh = async || {
        let id = note(&service, &ada, "").await;
        let made = link(&service, &ada, &id, json!({})).await.is(201);
        (id, made.body)
    };
    // Trashed, restored, deleted for good.
    let (id, made) = fresh().await;
    let path = format!("/api/notes/{id}");
    service.send(&ada, "DELETE", &path).await.is(200);
    assert_eq!(nothing(open(&service, &made["token"]).await), unknown);
    let restore = format!("{path}/restore");
    service.send(&ada, "POST", &restore).await.is(200);
    open(&service, &made["token"]).await.is(200);
    service.send(&ada, "DELETE", &path).await.is(200);
    let permanent = format!("{path}/permanent");
    service.send(&ada, "DELETE", &permanent).await.is(204);
    assert_eq!(nothing(open(&service, &made["token"]).await), unknown);
    // Revoked.
    let (id, made) = fresh().await;
    let path = format!("/api/notes/{id}/links/{}", made["id"].as_str().unwrap());
    service.send(&ada, "DELETE", &path).await.is(204);
    assert_eq!(nothing(open(&service, &made["token"]).await), unknown);
    service.send(&ada, "DELETE", &path).await.is(404);
    // Ended.
    let (_, made) = fresh().await;
    let (_, other) = fresh().await;
    let sql = "UPDATE note_links SET expires_at = '2026-01-01T00:00:00Z' \
         WHERE id = (SELECT id FROM note_links ORDER BY id DESC LIMIT 1 OFFSET 1)";
    execute(&service, sql).await;
    assert_eq!(nothing(open(&service, &made["token"]).await), unknown);
    open(&service, &other["token"]).await.is(200);
    // Of an account that is disabled: ended for good.
    disable(&service, "ada").await;
    assert_eq!(nothing(open(&service, &other["token"]).await), unknown);
    let store = &service.app.store;
    let account = store.find_account("ada").await.unwrap();
    store.enable_account(&account).await.unwrap();
    assert_eq!(nothing(open(&service, &other["token"]).await), unknown);
}

async fn lists_links_without_their_tokens(service: Service) {
    let ada = service.person("ada").await;
    let id = note(&service, &ada, "").await;
    let other = note(&service, &ada, "").await;
    let path = format!("/api/notes/{id}/links");
    let made = link(&service, &ada, &id, json!({"label": "one"}))
        .await
        .is(201);
    link(&service, &ada, &id, json!({"label": "two"}))
        .await
        .is(201);
    let listed = service.send(&ada, "GET", &path).await.is(200);
    let labels = listed.body["items"].as_array().unwrap().iter();
    let labels: Vec<_> = labels.map(|link| link["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["two", "one"]);
    assert!(
        !listed.body.to_string().contains("token"),
        "{}",
        listed.body
    );
    // By the path of another note it is not there.
    let wrong = format!(
        "/api/notes/{other}/links/{}",
        made.body["id"].as_str().unwrap()
    );
    service
        .send(&ada, "DELETE", &wrong)
        .await
        .problem(404, "not_found");
}

async fn limits_links_per_note_and_their_lifetime(service: Service) {
    let ada = service.person("ada").await;
    let id = note(&service, &ada, "").await;
    for days in [0, 366] {
        link(&service, &ada, &id, json!({"expiresInDays": days}))
            .await
            .problem(422, "validation_failed");
    }
    let day = |link: &Value| link["expiresAt"].as_str().unwrap()[..10].to_owned();
    let in_days = |days| {
        let at = notes_service::clock::now() + chrono::TimeDelta::days(days);
        at.format("%Y-%m-%d").to_string()
    };
    let made = link(&service, &ada, &id, json!({})).await.is(201);
    assert_eq!(day(&made.body), in_days(30));
    let made = link(&service, &ada, &id, json!({"expiresInDays": 365})).await;
    assert_eq!(day(&made.is(201).body), in_days(365));
    for _ in 2..10 {
        link(&service, &ada, &id, json!({})).await.is(201);
    }
    link(&service, &ada, &id, json!({}))
        .await
        .problem(409, "limit_reached");
    // Those that have ended do not count.
    execute(
        &service,
        "UPDATE note_links SET expires_at = '2026-01-01T00:00:00Z'",
    )
    .await;
    link(&service, &ada, &id, json!({})).await.is(201);
    let path = format!("/api/notes/{id}/links");
    let listed = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 1);
}

async fn rejects_links_of_guests_tokens_and_trashed_notes(service: Service) {
    let guest = service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let guest = crate::accounts::browser(&guest);
    let id = note(&service, &guest, "").await;
    link(&service, &guest, &id, json!({}))
        .await
        .problem(403, "guest_not_allowed");
    super::offer(&service, &guest, &id, "bob", "read")
        .await
        .problem(403, "guest_not_allowed");
    let ada = service.person("ada").await;
    let id = note(&service, &ada, "").await;
    let new = json!({"name": "cli", "scope": "write", "currentPassword": crate::support::PASSWORD});
    let token = service.json(&ada, "POST", "/api/tokens", new).await.is(201);
    let bearer = format!("Bearer {}", token.body["token"].as_str().unwrap());
    let path = format!("/api/notes/{id}/links");
    service
        .request(
            None,
            "POST",
            &path,
            &[("authorization", &bearer)],
            Some(json!({})),
        )
        .await
        .problem(403, "session_required");
    service
        .send(&ada, "DELETE", &format!("/api/notes/{id}"))
        .await
        .is(200);
    link(&service, &ada, &id, json!({}))
        .await
        .problem(409, "note_in_trash");
    super::offer(&service, &ada, &id, "bob", "read")
        .await
        .problem(409, "note_in_trash");
}

async fn limits_views_by_network(service: Service) {
    let ada = service.person("ada").await;
    let id = note(&service, &ada, "").await;
    let made = link(&service, &ada, &id, json!({})).await.is(201);
    let from = async |network: &str| {
        let headers = [("x-forwarded-for", network)];
        let body = Some(json!({"token": made.body["token"]}));
        service
            .request(None, "POST", "/api/links/open", &headers, body)
            .await
    };
    let mut refused = None;
    for _ in 0..90 {
        let answer = from("203.0.113.7").await;
        if answer.status.as_u16() != 200 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("views are limited");
    refused.problem(429, "rate_limited").header("retry-after");
    from("203.0.113.8").await.is(200);
}
