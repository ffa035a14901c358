//! A load balancer that behaves like an ALB: it checks `/readyz`, distributes requests to ready targets, keeps connections to them, adds the address
//! of the client, and repeats nothing.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::support::wire::Wire;

/// Interval between readiness checks; the shortest of an ALB is 5 s, and it drains targets for longer.
const ASKED_EVERY: Duration = Duration::from_millis(100);

/// A balancer that runs until it is dropped.
pub(super) struct Balancer {
    address: SocketAddr,
    targets: Arc<Targets>,
    _tasks: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Targets {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    targets: HashMap<SocketAddr, Target>,
    turn: usize,
}

#[derive(Debug, Default)]
struct Target {
    is_ready: bool,
    idle: Vec<TcpStream>,
}

impl Targets {
    /// Returns the next ready target, with an open connection if there is one.
    fn next(&self) -> Option<(SocketAddr, Option<TcpStream>)> {
        let mut state = self.state.lock().unwrap();
        let mut ready: Vec<_> = state
            .targets
            .iter()
            .filter(|(_, target)| target.is_ready)
            .map(|(address, _)| *address)
            .collect();
        ready.sort_unstable();
        state.turn += 1;
        let address = *ready.get(state.turn % ready.len().max(1))?;
        let idle = state.targets.get_mut(&address).unwrap().idle.pop();
        Some((address, idle))
    }

    /// Keeps a connection for the next request, unless its target is not ready.
    fn keep(&self, address: SocketAddr, connection: TcpStream) {
        if let Some(target) = self.state.lock().unwrap().targets.get_mut(&address)
            && target.is_ready
        {
            target.idle.push(connection);
        }
    }

    /// Stores the result of a readiness check; closes the connections to a target that is not ready.
    fn note(&self, address: SocketAddr, is_ready: bool) {
        if let Some(target) = self.state.lock().unwrap().targets.get_mut(&address) {
            target.is_ready = is_ready;
            if !is_ready {
                target.idle.clear();
            }
        }
    }

    fn all(&self) -> Vec<SocketAddr> {
        self.state.lock().unwrap().targets.keys().copied().collect()
    }
}

impl Balancer {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let targets = Arc::new(Targets::default());
        let mut tasks = JoinSet::new();
        tasks.spawn(ask_for_readiness(Arc::clone(&targets)));
        let accepting = Arc::clone(&targets);
        tasks.spawn(async move {
            let mut clients = JoinSet::new();
            while let Ok((client, peer)) = listener.accept().await {
                let targets = Arc::clone(&accepting);
                // What goes wrong with one client is seen by that client.
                clients.spawn(async move { drop(serve(&targets, client, peer.ip()).await) });
                while clients.try_join_next().is_some() {}
            }
        });
        Self {
            address,
            targets,
            _tasks: tasks,
        }
    }

