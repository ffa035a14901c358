//! Tests of the steps that apply to every request.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use notes_service::budget::{self, Budget};
use notes_service::http::middleware::{self, Policy, Transport};
use notes_service::telemetry::metrics::{Metrics, PoolState};
use poem::http::StatusCode;
use poem::test::TestClient;
use poem::{Body, Endpoint, EndpointExt, IntoResponse as _, Response, Route, get, handler, post};
use serde_json::Value;
use tokio::sync::Notify;

use crate::support::Service;

/// Returns the request budget of a policy, which all callers share.
fn budget(policy: &Policy) -> Arc<Budget> {
    Arc::new(Budget::new(&policy.budget))
}

/// Returns a client of test endpoints behind all middleware.
fn client(policy: &Policy) -> TestClient<impl Endpoint<Output = Response> + use<>> {
    #[handler]
    fn panics() -> &'static str {
        panic!("a secret of the house")
    }
    #[handler]
    async fn slow() -> &'static str {
        tokio::time::sleep(Duration::from_mins(1)).await;
        "done"
    }
    #[handler]
    async fn length(body: Body) -> poem::Result<String> {
        Ok(body.into_bytes().await?.len().to_string())
    }
    let routes = Route::new()
        .at("/panics", get(panics))
        .at("/slow", get(slow))
        .at("/length", post(length))
        .at("/api/import/notes", post(length))
        .map_to_response();
    TestClient::new(middleware::wrap_endpoint(routes, policy, &budget(policy)))
}

