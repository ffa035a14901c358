//! Users of the service during a test: some write, some listen.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use chrono::{SecondsFormat, TimeDelta};
use notes_service::clock;
use serde_json::{Value, json};
use tokio::net::TcpSocket;
use tokio::time::{sleep, timeout};

use crate::support::PASSWORD;
use crate::support::wire::{Reply, Wire};

/// Limit of a request, with a margin for a machine that compiles at the same time.
const PATIENCE: Duration = Duration::from_secs(30);

/// State that the users share.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// `true` when the writers stop; devices continue to listen.
    pub(super) enough: AtomicBool,
    /// `true` when devices stop as well.
    pub(super) over: AtomicBool,
    /// `true` after a replica was killed, so that requests may fail.
    pub(super) may_fail: AtomicBool,
    /// Number of requests that failed when a replica was killed.
    pub(super) failed: AtomicU32,
    /// Number of acknowledged notes.
    pub(super) made: AtomicU32,
    /// Number of reminders that devices received.
    pub(super) reminded: AtomicU32,
}

/// Returns an address of a client in a separate network.
pub(super) fn network(number: u8) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, number, 1)
}

/// Returns a connection from an address.
pub(super) async fn connect(to: SocketAddr, from: Ipv4Addr) -> std::io::Result<Wire> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((IpAddr::V4(from), 0).into())?;
    Ok(Wire::over(socket.connect(to).await?))
}

