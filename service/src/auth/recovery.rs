//! Recovery codes, which users write down for the case that they lose their second factor. The database stores only a hash of each code.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::Error;

/// Number of recovery codes that an account gets at a time.
pub const CODES: usize = 10;
/// Characters of a code, five random bits each. 80 bits cannot be guessed, so a fast hash is sufficient.
const CHARS: usize = 16;
/// Digits and lowercase letters that are not mistaken for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Generates [`CODES`] random codes in the form `7k2m-9xq4-p0tc-w3hd`.
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

/// Returns the hash of a user's code, as the database stores it. Case, hyphens and spaces are ignored, and `o`, `i` and `l` are read as digits.
pub fn hash_code(user: Uuid, code: &SecretString) -> Vec<u8> {
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
    fn distinguishes_codes_in_any_spelling() {
        let codes = new_codes().unwrap();
        let user = Uuid::now_v7();
        let mut hashes: Vec<_> = codes.iter().map(|code| hash_code(user, code)).collect();
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
            assert_eq!(
                hash_code(user, &typed.into()),
                hash_code(user, code),
                "{text}"
            );
        }
        assert_ne!(
            hash_code(Uuid::now_v7(), &codes[0]),
            hash_code(user, &codes[0])
        );
    }
}
