//! A malicious provider: it forges tokens, is slow, redirects elsewhere, and sends endless responses.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Utc;
use rcgen::{KeyPair, PKCS_ED25519, SigningKey as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The signature of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signed {
    /// A signature of the published key.
    Rightly,
    /// A signature of another key, with the key ID of the published one.
    ByOther,
    /// No signature, and the algorithm `none`.
    NotAtAll,
    /// No signature, although the header names an algorithm.
    WithNothing,
    /// An HMAC whose secret is the published key.
    WithPublicKey,
    /// An HMAC whose secret is that of the client.
    WithClientSecret,
}

/// An incorrect response of one path.
#[derive(Debug, Clone)]
pub(crate) enum Instead {
    /// A response with this status and JSON body.
    Say(u16, String),
    /// A response that never ends.
    Talk,
    /// No response, while the connection stays open.
    Silence,
    /// A redirect to this address.
    Lead(String),
}

/// The behaviour of the provider for the next sign-in.
#[derive(Debug, Clone)]
pub(crate) struct Mood {
    /// Claims in addition to those of every token; null removes one.
    pub(crate) claims: Value,
    /// Parameters of the token header in addition to the usual ones.
    pub(crate) header: Value,
    pub(crate) signed: Signed,
    /// Members of the discovery document in addition to the usual ones.
    pub(crate) document: Value,
    /// Key ID of the published key.
    pub(crate) kid: String,
    /// Response of the user info endpoint.
    pub(crate) user_info: Value,
    /// Incorrect responses, by path.
    pub(crate) instead: Vec<(&'static str, Instead)>,
}

/// A malicious provider.
#[derive(Debug, Clone)]
pub(crate) struct Issuer {
    pub(crate) url: String,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug)]
struct Shared {
    mood: Mood,
    keys: [KeyPair; 2],
    secret: String,
    asked: Vec<(String, String)>,
}

impl Default for Mood {
    fn default() -> Self {
        Self {
            claims: json!({}),
            header: json!({}),
            signed: Signed::Rightly,
            document: json!({}),
            kid: "first".to_owned(),
            user_info: json!({}),
            instead: Vec::new(),
        }
    }
}

impl Issuer {
    pub(crate) async fn start(secret: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let key = || KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let issuer = Self {
            url,
            shared: Arc::new(Mutex::new(Shared {
                mood: Mood::default(),
                keys: [key(), key()],
                secret: secret.to_owned(),
                asked: Vec::new(),
            })),
        };
        let server = issuer.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        issuer
    }

    /// Sets the behaviour for the next sign-in.
    pub(crate) fn set(&self, mood: Mood) {
        self.shared.lock().unwrap().mood = mood;
    }

    /// Replaces the signing key, with another key ID.
    pub(crate) fn rotate(&self, kid: &str) {
        let mut shared = self.shared.lock().unwrap();
        shared.keys.swap(0, 1);
        kid.clone_into(&mut shared.mood.kid);
    }

    /// Returns the requests so far: path and body.
    pub(crate) fn asked(&self) -> Vec<(String, String)> {
        self.shared.lock().unwrap().asked.clone()
    }

    /// Returns the number of requests for a path.
    pub(crate) fn count(&self, path: &str) -> usize {
        let asked = self.asked();
        asked.iter().filter(|(asked, _)| asked == path).count()
    }

    async fn serve(&self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let path = line.split(' ').nth(1)?.to_owned();
        let mut length = 0;
        loop {
            let mut head = String::new();
            stream.read_line(&mut head).await.ok()?;
            if head.trim().is_empty() {
                break;
            }
            let (name, value) = head.split_once(':')?;
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        let body = String::from_utf8(body).ok()?;
        let instead = {
            let mut shared = self.shared.lock().unwrap();
            shared.asked.push((path.clone(), body));
            let mut known = shared.mood.instead.iter();
            known
                .find(|(known, _)| *known == path)
                .map(|(_, instead)| instead.clone())
        };
        let json = "content-type: application/json\r\nconnection: close\r\n";
        match instead {
            Some(Instead::Say(status, body)) => {
                write(&mut stream, &format!("HTTP/1.1 {status} x\r\n{json}content-length: {}\r\n\r\n{body}", body.len())).await
            }
            Some(Instead::Lead(to)) => {
                write(&mut stream, &format!("HTTP/1.1 302 x\r\nlocation: {to}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")).await
            }
            Some(Instead::Talk) => {
                write(&mut stream, &format!("HTTP/1.1 200 x\r\n{json}\r\n{{\"a\":\"")).await?;
                let chunk = "a".repeat(16 * 1024);
                loop {
                    write(&mut stream, &chunk).await?;
                }
            }
            Some(Instead::Silence) => {
                tokio::time::sleep(Duration::from_mins(1)).await;
                Some(())
            }
            None => {
                let body = self.answer(&path)?.to_string();
                write(&mut stream, &format!("HTTP/1.1 200 x\r\n{json}content-length: {}\r\n\r\n{body}", body.len())).await
            }
        }
    }

    fn answer(&self, path: &str) -> Option<Value> {
        let shared = self.shared.lock().unwrap();
        let url = &self.url;
        match path {
            "/.well-known/openid-configuration" => Some(merged(
                json!({
                    "issuer": url,
                    "authorization_endpoint": format!("{url}/authorize"),
                    "token_endpoint": format!("{url}/token"),
                    "userinfo_endpoint": format!("{url}/me"),
                    "jwks_uri": format!("{url}/jwks"),
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["EdDSA"],
                    "authorization_response_iss_parameter_supported": true,
                }),
                &shared.mood.document,
            )),
            "/jwks" => Some(json!({"keys": [{
                "kty": "OKP",
                "crv": "Ed25519",
                "use": "sig",
                "kid": shared.mood.kid,
                "x": encode(shared.keys[0].public_key_raw()),
            }]})),
            "/token" => Some(json!({
                "access_token": "an-access-token",
                "token_type": "Bearer",
                "expires_in": 60,
                "id_token": shared.token(url),
            })),
            "/me" => Some(merged(json!({"sub": "ada"}), &shared.mood.user_info)),
            _ => None,
        }
    }
}

impl Shared {
    fn token(&self, url: &str) -> String {
        let mood = &self.mood;
        let now = Utc::now().timestamp();
        let claims = merged(
            json!({"iss": url, "sub": "ada", "aud": "notes", "exp": now + 60, "iat": now, "auth_time": now}),
            &mood.claims,
        );
        let algorithm = match mood.signed {
            Signed::Rightly | Signed::ByOther | Signed::WithNothing => "EdDSA",
            Signed::NotAtAll => "none",
            Signed::WithPublicKey | Signed::WithClientSecret => "HS256",
        };
        let header = merged(
            json!({"alg": algorithm, "typ": "JWT", "kid": mood.kid}),
            &mood.header,
        );
        let text = format!(
            "{}.{}",
            encode(header.to_string()),
            encode(claims.to_string())
        );
        let signature = match mood.signed {
            Signed::Rightly => self.keys[0].sign(text.as_bytes()).unwrap(),
            Signed::ByOther => self.keys[1].sign(text.as_bytes()).unwrap(),
            Signed::NotAtAll | Signed::WithNothing => Vec::new(),
            Signed::WithPublicKey => hmac(self.keys[0].public_key_raw(), text.as_bytes()),
            Signed::WithClientSecret => hmac(self.secret.as_bytes(), text.as_bytes()),
        };
        format!("{text}.{}", encode(signature))
    }
}

fn merged(mut base: Value, over: &Value) -> Value {
    for (name, value) in over.as_object().unwrap() {
        if value.is_null() {
            base.as_object_mut().unwrap().remove(name);
        } else {
            base[name] = value.clone();
        }
    }
    base
}

async fn write(stream: &mut BufReader<TcpStream>, text: &str) -> Option<()> {
    stream.write_all(text.as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// HMAC with SHA-256 (RFC 2104).
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    assert!(key.len() <= 64);
    let padded = |pad: u8| -> Vec<u8> {
        (0..64)
            .map(|at| key.get(at).copied().unwrap_or(0) ^ pad)
            .collect()
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text);
    let outer = Sha256::new()
        .chain_update(padded(0x5c))
        .chain_update(inner.finalize());
    outer.finalize().to_vec()
}
