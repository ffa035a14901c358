//! Tests of the client against receivers that listen on this machine.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::resolver::Resolver;
use super::{BODY_BYTES, Client, Failure, Networks, ResponseHead, Settings, Target};

const PATIENCE: Duration = Duration::from_millis(700);

fn local_settings() -> Settings {
    Settings {
        allowed: Networks::new(vec!["127.0.0.0/8".parse().unwrap()]),
        plain_http: true,
        patience: PATIENCE,
        ..Settings::default()
    }
}

/// Starts a receiver that handles each connection with `treat`, which can report on the returned channel.
async fn start_receiver<F, W>(treat: F) -> (SocketAddr, mpsc::UnboundedReceiver<String>)
where
    F: Fn(TcpStream, mpsc::UnboundedSender<String>) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (told, heard) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(treat(stream, told.clone()));
        }
    });
    (address, heard)
}

/// Starts a receiver that reads a request and responds with `answer`.
async fn start_responder(
    answer: impl Into<String>,
) -> (SocketAddr, mpsc::UnboundedReceiver<String>) {
    let answer: String = answer.into();
    start_receiver(move |mut stream, told| {
        let answer = answer.clone();
        async move {
            let _ = told.send(read_request(&mut stream).await);
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    })
    .await
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    while !read.ends_with(b"!") {
        let mut piece = [0; 1024];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(length) => read.extend_from_slice(&piece[..length]),
        }
    }
    String::from_utf8(read).unwrap()
}

async fn post_hello(settings: Settings, url: &str) -> Result<ResponseHead, Failure> {
    let target = Target::parse(url, &settings).unwrap();
    let client = Client::new(settings).unwrap();
    client.post_body(&target, HeaderMap::new(), "hello!").await
}

