//! Tests of periodic work: once across all replicas, and during outages.

use std::time::Duration;

use chrono::TimeDelta;
use notes_service::clock;
use notes_service::lifecycle::{Lifecycle, Phase};
use notes_service::telemetry::metrics::Metrics;
use notes_service::worker::{Job, JobIntervals, Worker};
use sea_orm::DbBackend;
use serde_json::json;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::{ago, count, execute};
use crate::support::{Person, Service, on_both_databases};

on_both_databases!(
    deletes_expired_trash_once,
    fires_reminders_once_with_two_workers,
    removes_expired_rows_of_all_kinds,
    continues_worker_after_database_outage,
);

const TRASH: TimeDelta = TimeDelta::days(30);

/// Starts a worker with short intervals.
fn start(service: &Service, lifecycle: &Lifecycle) -> JoinHandle<()> {
    let rhythm = JobIntervals {
        reminders: Duration::from_millis(50),
        deliveries: Duration::from_millis(50),
        listeners: Duration::from_millis(50),
        housekeeping: Duration::from_millis(50),
    };
    let store = service.app.store.clone();
    let worker = Worker::new(store, TRASH, lifecycle.clone()).with_intervals(rhythm);
    tokio::spawn(worker.run_jobs())
}

/// Waits until a table has this number of rows.
async fn until(service: &Service, table: &str, rows: i64) {
    let look = async {
        while count(service, table).await != rows {
            sleep(Duration::from_millis(20)).await;
        }
    };
    let looked = timeout(Duration::from_secs(20), look).await;
    let left = count(service, table).await;
    assert!(looked.is_ok(), "{table}: {left} rows, not {rows}");
}

async fn make(service: &Service, who: &Person, trashed: bool) -> String {
    let made = service.json(who, "POST", "/api/notes", json!({})).await;
    let id = made.is(201).body["id"].as_str().unwrap().to_owned();
    if trashed {
        let path = format!("/api/notes/{id}");
        service.send(who, "DELETE", &path).await.is(200);
    }
    id
}

async fn deletes_expired_trash_once(service: Service) {
    let replica = service.replica();
    let people = [service.person("ada").await, service.person("eve").await];
    let mut kept = Vec::new();
    for who in &people {
        for _ in 0..7 {
            make(&service, who, true).await;
        }
        kept.push(make(&service, who, false).await);
    }
    let before = service.send(&people[0], "GET", "/api/notes").await;
    let since = before.body["revision"].as_i64().unwrap();
    // Nothing is old enough.
    let store = &service.app.store;
    assert_eq!(store.expire_trash(TRASH).await.unwrap(), 0);
    execute(
        &service,
        "UPDATE notes SET trashed_at = $1 WHERE place = 2",
        vec![ago(TimeDelta::days(31))],
    )
    .await;
    // One of them not quite.
    let recent = make(&service, &people[1], true).await;

    let other = &replica.app.store;
    let work = async |store: &notes_service::store::Store| {
        let mut rows = 0;
        for _ in 0..4 {
            rows += store.expire_trash(TRASH).await.unwrap();
        }
        rows
    };
    let (one, two, three) = tokio::join!(work(store), work(other), work(other));
    assert_eq!(one + two + three, 14);
    for (who, notes) in people.iter().zip([1, 2]) {
        let account = service.send(who, "GET", "/api/me").await;
        assert_eq!(account.body["usage"]["notes"], notes);
    }
    // Devices hear of it.
    let path = format!("/api/changes?since={since}");
    let changes = service.send(&people[0], "GET", &path).await.is(200);
    assert_eq!(changes.body["deletedNotes"].as_array().unwrap().len(), 7);
    for (who, id) in [(&people[0], &kept[0]), (&people[1], &recent)] {
        let path = format!("/api/notes/{id}");
        service.send(who, "GET", &path).await.is(200);
    }
    assert_eq!(count(&service, "notes").await, 3);
    if service.app.store.backend() == DbBackend::Sqlite {
        // Nor are the words of others kept.
        assert_eq!(count(&service, "note_search").await, 3);
    }
}

async fn fires_reminders_once_with_two_workers(service: Service) {
    let replica = service.replica();
    for number in 0..6 {
        let who = service.person(&format!("ada-{number}")).await;
        for _ in 0..5 {
            let due = json!({"reminderAt": clock::now() - TimeDelta::minutes(1)});
            service.json(&who, "POST", "/api/notes", due).await.is(201);
        }
    }
    let lifecycle = Lifecycle::new();
    let workers = [start(&service, &lifecycle), start(&replica, &lifecycle)];
    until(&service, "notes WHERE reminder_fired_at IS NULL", 0).await;
    sleep(Duration::from_millis(300)).await;
    lifecycle.advance_to(Phase::Stopping);
    for worker in workers {
        timeout(Duration::from_secs(5), worker)
            .await
            .unwrap()
            .unwrap();
    }
    // Five writes of the user, and one that fired all five.
    assert_eq!(count(&service, "users WHERE revision = 6").await, 6);
    assert_eq!(
        count(&service, "notes WHERE reminder_fired_seq = 6").await,
        30
    );
}

