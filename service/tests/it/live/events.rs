//! Tests of event streams: replicas, reminders, limits and ends.

use std::time::Duration;

use chrono::{SecondsFormat, TimeDelta};
use notes_service::auth::token;
use notes_service::clock;
use notes_service::lifecycle::Phase;
use notes_service::server::{Limits, Outcome, Server};
use notes_service::store::sessions::KEPT_FOR;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep, timeout};

use super::{Listener, execute};
use crate::support::process::Process;
use crate::support::wire::Wire;
use crate::support::{Person, Service, on_both_databases};

on_both_databases!(
    streams_changes_of_other_replicas,
    streams_each_reminder_once_to_all_devices,
    sends_only_latest_revision_to_slow_reader,
    limits_event_streams_separately_from_requests,
    ends_event_stream_with_its_session,
    ends_event_stream_with_its_token,
    rejects_invalid_last_event_id,
);

const HEARTBEAT: Duration = Duration::from_millis(200);

/// Returns the service with short heartbeats, and with these limits of streams.
fn with_stream_limits(service: Service, at_once: usize, per_user: usize) -> Service {
    let mut settings = service.app.settings.clone();
    settings.streams.heartbeat = HEARTBEAT;
    settings.streams.at_once = at_once;
    settings.streams.per_user = per_user;
    service.with(settings)
}

async fn make(service: &Service, who: &Person) -> String {
    let made = service.json(who, "POST", "/api/notes", json!({"title": "x"}));
    made.await.is(201).body["id"].as_str().unwrap().to_owned()
}

async fn streams_changes_of_other_replicas(service: Service) {
    let replica = service.replica();
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let mut here = Listener::of(&service, &ada, None).await;
    let mut there = Listener::of(&replica, &ada, None).await;
    let mut of_eve = Listener::of(&replica, &eve, None).await;
    assert!(here.block().await.unwrap().starts_with("retry: "));
    assert_eq!(here.changed().await, 0);
    assert_eq!(there.changed().await, 0);
    assert_eq!(of_eve.changed().await, 0);

    let began = Instant::now();
    make(&service, &ada).await;
    assert_eq!(here.changed().await, 1);
    let at_home = began.elapsed();
    assert_eq!(there.changed().await, 1);
    assert!(at_home < Duration::from_secs(1), "{at_home:?}");
    // And the other way round.
    make(&replica, &ada).await;
    assert_eq!(there.changed().await, 2);
    assert_eq!(here.changed().await, 2);
    assert!(of_eve.is_silent(Duration::from_secs(3)).await);

    // Who comes again is told where things are, whatever was heard before.
    drop((here, there));
    let mut again = Listener::of(&replica, &ada, Some(1)).await;
    assert_eq!(again.changed().await, 2);
    // A number of another database.
    let mut again = Listener::of(&replica, &ada, Some(77)).await;
    assert_eq!(again.changed().await, 2);
}

async fn streams_each_reminder_once_to_all_devices(service: Service) {
    let replica = service.replica();
    let ada = service.person("ada").await;
    let mut devices = [
        Listener::of(&service, &ada, None).await,
        Listener::of(&service, &ada, None).await,
        Listener::of(&replica, &ada, None).await,
    ];
    for device in &mut devices {
        assert_eq!(device.changed().await, 0);
    }
    let at = clock::now() - TimeDelta::seconds(1);
    let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let due = json!({"title": "Leave now", "reminderAt": at});
    let note = service.json(&ada, "POST", "/api/notes", due).await.is(201);
    let later = json!({"title": "Later", "reminderAt": "2100-01-01T00:00:00Z"});
    service
        .json(&ada, "POST", "/api/notes", later)
        .await
        .is(201);
    let trashed = json!({"title": "Never", "reminderAt": at});
    let trashed = service.json(&ada, "POST", "/api/notes", trashed).await;
    let path = format!("/api/notes/{}", trashed.body["id"].as_str().unwrap());
    service.send(&ada, "DELETE", &path).await.is(200);

    // Both replicas at once, several times.
    let (one, other) = (&service.app.store, &replica.app.store);
    let fired = tokio::join!(
        one.fire_reminders(),
        other.fire_reminders(),
        one.fire_reminders(),
        other.fire_reminders()
    );
    let fired = [fired.0, fired.1, fired.2, fired.3];
    let fired: u64 = fired.into_iter().map(Result::unwrap).sum();
    assert_eq!(fired, 1);
    for device in &mut devices {
        let mut reminders = Vec::new();
        while let Ok(event) = timeout(Duration::from_secs(4), device.next()).await {
            let event = event.unwrap();
            if event.kind == "reminder" {
                reminders.push(event);
            }
        }
        let [reminder] = &reminders[..] else {
            panic!("{reminders:?}");
        };
        assert_eq!(reminder.id, "5");
        let told = json!({"noteId": note.body["id"], "title": "Leave now", "reminderAt": at});
        assert_eq!(reminder.data, told);
    }
    // The note is still the version that was read, and the changes show it.
    let path = format!("/api/notes/{}", note.body["id"].as_str().unwrap());
    let read = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(read.body["version"], 1);
    let changes = service.send(&ada, "GET", "/api/changes?since=4").await;
    assert_eq!(changes.body["notes"], json!([read.body]));

    // A device that was away in between hears of it, one that is new does not.
    let mut was_away = Listener::of(&replica, &ada, Some(4)).await;
    assert_eq!(was_away.next().await.unwrap().kind, "reminder");
    assert_eq!(was_away.changed().await, 5);
    for heard in [None, Some(5)] {
        let mut device = Listener::of(&replica, &ada, heard).await;
        assert_eq!(device.changed().await, 5);
        assert!(device.is_silent(Duration::from_millis(300)).await);
    }

    // Set again, it reminds again.
    let again = clock::now() - TimeDelta::milliseconds(500);
    let again = again.to_rfc3339_opts(SecondsFormat::Micros, true);
    let change = json!({"reminderAt": again});
    let headers = [("if-match", "*")];
    service
        .request(Some(&ada), "PATCH", &path, &headers, Some(change))
        .await
        .is(200);
    assert_eq!(other.fire_reminders().await.unwrap(), 1);
    assert_eq!(one.fire_reminders().await.unwrap(), 0);
    let event = loop {
        let event = devices[0].next().await.unwrap();
        if event.kind == "reminder" {
            break event;
        }
    };
    assert_eq!(event.data["reminderAt"], again);
}

