//! Tests of limits across all replicas: guests, notes and attachments of an account, attempts, mails, and idempotency keys.

use std::net::SocketAddr;

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::fleet::Fleet;
use super::people::{ask, connect, network, register};
use crate::support::PASSWORD;
use crate::support::smtp::Sink;

/// Maximum number of notes of an account in these tests.
const NOTES: usize = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn enforces_limits_and_keys_across_replicas() {
    let notes = NOTES.to_string();
    let variables = [("GUESTS", "12"), ("NOTES_PER_USER", &notes)];
    let Some(fleet) = Fleet::start(&variables).await else {
        return;
    };
    let to = fleet.address();
    check_guest_limits(to).await;
    check_sign_in_limits(to).await;
    check_idempotency_keys(&fleet).await;
    check_note_limit(to).await;
}

/// Maximum bytes of attachments of an account, and the size of each attachment.
const FILES: usize = 100_000;
const FILE: usize = 20_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_mails_accounts_and_bytes_across_replicas() {
    let mut sink = Sink::start().await;
    let (port, folder) = (sink.port.to_string(), tempfile::tempdir().unwrap());
    let (files, bytes) = (folder.path().display().to_string(), FILES.to_string());
    let variables = [
        ("SMTP_HOST", "127.0.0.1"),
        ("SMTP_PORT", port.as_str()),
        ("SMTP_TLS", "off"),
        ("SMTP_USERNAME", "user"),
        ("SMTP_PASSWORD", "hunter2"),
        ("MAIL_FROM", "Notes <notes@example.com>"),
        ("PUBLIC_URL", "http://notes.example.com"),
        ("FILES_DIR", files.as_str()),
        ("FILES_PER_USER_BYTES", bytes.as_str()),
    ];
    let Some(fleet) = Fleet::start(&variables).await else {
        return;
    };
    let to = fleet.address();
    let cookie = register(to, network(1), "ada").await;
    check_mail_limits(to, &mut sink).await;
    check_registration_limit(to).await;
    check_password_check_limit(to, &cookie).await;
    check_attachment_bytes_limit(to, &cookie).await;
}

async fn check_mail_limits(to: SocketAddr, sink: &mut Sink) {
    assert_eq!(
        sink.next().await.to,
        "ada@example.com",
        "of the registration"
    );
    let ada = json!({"email": "ada@example.com"});
    let path = "/api/auth/password-reset";
    // An address is sent five in an hour, that of the registration included, whoever asks for them and wherever.
    let asked = at_once(to, 12, |number| 100 + number, path, Some(&ada)).await;
    assert_eq!(asked, [vec![202; 4], vec![429; 8]].concat());
    for _ in 0..4 {
        assert_eq!(sink.next().await.to, "ada@example.com");
    }
    assert!(sink.is_silent().await, "a mail more than allowed");
    // A network asks ten times in an hour, for any address.
    let asked = (0..14).map(|number| async move {
        let other = json!({"email": format!("nobody-{number}@example.com")});
        ask(to, network(120), "", "POST", path, Some(&other))
            .await
            .0
    });
    let mut statuses = join_all(asked).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![202; 10], vec![429; 4]].concat());
}

async fn check_registration_limit(to: SocketAddr) {
    let asked = (0..14).map(|number| async move {
        let (name, email) = (format!("new-{number}"), format!("new-{number}@example.com"));
        let new = json!({"email": email, "username": name, "password": PASSWORD});
        let path = "/api/auth/register";
        ask(to, network(121), "", "POST", path, Some(&new)).await.0
    });
    let mut statuses = join_all(asked).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![201; 10], vec![429; 4]].concat());
}

/// Guesses passwords with the session of a user, and expects 429 after ten guesses over all replicas.
async fn check_password_check_limit(to: SocketAddr, cookie: &str) {
    let guess = json!({"name": "cli", "scope": "read", "currentPassword": "not the password"});
    let asked = (0..15).map(|number| {
        let from = network(130 + number);
        ask(to, from, cookie, "POST", "/api/tokens", Some(&guess))
    });
    let mut statuses: Vec<u16> = join_all(asked)
        .await
        .into_iter()
        .map(|(status, _)| status)
        .collect();
    statuses.sort_unstable();
    let limited = statuses.iter().filter(|status| **status == 429).count();
    assert_eq!(limited, 5, "{statuses:?}");
    assert!(!statuses.contains(&201), "{statuses:?}");
}

