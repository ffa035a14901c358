//! What happens to every request, whatever it asks for.

mod compression;
mod cors;
mod cross_origin;
mod host;
mod intake;
mod load;
mod observe;
mod origin;
mod rated;
mod refusals;
pub(crate) mod request_id;
pub(crate) mod routes;
mod security_headers;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use poem::{Endpoint, Request, Response};

use super::client_address::ClientAddress;
use crate::budget::{self, Budget};

pub use intake::Pace;
pub(crate) use observe::record_user;
pub use origin::{InvalidOrigin, Origin};
pub(crate) use rated::count_for_user;

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
    /// Proxies in front that append to `X-Forwarded-For`, each the address that it saw.
    pub trusted_hops: u8,
    /// Limits of what the process hands out to callers.
    pub budget: budget::Limits,
    /// The least speed of bodies.
    pub pace: Pace,
    /// Bytes of a body.
    pub body_bytes: u64,
    /// Bytes of an import's body.
    pub import_bytes: u64,
    /// Bytes of a file of a note.
    pub file_bytes: u64,
    /// Until the head of the response.
    pub request_time: Duration,
    /// Whether the document is served with pages to read it.
    pub docs: Docs,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            trusted_origins: Vec::new(),
            transport: Transport::Plain,
            trusted_hops: 0,
            budget: budget::Limits::default(),
            pace: Pace::default(),
            body_bytes: 1024 * 1024,
            import_bytes: 10 * 1024 * 1024,
            file_bytes: 100 * 1024 * 1024,
            request_time: Duration::from_secs(30),
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
    budget: &Arc<Budget>,
) -> impl Endpoint<Output = Response> + use<E> {
    let trusted: Arc<[Origin]> = policy.trusted_origins.clone().into();
    let endpoint = cross_origin::CrossOrigin {
        inner: endpoint,
        trusted: Arc::clone(&trusted),
    };
    let endpoint = load::Load {
        inner: endpoint,
        budget: Arc::clone(budget),
        trusted_hops: policy.trusted_hops,
        time: policy.request_time,
    };
    let endpoint = intake::Intake {
        inner: endpoint,
        budget: Arc::clone(budget),
        trusted_hops: policy.trusted_hops,
        pace: policy.pace,
        bytes: policy.body_bytes,
        import_bytes: policy.import_bytes,
        file_bytes: policy.file_bytes,
    };
    let endpoint = host::Host(endpoint);
    let endpoint = refusals::Refusals(endpoint);
    let endpoint = rated::Rated {
        inner: endpoint,
        budget: Arc::clone(budget),
        trusted_hops: policy.trusted_hops,
    };
    let endpoint = cors::Cors {
        inner: endpoint,
        trusted,
    };
    let endpoint = compression::Compress {
        inner: endpoint,
        budget: Arc::clone(budget),
    };
    let endpoint = security_headers::SecurityHeaders {
        inner: endpoint,
        transport: policy.transport,
    };
    observe::Observe(endpoint)
}

/// The network of a request's client.
fn client_of(request: &Request, trusted_hops: u8) -> IpAddr {
    let peer = request.remote_addr().as_socket_addr();
    ClientAddress::of(
        peer.map(std::net::SocketAddr::ip),
        request.headers(),
        trusted_hops,
    )
    .network()
}

fn is_probe(path: &str) -> bool {
    [LIVENESS, READINESS].contains(&path)
}
