//! A mail server without TLS that stores received mails (RFC 5321).

use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Limit of every wait, with a margin for a machine that compiles at the same time.
const PATIENCE: Duration = Duration::from_secs(20);

/// A received mail.
#[derive(Debug)]
pub(crate) struct Mail {
    /// Recipient address of the envelope.
    pub(crate) to: String,
    /// Headers and text.
    pub(crate) data: String,
}

impl Mail {
    /// Returns the token of the link to this view of the page.
    #[track_caller]
    pub(crate) fn token(&self, view: &str) -> String {
        // Quoted-printable or not: a token has no `=`, and lines may be folded.
        let text = self.data.replace("=\r\n", "").replace("=3D", "=");
        let start = format!("https://notes.example.com/{view}#token=");
        let (_, rest) = text.split_once(&start).unwrap_or_else(|| panic!("{text}"));
        rest.split_whitespace().next().unwrap().to_owned()
    }
}

/// A mail server.
pub(crate) struct Sink {
    pub(crate) port: u16,
    received: mpsc::UnboundedReceiver<Mail>,
}

impl Sink {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, received) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, sender.clone()));
            }
        });
        Self { port, received }
    }

    /// Returns the next mail.
    pub(crate) async fn next(&mut self) -> Mail {
        timeout(PATIENCE, self.received.recv())
            .await
            .expect("a mail in time")
            .unwrap()
    }

    /// Returns true if no message arrives for half a second.
    pub(crate) async fn is_silent(&mut self) -> bool {
        timeout(Duration::from_millis(500), self.received.recv())
            .await
            .is_err()
    }
}

/// Accepts every mail of clients that authenticate with `user` and `hunter2`, except to `nobody@`.
async fn serve(stream: TcpStream, sender: mpsc::UnboundedSender<Mail>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await.ok()?;
    let mut to = String::new();
    let mut known = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let word = line.split([' ', '\r']).next().unwrap_or_default();
        let answer = match word.to_uppercase().as_str() {
            "EHLO" => "250-sink\r\n250 AUTH PLAIN\r\n",
            // \0user\0hunter2
            "AUTH" if line.trim_end().ends_with("AHVzZXIAaHVudGVyMg==") => {
                known = true;
                "235 welcome\r\n"
            }
            "AUTH" => "535 who are you?\r\n",
            "MAIL" if !known => "530 who are you?\r\n",
            "RCPT" if line.contains("nobody@") => "550 nobody here\r\n",
            "RCPT" => {
                let (_, rest) = line.split_once('<')?;
                rest.split('>').next()?.clone_into(&mut to);
                "250 fine\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                let mut data = String::new();
                while !data.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut data).await.ok()? == 0 {
                        return None;
                    }
                }
                let mail = Mail {
                    to: to.clone(),
                    data,
                };
                sender.send(mail).ok()?;
                "250 kept\r\n"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await.ok()?;
                return Some(());
            }
            _ => "250 fine\r\n",
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
    }
}