async fn problem(response: poem::test::TestResponse) -> (StatusCode, Value) {
    let mut response = response.0;
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json"
    );
    let body = response.take_body().into_vec().await.unwrap();
    (response.status(), serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn keeps_safe_request_id_in_headers_and_problems() {
    let service = Service::sqlite().await;
    let kept = [("x-request-id", "My_id.42-x")];
    let answer = service
        .request(None, "GET", "/api/labels", &kept, None)
        .await;
    assert_eq!(answer.header("x-request-id"), "My_id.42-x");
    assert_eq!(
        answer.problem(401, "unauthenticated").body["requestId"],
        "My_id.42-x"
    );
    let long = "x".repeat(65);
    for refused in ["a b", long.as_str(), "{\"a\":1}"] {
        let headers = [("x-request-id", refused)];
        let answer = service
            .request(None, "GET", "/nowhere", &headers, None)
            .await;
        let id = answer.header("x-request-id").to_owned();
        assert_eq!(id.len(), 36, "{id}");
        assert_eq!(answer.problem(404, "not_found").body["requestId"], *id);
    }
}

#[tokio::test]
async fn returns_405_with_allowed_methods() {
    let service = Service::sqlite().await;
    let answer = service.request(None, "PUT", "/api/labels", &[], None).await;
    assert_eq!(answer.header("allow"), "GET, HEAD, POST");
    answer.problem(405, "method_not_allowed");
    let answer = service.request(None, "DELETE", "/healthz", &[], None).await;
    assert_eq!(answer.header("allow"), "GET, HEAD");
    answer.problem(405, "method_not_allowed");
}

#[tokio::test]
async fn returns_415_for_unsupported_body_type() {
    let service = Service::sqlite().await;
    let anna = service.person("anna").await;
    let response = service
        .client
        .post("/api/labels")
        .header("cookie", &anna.cookie)
        .content_type("text/plain")
        .body("name=x")
        .send()
        .await;
    let (status, body) = problem(response).await;
    assert_eq!(
        (status.as_u16(), &*body["code"].to_string()),
        (415, "\"unsupported_media_type\"")
    );
}

#[tokio::test]
async fn returns_500_without_details_after_panic() {
    let client = client(&Policy::default());
    for _ in 0..2 {
        let (status, body) = problem(client.get("/panics").send().await).await;
        assert_eq!((status.as_u16(), &body["code"]), (500, &"internal".into()));
        assert!(!body.to_string().contains("secret"), "{body}");
    }
}

#[tokio::test(start_paused = true)]
async fn returns_503_after_request_timeout() {
    let client = client(&Policy {
        request_time: Duration::from_secs(2),
        ..Policy::default()
    });
    let response = client.get("/slow").send().await;
    response.assert_header("retry-after", "5");
    let (status, body) = problem(response).await;
    assert_eq!((status.as_u16(), &body["code"]), (503, &"timed_out".into()));
}

#[tokio::test]
async fn rejects_excess_requests_and_serves_probes() {
    let gate = Arc::new(Notify::new());
    let entered = Arc::new(Notify::new());
    let route = {
        let (gate, entered) = (gate.clone(), entered.clone());
        poem::endpoint::make(move |_| {
            let (gate, entered) = (gate.clone(), entered.clone());
            async move {
                entered.notify_one();
                gate.notified().await;
                Ok::<_, poem::Error>("done")
            }
        })
    };
    let probe = poem::endpoint::make_sync(|_| "alive");
    let routes = Route::new().at("/gate", route).at("/healthz", probe);
    let policy = Policy {
        budget: budget::Limits {
            requests: 1,
            ..budget::Limits::default()
        },
        ..Policy::default()
    };
    let client = Arc::new(TestClient::new(middleware::wrap_endpoint(
        routes.map_to_response(),
        &policy,
        &budget(&policy),
    )));
    let first = {
        let client = client.clone();
        tokio::spawn(async move { client.get("/gate").send().await.0.status() })
    };
    entered.notified().await;
    let second = client.get("/gate").send().await;
    second.assert_header("retry-after", "1");
    let (status, body) = problem(second).await;
    assert_eq!(
        (status.as_u16(), &body["code"]),
        (503, &"unavailable".into())
    );
    client.get("/healthz").send().await.assert_status_is_ok();
    gate.notify_one();
    assert_eq!(first.await.unwrap(), StatusCode::OK);
}

#[tokio::test]
async fn rejects_oversized_body_with_or_without_length() {
    let client = client(&Policy {
        body_bytes: 10,
        import_bytes: 20,
        ..Policy::default()
    });
    let chunked = |bytes: usize| {
        let chunks = (0..bytes).map(|_| Ok::<_, std::io::Error>("x".to_owned()));
        Body::from_bytes_stream(futures_util::stream::iter(chunks.collect::<Vec<_>>()))
    };
    for (path, limit) in [("/length", 10), ("/api/import/notes", 20)] {
        for body in ["x".repeat(limit).into(), chunked(limit)] {
            let response = client.post(path).body(body).send().await;
            response.assert_status_is_ok();
            // An import has its file beside the request.
            let body = if path == "/length" { limit } else { 0 };
            response.assert_text(body.to_string()).await;
        }
        for body in ["x".repeat(limit + 1).into(), chunked(limit + 1)] {
            let response = client.post(path).body(body).send().await;
            let (status, body) = problem(response).await;
            assert_eq!(
                (status.as_u16(), &body["code"]),
                (413, &"payload_too_large".into())
            );
            assert!(
                body["detail"]
                    .as_str()
                    .unwrap()
                    .contains(&limit.to_string())
            );
        }
    }
}

#[tokio::test]
async fn sets_security_headers_on_all_responses() {
    let service = Service::sqlite().await;
    for path in ["/api/labels", "/healthz", "/nowhere"] {
        let answer = service.request(None, "GET", path, &[], None).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'")
        );
        assert!(answer.header("permissions-policy").contains("camera=()"));
        // This is a machine without TLS.
        assert!(!answer.headers.contains_key("strict-transport-security"));
        assert!(!answer.headers.contains_key("server"));
    }
    let client = client(&Policy {
        transport: Transport::TlsInFront,
        ..Policy::default()
    });
    let response = client.get("/panics").send().await;
    response.assert_header("strict-transport-security", "max-age=63072000");
}

const FRIEND: &str = "https://app.example.com";

fn with_friend() -> Policy {
    Policy {
        trusted_origins: vec![FRIEND.parse().unwrap()],
        ..Policy::default()
    }
}

#[tokio::test]
async fn allows_preflight_of_configured_origins_only() {
    let client = client(&with_friend());
    let preflight = |origin: &'static str| {
        client
            .options("/length")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type")
    };
    let allowed = preflight(FRIEND).send().await;
    allowed.assert_status(StatusCode::NO_CONTENT);
    allowed.assert_header("access-control-allow-origin", FRIEND);
    allowed.assert_header("access-control-allow-credentials", "true");
    let headers = allowed.0.headers();
    assert!(
        headers["access-control-allow-methods"]
            .to_str()
            .unwrap()
            .contains("PATCH")
    );
    assert!(
        headers["access-control-allow-headers"]
            .to_str()
            .unwrap()
            .contains("if-match")
    );
    assert!(headers["vary"].to_str().unwrap().contains("origin"));
    for stranger in [
        "https://evil.example",
        "https://app.example.com.evil.example",
        "null",
    ] {
        let refused = preflight(stranger).send().await;
        refused.assert_header_is_not_exist("access-control-allow-origin");
        assert!(
            refused.0.headers()["vary"]
                .to_str()
                .unwrap()
                .contains("origin")
        );
    }
}