    /// Returns the address for clients.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Registers a target, and waits until requests are sent there.
    pub(super) async fn add(&self, address: SocketAddr) {
        self.targets
            .state
            .lock()
            .unwrap()
            .targets
            .insert(address, Target::default());
        let ready = async {
            while !self.targets.state.lock().unwrap().targets[&address].is_ready {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(Duration::from_secs(20), ready)
            .await
            .expect("the target becomes ready");
    }

    /// Removes a target.
    pub(super) fn remove(&self, address: SocketAddr) {
        self.targets.state.lock().unwrap().targets.remove(&address);
    }
}

async fn ask_for_readiness(targets: Arc<Targets>) {
    loop {
        for address in targets.all() {
            let asked = async { Wire::connect(address).await?.get("/readyz").await };
            let answer = timeout(Duration::from_secs(2), asked).await;
            targets.note(
                address,
                matches!(answer, Ok(Ok(reply)) if reply.status == 200),
            );
        }
        sleep(ASKED_EVERY).await;
    }
}

/// Passes on the requests of one connection.
async fn serve(targets: &Targets, mut client: TcpStream, from: IpAddr) -> io::Result<()> {
    client.set_nodelay(true)?;
    let mut buffer = Vec::new();
    loop {
        let Some(head) = read_head(&mut client, &mut buffer).await? else {
            return Ok(());
        };
        let mut request = with_client(&head, from);
        let body = length(&head).unwrap_or(0);
        while buffer.len() < body {
            fill(&mut client, &mut buffer).await?;
        }
        request.extend(buffer.drain(..body));
        let Some((address, idle)) = targets.next() else {
            refuse(&mut client, 503).await?;
            continue;
        };
        match pass_on(&mut client, address, idle, &request).await {
            Ok(Passed::Open(connection)) => targets.keep(address, connection),
            Ok(Passed::Closed) => {}
            Ok(Passed::Streamed) => return Ok(()),
            // Nothing of the answer has come.
            Err(Failed::Before) => refuse(&mut client, 502).await?,
            Err(Failed::Within(error)) => return Err(error),
        }
    }
}

enum Passed {
    Open(TcpStream),
    Closed,
    /// The response was passed on until its end, at which the connection to the client is closed.
    Streamed,
}

enum Failed {
    Before,
    Within(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Within(error)
    }
}

async fn pass_on(
    client: &mut TcpStream,
    address: SocketAddr,
    idle: Option<TcpStream>,
    request: &[u8],
) -> Result<Passed, Failed> {
    let mut target = match idle {
        Some(connection) => connection,
        None => TcpStream::connect(address)
            .await
            .map_err(|_| Failed::Before)?,
    };
    let _ = target.set_nodelay(true);
    target
        .write_all(request)
        .await
        .map_err(|_| Failed::Before)?;
    let mut buffer = Vec::new();
    let head = read_head(&mut target, &mut buffer).await;
    let Ok(Some(head)) = head else {
        return Err(Failed::Before);
    };
    let closes = head
        .lines()
        .any(|line| line.eq_ignore_ascii_case("connection: close"));
    // How the connection to the target ends is nothing to the client.
    let told: Vec<&str> = head
        .lines()
        .filter(|line| !line.eq_ignore_ascii_case("connection: close"))
        .collect();
    client.write_all(told.join("\r\n").as_bytes()).await?;
    client.write_all(b"\r\n\r\n").await?;
    match length(&head) {
        Some(length) => {
            while buffer.len() < length {
                fill(&mut target, &mut buffer).await?;
            }
            client.write_all(&buffer[..length]).await?;
        }
        None if is_chunked(&head) => {
            stream(client, &mut target, &mut buffer).await?;
            return Ok(Passed::Streamed);
        }
        None => {}
    }
    Ok(if closes {
        Passed::Closed
    } else {
        Passed::Open(target)
    })
}

/// Passes on chunks as they come, until the last one or until the client leaves.
async fn stream(
    client: &mut TcpStream,
    target: &mut TcpStream,
    buffer: &mut Vec<u8>,
) -> io::Result<()> {
    const LAST: &[u8] = b"\r\n0\r\n\r\n";
    let mut gone = [0];
    let mut tail = Vec::new();
    loop {
        client.write_all(buffer).await?;
        tail.append(buffer);
        if tail.ends_with(LAST) {
            return Ok(());
        }
        tail.drain(..tail.len().saturating_sub(LAST.len()));
        tokio::select! {
            filled = fill(target, buffer) => filled?,
            read = client.read(&mut gone) => match read? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                _ => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }
}

/// Reads the head of a request or response with its empty line; returns `None` at the end of the connection.
async fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<String>> {
    loop {
        if let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head: Vec<u8> = buffer.drain(..end + 4).collect();
            return Ok(Some(String::from_utf8_lossy(&head[..end + 2]).into_owned()));
        }
        if stream.read_buf(buffer).await? == 0 {
            return if buffer.is_empty() {
                Ok(None)
            } else {
                Err(io::ErrorKind::UnexpectedEof.into())
            };
        }
    }
}

async fn fill(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<()> {
    match stream.read_buf(buffer).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

fn value<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn length(head: &str) -> Option<usize> {
    value(head, "content-length").map(|length| length.parse().unwrap())
}

fn is_chunked(head: &str) -> bool {
    value(head, "transfer-encoding") == Some("chunked")
}

/// Returns the head of a request with the address of its client, as the last entry.
fn with_client(head: &str, from: IpAddr) -> Vec<u8> {
    let client = match from {
        // So that tests can be in other networks than the loopback's.
        IpAddr::V4(address) => {
            Ipv4Addr::new(203, 0, address.octets()[2], address.octets()[3]).into()
        }
        IpAddr::V6(_) => from,
    };
    format!("{head}x-forwarded-for: {client}\r\n\r\n").into_bytes()
}

async fn refuse(client: &mut TcpStream, status: u16) -> io::Result<()> {
    let answer = format!("HTTP/1.1 {status} of the balancer\r\ncontent-length: 0\r\n\r\n");
    client.write_all(answer.as_bytes()).await
}
