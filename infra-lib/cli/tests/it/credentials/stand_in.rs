//! Runs a local server in place of AWS, which answers the requests of a test and records them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request that the program sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    /// Method and path, such as `PUT /latest/api/token`.
    pub(crate) line: String,
    /// Header lines, in lower case.
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

impl Request {
    /// Returns the access key that the request is signed with.
    pub(crate) fn key(&self) -> Option<String> {
        let header = self.header("authorization")?;
        let (_, rest) = header.split_once("credential=")?;
        Some(rest.split('/').next()?.to_owned())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// Returns the API action of a form, such as `AssumeRole`.
    pub(crate) fn action(&self) -> &str {
        let mut fields = self.body.split('&');
        fields
            .find_map(|field| field.strip_prefix("Action="))
            .unwrap_or_default()
    }
}

/// Status and body of a response.
pub(crate) type Reply = (u16, String);

/// A server on a free port, which stops at the end of the test.
pub(crate) struct StandIn {
    pub(crate) address: String,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl StandIn {
    /// Starts a server that answers every request with the result of a function.
    pub(crate) fn new(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&seen), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                thread::spawn(move || {
                    let request = read(&stream);
                    let (status, body) = answer(&request);
                    kept.lock().unwrap().push(request);
                    write(stream, status, &body);
                });
            }
        });
        Self { address, seen }
    }

    /// Returns the requests so far.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut words = line.split_whitespace();
    let mut request = Request {
        line: format!(
            "{} {}",
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default()
        ),
        ..Request::default()
    };
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let header = header.trim();
        if header.is_empty() {
            break;
        }
        // Keys are case-sensitive, header names are not.
        let (name, value) = header.split_once(':').unwrap();
        let value = value.trim().replacen("Credential=", "credential=", 1);
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().unwrap();
        }
        request
            .headers
            .push(format!("{}: {value}", name.to_lowercase()));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    request.body = String::from_utf8(body).unwrap();
    request
}

fn write(mut stream: TcpStream, status: u16, body: &str) {
    // The lifetime of a token of the instance metadata service; other requests ignore it.
    let head = format!(
        "HTTP/1.1 {status} Answer\r\ncontent-length: {}\r\nconnection: close\r\nx-aws-ec2-metadata-token-ttl-seconds: 21600\r\n\r\n",
        body.len()
    );
    // The client may have disconnected once it has its response.
    let _ = stream.write_all((head + body).as_bytes());
}

/// Answers for CloudFormation and STS, for tests of other services: the stack `Web` with one output.
pub(crate) fn aws(request: &Request) -> Reply {
    match request.action() {
        "GetCallerIdentity" => (
            200,
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111</Account>\
             <Arn>arn:aws:iam::111111111111:user/ada</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"
                .to_owned(),
        ),
        "DescribeStacks" => (
            200,
            "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>Web</StackName>\
             <StackId>arn:aws:cloudformation:eu-west-1:111111111111:stack/Web/1</StackId>\
             <CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>\
             <Outputs><member><OutputKey>Url</OutputKey><OutputValue>https://web.example</OutputValue></member></Outputs>\
             </member></Stacks></DescribeStacksResult></DescribeStacksResponse>"
                .to_owned(),
        ),
        _ => (
            404,
            "<ErrorResponse><Error><Code>NotImplemented</Code><Message>not part of this test</Message></Error></ErrorResponse>"
                .to_owned(),
        ),
    }
}

/// Returns credentials in the format of STS.
pub(crate) fn assumed(action: &str, key: &str) -> Reply {
    (
        200,
        format!(
            "<{action}Response><{action}Result><Credentials><AccessKeyId>{key}</AccessKeyId>\
             <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>\
             <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
             <AssumedRoleUser><Arn>arn:aws:sts::222222222222:assumed-role/deploy/infra</Arn>\
             <AssumedRoleId>AROA:infra</AssumedRoleId></AssumedRoleUser></{action}Result></{action}Response>"
        ),
    )
}

/// Returns an error in the format of STS.
pub(crate) fn refused(code: &str, message: &str) -> Reply {
    let error = format!("<Code>{code}</Code><Message>{message}</Message>");
    (
        403,
        format!("<ErrorResponse><Error>{error}</Error><RequestId>r-1</RequestId></ErrorResponse>"),
    )
}
