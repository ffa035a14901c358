//! What happens to every request, whatever it asks for.

mod origin;

use std::time::Duration;

pub use origin::{InvalidOrigin, Origin};

/// How requests are treated before the application sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Sites whose pages may use the API from a browser, besides the one it is served from.
    pub trusted_origins: Vec<Origin>,
    /// Who speaks TLS.
    pub transport: Transport,
    /// Bytes of a body.
    pub body_bytes: u64,
    /// Bytes of an import's body.
    pub import_bytes: u64,
    /// Until the head of the response.
    pub request_time: Duration,
    /// Requests that are answered at once; more are refused with 503, because to wait would only make all of them late.
    pub requests_at_once: usize,
    /// Whether the document is served with pages to read it.
    pub docs: Docs,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            trusted_origins: Vec::new(),
            transport: Transport::Plain,
            body_bytes: 1024 * 1024,
            import_bytes: 32 * 1024 * 1024,
            request_time: Duration::from_secs(30),
            requests_at_once: 512,
            docs: Docs::Served,
        }
    }
}

/// Who speaks TLS with the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Nobody: a developer's machine.
    Plain,
    /// The load balancer: browsers are told never to come without.
    TlsInFront,
}

/// Whether pages that show the API are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Docs {
    /// They are.
    Served,
    /// They are not: in production, where they would only be more to attack.
    Hidden,
}