#[tokio::test]
async fn posts_body_and_returns_status() {
    let (address, mut heard) = start_responder("HTTP/1.1 204 No Content\r\n\r\n").await;
    let settings = local_settings();
    let target = Target::parse(&format!("http://{address}/a?b=c#d"), &settings).unwrap();
    let headers = HeaderMap::from_iter([(
        HeaderName::from_static("webhook-id"),
        HeaderValue::from_static("1"),
    )]);
    let client = Client::new(settings).unwrap();
    let answer = client.post_body(&target, headers, "hello!").await.unwrap();
    assert_eq!(answer.status, 204);
    assert!(answer.is_success());
    let request = heard.recv().await.unwrap();
    let (start, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = start.lines();
    assert_eq!(lines.next(), Some("POST /a?b=c HTTP/1.1"));
    let mut headers: Vec<_> = lines.map(str::to_owned).collect();
    headers.sort();
    assert_eq!(
        headers,
        [
            "connection: close".to_owned(),
            "content-length: 6".to_owned(),
            format!("host: {address}"),
            format!("user-agent: notes/{}", env!("CARGO_PKG_VERSION")),
            "webhook-id: 1".to_owned(),
        ]
    );
    assert_eq!(body, "hello!");
}

#[tokio::test]
async fn does_not_follow_redirects() {
    let (other, mut heard) = start_responder("HTTP/1.1 200 OK\r\n\r\n").await;
    for status in [301, 302, 303, 307, 308] {
        let to = format!("HTTP/1.1 {status} Moved\r\nlocation: http://{other}/\r\n\r\n");
        let (address, _) = start_responder(to).await;
        let answer = post_hello(local_settings(), &format!("http://{address}/"))
            .await
            .unwrap();
        assert_eq!(answer.status, status);
        assert!(!answer.is_success());
    }
    assert!(heard.try_recv().is_err());
}

#[tokio::test]
async fn returns_retry_after_of_receiver() {
    for (value, seconds) in [("120", Some(120)), ("soon", None), ("-1", None)] {
        let answer = format!("HTTP/1.1 429 Slow\r\nretry-after: {value}\r\n\r\n");
        let (address, _) = start_responder(answer).await;
        let answer = post_hello(local_settings(), &format!("http://{address}/"))
            .await
            .unwrap();
        assert_eq!((answer.status, answer.retry_after), (429, seconds));
    }
}

#[tokio::test]
async fn times_out_on_slow_response_headers() {
    let (address, _) = start_receiver(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nx: ").await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    let begun = Instant::now();
    let failed = post_hello(local_settings(), &format!("http://{address}/")).await;
    assert_eq!(failed, Err(Failure::TooSlow));
    assert!(begun.elapsed() < PATIENCE * 3);
}

#[tokio::test]
async fn times_out_without_response() {
    let (address, _) = start_receiver(|stream, _| async move {
        tokio::time::sleep(Duration::from_mins(1)).await;
        drop(stream);
    })
    .await;
    for scheme in ["http", "https"] {
        let failed = post_hello(local_settings(), &format!("{scheme}://{address}/")).await;
        assert_eq!(failed, Err(Failure::TooSlow), "{scheme}");
    }
}

#[tokio::test]
async fn rejects_endless_response_headers() {
    let (address, mut heard) = start_receiver(|mut stream, told| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
        let mut bytes = 0;
        while stream
            .write_all(b"name: 0123456789abcdef\r\n")
            .await
            .is_ok()
        {
            bytes += 24;
        }
        let _ = told.send(bytes.to_string());
    })
    .await;
    let failed = post_hello(local_settings(), &format!("http://{address}/")).await;
    assert_eq!(failed, Err(Failure::NoAnswer));
    // The receiver notices that the client has stopped reading.
    heard.recv().await.unwrap();
}

#[tokio::test]
async fn does_not_read_response_body() {
    let (address, mut heard) = start_receiver(|mut stream, told| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n")
            .await;
        let mut bytes = 0_u64;
        while stream.write_all(&[b'x'; 8192]).await.is_ok() {
            bytes += 8192;
        }
        let _ = told.send(bytes.to_string());
    })
    .await;
    let answer = post_hello(local_settings(), &format!("http://{address}/"))
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
    // Data already in transit fits into the buffers of two sockets.
    let bytes: u64 = heard.recv().await.unwrap().parse().unwrap();
    assert!(bytes < 64 * 1024 * 1024, "{bytes}");
}

#[tokio::test]
async fn rejects_responses_that_are_not_http() {
    for answer in ["", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 two OK\r\n\r\n"] {
        let (address, _) = start_responder(answer).await;
        let failed = post_hello(local_settings(), &format!("http://{address}/")).await;
        assert_eq!(failed, Err(Failure::NoAnswer), "{answer}");
    }
}

#[tokio::test]
async fn reports_refused_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let failed = post_hello(local_settings(), &format!("http://{address}/")).await;
    assert_eq!(failed, Err(Failure::NoConnection));
}

#[tokio::test]
async fn rejects_host_name_with_private_address() {
    let (address, mut heard) = start_responder("HTTP/1.1 200 OK\r\n\r\n").await;
    let closed = Settings {
        plain_http: true,
        ..Settings::default()
    };
    let url = format!("http://localhost:{}/", address.port());
    assert_eq!(post_hello(closed, &url).await, Err(Failure::NoAddress));
    assert!(heard.try_recv().is_err());
    assert_eq!(
        post_hello(local_settings(), &url)
            .await
            .map(|answer| answer.status),
        Ok(200)
    );
}

#[tokio::test]
async fn reports_same_failure_for_unknown_and_private_names() {
    let failed = post_hello(local_settings(), "https://no-such-name.invalid/").await;
    assert_eq!(failed, Err(Failure::NoAddress));
}

