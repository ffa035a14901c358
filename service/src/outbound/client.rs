//! Sends each request over a new connection, which is closed after the response.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{
    CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, HeaderValue, RETRY_AFTER, USER_AGENT,
};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Host;

use super::resolver::Resolver;
use super::{BODY_BYTES, Settings, Target};

/// Value of the `User-Agent` header.
const AGENT: HeaderValue = HeaderValue::from_static(concat!("notes/", env!("CARGO_PKG_VERSION")));
/// Maximum size of the status line and headers of a response, in bytes.
const HEAD_BYTES: usize = 32 * 1024;
/// Maximum number of headers in a response.
const HEADERS: usize = 100;
/// Timeout for a connection to each of the addresses of a host.
const CONNECT: Duration = Duration::from_secs(3);

/// Sends requests to URLs that users configure; clones share their limits.
#[derive(Clone)]
pub struct Client {
    settings: Settings,
    resolver: Resolver,
    tls: TlsConnector,
}

/// The parts of a response that are used; the body is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseHead {
    /// HTTP status code of the response.
    pub status: u16,
    /// Value of the `Retry-After` header in seconds; `None` if it is missing or contains a date.
    pub retry_after: Option<u32>,
}

impl ResponseHead {
    /// Returns `true` for a 2xx status, with which the receiver accepts the request.
    pub fn is_success(self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// The reason why a request got no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The host does not exist, or has no address that the service may connect to.
    NoAddress,
    /// No address of the host accepts the connection.
    NoConnection,
    /// The certificate is not trusted, or the TLS handshake failed.
    Tls,
    /// The response is not valid HTTP/1.1, or its headers are too large.
    NoAnswer,
    /// The response did not arrive within the time limit.
    TooSlow,
    /// The request body is larger than [`BODY_BYTES`].
    TooLarge,
}

impl Failure {
    /// Returns the stable code of the failure, for example `no_address`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoAddress => "no_address",
            Self::NoConnection => "no_connection",
            Self::Tls => "tls",
            Self::NoAnswer => "no_answer",
            Self::TooSlow => "too_slow",
            Self::TooLarge => "too_large",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAddress => "the host has no public address",
            Self::NoConnection => "the connection failed",
            Self::Tls => {
                "the certificate of the host is not trusted, or the host does not support TLS"
            }
            Self::NoAnswer => "the response is not valid HTTP/1.1, or its headers are too long",
            Self::TooSlow => "the host did not respond in time",
            Self::TooLarge => "the request is too large",
        })
    }
}

impl std::error::Error for Failure {}

impl Client {
    /// Creates a client; does not connect yet.
    ///
    /// # Errors
    ///
    /// Fails if one of the root certificates in `settings` is not valid.
    pub fn new(settings: Settings) -> Result<Self, rustls::Error> {
        Self::with_resolver(settings, Resolver::from_system())
    }

    pub(super) fn with_resolver(
        settings: Settings,
        resolver: Resolver,
    ) -> Result<Self, rustls::Error> {
        let mut roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        for authority in &settings.authorities {
            roots.add(authority.clone())?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            settings,
            resolver,
            tls: TlsConnector::from(Arc::new(tls)),
        })
    }

    /// Returns the limits that apply to requests of this client.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Posts a body with these headers and waits for the headers of the response. The client sets `Host`, `User-Agent`, `Content-Length` and
    /// `Connection` itself.
    pub async fn post_body(
        &self,
        target: &Target,
        headers: HeaderMap,
        body: impl Into<Bytes>,
    ) -> Result<ResponseHead, Failure> {
        let body = body.into();
        if body.len() > BODY_BYTES {
            return Err(Failure::TooLarge);
        }
        let request = build_request(target, headers, body).ok_or(Failure::NoAnswer)?;
        timeout(self.settings.patience, self.send_to_target(target, request))
            .await
            .unwrap_or(Err(Failure::TooSlow))
    }

    async fn send_to_target(
        &self,
        target: &Target,
        request: Request<Full<Bytes>>,
    ) -> Result<ResponseHead, Failure> {
        let addresses = self
            .resolver
            .resolve_target(target, &self.settings.allowed)
            .await;
        let stream = connect_first(&addresses).await?;
        if !target.is_tls() {
            return exchange_http(stream, request).await;
        }
        let name = match target.host() {
            Host::Domain(name) => ServerName::try_from(name.clone()).map_err(|_| Failure::Tls)?,
            Host::Ipv4(address) => ServerName::from(std::net::IpAddr::V4(*address)),
            Host::Ipv6(address) => ServerName::from(std::net::IpAddr::V6(*address)),
        };
        let stream = self.tls.connect(name, stream).await;
        exchange_http(stream.map_err(|_| Failure::Tls)?, request).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Builds the request. Returns `None` if the host or the path of the target is not valid in HTTP.
fn build_request(
    target: &Target,
    mut headers: HeaderMap,
    body: Bytes,
) -> Option<Request<Full<Bytes>>> {
    headers.insert(HOST, HeaderValue::from_str(&target.authority()).ok()?);
    headers.insert(USER_AGENT, AGENT);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    let mut request = Request::new(Full::new(body));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = target.path().parse::<Uri>().ok()?;
    *request.headers_mut() = headers;
    Some(request)
}

/// Connects to the first of the addresses that accepts a connection, in order.
async fn connect_first(addresses: &[SocketAddr]) -> Result<TcpStream, Failure> {
    let mut failure = Failure::NoAddress;
    for address in addresses {
        failure = match timeout(CONNECT, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(_)) => Failure::NoConnection,
            Err(_) => Failure::TooSlow,
        };
    }
    Err(failure)
}

/// Sends the request and returns the start of the response. The connection is driven in this task and not in a separate one, so it ends when the
/// caller stops waiting.
async fn exchange_http<S>(stream: S, request: Request<Full<Bytes>>) -> Result<ResponseHead, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|_| Failure::NoAnswer)?;
    let exchange = async {
        let answer = sender.send_request(request).await;
        let (head, _body) = answer.map_err(|_| Failure::NoAnswer)?.into_parts();
        Ok(ResponseHead {
            status: head.status.as_u16(),
            retry_after: head
                .headers
                .get(RETRY_AFTER)
                .and_then(|value| value.to_str().ok()?.parse().ok()),
        })
    };
    let work = async {
        // A failed connection also fails the exchange, which reports it.
        let _ = connection.await;
        std::future::pending().await
    };
    tokio::select! {
        biased;
        answer = exchange => answer,
        never = work => never,
    }
}
