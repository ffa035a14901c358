//! The HTTP server: it limits connections and requests, and shuts down without losing accepted requests.
//!
//! Poem's own server does not set `TCP_NODELAY`, has no timeout for request headers, and refuses connections from the start of a shutdown. So hyper
//! serves the connections here, and Poem handles the requests. [`run_server`] starts the whole process; [`Server`] serves one listener.

mod connection;
mod peers;
mod process;
mod signals;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use metrics::gauge;
use poem::endpoint::{DynEndpoint, ToDynEndpoint};
use poem::{Endpoint, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, timeout_at};

use crate::lifecycle::{Lifecycle, Phase};
use crate::telemetry::metrics::CONNECTIONS;
use peers::Peers;
pub use process::{Listeners, RunError, run_server};

/// Limits that the server enforces on clients before the application handles a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Maximum number of open connections; 4,096 by default. A further connection closes the one that is least in use.
    pub connections: u32,
    /// Maximum number of open connections of one IP address, which may be a proxy with many clients; 512 by default.
    pub connections_of_peer: u32,
    /// Timeout from the first byte of a request to the end of its headers; 10 seconds by default.
    pub head_time: Duration,
    /// Time after which a connection without requests is closed; 75 seconds by default. It must be longer than the idle timeout of the load balancer
    /// (60 s at an ALB). Otherwise the load balancer sends a request on a connection that was just closed, and responds with 502.
    pub idle_time: Duration,
    /// Time after which a connection is closed if the client reads nothing of a response; 30 seconds by default. A client may also lag behind
    /// `taken_rate` by this time.
    pub stalled_time: Duration,
    /// Minimum average rate at which a client must read a response, in bytes per second; 16 KiB/s by default.
    pub taken_rate: u32,
    /// Maximum size of the request line and headers together, in bytes; 32 KiB by default. Larger requests are answered with 431.
    pub head_bytes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            connections_of_peer: 512,
            head_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(75),
            stalled_time: Duration::from_secs(30),
            taken_rate: 16 * 1024,
            head_bytes: 32 * 1024,
        }
    }
}

/// Durations of the two steps of a shutdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShutdownTimes {
    /// Time from the signal until new connections are refused, in which the load balancer notices that the process is not ready; zero by default.
    pub drain: Duration,
    /// Time that running requests get to finish after that; 20 seconds by default.
    pub finish: Duration,
}

impl Default for ShutdownTimes {
    fn default() -> Self {
        Self {
            drain: Duration::ZERO,
            finish: Duration::from_secs(20),
        }
    }
}

/// The result of a shutdown, which the exit of the process reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All requests were answered in time.
    Finished,
    /// The time ran out, and this number of connections was closed with requests running.
    CutOff(u32),
    /// A second signal ended the process immediately, without waiting for requests.
    Forced,
}

/// An HTTP server for the connections of one listener.
#[derive(Clone)]
pub struct Server {
    endpoint: Arc<dyn DynEndpoint<Output = Response>>,
    limits: Limits,
    lifecycle: Lifecycle,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// Creates a server that passes requests to `endpoint` and stops accepting connections when `lifecycle` reaches [`Phase::Stopping`].
    pub fn new(
        endpoint: impl Endpoint<Output = Response> + 'static,
        limits: Limits,
        lifecycle: Lifecycle,
    ) -> Self {
        Self {
            endpoint: Arc::new(ToDynEndpoint(endpoint)),
            limits,
            lifecycle,
        }
    }

    /// Serves connections until the process stops, then waits up to `finish` for running requests.
    ///
    /// # Errors
    ///
    /// Fails if the local address of the listener cannot be read, or if its queued connections cannot be taken over.
    pub async fn serve_listener(
        self,
        listener: TcpListener,
        finish: Duration,
    ) -> io::Result<Outcome> {
        let address = listener.local_addr()?;
        let slots = Arc::new(Semaphore::new(self.limits.connections as usize));
        let server = Arc::new(self);
        let peers = Arc::new(Peers::default());
        loop {
            let stopping = server.lifecycle.wait_for_phase(Phase::Stopping);
            tokio::select! {
                biased;
                () = stopping => break,
                (stream, slot) = accept_connection(&listener, &slots, &peers) => server.spawn_connection(stream, slot, &peers),
            }
        }
        let deadline = Instant::now() + finish;
        if refuse_handshakes(&listener).is_ok() {
            let settled = sleep(HANDSHAKE_TIME.min(finish));
            tokio::pin!(settled);
            loop {
                tokio::select! {
                    biased;
                    () = &mut settled => break,
                    (stream, slot) = accept_connection(&listener, &slots, &peers) => server.spawn_connection(stream, slot, &peers),
                }
            }
        }
        server.take_backlog(listener, &slots, &peers)?;
        let all_done = slots.acquire_many(server.limits.connections);
        if timeout_at(deadline, all_done).await.is_ok() {
            return Ok(Outcome::Finished);
        }
        let open = server
            .limits
            .connections
            .saturating_sub(u32::try_from(slots.available_permits()).unwrap_or(u32::MAX));
        tracing::warn!(%address, connections = open, "the time to finish is over: open connections are closed");
        Ok(Outcome::CutOff(open))
    }

