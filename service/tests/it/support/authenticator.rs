//! A device with passkeys, which responds as a browser and its authenticator do: ES256, no attestation (WebAuthn Level 3).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The page that the browser shows.
pub(crate) const ORIGIN: &str = "https://notes.example.com";
/// The host that its passkeys belong to.
const HOST: &str = "notes.example.com";

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const HAS_CREDENTIAL: u8 = 1 << 6;

/// A passkey on a device.
pub(crate) struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    user: Vec<u8>,
    /// Number of signatures so far.
    pub(crate) counter: u32,
    /// `true` if the device verifies the user, by fingerprint or PIN.
    pub(crate) verifies: bool,
    /// Origin of the requesting page.
    pub(crate) origin: &'static str,
    /// `true` if an assertion contains the user handle.
    pub(crate) tells_user: bool,
}

impl Device {
    /// Creates a passkey for these options of `navigator.credentials.create()`, and its registration.
    pub(crate) fn create(options: &Value) -> (Self, Value) {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
        let user = decode(&options["user"]["id"]);
        let id = Sha256::digest(key.public_key().as_ref()).to_vec();
        let device = Self {
            key,
            id,
            user,
            counter: 0,
            verifies: true,
            origin: ORIGIN,
            tells_user: true,
        };
        let registration = device.registration(options);
        (device, registration)
    }

    /// Returns a registration of the existing passkey.
    pub(crate) fn registration(&self, options: &Value) -> Value {
        let mut data = self.data(HAS_CREDENTIAL);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        // A point without compression: a byte, x, y. As COSE: kind EC2, ES256, P-256.
        let point = self.key.public_key().as_ref();
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..65]);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(&data);
        let client = self.client_data("webauthn.create", options);
        json!({
            "id": encode(&self.id),
            "rawId": encode(&self.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {"credProps": {"rk": true}},
            "response": {
                "clientDataJSON": encode(client.as_bytes()),
                "attestationObject": encode(&object),
                "authenticatorData": encode(&data),
                "publicKeyAlgorithm": -7,
                "transports": ["internal", "hybrid"],
            },
        })
    }

    /// Answers these options of `navigator.credentials.get()`.
    pub(crate) fn get(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let data = self.data(0);
        let client = self.client_data("webauthn.get", options);
        let signed = [&data[..], &Sha256::digest(client.as_bytes())].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let mut response = json!({
            "clientDataJSON": encode(client.as_bytes()),
            "authenticatorData": encode(&data),
            "signature": encode(signature.as_ref()),
        });
        if self.tells_user {
            response["userHandle"] = encode(&self.user).into();
        }
        json!({
            "id": encode(&self.id),
            "rawId": encode(&self.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": response,
        })
    }

    /// Returns the authenticator data that the device signs.
    fn data(&self, flags: u8) -> Vec<u8> {
        let mut flags = flags | USER_PRESENT;
        if self.verifies {
            flags |= USER_VERIFIED;
        }
        let mut data = Sha256::digest(HOST).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        json!({
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        })
        .to_string()
    }
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}
