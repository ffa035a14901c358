//! Tests with malformed and hostile requests: no response may be a server error.

use std::time::Duration;

use notes_service::http;
use notes_service::lifecycle::Lifecycle;
use notes_service::server::{Limits, Server};
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::support::Service;
use crate::support::process::Process;
use crate::support::wire::{Wire, register};

/// Raw requests, each with the statuses that are correct.
const REQUESTS: [(&[u8], &[u16]); 35] = [
    (b"GET /healthz HTTP/1.1\r\n\r\n", &[400]),
    (b"GET /healthz HTTP/1.0\r\n\r\n", &[200]),
    (b"GET http://elsewhere.example/healthz HTTP/1.1\r\nhost: x\r\n\r\n", &[200]),
    (b"OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n", &[404, 405]),
    (b"CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: x\r\n\r\n", &[404, 405]),
    (b"TRACE /healthz HTTP/1.1\r\nhost: x\r\n\r\n", &[405]),
    (b"BREW /api/labels HTTP/1.1\r\nhost: x\r\n\r\n", &[405]),
    (b"GET /%ff%fe HTTP/1.1\r\nhost: x\r\n\r\n", &[404]),
    (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n", &[404]),
    (b"GET //api//labels HTTP/1.1\r\nhost: x\r\n\r\n", &[401, 404]),
    (b"GET /api/labels/%ff HTTP/1.1\r\nhost: x\r\n{anna}\r\n", &[400, 404]),
    (b"GET /api/labels/%00 HTTP/1.1\r\nhost: x\r\n{anna}\r\n", &[400, 404]),
    (b"GET /api/labels/%F0%9F%92%A9 HTTP/1.1\r\nhost: x\r\n{anna}\r\n", &[400, 404]),
    (b"GET /api/labels?%ff=%zz&&=&a[]=b HTTP/1.1\r\nhost: x\r\n{anna}\r\n", &[422]),
    (b"GET /readyz HTTP/1.1\r\nhost: x\r\nhost: x\r\n\r\n", &[400]),
    (b"GET /readyz HTTP/1.1\r\nhost: x y\r\n\r\n", &[400]),
    (b"GET /api/labels HTTP/1.1\r\nhost: x\r\ncookie: \xff\xfe\r\n\r\n", &[400, 401]),
    (b"GET /api/labels HTTP/1.1\r\nhost: x\r\ncookie: ;;=;__Host-notes_session\r\n\r\n", &[401]),
    (b"GET /api/labels HTTP/1.1\r\nhost: x\r\ncookie: __Host-notes_session=%00\r\n\r\n", &[401]),
    (b"GET /api/labels HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \xc3\xa9\r\n\r\n", &[401]),
    (b"GET /api/labels HTTP/1.1\r\nhost: x\r\nauthorization: Basic YTpi\r\n\r\n", &[401]),
    (b"GET /healthz HTTP/1.1\r\nhost: x\r\ntraceparent: \xff\r\nx-request-id: \xff\r\n\r\n", &[200]),
    (b"GET /docs HTTP/1.1\r\nhost: x\r\naccept-encoding: ;q=,gzip;q=NaN\r\nif-none-match: \xff\r\n\r\n", &[200]),
    (b"POST /api/labels HTTP/1.1\r\nhost: x\r\n{anna}content-type: application/json\r\ncontent-length: 2\r\n\r\n\xff\xfe", &[400]),
    (b"POST /api/labels HTTP/1.1\r\nhost: x\r\n{anna}content-type: application/json\r\ncontent-length: 0\r\n\r\n", &[400]),
    (b"POST /api/labels HTTP/1.1\r\nhost: x\r\n{anna}content-type: \xff\r\ncontent-length: 2\r\n\r\n{}", &[400, 415]),
    (b"POST /api/labels HTTP/1.1\r\nhost: x\r\n{anna}content-type: application/json; charset=\r\ncontent-length: 2\r\n\r\n{}", &[400, 415, 422]),
    (b"POST /api/labels HTTP/1.1\r\nhost: x\r\n{anna}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", &[400]),
    (b"POST /api/labels HTTP/1.1\r\nhost: x\r\n{anna}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nx: \xff\r\n\r\n", &[400, 422]),
    (b"POST /api/labels HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello", &[400]),
    (b"POST /api/labels HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n", &[400]),
    (b"POST /api/labels HTTP/1.1\r\nhost: x\r\n{anna}content-type: application/json\r\ncontent-length: 99999999999\r\nexpect: 100-continue\r\n\r\n", &[413]),
    (b"GET /healthz HTTP/9.9\r\nhost: x\r\n\r\n", &[400, 505]),
    (b"GET /health z HTTP/1.1\r\nhost: x\r\n\r\n", &[400]),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", &[400]),
];

#[tokio::test]
async fn answers_malformed_requests_without_500() {
    let service = Service::sqlite().await;
    let anna = service.person("anna").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = Server::new(
        http::create_endpoint(service.app.clone()),
        Limits::default(),
        Lifecycle::new(),
    );
    tokio::spawn(server.serve_listener(listener, Duration::ZERO));
    let cookie = format!("cookie: {}\r\n", anna.cookie);
    for (request, right) in REQUESTS {
        let shown = request.escape_ascii().to_string();
        let request = with_cookie(request, cookie.as_bytes());
        let mut wire = Wire::connect(address).await.unwrap();
        wire.send(&request).await.unwrap();
        let reply = timeout(Duration::from_secs(20), wire.reply()).await;
        let reply = reply.expect(&shown).expect(&shown);
        assert!(
            right.contains(&reply.status),
            "{shown}: {} {:?}",
            reply.head,
            String::from_utf8_lossy(&reply.body)
        );
        if reply.status >= 400 && reply.header("x-request-id").is_some() {
            assert_eq!(
                reply.header("content-type"),
                Some("application/problem+json"),
                "{shown}"
            );
        }
    }
    // A client that leaves in the middle of its body.
    let mut wire = Wire::connect(address).await.unwrap();
    let begun = format!(
        "POST /api/labels HTTP/1.1\r\nhost: x\r\n{cookie}content-type: application/json\r\ncontent-length: 50\r\n\r\n{{"
    );
    wire.send(begun.as_bytes()).await.unwrap();
    drop(wire);
    let alive = Wire::connect(address)
        .await
        .unwrap()
        .get("/readyz")
        .await
        .unwrap();
    assert_eq!(alive.status, 200);
}

fn with_cookie(request: &[u8], cookie: &[u8]) -> Vec<u8> {
    let mark = b"{anna}";
    match request
        .windows(mark.len())
        .position(|window| window == mark)
    {
        Some(at) => [&request[..at], cookie, &request[at + mark.len()..]].concat(),
        None => request.to_vec(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rejects_unauthenticated_import_before_its_body() {
    let mut process = Process::start(&[]);
    let address = process.address().await;
    let head = "POST /api/import HTTP/1.1\r\nhost: x\r\ncontent-type: application/zip\r\ncontent-length: 50000000\r\n";
    // Who asks before sending is answered at once.
    let mut wire = Wire::connect(address).await.unwrap();
    let asking = format!("{head}expect: 100-continue\r\n\r\n");
    wire.send(asking.as_bytes()).await.unwrap();
    let reply = timeout(Duration::from_secs(5), wire.reply()).await;
    assert_eq!(
        reply.expect("an answer before the body").unwrap().status,
        401
    );
    // Who sends all the same is read to a bound, and kept nowhere.
    let before = process.peak_mib();
    let mut wire = Wire::connect(address).await.unwrap();
    wire.send(format!("{head}\r\n").as_bytes()).await.unwrap();
    let part = vec![b'x'; 1024 * 1024];
    let mut sent = 0;
    while sent < 50 && wire.send(&part).await.is_ok() {
        sent += 1;
    }
    assert!(sent < 50, "all of it was read");
    let after = process.peak_mib();
    assert!(after < before + 8, "{before} MiB before, {after} after");
    // Somebody who may is received.
    let cookie = register(address).await;
    let mut wire = Wire::connect(address).await.unwrap();
    let file = "a note";
    let request = format!(
        "POST /api/import HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\ncontent-type: text/markdown\r\ncontent-length: {}\r\n\r\n{file}",
        file.len()
    );
    wire.send(request.as_bytes()).await.unwrap();
    assert_eq!(wire.reply().await.unwrap().status, 201);
}