#[tokio::test]
async fn sets_cors_headers_on_failures_for_allowed_origins() {
    let friendly = client(&with_friend());
    for path in ["/panics", "/nowhere"] {
        let response = friendly.get(path).header("origin", FRIEND).send().await;
        response.assert_header("access-control-allow-origin", FRIEND);
        response.assert_header("vary", "origin");
        let exposed = &response.0.headers()["access-control-expose-headers"];
        assert!(exposed.to_str().unwrap().contains("etag"));
        let response = friendly
            .get(path)
            .header("origin", "https://evil.example")
            .send()
            .await;
        response.assert_header_is_not_exist("access-control-allow-origin");
        response.assert_header("vary", "origin");
    }
    let closed = client(&Policy::default());
    let response = closed.get("/panics").header("origin", FRIEND).send().await;
    response.assert_header_is_not_exist("access-control-allow-origin");
    response.assert_header("vary", "accept-encoding");
}

#[tokio::test]
async fn rejects_cross_site_writes() {
    let client = client(&with_friend());
    let send = |headers: &[(&'static str, &'static str)]| {
        let request = client.post("/length").body("four");
        headers
            .iter()
            .fold(request, |request, (name, value)| {
                request.header(*name, *value)
            })
            .send()
    };
    for allowed in [
        &[][..],
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "cross-site"), ("origin", FRIEND)],
        &[
            ("host", "notes.example.com"),
            ("origin", "https://notes.example.com"),
        ],
    ] {
        send(allowed).await.assert_text("4").await;
    }
    for refused in [
        &[("sec-fetch-site", "cross-site")][..],
        &[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example.com"),
        ],
        &[
            ("host", "notes.example.com"),
            ("origin", "https://evil.example"),
        ],
    ] {
        let (status, body) = problem(send(refused).await).await;
        assert_eq!(
            (status.as_u16(), &body["code"]),
            (403, &"cross_site_request".into())
        );
    }
    // Reading changes nothing, and what a page of another site may see of it is up to CORS.
    let response = client
        .get("/nowhere")
        .header("sec-fetch-site", "cross-site")
        .send()
        .await;
    response.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn counts_requests_by_route_template() {
    let metrics = Metrics::install().unwrap();
    let service = Service::sqlite().await;
    let anna = service.person("anna").await;
    let id = "/api/labels/0197c0de-0000-7000-8000-000000000000";
    service
        .send(&anna, "DELETE", id)
        .await
        .problem(404, "not_found");
    service
        .send(&anna, "GET", "/secret-path-of-a-scanner")
        .await;
    service
        .request(None, "BREW", "/api/labels", &[], None)
        .await;
    let text = metrics.render_text();
    let counted = |labels: &str| {
        let line = format!("http_server_request_duration_seconds_count{{{labels}}}");
        text.lines().any(|found| found.starts_with(&line))
    };
    assert!(
        counted(r#"method="DELETE",route="/api/labels/{id}",status="404""#),
        "{text}"
    );
    assert!(
        counted(r#"method="GET",route="unmatched",status="404""#),
        "{text}"
    );
    assert!(
        counted(r#"method="_OTHER",route="/api/labels",status="405""#),
        "{text}"
    );
    assert!(!text.contains("secret-path"));
}

#[tokio::test]
async fn compresses_long_text_responses_on_request() {
    let long = || poem::endpoint::make_sync(|_| poem::web::Json(vec!["note"; 1000]));
    let short = poem::endpoint::make_sync(|_| poem::web::Json("note"));
    let secret = long().map(|json| async { json.with_header("set-cookie", "a=b") });
    let binary = long().map(|json| async { json.with_content_type("application/zip") });
    let stream = poem::endpoint::make_sync(|_| {
        let chunks = (0..1000).map(|_| Ok::<_, std::io::Error>("data: note\n\n"));
        let body = Body::from_bytes_stream(futures_util::stream::iter(chunks));
        Response::builder()
            .content_type("text/event-stream")
            .body(body)
    });
    let routes = Route::new()
        .at("/long", long())
        .at("/short", short)
        .at("/secret", secret)
        .at("/binary", binary)
        .at("/stream", stream);
    let client = TestClient::new(middleware::wrap_endpoint(
        routes.map_to_response(),
        &Policy::default(),
        &budget(&Policy::default()),
    ));
    let get = |path: &'static str, coding: &'static str| {
        client.get(path).header("accept-encoding", coding).send()
    };
    let packed = get("/long", "br, gzip").await;
    packed.assert_header("content-encoding", "gzip");
    packed.assert_header("vary", "accept-encoding");
    let bytes = packed.0.into_body().into_vec().await.unwrap();
    let unpacked: Vec<String> =
        serde_json::from_reader(flate2::read::GzDecoder::new(&*bytes)).unwrap();
    assert_eq!(unpacked, vec!["note"; 1000]);
    for (path, coding) in [
        ("/long", "br"),
        ("/long", "identity;q=1, gzip;q=0.1"),
        ("/short", "gzip"),
        ("/secret", "gzip"),
        ("/binary", "gzip"),
        ("/stream", "gzip"),
    ] {
        let plain = get(path, coding).await;
        plain.assert_status_is_ok();
        plain.assert_header_is_not_exist("content-encoding");
    }
    get("/long", "br")
        .await
        .assert_header("vary", "accept-encoding");
}

#[tokio::test]
async fn documents_exactly_the_exported_metrics() {
    let metrics = Metrics::install()
        .unwrap()
        .with_pool(Arc::new(|| PoolState {
            open: 1,
            idle: 1,
            max: 1,
        }));
    let service = Service::sqlite().await;
    service.request(None, "GET", "/healthz", &[], None).await;
    let text = metrics.render_text();
    let counted: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next())
        .collect();
    let page = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../docs/service-operations.md"
    ))
    .unwrap();
    let (_, section) = page.split_once("## Metrics").unwrap();
    let (section, _) = section.split_once("## Traces").unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let told: BTreeSet<&str> = rows
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|names| names.split(','))
        .map(|name| name.trim().trim_matches('`'))
        .collect();
    assert_eq!(counted, told);
}

