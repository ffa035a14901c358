//! Provides a local HTTP server that replaces AWS, returns the responses of a test and records the requests.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A recorded request.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// HTTP method and path.
    pub(super) line: String,
    /// Service and region of the signature, as `REGION/SERVICE`.
    pub(super) scope: String,
    /// The `X-Amz-Target` header of a JSON request.
    pub(super) target: String,
    pub(super) body: String,
}

/// A local HTTP server that replaces AWS until the test ends.
pub(super) struct StandIn {
    pub(super) address: String,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl StandIn {
    /// Starts a server that returns these statuses and bodies in order. It responds to `GetCallerIdentity` separately.
    pub(super) fn new(answers: &[(u16, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&calls);
        let answers = answers.iter();
        let mut answers: Vec<(u16, String)> = answers
            .map(|(status, body)| (*status, (*body).to_owned()))
            .collect();
        answers.reverse();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let call = read(&stream);
                if call.body.contains("Action=GetCallerIdentity") {
                    write(stream, 200, IDENTITY);
                    continue;
                }
                let (status, body) = answers.pop().unwrap_or((400, "{}".to_owned()));
                kept.lock().unwrap().push(call);
                write(stream, status, &body);
            }
        });
        Self { address, calls }
    }

    /// Returns the recorded calls, except those of STS.
    pub(super) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }
}

const IDENTITY: &str = "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/ada</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>";

fn read(stream: &TcpStream) -> Call {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut words = line.split_whitespace();
    let mut call = Call {
        line: [words.next(), words.next()]
            .map(Option::unwrap_or_default)
            .join(" "),
        scope: String::new(),
        target: String::new(),
        body: String::new(),
    };
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim().split_once(':') else {
            break;
        };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap(),
            "x-amz-target" => value.trim().clone_into(&mut call.target),
            "authorization" => {
                // AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, …
                let parts: Vec<&str> = value.split('/').collect();
                call.scope = format!("{}/{}", parts[2], parts[3]);
            }
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    call.body = String::from_utf8(body).unwrap();
    call
}

fn write(mut stream: TcpStream, status: u16, body: &str) {
    let head = format!(
        "HTTP/1.1 {status} Answer\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + body).as_bytes()).unwrap();
}
