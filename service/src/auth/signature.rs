//! Signatures of webhook messages, as defined by the Standard Webhooks specification
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::SecretString;
use sha2::Sha256;

use crate::domain::webhook::SECRET_BYTES;
use crate::error::Error;

/// Prefix of a secret in text form, which scanners for leaked secrets recognize.
const PREFIX: &str = "whsec_";

/// Secret that signs the messages to one webhook with HMAC-SHA256. Its `Debug` output does not contain the bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Generates a random secret of `SECRET_BYTES` bytes.
    pub fn generate() -> Result<Self, Error> {
        let mut bytes = vec![0; SECRET_BYTES];
        getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
        Ok(Self(bytes))
    }

    /// Creates a secret from the bytes that the database stores.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Returns the bytes of the secret, as the database stores them.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Returns the secret as `whsec_` and base64, the form that verifying libraries accept.
    pub fn to_text(&self) -> SecretString {
        format!("{PREFIX}{}", STANDARD.encode(&self.0)).into()
    }

    /// Signs a message and returns the value of its `webhook-signature` header, `v1,` and the code in base64. The signature covers the identifier,
    /// the timestamp in seconds since 1970, and the body.
    pub fn sign_message(&self, id: &str, timestamp: i64, body: &str) -> Result<String, Error> {
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

    /// Example from the libraries of the specification.
    #[test]
    fn matches_specification() {
        let bytes = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let secret = Secret::from_bytes(bytes);
        let signature = secret
            .sign_message(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                r#"{"test": 2432232314}"#,
            )
            .unwrap();
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn hides_secret_in_debug() {
        let (one, other) = (Secret::generate().unwrap(), Secret::generate().unwrap());
        assert_ne!(one, other);
        let text = one.to_text();
        assert_eq!(text.expose_secret().len(), PREFIX.len() + 44);
        assert_eq!(format!("{one:?}"), "Secret(…)");
    }
}
