//! Secrets that must be read again, so that a hash will not do: encrypted with a key of the configuration, so that whoever has a copy of the
//! database has not yet the secrets.

use std::fmt;
use std::sync::Arc;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use uuid::Uuid;

use crate::error::Error;

/// Kept as it is: no key was configured.
const PLAIN: u8 = 0;
/// Encrypted by AES-256-GCM: a nonce, then the text with its tag.
const SEALED: u8 = 1;

/// Encrypts and decrypts; clones share the keys.
#[derive(Clone, Default)]
pub struct Seal {
    /// The newest first: it encrypts, all of them decrypt.
    keys: Arc<[LessSafeKey]>,
}

impl Seal {
    /// Characters of the text that a key is made of, at least: 32 random bytes in base64 have 44.
    pub const KEY_CHARS: usize = 32;

    /// Of these texts, each for a key, the newest first; without any, secrets are kept as they are.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        let keys = texts.into_iter().map(key);
        Ok(Self {
            keys: keys.collect::<Result<_, _>>()?,
        })
    }

    /// False, if there is no key.
    pub fn encrypts(&self) -> bool {
        !self.keys.is_empty()
    }

    /// A secret of this user as it is kept. Nobody else's row opens it.
    pub fn seal(&self, user: Uuid, secret: &[u8]) -> Result<Vec<u8>, Error> {
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

    /// The secret of this user.
    pub fn open(&self, user: Uuid, kept: &[u8]) -> Result<Vec<u8>, Error> {
        match kept.split_first() {
            Some((&PLAIN, secret)) => Ok(secret.to_vec()),
            Some((&SEALED, sealed)) => self
                .keys
                .iter()
                .find_map(|key| open(key, user, sealed))
                .ok_or_else(|| Error::internal("no key of SECRET_KEY opens a secret that is kept")),
            _ => Err(Error::internal(
                "a secret is kept in a way that is not known",
            )),
        }
    }

    /// False, if the secret would be kept in another way today.
    pub fn is_newest(&self, user: Uuid, kept: &[u8]) -> bool {
        match (self.keys.first(), kept.split_first()) {
            (Some(key), Some((&SEALED, sealed))) => open(key, user, sealed).is_some(),
            (None, Some((&PLAIN, _))) => true,
            _ => false,
        }
    }

    /// True for a secret that is kept as it is.
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

/// The key of a text. The text has the randomness; the derivation gives it the length, and keeps other uses of the same text apart.
fn key(text: &str) -> Result<LessSafeKey, Error> {
    let defect = |_| Error::internal("a key could not be made");
    let derived = Salt::new(HKDF_SHA256, b"notes").extract(text.as_bytes());
    let parts: [&[u8]; 1] = [b"secrets of second factors, 1"];
    let key: UnboundKey = derived.expand(&parts, &AES_256_GCM).map_err(defect)?.into();
    Ok(LessSafeKey::new(key))
}

fn open(key: &LessSafeKey, user: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
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
    fn a_secret_is_opened_by_its_user_and_key_only() {
        let (user, other) = (Uuid::now_v7(), Uuid::now_v7());
        let seal = Seal::new([OLD]).unwrap();
        let kept = seal.seal(user, b"secret").unwrap();
        assert!(!Seal::is_plain(&kept));
        assert!(!kept.windows(6).any(|part| part == b"secret"));
        assert_ne!(kept, seal.seal(user, b"secret").unwrap(), "a nonce each");
        assert_eq!(seal.open(user, &kept).unwrap(), b"secret");
        assert!(seal.open(other, &kept).is_err());
        for keys in [&[NEW][..], &[]] {
            let other = Seal::new(keys.iter().copied()).unwrap();
            assert!(other.open(user, &kept).is_err());
        }
        for at in 1..kept.len() {
            let mut broken = kept.clone();
            broken[at] ^= 1;
            assert!(seal.open(user, &broken).is_err(), "byte {at}");
        }
        for short in 0..kept.len() {
            assert!(seal.open(user, &kept[..short]).is_err());
        }
    }

    #[test]
    fn keys_follow_each_other() {
        let user = Uuid::now_v7();
        let none = Seal::default();
        let plain = none.seal(user, b"secret").unwrap();
        assert!(Seal::is_plain(&plain) && none.is_newest(user, &plain));
        let old = Seal::new([OLD]).unwrap();
        assert_eq!(old.open(user, &plain).unwrap(), b"secret");
        assert!(!old.is_newest(user, &plain));
        let sealed = old.seal(user, b"secret").unwrap();
        let both = Seal::new([NEW, OLD]).unwrap();
        assert_eq!(both.open(user, &sealed).unwrap(), b"secret");
        assert!(!both.is_newest(user, &sealed));
        let again = both.seal(user, b"secret").unwrap();
        assert!(both.is_newest(user, &again));
        assert!(old.open(user, &again).is_err());
        assert_eq!(format!("{both:?}"), "Seal { keys: 2 }");
    }
}
