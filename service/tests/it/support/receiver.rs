//! A receiver of webhooks that stores requests, and can be set to misbehave.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

/// Limit of every wait, with a margin for a machine that compiles at the same time.
const PATIENCE: Duration = Duration::from_secs(20);

/// A received request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Request line and headers.
    pub(crate) head: String,
    /// Body of the request.
    pub(crate) body: String,
}

impl Request {
    /// Returns the value of a header, whose name is given in lower case.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().skip(1);
        lines
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_else(|| panic!("no {name} in {}", self.head))
    }

    /// Returns the body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Returns the type of its event.
    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

/// Response to a request.
#[derive(Debug, Clone)]
pub(crate) enum Manner {
    /// A response with this status.
    Status(u16),
    /// A response with this head.
    Head(String),
    /// No response.
    Silence,
    /// Headers that never end.
    EndlessHeaders,
    /// A body that never ends.
    EndlessBody,
    /// A response that is sent byte by byte.
    Drip,
}

/// A receiver of webhooks.
pub(crate) struct Receiver {
    address: SocketAddr,
    manners: Arc<Mutex<VecDeque<Manner>>>,
    requests: mpsc::UnboundedReceiver<Request>,
}

impl Receiver {
    /// Starts a receiver that accepts every request.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let manners = Arc::new(Mutex::new(VecDeque::new()));
        let (sender, requests) = mpsc::unbounded_channel();
        let next = Arc::clone(&manners);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&next), sender.clone()));
            }
        });
        Self {
            address,
            manners,
            requests,
        }
    }

    /// Returns the URL that it listens at.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/hook?key=quicksilver", self.address)
    }

    /// Sets the responses to the next requests; later ones are accepted.
    pub(crate) fn then(&self, manners: impl IntoIterator<Item = Manner>) {
        self.manners.lock().unwrap().extend(manners);
    }

    /// Returns the next request.
    pub(crate) async fn next(&mut self) -> Request {
        let next = timeout(PATIENCE, self.requests.recv()).await;
        next.expect("nothing was sent").unwrap()
    }

    /// Returns a number of next requests.
    pub(crate) async fn take(&mut self, count: usize) -> Vec<Request> {
        let mut all = Vec::with_capacity(count);
        for _ in 0..count {
            all.push(self.next().await);
        }
        all
    }

    /// Asserts that no request arrives within a time.
    pub(crate) async fn expect_no_request(&mut self, time: Duration) {
        if let Ok(Some(request)) = timeout(time, self.requests.recv()).await {
            panic!("{request:?} was sent");
        }
    }
}

async fn serve(
    mut stream: TcpStream,
    manners: Arc<Mutex<VecDeque<Manner>>>,
    sender: mpsc::UnboundedSender<Request>,
) {
    let Some(request) = Box::pin(read(&mut stream)).await else {
        return;
    };
    let manner = manners.lock().unwrap().pop_front();
    let _ = sender.send(request);
    let _ = answer(stream, manner.unwrap_or(Manner::Status(200))).await;
}

async fn answer(mut stream: TcpStream, manner: Manner) -> std::io::Result<()> {
    match manner {
        Manner::Status(status) => {
            let head = format!("HTTP/1.1 {status} Said\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(head.as_bytes()).await
        }
        Manner::Head(head) => stream.write_all(head.as_bytes()).await,
        Manner::Silence => {
            sleep(Duration::from_mins(2)).await;
            Ok(())
        }
        Manner::EndlessHeaders => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
            loop {
                stream.write_all(&b"x: y\r\n".repeat(1024)).await?;
            }
        }
        Manner::EndlessBody => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
            loop {
                stream.write_all(&[b'x'; 8192]).await?;
            }
        }
        Manner::Drip => loop {
            stream.write_all(b"H").await?;
            sleep(Duration::from_millis(100)).await;
        },
    }
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        let length = stream.read(&mut piece).await.ok()?;
        if length == 0 {
            return None;
        }
        bytes.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length?.parse::<usize>().ok()? {
            return Some(Request {
                head: head.to_owned(),
                body: body.to_owned(),
            });
        }
    }
}
