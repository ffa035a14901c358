//! Tokens: 256 random bits that represent a session or the access of a program. The database stores only a hash of each token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::error::Error;

/// Prefix of access tokens, which scanners for leaked secrets recognize.
pub const ACCESS_PREFIX: &str = "notes_pat_";

/// Length of 32 bytes in base64url without padding, in characters.
const SECRET_CHARS: usize = 43;
/// Length of the checksum in bytes; base64url makes four characters of them.
const CHECKSUM_BYTES: usize = 3;

/// Generates the token of a session: 32 random bytes in base64url.
pub fn new_session_token() -> Result<SecretString, Error> {
    random_text::<32>().map(SecretString::from)
}

/// Generates an access token: prefix, secret and checksum. The checksum lets scanners tell a token from similar text, and rejects typing errors
/// without a database query.
pub fn new_access_token() -> Result<SecretString, Error> {
    let body = format!("{ACCESS_PREFIX}{}", random_text::<32>()?);
    Ok(format!("{body}{}", compute_checksum(&body)).into())
}

/// Returns true if the text has the form of an access token and its checksum matches.
pub fn is_access_token(text: &str) -> bool {
    let secret_end = ACCESS_PREFIX.len() + SECRET_CHARS;
    text.starts_with(ACCESS_PREFIX)
        && text
            .split_at_checked(secret_end)
            .is_some_and(|(body, found)| found == compute_checksum(body))
}

/// Returns the SHA-256 hash of a token, as the database stores it. Tokens are random, so neither a salt nor a slow hash is needed.
pub fn hash_token(token: &str) -> Vec<u8> {
    digest_token(token).to_vec()
}

/// Returns the SHA-256 hash of a token that consists of random bytes rather than text.
pub fn hash_bytes(token: &[u8]) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// Returns the SHA-256 hash of a token as an array, without an allocation.
pub fn digest_token(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Generates this number of random bytes and returns them in base64url without padding.
pub(crate) fn random_text<const BYTES: usize>() -> Result<String, Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn compute_checksum(body: &str) -> String {
    let digest = Sha256::digest(body.as_bytes());
    URL_SAFE_NO_PAD.encode(&digest[..CHECKSUM_BYTES])
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn recognizes_access_tokens_by_form() {
        let token = new_access_token().unwrap();
        let token = token.expose_secret();
        assert!(token.starts_with("notes_pat_"), "{token}");
        assert_eq!(token.len(), 10 + 43 + 4);
        assert!(is_access_token(token));
        // A change of any single character.
        for at in 0..token.len() {
            let mut other = token.as_bytes().to_vec();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            assert!(
                !is_access_token(std::str::from_utf8(&other).unwrap()),
                "{at}"
            );
        }
        for other in ["", "notes_pat_", "notes_pat_é", &token[..56], "Bearer x"] {
            assert!(!is_access_token(other), "{other}");
        }
        assert!(!is_access_token(&format!("{token}A")));
    }

    #[test]
    fn generates_distinct_tokens() {
        let mut all: Vec<String> = (0..1000)
            .map(|_| new_session_token().unwrap().expose_secret().to_owned())
            .collect();
        assert!(all.iter().all(|token| token.len() == SECRET_CHARS));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 1000);
    }
}
