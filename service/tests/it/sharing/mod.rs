//! Tests of shared notes: by link, and with recipients.

mod attachments;
mod changes;
mod links;
mod notifications;
mod shares;
mod together;

use std::time::Duration;

use notes_service::auth::rates::Rate;
use notes_service::http::Settings;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::support::{Answer, Person, Service};

/// Returns the service without rate limits of invitations and opened links.
pub(crate) fn unlimited(service: Service) -> Service {
    let mut settings: Settings = service.app.settings.clone();
    let rates = &mut settings.accounts.rates;
    rates.share_note = Rate::new(1_000_000, 60);
    rates.open_note_link = Rate::new(1_000_000, 60);
    service.with(settings)
}

/// Waits until all changes are delivered to the recipients.
pub(crate) async fn settle(service: &Service) {
    let db = service.app.store.db();
    let look = async {
        loop {
            let sql = "SELECT count(*) FROM share_news";
            let count = Statement::from_string(db.get_database_backend(), sql);
            let row = db.query_one_raw(count).await.unwrap().unwrap();
            if row.try_get_by_index::<i64>(0).unwrap() == 0 {
                return;
            }
            sleep(Duration::from_millis(5)).await;
        }
    };
    let settled = timeout(Duration::from_secs(20), look).await;
    settled.expect("a recipient is not told");
}

/// Creates a note, and returns its identifier.
async fn note(service: &Service, who: &Person, content: &str) -> String {
    let new = json!({"title": "Groceries", "content": content});
    let made = service.json(who, "POST", "/api/notes", new).await.is(201);
    made.body["id"].as_str().unwrap().to_owned()
}

/// Offers a note to `name@example.com`.
async fn offer(service: &Service, owner: &Person, note: &str, name: &str, right: &str) -> Answer {
    let offer = json!({"email": format!("{name}@example.com"), "right": right});
    let path = format!("/api/notes/{note}/shares");
    service.json(owner, "POST", &path, offer).await
}

/// Shares a note with a person, who accepts.
async fn share(
    service: &Service,
    owner: &Person,
    note: &str,
    (recipient, name): (&Person, &str),
    right: &str,
) {
    let offered = offer(service, owner, note, name, right).await.is(201);
    let id = offered.body["id"].as_str().unwrap();
    let path = format!("/api/invitations/{id}/accept");
    let shared = service.send(recipient, "POST", &path).await.is(200);
    assert_eq!(shared.body["id"], note);
}

/// Changes a note with `If-Match`: a version, or any.
async fn patch(
    service: &Service,
    who: &Person,
    path: &str,
    version: Option<i64>,
    body: Value,
) -> Answer {
    let expected = version.map_or_else(|| "*".to_owned(), |version| format!("\"{version}\""));
    let headers = [("if-match", expected.as_str())];
    service
        .request(Some(who), "PATCH", path, &headers, Some(body))
        .await
}

/// Returns the path of a share by the address it was offered to.
async fn path_of_share(service: &Service, owner: &Person, note: &str, name: &str) -> String {
    let path = format!("/api/notes/{note}/shares");
    let listed = service.send(owner, "GET", &path).await.is(200);
    let email = format!("{name}@example.com");
    let shares = listed.body["items"].as_array().unwrap();
    let share = shares.iter().find(|share| share["email"] == email);
    format!("{path}/{}", share.unwrap()["id"].as_str().unwrap())
}

/// Returns the revision of a user's data.
async fn revision(service: &Service, who: &Person) -> i64 {
    let list = service.send(who, "GET", "/api/notes?limit=1").await.is(200);
    list.body["revision"].as_i64().unwrap()
}

/// Executes a statement.
async fn execute(service: &Service, sql: &str) {
    service
        .app
        .store
        .db()
        .execute_unprepared(sql)
        .await
        .unwrap();
}

/// Disables an account, as an operator does.
async fn disable(service: &Service, name: &str) {
    let store = &service.app.store;
    let account = store.find_account(name).await.unwrap();
    store.disable_account(&account).await.unwrap();
}
