//! Signatures of what is sent to webhooks, as the Standard Webhooks specification has them
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::SecretString;
use sha2::Sha256;

use crate::domain::webhook::SECRET_BYTES;
use crate::error::Error;

/// The beginning of a secret in text, so that scanners for leaked secrets know one when they see it.
const PREFIX: &str = "whsec_";

/// A key of signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Makes a secret.
    pub fn generate() -> Result<Self, Error> {
        let mut bytes = vec![0; SECRET_BYTES];
        getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
        Ok(Self(bytes))
    }

    /// The secret of these bytes.
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Its bytes, as they are kept.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Its text, as libraries that verify take it.
    pub fn to_text(&self) -> SecretString {
        format!("{PREFIX}{}", STANDARD.encode(&self.0)).into()
    }

    /// The signature of a message: identifier, seconds since 1970, and body.
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> Result<String, Error> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(Error::internal)?;
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        let code = mac.finalize().into_bytes();
        Ok(format!("v1,{}", STANDARD.encode(code)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    /// The example of the specification's libraries.
    #[test]
    fn signs_as_the_specification_says() {
        let bytes = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let secret = Secret::of_bytes(bytes);
        let signature = secret
            .sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                r#"{"test": 2432232314}"#,
            )
            .unwrap();
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_shows_itself_only_as_text() {
        let (one, other) = (Secret::generate().unwrap(), Secret::generate().unwrap());
        assert_ne!(one, other);
        let text = one.to_text();
        assert_eq!(text.expose_secret().len(), PREFIX.len() + 44);
        assert_eq!(format!("{one:?}"), "Secret(…)");
    }
}
