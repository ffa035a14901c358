//! The listener: connections with limits, and an end that loses no request.
//!
//! Poem's own server sets no `TCP_NODELAY`, has no time limit for headers, and refuses connections from the first moment of a shutdown on. So
//! hyper serves the connections here, and Poem is what answers requests.

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
use tokio::time::{sleep, timeout};

use crate::lifecycle::{Lifecycle, Phase};
use crate::telemetry::metrics::CONNECTIONS;
use peers::Peers;
pub use process::{Listeners, RunError, run};

/// What a client may ask of the server before the application sees anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once. For one more, the one that can best be missed is closed.
    pub connections: u32,
    /// Connections at once of one peer, of which another one may be a proxy with many clients.
    pub connections_of_peer: u32,
    /// From the first byte of a request to the end of its head.
    pub head_time: Duration,
    /// Between two requests. Longer than the load balancer's (60 s at an ALB), or it sends a request on a connection that was just closed, and
    /// answers 502 for it.
    pub idle_time: Duration,
    /// Without the client taking anything of a response; also the time that it may be behind the rate.
    pub stalled_time: Duration,
    /// Bytes a second of a response that a client has to take, over all of it.
    pub taken_rate: u32,
    /// Bytes of the request line and headers together; more is answered with 431.
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

/// How long the end takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShutdownTimes {
    /// From the signal to the last new connection: what the load balancer needs to notice.
    pub drain: Duration,
    /// After that, what running requests get.
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

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every request was answered.
    Finished,
    /// The time was up for this many connections.
    CutOff(u32),
    /// A second signal came: nothing was waited for.
    Forced,
}

/// Answers requests on connections of one listener.
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
    /// Requests go to `endpoint`; the end comes when `lifecycle` says so.
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

    /// Serves until the process stops, then finishes what runs, for as long as `finish`.
    pub async fn serve(self, listener: TcpListener, finish: Duration) -> io::Result<Outcome> {
        let address = listener.local_addr()?;
        let slots = Arc::new(Semaphore::new(self.limits.connections as usize));
        let server = Arc::new(self);
        let peers = Arc::new(Peers::default());
        loop {
            let stopping = server.lifecycle.reached(Phase::Stopping);
            tokio::select! {
                biased;
                () = stopping => break,
                (stream, slot) = accept(&listener, &slots, &peers) => server.spawn(stream, slot, &peers),
            }
        }
        server.take_backlog(listener, &slots, &peers)?;
        let all_done = slots.acquire_many(server.limits.connections);
        if timeout(finish, all_done).await.is_ok() {
            return Ok(Outcome::Finished);
        }
        let open = server
            .limits
            .connections
            .saturating_sub(u32::try_from(slots.available_permits()).unwrap_or(u32::MAX));
        tracing::warn!(%address, connections = open, "time is up: open connections are cut off");
        Ok(Outcome::CutOff(open))
    }

    /// Closes the listener, after the connections that the kernel has accepted already: their clients would see them reset.
    fn take_backlog(
        self: &Arc<Self>,
        listener: TcpListener,
        slots: &Arc<Semaphore>,
        peers: &Arc<Peers>,
    ) -> io::Result<()> {
        // Tokio's own `accept` answers from what it last heard of the socket, the system from what is there.
        let listener = listener.into_std()?;
        while let Ok((stream, _)) = listener.accept() {
            let Ok(slot) = Arc::clone(slots).try_acquire_owned() else {
                break;
            };
            stream.set_nonblocking(true)?;
            self.spawn(TcpStream::from_std(stream)?, slot, peers);
        }
        Ok(())
    }

    fn spawn(self: &Arc<Self>, stream: TcpStream, slot: OwnedSemaphorePermit, peers: &Arc<Peers>) {
        let Some(entry) = stream
            .peer_addr()
            .ok()
            .and_then(|peer| peers.open(peer.ip().to_canonical(), self.limits.connections_of_peer))
        else {
            // The client has gone, or all of its connections are busy.
            return;
        };
        let server = Arc::clone(self);
        tokio::spawn(async move {
            let _open = Open::new();
            connection::serve(&server, stream, &entry).await;
            drop((entry, slot));
        });
    }
}

/// The next connection, once there is room for it: another one that does nothing makes room.
async fn accept(
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
                // Out of file descriptors, mostly.
                tracing::error!(error = %error, "no connection can be accepted");
                for _ in 0..ROOM_AT_ONCE {
                    peers.make_room();
                }
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Connections that make room where the system has no more.
const ROOM_AT_ONCE: u32 = 32;

/// The client was gone before it was accepted (`man 2 accept`).
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

/// Counts a connection while it is there.
struct Open;

impl Open {
    fn new() -> Self {
        gauge!(CONNECTIONS).increment(1);
        Self
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        gauge!(CONNECTIONS).decrement(1);
    }
}
