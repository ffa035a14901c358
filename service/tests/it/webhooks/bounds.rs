//! Tests of limits of webhooks, and of the reasons for which they are disabled.

use std::time::Duration;

use sea_orm::DbBackend;
use serde_json::{Value, json};

use super::{EVENTS, Hook, Sending, end_pauses, execute, note};
use crate::support::receiver::{Manner, Receiver};
use crate::support::{PASSWORD, Person, Service, on_both_databases};

on_both_databases!(
    limits_webhooks_per_user,
    rejects_webhooks_of_guests,
    requires_write_scope_to_manage_webhooks,
    changes_webhook_only_at_current_version,
    disables_webhook_after_a_day_of_failures,
    disables_webhook_after_410_response,
    disables_webhook_with_too_many_waiting_deliveries,
    disables_webhook_on_password_change,
    limits_kept_webhook_deliveries,
    creates_no_deliveries_without_webhook,
    sends_no_events_of_disabled_account,
);

async fn limits_webhooks_per_user(service: Service) {
    let ada = service.person("ada").await;
    let receiver = Receiver::start().await;
    let first = Hook::make(&service, &ada, &receiver, &EVENTS).await;
    for _ in 0..9 {
        Hook::make(&service, &ada, &receiver, &EVENTS).await;
    }
    let body = json!({"url": receiver.url(), "events": EVENTS});
    service
        .json(&ada, "POST", "/api/webhooks", body.clone())
        .await
        .problem(409, "limit_reached");
    let list = service.send(&ada, "GET", "/api/webhooks").await.is(200);
    assert_eq!(list.body["items"].as_array().unwrap().len(), 10);
    assert!(list.body["items"][0].get("secret").is_none());
    service.send(&ada, "DELETE", &first.path).await.is(204);
    service.send(&ada, "DELETE", &first.path).await.is(404);
    service
        .json(&ada, "POST", "/api/webhooks", body)
        .await
        .is(201);
    for body in [
        json!({"url": receiver.url(), "events": []}),
        json!({"url": receiver.url(), "events": ["note.read"]}),
        json!({"url": receiver.url()}),
        json!({"events": EVENTS}),
        json!({"url": receiver.url(), "events": EVENTS, "secret": "mine"}),
        json!({"url": receiver.url(), "events": EVENTS, "name": "\u{0}"}),
    ] {
        let refused = service.json(&ada, "POST", "/api/webhooks", body).await;
        refused.problem(422, "validation_failed");
    }
}

async fn rejects_webhooks_of_guests(service: Service) {
    let guest = service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let cookie = guest.header("set-cookie").split(';').next().unwrap();
    let guest = Person {
        cookie: cookie.to_owned(),
    };
    let body = json!({"url": "https://example.com/", "events": EVENTS});
    service
        .json(&guest, "POST", "/api/webhooks", body)
        .await
        .problem(403, "guest_not_allowed");
}

async fn requires_write_scope_to_manage_webhooks(service: Service) {
    let ada = service.person("ada").await;
    let receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &EVENTS).await;
    let with = async |scope: &str, method: &str, path: &str, body: Option<Value>| {
        let new = json!({"name": "cli", "scope": scope, "currentPassword": PASSWORD});
        let made = service.json(&ada, "POST", "/api/tokens", new).await.is(201);
        let bearer = format!("Bearer {}", made.body["token"].as_str().unwrap());
        service
            .request(None, method, path, &[("authorization", &bearer)], body)
            .await
    };
    let body = json!({"url": receiver.url(), "events": EVENTS});
    with("read", "GET", &hook.path, None).await.is(200);
    with("read", "POST", "/api/webhooks", Some(body.clone()))
        .await
        .problem(403, "read_only_token");
    with("read", "POST", &format!("{}/secret", hook.path), None)
        .await
        .problem(403, "read_only_token");
    with("write", "POST", "/api/webhooks", Some(body))
        .await
        .is(201);
}

async fn changes_webhook_only_at_current_version(service: Service) {
    let ada = service.person("ada").await;
    let receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &EVENTS).await;
    let read = service.send(&ada, "GET", &hook.path).await.is(200);
    assert_eq!(read.header("etag"), "\"1\"");
    let change = async |tag: &str, body: Value| {
        let headers = [("if-match", tag)];
        service
            .request(Some(&ada), "PATCH", &hook.path, &headers, Some(body))
            .await
    };
    let changed = change("\"1\"", json!({"name": " home ", "includeContent": true})).await;
    let changed = changed.is(200);
    assert_eq!(changed.header("etag"), "\"2\"");
    assert_eq!(changed.body["name"], "home");
    assert_eq!(changed.body["includeContent"], true);
    change("\"1\"", json!({"name": "x"}))
        .await
        .problem(412, "precondition_failed");
    let off = change("*", json!({"enabled": false})).await.is(200);
    assert_eq!(off.body["enabled"], false);
    assert_eq!(off.body["disabledReason"], "user");
    let again = change("*", json!({"enabled": false})).await.is(200);
    assert_eq!(again.body["disabledAt"], off.body["disabledAt"]);
    let on = change("*", json!({"enabled": true})).await.is(200);
    assert_eq!(on.body["enabled"], true);
    assert!(on.body.get("disabledReason").is_none());
}