async fn sends_only_latest_revision_to_slow_reader(service: Service) {
    let ada = service.person("ada").await;
    let mut slow = Listener::of(&service, &ada, None).await;
    assert_eq!(slow.changed().await, 0);
    for _ in 0..40 {
        make(&service, &ada).await;
    }
    assert_eq!(slow.changed().await, 40);
    assert!(slow.is_silent(Duration::from_millis(300)).await);
}

async fn limits_event_streams_separately_from_requests(service: Service) {
    let mut settings = service.app.settings.clone();
    settings.policy.budget.requests = 1;
    settings.policy.request_time = Duration::from_millis(500);
    let service = with_stream_limits(service.with(settings), 3, 2);
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let mut streams = Vec::new();
    for who in [&ada, &ada, &eve] {
        let mut stream = Listener::of(&service, who, None).await;
        assert_eq!(stream.changed().await, 0);
        streams.push(stream);
    }
    let refused = service.send(&eve, "GET", "/api/events").await;
    let refused = refused.problem(503, "unavailable");
    assert_eq!(refused.header("retry-after"), "30");
    streams.pop();
    let refused = service.send(&ada, "GET", "/api/events").await;
    refused.problem(409, "limit_reached");
    // Longer than any request may take, and with no place among them.
    sleep(Duration::from_secs(1)).await;
    service.send(&ada, "GET", "/api/labels").await.is(200);
    make(&service, &ada).await;
    for stream in &mut streams {
        assert_eq!(stream.changed().await, 1);
    }
    // A place is free again as soon as somebody leaves.
    drop(streams);
    let mut stream = Listener::of(&service, &eve, None).await;
    assert_eq!(stream.changed().await, 0);
}

async fn ends_event_stream_with_its_session(service: Service) {
    let service = with_stream_limits(service, 10, 10);
    let ada = service.person("ada").await;
    let mut stream = Listener::of(&service, &ada, None).await;
    assert_eq!(stream.changed().await, 0);
    assert_eq!(stream.block().await.unwrap(), ":");
    service.send(&ada, "POST", "/api/auth/logout").await.is(204);
    assert_eq!(stream.next().await, None);
    // With the account, too; and one that is over by itself.
    let eve = service.person("eve").await;
    let mut stream = Listener::of(&service, &eve, None).await;
    assert_eq!(stream.changed().await, 0);
    let past = super::ago(TimeDelta::seconds(1));
    execute(&service, "UPDATE sessions SET expires_at = $1", vec![past]).await;
    assert_eq!(stream.next().await, None);
    sleep(KEPT_FOR).await;
    service.send(&eve, "GET", "/api/events").await.is(401);
}

