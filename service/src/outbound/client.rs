//! Sends one request over one connection.

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

/// Name that receivers see.
const AGENT: HeaderValue = HeaderValue::from_static(concat!("notes/", env!("CARGO_PKG_VERSION")));
/// Bytes that the head of an answer may have.
const HEAD_BYTES: usize = 32 * 1024;
/// Headers that an answer may have.
const HEADERS: usize = 100;
/// Longest wait for a connection to one of several addresses.
const CONNECT: Duration = Duration::from_secs(3);

/// Sends requests; clones share their limits.
#[derive(Clone)]
pub struct Client {
    settings: Settings,
    resolver: Resolver,
    tls: TlsConnector,
}

/// The head of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Seconds after which the receiver wants to be asked again, if it says so as a number.
    pub retry_after: Option<u32>,
}

impl Answer {
    /// Whether the receiver has taken the request.
    pub fn is_success(self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// The reason why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The name has no address that may be called.
    NoAddress,
    /// Nobody takes the connection.
    NoConnection,
    /// The certificate is not trusted, or the other side speaks no TLS.
    Tls,
    /// What came is no answer.
    NoAnswer,
    /// There was no answer in time.
    TooSlow,
    /// The body is too long to be sent.
    TooLarge,
}

impl Failure {
    /// The word for it.
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
            Self::NoConnection => "nobody takes the connection",
            Self::Tls => "the certificate of the host is not trusted, or it speaks no TLS",
            Self::NoAnswer => "the answer is not HTTP/1.1, or its headers are too long",
            Self::TooSlow => "there was no answer in time",
            Self::TooLarge => "the request is too large",
        })
    }
}

impl std::error::Error for Failure {}

impl Client {
    /// Makes a client; nothing connects yet.
    pub fn new(settings: Settings) -> Result<Self, rustls::Error> {
        Self::with_resolver(settings, Resolver::of_system())
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

    /// The bounds of its requests.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Posts a body with these headers. `Host`, `User-Agent`, `Content-Length` and `Connection` are its own.
    pub async fn post(
        &self,
        target: &Target,
        headers: HeaderMap,
        body: impl Into<Bytes>,
    ) -> Result<Answer, Failure> {
        let body = body.into();
        if body.len() > BODY_BYTES {
            return Err(Failure::TooLarge);
        }
        let request = request(target, headers, body).ok_or(Failure::NoAnswer)?;
        timeout(self.settings.patience, self.exchange(target, request))
            .await
            .unwrap_or(Err(Failure::TooSlow))
    }

    async fn exchange(
        &self,
        target: &Target,
        request: Request<Full<Bytes>>,
    ) -> Result<Answer, Failure> {
        let addresses = self
            .resolver
            .addresses(target, &self.settings.allowed)
            .await;
        let stream = connect(&addresses).await?;
        if !target.is_tls() {
            return answer(stream, request).await;
        }
        let name = match target.host() {
            Host::Domain(name) => ServerName::try_from(name.clone()).map_err(|_| Failure::Tls)?,
            Host::Ipv4(address) => ServerName::from(std::net::IpAddr::V4(*address)),
            Host::Ipv6(address) => ServerName::from(std::net::IpAddr::V6(*address)),
        };
        let stream = self.tls.connect(name, stream).await;
        answer(stream.map_err(|_| Failure::Tls)?, request).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Nothing, if the path of a URL is none of HTTP.
fn request(target: &Target, mut headers: HeaderMap, body: Bytes) -> Option<Request<Full<Bytes>>> {
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

/// Connects to the first address that takes it.
async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, Failure> {
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

/// The head of the answer. The connection ends with this: its work is not left to another task, so that nothing goes on once nobody waits.
async fn answer<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, Failure>
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
        Ok(Answer {
            status: head.status.as_u16(),
            retry_after: head
                .headers
                .get(RETRY_AFTER)
                .and_then(|value| value.to_str().ok()?.parse().ok()),
        })
    };
    let work = async {
        // Its failure is the exchange's, which says it.
        let _ = connection.await;
        std::future::pending().await
    };
    tokio::select! {
        biased;
        answer = exchange => answer,
        never = work => never,
    }
}
