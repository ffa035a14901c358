//! Tests of attestations signed with a local key: accepted ones, and each reason to refuse one.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair as _,
};
use serde_json::{Value as JsonValue, json};

use super::{PREDICATE_TYPES, PublicKey, verify_attestation};
use crate::error::Class;
use infra_template::digest::Digest;

const FILE: &[u8] = b"{\"version\":2}\n";

/// Prefixes of `SubjectPublicKeyInfo` structures according to RFC 5480 and RFC 8410, without the key.
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const P384: [u8; 23] = [
    0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b,
    0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00,
];
const ED25519: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

enum Signer {
    Ecdsa(EcdsaKeyPair, &'static [u8]),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    fn p256() -> Self {
        let (random, curve) = (SystemRandom::new(), &ECDSA_P256_SHA256_ASN1_SIGNING);
        let der = EcdsaKeyPair::generate_pkcs8(curve, &random).unwrap();
        Self::Ecdsa(
            EcdsaKeyPair::from_pkcs8(curve, der.as_ref(), &random).unwrap(),
            &P256,
        )
    }

    fn p384() -> Self {
        let (random, curve) = (SystemRandom::new(), &ECDSA_P384_SHA384_ASN1_SIGNING);
        let der = EcdsaKeyPair::generate_pkcs8(curve, &random).unwrap();
        Self::Ecdsa(
            EcdsaKeyPair::from_pkcs8(curve, der.as_ref(), &random).unwrap(),
            &P384,
        )
    }

    fn ed25519() -> Self {
        let der = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::Ed25519(Ed25519KeyPair::from_pkcs8(der.as_ref()).unwrap())
    }

    fn public_key(&self) -> PublicKey {
        let der = match self {
            Self::Ecdsa(pair, head) => [head, pair.public_key().as_ref()].concat(),
            Self::Ed25519(pair) => [&ED25519, pair.public_key().as_ref()].concat(),
        };
        PublicKey::parse_pem(&encode_pem(&der), "plan.pub").unwrap()
    }

    fn sign_bytes(&self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Ecdsa(pair, _) => {
                let signature = pair.sign(&SystemRandom::new(), bytes).unwrap();
                signature.as_ref().to_vec()
            }
            Self::Ed25519(pair) => pair.sign(bytes).as_ref().to_vec(),
        }
    }

    /// Returns a DSSE envelope, built independently of the code under test.
    fn build_envelope(&self, payload_type: &str, payload: &str) -> JsonValue {
        let signed = format!(
            "DSSEv1 {} {payload_type} {} {payload}",
            payload_type.len(),
            payload.len()
        );
        json!({
            "payloadType": payload_type,
            "payload": STANDARD.encode(payload),
            "signatures": [{ "keyid": "", "sig": STANDARD.encode(self.sign_bytes(signed.as_bytes())) }],
        })
    }

    fn attest_statement(&self, statement: &JsonValue) -> JsonValue {
        self.build_envelope("application/vnd.in-toto+json", &statement.to_string())
    }
}

fn encode_pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
}

fn build_statement() -> JsonValue {
    json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{ "name": "plan.json", "digest": { "sha256": Digest::hash_bytes(FILE).as_str() } }],
        "predicateType": PREDICATE_TYPES[0],
        "predicate": {},
    })
}

/// Returns the reasons for refusing an attestation, without the digest of the file.
fn rejection_notes(attestation: &str, key: &PublicKey) -> Vec<String> {
    let error = verify_attestation(FILE, attestation, key, "`plan.sigstore.json`").unwrap_err();
    assert_eq!(error.class, Class::Stale);
    let [finding] = error.findings.as_slice() else {
        panic!("{error:?}");
    };
    assert_eq!(
        finding.message,
        "`plan.sigstore.json` did not attest the plan file"
    );
    let digest = format!(
        "the plan file has the digest sha256:{}",
        Digest::hash_bytes(FILE)
    );
    assert_eq!(finding.notes[0], digest);
    assert!(finding.help.is_some());
    finding.notes[1..].to_vec()
}

#[test]
fn accepts_every_kind_of_key() {
    for signer in [Signer::p256(), Signer::p384(), Signer::ed25519()] {
        let attested = signer.attest_statement(&build_statement()).to_string();
        verify_attestation(FILE, &attested, &signer.public_key(), "it").unwrap();
    }
}

#[test]
fn accepts_envelopes_bundles_and_api_responses() {
    let signer = Signer::p256();
    let (key, other) = (signer.public_key(), Signer::p256());
    let envelope = signer.attest_statement(&build_statement());
    let bundle = |envelope: JsonValue| {
        json!({
            "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial": {},
            "dsseEnvelope": envelope,
        })
    };
    let foreign = bundle(other.attest_statement(&build_statement()));
    let lines = format!("{foreign}\n{}\n", bundle(envelope.clone()));
    let api =
        json!({ "attestations": [{ "bundle": foreign }, { "bundle": bundle(envelope.clone()) }] });
    for text in [bundle(envelope.clone()).to_string(), lines, api.to_string()] {
        verify_attestation(FILE, &text, &key, "it").unwrap();
    }
    let mut safe = envelope;
    let url_safe = |encoded: &JsonValue| {
        let bytes = STANDARD.decode(encoded.as_str().unwrap()).unwrap();
        URL_SAFE.encode(bytes)
    };
    safe["payload"] = url_safe(&safe["payload"]).into();
    safe["signatures"][0]["sig"] = url_safe(&safe["signatures"][0]["sig"]).into();
    verify_attestation(FILE, &safe.to_string(), &key, "it").unwrap();
    let mut older = build_statement();
    older["_type"] = "https://in-toto.io/Statement/v0.1".into();
    older["predicateType"] = PREDICATE_TYPES[1].into();
    older["subject"]
        .as_array_mut()
        .unwrap()
        .insert(0, json!({ "name": "other" }));
    verify_attestation(
        FILE,
        &signer.attest_statement(&older).to_string(),
        &key,
        "it",
    )
    .unwrap();
}

