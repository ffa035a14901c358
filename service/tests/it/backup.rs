//! Tests of `notes backup` and `notes restore`: every row, both databases, and files that are refused.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::ops::Deref;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use notes_service::config::Config;
use notes_service::files::{Files, StorageLocation as FilesPlace};
use notes_service::store::Store;
use notes_service::store::mailed_links::Purpose;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::accounts::{browser, register, sign_in};
use crate::factors::{password_shown, turn_on};
use crate::passkeys::{add as add_passkey, on_page};
use crate::support::process::{Ran, run};
use crate::support::{PASSWORD, Person, Service, Site, link_provider_identity, on_both_databases};
use crate::tenancy::{pushing, subscription};

on_both_databases!(
    Site: restores_backup_unchanged,
    rejects_damaged_backup_without_changes,
    replaces_nonempty_database_only_with_option,
    excludes_attachment_bytes_on_request,
    reports_missing_and_damaged_attachment_bytes,
    rejects_backup_bytes_with_wrong_digest,
);

/// A database, and a folder for its attachments.
struct Kept {
    site: Site,
    folder: TempDir,
}

impl From<Site> for Kept {
    fn from(site: Site) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { site, folder }
    }
}

impl Deref for Kept {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl Kept {
    /// Returns all bytes in the folder, by their path in it.
    fn stored(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut all = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.folder.path()).unwrap().to_owned();
                    all.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        all
    }

    /// Returns the path of the only file in the folder.
    fn only(&self) -> PathBuf {
        let stored = self.stored();
        assert_eq!(stored.len(), 1, "{:?}", stored.keys());
        self.folder.path().join(stored.keys().next().unwrap())
    }
}

fn notes(site: &Kept, arguments: &[&str]) -> Ran {
    let files = site.folder.path().display().to_string();
    run(
        arguments,
        &[("DATABASE_URL", &site.url), ("FILES_DIR", &files)],
    )
}

#[track_caller]
fn done(site: &Kept, arguments: &[&str]) -> String {
    let ran = notes(site, arguments);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    ran.output
}

async fn service(site: &Kept) -> Service {
    done(site, &["migrate", "up"]);
    let variables = [("DATABASE_URL".to_owned(), site.url.clone())];
    let config = Config::from_variables(&variables.into()).unwrap();
    let store = Store::new(site.open().await, config.limits);
    let service = Service::over(store);
    let mut settings = service.app.settings.clone();
    settings.files = Files::open(&FilesPlace::Folder(site.folder.path().to_owned())).unwrap();
    settings.policy.file_bytes = config.limits.file_bytes;
    pushing(on_page(service.with(settings)))
}

