//! Tests of an embedded database on a full disk, a file system of some MiB in memory.

use std::fs::File;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::PASSWORD;
use crate::support::process::{PROGRAM, Process};
use crate::support::wire::{Reply, Wire, register};

/// Search path of the programs that create a file system; the service gets no other variables than these.
const PATH: (&str, &str) = ("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
/// Shell command that mounts a file system of 48 MiB at the folder `$0`.
const MOUNT: &str = "mount -t tmpfs -o size=48m,mode=700 tmpfs \"$0\"";

/// A service with its database on a small disk, which is removed with the process or with this value.
struct SmallDisk {
    process: Process,
    folder: PathBuf,
    /// `true` if the file system is mounted globally and has to be unmounted.
    mounted: bool,
    place: TempDir,
}

impl SmallDisk {
    /// Starts a service with a private file system, if this user may create one; otherwise with one that `sudo` creates without a password.
    fn start() -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().to_str().unwrap().to_owned();
        let url = format!("sqlite:{folder}/notes.db");
        let variables = [
            PATH,
            ("DATABASE_URL", url.as_str()),
            ("NOTES_PER_USER", "1000000"),
        ];
        let namespace = ["--user", "--map-root-user", "--mount", "sh", "-ec"];
        let tried = |command: &mut Command| {
            let quiet = command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            quiet.status().is_ok_and(|status| status.success())
        };
        if tried(
            Command::new("unshare")
                .args(namespace)
                .args([MOUNT, &folder]),
        ) {
            let script = format!("{MOUNT}; exec \"$1\" serve");
            let mut command = Command::new("unshare");
            command.args(namespace).args([&script, &folder, PROGRAM]);
            let process = Process::by(&mut command, &variables);
            let folder = format!("/proc/{}/root{folder}", process.id()).into();
            return Some(Self {
                process,
                folder,
                mounted: false,
                place,
            });
        }
        let mount = format!("{MOUNT} && chown \"$1\" \"$0\"");
        let user = Command::new("id").arg("-u").output().unwrap().stdout;
        let user = String::from_utf8(user).unwrap();
        if tried(Command::new("sudo").args(["-n", "sh", "-ec", &mount, &folder, user.trim()])) {
            let process = Process::start(&variables);
            return Some(Self {
                process,
                folder: folder.into(),
                mounted: true,
                place,
            });
        }
        // Past the test harness, which shows only what failed tests print.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: a full disk, as neither `unshare` nor `sudo` makes a file system here"
        );
        None
    }

    /// Fills the remaining disk space completely with a file of this name.
    fn fill(&self, name: &str) {
        let mut file = File::create(self.folder.join(name)).unwrap();
        let mut size = 1024 * 1024;
        while size > 0 {
            if file.write_all(&vec![0; size]).is_err() {
                size /= 2;
            }
        }
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.folder.join(name)).unwrap();
    }

    fn has_reserve(&self) -> bool {
        self.folder.join("notes.db-reserve").exists()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if self.mounted {
            self.process.kill();
            let _ = Command::new("sudo")
                .args(["-n", "umount", "-l"])
                .arg(self.place.path())
                .status();
        }
    }
}

/// A signed-in user of the service.
struct User {
    address: SocketAddr,
    cookie: String,
}

impl User {
    async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        let mut wire = Wire::connect(self.address).await.unwrap();
        wire.ask(method, path, &self.cookie, body.as_ref())
            .await
            .unwrap()
    }

    /// Returns the answer, which must have this status.
    async fn send(&self, status: u16, method: &str, path: &str, body: Option<Value>) -> Value {
        let reply = self.ask(method, path, body).await;
        let text = String::from_utf8_lossy(&reply.body);
        assert_eq!(reply.status, status, "{method} {path}: {text}");
        serde_json::from_slice(&reply.body).unwrap_or_default()
    }

    /// Asserts that a write is refused because the disk is full.
    async fn is_refused(&self, method: &str, path: &str, body: Option<Value>) {
        let reply = self.ask(method, path, body).await;
        let problem: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(
            (reply.status, problem["code"].as_str()),
            (503, Some("storage_full")),
            "{problem}"
        );
        assert!(
            problem["detail"].as_str().unwrap().contains("disk"),
            "{problem}"
        );
        assert_eq!(reply.header("retry-after"), Some("60"));
    }

    /// Returns the identifiers of all notes of a place.
    async fn notes(&self, place: &str) -> Vec<String> {
        let mut found = Vec::new();
        let first = format!("/api/notes?limit=100&fields=board&place={place}");
        let mut path = first.clone();
        loop {
            let page = self.send(200, "GET", &path, None).await;
            let items = page["items"].as_array().unwrap();
            found.extend(
                items
                    .iter()
                    .map(|note| note["id"].as_str().unwrap().to_owned()),
            );
            match page["nextCursor"].as_str() {
                Some(cursor) => path = format!("{first}&cursor={cursor}"),
                None => return found,
            }
        }
    }

    async fn database(&self) -> (u16, String) {
        let reply = self.ask("GET", "/readyz", None).await;
        let state: Value = serde_json::from_slice(&reply.body).unwrap();
        (
            reply.status,
            state["checks"]["database"].as_str().unwrap().to_owned(),
        )
    }
}

