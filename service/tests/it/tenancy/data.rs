//! Data of every kind for a user, and all rows of a user.

use std::collections::BTreeMap;

use notes_service::store::mailed_links::Purpose;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value as Bound};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::requests::{Ids, SECRET};
use super::subscription;
use crate::support::{PASSWORD, Person, Service, link_provider_identity};
use crate::{factors, passkeys};

/// Creates data of every kind for a user, and returns its identifiers.
pub(super) async fn create_all_data(service: &Service, who: &Person) -> Ids {
    let create = async |path: &str, body: Value| {
        let headers = [("idempotency-key", path), ("if-match", "*")];
        let made = service
            .request(Some(who), "POST", path, &headers, Some(body))
            .await;
        assert!(made.status.is_success(), "{path}: {}", made.body);
        made.body["id"].as_str().unwrap_or_default().to_owned()
    };
    let act = async |method: &str, path: String, body: Option<Value>| {
        let headers = [("if-match", "*")];
        let answer = service
            .request(Some(who), method, &path, &headers, body)
            .await;
        assert!(answer.status.is_success(), "{path}: {}", answer.body);
    };
    let title = format!("{SECRET} title");
    let label = create("/api/labels", json!({"name": format!("{SECRET} label")})).await;
    let token = create(
        "/api/tokens",
        json!({"name": format!("{SECRET} token"), "scope": "read", "currentPassword": PASSWORD}),
    )
    .await;
    let filter = create(
        "/api/filters",
        json!({"name": format!("{SECRET} filter"), "query": {"q": SECRET, "labelIds": [label]}}),
    )
    .await;
    let webhook = create(
        "/api/webhooks",
        json!({"name": SECRET, "url": format!("https://example.com/{SECRET}"), "events": ["note.created"]}),
    )
    .await;
    let note = create(
        "/api/notes",
        json!({"title": title, "content": format!("{SECRET} of old"), "labelIds": [label], "reminderAt": "2030-01-01T00:00:00Z"}),
    )
    .await;
    let mut more = Vec::new();
    for _ in 0..3 {
        let made = service.json(who, "POST", "/api/notes", json!({"title": title}));
        more.push(made.await.is(201).body["id"].as_str().unwrap().to_owned());
    }
    let [archived, trashed, gone] = more.try_into().unwrap();
    // A version before this one, a note in each place, and one that is gone for good.
    let change = json!({"content": format!("- [ ] {SECRET}, changed")});
    act("PATCH", format!("/api/notes/{note}"), Some(change)).await;
    act("POST", format!("/api/notes/{archived}/archive"), None).await;
    for thrown_away in [&trashed, &gone] {
        act("DELETE", format!("/api/notes/{thrown_away}"), None).await;
    }
    act("DELETE", format!("/api/notes/{gone}/permanent"), None).await;
    // A file, one that is on its way, and one whose bytes are still there.
    let path = format!("/api/notes/{note}/attachments?name={SECRET}.txt&alt={SECRET}");
    let mut attachments = Vec::new();
    for _ in 0..2 {
        let added = service.bytes(who, "POST", &path, &[], SECRET).await.json();
        let id = added.is(201).body["id"].as_str().unwrap().to_owned();
        attachments.push(id);
    }
    let [attachment, deleted] = attachments.try_into().unwrap();
    act("DELETE", format!("/api/attachments/{deleted}"), None).await;
    let path = format!("/api/notes/{note}/uploads");
    let headers = [("upload-length", "10")];
    let upload = service.request(Some(who), "POST", &path, &headers, None);
    let upload = upload.await.is(201).body["id"].as_str().unwrap().to_owned();
    let sessions = service.send(who, "GET", "/api/sessions").await.is(200);
    let session = sessions.body["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/webhooks/{webhook}/deliveries");
    let deliveries = service.send(who, "GET", &path).await.is(200);
    let delivery = deliveries.body["items"][0]["id"].as_str().unwrap();
    // What a mail would hold; the service of these tests sends none.
    let me = service.send(who, "GET", "/api/me").await.is(200);
    let email = me.body["email"].as_str().unwrap();
    let store = &service.app.store;
    let link = store.create_link(Purpose::VerifyAddress, email).await;
    assert!(link.unwrap().is_some());
    // A browser of hers, a reminder on its way to it, and a page that is open.
    let mut browser = subscription();
    browser["endpoint"] = format!("https://push.example.net/{SECRET}").into();
    browser["keys"]["auth"] = "AAAAAAAAAAAAAAAAAAAAAA".into();
    let subscription = create("/api/push/subscriptions", browser).await;
    let settings = json!({"showTitle": true});
    act("PATCH", "/api/me/reminders".to_owned(), Some(settings)).await;
    let due = json!({"title": title, "reminderAt": "2020-01-01T00:00:00Z"});
    create("/api/notes?", due).await;
    assert_eq!(store.fire_reminders().await.unwrap(), 1);
    let page = service
        .client
        .get("/api/events")
        .header("cookie", &who.cookie);
    let page = page.send().await;
    store.write_listeners().await.unwrap();
    drop(page);
    // A passkey, codes of an app, and a ceremony under way.
    let (_, passkey) = passkeys::add(service, who, &format!("{SECRET} phone")).await;
    let passkey = passkey.body["passkey"]["id"].as_str().unwrap().to_owned();
    factors::turn_on(service, who).await;
    let password = json!({"currentPassword": PASSWORD});
    act("POST", "/api/passkeys/options".to_owned(), Some(password)).await;
    link_provider_identity(service, who).await;
    let identities = service.send(who, "GET", "/api/me/identities").await.is(200);
    let identity = identities.body["items"][0]["id"].as_str().unwrap();
    let identity = identity.to_owned();
    // A link, a recipient, and an invitation that nobody accepts.
    let path = format!("/api/notes/{note}");
    let link = create(&format!("{path}/links"), json!({"label": SECRET})).await;
    let username = me.body["username"].as_str().unwrap();
    let friend = service.person(&format!("friend-of-{username}")).await;
    let offer = |name: &str| json!({"email": format!("{name}-of-{username}@example.com"), "right": "write"});
    let shares = format!("{path}/shares");
    let offered = create(&shares, offer("friend")).await;
    let accept = format!("/api/invitations/{offered}/accept");
    service.send(&friend, "POST", &accept).await.is(200);
    let invitation = create(&shares, offer("nobody")).await;
    let listed = service.send(who, "GET", &shares).await.is(200);
    let share = listed.body["items"][0]["id"].as_str().unwrap().to_owned();
    Ids {
        note,
        trashed,
        archived,
        label,
        session,
        token,
        filter,
        webhook,
        delivery: delivery.to_owned(),
        subscription,
        passkey,
        identity,
        link,
        share,
        invitation,
        attachment,
        upload,
    }
}

