//! Recovery codes: to be written down, for the day on which the phone is lost. Of each only a hash is kept.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::Error;

/// Codes of an account.
pub const CODES: usize = 10;
/// Characters of a code, each of five bits: nobody tries 2^80 of them, so that a fast hash is enough.
const CHARS: usize = 16;
/// Digits and letters that nobody takes for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// New codes, as `7k2m-9xq4-p0tc-w3hd`.
pub fn new_codes() -> Result<Vec<SecretString>, Error> {
    (0..CODES).map(|_| new_code()).collect()
}

fn new_code() -> Result<SecretString, Error> {
    let mut bytes = [0; CHARS];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
    let mut code = String::with_capacity(CHARS + CHARS / 4);
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 && index % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    Ok(code.into())
}

/// What is kept of a code of this user, however it is typed.
pub fn hash(user: Uuid, code: &SecretString) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(user.as_bytes());
    for char in code.expose_secret().chars().flat_map(char::to_lowercase) {
        let char = match char {
            'o' => '0',
            'i' | 'l' => '1',
            '-' => continue,
            char if char.is_whitespace() => continue,
            char => char,
        };
        hash.update(char.encode_utf8(&mut [0; 4]).as_bytes());
    }
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart_and_read_however_they_are_typed() {
        let codes = new_codes().unwrap();
        let user = Uuid::now_v7();
        let mut hashes: Vec<_> = codes.iter().map(|code| hash(user, code)).collect();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), CODES);
        for code in &codes {
            let text = code.expose_secret();
            assert_eq!(text.len(), 19, "{text}");
            let typed = text
                .to_uppercase()
                .replace('-', " ")
                .replace('0', "O")
                .replace('1', "l");
            assert_eq!(hash(user, &typed.into()), hash(user, code), "{text}");
        }
        assert_ne!(hash(Uuid::now_v7(), &codes[0]), hash(user, &codes[0]));
    }
}
