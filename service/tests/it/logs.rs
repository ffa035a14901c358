//! Tests of log entries about requests, and of data that must not be in them.

use std::cell::RefCell;
use std::sync::{Arc, Once};

use notes_service::budget::{self, Budget};
use notes_service::http::middleware::{self, Policy};
use notes_service::telemetry::JsonLines;
use poem::test::TestClient;
use poem::{Body, EndpointExt as _, Response, Route, handler};
use serde_json::{Value, json};
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::support::Service;

thread_local! {
    static LINES: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Log entries of this thread at every level, until this value is dropped.
struct Log;

impl Log {
    /// # Panics
    /// When this thread is listened to already.
    fn catch() -> Self {
        static ONE: Once = Once::new();
        // One subscriber for all threads, as a process has: spans go to the threads of the database, and a thread with another subscriber
        // would give them back to a registry that does not know them.
        ONE.call_once(|| {
            let layer = JsonLines::new(|line: &[u8]| {
                let line = std::str::from_utf8(line).unwrap();
                LINES.with_borrow_mut(|lines| lines.as_mut().unwrap().push_str(line));
            });
            let listened = dynamic_filter_fn(|_, _| LINES.with_borrow(Option::is_some));
            let subscriber = tracing_subscriber::registry().with(layer.with_filter(listened));
            tracing::subscriber::set_global_default(subscriber).unwrap();
        });
        assert!(LINES.replace(Some(String::new())).is_none());
        Self
    }

    #[expect(clippy::unused_self, reason = "without a log there is no text")]
    fn text(&self) -> String {
        LINES.with_borrow(|lines| lines.clone().unwrap())
    }

    /// Returns the events of requests.
    fn requests(&self) -> Vec<Value> {
        self.text()
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|event| event["message"] == "request")
            .collect()
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        LINES.set(None);
    }
}

#[tokio::test]
async fn logs_one_event_per_request_with_all_fields() {
    let service = Service::sqlite().await;
    let anna = service.person("anna").await;
    let log = Log::catch();
    let headers = [
        ("x-request-id", "my-id"),
        (
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ),
    ];
    let body = Some(json!({"name": "home"}));
    let answer = service
        .request(Some(&anna), "POST", "/api/labels", &headers, body)
        .await
        .is(201);
    let events = log.requests();
    assert_eq!(events.len(), 1, "{}", log.text());
    let event = events[0].as_object().unwrap();
    for (name, value) in [
        ("level", json!("info")),
        ("message", json!("request")),
        ("method", json!("POST")),
        ("route", json!("/api/labels")),
        ("status", json!(201)),
        ("request_id", json!("my-id")),
        ("trace_id", json!("4bf92f3577b34da6a3ce929d0e0e4736")),
        ("bytes", json!(answer.body.to_string().len())),
    ] {
        assert_eq!(event[name], value, "{name}");
    }
    let user = event["user_id"].as_str().unwrap();
    assert_eq!(uuid::Uuid::parse_str(user).unwrap().get_version_num(), 7);
    assert!(event["duration_us"].as_u64().unwrap() > 0);
    assert!(event["timestamp"].as_str().unwrap().ends_with('Z'));
    assert!(event["target"].is_string());
    assert_eq!(event.len(), 12, "{event:?}");
    service
        .request(None, "GET", "/api/labels", &[], None)
        .await
        .is(401);
    assert_eq!(log.requests()[1]["code"], "unauthenticated");
}

