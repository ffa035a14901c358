//! Tests of three replicas with one database behind a balancer, which are stopped, killed and added under load.

mod balancer;
mod fleet;
mod limits;
mod people;
mod revocation;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep, timeout};

use fleet::Fleet;
use people::{Made, Seen, Told, ask, listen, network, register, write};

/// Limit of every wait, with a margin for a machine that compiles at the same time.
const PATIENCE: Duration = Duration::from_secs(30);
const PEOPLE: [&str; 2] = ["ada", "eve"];
/// Number of writing clients per person; [`DEVICES`] is the number of listening ones.
const WRITERS: u32 = 2;
const DEVICES: u8 = 3;

/// A user with the tasks of all devices.
struct Person {
    cookie: String,
    seen: Arc<Seen>,
    writers: Vec<tokio::task::JoinHandle<Vec<Made>>>,
    devices: Vec<tokio::task::JoinHandle<Told>>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_consistency_while_replicas_start_and_stop() {
    let Some(mut fleet) = Fleet::start(&[("NOTES_PER_USER", "1000000")]).await else {
        return;
    };
    let to = fleet.address();
    let mut people = Vec::new();
    for (number, name) in (1..).zip(PEOPLE) {
        people.push(begin(to, number, name).await);
    }
    work(&people, 20).await;
    // As a deployment does it: another one first. No request fails, which those who write assert.
    for _ in 0..2 {
        fleet.grow().await;
        fleet.stop_one().await;
        work(&people, 20).await;
    }
    for _ in 0..2 {
        permit_failures(&people, true);
        fleet.kill_one().await;
        work(&people, 20).await;
        fleet.grow().await;
        // Connections that lead to the one that was killed have met their end.
        work(&people, 20).await;
        permit_failures(&people, false);
    }
    fleet.stop_one().await;
    work(&people, 20).await;
    for person in people {
        end(to, person).await;
    }
}

/// Starts the writers and devices of a new person.
async fn begin(to: SocketAddr, number: u8, name: &str) -> Person {
    let from = network(number);
    let cookie = register(to, from, name).await;
    let seen = Arc::new(Seen::default());
    let devices =
        (0..DEVICES).map(|_| tokio::spawn(listen(to, from, cookie.clone(), Arc::clone(&seen))));
    let devices = devices.collect();
    let writers = (0..WRITERS)
        .map(|writer| tokio::spawn(write(to, from, cookie.clone(), writer, Arc::clone(&seen))));
    Person {
        writers: writers.collect(),
        devices,
        cookie,
        seen,
    }
}

/// Waits until each person has created this many more notes.
async fn work(people: &[Person], count: u32) {
    for person in people {
        let made = || person.seen.made.load(Ordering::Relaxed);
        let wanted = made() + count;
        let begun = Instant::now();
        while made() < wanted {
            assert!(
                !person
                    .writers
                    .iter()
                    .any(tokio::task::JoinHandle::is_finished),
                "a writer failed"
            );
            assert!(begun.elapsed() < PATIENCE, "no notes are made");
            sleep(Duration::from_millis(20)).await;
        }
    }
}

fn permit_failures(people: &[Person], may: bool) {
    for person in people {
        person.seen.may_fail.store(may, Ordering::SeqCst);
    }
}

/// Ends the work of a person, and compares acknowledged writes, stored notes and received events.
async fn end(to: SocketAddr, person: Person) {
    let Person {
        cookie,
        seen,
        writers,
        devices,
    } = person;
    // Every note of a writer that reminds is heard by every device; the writers end first, so that it is known which these are.
    let made = stop_writing(&seen, writers).await;
    let reminding: BTreeSet<&str> = made
        .iter()
        .flatten()
        .filter(|made| made.reminds)
        .map(|made| made.id.as_str())
        .collect();
    let expected = u32::try_from(reminding.len()).unwrap() * u32::from(DEVICES);
    assert!(expected > 0, "some notes remind");
    let heard = async {
        while seen.reminded.load(Ordering::Relaxed) < expected {
            sleep(Duration::from_millis(50)).await;
        }
    };
    let in_time = timeout(PATIENCE, heard).await.is_ok();
    // What comes twice would come now.
    sleep(Duration::from_secs(1)).await;
    let revision = ask(to, network(9), &cookie, "GET", "/api/notes?limit=1", None)
        .await
        .1["revision"]
        .as_i64()
        .unwrap();
    seen.over.store(true, Ordering::Relaxed);
    for device in devices {
        let told = device.await.unwrap();
        for stream in &told.revisions {
            assert!(
                stream.is_sorted_by(|before, after| before < after),
                "a change is told twice, or too late: {stream:?}"
            );
        }
        let all: Vec<i64> = told.revisions.concat();
        assert!(
            all.is_sorted(),
            "a stream begins before the end of the one before: {:?}",
            told.revisions
        );
        assert_eq!(all.last(), Some(&revision), "the last change is told");
        let once: BTreeMap<&str, u32> = reminding.iter().map(|note| (*note, 1)).collect();
        let heard: BTreeMap<&str, u32> = told
            .reminders
            .iter()
            .map(|(note, times)| (note.as_str(), *times))
            .collect();
        assert_eq!(
            heard, once,
            "each reminder comes once to each device; {in_time} in time"
        );
    }
    compare(to, &cookie, &made).await;
}

async fn stop_writing(
    seen: &Seen,
    writers: Vec<tokio::task::JoinHandle<Vec<Made>>>,
) -> Vec<Vec<Made>> {
    seen.enough.store(true, Ordering::Relaxed);
    let mut made = Vec::new();
    for writer in writers {
        made.push(writer.await.unwrap());
    }
    made
}

/// Asserts that every acknowledged note exists once, with the notes of each writer in the order of creation, the latest first.
async fn compare(to: SocketAddr, cookie: &str, made: &[Vec<Made>]) {
    let kept = all_notes(to, cookie).await;
    let titles: BTreeSet<&str> = kept.iter().map(|(_, title)| title.as_str()).collect();
    assert_eq!(titles.len(), kept.len(), "a note was made twice");
    assert_eq!(
        kept.len(),
        made.iter().map(Vec::len).sum::<usize>(),
        "as many as were acknowledged"
    );
    for (writer, made) in (0..).zip(made) {
        let of_writer = format!("{writer} ");
        let kept: Vec<&(String, String)> = kept
            .iter()
            .filter(|(_, title)| title.starts_with(&of_writer))
            .collect();
        let made: Vec<(&str, &str)> = made
            .iter()
            .rev()
            .map(|made| (made.id.as_str(), made.title.as_str()))
            .collect();
        let kept: Vec<(&str, &str)> = kept
            .iter()
            .map(|(id, title)| (id.as_str(), title.as_str()))
            .collect();
        assert_eq!(kept, made);
    }
    let me = ask(to, network(9), cookie, "GET", "/api/me", None).await.1;
    assert_eq!(
        me["usage"]["notes"],
        kept.len(),
        "the count of the account is right"
    );
}

/// Returns identifiers and titles of all notes, in their order.
async fn all_notes(to: SocketAddr, cookie: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut path = "/api/notes?limit=100".to_owned();
    loop {
        let (status, page) = ask(to, network(9), cookie, "GET", &path, None).await;
        assert_eq!(status, 200, "{page}");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        found.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|note| (text(&note["id"]), text(&note["title"]))),
        );
        match page["nextCursor"].as_str() {
            Some(cursor) => path = format!("/api/notes?limit=100&cursor={cursor}"),
            None => return found,
        }
    }
}
