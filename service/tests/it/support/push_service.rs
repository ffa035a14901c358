//! A push service and the browser behind it: receives requests over HTTP and decrypts messages with separate code, independent of the tested service.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use p256::elliptic_curve::point::AffineCoordinates as _;
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use p256::{PublicKey, SecretKey};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Limit of every wait, with a margin for a machine that compiles at the same time.
const PATIENCE: Duration = Duration::from_secs(20);

/// A received request.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

/// A push service.
pub(crate) struct Receiver {
    pub(crate) port: u16,
    received: mpsc::UnboundedReceiver<Received>,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, received) = mpsc::unbounded_channel();
        let answers = Arc::<Mutex<VecDeque<&'static str>>>::default();
        let next = Arc::clone(&answers);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, sender.clone(), Arc::clone(&next)));
            }
        });
        Self {
            port,
            received,
            answers,
        }
    }

    /// Answers the next requests with these heads, and later ones with 201.
    pub(crate) fn answer(&self, heads: &[&'static str]) {
        self.answers.lock().unwrap().extend(heads);
    }

    /// Returns the next request.
    pub(crate) async fn next(&mut self) -> Received {
        timeout(PATIENCE, self.received.recv())
            .await
            .expect("a request in time")
            .unwrap()
    }

    /// Returns the received requests that were not read yet.
    pub(crate) fn others(&mut self) -> Vec<Received> {
        std::iter::from_fn(|| self.received.try_recv().ok()).collect()
    }
}

async fn serve(
    stream: TcpStream,
    sender: mpsc::UnboundedSender<Received>,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await.ok()?;
    let path = first.strip_prefix("POST ")?.split(' ').next()?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers["content-length"].parse().ok()?];
    stream.read_exact(&mut body).await.ok()?;
    let head = answers.lock().unwrap().pop_front().unwrap_or("201 Created");
    let received = Received {
        path,
        headers,
        body,
    };
    sender.send(received).ok()?;
    let answer = format!("HTTP/1.1 {head}\r\ncontent-length: 0\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.ok()
}

/// A browser with a push subscription.
pub(crate) struct Browser {
    secret: SecretKey,
    auth: [u8; 16],
    /// Push subscription that the tested service stores.
    pub(crate) subscription: Value,
}

impl Browser {
    /// Creates a browser whose push service is this receiver, under this path.
    pub(crate) fn new(receiver: &Receiver, path: &str) -> Self {
        let mut random = [0; 48];
        getrandom::fill(&mut random).unwrap();
        // Below the order of the curve.
        random[0] = 1;
        let secret = SecretKey::from_slice(&random[..32]).unwrap();
        let auth: [u8; 16] = random[32..].try_into().unwrap();
        let public = secret.public_key().to_encoded_point(false);
        let subscription = json!({
            "endpoint": format!("http://127.0.0.1:{}{path}", receiver.port),
            "expirationTime": null,
            "keys": {"p256dh": URL_SAFE_NO_PAD.encode(public), "auth": URL_SAFE_NO_PAD.encode(auth)},
        });
        Self {
            secret,
            auth,
            subscription,
        }
    }

    /// Returns the text of a message (RFC 8291 and RFC 8188).
    pub(crate) fn read(&self, message: &[u8]) -> Value {
        let (salt, rest) = message.split_at(16);
        let (size, rest) = rest.split_at(4);
        assert_eq!(size, 4096_u32.to_be_bytes());
        assert_eq!(rest[0], 65);
        let (theirs, sealed) = rest[1..].split_at(65);
        let point = PublicKey::from_sec1_bytes(theirs).unwrap().to_projective();
        let shared = (point * *self.secret.to_nonzero_scalar()).to_affine().x();
        let mut info = b"WebPush: info\0".to_vec();
        let public = self.secret.public_key().to_encoded_point(false);
        info.extend_from_slice(public.as_bytes());
        info.extend_from_slice(theirs);
        let derive = |salt: &[u8], input: &[u8], info: &[u8], bytes: usize| {
            let mut key = vec![0; bytes];
            let derived = Hkdf::<Sha256>::new(Some(salt), input);
            derived.expand(info, &mut key).unwrap();
            key
        };
        let input = derive(&self.auth, &shared, &info, 32);
        let key = derive(salt, &input, b"Content-Encoding: aes128gcm\0", 16);
        let nonce = derive(salt, &input, b"Content-Encoding: nonce\0", 12);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(&nonce).unwrap();
        let mut text = sealed.to_vec();
        let text = key.open_in_place(nonce, Aad::empty(), &mut text).unwrap();
        let end = text.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(text[end], 2, "the last record");
        serde_json::from_slice(&text[..end]).unwrap()
    }
}
