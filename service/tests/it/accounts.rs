//! Tests of accounts: registering, signing in and out, changing and deleting.

use notes_service::clock;
use notes_service::domain::limits::AccountLimits;
use notes_service::error::Code;
use notes_service::store::access_tokens::{NewAccessToken, Scope};
use notes_service::store::sessions::{Freshness, KEPT_FOR};
use notes_service::store::users::{AccountChange, NewAddress};
use notes_service::store::{Owner, Store};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases![
    registers_signs_out_and_signs_in,
    finds_signed_in_account_without_refusing_visitors,
    sets_secure_http_only_session_cookie,
    rejects_taken_names_case_insensitively,
    reports_field_errors_of_registration,
    returns_same_response_for_unknown_user_and_wrong_password,
    ends_other_sessions_on_password_change,
    requires_password_to_change_email_address,
    rejects_changes_confirmed_with_old_password,
    keeps_registered_guest_when_guest_deletion_races,
    deletes_all_rows_of_account,
    ends_previous_session_on_sign_in,
    lists_and_ends_own_sessions_only,
    expires_sessions_after_inactivity_and_maximum_age,
    revokes_access_locally_at_once_and_elsewhere_shortly,
    rejects_cross_site_sign_in_and_sign_out,
];

const PASSWORD: &str = "correct horse battery";

pub(crate) async fn register(service: &Service, name: &str) -> Answer {
    let body =
        json!({"email": format!("{name}@Example.com"), "username": name, "password": PASSWORD});
    service
        .request(None, "POST", "/api/auth/register", &[], Some(body))
        .await
}

pub(crate) async fn sign_in(service: &Service, login: &str, password: &str) -> Answer {
    let body = json!({"login": login, "password": password});
    service
        .request(None, "POST", "/api/auth/login", &[], Some(body))
        .await
}

/// Returns the browser with the cookie of this answer.
pub(crate) fn browser(answer: &Answer) -> Person {
    let cookie = answer.header("set-cookie").split(';').next().unwrap();
    Person {
        cookie: cookie.to_owned(),
    }
}

async fn registers_signs_out_and_signs_in(service: Service) {
    let ada = register(&service, "Ada").await.is(201);
    assert_eq!(ada.header("location"), "/api/me");
    assert_eq!(ada.body["email"], "Ada@Example.com");
    assert_eq!(ada.body["username"], "Ada");
    assert_eq!(ada.body["guest"], false);
    assert!(ada.body.get("access_token").is_none());
    let first = browser(&ada);
    let me = service.send(&first, "GET", "/api/me").await.is(200);
    assert_eq!(me.body, ada.body);

    let out = service
        .send(&first, "POST", "/api/auth/logout")
        .await
        .is(204);
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{out:?}");
    service
        .send(&first, "GET", "/api/me")
        .await
        .problem(401, "unauthenticated");
    service
        .send(&first, "POST", "/api/auth/logout")
        .await
        .is(204);

    for login in ["ada", "ADA", "ada@example.com", "ADA@EXAMPLE.COM", " Ada "] {
        let back = sign_in(&service, login, PASSWORD).await.is(200);
        assert_eq!(back.body["id"], ada.body["id"], "{login}");
        service
            .send(&browser(&back), "GET", "/api/me")
            .await
            .is(200);
    }
    let old_name = json!({"email": "ada@example.com", "password": PASSWORD});
    service
        .request(None, "POST", "/api/auth/login", &[], Some(old_name))
        .await
        .is(200);
}