#[tokio::test]
async fn logs_no_secrets_at_any_level() {
    let service = Service::sqlite().await;
    let anna = service.person("anna").await;
    let log = Log::catch();
    let headers = [
        ("authorization", "Bearer notes_pat_of-anna"),
        ("referer", "https://elsewhere.example/secret-referer"),
    ];
    let body = Some(json!({"name": "secret-name", "color": "secret-color"}));
    let paths = [
        "/api/labels?q=secret-query",
        "/secret-path",
        "/api/labels/secret-id",
        "/api/search?q=secret-query",
    ];
    for path in paths {
        for method in ["GET", "POST", "DELETE"] {
            service
                .request(Some(&anna), method, path, &headers, body.clone())
                .await;
            service
                .request(Some(&anna), method, path, &[], body.clone())
                .await;
        }
    }
    assert_eq!(log.requests().len(), 24);
    let opened = Some(json!({"token": "secret-token-of-a-link"}));
    service
        .request(None, "POST", "/api/links/open", &[], opened)
        .await
        .problem(404, "not_found");
    let offered = Some(json!({"email": "secret@example.com", "right": "read"}));
    let path = format!("/api/notes/{}/shares", uuid::Uuid::nil());
    service
        .request(Some(&anna), "POST", &path, &[], offered)
        .await
        .problem(404, "not_found");
    assert_eq!(log.requests().len(), 26);
    let text = log.text();
    assert!(!text.contains("secret"), "{text}");
    assert!(!text.contains("of-anna"), "{text}");
    assert!(!text.contains("notes_session="), "{text}");
}

#[tokio::test]
async fn logs_panic_with_request_id() {
    #[handler]
    fn panics() -> &'static str {
        tracing::warn!("before");
        panic!("in the handler")
    }
    let routes = Route::new().at("/panics", panics).map_to_response();
    let client = TestClient::new(middleware::wrap_endpoint(
        routes,
        &Policy::default(),
        &Arc::new(Budget::new(&budget::Limits::default())),
    ));
    let log = Log::catch();
    client
        .get("/panics")
        .header("x-request-id", "my-id")
        .send()
        .await;
    let text = log.text();
    let before = text.lines().next().unwrap();
    assert!(
        before.contains("before") && before.contains(r#""request_id":"my-id""#),
        "{text}"
    );
    let events = log.requests();
    assert_eq!(
        (&events[0]["status"], &events[0]["level"]),
        (&json!(500), &json!("error"))
    );
    assert_eq!(events[0]["request_id"], "my-id");
}

#[tokio::test]
async fn logs_successful_probes_at_debug_level() {
    let service = Service::sqlite().await;
    let log = Log::catch();
    service
        .request(None, "GET", "/readyz", &[], None)
        .await
        .is(200);
    service
        .app
        .lifecycle
        .advance_to(notes_service::lifecycle::Phase::Draining);
    service
        .request(None, "GET", "/readyz", &[], None)
        .await
        .is(503);
    let levels: Vec<_> = log
        .requests()
        .iter()
        .map(|event| event["level"].clone())
        .collect();
    assert_eq!(levels, ["debug", "warn"]);
}

#[tokio::test]
async fn logs_streams_at_their_end_and_disconnected_clients() {
    let stream = poem::endpoint::make(|_| async {
        let chunks = (0..3).map(|_| Ok::<_, std::io::Error>("four"));
        let body = Body::from_bytes_stream(futures_util::stream::iter(chunks));
        Ok::<_, poem::Error>(Response::builder().body(body))
    });
    let forever = poem::endpoint::make(|_| async {
        std::future::pending::<()>().await;
        Ok::<_, poem::Error>(())
    });
    let routes = Route::new().at("/stream", stream).at("/forever", forever);
    let client = TestClient::new(middleware::wrap_endpoint(
        routes.map_to_response(),
        &Policy::default(),
        &Arc::new(Budget::new(&budget::Limits::default())),
    ));
    let log = Log::catch();
    let mut response = client.get("/stream").send().await.0;
    assert!(log.requests().is_empty());
    response.take_body().into_vec().await.unwrap();
    let event = &log.requests()[0];
    assert_eq!(
        (&event["status"], &event["bytes"]),
        (&json!(200), &json!(12))
    );
    let left = tokio::time::timeout(
        std::time::Duration::from_millis(20),
        client.get("/forever").send(),
    );
    assert!(left.await.is_err());
    assert_eq!(log.requests()[1]["status"], 499);
}
