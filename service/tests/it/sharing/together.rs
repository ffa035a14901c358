//! Tests of concurrent writers of a shared note, and of shares and notes that end meanwhile.

use futures_util::future::join_all;
use serde_json::json;

use super::{note, patch, path_of_share, settle, share};
use crate::support::{Person, Service, on_both_databases};

on_both_databases!(
    accepts_one_of_two_concurrent_writes,
    rejects_writes_after_share_ends,
    rejects_writes_to_deleted_note,
    writes_mutually_shared_notes_without_deadlock,
);

async fn version(service: &Service, who: &Person, id: &str) -> i64 {
    let note = service.send(who, "GET", &format!("/api/notes/{id}")).await;
    note.is(200).body["version"].as_i64().unwrap()
}

async fn accepts_one_of_two_concurrent_writes(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "").await;
    share(&service, &ada, &id, (&bob, "bob"), "write").await;
    let (own, shared) = (format!("/api/notes/{id}"), format!("/api/shared/{id}"));
    for round in 1..=10 {
        let at = Some(version(&service, &ada, &id).await);
        let text = |who: &str| json!({"content": format!("{who} {round}")});
        let (by_ada, by_bob) = tokio::join!(
            patch(&service, &ada, &own, at, text("Ada")),
            patch(&service, &bob, &shared, at, text("Bob")),
        );
        let mut both = [by_ada.status.as_u16(), by_bob.status.as_u16()];
        let winner = if both[0] == 200 { "Ada" } else { "Bob" };
        both.sort_unstable();
        assert_eq!(both, [200, 412], "{} {}", by_ada.body, by_bob.body);
        let now = service.send(&bob, "GET", &shared).await.is(200);
        assert_eq!(now.body["content"], format!("{winner} {round}"));
    }
}

async fn rejects_writes_after_share_ends(service: Service) {
    let service = super::unlimited(service);
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "").await;
    let shared = format!("/api/shared/{id}");
    for round in 0..5 {
        share(&service, &ada, &id, (&bob, "bob"), "write").await;
        let of_bob = path_of_share(&service, &ada, &id, "bob").await;
        let before = version(&service, &ada, &id).await;
        let writes = join_all((0..6).map(|number| {
            let body = json!({"content": format!("{round} {number}")});
            patch(&service, &bob, &shared, None, body)
        }));
        let (written, ended) = tokio::join!(writes, async {
            let ended = service.send(&ada, "DELETE", &of_bob).await.is(204);
            (ended, version(&service, &ada, &id).await)
        });
        let successes = written
            .iter()
            .filter(|answer| answer.status.as_u16() == 200);
        let successes = i64::try_from(successes.count()).unwrap();
        for answer in &written {
            assert!(
                [200, 404].contains(&answer.status.as_u16()),
                "{}",
                answer.body
            );
        }
        let (_, at_end) = ended;
        // What was there when the owner heard of the end stays.
        assert_eq!(version(&service, &ada, &id).await, at_end);
        assert_eq!(at_end - before, successes);
        patch(&service, &bob, &shared, None, json!({"content": "late"}))
            .await
            .problem(404, "not_found");
    }
}

async fn rejects_writes_to_deleted_note(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "").await;
    share(&service, &ada, &id, (&bob, "bob"), "write").await;
    let (own, shared) = (format!("/api/notes/{id}"), format!("/api/shared/{id}"));
    let writes = join_all((0..8).map(|number| {
        let body = json!({"content": format!("{number}")});
        patch(&service, &bob, &shared, None, body)
    }));
    let (written, ()) = tokio::join!(writes, async {
        service.send(&ada, "DELETE", &own).await.is(200);
        let permanent = format!("{own}/permanent");
        service.send(&ada, "DELETE", &permanent).await.is(204);
    });
    for answer in &written {
        assert!(
            [200, 404].contains(&answer.status.as_u16()),
            "{}",
            answer.body
        );
    }
    settle(&service).await;
    let heard = service
        .send(&bob, "GET", "/api/changes?since=0")
        .await
        .is(200);
    assert_eq!(heard.body["endedShares"], json!([id]));
    assert_eq!(heard.body["sharedNotes"], json!([]));
}

/// The case: each of two users writes a note of the other, and no transaction holds the locks of both.
async fn writes_mutually_shared_notes_without_deadlock(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let of_ada = note(&service, &ada, "").await;
    let of_bob = note(&service, &bob, "").await;
    share(&service, &ada, &of_ada, (&bob, "bob"), "write").await;
    share(&service, &bob, &of_bob, (&ada, "ada"), "write").await;
    let (of_ada, of_bob) = (&of_ada, &of_bob);
    let rounds = (0..8).map(|number| {
        let (service, ada, bob) = (&service, &ada, &bob);
        async move {
            let body = || json!({"content": format!("{number}")});
            let paths = [
                (ada, format!("/api/notes/{of_ada}")),
                (bob, format!("/api/shared/{of_ada}")),
                (bob, format!("/api/notes/{of_bob}")),
                (ada, format!("/api/shared/{of_bob}")),
            ];
            let answers = paths
                .iter()
                .map(|(who, path)| patch(service, who, path, None, body()));
            for answer in join_all(answers).await {
                answer.is(200);
            }
        }
    });
    join_all(rounds).await;
    settle(&service).await;
    for (owner, recipient, id) in [(&ada, &bob, of_ada), (&bob, &ada, of_bob)] {
        let heard = service
            .send(recipient, "GET", "/api/changes?since=0")
            .await
            .is(200);
        assert_eq!(
            heard.body["sharedNotes"][0]["version"],
            version(&service, owner, id).await
        );
    }
}
