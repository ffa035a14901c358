//! `notes healthcheck`: requests `/healthz` on this machine, as the health check of a container without a shell.

use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::exit::{Exit, print_error};

/// Time limit of the request; a working process responds much faster.
const LIMIT: Duration = Duration::from_secs(3);

pub(super) async fn run_healthcheck() -> Exit {
    // Read only PORT: the result must not depend on problems elsewhere in the configuration.
    let port = std::env::var("PORT")
        .ok()
        .and_then(|port| port.parse().ok())
        .unwrap_or(8080);
    match timeout(LIMIT, request_health(port)).await {
        Ok(Ok(true)) => Exit::Done,
        Ok(Ok(false)) => report_not_alive(port, "the response has a status other than 200"),
        Ok(Err(error)) => report_not_alive(port, &error.to_string()),
        Err(_) => report_not_alive(port, "no response within 3 s"),
    }
}

fn report_not_alive(port: u16, why: &str) -> Exit {
    print_error(&format!("error: http://127.0.0.1:{port}/healthz: {why}"));
    Exit::NotAlive
}

async fn request_health(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .await?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).await?;
    Ok(head.starts_with(b"HTTP/1.1 200"))
}