#[tokio::test(start_paused = true)]
async fn returns_408_for_slow_body() {
    let client = client(&Policy {
        budget: budget::Limits {
            requests: 1,
            ..budget::Limits::default()
        },
        ..Policy::default()
    });
    let drops = |bytes: usize, pause: Duration| {
        futures_util::stream::unfold(bytes, move |left| async move {
            tokio::time::sleep(pause).await;
            (left > 0).then(|| (Ok::<_, std::io::Error>("x".repeat(1024)), left - 1))
        })
    };
    // A KiB in a fifteenth of a second is slow enough for the rate, and fast enough for the time that everybody has.
    let in_time = drops(100, Duration::from_millis(66));
    let response = client
        .post("/length")
        .body(Body::from_bytes_stream(in_time))
        .send()
        .await;
    response.assert_status_is_ok();
    let began = tokio::time::Instant::now();
    let slow = client
        .post("/length")
        .body(Body::from_bytes_stream(drops(1000, Duration::from_secs(1))))
        .send();
    // Meanwhile the only place is free.
    let other = async {
        tokio::time::sleep(Duration::from_secs(5)).await;
        client.post("/length").body("12").send().await
    };
    let (slow, other) = tokio::join!(slow, other);
    other.assert_status_is_ok();
    slow.assert_header("connection", "close");
    let (status, body) = problem(slow).await;
    assert_eq!(
        (status.as_u16(), &body["code"]),
        (408, &"body_too_slow".into())
    );
    let took = began.elapsed();
    assert!(
        took > Duration::from_secs(10) && took < Duration::from_secs(12),
        "{took:?}"
    );
}