async fn removes_expired_rows_of_all_kinds(service: Service) {
    let ada = service.person("ada").await;
    let note = make(&service, &ada, false).await;
    let path = format!("/api/notes/{note}");
    let change = json!({"content": "another"});
    let headers = [("if-match", "*"), ("idempotency-key", "one")];
    service
        .request(Some(&ada), "PATCH", &path, &headers, Some(change))
        .await
        .is(200);
    service
        .request(Some(&ada), "POST", "/api/notes", &headers, Some(json!({})))
        .await
        .is(201);
    let gone = make(&service, &ada, true).await;
    let path = format!("/api/notes/{gone}/permanent");
    service.send(&ada, "DELETE", &path).await.is(204);
    service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let ended = make(&service, &ada, false).await;
    let path = format!("/api/notes/{ended}");
    let links = format!("{path}/links");
    service.json(&ada, "POST", &links, json!({})).await.is(201);
    let offer = json!({"email": "nobody@example.com", "right": "read"});
    let shares = format!("{path}/shares");
    service.json(&ada, "POST", &shares, offer).await.is(201);
    let held = [
        ("note_links", "expires_at", 1),
        ("share_invitations", "expires_at", 1),
        ("note_revisions", "saved_at", 91),
        ("idempotency_keys", "created_at", 2),
        ("tombstones", "deleted_at", 91),
        ("sessions", "expires_at", 1),
    ];
    for (table, ..) in held {
        assert!(count(&service, table).await > 0, "{table}");
    }
    assert_eq!(count(&service, "users").await, 2);
    assert!(count(&service, "rate_limits").await > 0);

    // Nothing has had its time.
    let lifecycle = Lifecycle::new();
    let worker = start(&service, &lifecycle);
    sleep(Duration::from_millis(500)).await;
    for (table, ..) in held {
        assert!(count(&service, table).await > 0, "{table}");
    }
    assert_eq!(count(&service, "users").await, 2);

    for (table, column, days) in held {
        let sql = format!("UPDATE {table} SET {column} = $1");
        execute(&service, &sql, vec![ago(TimeDelta::days(days))]).await;
    }
    let sql = "UPDATE users SET expires_at = $1 WHERE is_guest";
    execute(&service, sql, vec![ago(TimeDelta::minutes(1))]).await;
    execute(&service, "UPDATE rate_limits SET arrives_at = 2", vec![]).await;
    for (table, ..) in held {
        until(&service, table, 0).await;
    }
    until(&service, "users", 1).await;
    until(&service, "rate_limits", 0).await;
    assert_eq!(count(&service, "notes").await, 3);
    lifecycle.advance_to(Phase::Stopping);
    worker.await.unwrap();
}

async fn continues_worker_after_database_outage(service: Service) {
    let metrics = Metrics::install().unwrap();
    let ada = service.person("ada").await;
    let lifecycle = Lifecycle::new();
    let worker = start(&service, &lifecycle);
    execute(&service, "ALTER TABLE users RENAME TO not_there", vec![]).await;
    // Every job meets it or has nothing to do, again and again.
    sleep(Duration::from_millis(500)).await;
    assert!(!worker.is_finished());
    execute(&service, "ALTER TABLE not_there RENAME TO users", vec![]).await;
    make(&service, &ada, true).await;
    execute(
        &service,
        "UPDATE notes SET trashed_at = $1",
        vec![ago(TimeDelta::days(31))],
    )
    .await;
    until(&service, "notes", 0).await;
    // Every job gets its turn.
    let name = "worker_last_success_timestamp_seconds";
    let succeeded = |job: &Job| {
        let line = format!("{name}{{job=\"{}\"}} 0", job.name());
        !metrics.render_text().lines().any(|found| found == line)
    };
    let look = async {
        while !Job::ALL.iter().all(succeeded) {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), look).await.unwrap();
    lifecycle.advance_to(Phase::Stopping);
    worker.await.unwrap();

    let told = metrics.render_text();
    let value = |line: &str| -> f64 {
        let found = told.lines().find_map(|found| found.strip_prefix(line));
        found.unwrap().trim().parse().unwrap()
    };
    // The counter of guests is locked before users are looked at.
    assert!(value("worker_runs_total{job=\"guests\",outcome=\"failed\"}") > 0.0);
    assert!(value("worker_runs_total{job=\"guests\",outcome=\"done\"}") > 0.0);
    assert!(value("worker_rows_total{job=\"trash\"}") >= 1.0);
}