#[test]
fn rejects_signature_of_another_key() {
    let (signer, other) = (Signer::p256(), Signer::p256());
    let attested = other.attest_statement(&build_statement()).to_string();
    assert_eq!(
        rejection_notes(&attested, &signer.public_key()),
        ["it is not signed by the key `plan.pub`"]
    );
    let two = format!("{attested}{attested}");
    assert_eq!(
        rejection_notes(&two, &signer.public_key()),
        [
            "attestation 1: it is not signed by the key `plan.pub`",
            "attestation 2: it is not signed by the key `plan.pub`"
        ]
    );
}

#[test]
fn rejects_signature_of_other_content() {
    let signer = Signer::p256();
    let key = signer.public_key();
    let whole = signer.attest_statement(&build_statement());
    let mut unsigned = whole.clone();
    unsigned["signatures"] = json!([]);
    let mut payload = whole.clone();
    let mut other = build_statement();
    other["predicate"] = json!({ "more": true });
    payload["payload"] = STANDARD.encode(other.to_string()).into();
    let mut moved = whole;
    moved["signatures"][0]["sig"] = signer
        .build_envelope("text/plain", &build_statement().to_string())["signatures"][0]["sig"]
        .clone();
    for forged in [unsigned, payload, moved] {
        assert_eq!(
            rejection_notes(&forged.to_string(), &key),
            ["it is not signed by the key `plan.pub`"]
        );
    }
}

#[test]
fn rejects_statement_about_another_file() {
    let signer = Signer::ed25519();
    let key = signer.public_key();
    let refused_with = |change: &dyn Fn(&mut JsonValue)| {
        let mut statement = build_statement();
        change(&mut statement);
        rejection_notes(&signer.attest_statement(&statement).to_string(), &key).remove(0)
    };
    let about_another = "it is signed, but for another file";
    assert_eq!(
        refused_with(
            &|s| s["subject"][0]["digest"]["sha256"] = Digest::hash_bytes(b"").as_str().into()
        ),
        about_another
    );
    assert_eq!(refused_with(&|s| s["subject"] = json!([])), about_another);
    let renamed = |s: &mut JsonValue| {
        s["subject"][0]["digest"] = json!({ "sha512": Digest::hash_bytes(FILE).as_str() });
    };
    assert_eq!(refused_with(&renamed), about_another);
    assert_eq!(
        refused_with(&|s| s["_type"] = "https://example.com/Statement".into()),
        "it is signed, but has the type `https://example.com/Statement` instead of an in-toto statement"
    );
    assert_eq!(
        refused_with(&|s| s["predicateType"] = "https://in-toto.io/attestation/vulns/v0.1".into()),
        "it is signed, but its predicate has the type `https://in-toto.io/attestation/vulns/v0.1`; accepted types are `https://github.com/infra-lib/infra-lib/attestations/plan/v1` and `https://slsa.dev/provenance/v1`"
    );
    let plain = signer.build_envelope("text/plain", &build_statement().to_string());
    assert_eq!(
        rejection_notes(&plain.to_string(), &key),
        ["its payload has the type `text/plain`, expected `application/vnd.in-toto+json`"]
    );
    let text = signer.build_envelope("application/vnd.in-toto+json", "no JSON");
    let [why] = rejection_notes(&text.to_string(), &key).try_into().unwrap();
    assert!(
        why.starts_with("it is signed, but its payload is not an in-toto statement: "),
        "{why}"
    );
}

#[test]
fn rejects_file_without_valid_attestation() {
    let key = Signer::p256().public_key();
    for (text, says) in [
        ("", "it contains no attestation"),
        ("{\"attestations\": []}", "it contains no attestation"),
        ("nothing", "it is not valid JSON: "),
        ("{}", "it is not a DSSE envelope: "),
        (
            r#"{"payloadType":"t","payload":"%","signatures":[]}"#,
            "it is not valid base64: ",
        ),
        (
            r#"{"payloadType":"t","payload":"","signatures":[{"sig":"%"}]}"#,
            "it is not valid base64: ",
        ),
    ] {
        let [why] = rejection_notes(text, &key).try_into().unwrap();
        assert!(why.starts_with(says), "{text}: {why}");
    }
}

#[test]
fn rejects_invalid_public_key() {
    let rsa_like = encode_pem(&[0x30, 0x00]);
    let certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    // X25519, which signs nothing.
    let exchange = encode_pem(&[&ED25519[..8], &[0x6e, 0x03, 0x21, 0x00], &[7; 32]].concat());
    for text in ["", certificate, &rsa_like, &exchange] {
        let error = PublicKey::parse_pem(text, "plan.pub").unwrap_err();
        assert_eq!(error.class, Class::Error);
        let message = &error.findings[0].message;
        assert!(
            message.starts_with("`plan.pub` is not a supported public key: "),
            "{message}"
        );
    }
}