#[tokio::test]
async fn limits_total_size_of_request_bodies() {
    let policy = Policy {
        budget: budget::Limits {
            body_bytes: 4_000,
            ..budget::Limits::default()
        },
        ..Policy::default()
    };
    let budget = budget(&policy);
    let entered = Arc::new(Notify::new());
    let route = {
        let entered = entered.clone();
        poem::endpoint::make(move |_| {
            let entered = entered.clone();
            async move {
                entered.notify_one();
                std::future::pending::<()>().await;
                Ok::<_, poem::Error>("never")
            }
        })
    };
    let routes = Route::new().at("/wait", route).map_to_response();
    let client = Arc::new(TestClient::new(middleware::wrap_endpoint(
        routes, &policy, &budget,
    )));
    let first = {
        let client = client.clone();
        tokio::spawn(async move { client.post("/wait").body("x".repeat(1_500)).send().await })
    };
    entered.notified().await;
    let second = client.post("/wait").body("x".repeat(1_000)).send().await;
    second.assert_header("retry-after", "1");
    let (status, body) = problem(second).await;
    assert_eq!(
        (status.as_u16(), &body["code"]),
        (429, &"rate_limited".into())
    );
    assert_eq!(budget.bodies.taken_amount(), 1_500);
    first.abort();
    let _ = first.await;
    assert_eq!(
        budget.bodies.taken_amount(),
        0,
        "nobody works with it any more"
    );
}

#[tokio::test]
async fn counts_response_bytes_until_sent() {
    let policy = Policy {
        budget: budget::Limits {
            response_bytes: 300_000,
            ..budget::Limits::default()
        },
        ..Policy::default()
    };
    let budget = budget(&policy);
    let large = poem::endpoint::make_sync(|_| "x".repeat(60_000));
    let small = poem::endpoint::make_sync(|_| "x");
    let routes = Route::new().at("/large", large).at("/small", small);
    let client = TestClient::new(middleware::wrap_endpoint(
        routes.map_to_response(),
        &policy,
        &budget,
    ));
    let first = client.get("/large").send().await;
    assert_eq!(budget.responses.taken_amount(), 60_000);
    let second = client.get("/large").send().await;
    let (status, body) = problem(second).await;
    assert_eq!(
        (status.as_u16(), &body["code"]),
        (429, &"rate_limited".into())
    );
    client.get("/small").send().await.assert_status_is_ok();
    let mut pieces = first.0.into_body().into_bytes().await.unwrap();
    // The last piece holds all of it.
    let last = pieces.split_off(50_000);
    drop(pieces);
    assert_eq!(budget.responses.taken_amount(), 60_000);
    drop(last);
    assert_eq!(budget.responses.taken_amount(), 0);
    client.get("/large").send().await.assert_status_is_ok();
}

#[tokio::test]
async fn limits_rates_per_network_and_user() {
    let service = Service::sqlite().await;
    let mut settings = service.app.settings.clone();
    settings.policy.budget.network_rate = Some("5/100".parse().unwrap());
    settings.policy.budget.user_rate = Some("2/100".parse().unwrap());
    let service = service.with(settings);
    let anna = service.person("anna").await;
    let from = |address: &'static str| [("x-forwarded-for", address)];
    let ask = |address, who| {
        let (service, from) = (&service, from(address));
        async move {
            service
                .request(who, "GET", "/api/labels", &from, None)
                .await
        }
    };
    let answer = ask("203.0.113.1", None).await.is(401);
    assert_eq!(answer.header("ratelimit-policy"), "\"network\";q=5;w=100");
    assert_eq!(answer.header("ratelimit"), "\"network\";r=4;t=20");
    for left in [1, 0] {
        let answer = ask("203.0.113.2", Some(&anna)).await.is(200);
        assert_eq!(answer.header("ratelimit-policy"), "\"user\";q=2;w=100");
        let limit = format!("\"user\";r={left};t={}", (2 - left) * 50);
        assert_eq!(answer.header("ratelimit"), limit);
    }
    // From another network, it is the same user.
    let refused = ask("203.0.113.3", Some(&anna)).await;
    assert_eq!(refused.header("ratelimit"), "\"user\";r=0;t=50");
    assert_eq!(refused.header("retry-after"), "50");
    refused.problem(429, "rate_limited");
    for _ in 0..4 {
        ask("203.0.113.1", None).await.is(401);
    }
    let refused = ask("203.0.113.1", None).await;
    assert_eq!(refused.header("ratelimit"), "\"network\";r=0;t=20");
    refused.problem(429, "rate_limited");
    let probe = service
        .request(None, "GET", "/healthz", &from("203.0.113.1"), None)
        .await;
    assert!(probe.is(200).headers.get("ratelimit").is_none());
}
