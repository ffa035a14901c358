//! The addresses of a target: asked for once, and every one checked.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;

use tokio::sync::Semaphore;
use url::Host;

use super::{Networks, Target};

/// Names that are asked for at once. A name server that does not answer holds a thread of the system's resolver, however soon the caller gives up.
const AT_ONCE: usize = 32;
/// Addresses of a name that are tried.
const ADDRESSES: usize = 4;

type Lookup = dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync;

/// Resolves names by the system's resolver; clones share the limit.
#[derive(Clone)]
pub(super) struct Resolver {
    lookup: Arc<Lookup>,
    places: Arc<Semaphore>,
}

impl Resolver {
    /// The one of the system.
    pub(super) fn of_system() -> Self {
        Self::new(|name, port| Ok((name, port).to_socket_addrs()?.collect()))
    }

    /// Another source of addresses.
    pub(super) fn new(
        lookup: impl Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            lookup: Arc::new(lookup),
            places: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// The addresses that may be connected to. None of a name that exists not, or has private addresses only: whoever asks does not learn which.
    pub(super) async fn addresses(&self, target: &Target, allowed: &Networks) -> Vec<SocketAddr> {
        let port = target.port();
        let mut found = match target.host() {
            Host::Ipv4(address) => vec![SocketAddr::new(IpAddr::V4(*address), port)],
            Host::Ipv6(address) => vec![SocketAddr::new(IpAddr::V6(*address), port)],
            Host::Domain(name) => self.ask(name, port).await.unwrap_or_default(),
        };
        found.retain(|address| allowed.permit(address.ip()));
        found.truncate(ADDRESSES);
        found
    }

    async fn ask(&self, name: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let (lookup, name) = (Arc::clone(&self.lookup), name.to_owned());
        let asked = tokio::task::spawn_blocking(move || {
            // Held until the resolver is through, not until somebody stops waiting for it.
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
