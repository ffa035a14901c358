//! Tokens: 256 random bits that stand for a session or a program's access, and of which only a hash is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::error::Error;

/// How access tokens begin, so that scanners for leaked secrets know one when they see it.
pub const ACCESS_PREFIX: &str = "notes_pat_";

/// Characters of 32 bytes in base64url.
const SECRET_CHARS: usize = 43;
/// Bytes of the checksum; three become four characters.
const CHECKSUM_BYTES: usize = 3;

/// A token of a session.
pub fn session() -> Result<SecretString, Error> {
    random::<32>().map(SecretString::from)
}

/// An access token: prefix, secret and checksum, so that a scanner tells one from a text that looks like one, and a typing error costs no query.
pub fn access() -> Result<SecretString, Error> {
    let body = format!("{ACCESS_PREFIX}{}", random::<32>()?);
    Ok(format!("{body}{}", checksum(&body)).into())
}

/// Whether a text has the form of an access token.
pub fn is_access(text: &str) -> bool {
    let secret_end = ACCESS_PREFIX.len() + SECRET_CHARS;
    text.starts_with(ACCESS_PREFIX)
        && text
            .split_at_checked(secret_end)
            .is_some_and(|(body, found)| found == checksum(body))
}

/// What is kept of a token: nobody who reads the database can use it. There is nothing to guess, so no salt and no slow hash are needed.
pub fn hash(token: &str) -> Vec<u8> {
    digest(token).to_vec()
}

/// The same of random bytes.
pub fn hash_bytes(token: &[u8]) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// The same in place.
pub fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A word of this many random bytes.
pub(crate) fn random<const BYTES: usize>() -> Result<String, Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn checksum(body: &str) -> String {
    let digest = Sha256::digest(body.as_bytes());
    URL_SAFE_NO_PAD.encode(&digest[..CHECKSUM_BYTES])
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn an_access_token_is_known_by_its_form() {
        let token = access().unwrap();
        let token = token.expose_secret();
        assert!(token.starts_with("notes_pat_"), "{token}");
        assert_eq!(token.len(), 10 + 43 + 4);
        assert!(is_access(token));
        // One other character anywhere.
        for at in 0..token.len() {
            let mut other = token.as_bytes().to_vec();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            assert!(!is_access(std::str::from_utf8(&other).unwrap()), "{at}");
        }
        for other in ["", "notes_pat_", "notes_pat_é", &token[..56], "Bearer x"] {
            assert!(!is_access(other), "{other}");
        }
        assert!(!is_access(&format!("{token}A")));
    }

    #[test]
    fn no_token_is_like_another() {
        let mut all: Vec<String> = (0..1000)
            .map(|_| session().unwrap().expose_secret().to_owned())
            .collect();
        assert!(all.iter().all(|token| token.len() == SECRET_CHARS));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 1000);
    }
}
