//! Tests of the listener: slow and greedy clients, and a shutdown that loses no request.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use notes_service::lifecycle::{Lifecycle, Phase};
use notes_service::server::{Limits, Outcome, Server};
use poem::endpoint::make;
use poem::{Body, EndpointExt as _, Route};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use crate::support::wire::Wire;

/// A server of test endpoints on a separate port.
struct Running {
    address: SocketAddr,
    lifecycle: Lifecycle,
    outcome: JoinHandle<Outcome>,
}

impl Running {
    async fn start(limits: Limits, finish: Duration) -> Self {
        let fast = make(|_| async { Ok::<_, poem::Error>("fast") });
        let slow = make(|_| async {
            sleep(Duration::from_millis(300)).await;
            Ok::<_, poem::Error>("slow")
        });
        let forever = make(|_| async {
            sleep(Duration::from_hours(1)).await;
            Ok::<_, poem::Error>("late")
        });
        let large = make(|_| async {
            let chunks = (0..10_000).map(|_| Ok::<_, std::io::Error>(vec![0_u8; 65_536]));
            let body = Body::from_bytes_stream(futures_util::stream::iter(chunks));
            Ok::<_, poem::Error>(poem::Response::builder().body(body))
        });
        let page = make(|_| async { Ok::<_, poem::Error>(vec![b'x'; PAGE]) });
        let routes = Route::new()
            .at("/page", page)
            .at("/fast", fast)
            .at("/slow", slow)
            .at("/forever", forever)
            .at("/large", large)
            .map_to_response();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let lifecycle = Lifecycle::new();
        let server = Server::new(routes, limits, lifecycle.clone());
        let outcome =
            tokio::spawn(async move { server.serve_listener(listener, finish).await.unwrap() });
        Self {
            address,
            lifecycle,
            outcome,
        }
    }

    async fn wire(&self) -> Wire {
        Wire::connect(self.address).await.unwrap()
    }
}

/// Size of a response that exceeds all buffers of the system.
const PAGE: usize = 64 * 1024 * 1024;
const FINISH: Duration = Duration::from_secs(10);

/// Returns limits that are short enough for a test.
fn short() -> Limits {
    Limits {
        head_time: Duration::from_millis(300),
        idle_time: Duration::from_millis(1500),
        stalled_time: Duration::from_millis(300),
        ..Limits::default()
    }
}

#[tokio::test]
async fn closes_connection_with_slow_request_head() {
    let server = Running::start(short(), FINISH).await;
    let began = Instant::now();
    let mut silent = server.wire().await;
    silent.send(b"GET /fast HTTP/1.1\r\nhost:").await.unwrap();
    let mut dripping = server.wire().await;
    let drip = async {
        for byte in b"GET /fast HTTP/1.1\r\nx: "
            .iter()
            .chain([b'y'; 1000].iter())
        {
            if dripping.send(&[*byte]).await.is_err() {
                break;
            }
            sleep(Duration::from_millis(20)).await;
        }
        dripping.closed().await
    };
    let (silent, dripping) = tokio::join!(silent.closed(), drip);
    assert!(silent.is_empty() && dripping.is_empty());
    let took = began.elapsed();
    assert!(
        (Duration::from_millis(280)..Duration::from_millis(1200)).contains(&took),
        "{took:?}"
    );
}

#[tokio::test]
async fn keeps_idle_connection_between_requests() {
    let server = Running::start(short(), FINISH).await;
    let mut wire = server.wire().await;
    for _ in 0..2 {
        assert_eq!(wire.get("/fast").await.unwrap().body, b"fast");
        sleep(Duration::from_millis(700)).await;
    }
    assert_eq!(wire.get("/slow").await.unwrap().body, b"slow");
    let began = Instant::now();
    assert!(wire.closed().await.is_empty());
    let took = began.elapsed();
    assert!(took > Duration::from_millis(1300), "{took:?}");
}

#[tokio::test]
async fn closes_connection_of_stalled_reader() {
    let limits = Limits {
        connections: 1,
        ..short()
    };
    let server = Running::start(limits, FINISH).await;
    let mut stalled = server.wire().await;
    stalled
        .send(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    // There is room for one connection: the next is served once the first is gone.
    let mut next = server.wire().await;
    let reply = timeout(Duration::from_secs(5), next.get("/fast")).await;
    assert_eq!(reply.expect("the first is gone").unwrap().status, 200);
    drop(stalled);
}

#[tokio::test]
async fn closes_connection_of_slow_reader() {
    for (rate, is_cut) in [(10 * 1024 * 1024, true), (1024, false)] {
        // The system tells of room in its buffer only when a third of it is free.
        let limits = Limits {
            stalled_time: Duration::from_secs(3),
            taken_rate: rate,
            ..Limits::default()
        };
        let server = Running::start(limits, FINISH).await;
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream
            .write_all(b"GET /page HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
        let mut taken = 0;
        let mut buffer = vec![0; 64 * 1024];
        // It takes something all the time.
        for _ in 0..45 {
            taken += stream.read(&mut buffer).await.unwrap();
            sleep(Duration::from_millis(100)).await;
        }
        while let Ok(bytes @ 1..) = stream.read(&mut buffer).await {
            taken += bytes;
        }
        assert_eq!(taken < PAGE, is_cut, "{taken} bytes at {rate} a second");
    }
}

#[tokio::test]
async fn closes_idle_connections_for_new_ones() {
    let limits = Limits {
        connections: 3,
        ..Limits::default()
    };
    let server = Running::start(limits, FINISH).await;
    let mut busy = server.wire().await;
    busy.send(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    let mut kept = server.wire().await;
    assert_eq!(kept.get("/fast").await.unwrap().status, 200);
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(server.wire().await);
    }
    let mut new = server.wire().await;
    let reply = timeout(Duration::from_secs(5), new.get("/fast")).await;
    assert_eq!(reply.expect("there is room").unwrap().status, 200);
    assert_eq!(busy.reply().await.unwrap().body, b"slow");
    assert_eq!(kept.get("/fast").await.unwrap().status, 200);
    // All but the latest have made room.
    for silent in silent.into_iter().take(19) {
        assert!(silent.closed().await.is_empty());
    }
}

#[tokio::test]
async fn limits_connections_per_peer() {
    let limits = Limits {
        connections_of_peer: 2,
        ..Limits::default()
    };
    let server = Running::start(limits, FINISH).await;
    let mut busy = Vec::new();
    for _ in 0..2 {
        let mut wire = server.wire().await;
        wire.send(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n")
            .await
            .unwrap();
        sleep(Duration::from_millis(50)).await;
        busy.push(wire);
    }
    let third = server.wire().await;
    assert!(third.closed().await.is_empty());
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 7], 0).into()).unwrap();
    let mut other = Wire::over(socket.connect(server.address).await.unwrap());
    assert_eq!(other.get("/fast").await.unwrap().status, 200);
    for mut wire in busy {
        assert_eq!(wire.reply().await.unwrap().body, b"slow");
    }
}