    /// Closes the listener after serving the connections that the kernel has already queued; their clients would otherwise see a connection reset.
    fn take_backlog(
        self: &Arc<Self>,
        listener: TcpListener,
        slots: &Arc<Semaphore>,
        peers: &Arc<Peers>,
    ) -> io::Result<()> {
        // Tokio's `accept` relies on the readiness it last recorded; the standard listener asks the system directly.
        let listener = listener.into_std()?;
        while let Ok((stream, _)) = listener.accept() {
            let Ok(slot) = Arc::clone(slots).try_acquire_owned() else {
                break;
            };
            stream.set_nonblocking(true)?;
            self.spawn_connection(TcpStream::from_std(stream)?, slot, peers);
        }
        Ok(())
    }

    fn spawn_connection(
        self: &Arc<Self>,
        stream: TcpStream,
        slot: OwnedSemaphorePermit,
        peers: &Arc<Peers>,
    ) {
        let Some(entry) = stream.peer_addr().ok().and_then(|peer| {
            peers.register_peer(peer.ip().to_canonical(), self.limits.connections_of_peer)
        }) else {
            // The client has disconnected, or all of its connections are busy.
            return;
        };
        let server = Arc::clone(self);
        tokio::spawn(async move {
            let _open = ConnectionGauge::new();
            connection::serve_connection(&server, stream, &entry).await;
            drop((entry, slot));
        });
    }
}

/// Time that handshakes in progress get to complete when the process stops; part of the time to finish.
const HANDSHAKE_TIME: Duration = Duration::from_millis(250);

/// Drops packets that begin a new connection, so that none is established between the last `accept` and the end of the listener: the kernel would reset
/// it, and a request on it would be lost. The client repeats the packet after a second and is refused by then, or reaches another process.
///
/// Uses a packet filter of the socket (`man 7 socket`, `SO_ATTACH_FILTER`). Accepted connections are not affected.
///
/// # Errors
///
/// Fails if the system has no such filters, as in some sandboxes.
#[cfg(target_os = "linux")]
fn refuse_handshakes(listener: &TcpListener) -> io::Result<()> {
    use socket2::{SockFilter, SockRef};

    // The flags of a TCP header are its byte 13 (RFC 9293, 3.1): SYN is 0x02 and ACK is 0x10. Instructions are those of `linux/bpf_common.h`.
    let filter = [
        SockFilter::new(0x30, 0, 0, 13),       // load byte 13
        SockFilter::new(0x54, 0, 0, 0x12),     // keep SYN and ACK
        SockFilter::new(0x15, 0, 1, 0x02),     // unless SYN alone, skip one
        SockFilter::new(0x06, 0, 0, 0),        // drop the packet
        SockFilter::new(0x06, 0, 0, u32::MAX), // keep the packet
    ];
    SockRef::from(listener).attach_filter(&filter)
}

/// Fails: only Linux has filters that drop the packets of a socket.
#[cfg(not(target_os = "linux"))]
fn refuse_handshakes(_: &TcpListener) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Accepts the next connection and waits for a free slot. At the limit, another connection is closed to free one.
async fn accept_connection(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
    peers: &Arc<Peers>,
) -> (TcpStream, OwnedSemaphorePermit) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                if slots.available_permits() == 0 {
                    peers.make_room();
                }
                let slot = Arc::clone(slots).acquire_owned().await;
                return (stream, slot.expect("the semaphore is never closed"));
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                // Usually the process is out of file descriptors.
                tracing::error!(error = %error, "a connection cannot be accepted");
                for _ in 0..CLOSED_AT_ONCE {
                    peers.make_room();
                }
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Connections that are closed at once when the system cannot accept more, usually for lack of file descriptors.
const CLOSED_AT_ONCE: u32 = 32;

/// Returns `true` if accepting failed because this client disconnected first (`man 2 accept`), which does not affect other connections.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

/// Counts an open connection in the metrics until it is dropped.
struct ConnectionGauge;

impl ConnectionGauge {
    fn new() -> Self {
        gauge!(CONNECTIONS).increment(1);
        Self
    }
}

impl Drop for ConnectionGauge {
    fn drop(&mut self) {
        gauge!(CONNECTIONS).decrement(1);
    }
}
