//! Encryption of secrets that have to be read again and therefore cannot be hashed. The keys come from the configuration, so a copy of the database
//! alone does not reveal the secrets. The main type is [`Seal`].

use std::fmt;
use std::sync::Arc;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use uuid::Uuid;

use crate::error::Error;

/// First byte of a secret that is stored in plain text, because no key was configured.
const PLAIN: u8 = 0;
/// First byte of a secret that is encrypted with AES-256-GCM: the nonce follows, then the ciphertext with its tag.
const SEALED: u8 = 1;

/// Encrypts and decrypts the secrets of second factors with the keys of `SECRET_KEY`. Clones share the keys.
#[derive(Clone, Default)]
pub struct Seal {
    /// Keys, newest first. The first one encrypts; all of them decrypt.
    keys: Arc<[LessSafeKey]>,
}

impl Seal {
    /// Minimum number of characters of the text that a key is derived from. 32 random bytes in base64 have 44.
    pub const KEY_CHARS: usize = 32;

    /// Derives a key from each text; the newest comes first. Without texts, secrets are stored in plain text.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        let keys = texts.into_iter().map(derive_key);
        Ok(Self {
            keys: keys.collect::<Result<_, _>>()?,
        })
    }

    /// Returns true if there is a key, so that secrets are encrypted.
    pub fn has_key(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Encrypts a secret for storage. The ciphertext is bound to the user and cannot be decrypted as that of another user. Without a key, the secret
    /// is stored in plain text.
    pub fn seal_secret(&self, user: Uuid, secret: &[u8]) -> Result<Vec<u8>, Error> {
        let Some(key) = self.keys.first() else {
            return Ok([&[PLAIN], secret].concat());
        };
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|error| Error::internal(error.to_string()))?;
        let mut text = secret.to_vec();
        key.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(user.as_bytes()),
            &mut text,
        )
        .map_err(|_| Error::internal("a secret could not be encrypted"))?;
        Ok([&[SEALED], &nonce[..], &text].concat())
    }

    /// Decrypts a stored secret of this user. Returns an internal error if none of the keys decrypts it.
    pub fn open_secret(&self, user: Uuid, kept: &[u8]) -> Result<Vec<u8>, Error> {
        match kept.split_first() {
            Some((&PLAIN, secret)) => Ok(secret.to_vec()),
            Some((&SEALED, sealed)) => self
                .keys
                .iter()
                .find_map(|key| decrypt_secret(key, user, sealed))
                .ok_or_else(|| Error::internal("no key in SECRET_KEY decrypts a stored secret")),
            _ => Err(Error::internal("a stored secret has an unknown format")),
        }
    }

    /// Returns true if the secret is stored as [`Self::seal_secret`] would store it today: encrypted with the newest key, or in plain text without a key.
    pub fn is_newest(&self, user: Uuid, kept: &[u8]) -> bool {
        match (self.keys.first(), kept.split_first()) {
            (Some(key), Some((&SEALED, sealed))) => decrypt_secret(key, user, sealed).is_some(),
            (None, Some((&PLAIN, _))) => true,
            _ => false,
        }
    }

    /// Returns true for a secret that is stored in plain text.
    pub fn is_plain(kept: &[u8]) -> bool {
        kept.first() == Some(&PLAIN)
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seal")
            .field("keys", &self.keys.len())
            .finish()
    }
}

/// Derives a key from a text with HKDF. The text provides the randomness; the derivation sets the length and separates this key from other uses of
/// the same text.
fn derive_key(text: &str) -> Result<LessSafeKey, Error> {
    let defect = |_| Error::internal("a key could not be derived");
    let derived = Salt::new(HKDF_SHA256, b"notes").extract(text.as_bytes());
    let parts: [&[u8]; 1] = [b"secrets of second factors, 1"];
    let key: UnboundKey = derived.expand(&parts, &AES_256_GCM).map_err(defect)?.into();
    Ok(LessSafeKey::new(key))
}

fn decrypt_secret(key: &LessSafeKey, user: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>()?;
    let mut text = text.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let opened = key.open_in_place(nonce, Aad::from(user.as_bytes()), &mut text);
    opened.ok().map(|secret| secret.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "an old key with many characters in it";
    const NEW: &str = "a new key with as many characters in it";

    #[test]
    fn opens_secret_by_user_and_key_only() {
        let (user, other) = (Uuid::now_v7(), Uuid::now_v7());
        let seal = Seal::new([OLD]).unwrap();
        let kept = seal.seal_secret(user, b"secret").unwrap();
        assert!(!Seal::is_plain(&kept));
        assert!(!kept.windows(6).any(|part| part == b"secret"));
        assert_ne!(
            kept,
            seal.seal_secret(user, b"secret").unwrap(),
            "a nonce each"
        );
        assert_eq!(seal.open_secret(user, &kept).unwrap(), b"secret");
        assert!(seal.open_secret(other, &kept).is_err());
        for keys in [&[NEW][..], &[]] {
            let other = Seal::new(keys.iter().copied()).unwrap();
            assert!(other.open_secret(user, &kept).is_err());
        }
        for at in 1..kept.len() {
            let mut broken = kept.clone();
            broken[at] ^= 1;
            assert!(seal.open_secret(user, &broken).is_err(), "byte {at}");
        }
        for short in 0..kept.len() {
            assert!(seal.open_secret(user, &kept[..short]).is_err());
        }
    }

    #[test]
    fn supports_key_rotation() {
        let user = Uuid::now_v7();
        let none = Seal::default();
        let plain = none.seal_secret(user, b"secret").unwrap();
        assert!(Seal::is_plain(&plain) && none.is_newest(user, &plain));
        let old = Seal::new([OLD]).unwrap();
        assert_eq!(old.open_secret(user, &plain).unwrap(), b"secret");
        assert!(!old.is_newest(user, &plain));
        let sealed = old.seal_secret(user, b"secret").unwrap();
        let both = Seal::new([NEW, OLD]).unwrap();
        assert_eq!(both.open_secret(user, &sealed).unwrap(), b"secret");
        assert!(!both.is_newest(user, &sealed));
        let again = both.seal_secret(user, b"secret").unwrap();
        assert!(both.is_newest(user, &again));
        assert!(old.open_secret(user, &again).is_err());
        assert_eq!(format!("{both:?}"), "Seal { keys: 2 }");
    }
}