/// Returns all rows of a user as text, by table.
pub(super) async fn rows(service: &Service, username: &str) -> BTreeMap<String, Vec<String>> {
    // The schema is the same for all services over one kind of database, and long to ask for.
    static POSTGRES: OnceCell<Vec<(String, String)>> = OnceCell::const_new();
    static SQLITE: OnceCell<Vec<(String, String)>> = OnceCell::const_new();
    let db = service.app.store.db();
    let backend = db.get_database_backend();
    let known = match backend {
        DbBackend::Postgres => &POSTGRES,
        _ => &SQLITE,
    };
    let ask = async |sql: &str, values: Vec<Bound>| {
        db.query_all_raw(Statement::from_sql_and_values(backend, sql, values))
            .await
            .unwrap()
    };
    let user: Uuid = ask(
        "SELECT id FROM users WHERE username = $1",
        vec![username.into()],
    )
    .await[0]
        .try_get_by_index(0)
        .unwrap();
    let tables = known
        .get_or_init(async || {
            let mut tables = Vec::new();
            for table in ask(tables_of_users(backend), Vec::new()).await {
                let (name, text): (String, String) = (
                    table.try_get_by_index(0).unwrap(),
                    table.try_get_by_index(1).unwrap(),
                );
                let owner = if name == "users" { "id" } else { "user_id" };
                let sql = format!("SELECT '{name}', {text} FROM {name} t WHERE {owner} = $1");
                tables.push((name, sql));
            }
            tables
        })
        .await;
    let mut found: BTreeMap<String, Vec<String>> = tables
        .iter()
        .map(|(name, _)| (name.clone(), Vec::new()))
        .collect();
    let every: Vec<&str> = tables.iter().map(|(_, sql)| sql.as_str()).collect();
    let sql = format!("{} ORDER BY 1, 2", every.join(" UNION ALL "));
    for row in ask(&sql, vec![user.into()]).await {
        let (name, text): (String, String) = (
            row.try_get_by_index(0).unwrap(),
            row.try_get_by_index(1).unwrap(),
        );
        found.get_mut(&name).unwrap().push(text);
    }
    found
}

/// Returns the statement that lists the tables with rows of users, each with an expression over all columns.
fn tables_of_users(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Sqlite => {
            "SELECT m.name, group_concat('quote(t.' || c.name || ')', ' || '' '' || '), max(c.name = 'user_id') FROM sqlite_master m \
             JOIN pragma_table_info(m.name) c WHERE m.type = 'table' GROUP BY m.name HAVING max(c.name = 'user_id') OR m.name = 'users'"
        }
        _ => {
            "SELECT table_name::text, 'row_to_json(t)::text' FROM information_schema.columns WHERE table_schema = 'public' \
             AND (column_name = 'user_id' OR table_name = 'users') GROUP BY table_name"
        }
    }
}

/// Asserts that the owner has rows in every table, since an empty table would make the test meaningless.
pub(super) fn assert_owns_something_everywhere(rows: &BTreeMap<String, Vec<String>>) {
    let empty: Vec<_> = rows
        .iter()
        .filter(|(_, rows)| rows.is_empty())
        .map(|(table, _)| table.as_str())
        .collect();
    assert!(
        empty.is_empty(),
        "`create_all_data` creates no rows in {empty:?}"
    );
}