async fn finds_signed_in_account_without_refusing_visitors(service: Service) {
    let path = "/api/auth/account";
    let ada = register(&service, "ada").await.is(201);
    let browser = browser(&ada);
    let found = service.send(&browser, "GET", path).await.is(200);
    assert_eq!(found.body["account"], ada.body);
    assert_eq!(found.header("cache-control"), "no-store");

    let stranger = Person {
        cookie: "__Host-notes_session=a-guess-of-somebody".to_owned(),
    };
    for who in [None, Some(&stranger)] {
        let none = service.request(who, "GET", path, &[], None).await.is(200);
        assert_eq!(none.body, json!({}));
    }
    service
        .send(&browser, "POST", "/api/auth/logout")
        .await
        .is(204);
    let ended = service.send(&browser, "GET", path).await.is(200);
    assert_eq!(ended.body, json!({}));

    // An access token does not sign in a browser.
    let back = sign_in(&service, "ada", PASSWORD).await.is(200);
    let made = json!({"name": "x", "scope": "read", "currentPassword": PASSWORD});
    let made = service
        .json(&self::browser(&back), "POST", "/api/tokens", made)
        .await
        .is(201);
    let bearer = format!("Bearer {}", made.body["token"].as_str().unwrap());
    let ignored = service
        .request(None, "GET", path, &[("authorization", &bearer)], None)
        .await
        .is(200);
    assert_eq!(ignored.body, json!({}));
}

