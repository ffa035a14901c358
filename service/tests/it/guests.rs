//! Tests of guests: their number, first notes, registration and deletion after a day.

use std::sync::Arc;

use notes_service::auth::rates::Rate;
use notes_service::clock;
use notes_service::domain::limits::AccountLimits;
use notes_service::store::Store;
use serde_json::json;

use crate::accounts::{browser, execute, rows, sign_in};
use crate::support::{Answer, Service, on_both_databases};

on_both_databases![
    creates_guest_with_notes_and_allows_registration,
    limits_concurrent_guests_to_ten,
    deletes_expired_guest_with_all_data,
    admits_new_guest_after_expired_one,
    rejects_account_operations_of_guests,
];

async fn come(service: &Service) -> Answer {
    service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
}

/// Returns the service with a limit of guests, independent of their addresses.
fn with_room(service: &Service, guests: u32) -> Service {
    let limits = AccountLimits {
        guests,
        ..AccountLimits::default()
    };
    let store = Store::new(service.app.store.db().clone(), limits);
    let mut settings = service.app.settings.clone();
    settings.accounts.rates.guest = Rate::new(1_000, 1);
    Service::over(store).with(settings)
}

async fn count(service: &Service) -> i64 {
    use sea_orm::{ConnectionTrait, Statement};

    let db = service.app.store.db();
    let sql = "SELECT value FROM counters WHERE name = 'guests'";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn creates_guest_with_notes_and_allows_registration(service: Service) {
    let guest = come(&service).await.is(201);
    assert_eq!(guest.body["guest"], true);
    assert_eq!(guest.body.get("email"), None);
    assert!(guest.header("set-cookie").contains("Max-Age=86400;"));
    let notes = guest.body["usage"]["notes"].as_i64().unwrap();
    assert!(notes >= 5, "{notes}");
    assert_eq!(rows(&service, "notes").await, notes);
    let labels = rows(&service, "labels").await;
    assert_eq!(guest.body["usage"]["labels"], labels);
    assert!(rows(&service, "note_labels").await > 0);
    assert_eq!(count(&service).await, 1);

    let old = browser(&guest);
    let made = json!({"title": "mine"});
    let made = service.json(&old, "POST", "/api/notes", made).await.is(201);
    let body =
        json!({"email": "ada@example.com", "username": "ada", "password": "correct horse battery"});
    let claimed = service
        .json(&old, "POST", "/api/me/claim", body.clone())
        .await
        .is(200);
    assert_eq!(claimed.body["id"], guest.body["id"]);
    assert_eq!(claimed.body["guest"], false);
    assert_eq!(claimed.body.get("expiresAt"), None);
    assert_eq!(claimed.body["usage"]["notes"], notes + 1);
    assert_eq!(count(&service).await, 0);
    service.send(&old, "GET", "/api/me").await.is(401);
    let ada = browser(&claimed);
    service
        .send(&ada, "GET", made.header("location"))
        .await
        .is(200);
    service
        .json(&ada, "POST", "/api/me/claim", body)
        .await
        .problem(409, "conflict");
    sign_in(&service, "ada", "correct horse battery")
        .await
        .is(200);
    // The day is over, and the account stays.
    assert_eq!(service.app.store.remove_expired_guests().await.unwrap(), 0);
    service.send(&ada, "GET", "/api/me").await.is(200);
}

async fn limits_concurrent_guests_to_ten(service: Service) {
    let replicas = [
        Arc::new(with_room(&service, 10)),
        Arc::new(with_room(&service, 10)),
    ];
    let requests: Vec<_> = (0..50)
        .map(|number| {
            let replica = Arc::clone(&replicas[number % 2]);
            tokio::spawn(async move { come(&replica).await })
        })
        .collect();
    let mut admitted = 0;
    for request in requests {
        let answer = request.await.unwrap();
        if answer.status == 201 {
            admitted += 1;
        } else {
            let answer = answer.problem(503, "guests_full");
            assert_eq!(answer.header("retry-after"), "600");
        }
    }
    assert_eq!(admitted, 10);
    assert_eq!(rows(&service, "users").await, 10);
    assert_eq!(count(&service).await, 10);
}

async fn deletes_expired_guest_with_all_data(service: Service) {
    let early = browser(&come(&service).await.is(201));
    let late = browser(&come(&service).await.is(201));
    service
        .json(&early, "DELETE", "/api/me", json!({}))
        .await
        .is(204);
    assert_eq!(count(&service).await, 1);
    service.send(&late, "GET", "/api/me").await.is(200);

    // A day later: the session is over by itself, before anything is deleted.
    let past = clock::now() - chrono::TimeDelta::minutes(1);
    execute(
        &service,
        "UPDATE users SET expires_at = $1",
        vec![past.into()],
    )
    .await;
    execute(
        &service,
        "UPDATE sessions SET expires_at = $1",
        vec![past.into()],
    )
    .await;
    service.send(&late, "GET", "/api/me").await.is(401);
    let store = &service.app.store;
    let (one, other) = tokio::join!(store.remove_expired_guests(), store.remove_expired_guests());
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(count(&service).await, 0);
    for table in ["users", "sessions", "notes", "labels", "note_labels"] {
        assert_eq!(rows(&service, table).await, 0, "{table}");
    }
}

async fn admits_new_guest_after_expired_one(service: Service) {
    let service = with_room(&service, 1);
    come(&service).await.is(201);
    come(&service).await.problem(503, "guests_full");
    // The first one's day is over, and nothing has deleted it yet.
    let past = clock::now() - chrono::TimeDelta::minutes(1);
    execute(
        &service,
        "UPDATE users SET expires_at = $1",
        vec![past.into()],
    )
    .await;
    come(&service).await.is(201);
    assert_eq!(count(&service).await, 1);
    // Whatever happened to the counter, it is right again.
    execute(
        &service,
        "UPDATE counters SET value = $1",
        vec![7_i64.into()],
    )
    .await;
    service.app.store.remove_expired_guests().await.unwrap();
    assert_eq!(count(&service).await, 1);
}

async fn rejects_account_operations_of_guests(service: Service) {
    let guest = browser(&come(&service).await.is(201));
    for (method, path, body) in [
        ("PATCH", "/api/me", json!({"username": "somebody"})),
        (
            "PUT",
            "/api/me/password",
            json!({"currentPassword": "x", "newPassword": "correct horse"}),
        ),
        (
            "POST",
            "/api/tokens",
            json!({"name": "x", "scope": "read", "currentPassword": "x"}),
        ),
    ] {
        service
            .json(&guest, method, path, body)
            .await
            .problem(403, "guest_not_allowed");
    }
}
