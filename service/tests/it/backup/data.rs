//! Data for a backup, with a row in every table.

use notes_service::store::mailed_links::Purpose;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::accounts::{browser, register};
use crate::factors::{password_shown, turn_on};
use crate::passkeys::add as add_passkey;
use crate::support::{PASSWORD, Person, Service, link_provider_identity};
use crate::tenancy::subscription;

/// Adds a row to every table, with texts that are easily damaged.
pub(super) async fn fill(service: &Service) -> Person {
    let ada = browser(&register(service, "ada").await.is(201));
    let bob = browser(&register(service, "bob").await.is(201));
    let eve = browser(&register(service, "eve").await.is(201));
    add_passkey(service, &eve, "Eve's phone").await;
    turn_on(service, &eve).await;
    password_shown(service, "eve").await;
    service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let label = json!({"name": "Küche 🍳"});
    let label = service
        .json(&ada, "POST", "/api/labels", label)
        .await
        .is(201);
    let gone = service
        .json(&ada, "POST", "/api/labels", json!({"name": "gone"}))
        .await
        .is(201);
    service
        .send(&ada, "DELETE", gone.header("location"))
        .await
        .is(204);
    let filter =
        json!({"name": "Küche", "query": {"labelIds": [label.body["id"]], "pinned": false}});
    service
        .json(&ada, "POST", "/api/filters", filter)
        .await
        .is(201);
    let hook = json!({"name": "Küche", "url": "https://example.com/é", "events": ["note.updated"]});
    service
        .json(&ada, "POST", "/api/webhooks", hook)
        .await
        .is(201);
    let token = json!({"name": "cli", "scope": "read", "currentPassword": PASSWORD});
    service
        .json(&ada, "POST", "/api/tokens", token)
        .await
        .is(201);
    for number in 0..230 {
        let note = json!({
            "title": format!("Crème brûlée {number}"),
            "content": "\u{2028}\"quotes\"\\ \t'; DROP TABLE notes; -- \u{1f468}\u{200d}\u{1f469}",
            "labelIds": [label.body["id"]],
            "reminderAt": "2099-12-31T23:59:59.123456Z",
        });
        let key = format!("key-{number}");
        service
            .request(
                Some(&ada),
                "POST",
                "/api/notes",
                &[("idempotency-key", &key)],
                Some(note),
            )
            .await
            .is(201);
    }
    let list = service
        .send(&ada, "GET", "/api/notes?limit=1")
        .await
        .is(200);
    let path = format!(
        "/api/notes/{}",
        list.body["items"][0]["id"].as_str().unwrap()
    );
    service
        .request(
            Some(&ada),
            "PATCH",
            &path,
            &[("if-match", "*")],
            Some(json!({"content": "changed"})),
        )
        .await
        .is(200);
    service
        .request(Some(&ada), "DELETE", &path, &[("if-match", "*")], None)
        .await
        .is(200);
    let second = service
        .send(&ada, "GET", "/api/notes?limit=1")
        .await
        .is(200);
    share(
        service,
        &ada,
        &bob,
        second.body["items"][0]["id"].as_str().unwrap(),
    )
    .await;
    // A file, one of which a piece has come, and one whose bytes are still there.
    let list = service
        .send(&ada, "GET", "/api/notes?limit=1")
        .await
        .is(200);
    let note = list.body["items"][0]["id"].as_str().unwrap();
    let path = format!("/api/notes/{note}/attachments?name=quicksilver.txt");
    for _ in 0..2 {
        let added = service
            .bytes(&ada, "POST", &path, &[], "bytes")
            .await
            .json()
            .is(201);
        if added.body["noteVersion"] == 3 {
            service
                .send(&ada, "DELETE", added.header("location"))
                .await
                .is(204);
        }
    }
    // In more pieces than one, and with a small picture.
    for (name, bytes) in [("large.bin", large()), ("picture.png", picture())] {
        let path = format!("/api/notes/{note}/attachments?name={name}");
        let added = service.bytes(&ada, "POST", &path, &[], bytes).await;
        added.json().is(201);
    }
    let path = format!("/api/notes/{note}/uploads");
    let headers = [("upload-length", "9")];
    let begun = service
        .request(Some(&ada), "POST", &path, &headers, None)
        .await
        .is(201);
    let headers = [
        ("content-type", "application/offset+octet-stream"),
        ("upload-offset", "0"),
    ];
    let sent = service
        .bytes(&ada, "PATCH", begun.header("location"), &headers, "abc")
        .await;
    assert_eq!(sent.status, 204);
    let store = &service.app.store;
    let later = notes_service::clock::now() + chrono::TimeDelta::days(1);
    store.create_invite(&"a-code".into(), later).await.unwrap();
    store
        .create_link(Purpose::ResetPassword, "ada@example.com")
        .await
        .unwrap()
        .unwrap();
    link_provider_identity(service, &ada).await;
    remind(service, &ada, note).await;
    ada
}

/// Returns more bytes than are held in memory.
fn large() -> Vec<u8> {
    (0..241).cycle().take(7 * 1024 * 1024).collect()
}

/// Returns a picture that gets a thumbnail.
fn picture() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(900, 30, |x, _| {
        image::Rgb([u8::try_from(x % 256).unwrap(), 0, 0])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    let written = picture.write_to(&mut bytes, image::ImageFormat::Png);
    written.unwrap();
    bytes.into_inner()
}

/// Adds a browser, a pending delivery of a reminder to it, and an open page.
async fn remind(service: &Service, ada: &Person, note: &str) {
    let subscriptions = "/api/push/subscriptions";
    let made = service.json(ada, "POST", subscriptions, subscription());
    made.await.is(201);
    let settings = json!({"push": "always", "showTitle": true});
    let changed = service.json(ada, "PATCH", "/api/me/reminders", settings);
    changed.await.is(200);
    let due = json!({"reminderAt": "2026-02-01T00:00:00Z"});
    let path = format!("/api/notes/{note}");
    let changed = service.request(Some(ada), "PATCH", &path, &[("if-match", "*")], Some(due));
    changed.await.is(200);
    let store = &service.app.store;
    store.push_key().await.unwrap();
    assert_eq!(store.fire_reminders().await.unwrap(), 1);
    let page = service
        .client
        .get("/api/events")
        .header("cookie", &ada.cookie);
    let page = page.send().await;
    store.write_listeners().await.unwrap();
    drop(page);
}

/// Shares a note in every way. Since changes are delivered immediately, it also adds a row that stays undelivered.
async fn share(service: &Service, ada: &Person, bob: &Person, note: &str) {
    let path = format!("/api/notes/{note}");
    let label = json!({"label": "for Bob 🔗"});
    service
        .json(ada, "POST", &format!("{path}/links"), label)
        .await
        .is(201);
    let shares = format!("{path}/shares");
    let offer = json!({"email": "bob@example.com", "right": "write"});
    let offered = service.json(ada, "POST", &shares, offer).await.is(201);
    let accept = format!(
        "/api/invitations/{}/accept",
        offered.body["id"].as_str().unwrap()
    );
    service.send(bob, "POST", &accept).await.is(200);
    let offer = json!({"email": "nobody@example.com", "right": "read"});
    service.json(ada, "POST", &shares, offer).await.is(201);
    crate::sharing::settle(service).await;
    let news = "INSERT INTO share_news (id, recipient_id, note_id, created_at) \
         SELECT id, recipient_id, note_id, accepted_at FROM note_shares";
    let db = service.app.store.db();
    db.execute_unprepared(news).await.unwrap();
}
