//! Middleware around every request: logging, security headers, compression, CORS, rate limits, problems, `Host`, bodies, load and cross-site
//! requests.

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

/// Path of the liveness probe: the process runs.
pub(crate) const LIVENESS: &str = "/healthz";
/// Path of the readiness probe: the process can serve requests.
pub(crate) const READINESS: &str = "/readyz";

/// Settings of the middleware, which apply to a request before the application handles it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Origins, in addition to that of the service itself, whose pages may use the API from a browser.
    pub trusted_origins: Vec<Origin>,
    /// Party that terminates TLS; decides on HSTS.
    pub transport: Transport,
    /// Number of trusted proxies in front of the service, each of which appends the address of its peer to `X-Forwarded-For`; 0 by default.
    pub trusted_hops: u8,
    /// Limits of the resources that the process gives to callers.
    pub budget: budget::Limits,
    /// Minimum speed at which request bodies must arrive.
    pub pace: Pace,
    /// Maximum size of a request body in bytes; 1 MiB by default.
    pub body_bytes: u64,
    /// Maximum size of the body of an import in bytes; 10 MiB by default.
    pub import_bytes: u64,
    /// Maximum size of an attachment, or a piece of one, in bytes; 100 MiB by default.
    pub file_bytes: u64,
    /// Maximum time until the head of the response; 30 seconds by default.
    pub request_time: Duration,
    /// Decides if pages that show the OpenAPI document are served.
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

/// Party that terminates TLS with the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// No party: connections are plain, as during development.
    Plain,
    /// A load balancer in front of the service; responses carry HSTS.
    TlsInFront,
}

/// Availability of the pages that show the OpenAPI document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Docs {
    /// The pages are served below `/docs`.
    Served,
    /// The pages are not served, which is right for production, where they would only add attack surface.
    Hidden,
}

/// Wraps an endpoint in all middleware.
pub fn wrap_endpoint<E: Endpoint<Output = Response>>(
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
    let endpoint = rated::RateMiddleware {
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

/// Returns the network of the client that sent a request.
fn find_client_network(request: &Request, trusted_hops: u8) -> IpAddr {
    let peer = request.remote_addr().as_socket_addr();
    ClientAddress::from_headers(
        peer.map(std::net::SocketAddr::ip),
        request.headers(),
        trusted_hops,
    )
    .network()
}

fn is_probe(path: &str) -> bool {
    [LIVENESS, READINESS].contains(&path)
}
