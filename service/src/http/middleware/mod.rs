//! What happens to every request, whatever it asks for.

mod body_limit;
mod compression;
mod cors;
mod cross_origin;
mod host;
mod load;
mod observe;
mod origin;
mod refusals;
pub(crate) mod request_id;
pub(crate) mod routes;
mod security_headers;

use std::sync::Arc;
use std::time::Duration;

use poem::{Endpoint, Response};

pub(crate) use observe::record_user;
pub use origin::{InvalidOrigin, Origin};

/// Whether the process lives.
pub(crate) const LIVENESS: &str = "/healthz";
/// Whether it can do its work.
pub(crate) const READINESS: &str = "/readyz";

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
            import_bytes: 10 * 1024 * 1024,
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

/// Puts every step around an endpoint, the first of them outermost.
pub fn around<E: Endpoint<Output = Response>>(
    endpoint: E,
    policy: &Policy,
) -> impl Endpoint<Output = Response> + use<E> {
    let trusted: Arc<[Origin]> = policy.trusted_origins.clone().into();
    let endpoint = body_limit::BodyLimit {
        inner: endpoint,
        bytes: policy.body_bytes,
        import_bytes: policy.import_bytes,
    };
    let endpoint = cross_origin::CrossOrigin {
        inner: endpoint,
        trusted: Arc::clone(&trusted),
    };
    let endpoint = load::Load::new(endpoint, policy.requests_at_once, policy.request_time);
    let endpoint = host::Host(endpoint);
    let endpoint = refusals::Refusals(endpoint);
    let endpoint = cors::Cors {
        inner: endpoint,
        trusted,
    };
    let endpoint = compression::Compress(endpoint);
    let endpoint = security_headers::SecurityHeaders {
        inner: endpoint,
        transport: policy.transport,
    };
    observe::Observe(endpoint)
}

fn is_probe(path: &str) -> bool {
    [LIVENESS, READINESS].contains(&path)
}
