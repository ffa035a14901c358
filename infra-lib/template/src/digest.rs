//! Digests for comparing deployments: SHA-256 over canonical JSON, so that equal documents have equal digests regardless of formatting.

use std::fmt;
use std::fmt::Write as _;
use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;
use sha2::{Digest as _, Sha256};

/// SHA-256 digest as 64 lowercase hexadecimal digits.
#[derive(
    Clone, Debug, Deserialize, Eq, Hash, schemars::JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// Returns the SHA-256 digest of a byte string.
    pub fn hash_bytes(bytes: &[u8]) -> Self {
        Self::from_hasher(Sha256::new_with_prefix(bytes))
    }

    /// Returns the digest of the bytes of a reader, which is read in chunks of 64 KiB.
    ///
    /// # Errors
    ///
    /// Returns the first error of the reader. Interrupted reads are retried.
    pub fn hash_reader(mut reader: impl Read) -> io::Result<Self> {
        let mut hasher = Sha256::new();
        let mut piece = vec![0; 64 * 1024];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => return Ok(Self::from_hasher(hasher)),
                Ok(read) => hasher.update(&piece[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn from_hasher(hasher: Sha256) -> Self {
        let mut text = String::with_capacity(64);
        for byte in hasher.finalize() {
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// Returns the digest of a JSON value, regardless of the order of its keys.
    pub fn hash_json(value: &JsonValue) -> Self {
        Self::hash_bytes(canonical_json(value).as_bytes())
    }

    /// Returns all 64 hexadecimal digits, for comparison and storage.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the first twelve digits, for display and for names within a stack.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the canonical text of a JSON value: no spaces, keys sorted.
pub fn canonical_json(value: &JsonValue) -> String {
    let mut out = String::new();
    write_canonical(value, &mut out);
    out
}

fn write_canonical(value: &JsonValue, out: &mut String) {
    match value {
        JsonValue::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                let _ = write!(out, "{}:", JsonValue::String(key.clone()));
                write_canonical(&map[key], out);
            }
            out.push('}');
        }
        JsonValue::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        scalar => {
            let _ = write!(out, "{scalar}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use serde_json::json;

    use super::{Digest, canonical_json};

    #[test]
    fn ignores_key_order_and_respects_list_order() {
        let one = Digest::hash_json(&json!({ "b": [1, 2], "a": "x" }));
        let same = Digest::hash_json(&json!({ "a": "x", "b": [1, 2] }));
        let other = Digest::hash_json(&json!({ "a": "x", "b": [2, 1] }));
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert_eq!(one.short().len(), 12);
    }

    #[test]
    fn writes_canonical_json_with_sorted_keys_and_no_spaces() {
        let value = json!({
            "b": [1, "x", [], {}], "a": { "d": null, "c": true }, "": { "\"": -1.5 },
        });
        assert_eq!(
            canonical_json(&value),
            r#"{"":{"\"":-1.5},"a":{"c":true,"d":null},"b":[1,"x",[],{}]}"#
        );
    }

    /// Test vector for SHA-256 from FIPS 180-2.
    #[test]
    fn returns_sha_256_as_hexadecimal() {
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let digest = Digest::hash_bytes(b"abc");
        assert_eq!(digest.as_str(), text);
        assert_eq!(digest.to_string(), text);
        assert_eq!(digest.short(), &text[..12]);
        assert_eq!(
            Digest::hash_json(&json!("abc")),
            Digest::hash_bytes(b"\"abc\"")
        );
    }

    /// A reader whose first read fails with this kind of error.
    struct Failing(Option<io::ErrorKind>);

    impl Read for Failing {
        fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
            match self.0.take() {
                Some(kind) => Err(kind.into()),
                None => (&b""[..]).read(piece),
            }
        }
    }

    #[test]
    fn retries_interrupted_reader() {
        let reader = Failing(Some(io::ErrorKind::Interrupted));
        assert_eq!(
            Digest::hash_reader(reader).unwrap(),
            Digest::hash_bytes(b"")
        );
    }

    #[test]
    fn returns_error_of_reader() {
        let reader = Failing(Some(io::ErrorKind::UnexpectedEof));
        let error = Digest::hash_reader(reader).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn returns_digest_of_bytes_of_reader() {
        let bytes: Vec<u8> = (0_u8..=255).cycle().take(150_000).collect();
        assert_eq!(
            Digest::hash_reader(&bytes[..]).unwrap(),
            Digest::hash_bytes(&bytes)
        );
    }
}
