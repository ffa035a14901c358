//! Tests of an outage of the database server under load.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

use sea_orm::sqlx::query;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};

use crate::support::Site;
use crate::support::process::{Process, run};
use crate::support::wire::{Wire, register};

/// Number of clients that write and read during the outage.
const CLIENTS: u32 = 8;
/// Time for recovery after the server is back; a request that began before may wait for a connection until its limit.
const RECOVERY: Duration = Duration::from_secs(15);

/// Least time for which a read waits for a server that refuses connections.
const WAITS: Duration = Duration::from_secs(2);

/// The observations of the clients.
#[derive(Debug, Default)]
struct Seen {
    made: AtomicU32,
    refused: AtomicU32,
    over: AtomicBool,
    /// `true` while the server may refuse connections.
    down: AtomicBool,
    /// The latest revision that the listener received.
    told: AtomicI64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "stops the database server: scripts/test chaos"]
async fn keeps_acknowledged_notes_across_database_outage() {
    let seconds = std::env::var("OUTAGE_SECONDS").unwrap_or_else(|_| "5".to_owned());
    let site = Site::postgres().await.expect("a server to stop");
    let migrated = run(&["migrate", "up"], &[("DATABASE_URL", &site.url)]);
    assert_eq!(migrated.code, Some(0), "{migrated:?}");
    let mut process = Process::start(&[
        ("DATABASE_URL", &site.url),
        ("NOTES_PER_USER", "10000000"),
        ("LOG_LEVEL", "info,notes_service::request=off"),
    ]);
    let address = process.address().await;
    let cookie = register(address).await;

    let seen = Arc::new(Seen::default());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| tokio::spawn(client(address, cookie.clone(), number, Arc::clone(&seen))))
        .collect();
    let probes = tokio::spawn(probes(address, Arc::clone(&seen)));
    let listener = tokio::spawn(listener(address, cookie.clone(), Arc::clone(&seen)));
    more_notes(&seen, 50).await;

    let mut outage = Command::new(POSTGRES)
        .args(["outage", &seconds])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let not_ready = async {
        while get(address, "/readyz").await != 503 {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(RECOVERY, not_ready)
        .await
        .expect("not ready without a database");
    let ended = tokio::task::spawn_blocking(move || outage.wait().unwrap())
        .await
        .unwrap();
    assert!(ended.success(), "the server did not come back");
    let back = Instant::now();
    more_notes(&seen, 50).await;
    let recovered = back.elapsed();
    assert_eq!(get(address, "/readyz").await, 200);

    seen.over.store(true, Ordering::Relaxed);
    let mut made = BTreeSet::new();
    for client in clients {
        made.extend(client.await.unwrap());
    }
    probes.await.unwrap();
    let newest = ask(address, &cookie, "GET", "/api/notes?limit=1", None)
        .await
        .1["revision"]
        .as_i64()
        .unwrap();
    let told = async {
        while seen.told.load(Ordering::Relaxed) < newest {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(RECOVERY, told)
        .await
        .expect("who listens hears of the last change");
    listener.abort();
    assert!(
        seen.refused.load(Ordering::Relaxed) > 0,
        "nobody noticed the outage"
    );
    let kept = all_notes(address, &cookie).await;
    let lost: Vec<_> = made.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let me = ask(address, &cookie, "GET", "/api/me", None).await.1;
    assert_eq!(
        me["usage"]["notes"],
        kept.len(),
        "the count of the account is right"
    );
    process.terminate();
    assert_eq!(process.ended().await.code(), Some(0));
    // Past the test harness, which shows only what failed tests print.
    let _ = writeln!(
        std::io::stderr(),
        "{seconds} s without a database: {} notes acknowledged and there, {} requests refused with 503, the first {recovered:?} after it was back",
        made.len(),
        seen.refused.load(Ordering::Relaxed),
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_reads_when_server_closes_connections() {
    let Some(site) = Site::postgres().await else {
        return;
    };
    let admin = site.open().await;
    // One connection, which does not end itself.
    let mut admin = admin
        .get_postgres_connection_pool()
        .acquire()
        .await
        .unwrap();
    read_during(&site, &Arc::default(), async {
        // As single failures, and faster than a read takes: its second attempt meets the next end, and a list breaks between two of its rows.
        for pause in [1000, 1000].into_iter().chain([15; 60]) {
            let ended = query(END_CONNECTIONS).execute(&mut *admin).await.unwrap();
            assert!(
                ended.rows_affected() > 0 || pause < 1000,
                "nobody was connected"
            );
            sleep(Duration::from_millis(pause)).await;
        }
    })
    .await;
}

/// Statement that ends all other connections.
const END_CONNECTIONS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "restarts the database server: scripts/test chaos"]
async fn answers_reads_across_database_restart() {
    let site = Site::postgres().await.expect("a server to restart");
    let seen = Arc::new(Seen::default());
    let mut took = Vec::new();
    let count = read_during(&site, &seen, async {
        for mode in ["fast", "immediate"] {
            let restart = move || {
                let mut command = Command::new(POSTGRES);
                command.args(["outage", "0", mode]).stdin(Stdio::null());
                command.stdout(Stdio::null()).status().unwrap()
            };
            let begun = Instant::now();
            seen.down.store(true, Ordering::SeqCst);
            let ended = tokio::task::spawn_blocking(restart).await.unwrap();
            seen.down.store(false, Ordering::SeqCst);
            assert!(ended.success(), "{mode}");
            took.push(begun.elapsed());
            sleep(Duration::from_secs(2)).await;
        }
    })
    .await;
    let _ = writeln!(
        std::io::stderr(),
        "restarts of {took:?}: {count} reads, {} refused after they had waited",
        seen.refused.load(Ordering::Relaxed)
    );
}

/// Path of the script that controls the server of these tests.
const POSTGRES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/postgres");

/// Sends reads of every kind during an event of the database, asserts that all are answered, and returns their number.
async fn read_during(site: &Site, seen: &Arc<Seen>, happens: impl Future<Output = ()>) -> u32 {
    let migrated = run(&["migrate", "up"], &[("DATABASE_URL", &site.url)]);
    assert_eq!(migrated.code, Some(0), "{migrated:?}");
    let mut process = Process::start(&[
        ("DATABASE_URL", &site.url),
        ("LOG_LEVEL", "info,notes_service::request=off"),
    ]);
    let address = process.address().await;
    let cookie = register(address).await;
    let mut id = String::new();
    for number in 0..20 {
        // Long enough that the rows of a list come in several packets.
        let note = json!({"title": format!("note {number}"), "content": "to be read ".repeat(400)});
        let (status, made) = ask(address, &cookie, "POST", "/api/notes", Some(&note)).await;
        assert_eq!(status, 201, "{made}");
        made["id"].as_str().unwrap().clone_into(&mut id);
    }
    let filter = json!({"name": "all", "query": {"q": "read"}});
    let (status, filter) = ask(address, &cookie, "POST", "/api/filters", Some(&filter)).await;
    assert_eq!(status, 201, "{filter}");
    let paths = Arc::new(paths(&id, filter["id"].as_str().unwrap()));
    let readers: Vec<_> = (0..CLIENTS as usize)
        .map(|number| {
            let (paths, seen) = (Arc::clone(&paths), Arc::clone(seen));
            tokio::spawn(reader(address, cookie.clone(), number, paths, seen))
        })
        .collect();
    sleep(Duration::from_millis(500)).await;
    happens.await;
    seen.over.store(true, Ordering::Relaxed);
    let mut count = 0;
    for reader in readers {
        count += reader.await.unwrap();
    }
    assert!(count > 100, "{count} reads");
    count
}

const EXPORT: &str = "/api/export?format=json";

/// Returns the paths to read: lists, transactions, row-by-row reads, several statements.
fn paths(note: &str, filter: &str) -> Vec<String> {
    let paths = [
        "/api/notes?limit=10",
        "/api/notes?limit=100&fields=full",
        "/api/notes/{note}",
        "/api/changes?since=0",
        "/api/search?q=read&limit=100&fields=full",
        "/api/labels",
        "/api/me",
        "/api/sessions",
        "/api/tokens",
        EXPORT,
        "/api/notes/{note}/revisions",
        "/api/notes/{note}/attachments",
        "/api/notes/{note}/links",
        "/api/notes/{note}/shares",
        "/api/filters",
        "/api/filters/{filter}/notes",
        "/api/webhooks",
        "/api/me/factors",
        "/api/me/reminders",
        "/api/me/identities",
        "/api/passkeys",
        "/api/invitations",
        "/api/shared",
        "/api/notes?place=trash",
    ];
    let paths = paths.map(|path| path.replace("{note}", note).replace("{filter}", filter));
    paths.to_vec()
}

/// Sends different reads on one connection until the test ends. A read may fail only if the server refuses connections for longer than a read waits.
async fn reader(
    address: SocketAddr,
    cookie: String,
    number: usize,
    paths: Arc<Vec<String>>,
    seen: Arc<Seen>,
) -> u32 {
    let mut wire = Wire::connect(address).await.unwrap();
    let mut count = 0;
    for path in paths.iter().cycle().skip(number * 3) {
        if seen.over.load(Ordering::Relaxed) {
            break;
        }
        // One user has two exports at once.
        if path == EXPORT && number > 0 {
            continue;
        }
        let mut asking = cookie.clone();
        if path == EXPORT {
            asking.push_str("\r\nconnection: close");
        }
        let (is_down, asked) = (seen.down.load(Ordering::SeqCst), Instant::now());
        let reply = timeout(
            Duration::from_secs(30),
            wire.ask("GET", path, &asking, None),
        );
        let reply = reply.await.expect("an answer in time").unwrap();
        let is_down = is_down || seen.down.load(Ordering::SeqCst);
        if reply.status == 503 && is_down && asked.elapsed() >= WAITS {
            seen.refused.fetch_add(1, Ordering::Relaxed);
            if reply.closes() {
                wire = Wire::connect(address).await.unwrap();
            }
            continue;
        }
        assert_eq!(
            reply.status,
            200,
            "{path} after {:?}: {}{}",
            asked.elapsed(),
            reply.head,
            String::from_utf8_lossy(&reply.body)
        );
        count += 1;
        if path == EXPORT {
            let is_whole = wire.closed().await.ends_with(b"0\r\n\r\n");
            let has_waited = seen.down.load(Ordering::SeqCst) && asked.elapsed() >= WAITS;
            assert!(is_whole || has_waited, "an export was cut off");
            wire = Wire::connect(address).await.unwrap();
        }
    }
    count
}

/// Creates notes and sometimes reads a page until the test ends, and returns the created notes. Only 503 with `Retry-After` is permitted as a
/// failure.
async fn client(address: SocketAddr, cookie: String, number: u32, seen: Arc<Seen>) -> Vec<String> {
    let mut made = Vec::new();
    for round in 0.. {
        if seen.over.load(Ordering::Relaxed) {
            break;
        }
        let (method, path, right) = match round % 4 {
            3 => ("GET", "/api/notes?limit=5", 200),
            _ => ("POST", "/api/notes", 201),
        };
        let note = json!({"title": format!("{number} {round}"), "content": "kept"});
        let body = (method == "POST").then_some(&note);
        let (status, answer) = ask(address, &cookie, method, path, body).await;
        if status == 503 {
            assert_eq!(answer["code"], "unavailable", "{answer}");
            seen.refused.fetch_add(1, Ordering::Relaxed);
            sleep(Duration::from_millis(20)).await;
            continue;
        }
        assert_eq!(status, right, "{method} {path}: {answer}");
        if method == "POST" {
            made.push(answer["id"].as_str().unwrap().to_owned());
            seen.made.fetch_add(1, Ordering::Relaxed);
        }
    }
    made
}

/// Listens to events as a page does: it reconnects when its stream ends.
async fn listener(address: SocketAddr, cookie: String, seen: Arc<Seen>) {
    loop {
        let mut wire = Wire::connect(address)
            .await
            .expect("it accepts connections");
        let reply = wire.ask("GET", "/api/events", &cookie, None).await;
        let status = reply.expect("an answer").status;
        if status != 200 {
            assert_eq!(status, 503);
            sleep(Duration::from_millis(100)).await;
            continue;
        }
        while let Ok(event) = wire.event().await {
            let revision = event
                .split_once("\"revision\":")
                .and_then(|(_, rest)| rest.split(['}', ',']).next()?.parse().ok());
            if let Some(revision) = revision {
                seen.told.fetch_max(revision, Ordering::Relaxed);
            }
        }
    }
}

/// Asserts throughout the test that the process is alive.
async fn probes(address: SocketAddr, seen: Arc<Seen>) {
    while !seen.over.load(Ordering::Relaxed) {
        assert_eq!(get(address, "/healthz").await, 200);
        sleep(Duration::from_millis(100)).await;
    }
}

/// Waits until this many more notes have been created.
async fn more_notes(seen: &Seen, count: u32) {
    let wanted = seen.made.load(Ordering::Relaxed) + count;
    let made = async {
        while seen.made.load(Ordering::Relaxed) < wanted {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(RECOVERY, made).await.expect("notes are made");
}

async fn get(address: SocketAddr, path: &str) -> u16 {
    ask(address, "", "GET", path, None).await.0
}

/// Sends a request on a separate connection, and returns the response.
async fn ask(
    address: SocketAddr,
    cookie: &str,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> (u16, Value) {
    let mut wire = Wire::connect(address)
        .await
        .expect("it accepts connections");
    let reply = wire
        .ask(method, path, cookie, body)
        .await
        .expect("an answer");
    if reply.status == 503 && path != "/readyz" {
        let seconds = reply
            .header("retry-after")
            .expect("503 says when to try again");
        assert!(
            (1..=5).contains(&seconds.parse::<u32>().unwrap()),
            "{seconds}"
        );
    }
    (
        reply.status,
        serde_json::from_slice(&reply.body).unwrap_or_default(),
    )
}

/// Returns the identifiers of all notes.
async fn all_notes(address: SocketAddr, cookie: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut path = "/api/notes?limit=100".to_owned();
    loop {
        let (status, page) = ask(address, cookie, "GET", &path, None).await;
        assert_eq!(status, 200, "{page}");
        for note in page["items"].as_array().unwrap() {
            let id = note["id"].as_str().unwrap().to_owned();
            assert!(found.insert(id), "a note is there twice");
        }
        match page["nextCursor"].as_str() {
            Some(cursor) => path = format!("/api/notes?limit=100&cursor={cursor}"),
            None => return found,
        }
    }
}