async fn check_attachment_bytes_limit(to: SocketAddr, cookie: &str) {
    let (status, note) = ask(
        to,
        network(1),
        cookie,
        "POST",
        "/api/notes",
        Some(&json!({})),
    )
    .await;
    assert_eq!(status, 201, "{note}");
    let path = format!(
        "/api/notes/{}/attachments?name=a.bin",
        note["id"].as_str().unwrap()
    );
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nhost: test\r\ncookie: {cookie}\r\n\
         content-type: application/octet-stream\r\ncontent-length: {FILE}\r\n\r\n"
    )
    .into_bytes();
    request.resize(request.len() + FILE, b'x');
    let asked = (0..12).map(|_| async {
        let mut wire = connect(to, network(1)).await.unwrap();
        wire.send(&request).await.unwrap();
        wire.reply().await.unwrap().status
    });
    let mut statuses = join_all(asked).await;
    statuses.sort_unstable();
    let fit = FILES / FILE;
    assert_eq!(statuses, [vec![201; fit], vec![409; 12 - fit]].concat());
    let me = ask(to, network(1), cookie, "GET", "/api/me", None).await.1;
    assert_eq!(me["usage"]["attachmentBytes"], FILES);
}

/// Sends requests concurrently, which the balancer distributes over the replicas, and returns the sorted statuses.
async fn at_once(
    to: SocketAddr,
    count: u8,
    from: impl Fn(u8) -> u8,
    path: &str,
    body: Option<&Value>,
) -> Vec<u16> {
    let asked = (0..count).map(|number| ask(to, network(from(number)), "", "POST", path, body));
    let mut statuses: Vec<u16> = join_all(asked)
        .await
        .into_iter()
        .map(|(status, _)| status)
        .collect();
    statuses.sort_unstable();
    statuses
}

async fn check_guest_limits(to: SocketAddr) {
    // One network may bring ten in an hour.
    let of_one = at_once(to, 15, |_| 20, "/api/auth/guest", None).await;
    assert_eq!(of_one, [vec![201; 10], vec![429; 5]].concat());
    // Of the twelve places two are left for everybody else.
    let of_many = at_once(to, 9, |number| 30 + number, "/api/auth/guest", None).await;
    assert_eq!(of_many, [vec![201; 2], vec![503; 7]].concat());
}

async fn check_sign_in_limits(to: SocketAddr) {
    register(to, network(40), "ada").await;
    let wrong = json!({"login": "ada", "password": "not the password"});
    // Many addresses, one name.
    let of_name = at_once(
        to,
        15,
        |number| 50 + number,
        "/api/auth/login",
        Some(&wrong),
    )
    .await;
    assert_eq!(of_name, [vec![401; 10], vec![429; 5]].concat());
    // One address, many names.
    let asked = (0..24).map(|number| async move {
        let wrong = json!({"login": format!("somebody-{number}"), "password": "not the password"});
        ask(to, network(80), "", "POST", "/api/auth/login", Some(&wrong))
            .await
            .0
    });
    let mut statuses = join_all(asked).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![401; 20], vec![429; 4]].concat());
}

/// Sends an idempotency key to all replicas concurrently, several times, and expects one note.
async fn check_idempotency_keys(fleet: &Fleet) {
    let to = fleet.address();
    let cookie = register(to, network(90), "eve").await;
    for round in 0..10 {
        let note = json!({"title": format!("round {round}")}).to_string();
        let request = format!(
            "POST /api/notes HTTP/1.1\r\nhost: test\r\ncookie: {cookie}\r\nidempotency-key: round-{round}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{note}",
            note.len()
        );
        let asked = fleet.replicas().into_iter().map(|replica| {
            let request = request.clone();
            async move {
                let mut wire = connect(replica, network(90)).await.unwrap();
                wire.send(request.as_bytes()).await.unwrap();
                let reply = wire.reply().await.unwrap();
                assert_eq!(reply.status, 201, "{}", reply.head);
                let note: Value = serde_json::from_slice(&reply.body).unwrap();
                note["id"].as_str().unwrap().to_owned()
            }
        });
        let ids = join_all(asked).await;
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }
    let page = ask(to, network(90), &cookie, "GET", "/api/notes", None)
        .await
        .1;
    let titles: Vec<&str> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["title"].as_str().unwrap())
        .collect();
    let expected: Vec<String> = (0..10)
        .rev()
        .map(|round| format!("round {round}"))
        .collect();
    assert_eq!(titles, expected, "one of each, the latest on top");
}

async fn check_note_limit(to: SocketAddr) {
    let cookie = register(to, network(91), "bob").await;
    let note = json!({"content": "one of many"});
    let asked =
        (0..NOTES + 10).map(|_| ask(to, network(91), &cookie, "POST", "/api/notes", Some(&note)));
    let mut statuses: Vec<u16> = join_all(asked)
        .await
        .into_iter()
        .map(|(status, _)| status)
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![201; NOTES], vec![409; 10]].concat());
    let me = ask(to, network(91), &cookie, "GET", "/api/me", None)
        .await
        .1;
    assert_eq!(me["usage"]["notes"], NOTES);
}
