//! Tests of the program as a process: signals, logs and traces.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use notes_service::store::entity::note;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use crate::support::Site;
use crate::support::process::{self, Process};
use crate::support::wire::{Wire, register};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_all_requests_on_sigterm_under_load() {
    let site = Site::sqlite().await;
    let mut process = Process::start(&[
        ("DATABASE_URL", &site.url),
        ("DRAIN_SECONDS", "1"),
        ("NOTES_PER_USER", "1000000"),
        ("LOG_LEVEL", "info,notes_service::request=off"),
    ]);
    let address = process.address().await;
    let cookie = register(address).await;
    let answered = Arc::new(AtomicU32::new(0));
    let clients: Vec<_> = (0..16)
        .map(|_| {
            let (answered, cookie) = (Arc::clone(&answered), cookie.clone());
            tokio::spawn(async move {
                while let Ok(mut wire) = Wire::connect(address).await {
                    loop {
                        let note = json!({"content": "acknowledged"});
                        let reply = wire.ask("POST", "/api/notes", &cookie, Some(&note)).await;
                        let reply = reply.expect("a request was lost");
                        assert_eq!(reply.status, 201);
                        answered.fetch_add(1, Ordering::Relaxed);
                        if reply.closes() {
                            break;
                        }
                    }
                }
            })
        })
        .collect();
    sleep(Duration::from_millis(300)).await;
    let began = Instant::now();
    process.terminate();
    process
        .event("received a signal to stop: not ready any more, but requests are still accepted")
        .await;
    // What the load balancer sees in the meantime.
    let before = answered.load(Ordering::Relaxed);
    let mut wire = Wire::connect(address).await.unwrap();
    let reply = wire.get("/readyz").await.unwrap();
    assert_eq!(reply.status, 503);
    assert!(String::from_utf8_lossy(&reply.body).contains("draining"));
    let alive = Wire::connect(address)
        .await
        .unwrap()
        .get("/healthz")
        .await
        .unwrap();
    assert_eq!(alive.status, 200);
    for client in clients {
        client.await.unwrap();
    }
    assert!(
        answered.load(Ordering::Relaxed) > before,
        "requests are answered while it drains"
    );
    assert_eq!(process.ended().await.code(), Some(0));
    assert!(began.elapsed() > Duration::from_secs(1), "it drained");
    assert_eq!(process.event("stopped").await["outcome"], "Finished");
    let kept = note::Entity::find()
        .count(&site.open().await)
        .await
        .unwrap();
    assert_eq!(kept, u64::from(answered.load(Ordering::Relaxed)));
}

#[test]
fn logs_all_configuration_problems_without_secrets() {
    for arguments in [&["serve"][..], &["serve", "--check-config"]] {
        let ran = process::run(
            arguments,
            &[
                ("DATABASE_URL", "mysql://user:hunter2@host/name"),
                ("PORT", "99999"),
                ("DB_POOL", "many"),
                ("LOG_LEVEL", "loud"),
            ],
        );
        assert_eq!(ran.code, Some(78), "{ran:?}");
        assert!(!(ran.output.clone() + &ran.errors).contains("hunter2"));
        let event: Value = serde_json::from_str(&ran.errors).unwrap();
        assert_eq!(event["message"], "the configuration is not valid");
        let problems = event["problems"].as_array().unwrap();
        let variables: Vec<_> = problems.iter().map(|each| &each["variable"]).collect();
        assert_eq!(
            variables,
            ["DB_POOL", "DATABASE_URL", "PORT", "LOG_LEVEL"],
            "{event}"
        );
        assert!(problems.iter().all(|each| each["allowed"].is_string()));
    }
    let ran = process::run(&["serve", "--check-config"], &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[tokio::test]
async fn stops_immediately_on_second_sigterm() {
    let mut process = Process::start(&[("DRAIN_SECONDS", "60")]);
    process.address().await;
    process.terminate();
    process
        .event("received a signal to stop: not ready any more, but requests are still accepted")
        .await;
    let began = Instant::now();
    process.terminate();
    process.ended().await;
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(
        process
            .event("received a second signal: stopping at once")
            .await["level"],
        "warn"
    );
}

#[tokio::test]
async fn applies_configured_log_level() {
    for (level, lines) in [
        ("off", 0),
        ("warn", 0),
        ("info,notes_service::request=off", 3),
    ] {
        // Nothing says where it listens, so it is told.
        let port = TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut process = Process::start(&[("LOG_LEVEL", level), ("PORT", &port.to_string())]);
        let reply = loop {
            match Wire::connect(([127, 0, 0, 1], port).into()).await {
                Ok(mut wire) => break wire.get("/api/labels").await.unwrap(),
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        };
        assert_eq!(reply.status, 401);
        process.terminate();
        assert_eq!(process.ended().await.code(), Some(0));
        let written = process.lines();
        assert!(
            if lines == 0 {
                written.is_empty()
            } else {
                written.len() >= lines
            },
            "{level}: {written:#?}"
        );
        assert!(!written.concat().contains("\"message\":\"request\""));
    }
}

/// Starts a collector of traces, and returns its address and the received bodies.
async fn collector() -> (String, mpsc::UnboundedReceiver<Vec<u8>>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let collect = poem::endpoint::make(move |mut request: poem::Request| {
        let sender = sender.clone();
        async move {
            assert_eq!(request.content_type(), Some("application/x-protobuf"));
            sender.send(request.take_body().into_vec().await?).unwrap();
            Ok::<_, poem::Error>(poem::http::StatusCode::OK)
        }
    });
    let routes = poem::Route::new().at("/v1/traces", poem::post(collect));
    let acceptor = poem::listener::TcpAcceptor::from_tokio(listener).unwrap();
    tokio::spawn(poem::Server::new_with_acceptor(acceptor).run(routes));
    (format!("http://{address}"), receiver)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn exports_spans_with_parent_before_exit() {
    let (endpoint, mut received) = collector().await;
    let mut process = Process::start(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    let mut wire = Wire::connect(process.address().await).await.unwrap();
    wire.send(
        b"GET /api/notes/0197c0de-0000-7000-8000-000000000000?include=secret HTTP/1.1\r\nhost: x\r\n\
          traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n\r\n",
    )
    .await
    .unwrap();
    assert_eq!(wire.reply().await.unwrap().status, 401);
    let logged = process.event("request").await;
    assert_eq!(logged["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
    // The next begins a trace of its own, which its line in the log names.
    wire.get("/healthz?q=secret").await.unwrap();
    process.terminate();
    assert_eq!(process.ended().await.code(), Some(0));
    let mut spans = Vec::new();
    while let Ok(body) = received.try_recv() {
        spans.extend(body);
    }
    for part in [
        &0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128.to_be_bytes()[..],
        &0x00f0_67aa_0ba9_02b7_u64.to_be_bytes(),
        b"GET /api/notes/{id}",
        b"GET /healthz",
        b"http.response.status_code",
        b"service.name",
    ] {
        assert!(contains(&spans, part), "{part:?} is missing");
    }
    assert!(!contains(&spans, b"secret"));
    assert!(
        !process.lines().concat().contains("collector"),
        "{:#?}",
        process.lines()
    );
}

#[tokio::test]
async fn warns_about_unreachable_collector() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let mut process = Process::start(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    let mut wire = Wire::connect(process.address().await).await.unwrap();
    assert_eq!(wire.get("/api/labels").await.unwrap().status, 401);
    process.terminate();
    assert_eq!(process.ended().await.code(), Some(0));
    assert_eq!(
        process.event("the collector is unreachable").await["level"],
        "warn"
    );
}