fn note(bytes: usize) -> Value {
    // Of many words, as texts are.
    let words = (0..).map(|number: u32| format!("w{} ", number.wrapping_mul(2_654_435_761)));
    let mut text = String::new();
    for word in words {
        if text.len() + word.len() > bytes {
            break;
        }
        text.push_str(&word);
    }
    json!({"title": "large", "content": text})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn allows_reads_and_deletions_on_full_disk() {
    let Some(mut disk) = SmallDisk::start() else {
        return;
    };
    let address = disk.process.address().await;
    let user = User {
        address,
        cookie: register(address).await,
    };
    for _ in 0..8 {
        user.send(201, "POST", "/api/notes", Some(note(50_000)))
            .await;
    }
    assert_eq!(user.database().await, (200, "ok".to_owned()));
    assert!(disk.has_reserve());

    disk.fill("of-somebody-else");
    assert_eq!(user.database().await, (503, "full".to_owned()));
    assert!(!disk.has_reserve(), "what was kept is for what frees room");
    let notes = user.notes("active").await;
    user.is_refused("POST", "/api/notes", Some(note(10))).await;
    user.is_refused("POST", "/api/labels", Some(json!({"name": "new"})))
        .await;
    user.is_refused("POST", "/api/auth/guest", None).await;
    user.is_refused("POST", "/api/notes", Some(note(50_000)))
        .await;
    assert_eq!(
        user.notes("active").await,
        notes,
        "nothing was written, nothing is lost"
    );
    user.send(200, "GET", "/api/search?q=large", None).await;
    // Who comes now can sign in, and throw away.
    let login = json!({"login": "ada", "password": PASSWORD});
    let visitor = User {
        address,
        cookie: String::new(),
    };
    visitor
        .send(200, "POST", "/api/auth/login", Some(login))
        .await;
    for id in &notes[..2] {
        user.send(200, "DELETE", &format!("/api/notes/{id}"), None)
            .await;
        user.send(204, "DELETE", &format!("/api/notes/{id}/permanent"), None)
            .await;
    }
    assert_eq!(user.notes("active").await, notes[2..]);

    // The last byte is gone too: SQLite itself refuses, and reading goes on.
    disk.fill("of-somebody-else-again");
    let mut refused = 0;
    for id in &notes[2..] {
        let reply = user.ask("DELETE", &format!("/api/notes/{id}"), None).await;
        if reply.status == 503 {
            refused += 1;
        } else {
            assert_eq!(
                reply.status,
                200,
                "{}",
                String::from_utf8_lossy(&reply.body)
            );
        }
    }
    user.is_refused("POST", "/api/notes", Some(note(50_000)))
        .await;
    let left = user.notes("active").await.len();
    assert_eq!(left, refused, "what was refused has not happened");
    assert_eq!(user.notes("active").await.len(), left);

    disk.remove("of-somebody-else-again");
    for id in user.notes("active").await.iter().skip(1) {
        user.send(200, "DELETE", &format!("/api/notes/{id}"), None)
            .await;
    }
    disk.remove("of-somebody-else");
    assert_eq!(user.database().await, (200, "ok".to_owned()));
    for _ in 0..8 {
        user.send(201, "POST", "/api/notes", Some(note(50_000)))
            .await;
    }
    assert!(disk.has_reserve(), "room is kept again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accepts_notes_again_after_deletions_on_full_disk() {
    let Some(mut disk) = SmallDisk::start() else {
        return;
    };
    let address = disk.process.address().await;
    let user = User {
        address,
        cookie: register(address).await,
    };
    let mut made = Vec::new();
    loop {
        let reply = user.ask("POST", "/api/notes", Some(note(90_000))).await;
        let answer: Value = serde_json::from_slice(&reply.body).unwrap();
        if reply.status != 201 {
            assert_eq!(answer["code"], "storage_full", "{answer}");
            break;
        }
        made.insert(0, answer["id"].as_str().unwrap().to_owned());
        assert!(made.len() < 2_000, "48 MiB are never full");
    }
    assert!(made.len() > 50, "{} notes", made.len());
    assert_eq!(
        user.notes("active").await,
        made,
        "what was acknowledged is there"
    );
    assert_eq!(user.database().await.0, 503);
    user.is_refused("POST", "/api/notes", Some(note(10))).await;
    for id in &made {
        user.send(200, "DELETE", &format!("/api/notes/{id}"), None)
            .await;
    }
    user.send(200, "DELETE", "/api/trash", None).await;
    // Nobody has made room on the disk: it is within the file.
    assert_eq!(user.database().await, (200, "ok".to_owned()));
    for _ in 0..10 {
        user.send(201, "POST", "/api/notes", Some(note(90_000)))
            .await;
    }
}