async fn disables_webhook_after_a_day_of_failures(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &["note.created"]).await;
    receiver.then(std::iter::repeat_n(Manner::Status(500), 12));
    let _sending = Sending::of(&service);
    note(&service, &ada, "one").await;
    note(&service, &ada, "two").await;
    for attempt in 1..=12 {
        receiver.next().await;
        if attempt < 12 {
            let all = async || hook.deliveries(&service, &ada).await;
            while all().await[1]["attempts"] != attempt {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            assert_eq!(hook.read(&service, &ada).await["enabled"], true);
            end_pauses(&service).await;
        }
    }
    let off = async || hook.read(&service, &ada).await;
    while off().await["enabled"] == true {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let read = off().await;
    assert_eq!(read["disabledReason"], "failing");
    assert_eq!(read["failures"], 12);
    let all = hook.deliveries(&service, &ada).await;
    assert_eq!(all[1]["state"], "given_up");
    assert_eq!(all[0]["state"], "waiting");
    // Nothing is written down meanwhile, and nothing sent.
    note(&service, &ada, "unheard").await;
    receiver.expect_no_request(Duration::from_millis(200)).await;
    let path = format!(
        "{}/deliveries/{}/redeliver",
        hook.path,
        all[1]["id"].as_str().unwrap()
    );
    service
        .send(&ada, "POST", &path)
        .await
        .problem(409, "conflict");
    let on = hook.change(&service, &ada, json!({"enabled": true})).await;
    assert_eq!(on["failures"], 0);
    let next = receiver.next().await.json();
    assert_eq!(next["data"]["note"]["title"], "two");
    note(&service, &ada, "three").await;
    let next = receiver.next().await.json();
    assert_eq!(next["data"]["note"]["title"], "three");
}

async fn disables_webhook_after_410_response(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &EVENTS).await;
    receiver.then([Manner::Status(410)]);
    let _sending = Sending::of(&service);
    note(&service, &ada, "one").await;
    receiver.next().await;
    hook.last(&service, &ada, "given_up", 1).await;
    let read = hook.read(&service, &ada).await;
    assert_eq!(read["disabledReason"], "gone");
    note(&service, &ada, "two").await;
    receiver.expect_no_request(Duration::from_millis(200)).await;
}

async fn disables_webhook_with_too_many_waiting_deliveries(service: Service) {
    let ada = service.person("ada").await;
    let receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &["note.created"]).await;
    note(&service, &ada, "one").await;
    let copy = match service.app.store.backend() {
        DbBackend::Postgres => {
            "gen_random_uuid(), webhook_id, user_id FROM webhook_deliveries, generate_series(1, 999)"
        }
        _ => {
            "randomblob(16), webhook_id, user_id FROM webhook_deliveries, \
              (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999) SELECT i FROM n)"
        }
    };
    let sql = format!(
        "INSERT INTO webhook_deliveries (event, revision, nth, subject, occurred_at, id, webhook_id, user_id) \
         SELECT event, revision, nth, subject, occurred_at, {copy}"
    );
    assert_eq!(execute(&service, &sql, Vec::new()).await, 999);
    assert_eq!(hook.read(&service, &ada).await["enabled"], true);
    note(&service, &ada, "too much").await;
    let read = hook.read(&service, &ada).await;
    assert_eq!(read["enabled"], false);
    assert_eq!(read["disabledReason"], "too_many_waiting");
}

async fn disables_webhook_on_password_change(service: Service) {
    let ada = service.person("ada").await;
    let receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &EVENTS).await;
    let body = json!({"currentPassword": PASSWORD, "newPassword": "another long password"});
    service
        .json(&ada, "PUT", "/api/me/password", body)
        .await
        .is(204);
    let read = hook.read(&service, &ada).await;
    assert_eq!(read["enabled"], false);
    assert_eq!(read["disabledReason"], "access_ended");
}

async fn limits_kept_webhook_deliveries(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &["note.created"]).await;
    for number in 0..110 {
        note(&service, &ada, &number.to_string()).await;
    }
    let _sending = Sending::of(&service);
    receiver.take(110).await;
    let look = async || {
        let path = format!("{}/deliveries?limit=60", hook.path);
        let first = service.send(&ada, "GET", &path).await.is(200).body;
        let cursor = first["nextCursor"].as_str().unwrap();
        let path = format!("{path}&cursor={cursor}");
        let second = service.send(&ada, "GET", &path).await.is(200).body;
        let count = |page: &Value| page["items"].as_array().unwrap().len();
        (count(&first), count(&second))
    };
    while look().await != (60, 40) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let path = format!("{}/deliveries?cursor=AAAA", hook.path);
    let refused = service.send(&ada, "GET", &path).await;
    assert!(refused.status.is_client_error(), "{}", refused.body);
}

async fn creates_no_deliveries_without_webhook(service: Service) {
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let receiver = Receiver::start().await;
    let hook = Hook::make(&service, &eve, &receiver, &EVENTS).await;
    note(&service, &ada, "one").await;
    assert!(hook.deliveries(&service, &eve).await.is_empty());
    let sql = "DELETE FROM webhook_deliveries";
    assert_eq!(execute(&service, sql, Vec::new()).await, 0);
    // Nor does who has none any more.
    service.send(&eve, "DELETE", &hook.path).await.is(204);
    note(&service, &eve, "two").await;
    assert_eq!(execute(&service, sql, Vec::new()).await, 0);
    let sql = "UPDATE users SET webhook_count = 0 WHERE webhook_count = 0";
    assert_eq!(execute(&service, sql, Vec::new()).await, 2);
}

async fn sends_no_events_of_disabled_account(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    Hook::make(&service, &ada, &receiver, &EVENTS).await;
    note(&service, &ada, "one").await;
    let sql = "UPDATE users SET disabled_at = created_at";
    execute(&service, sql, Vec::new()).await;
    let _sending = Sending::of(&service);
    receiver.expect_no_request(Duration::from_millis(300)).await;
}