/// Sends a request on a separate connection, and returns the response.
pub(super) async fn ask(
    to: SocketAddr,
    from: Ipv4Addr,
    cookie: &str,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> (u16, Value) {
    let mut wire = connect(to, from).await.unwrap();
    let reply = timeout(PATIENCE, wire.ask(method, path, cookie, body))
        .await
        .expect("an answer in time")
        .expect("an answer");
    (
        reply.status,
        serde_json::from_slice(&reply.body).unwrap_or_default(),
    )
}

/// Registers a person with this name, and returns the cookie.
pub(super) async fn register(to: SocketAddr, from: Ipv4Addr, name: &str) -> String {
    let person =
        json!({"email": format!("{name}@example.com"), "username": name, "password": PASSWORD});
    cookie_of(to, from, "/api/auth/register", &person).await
}

/// Signs a person in again, and returns the cookie.
pub(super) async fn sign_in(to: SocketAddr, from: Ipv4Addr, name: &str) -> String {
    let person = json!({"login": name, "password": PASSWORD});
    cookie_of(to, from, "/api/auth/login", &person).await
}

async fn cookie_of(to: SocketAddr, from: Ipv4Addr, path: &str, body: &Value) -> String {
    let mut wire = connect(to, from).await.unwrap();
    let reply = wire.ask("POST", path, "", Some(body)).await.unwrap();
    assert!((200..300).contains(&reply.status), "{}", reply.head);
    let cookie = reply.header("set-cookie").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// A note that was acknowledged.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) reminds: bool,
}

/// Creates notes and sometimes reads a page until the test ends, on one connection. A failed request is repeated with its idempotency key.
pub(super) async fn write(
    to: SocketAddr,
    from: Ipv4Addr,
    cookie: String,
    number: u32,
    seen: Arc<Seen>,
) -> Vec<Made> {
    let mut made = Vec::new();
    let mut wire = connect(to, from).await.unwrap();
    for round in 0_u32.. {
        if seen.enough.load(Ordering::Relaxed) {
            break;
        }
        let title = format!("{number} {round}");
        let reminds = round % 10 == 0;
        let at =
            (clock::now() + TimeDelta::seconds(1)).to_rfc3339_opts(SecondsFormat::Micros, true);
        let note = if reminds {
            json!({"title": title, "content": "kept", "reminderAt": at})
        } else {
            json!({"title": title, "content": "kept"})
        };
        let body = note.to_string();
        let create = format!(
            "POST /api/notes HTTP/1.1\r\nhost: test\r\ncookie: {cookie}\r\nidempotency-key: key-{number}-{round}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let reply = send_until_answered(&mut wire, to, from, &create, &seen).await;
        assert_eq!(reply.status, 201, "{}", reply.head);
        let note: Value = serde_json::from_slice(&reply.body).unwrap();
        made.push(Made {
            id: note["id"].as_str().unwrap().to_owned(),
            title,
            reminds,
        });
        seen.made.fetch_add(1, Ordering::Relaxed);
        if round % 4 == 3 {
            let list = format!(
                "GET /api/notes?limit=5 HTTP/1.1\r\nhost: test\r\ncookie: {cookie}\r\n\r\n"
            );
            let reply = send_until_answered(&mut wire, to, from, &list, &seen).await;
            assert_eq!(reply.status, 200, "{}", reply.head);
        }
        sleep(Duration::from_millis(10)).await;
    }
    made
}

/// Sends a request until it is answered. Failures are permitted only after a replica was killed.
async fn send_until_answered(
    wire: &mut Wire,
    to: SocketAddr,
    from: Ipv4Addr,
    request: &str,
    seen: &Seen,
) -> Reply {
    loop {
        let may_fail = seen.may_fail.load(Ordering::SeqCst);
        let answer = async {
            wire.send(request.as_bytes()).await?;
            wire.reply().await
        };
        let answer = timeout(PATIENCE, answer).await.expect("an answer in time");
        match answer {
            Ok(reply) if reply.status < 500 => return reply,
            failed => {
                let may_fail = may_fail || seen.may_fail.load(Ordering::SeqCst);
                assert!(
                    may_fail,
                    "a request failed though no replica was killed: {failed:?}\n{request}"
                );
                seen.failed.fetch_add(1, Ordering::Relaxed);
                sleep(Duration::from_millis(50)).await;
                *wire = connect(to, from).await.unwrap();
            }
        }
    }
}

/// The events that a device received.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Revisions of `changed` events, by stream.
    pub(super) revisions: Vec<Vec<i64>>,
    /// Number of times that each reminder arrived, by the identifier of its note.
    pub(super) reminders: BTreeMap<String, u32>,
}

/// Listens as a page does: it reconnects when its stream ends, with the identifier of the last event.
pub(super) async fn listen(
    to: SocketAddr,
    from: Ipv4Addr,
    cookie: String,
    seen: Arc<Seen>,
) -> Told {
    let mut told = Told::default();
    let mut last: Option<String> = None;
    while !seen.over.load(Ordering::Relaxed) {
        let mut wire = connect(to, from).await.unwrap();
        let heard = last
            .as_ref()
            .map_or_else(String::new, |id| format!("last-event-id: {id}\r\n"));
        let request =
            format!("GET /api/events HTTP/1.1\r\nhost: test\r\ncookie: {cookie}\r\n{heard}\r\n");
        wire.send(request.as_bytes()).await.unwrap();
        let Ok(reply) = wire.reply().await else {
            continue;
        };
        if reply.status != 200 {
            assert!(reply.status >= 500, "{}", reply.head);
            sleep(Duration::from_millis(50)).await;
            continue;
        }
        told.revisions.push(Vec::new());
        // A stream that says nothing for long while it is over is looked at again.
        while !seen.over.load(Ordering::Relaxed) {
            let event = match timeout(Duration::from_millis(500), wire.event()).await {
                Err(_) => continue,
                Ok(Err(_)) => break,
                Ok(Ok(event)) => event,
            };
            let value = |name: &str| {
                let lines = event.lines().filter_map(|line| line.split_once(": "));
                let mut values = lines.filter(|(found, _)| *found == name);
                values.next().map(|(_, value)| value.to_owned())
            };
            let (Some(data), Some(id)) = (value("data"), value("id")) else {
                continue;
            };
            let data: Value = serde_json::from_str(&data).unwrap();
            if value("event").as_deref() == Some("reminder") {
                let note = data["noteId"].as_str().unwrap().to_owned();
                *told.reminders.entry(note).or_default() += 1;
                seen.reminded.fetch_add(1, Ordering::Relaxed);
            } else {
                let revision = data["revision"].as_i64().unwrap();
                told.revisions.last_mut().unwrap().push(revision);
            }
            last = Some(id);
        }
    }
    told
}