/// Adds a row to every table, with texts that are easily damaged.
async fn fill(service: &Service) -> Person {
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

/// Tables of the service, with a row or more each.
const TABLES: [&str; 34] = [
    "access_tokens",
    "attachment_parts",
    "attachments",
    "challenges",
    "counters",
    "deliveries",
    "discarded_files",
    "idempotency_keys",
    "identities",
    "invites",
    "labels",
    "listeners",
    "mailed_links",
    "note_labels",
    "note_links",
    "note_revisions",
    "note_shares",
    "notes",
    "passkeys",
    "push_keys",
    "push_subscriptions",
    "rate_limits",
    "recovery_codes",
    "reminder_settings",
    "saved_filters",
    "sessions",
    "share_invitations",
    "share_news",
    "sign_in_flows",
    "tombstones",
    "totp_secrets",
    "users",
    "webhook_deliveries",
    "webhooks",
];

/// Returns the existing tables, except those of the full-text index and of the migrations.
async fn tables(site: &Site) -> Vec<String> {
    let db = site.open().await;
    let backend = db.get_database_backend();
    let text = match backend {
        DbBackend::Postgres => {
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
        }
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
    };
    let rows = db
        .query_all_raw(Statement::from_string(backend, text))
        .await
        .unwrap();
    let names = rows
        .iter()
        .map(|row| row.try_get_by_index::<String>(0).unwrap());
    names
        .filter(|name| !name.starts_with("note_search") && !name.starts_with("note_words"))
        .filter(|name| name != "seaql_migrations" && !name.starts_with("sqlite_"))
        .collect()
}

/// Returns all rows as text, with identifiers and bytes in hexadecimal for both databases.
async fn rows_of(site: &Site) -> Vec<String> {
    let db = site.open().await;
    let backend = db.get_database_backend();
    let mut all = Vec::new();
    for (table, columns) in [
        (
            "users",
            "id, #password_hash, #email_key, #created_at, #disabled_at, #note_count, #next_position",
        ),
        (
            "notes",
            "id, user_id, #title, #content, #place, #trashed_at, position, #reminder_at, #version, #change_seq, #updated_at",
        ),
        ("labels", "id, user_id, #name, #sort, #color"),
        ("note_labels", "note_id, label_id, user_id"),
        ("note_revisions", "note_id, #version, #content, #saved_at"),
        ("tombstones", "user_id, #change_seq, entity_id, #kind"),
        ("sessions", "id, token_hash, user_id, #expires_at"),
        ("access_tokens", "id, token_hash, #name, #expires_at"),
        ("invites", "code_hash, #expires_at"),
        ("mailed_links", "token_hash, user_id, #email_key, #purpose"),
        (
            "identities",
            "id, user_id, #issuer, #subject, #label, #created_at",
        ),
        (
            "sign_in_flows",
            "state_hash, browser_hash, #purpose, user_id, session_id, #return_to, #expires_at",
        ),
        (
            "totp_secrets",
            "user_id, @secret, #last_step, #confirmed_at",
        ),
        ("recovery_codes", "user_id, code_hash, #created_at"),
        (
            "passkeys",
            "id, user_id, @credential_id, #name, #data, #created_at",
        ),
        (
            "challenges",
            "key_hash, user_id, #purpose, #first_factor, #attempts, #state, #expires_at",
        ),
        (
            "idempotency_keys",
            "user_id, #key, request_hash, resource_id",
        ),
        (
            "saved_filters",
            "id, user_id, #name, #query, #sort, #version, #change_seq",
        ),
        (
            "webhooks",
            "id, user_id, #name, #url, #events, #version, #due_at, #created_at",
        ),
        (
            "webhook_deliveries",
            "id, webhook_id, user_id, #event, #revision, #subject, #state, #occurred_at",
        ),
        ("counters", "#name, #value"),
        (
            "attachments",
            "id, user_id, note_id, object, #name, #media_type, #bytes, #received, #width, #version, #created_at, #completed_at, #expires_at",
        ),
        ("attachment_parts", "attachment_id, #start, #bytes, part"),
        ("discarded_files", "object, user_id, #bytes, #due_at"),
        ("reminder_settings", "user_id, #push, #mail"),
        ("push_keys", "@private_key"),
        ("push_subscriptions", "id, user_id, #endpoint, #created_at"),
        ("deliveries", "note_id, user_id"),
        ("listeners", "user_id"),
        ("rate_limits", "#key, #arrives_at"),
    ] {
        let parts: Vec<_> = columns
            .split(", ")
            .map(|column| match (column.strip_prefix('#'), backend) {
                (Some(column), DbBackend::Postgres) if column.ends_with("_at") && column != "arrives_at" => {
                    format!("to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')")
                }
                (Some(column), _) if column.ends_with("_at") && column != "arrives_at" => {
                    format!("substr(replace(rtrim(replace({column}, '+00:00', '')), 'T', ' ') || CASE WHEN instr({column}, '.') > 0 THEN '000000' ELSE '.000000' END, 1, 26)")
                }
                (Some(column), DbBackend::Postgres) => format!("{column}::text"),
                (Some(column), _) => format!("CAST({column} AS text)"),
                (None, DbBackend::Postgres) if column == "position" || column.ends_with("hash") => {
                    format!("encode({column}, 'hex')")
                }
                (None, DbBackend::Postgres) if column.starts_with('@') => {
                    format!("encode({}, 'hex')", &column[1..])
                }
                (None, DbBackend::Postgres) => format!("replace({column}::text, '-', '')"),
                (None, _) => format!("lower(hex({}))", column.trim_start_matches('@')),
            })
            .map(|part| format!("COALESCE({part}, '-')"))
            .collect();
        let text = format!("SELECT {} FROM {table}", parts.join(" || '|' || "));
        let rows = db
            .query_all_raw(Statement::from_string(backend, text))
            .await
            .unwrap();
        assert!(!rows.is_empty(), "{table} proves nothing");
        all.extend(
            rows.iter()
                .map(|row| format!("{table}: {}", row.try_get_by_index::<String>(0).unwrap())),
        );
    }
    all.sort();
    all
}

/// Reads a file by lines, each with the bytes that follow it.
fn parts(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let file = fs::File::open(path).unwrap();
    let mut file = GzDecoder::new(file);
    file.read_to_end(&mut all).unwrap();
    let mut rest = &all[..];
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
        let line = String::from_utf8(rest[..end].to_vec()).unwrap();
        rest = &rest[end + 1..];
        let mut bytes = Vec::new();
        while line.starts_with("{\"file\"") {
            let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
            bytes.extend(&rest[4..4 + length]);
            rest = &rest[4 + length..];
            if length == 0 {
                break;
            }
        }
        parts.push((line, bytes));
    }
    parts
}