async fn ends_event_stream_with_its_token(service: Service) {
    let service = with_stream_limits(service, 10, 10);
    let ada = service.person("ada").await;
    let new =
        json!({"name": "reader", "scope": "read", "currentPassword": crate::support::PASSWORD});
    let made = service.json(&ada, "POST", "/api/tokens", new).await.is(201);
    let secret = made.body["token"].as_str().unwrap();
    assert!(token::is_access_token(secret));
    let response = service
        .client
        .get("/api/events")
        .header("authorization", format!("Bearer {secret}"))
        .send()
        .await;
    response.assert_status_is_ok();
    response.assert_header("content-type", "text/event-stream");
    response.assert_header("cache-control", "no-store");
    let body = response.0.into_body().into_string();
    let path = format!("/api/tokens/{}", made.body["id"].as_str().unwrap());
    service.send(&ada, "DELETE", &path).await.is(204);
    let text = timeout(Duration::from_secs(5), body)
        .await
        .unwrap()
        .unwrap();
    assert!(
        text.contains("event: changed\ndata: {\"revision\":0}\n\n"),
        "{text}"
    );
}

async fn rejects_invalid_last_event_id(service: Service) {
    let ada = service.person("ada").await;
    for wrong in ["x", "-1", "99999999999999999999"] {
        let headers = [("last-event-id", wrong)];
        service
            .request(Some(&ada), "GET", "/api/events", &headers, None)
            .await
            .problem(400, "malformed_request");
    }
}

#[tokio::test]
async fn streams_over_socket_until_shutdown() {
    let service = with_stream_limits(Service::sqlite().await, 10, 10);
    let ada = service.person("ada").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let lifecycle = service.app.lifecycle.clone();
    let limits = Limits {
        head_time: Duration::from_millis(300),
        idle_time: Duration::from_millis(400),
        stalled_time: Duration::from_millis(400),
        ..Limits::default()
    };
    let server = Server::new(
        notes_service::http::create_endpoint(service.app.clone()),
        limits,
        lifecycle.clone(),
    );
    let outcome = tokio::spawn(async move {
        let finish = Duration::from_secs(10);
        server.serve_listener(listener, finish).await.unwrap()
    });
    let request = format!(
        "GET /api/events HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\ncookie: {}\r\n\r\n",
        ada.cookie
    );
    let mut wire = Wire::connect(address).await.unwrap();
    wire.send(request.as_bytes()).await.unwrap();
    let reply = wire.reply().await.unwrap();
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("transfer-encoding"), Some("chunked"));
    assert_eq!(reply.header("content-encoding"), None);
    // Longer than every limit of a connection.
    sleep(Duration::from_secs(1)).await;
    make(&service, &ada).await;
    sleep(Duration::from_millis(300)).await;
    // While it drains, streams go on: to come again would lead here again.
    lifecycle.advance_to(Phase::Draining);
    make(&service, &ada).await;
    sleep(Duration::from_millis(300)).await;
    let began = Instant::now();
    lifecycle.advance_to(Phase::Stopping);
    let text = String::from_utf8(wire.closed().await).unwrap();
    assert!(began.elapsed() < Duration::from_secs(1), "it ends at once");
    for revision in 0..=2 {
        let event = format!("event: changed\ndata: {{\"revision\":{revision}}}\n\n");
        assert!(text.contains(&event), "{text}");
    }
    assert!(text.contains("\r\n:\n\n\r\n"), "heartbeats: {text}");
    assert!(text.ends_with("0\r\n\r\n"), "the end is told: {text:?}");
    assert_eq!(outcome.await.unwrap(), Outcome::Finished);
}

#[tokio::test]
async fn logs_stream_once_and_does_not_delay_shutdown() {
    let mut process = Process::start(&[("FINISH_SECONDS", "20")]);
    let address = process.address().await;
    let mut wire = Wire::connect(address).await.unwrap();
    wire.send(b"POST /api/auth/guest HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n")
        .await
        .unwrap();
    let guest = wire.reply().await.unwrap();
    assert_eq!(guest.status, 201);
    let cookie = guest.header("set-cookie").unwrap();
    let cookie = cookie.split(';').next().unwrap();
    let request = format!("GET /api/events HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\n\r\n");
    wire.send(request.as_bytes()).await.unwrap();
    assert_eq!(wire.reply().await.unwrap().status, 200);
    sleep(Duration::from_millis(300)).await;
    let of_streams = |lines: Vec<String>| {
        let of_stream = |line: &String| line.contains("\"route\":\"/api/events\"");
        lines.into_iter().filter(of_stream).collect::<Vec<_>>()
    };
    assert!(of_streams(process.lines()).is_empty());
    let began = Instant::now();
    process.terminate();
    assert_eq!(process.ended().await.code(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!(process.event("stopped").await["outcome"], "Finished");
    let logged = of_streams(process.lines());
    assert_eq!(logged.len(), 1, "{logged:#?}");
    let event: serde_json::Value = serde_json::from_str(&logged[0]).unwrap();
    assert_eq!(event["status"], 200);
    assert!(event["duration_us"].as_u64().unwrap() > 250_000);
    assert!(event["bytes"].as_u64().unwrap() > 40);
}
