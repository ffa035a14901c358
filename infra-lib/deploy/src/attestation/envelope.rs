//! Reads DSSE envelopes, alone or in Sigstore bundles, one or several per file.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde::Deserialize;
use serde_json::Value as JsonValue;

/// DSSE envelope with decoded payload and signatures.
#[derive(Debug)]
pub(super) struct Envelope {
    pub(super) payload_type: String,
    pub(super) payload: Vec<u8>,
    pub(super) signatures: Vec<Vec<u8>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Encoded {
    payload_type: String,
    payload: String,
    signatures: Vec<EncodedSignature>,
}

#[derive(Deserialize)]
struct EncodedSignature {
    sig: String,
}

impl Envelope {
    /// Returns the signed bytes: the pre-authentication encoding (PAE) of DSSE, which binds the payload type to the payload.
    pub(super) fn signed_bytes(&self) -> Vec<u8> {
        let head = format!(
            "DSSEv1 {} {} {} ",
            self.payload_type.len(),
            self.payload_type,
            self.payload.len()
        );
        [head.as_bytes(), &self.payload].concat()
    }
}

/// Reads all envelopes of a text with one or several JSON documents. Each document is an envelope, a Sigstore bundle, or a response of GitHub's
/// attestations API.
pub(super) fn read_envelopes(text: &str) -> Result<Vec<Envelope>, String> {
    let documents = serde_json::Deserializer::from_str(text).into_iter::<JsonValue>();
    let mut found = Vec::new();
    for document in documents {
        let document = document.map_err(|error| format!("it is not valid JSON: {error}"))?;
        let bundles = match document.get("attestations").and_then(JsonValue::as_array) {
            Some(listed) => listed.iter().map(|one| one["bundle"].clone()).collect(),
            None => vec![document],
        };
        for bundle in bundles {
            let envelope = bundle.get("dsseEnvelope").cloned().unwrap_or(bundle);
            let encoded: Encoded = serde_json::from_value(envelope)
                .map_err(|error| format!("it is not a DSSE envelope: {error}"))?;
            found.push(decode_envelope(encoded)?);
        }
    }
    if found.is_empty() {
        return Err("it contains no attestation".to_owned());
    }
    Ok(found)
}

fn decode_envelope(encoded: Encoded) -> Result<Envelope, String> {
    let signatures = encoded.signatures.iter().map(|one| decode_base64(&one.sig));
    Ok(Envelope {
        payload: decode_base64(&encoded.payload)?,
        signatures: signatures.collect::<Result<_, _>>()?,
        payload_type: encoded.payload_type,
    })
}

/// Decodes base64 in the standard or the URL-safe alphabet, as DSSE permits both.
fn decode_base64(text: &str) -> Result<Vec<u8>, String> {
    let decoded = STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text));
    decoded.map_err(|error| format!("it is not valid base64: {error}"))
}
