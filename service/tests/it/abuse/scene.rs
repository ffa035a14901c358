//! A running service, and a legitimate user who works throughout a test.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep};

use crate::support::Site;
use crate::support::process::{self, Process};
use crate::support::wire::{Wire, register};

/// The time that an attack lasts.
pub(super) const LENGTH: Duration = Duration::from_secs(2);
/// The variable with the path of a program to test in place of the one of the test run.
const PROGRAM: &str = "ABUSE_PROGRAM";
/// Network of attackers that use a single one.
pub(super) const MALLORY: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 66);

/// Returns true if the tested program is optimized.
pub(super) fn is_release() -> bool {
    std::env::var_os(PROGRAM).is_some()
}

/// Returns the length of a long note in bytes, less for a program without optimization, which is twenty times slower.
pub(super) fn long() -> usize {
    if is_release() { 96 * 1024 } else { 12 * 1024 }
}

/// Prints a table if the tested program is optimized.
pub(super) fn print(table: &str) {
    if is_release() {
        std::io::stderr().write_all(table.as_bytes()).unwrap();
    }
}

/// A running service with a legitimate user.
pub(super) struct Scene {
    process: Process,
    pub(super) address: SocketAddr,
    ada: String,
    _folder: tempfile::TempDir,
}

/// Requests, errors, times and memory while an attack lasted.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) requests: usize,
    pub(super) errors: Vec<String>,
    pub(super) p99: Duration,
    pub(super) peak_mib: u64,
}

impl Scene {
    pub(super) async fn start(site: &Site) -> Self {
        if site.url.starts_with("postgres") {
            let ran = process::run(&["migrate", "up"], &[("DATABASE_URL", &site.url)]);
            assert_eq!(ran.code, Some(0), "{ran:?}");
        }
        let program = std::env::var(PROGRAM).unwrap_or_else(|_| process::PROGRAM.to_owned());
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::of(
            &program,
            &[
                ("DATABASE_URL", &site.url),
                ("NOTES_PER_USER", "1000000"),
                ("CONNECTIONS", "1024"),
                ("EVENT_STREAMS", "100"),
                ("FILES_DIR", &folder.path().display().to_string()),
                ("LOG_LEVEL", "info,notes_service::request=off"),
            ],
        );
        let address = process.address().await;
        let ada = register(address).await;
        let scene = Self {
            process,
            address,
            ada,
            _folder: folder,
        };
        let mut wire = Wire::connect(address).await.unwrap();
        for number in 0..20 {
            let note = json!({"title": format!("note {number}"), "content": "honest work"});
            let reply = wire
                .ask("POST", "/api/notes", &scene.ada, Some(&note))
                .await;
            assert_eq!(reply.unwrap().status, 201);
        }
        scene
    }

    /// Returns a connection from another network.
    pub(super) async fn connect(&self, from: Ipv4Addr) -> std::io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        // So that the system does not take for a client what that client does not take.
        socket.set_recv_buffer_size(4096)?;
        socket.bind((from, 0).into())?;
        socket.connect(self.address).await
    }

    /// Returns the cookie of a guest in a network.
    pub(super) async fn guest(&self, from: Ipv4Addr) -> String {
        let mut wire = Wire::over(self.connect(from).await.unwrap());
        let reply = wire.ask("POST", "/api/auth/guest", "", None).await.unwrap();
        assert_eq!(reply.status, 201, "{}", reply.head);
        let cookie = reply.header("set-cookie").unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Returns the cookie of a guest with a number of notes of this text.
    pub(super) async fn guest_with(&self, count: usize, text: &str) -> String {
        let guest = self.guest(MALLORY).await;
        let mut wire = Wire::over(self.connect(MALLORY).await.unwrap());
        for _ in 0..count {
            let note = json!({"content": text});
            let reply = wire.ask("POST", "/api/notes", &guest, Some(&note)).await;
            let reply = reply.unwrap();
            assert_eq!(reply.status, 201, "{}", reply.head);
        }
        guest
    }

    /// Returns the cookie of the legitimate user.
    pub(super) fn ada(&self) -> &str {
        &self.ada
    }

    /// Runs an attack while the legitimate user works, and returns the measurements.
    pub(super) async fn during(&self, attack: impl Future<Output = ()>) -> Seen {
        self.process.forget_peak();
        let over = AtomicBool::new(false);
        let attack = async {
            attack.await;
            over.store(true, Ordering::Relaxed);
        };
        let ((), (mut times, errors)) = tokio::join!(attack, self.work(&over));
        times.sort_unstable();
        let p99 = times.get((times.len() * 99).div_ceil(100).saturating_sub(1));
        Seen {
            requests: times.len(),
            errors,
            p99: p99.copied().unwrap_or_default(),
            peak_mib: self.process.peak_mib(),
        }
    }

    /// Reads, writes, searches, and sends readiness checks, on a new connection each time.
    async fn work(&self, over: &AtomicBool) -> (Vec<Duration>, Vec<String>) {
        let note = json!({"content": "honest work"});
        let (mut times, mut errors) = (Vec::new(), Vec::new());
        let mut kept = Wire::connect(self.address).await.unwrap();
        while !over.load(Ordering::Relaxed) {
            for (method, path, body) in [
                ("GET", "/api/notes?limit=20", None),
                ("POST", "/api/notes", Some(&note)),
                ("GET", "/api/search?q=honest&limit=5", None),
                ("GET", "/healthz", None),
                ("GET", "/readyz", None),
            ] {
                let began = Instant::now();
                let reply = async {
                    if path.starts_with("/api") {
                        return kept.ask(method, path, &self.ada, body).await;
                    }
                    Wire::connect(self.address).await?.get(path).await
                };
                let reply = tokio::time::timeout(Duration::from_secs(30), reply).await;
                match reply {
                    Ok(Ok(reply)) if reply.status < 400 => {}
                    Ok(Ok(reply)) => errors.push(format!("{method} {path}: {}", reply.head)),
                    Ok(Err(error)) => {
                        errors.push(format!("{method} {path}: {error}"));
                        kept = Wire::connect(self.address).await.unwrap();
                    }
                    Err(_) => errors.push(format!("{method} {path}: no answer in 30 s")),
                }
                times.push(began.elapsed());
                sleep(Duration::from_millis(10)).await;
            }
        }
        (times, errors)
    }

    /// Waits until the process is idle; fails after a time limit.
    pub(super) async fn is_idle_soon(&self) {
        let began = Instant::now();
        loop {
            let before = self.process.cpu();
            sleep(Duration::from_millis(300)).await;
            // The honest user works on.
            if self.process.cpu().saturating_sub(before) < Duration::from_millis(200) {
                return;
            }
            let waited = began.elapsed();
            assert!(
                waited < Duration::from_secs(8),
                "it still works after {waited:?}"
            );
        }
    }
}