/// Writes a file from its lines and bytes, the inverse of [`parts`].
fn write_parts(path: &Path, parts: &[(String, Vec<u8>)]) {
    let mut out = GzEncoder::new(fs::File::create(path).unwrap(), flate2::Compression::fast());
    for (line, bytes) in parts {
        out.write_all(line.as_bytes()).unwrap();
        out.write_all(b"\n").unwrap();
        if line.starts_with("{\"file\"") {
            let length = u32::try_from(bytes.len()).unwrap();
            out.write_all(&length.to_be_bytes()).unwrap();
            out.write_all(bytes).unwrap();
            out.write_all(&[0; 4]).unwrap();
        }
    }
    out.finish().unwrap();
}

/// Returns the lines of a file without the first one, which has the time, and separately the values that a restore changes: each user's revision, and
/// the lowest one for changes. Bytes of attachments are compared by their digests.
fn lines(path: &Path) -> (Vec<Value>, Vec<[i64; 2]>) {
    let parts = parts(path);
    let mut lines = parts
        .iter()
        .map(|(line, _)| serde_json::from_str::<Value>(line).unwrap());
    let head = lines.next().unwrap();
    let columns = head["tables"]["users"].as_array().unwrap();
    let at = ["revision", "changes_floor"].map(|name| {
        let found = columns.iter().position(|column| column == name);
        found.unwrap()
    });
    let mut revisions = Vec::new();
    let lines = lines.map(|mut line| {
        if line[0] == "users" {
            revisions.push(at.map(|at| line[1][at].take().as_i64().unwrap()));
        }
        line
    });
    (lines.collect(), revisions)
}

