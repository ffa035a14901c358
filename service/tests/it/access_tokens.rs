//! Tests of access tokens, with which programs authenticate.

use notes_service::auth::rates::Rate;
use notes_service::clock;
use serde_json::{Value, json};

use crate::accounts::{browser, execute, register};
use crate::support::{Answer, PASSWORD, Person, Service, on_both_databases};

on_both_databases![
    limits_access_token_to_its_scope,
    rejects_access_token_for_session_operations,
    rejects_revoked_and_expired_tokens_immediately,
    hides_access_tokens_from_other_users,
    limits_access_tokens_per_user,
    requires_password_to_create_access_token,
    revokes_access_tokens_on_password_change,
];

async fn make(service: &Service, who: &Person, mut body: Value) -> Answer {
    if body.get("currentPassword").is_none() {
        body["currentPassword"] = PASSWORD.into();
    }
    service.json(who, "POST", "/api/tokens", body).await
}

async fn with(
    service: &Service,
    token: &str,
    method: &str,
    path: &str,
    body: Option<Value>,
) -> Answer {
    let bearer = format!("Bearer {token}");
    service
        .request(None, method, path, &[("authorization", &bearer)], body)
        .await
}

fn text(answer: &Answer) -> String {
    answer.body["token"].as_str().unwrap().to_owned()
}

async fn limits_access_token_to_its_scope(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let body = json!({"name": " backup ", "scope": "read", "expiresInDays": 30});
    let read = make(&service, &ada, body).await.is(201);
    assert!(text(&read).starts_with("notes_pat_"));
    assert_eq!(read.body["name"], "backup");
    assert!(read.body["expiresAt"].is_string());
    let write = make(&service, &ada, json!({"name": "cli", "scope": "write"}))
        .await
        .is(201);
    let in_90_days = clock::now() + chrono::TimeDelta::days(90);
    let end = write.body["expiresAt"].as_str().unwrap();
    assert_eq!(end[..10], in_90_days.to_rfc3339()[..10]);

    let note = Some(json!({"title": "by a program"}));
    let (read, write) = (text(&read), text(&write));
    let made = with(&service, &write, "POST", "/api/notes", note.clone())
        .await
        .is(201);
    with(&service, &read, "GET", made.header("location"), None)
        .await
        .is(200);
    with(&service, &read, "GET", "/api/me", None).await.is(200);
    for (method, path) in [
        ("POST", "/api/notes"),
        ("POST", "/api/labels"),
        ("DELETE", "/api/labels/00000000-0000-7000-8000-000000000000"),
    ] {
        with(&service, &read, method, path, note.clone())
            .await
            .problem(403, "read_only_token");
    }

    let list = service.send(&ada, "GET", "/api/tokens").await.is(200);
    let items = list.body["items"].as_array().unwrap();
    assert_eq!(items[0]["name"], "cli");
    assert_eq!(items[1]["scope"], "read");
    assert!(
        items.iter().all(|item| item.get("token").is_none()),
        "{items:?}"
    );
}

async fn rejects_access_token_for_session_operations(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let token = text(
        &make(&service, &ada, json!({"name": "x", "scope": "write"}))
            .await
            .is(201),
    );
    for (method, path, body) in [
        ("GET", "/api/tokens", None),
        (
            "POST",
            "/api/tokens",
            Some(json!({"name": "y", "scope": "write", "currentPassword": PASSWORD})),
        ),
        (
            "DELETE",
            "/api/tokens/00000000-0000-7000-8000-000000000000",
            None,
        ),
        ("GET", "/api/sessions", None),
        ("DELETE", "/api/sessions", None),
        ("PATCH", "/api/me", Some(json!({"username": "eve"}))),
        (
            "DELETE",
            "/api/me",
            Some(json!({"currentPassword": "correct horse battery"})),
        ),
        (
            "PUT",
            "/api/me/password",
            Some(json!({"currentPassword": "x", "newPassword": "correct horse"})),
        ),
    ] {
        with(&service, &token, method, path, body)
            .await
            .problem(403, "session_required");
    }
    // What is shown on purpose counts, not what a browser adds.
    let bearer = format!("Bearer {token}");
    service
        .request(
            Some(&ada),
            "GET",
            "/api/tokens",
            &[("authorization", &bearer)],
            None,
        )
        .await
        .problem(403, "session_required");
    for wrong in [
        "Bearer",
        "Bearer x",
        "Basic YTpi",
        "Bearer notes_pat_",
        "\u{e9}",
    ] {
        service
            .request(
                Some(&ada),
                "GET",
                "/api/me",
                &[("authorization", wrong)],
                None,
            )
            .await
            .problem(401, "unauthenticated");
    }
}