#[tokio::test]
async fn returns_431_for_oversized_request_head() {
    let server = Running::start(Limits::default(), FINISH).await;
    let mut wire = server.wire().await;
    let filler = "x".repeat(20_000);
    wire.send(format!("GET /fast HTTP/1.1\r\nhost: x\r\na: {filler}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    assert_eq!(wire.reply().await.unwrap().status, 200);
    let headers = format!("a: {filler}\r\nb: {filler}\r\n");
    wire.send(format!("GET /fast HTTP/1.1\r\nhost: x\r\n{headers}\r\n").as_bytes())
        .await
        .unwrap();
    assert_eq!(wire.reply().await.unwrap().status, 431);
}

#[tokio::test]
async fn keeps_connection_after_unread_body() {
    let server = Running::start(short(), FINISH).await;
    let mut wire = server.wire().await;
    for _ in 0..2 {
        wire.send(b"POST /fast HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello")
            .await
            .unwrap();
        assert_eq!(wire.reply().await.unwrap().status, 200);
    }
}

#[tokio::test]
async fn finishes_running_requests_before_shutdown() {
    let server = Running::start(Limits::default(), FINISH).await;
    let mut running = server.wire().await;
    running
        .send(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    let mut idle = server.wire().await;
    idle.get("/fast").await.unwrap();
    // Accepted by the kernel, and not a byte of it sent yet.
    let mut fresh = server.wire().await;
    sleep(Duration::from_millis(50)).await;
    server.lifecycle.advance_to(Phase::Stopping);
    let reply = running.reply().await.unwrap();
    assert_eq!(reply.body, b"slow");
    assert!(reply.closes(), "{}", reply.head);
    assert_eq!(fresh.get("/fast").await.unwrap().body, b"fast");
    assert!(idle.closed().await.is_empty());
    assert_eq!(server.outcome.await.unwrap(), Outcome::Finished);
    assert!(Wire::connect(server.address).await.is_err());
}

#[tokio::test]
async fn aborts_unfinished_requests_after_deadline() {
    let server = Running::start(Limits::default(), Duration::from_millis(200)).await;
    let mut running = server.wire().await;
    running
        .send(b"GET /forever HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    sleep(Duration::from_millis(50)).await;
    server.lifecycle.advance_to(Phase::Stopping);
    let outcome = timeout(Duration::from_secs(2), server.outcome).await;
    assert_eq!(outcome.unwrap().unwrap(), Outcome::CutOff(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_all_requests_while_draining_under_load() {
    end_under_load(Duration::from_millis(500)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_all_requests_when_stopped_without_draining() {
    end_under_load(Duration::ZERO).await;
}

#[tokio::test]
async fn begins_no_connection_while_stopping() {
    let server = Running::start(Limits::default(), FINISH).await;
    server.lifecycle.advance_to(Phase::Stopping);
    // On this one thread, the server notices it before the time is over.
    sleep(Duration::from_millis(50)).await;
    let fresh = timeout(Duration::from_millis(100), Wire::connect(server.address)).await;
    assert!(!matches!(fresh, Ok(Ok(_))), "a connection was established");
    assert_eq!(server.outcome.await.unwrap(), Outcome::Finished);
}

async fn end_under_load(drain: Duration) {
    let server = Running::start(Limits::default(), FINISH).await;
    let answered = Arc::new(AtomicU32::new(0));
    let clients: Vec<_> = (0..16)
        .map(|number| {
            let (address, answered) = (server.address, answered.clone());
            let path = if number % 4 == 0 { "/slow" } else { "/fast" };
            tokio::spawn(async move {
                // Each follows `Connection: close`, until nobody accepts its connection any more.
                while let Ok(mut wire) = Wire::connect(address).await {
                    loop {
                        let reply = wire.get(path).await.expect("a request was lost");
                        assert_eq!(reply.status, 200);
                        answered.fetch_add(1, Ordering::Relaxed);
                        if reply.closes() {
                            break;
                        }
                    }
                }
            })
        })
        .collect();
    sleep(Duration::from_millis(500)).await;
    if !drain.is_zero() {
        server.lifecycle.advance_to(Phase::Draining);
        let before = answered.load(Ordering::Relaxed);
        sleep(drain).await;
        let drained = answered.load(Ordering::Relaxed);
        assert!(drained > before, "requests are answered while it drains");
    }
    server.lifecycle.advance_to(Phase::Stopping);
    for client in clients {
        client.await.unwrap();
    }
    assert_eq!(server.outcome.await.unwrap(), Outcome::Finished);
}