async fn restores_backup_unchanged(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let first = service(&site).await;
    let ada = fill(&first).await;
    assert_eq!(
        tables(&site).await,
        TABLES,
        "a table that the backup may not know"
    );
    let said = done(&site, &["backup", &file("first")]);
    assert!(said.starts_with("written: 4 accounts, 2"), "{said}");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &fs::metadata(file("first")).unwrap().permissions(),
        );
        assert_eq!(mode & 0o777, 0o600);
    }
    let (kept, mut revisions) = lines(Path::new(&file("first")));
    assert_eq!(revisions.len(), 4);
    let before = rows_of(&site).await;
    let mut stored = site.stored();
    // Bytes of a file that was deleted are not kept.
    stored.retain(|_, bytes| *bytes != b"bytes");
    assert_eq!(stored.len(), 4, "{:?}", stored.keys());
    assert_eq!(kept.last().unwrap()["files"], 5);

    // There and back: through the other database, where there is one, and through this one.
    let other = if site.url.starts_with("sqlite:") {
        Site::postgres().await
    } else {
        Some(Site::sqlite().await)
    };
    let again = if site.url.starts_with("sqlite:") {
        Site::sqlite().await
    } else {
        Site::postgres().await.unwrap()
    };
    let mut from = file("first");
    let targets: Vec<Kept> = other.into_iter().chain([again]).map(Kept::from).collect();
    for (number, target) in targets.iter().enumerate() {
        done(target, &["migrate", "up"]);
        let said = done(target, &["restore", &from]);
        assert!(said.starts_with("restored: 4 accounts, 2"), "{said}");
        assert_eq!(rows_of(target).await, before);
        let mut restored = target.stored();
        restored.retain(|_, bytes| *bytes != b"bytes");
        assert!(restored == stored, "{:?}", restored.keys());
        from = file(&format!("copy-{number}"));
        done(target, &["backup", &from]);
        let (copied, raised) = lines(Path::new(&from));
        assert!(copied == kept, "the copies differ");
        revisions = revisions
            .iter()
            .map(|[old, _]| [old + 1_000_000; 2])
            .collect();
        assert_eq!(raised, revisions);

        // It works: whoever was signed in still is, and everything is found.
        let service = service(target).await;
        service.send(&ada, "GET", "/api/me").await.is(200);
        sign_in(&service, "bob", PASSWORD).await.is(200);
        password_shown(&service, "eve").await;
        let found = service
            .send(&ada, "GET", "/api/search?q=brulee&limit=100")
            .await
            .is(200);
        assert_eq!(found.body["items"].as_array().unwrap().len(), 100);
        service
            .json(&ada, "POST", "/api/notes", json!({"title": "new"}))
            .await
            .is(201);
        assert_eq!(service.app.store.index_missing().await.unwrap(), 0);
    }
}

fn written(path: &PathBuf, lines: &[String]) {
    let mut out = GzEncoder::new(fs::File::create(path).unwrap(), flate2::Compression::fast());
    for line in lines {
        out.write_all(line.as_bytes()).unwrap();
        out.write_all(b"\n").unwrap();
    }
    out.finish().unwrap();
}

