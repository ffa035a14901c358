//! Resolves the host of a target to addresses, once, and keeps only those that the service may connect to.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;

use tokio::sync::Semaphore;
use url::Host;

use super::{Networks, Target};

/// Maximum number of concurrent DNS queries. A name server that does not respond holds a thread of the system resolver, even after the caller has
/// timed out.
const AT_ONCE: usize = 32;
/// Maximum number of addresses of a host that are tried.
const ADDRESSES: usize = 4;

type Lookup = dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync;

/// Resolves host names with the system resolver; clones share the limit of concurrent queries.
#[derive(Clone)]
pub(super) struct Resolver {
    lookup: Arc<Lookup>,
    places: Arc<Semaphore>,
}

impl Resolver {
    /// Creates a resolver that uses the resolver of the operating system.
    pub(super) fn from_system() -> Self {
        Self::new(|name, port| Ok((name, port).to_socket_addrs()?.collect()))
    }

    /// Creates a resolver that uses another source of addresses, such as a fixed list in tests.
    pub(super) fn new(
        lookup: impl Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            lookup: Arc::new(lookup),
            places: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Returns the addresses of a target that the service may connect to. The list is empty both for an unknown host and for one with private
    /// addresses only, so callers cannot probe internal names.
    pub(super) async fn resolve_target(
        &self,
        target: &Target,
        allowed: &Networks,
    ) -> Vec<SocketAddr> {
        let port = target.port();
        let mut found = match target.host() {
            Host::Ipv4(address) => vec![SocketAddr::new(IpAddr::V4(*address), port)],
            Host::Ipv6(address) => vec![SocketAddr::new(IpAddr::V6(*address), port)],
            Host::Domain(name) => self.query_host(name, port).await.unwrap_or_default(),
        };
        found.retain(|address| allowed.is_permitted(address.ip()));
        found.truncate(ADDRESSES);
        found
    }

    async fn query_host(&self, name: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let (lookup, name) = (Arc::clone(&self.lookup), name.to_owned());
        let asked = tokio::task::spawn_blocking(move || {
            // Held until the system resolver returns, even if the caller has stopped waiting.
            let _place = place;
            lookup(&name, port)
        });
        asked.await.map_err(io::Error::other)?
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver")
            .field("places", &self.places)
            .finish_non_exhaustive()
    }
}
