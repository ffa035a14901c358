//! A client that exposes the bytes of a connection.

use std::io;
use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::PASSWORD;

/// One connection.
pub(crate) struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A response over a raw connection.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// Returns the value of a header, whose name is given in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Returns true if the server closes the connection after the response.
    pub(crate) fn closes(&self) -> bool {
        self.header("connection") == Some("close")
    }
}

impl Wire {
    pub(crate) async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self::over(stream))
    }

    /// Wraps an open connection.
    pub(crate) fn over(stream: TcpStream) -> Self {
        Self {
            stream,
            buffer: Vec::new(),
        }
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await
    }

    /// Sends a request without a body, and waits for its reply.
    pub(crate) async fn get(&mut self, path: &str) -> io::Result<Reply> {
        self.send(format!("GET {path} HTTP/1.1\r\nhost: test\r\n\r\n").as_bytes())
            .await?;
        self.reply().await
    }

    /// Sends a request with a cookie, perhaps with a body in JSON, and waits for its reply.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        cookie: &str,
        body: Option<&Value>,
    ) -> io::Result<Reply> {
        let head = format!("{method} {path} HTTP/1.1\r\nhost: test\r\ncookie: {cookie}");
        let request = match body.map(Value::to_string) {
            None => format!("{head}\r\n\r\n"),
            Some(body) => format!(
                "{head}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            ),
        };
        self.send(request.as_bytes()).await?;
        self.reply().await
    }

    /// Reads the next response with its `Content-Length`; an earlier end of the connection is an error.
    pub(crate) async fn reply(&mut self) -> io::Result<Reply> {
        let head_end = loop {
            let end = self
                .buffer
                .windows(4)
                .position(|bytes| bytes == b"\r\n\r\n");
            match end {
                Some(end) => break end + 4,
                None => self.fill().await?,
            }
        };
        let head: Vec<u8> = self.buffer.drain(..head_end).collect();
        let mut reply = Reply {
            status: 0,
            head: String::from_utf8_lossy(&head).into_owned(),
            body: Vec::new(),
        };
        reply.status = reply.head.split(' ').nth(1).unwrap().parse().unwrap();
        let length = reply
            .header("content-length")
            .map_or(0, |value| value.parse().unwrap());
        while self.buffer.len() < length {
            self.fill().await?;
        }
        reply.body = self.buffer.drain(..length).collect();
        Ok(reply)
    }

    /// Reads the next event of a stream, with its framing.
    pub(crate) async fn event(&mut self) -> io::Result<String> {
        loop {
            let end = self.buffer.windows(2).position(|bytes| bytes == b"\n\n");
            if let Some(end) = end {
                let event = self.buffer.drain(..end + 2).collect::<Vec<_>>();
                return Ok(String::from_utf8_lossy(&event).into_owned());
            }
            self.fill().await?;
        }
    }

    async fn fill(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    /// Waits until the server ends the connection, and returns what it sent before.
    pub(crate) async fn closed(mut self) -> Vec<u8> {
        while self.fill().await.is_ok() {}
        self.buffer
    }
}

/// Registers a person, and returns the cookie.
pub(crate) async fn register(address: SocketAddr) -> String {
    let mut wire = Wire::connect(address).await.unwrap();
    let person = json!({"email": "ada@example.com", "username": "ada", "password": PASSWORD});
    let reply = wire
        .ask("POST", "/api/auth/register", "", Some(&person))
        .await
        .unwrap();
    assert_eq!(reply.status, 201, "{}", reply.head);
    let cookie = reply.header("set-cookie").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}