async fn rejects_damaged_backup_without_changes(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good");
    let first = service(&site).await;
    register(&first, "ada").await.is(201);
    done(&site, &["backup", good.to_str().unwrap()]);
    let before = done(&site, &["user", "list"]);
    let bytes = fs::read(&good).unwrap();
    let mut text = String::new();
    GzDecoder::new(&bytes[..])
        .read_to_string(&mut text)
        .unwrap();
    let whole: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut head: Value = serde_json::from_str(&whole[0]).unwrap();

    let bad = folder.path().join("bad");
    let refused = |why: &str| {
        let ran = notes(&site, &["restore", "--replace", bad.to_str().unwrap()]);
        assert_eq!(ran.code, Some(65), "{why}: {ran:?}");
        assert!(ran.errors.contains(why), "{why}: {ran:?}");
        assert_eq!(done(&site, &["user", "list"]), before, "{why}");
    };
    refused("No such file");
    fs::write(&bad, "no backup").unwrap();
    refused("is not a backup of the notes service");
    fs::write(&bad, &bytes[..bytes.len() / 2]).unwrap();
    refused("cut off");
    written(&bad, &whole[..whole.len() - 1]);
    refused("cut off");
    let mut less = whole.clone();
    less.remove(1);
    written(&bad, &less);
    refused("are missing");
    written(&bad, &["{}".to_owned()]);
    refused("is not a backup of the notes service");
    let with_head = |head: &Value| {
        let mut lines = whole.clone();
        lines[0] = head.to_string();
        written(&bad, &lines);
    };
    head["version"] = 9.into();
    with_head(&head);
    refused("has the format version 9");
    head["version"] = 2.into();
    head["steps"]
        .as_array_mut()
        .unwrap()
        .push("m9999_later".into());
    with_head(&head);
    refused("m9999_later");
    head["steps"].as_array_mut().unwrap().pop();
    head["tables"]["users"][1] = "nonsense".into();
    with_head(&head);
    refused("the column nonsense");
    let mut wrong = whole.clone();
    let at = wrong
        .iter()
        .position(|line| line.starts_with("[\"users\""))
        .unwrap();
    let mut row: Value = serde_json::from_str(&wrong[at]).unwrap();
    row[1][0] = "no identifier".into();
    wrong[at] = row.to_string();
    written(&bad, &wrong);
    refused("a value of the column id");

    // A file is not written over, and none is left where nothing could be written.
    let again = notes(&site, &["backup", good.to_str().unwrap()]);
    assert_eq!(again.code, Some(65), "{again:?}");
    assert_eq!(fs::read(&good).unwrap(), bytes);
    let nowhere = notes(&site, &["backup", "/nowhere/at/all"]);
    assert_eq!(nowhere.code, Some(65), "{nowhere:?}");
    assert_eq!(notes(&site, &["migrate", "down"]).code, Some(0));
    if !site.url.starts_with("sqlite:") {
        let pending = notes(
            &site,
            &["backup", folder.path().join("old").to_str().unwrap()],
        );
        assert_eq!(pending.code, Some(65), "{pending:?}");
        assert!(pending.errors.contains("`notes migrate up`"), "{pending:?}");
    }
}