#[tokio::test]
async fn keeps_only_permitted_resolved_addresses() {
    let resolver = Resolver::new(|_, port| {
        let all = [
            "10.0.0.1",
            "1.1.1.1",
            "169.254.169.254",
            "::ffff:1.2.3.4",
            "2606:4700::1111",
        ];
        Ok(all
            .map(|ip| SocketAddr::new(ip.parse().unwrap(), port))
            .to_vec())
    });
    let target = Target::parse("https://mixed.example/", &Settings::default()).unwrap();
    let found = resolver.resolve_target(&target, &Networks::default()).await;
    let expected = ["1.1.1.1:443", "[2606:4700::1111]:443"];
    assert_eq!(found, expected.map(|text| text.parse().unwrap()));
}

#[tokio::test]
async fn connects_to_the_checked_address() {
    let (address, mut heard) = start_responder("HTTP/1.1 200 OK\r\n\r\n").await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let rebinding = Resolver::new(move |_, _| {
        // A second query would return an address that may not be called.
        match count.fetch_add(1, Ordering::SeqCst) {
            0 => Ok(vec![address]),
            _ => Ok(vec!["169.254.169.254:80".parse().unwrap()]),
        }
    });
    let settings = local_settings();
    let target = Target::parse("http://rebinding.example:9999/", &settings).unwrap();
    let client = Client::with_resolver(settings, rebinding).unwrap();
    let answer = client.post_body(&target, HeaderMap::new(), "hello!").await;
    assert_eq!(answer.map(|answer| answer.status), Ok(200));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert!(
        heard
            .recv()
            .await
            .unwrap()
            .contains("host: rebinding.example:9999")
    );
}

#[tokio::test]
async fn times_out_on_slow_name_resolution() {
    let stuck = Resolver::new(|_, _| {
        std::thread::sleep(PATIENCE * 2);
        Err(io::Error::other("no answer"))
    });
    let settings = local_settings();
    let target = Target::parse("http://stuck.example/", &settings).unwrap();
    let client = Client::with_resolver(settings, stuck).unwrap();
    let begun = Instant::now();
    let failed = client.post_body(&target, HeaderMap::new(), "hello!").await;
    assert_eq!(failed, Err(Failure::TooSlow));
    assert!(begun.elapsed() < PATIENCE * 2);
}

#[tokio::test]
async fn rejects_oversized_request_body() {
    let (address, mut heard) = start_responder("HTTP/1.1 200 OK\r\n\r\n").await;
    let settings = local_settings();
    let target = Target::parse(&format!("http://{address}/"), &settings).unwrap();
    let client = Client::new(settings).unwrap();
    let long = vec![b'x'; BODY_BYTES + 1];
    let failed = client.post_body(&target, HeaderMap::new(), long).await;
    assert_eq!(failed, Err(Failure::TooLarge));
    assert!(heard.try_recv().is_err());
}

/// Starts a receiver with a certificate for `name`, and returns its address and the certificate.
async fn tls_receiver(name: &str) -> (SocketAddr, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let certificate = made.cert.der().clone();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let (address, _) = start_receiver(move |stream, _| {
        let acceptor = acceptor.clone();
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                return;
            };
            let mut request = vec![0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(b"HTTP/1.1 202 Accepted\r\n\r\n").await;
            let _ = stream.flush().await;
            let _ = stream.read(&mut request).await;
        }
    })
    .await;
    (address, certificate)
}

#[tokio::test]
async fn trusts_only_configured_certificate_authorities() {
    let (address, certificate) = tls_receiver("localhost").await;
    let url = format!("https://localhost:{}/", address.port());
    assert_eq!(post_hello(local_settings(), &url).await, Err(Failure::Tls));
    let trusting = Settings {
        authorities: vec![certificate],
        ..local_settings()
    };
    let answer = post_hello(trusting.clone(), &url).await;
    assert_eq!(answer.map(|answer| answer.status), Ok(202));
    // The certificate is valid for another name.
    assert_eq!(
        post_hello(trusting, &format!("https://{address}/")).await,
        Err(Failure::Tls)
    );
}