async fn rejects_revoked_and_expired_tokens_immediately(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let body = json!({"name": "x", "scope": "read", "expiresInDays": 1});
    let made = make(&service, &ada, body).await.is(201);
    let path = format!("/api/tokens/{}", made.body["id"].as_str().unwrap());
    with(&service, &text(&made), "GET", "/api/me", None)
        .await
        .is(200);
    service.send(&ada, "DELETE", &path).await.is(204);
    with(&service, &text(&made), "GET", "/api/me", None)
        .await
        .problem(401, "unauthenticated");
    service
        .send(&ada, "DELETE", &path)
        .await
        .problem(404, "not_found");

    let body = json!({"name": "x", "scope": "read", "expiresInDays": 1});
    let made = make(&service, &ada, body).await.is(201);
    execute(
        &service,
        "UPDATE access_tokens SET expires_at = $1",
        vec![clock::now().into()],
    )
    .await;
    with(&service, &text(&made), "GET", "/api/me", None)
        .await
        .is(401);
}

async fn hides_access_tokens_from_other_users(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let bob = browser(&register(&service, "bob").await.is(201));
    let made = make(&service, &ada, json!({"name": "x", "scope": "read"}))
        .await
        .is(201);
    let path = format!("/api/tokens/{}", made.body["id"].as_str().unwrap());
    service
        .send(&bob, "DELETE", &path)
        .await
        .problem(404, "not_found");
    let list = service.send(&bob, "GET", "/api/tokens").await.is(200);
    assert_eq!(list.body, json!({"items": []}));
    let me = with(&service, &text(&made), "GET", "/api/me", None)
        .await
        .is(200);
    assert_eq!(me.body["username"], "ada");
}

async fn requires_password_to_create_access_token(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let body = json!({"name": "x", "scope": "read", "currentPassword": "a guess"});
    let refused = make(&service, &ada, body)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused.body["errors"][0]["code"], "wrong_password");
    let body = json!({"name": "x", "scope": "read"});
    let refused = service
        .json(&ada, "POST", "/api/tokens", body)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused.body["errors"][0]["field"], "/currentPassword");
    // Guesses are counted, as everywhere else.
    for _ in 0..9 {
        let body = json!({"name": "x", "scope": "read", "currentPassword": "a guess"});
        make(&service, &ada, body).await.is(422);
    }
    make(&service, &ada, json!({"name": "x", "scope": "read"}))
        .await
        .problem(429, "rate_limited");
    let list = service.send(&ada, "GET", "/api/tokens").await.is(200);
    assert_eq!(list.body, json!({"items": []}));
}

async fn revokes_access_tokens_on_password_change(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let bob = browser(&register(&service, "bob").await.is(201));
    let body = json!({"name": "x", "scope": "write"});
    let of_ada = text(&make(&service, &ada, body.clone()).await.is(201));
    let of_bob = text(&make(&service, &bob, body).await.is(201));
    let change = json!({"currentPassword": PASSWORD, "newPassword": "another horse battery"});
    service
        .json(&ada, "PUT", "/api/me/password", change)
        .await
        .is(204);
    with(&service, &of_ada, "GET", "/api/me", None)
        .await
        .problem(401, "unauthenticated");
    with(&service, &of_bob, "GET", "/api/me", None)
        .await
        .is(200);
    let list = service.send(&ada, "GET", "/api/tokens").await.is(200);
    assert_eq!(list.body, json!({"items": []}));
}

async fn limits_access_tokens_per_user(service: Service) {
    let mut settings = service.app.settings.clone();
    settings.accounts.rates.confirm_password = Rate::new(1_000, 1);
    let service = service.with(settings);
    let ada = browser(&register(&service, "ada").await.is(201));
    for _ in 0..49 {
        make(&service, &ada, json!({"name": "x", "scope": "read"}))
            .await
            .is(201);
    }
    let both = tokio::join!(
        make(&service, &ada, json!({"name": "x", "scope": "read"})),
        make(&service, &ada, json!({"name": "x", "scope": "read"})),
    );
    let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    make(&service, &ada, json!({"name": "x", "scope": "read"}))
        .await
        .problem(409, "limit_reached");
    for body in [
        json!({"name": " ", "scope": "read"}),
        json!({"name": "x", "scope": "admin"}),
        json!({"name": "x", "scope": "read", "expiresInDays": 0}),
        json!({"name": "x", "scope": "read", "expiresInDays": 366}),
        json!({"name": "x", "scope": "read", "expiresInDays": 1e30}),
        json!({"name": "x", "scope": "read", "expiresInDays": u64::MAX}),
    ] {
        make(&service, &ada, body)
            .await
            .problem(422, "validation_failed");
    }
}