async fn replaces_nonempty_database_only_with_option(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kept").display().to_string();
    let service = service(&site).await;
    let ada = browser(&register(&service, "ada").await.is(201));
    service
        .json(&ada, "POST", "/api/notes", json!({"title": "kept"}))
        .await
        .is(201);
    done(&site, &["backup", &file]);
    let at_backup = revision(&service, &ada).await;
    register(&service, "eve").await.is(201);
    service
        .json(&ada, "POST", "/api/notes", json!({"title": "later"}))
        .await
        .is(201);
    let later = revision(&service, &ada).await;
    assert!(later > at_backup);
    let refused = notes(&site, &["restore", &file]);
    assert_eq!(refused.code, Some(65), "{refused:?}");
    assert!(refused.errors.contains("`--replace`"), "{refused:?}");
    assert_eq!(done(&site, &["user", "list"]).lines().count(), 2);

    done(&site, &["restore", "--replace", &file]);
    assert_eq!(done(&site, &["user", "list"]).lines().count(), 1);
    let list = service.send(&ada, "GET", "/api/notes").await.is(200);
    let items = list.body["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["title"]), (1, &json!("kept")));
    let found = service
        .send(&ada, "GET", "/api/search?q=later")
        .await
        .is(200);
    assert_eq!(found.body["items"], json!([]));

    // A device that has read either is told to read everything again, even after as many writes as there were before.
    service
        .json(&ada, "POST", "/api/notes", json!({"title": "other"}))
        .await
        .is(201);
    let changes = async |since: i64| {
        let path = format!("/api/changes?since={since}");
        service.send(&ada, "GET", &path).await
    };
    for since in [at_backup, later] {
        changes(since).await.problem(410, "changes_expired");
    }
    let all = changes(0).await.is(200);
    assert_eq!(all.body["notes"].as_array().unwrap().len(), 2);
    let now = revision(&service, &ada).await;
    assert_eq!(all.body["revision"], now);
    service
        .json(&ada, "POST", "/api/notes", json!({"title": "third"}))
        .await
        .is(201);
    let news = changes(now).await.is(200);
    assert_eq!(news.body["notes"].as_array().unwrap().len(), 1);
}

/// Creates an account with a note that has one attachment, and returns the account and the identifier of the attachment.
async fn with_attachment(service: &Service) -> (Person, String) {
    let ada = browser(&register(service, "ada").await.is(201));
    let note = service.json(&ada, "POST", "/api/notes", json!({"title": "kept"}));
    let note = note.await.is(201);
    let path = format!(
        "/api/notes/{}/attachments?name=a.txt",
        note.body["id"].as_str().unwrap()
    );
    let added = service.bytes(&ada, "POST", &path, &[], "kept bytes").await;
    let added = added.json().is(201);
    (ada, added.body["id"].as_str().unwrap().to_owned())
}

/// Returns the bytes of an attachment as its user downloads them.
async fn content(service: &Service, who: &Person, id: &str) -> (u16, Vec<u8>) {
    let path = format!("/api/attachments/{id}/content");
    let got = service.bytes(who, "GET", &path, &[], "").await;
    (got.status.as_u16(), got.body)
}

async fn excludes_attachment_bytes_on_request(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let (all, rows) = (folder.path().join("all"), folder.path().join("rows"));
    let (all, rows) = (all.to_str().unwrap(), rows.to_str().unwrap());
    let first = service(&site).await;
    let (ada, id) = with_attachment(&first).await;
    let said = done(&site, &["backup", all]);
    assert!(
        said.trim_end()
            .ends_with("; 1 file of attachments with 10 bytes"),
        "{said}"
    );
    let ran = notes(&site, &["backup", "--without-attachments", rows]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.errors
            .contains("the bytes of 1 attachment are not in the file"),
        "{ran:?}"
    );

    // What the file has not, and what is not wanted of it.
    fs::remove_dir_all(site.only().parent().unwrap()).unwrap();
    for arguments in [
        &["restore", "--replace", rows][..],
        &["restore", "--replace", "--without-attachments", all],
    ] {
        let ran = notes(&site, arguments);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(
            ran.errors.contains("the bytes of 1 attachment"),
            "{arguments:?}: {ran:?}"
        );
        assert!(site.stored().is_empty(), "{arguments:?}");
        assert_eq!(content(&first, &ada, &id).await.0, 404);
    }
    // A configuration without a place for them.
    if !site.url.starts_with("sqlite:") {
        let ran = run(
            &["restore", "--replace", all],
            &[("DATABASE_URL", &site.url)],
        );
        assert_eq!(ran.code, Some(65), "{ran:?}");
        assert!(ran.errors.contains("FILES_DIR"), "{ran:?}");
    }
    done(&site, &["restore", "--replace", all]);
    let restored = content(&first, &ada, &id).await;
    assert_eq!(restored, (200, b"kept bytes".to_vec()));
}

/// Returns the findings of the doctor about attachments.
fn examined(site: &Kept) -> Vec<(String, String)> {
    let ran = notes(site, &["doctor", "--json"]);
    let found: Value = serde_json::from_str(&ran.output).unwrap();
    let findings = found["findings"].as_array().unwrap();
    let about = findings.iter().filter(|one| one["about"] == "attachments");
    about
        .map(|one| {
            let text = |name: &str| one[name].as_str().unwrap().to_owned();
            (text("level"), text("message"))
        })
        .collect()
}

async fn reports_missing_and_damaged_attachment_bytes(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let first = service(&site).await;
    let (ada, id) = with_attachment(&first).await;
    let good = "1 attachment, all with complete bytes".to_owned();
    assert_eq!(examined(&site), [("good".to_owned(), good)]);
    let lies = site.only();
    for (name, bytes) in [("missing", None), ("damaged", Some("other"))] {
        match bytes {
            None => fs::remove_file(&lies).unwrap(),
            Some(bytes) => fs::write(&lies, bytes).unwrap(),
        }
        let found = examined(&site);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "bad");
        assert!(found[0].1.starts_with("1 of 1 attachment"), "{found:?}");
        assert!(found[0].1.contains(&id), "{found:?}");

        let file = folder.path().join(name).display().to_string();
        let ran = notes(&site, &["backup", &file]);
        assert_eq!(ran.code, Some(1), "{name}: {ran:?}");
        assert!(ran.errors.contains(&id), "{name}: {ran:?}");
        // The rest of the file is good, and no damaged bytes come out of it.
        fs::remove_file(&lies).ok();
        let ran = notes(&site, &["restore", "--replace", &file]);
        assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
        assert!(ran.errors.contains(&id), "{name}: {ran:?}");
        assert_eq!(content(&first, &ada, &id).await.0, 404);
    }
    // Bytes that nobody knows, and those of a file that was deleted.
    let path = format!("/api/attachments/{id}");
    first.send(&ada, "DELETE", &path).await.is(204);
    let unknown = uuid::Uuid::now_v7();
    let part = notes_service::files::Part::Whole;
    let put = first.files().put_bytes(unknown, part, vec![0; 7]);
    put.await.unwrap();
    let found = examined(&site);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].0, "good", "{found:?}");
    assert_eq!(found[1].0, "note", "{found:?}");
    assert!(found[1].1.starts_with("1 file with 7 bytes"), "{found:?}");
}

