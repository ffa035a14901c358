//! Signs push messages with the key that identifies this service to push services (VAPID, RFC 8292). A subscription accepts a single key, so all
//! processes share it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::json;

use crate::clock;
use crate::error::Error;

/// Lifetime of a signature; push services accept at most 24 hours.
const LIFETIME: TimeDelta = TimeDelta::hours(12);

/// The private key that signs push messages. `Debug` shows nothing of it.
pub struct SigningKey {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

/// Generates a new P-256 private key, encoded as PKCS #8.
pub fn generate_key() -> Result<Vec<u8>, Error> {
    EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map(|document| document.as_ref().to_vec())
        .map_err(|_| Error::internal("a key cannot be generated"))
}

impl SigningKey {
    /// Reads a private key that is encoded as PKCS #8.
    ///
    /// # Errors
    ///
    /// Fails if `pkcs8` is not a private key of P-256.
    pub fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, Error> {
        let random = SystemRandom::new();
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &random)
            .map(|pair| Self { pair, random })
            .map_err(|_| Error::internal("the key in the database is not a private key of P-256"))
    }

    /// Returns the public key as base64url, in the form that browsers expect as `applicationServerKey`.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.public_key())
    }

    /// Returns the value of the `Authorization` header for the push service with this origin; `contact` is the URL of the operator.
    pub fn authorization_header(
        &self,
        origin: &str,
        contact: Option<&str>,
    ) -> Result<String, Error> {
        let head = json!({"typ": "JWT", "alg": "ES256"});
        let mut claims = json!({"aud": origin, "exp": (clock::now() + LIFETIME).timestamp()});
        if let Some(contact) = contact {
            claims["sub"] = contact.into();
        }
        let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&head), part(&claims));
        let signature = self
            .pair
            .sign(&self.random, signed.as_bytes())
            .map_err(|_| Error::internal("a message cannot be signed"))?;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        Ok(format!(
            "vapid t={signed}.{signature}, k={}",
            self.public_key()
        ))
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    #[test]
    fn signs_audience_contact_and_expiry() {
        let key = SigningKey::from_pkcs8(&generate_key().unwrap()).unwrap();
        let contact = Some("https://notes.example.com");
        let header = key
            .authorization_header("https://push.example.net", contact)
            .unwrap();
        let (token, public) = header
            .strip_prefix("vapid t=")
            .and_then(|rest| rest.split_once(", k="))
            .unwrap();
        assert_eq!(public, key.public_key());
        let public = URL_SAFE_NO_PAD.decode(public).unwrap();
        assert_eq!((public.len(), public[0]), (65, 4));
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &public)
            .verify(signed.as_bytes(), &signature)
            .unwrap();
        let (head, claims) = signed.split_once('.').unwrap();
        let json = |part: &str| -> serde_json::Value {
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
        };
        assert_eq!(json(head), json!({"typ": "JWT", "alg": "ES256"}));
        let claims = json(claims);
        assert_eq!(claims["aud"], "https://push.example.net");
        assert_eq!(claims["sub"], "https://notes.example.com");
        let left = claims["exp"].as_i64().unwrap() - clock::now().timestamp();
        assert!((1..=24 * 3600).contains(&left), "{left}");
    }

    #[test]
    fn rejects_malformed_key() {
        assert!(SigningKey::from_pkcs8(b"").is_err());
        assert!(SigningKey::from_pkcs8(&[0; 138]).is_err());
    }
}
