//! Tests that an ended session ends on all replicas within a second, for requests and for open streams.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::json;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::fleet::Fleet;
use super::people::{ask, connect, network, register, sign_in};
use crate::support::PASSWORD;
use crate::support::process::run;

/// Time within which a session must end at every replica.
const LIMIT: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn revokes_session_on_all_replicas_within_a_second() {
    let Some(fleet) = Fleet::start(&[]).await else {
        return;
    };
    let to = fleet.address();
    let from = network(1);
    let keeper = register(to, from, "ada").await;

    let ended = Watched::of(&fleet, &sign_in(to, from, "ada").await).await;
    let sessions = ask(to, from, &keeper, "GET", "/api/sessions", None).await.1;
    let items = sessions["items"].as_array().unwrap();
    let other = items
        .iter()
        .find(|session| session["current"] == false)
        .unwrap();
    let path = format!("/api/sessions/{}", other["id"].as_str().unwrap());
    let status = ask(to, from, &keeper, "DELETE", &path, None).await.0;
    assert_eq!(status, 204);
    ended.expect_end("a session that was ended").await;

    let ended = Watched::of(&fleet, &sign_in(to, from, "ada").await).await;
    let change =
        json!({"currentPassword": PASSWORD, "newPassword": "another correct horse battery"});
    let status = ask(to, from, &keeper, "PUT", "/api/me/password", Some(&change))
        .await
        .0;
    assert_eq!(status, 204);
    ended.expect_end("a password that was changed").await;
    let status = ask(to, from, &keeper, "GET", "/api/me", None).await.0;
    assert_eq!(status, 200, "the session that changed it stays");

    let ended = Watched::of(&fleet, &keeper).await;
    let url = [("DATABASE_URL", fleet.site.url.as_str())];
    let ran = run(&["user", "disable", "ada"], &url);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ended.expect_end("an account that was disabled").await;

    let token = register(to, from, "eve").await;
    let ended = Watched::of(&fleet, &token).await;
    let status = ask(to, from, &token, "POST", "/api/auth/logout", None)
        .await
        .0;
    assert_eq!(status, 204);
    ended.expect_end("somebody who signed out").await;
}

/// A session in use at every replica, by continuous requests and an open stream.
struct Watched {
    uses: Vec<JoinHandle<Instant>>,
    streams: Vec<JoinHandle<Instant>>,
}

impl Watched {
    async fn of(fleet: &Fleet, cookie: &str) -> Self {
        let mut watched = Self {
            uses: Vec::new(),
            streams: Vec::new(),
        };
        for replica in fleet.replicas() {
            let mut wire = connect(replica, network(1)).await.unwrap();
            // So that the end of the stream is that of the connection.
            let asking = format!("{cookie}\r\nconnection: close");
            let reply = wire.ask("GET", "/api/events", &asking, None).await.unwrap();
            assert_eq!(reply.status, 200, "{}", reply.head);
            watched.streams.push(tokio::spawn(async move {
                wire.closed().await;
                Instant::now()
            }));
            watched
                .uses
                .push(tokio::spawn(last_use(replica, cookie.to_owned())));
        }
        // Whatever a replica remembers of a session, it remembers now.
        sleep(Duration::from_millis(300)).await;
        watched
    }

    /// Asserts that the session ends at every replica within a second.
    async fn expect_end(self, what: &str) {
        let begun = Instant::now();
        for (kind, waiting) in [("a request", self.uses), ("a stream", self.streams)] {
            for each in waiting {
                let ended = timeout(Duration::from_secs(10), each).await;
                let ended = ended
                    .unwrap_or_else(|_| panic!("{what}: {kind} goes on"))
                    .unwrap();
                let after = ended.saturating_duration_since(begun);
                assert!(after <= LIMIT, "{what}: {kind} went on for {after:?}");
            }
        }
    }
}

/// Sends requests until one is refused, and returns that time.
async fn last_use(replica: SocketAddr, cookie: String) -> Instant {
    let mut wire = connect(replica, network(1)).await.unwrap();
    loop {
        let reply = wire.ask("GET", "/api/labels", &cookie, None).await.unwrap();
        if reply.status == 401 {
            return Instant::now();
        }
        assert_eq!(reply.status, 200, "{}", reply.head);
        sleep(Duration::from_millis(20)).await;
    }
}