async fn rejects_backup_bytes_with_wrong_digest(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("good"), folder.path().join("bad"));
    let first = service(&site).await;
    let (ada, id) = with_attachment(&first).await;
    done(&site, &["backup", good.to_str().unwrap()]);
    let whole = parts(&good);
    let at = whole.iter().position(|(_, bytes)| !bytes.is_empty());
    let at = at.unwrap();
    let refused = |why: &str, parts: &[(String, Vec<u8>)]| {
        write_parts(&bad, parts);
        let ran = notes(&site, &["restore", "--replace", bad.to_str().unwrap()]);
        assert_eq!(ran.code, Some(65), "{why}: {ran:?}");
        assert!(ran.errors.contains(why), "{why}: {ran:?}");
    };
    let mut other = whole.clone();
    other[at].1[3] ^= 1;
    refused("do not match their digest", &other);
    // With a digest of its own it is still not what the row says.
    let digest = |bytes: &[u8]| {
        use base64::Engine as _;
        use sha2::Digest as _;
        base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(bytes))
    };
    other[at + 1].0 = json!({"sha256": digest(&other[at].1), "good": true}).to_string();
    refused("do not match their digest", &other);
    let mut none = whole.clone();
    none.drain(at..at + 2);
    refused("are missing", &none);
    let mut strange = whole.clone();
    strange[at].0 = strange[at].0.replace(&id, &uuid::Uuid::nil().to_string());
    refused("but no row for it", &strange);
    refused("cut off", &whole[..at]);

    // Nothing of them was stored over what is there.
    let kept = content(&first, &ada, &id).await;
    assert_eq!(kept, (200, b"kept bytes".to_vec()));
    // A file as releases wrote it that had no bytes of attachments in it.
    let mut earlier = none;
    let mut head: Value = serde_json::from_str(&earlier[0].0).unwrap();
    head["version"] = 1.into();
    head.as_object_mut().unwrap().remove("attachments");
    earlier[0].0 = head.to_string();
    let foot = earlier.len() - 1;
    let rows = serde_json::from_str::<Value>(&earlier[foot].0).unwrap()["rows"].take();
    earlier[foot].0 = json!({"rows": rows}).to_string();
    write_parts(&bad, &earlier);
    let ran = notes(&site, &["restore", "--replace", bad.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.errors
            .contains("does not contain the bytes of 1 attachment"),
        "{ran:?}"
    );
}

/// Returns the revision from which a device continues after it has read the list of notes.
async fn revision(service: &Service, who: &Person) -> i64 {
    let list = service.send(who, "GET", "/api/notes").await.is(200);
    list.body["revision"].as_i64().unwrap()
}
