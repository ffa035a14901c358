//! Encrypts push messages for a single browser: the content coding `aes128gcm` (RFC 8188) with the key derivation of Web Push (RFC 8291).

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};

use crate::error::Error;

/// Length of an uncompressed P-256 point, in bytes.
pub const POINT: usize = 65;
/// Length of the authentication secret of a browser, in bytes.
pub const SECRET: usize = 16;
/// Maximum length of a text, in bytes. Push services accept messages of 4,096 bytes, headers and padding included (RFC 8030, section 7.2).
pub const MOST: usize = RECORD - HEADER - TAG - 1;

const RECORD: usize = 4096;
const SALT: usize = 16;
const TAG: usize = 16;
const HEADER: usize = SALT + 4 + 1 + POINT;
/// Message lengths are padded to multiples of this number of bytes, to hide the length of the text.
const STEP: usize = 512;

/// The keys of a browser's push subscription. `Debug` shows neither of them.
#[derive(Clone, PartialEq, Eq)]
pub struct BrowserKeys {
    /// Public key of the browser, an uncompressed point of P-256.
    pub p256dh: [u8; POINT],
    /// Authentication secret of the browser, which takes part in the key derivation.
    pub auth: [u8; SECRET],
}

impl std::fmt::Debug for BrowserKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BrowserKeys").finish_non_exhaustive()
    }
}

/// Encrypts a text for a browser, with a new key pair and salt for each message.
///
/// # Errors
///
/// Fails if the public key is not a point of P-256, or if the text is longer than [`MOST`].
pub fn encrypt_message(keys: &BrowserKeys, text: &[u8]) -> Result<Vec<u8>, Error> {
    let random = SystemRandom::new();
    let failed = |_| Error::internal("a message cannot be encrypted");
    let mut salt = [0; SALT];
    random.fill(&mut salt).map_err(failed)?;
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random).map_err(failed)?;
    let public = own.compute_public_key().map_err(failed)?;
    let public: [u8; POINT] = public
        .as_ref()
        .try_into()
        .map_err(|_| Error::internal("a point has 65 bytes"))?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, &keys.p256dh);
    agree_ephemeral(own, &theirs, |shared| {
        seal_padded(shared, keys, &public, salt, text)
    })
    .map_err(|_| Error::internal("the key of a browser is not a valid point on the curve"))?
}

/// Returns `true` if `key` is a point of P-256, so that messages can be encrypted for it.
pub fn is_point(key: &[u8; POINT]) -> bool {
    let random = SystemRandom::new();
    EphemeralPrivateKey::generate(&ECDH_P256, &random).is_ok_and(|own| {
        let theirs = UnparsedPublicKey::new(&ECDH_P256, key);
        agree_ephemeral(own, &theirs, |_| ()).is_ok()
    })
}

/// Encrypts `text` with the shared secret of the key agreement, padded to a multiple of 512 bytes (RFC 8291, section 3.4).
fn seal_padded(
    shared: &[u8],
    keys: &BrowserKeys,
    public: &[u8; POINT],
    salt: [u8; SALT],
    text: &[u8],
) -> Result<Vec<u8>, Error> {
    let padded = (HEADER + text.len() + 1 + TAG)
        .next_multiple_of(STEP)
        .clamp(0, RECORD)
        .saturating_sub(HEADER + TAG);
    seal_with_length(shared, keys, public, salt, text, padded)
}

/// Encrypts like [`sealed`], but pads the text and its delimiter to `padded` bytes.
fn seal_with_length(
    shared: &[u8],
    keys: &BrowserKeys,
    public: &[u8; POINT],
    salt: [u8; SALT],
    text: &[u8],
    padded: usize,
) -> Result<Vec<u8>, Error> {
    if text.len() > MOST || padded <= text.len() {
        return Err(Error::internal("a message is too long"));
    }
    let failed = |_| Error::internal("a key cannot be derived");
    let mut input = [0; 32];
    Salt::new(HKDF_SHA256, &keys.auth)
        .extract(shared)
        .expand(&[b"WebPush: info\0", &keys.p256dh, public], Bytes(32))
        .and_then(|derived| derived.fill(&mut input))
        .map_err(failed)?;
    let derived = Salt::new(HKDF_SHA256, &salt).extract(&input);
    let (mut key, mut nonce) = ([0; 16], [0; 12]);
    derived
        .expand(&[b"Content-Encoding: aes128gcm\0"], Bytes(16))
        .and_then(|derived| derived.fill(&mut key))
        .map_err(failed)?;
    derived
        .expand(&[b"Content-Encoding: nonce\0"], Bytes(12))
        .and_then(|derived| derived.fill(&mut nonce))
        .map_err(failed)?;
    let mut record = Vec::with_capacity(padded + TAG);
    record.extend_from_slice(text);
    // The delimiter of the last record, followed by zeros as padding.
    record.push(2);
    record.resize(padded, 0);
    let key = UnboundKey::new(&AES_128_GCM, &key).map_err(failed)?;
    LessSafeKey::new(key)
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::empty(),
            &mut record,
        )
        .map_err(failed)?;
    let mut message = Vec::with_capacity(HEADER + record.len());
    message.extend_from_slice(&salt);
    message.extend_from_slice(&[0, 0, 16, 0]);
    message.push(65);
    message.extend_from_slice(public);
    message.append(&mut record);
    Ok(message)
}

/// Length of a derived key, in bytes.
struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn decode_bytes<const N: usize>(text: &str) -> [u8; N] {
        URL_SAFE_NO_PAD.decode(text).unwrap().try_into().unwrap()
    }

    /// The example of RFC 8291, section 5 and appendix A.
    #[test]
    fn matches_example_of_rfc_8291() {
        let keys = BrowserKeys {
            p256dh: decode_bytes(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            ),
            auth: decode_bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        };
        let public = decode_bytes(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
        );
        let shared: [u8; 32] = decode_bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let salt = decode_bytes("DGv6ra1nlYgDCS1FRnbzlw");
        let text = b"When I grow up, I want to be a watermelon";
        let message =
            seal_with_length(&shared, &keys, &public, salt, text, text.len() + 1).unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(message),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
        assert!(is_point(&keys.p256dh));
    }

    #[test]
    fn pads_to_fixed_sizes_within_limit() {
        let keys = BrowserKeys {
            p256dh: decode_bytes(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            ),
            auth: [7; SECRET],
        };
        let length = |text: usize| encrypt_message(&keys, &vec![b'x'; text]).unwrap().len();
        assert_eq!((length(0), length(300), length(500)), (512, 512, 1024));
        assert_eq!(length(MOST), 4096);
        assert!(encrypt_message(&keys, &[0; MOST + 1]).is_err());
        let other = encrypt_message(&keys, b"x").unwrap();
        assert_ne!(
            encrypt_message(&keys, b"x").unwrap(),
            other,
            "another salt and key"
        );
    }

    #[test]
    fn rejects_keys_off_the_curve() {
        let mut key = [0; POINT];
        assert!(!is_point(&key));
        key[0] = 4;
        assert!(!is_point(&key));
        let keys = BrowserKeys {
            p256dh: key,
            auth: [0; SECRET],
        };
        assert!(encrypt_message(&keys, b"x").is_err());
    }
}