async fn sets_secure_http_only_session_cookie(service: Service) {
    let secure = register(&service, "ada").await.is(201);
    let cookie = secure.header("set-cookie");
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    let token = pair.strip_prefix("__Host-notes_session=").unwrap();
    assert_eq!(token.len(), 43);
    assert_eq!(
        attributes,
        "Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax"
    );

    let mut settings = service.app.settings.clone();
    settings.secure_cookies = false;
    let service = service.with(settings);
    let plain = register(&service, "bob").await.is(201);
    let cookie = plain.header("set-cookie");
    assert!(cookie.starts_with("notes_session="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    service
        .send(&browser(&plain), "GET", "/api/me")
        .await
        .is(200);
    // A session of one kind of cookie is none under the name of the other.
    let other = Person {
        cookie: format!("__Host-{}", browser(&plain).cookie),
    };
    service.send(&other, "GET", "/api/me").await.is(401);
}

async fn rejects_taken_names_case_insensitively(service: Service) {
    register(&service, "Ada").await.is(201);
    for (email, username, code) in [
        ("ADA@example.com", "other", "email_taken"),
        ("other@example.com", "ADA", "username_taken"),
    ] {
        let body = json!({"email": email, "username": username, "password": PASSWORD});
        service
            .request(None, "POST", "/api/auth/register", &[], Some(body))
            .await
            .problem(409, code);
    }
    // Nothing is left of what was refused.
    assert_eq!(rows(&service, "users").await, 1);
    assert_eq!(rows(&service, "sessions").await, 1);
}

async fn reports_field_errors_of_registration(service: Service) {
    for (body, field, code) in [
        (json!({"email": "ada"}), "/email", "pattern"),
        (json!({"email": "ada@example.com "}), "/email", "pattern"),
        (json!({"email": "a b@example.com"}), "/email", "pattern"),
        (json!({"email": "ada@example..com"}), "/email", "pattern"),
        (json!({"email": "a\u{0}@example.com"}), "/email", "nul"),
        (
            json!({"email": format!("{}@example.com", "a".repeat(250))}),
            "/email",
            "too_long",
        ),
        (json!({"email": 5}), "/email", "wrong_type"),
        (json!({"username": "ad"}), "/username", "too_short"),
        (json!({"username": "a".repeat(33)}), "/username", "too_long"),
        (json!({"username": "ada@home"}), "/username", "pattern"),
        (json!({"username": "ad\u{e4}"}), "/username", "pattern"),
        (json!({"username": null}), "/username", "wrong_type"),
        (json!({"password": "1234567"}), "/password", "too_short"),
        (
            json!({"password": "x".repeat(257)}),
            "/password",
            "too_long",
        ),
        (json!({"password": "correct\u{0}horse"}), "/password", "nul"),
        (
            json!({"password": "Password123"}),
            "/password",
            "weak_password",
        ),
        (
            json!({"password": "ada@example.com"}),
            "/password",
            "weak_password",
        ),
        (json!({"password": {"$ne": ""}}), "/password", "wrong_type"),
        (json!({"admin": true}), "/admin", "unknown"),
    ] {
        let mut whole =
            json!({"email": "ada@example.com", "username": "ada", "password": PASSWORD});
        for (name, value) in body.as_object().unwrap() {
            whole[name] = value.clone();
        }
        let answer = service
            .request(None, "POST", "/api/auth/register", &[], Some(whole))
            .await
            .problem(422, "validation_failed");
        let wrong = answer.body["errors"].as_array().unwrap();
        assert!(
            wrong
                .iter()
                .any(|wrong| wrong["field"] == field && wrong["code"] == code),
            "{body}: {wrong:?}"
        );
    }
    for body in [
        json!({"password": "x"}),
        json!({"login": "a", "email": "a", "password": "x"}),
    ] {
        service
            .request(None, "POST", "/api/auth/login", &[], Some(body))
            .await
            .problem(422, "validation_failed");
    }
    assert_eq!(rows(&service, "users").await, 0);
}

async fn returns_same_response_for_unknown_user_and_wrong_password(service: Service) {
    register(&service, "ada").await.is(201);
    let work = service.app.passwords.work_done();
    let mut answers = Vec::new();
    for login in [
        "ada",
        "nobody",
        "nobody@example.com",
        "İ",
        "'; DROP TABLE users",
    ] {
        let mut answer = sign_in(&service, login, "wrong horse battery")
            .await
            .problem(401, "invalid_credentials");
        assert!(answer.headers.get("set-cookie").is_none());
        answer.body["requestId"] = Value::Null;
        answers.push(answer.body);
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
    assert_eq!(
        service.app.passwords.work_done() - work,
        5,
        "the same work for all"
    );
    // A guest has no password, and no word for it either.
    let guest = service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let name = guest.body["username"].as_str().unwrap();
    sign_in(&service, name, "").await.is(422);
    sign_in(&service, name, name)
        .await
        .problem(401, "invalid_credentials");
}

async fn ends_other_sessions_on_password_change(service: Service) {
    let here = browser(&register(&service, "ada").await.is(201));
    let there = browser(&sign_in(&service, "ada", PASSWORD).await.is(200));
    let path = "/api/me/password";
    let change = |current: &str, new: &str| json!({"currentPassword": current, "newPassword": new});
    let wrong = service
        .json(&here, "PUT", path, change("wrong", "a new password, long"))
        .await
        .problem(422, "validation_failed");
    assert_eq!(wrong.body["errors"][0]["code"], "wrong_password");
    let weak = service
        .json(&here, "PUT", path, change(PASSWORD, "ada@example.com"))
        .await
        .problem(422, "validation_failed");
    assert_eq!(weak.body["errors"][0]["field"], "/newPassword");
    service.send(&there, "GET", "/api/me").await.is(200);

    service
        .json(&here, "PUT", path, change(PASSWORD, "a new password, long"))
        .await
        .is(204);
    service.send(&here, "GET", "/api/me").await.is(200);
    service
        .send(&there, "GET", "/api/me")
        .await
        .problem(401, "unauthenticated");
    sign_in(&service, "ada", PASSWORD)
        .await
        .problem(401, "invalid_credentials");
    sign_in(&service, "ada", "a new password, long")
        .await
        .is(200);
}

async fn requires_password_to_change_email_address(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    register(&service, "bob").await.is(201);
    let new = "countess@example.com";
    for body in [
        json!({"email": new}),
        json!({"email": new, "currentPassword": "wrong"}),
    ] {
        let refused = service.json(&ada, "PATCH", "/api/me", body).await;
        let refused = refused.problem(422, "validation_failed");
        assert_eq!(refused.body["errors"][0]["field"], "/currentPassword");
    }
    let body = json!({"email": new, "currentPassword": PASSWORD});
    let changed = service.json(&ada, "PATCH", "/api/me", body).await.is(200);
    assert_eq!(changed.body["email"], new);
    sign_in(&service, new, PASSWORD).await.is(200);
    sign_in(&service, "ada@example.com", PASSWORD).await.is(401);

    let body = json!({"username": "Countess"});
    let changed = service.json(&ada, "PATCH", "/api/me", body).await.is(200);
    assert_eq!(changed.body["username"], "Countess");
    // Another case of the same name is no other name.
    let body = json!({"username": "countess"});
    service.json(&ada, "PATCH", "/api/me", body).await.is(200);
    let body = json!({"username": "BOB"});
    service
        .json(&ada, "PATCH", "/api/me", body)
        .await
        .problem(409, "username_taken");
    let body = json!({"email": "bob@example.com", "currentPassword": PASSWORD});
    service
        .json(&ada, "PATCH", "/api/me", body)
        .await
        .problem(409, "email_taken");
    let same = service
        .json(&ada, "PATCH", "/api/me", json!({}))
        .await
        .is(200);
    assert_eq!(same.body["username"], "countess");
}

/// Returns the user whose session this is.
async fn owner(service: &Service, who: &Person) -> Owner {
    let (_, token) = who.cookie.split_once('=').unwrap();
    let identity = service
        .app
        .store
        .authenticate_session(token, Freshness::Recent)
        .await;
    identity.unwrap().owner
}

async fn rejects_changes_confirmed_with_old_password(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let (store, owner) = (&service.app.store, owner(&service, &ada).await);
    // Checked by a request that is slower than the change.
    let checked = store.own_credentials(owner).await.unwrap();
    let body = json!({"currentPassword": PASSWORD, "newPassword": "another horse battery"});
    service
        .json(&ada, "PUT", "/api/me/password", body)
        .await
        .is(204);

    let token = NewAccessToken {
        token: "x".into(),
        name: "x".to_owned(),
        scope: Scope::Write,
        expires_at: clock::now(),
    };
    let made = store.create_access_token(owner, &checked, token).await;
    assert_eq!(made.unwrap_err().code(), Code::Conflict);
    let change = AccountChange {
        address: Some(NewAddress {
            email: "eve@example.com".to_owned(),
            checked: checked.clone(),
        }),
        username: None,
    };
    let changed = store.change_account(owner, change).await;
    assert_eq!(changed.unwrap_err().code(), Code::Conflict);
    let deleted = store.delete_account(owner, &checked).await;
    assert_eq!(deleted.unwrap_err().code(), Code::Conflict);

    let me = service.send(&ada, "GET", "/api/me").await.is(200);
    assert_eq!(me.body["email"], "ada@Example.com");
    assert_eq!(rows(&service, "access_tokens").await, 0);
}

async fn keeps_registered_guest_when_guest_deletion_races(service: Service) {
    let guest = service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let guest = browser(&guest);
    let owner = owner(&service, &guest).await;
    let body = json!({"email": "ada@example.com", "username": "ada", "password": PASSWORD});
    service
        .json(&guest, "POST", "/api/me/claim", body)
        .await
        .is(200);
    // Asked for while it was a guest's.
    let deleted = service.app.store.delete_guest(owner).await;
    assert_eq!(deleted.unwrap_err().code(), Code::Conflict);
    sign_in(&service, "ada", PASSWORD).await.is(200);
}

async fn deletes_all_rows_of_account(service: Service) {
    let before = all_rows(&service).await;
    let ada = browser(&register(&service, "ada").await.is(201));
    let elsewhere = browser(&sign_in(&service, "ada", PASSWORD).await.is(200));
    let token = json!({"name": "cli", "scope": "write", "currentPassword": PASSWORD});
    let token = service
        .json(&ada, "POST", "/api/tokens", token)
        .await
        .is(201);
    let bearer = format!("Bearer {}", token.body["token"].as_str().unwrap());
    let label = service
        .json(&ada, "POST", "/api/labels", json!({"name": "Work"}))
        .await
        .is(201);
    let gone = service
        .json(&ada, "POST", "/api/labels", json!({"name": "Gone"}))
        .await
        .is(201);
    service
        .send(&ada, "DELETE", gone.header("location"))
        .await
        .is(204);
    let note = json!({"title": "a", "labelIds": [label.body["id"]]});
    service.json(&ada, "POST", "/api/notes", note).await.is(201);

    for body in [json!({}), json!({"currentPassword": "wrong"})] {
        service
            .json(&ada, "DELETE", "/api/me", body)
            .await
            .problem(422, "validation_failed");
    }
    let body = json!({"currentPassword": PASSWORD});
    let end = service.json(&ada, "DELETE", "/api/me", body).await.is(204);
    assert!(end.header("set-cookie").contains("Max-Age=0"), "{end:?}");
    for person in [&ada, &elsewhere] {
        service
            .send(person, "GET", "/api/me")
            .await
            .problem(401, "unauthenticated");
    }
    service
        .request(None, "GET", "/api/me", &[("authorization", &bearer)], None)
        .await
        .problem(401, "unauthenticated");
    sign_in(&service, "ada", PASSWORD).await.is(401);
    let after = all_rows(&service).await;
    assert_eq!(before, after);
    // And the name is free again.
    register(&service, "ada").await.is(201);
}

async fn ends_previous_session_on_sign_in(service: Service) {
    let first = browser(&register(&service, "ada").await.is(201));
    let body = json!({"login": "ada", "password": PASSWORD});
    let again = service
        .json(&first, "POST", "/api/auth/login", body)
        .await
        .is(200);
    service.send(&first, "GET", "/api/me").await.is(401);
    service
        .send(&browser(&again), "GET", "/api/me")
        .await
        .is(200);
    assert_eq!(rows(&service, "sessions").await, 1);
}

async fn lists_and_ends_own_sessions_only(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let body = json!({"login": "ada", "password": PASSWORD});
    let agent = [("user-agent", "Mozilla/5.0 (a phone)")];
    let phone = service
        .request(None, "POST", "/api/auth/login", &agent, Some(body))
        .await
        .is(200);
    let phone = browser(&phone);
    let bob = browser(&register(&service, "bob").await.is(201));

    let list = service.send(&ada, "GET", "/api/sessions").await.is(200);
    let items = list.body["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    let current: Vec<bool> = items.iter().map(|item| item["current"] == true).collect();
    assert_eq!(current, [false, true]);
    assert_eq!(items[0]["userAgent"], "Mozilla/5.0 (a phone)");
    let path = format!("/api/sessions/{}", items[0]["id"].as_str().unwrap());

    service
        .send(&bob, "DELETE", &path)
        .await
        .problem(404, "not_found");
    service.send(&phone, "GET", "/api/me").await.is(200);
    service.send(&ada, "DELETE", &path).await.is(204);
    service
        .send(&phone, "GET", "/api/me")
        .await
        .problem(401, "unauthenticated");
    service
        .send(&ada, "DELETE", &path)
        .await
        .problem(404, "not_found");

    let laptop = browser(&sign_in(&service, "ada", PASSWORD).await.is(200));
    service.send(&ada, "DELETE", "/api/sessions").await.is(204);
    service.send(&laptop, "GET", "/api/me").await.is(401);
    service.send(&ada, "GET", "/api/me").await.is(200);
    service.send(&bob, "GET", "/api/me").await.is(200);
}

async fn expires_sessions_after_inactivity_and_maximum_age(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let day = chrono::TimeDelta::days(1);
    let list = service.send(&ada, "GET", "/api/sessions").await.is(200);
    let end: chrono::DateTime<chrono::Utc> =
        serde_json::from_value(list.body["items"][0]["expiresAt"].clone()).unwrap();
    let fortnight = clock::now() + day * 14;
    assert!((end - fortnight).num_minutes().abs() < 5, "{end}");

    // Twenty days later it is in use still: it lasts for ten more, thirty in all.
    let ago = |days: i32| clock::now() - day * days;
    let set = "UPDATE sessions SET created_at = $1, last_seen_at = $2";
    execute(&service, set, vec![ago(20).into(), ago(1).into()]).await;
    service.send(&ada, "GET", "/api/me").await.is(200);
    let end = eventually(async || {
        let list = service.send(&ada, "GET", "/api/sessions").await.is(200);
        let item = &list.body["items"][0];
        let seen: chrono::DateTime<chrono::Utc> =
            serde_json::from_value(item["lastSeenAt"].clone()).unwrap();
        (seen > ago(0) - chrono::TimeDelta::minutes(5)).then(|| item["expiresAt"].clone())
    })
    .await;
    let end: chrono::DateTime<chrono::Utc> = serde_json::from_value(end).unwrap();
    assert!(
        (end - (clock::now() + day * 10)).num_minutes().abs() < 5,
        "{end}"
    );

    execute(
        &service,
        "UPDATE sessions SET expires_at = $1",
        vec![clock::now().into()],
    )
    .await;
    service
        .send(&ada, "GET", "/api/me")
        .await
        .problem(401, "unauthenticated");
    assert_eq!(service.app.store.remove_ended_sessions().await.unwrap(), 1);
    assert_eq!(rows(&service, "sessions").await, 0);
}

async fn revokes_access_locally_at_once_and_elsewhere_shortly(service: Service) {
    let db = service.app.store.db().clone();
    let other = Service::over(Store::new(db, AccountLimits::default()));
    let ada = browser(&register(&service, "ada").await.is(201));
    let body = json!({"name": "program", "scope": "write", "currentPassword": PASSWORD});
    let made = service.json(&ada, "POST", "/api/tokens", body).await;
    let token = made.is(201).body["token"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {token}");
    let authorization = [("authorization", bearer.as_str())];
    let by_token = async |service: &Service| {
        let asked = service.request(None, "GET", "/api/notes", &authorization, None);
        asked.await.status.as_u16()
    };
    let by_cookie = async |service: &Service| {
        let asked = service.send(&ada, "GET", "/api/notes");
        asked.await.status.as_u16()
    };
    for service in [&service, &other] {
        assert_eq!(
            (by_token(service).await, by_cookie(service).await),
            (200, 200)
        );
    }
    let account = service.app.store.find_account("ada").await.unwrap();
    service.app.store.disable_account(&account).await.unwrap();
    let ended = std::time::Instant::now();
    assert_eq!(
        (by_token(&service).await, by_cookie(&service).await),
        (401, 401)
    );
    // What matters most is asked anew everywhere.
    other.send(&ada, "GET", "/api/sessions").await.is(401);
    while (by_token(&other).await, by_cookie(&other).await) != (401, 401) {
        assert!(ended.elapsed() < KEPT_FOR * 2, "it is let in for longer");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

async fn rejects_cross_site_sign_in_and_sign_out(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let evil = [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ];
    let body = json!({"login": "ada", "password": PASSWORD});
    for (path, body) in [
        ("/api/auth/login", Some(body)),
        ("/api/auth/guest", None),
        ("/api/auth/logout", None),
    ] {
        let answer = service.request(Some(&ada), "POST", path, &evil, body).await;
        answer.problem(403, "cross_site_request");
    }
    service.send(&ada, "GET", "/api/me").await.is(200);
    assert_eq!(rows(&service, "sessions").await, 1);
}

/// Waits up to five seconds for a value, and returns it.
async fn eventually<T>(mut condition: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..100 {
        if let Some(value) = condition().await {
            return value;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("not within five seconds");
}

/// Changes rows as another process does; changes of sessions and access tokens take effect here after the cache expires.
pub(crate) async fn execute(service: &Service, sql: &str, values: Vec<sea_orm::Value>) {
    let statement = Statement::from_sql_and_values(service.app.store.backend(), sql, values);
    service.app.store.db().execute_raw(statement).await.unwrap();
    if ["sessions", "access_tokens"]
        .iter()
        .any(|table| sql.contains(table))
    {
        tokio::time::sleep(KEPT_FOR).await;
    }
}

pub(crate) async fn rows(service: &Service, table: &str) -> i64 {
    let db = service.app.store.db();
    let count = format!("SELECT count(*) FROM {table}");
    let count = Statement::from_string(db.get_database_backend(), count);
    let row = db.query_one_raw(count).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// Returns the number of rows of every table with data of users.
async fn all_rows(service: &Service) -> Vec<(String, i64)> {
    let db = service.app.store.db();
    let tables = match db.get_database_backend() {
        sea_orm::DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        }
        _ => "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    };
    let tables = Statement::from_string(db.get_database_backend(), tables);
    let mut found = Vec::new();
    for table in db.query_all_raw(tables).await.unwrap() {
        let table: String = table.try_get_by_index(0).unwrap();
        // Attempts are counted by hashes of addresses and names, and forgotten by time. Segments of the full-text index are merged by time; which
        // notes are in it is in `note_words_docsize`.
        if !["rate_limits", "note_words_data", "note_words_idx"].contains(&&*table) {
            found.push((table.clone(), rows(service, &table).await));
        }
    }
    assert!(found.len() >= 10, "{found:?}");
    found
}
