//! Limits that are one for all replicas: guests, notes of an account, attempts, and what a key makes.

use std::net::SocketAddr;

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::fleet::Fleet;
use super::people::{ask, connect, network, register};

/// Notes of one account.
const NOTES: usize = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_and_keys_hold_over_all_replicas() {
    let notes = NOTES.to_string();
    let variables = [("GUESTS", "12"), ("NOTES_PER_USER", &notes)];
    let Some(fleet) = Fleet::start(&variables).await else {
        return;
    };
    let to = fleet.address();
    guests_are_so_many(to).await;
    attempts_are_so_many(to).await;
    one_key_makes_one_note(&fleet).await;
    accounts_hold_so_many_notes(to).await;
}

/// Statuses, sorted, of requests that are sent at once; the balancer spreads them over the replicas.
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

async fn guests_are_so_many(to: SocketAddr) {
    // One network may bring ten in an hour.
    let of_one = at_once(to, 15, |_| 20, "/api/auth/guest", None).await;
    assert_eq!(of_one, [vec![201; 10], vec![429; 5]].concat());
    // Of the twelve places two are left for everybody else.
    let of_many = at_once(to, 9, |number| 30 + number, "/api/auth/guest", None).await;
    assert_eq!(of_many, [vec![201; 2], vec![503; 7]].concat());
}

async fn attempts_are_so_many(to: SocketAddr) {
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

/// A key that is sent to all replicas at once, again and again.
async fn one_key_makes_one_note(fleet: &Fleet) {
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

async fn accounts_hold_so_many_notes(to: SocketAddr) {
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
