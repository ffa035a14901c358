//! Verifies attestations of plan files without network access: an in-toto statement about the digest of the file, in a DSSE
//! envelope that is signed with a known key.
//!
//! The envelope stands alone, or in a Sigstore bundle as `cosign attest-blob` and `gh attestation download` write it.
//! Sigstore certificates are not verified here, because that needs Sigstore's trusted root and transparency log; `gh` and
//! `cosign` do it.
//!
//! - DSSE: <https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md>
//! - Statement: <https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>
//! - Bundle: <https://docs.sigstore.dev/about/bundle/>

mod envelope;
mod key;

use infra_core::{Diagnostic, codes};
use serde::Deserialize;

use crate::error::{Class, Error};
use envelope::{Envelope, read_envelopes};
use infra_template::digest::Digest;

pub use key::PublicKey;

/// Predicate types that are accepted as approval of a plan file: this tool's plan predicate, and the SLSA provenance of
/// `actions/attest-build-provenance`. Other predicates could state anything about the file, for instance that it is vulnerable.
pub const PREDICATE_TYPES: [&str; 2] = [
    "https://github.com/infra-lib/infra-lib/attestations/plan/v1",
    "https://slsa.dev/provenance/v1",
];

const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
const STATEMENT_TYPES: [&str; 2] = [
    "https://in-toto.io/Statement/v1",
    "https://in-toto.io/Statement/v0.1",
];

/// Statement in the in-toto format, without the contents of its predicate.
#[derive(Debug, Deserialize)]
struct Statement {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<Subject>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
}

/// Subject of a statement: a file, identified by its digests.
#[derive(Debug, Deserialize)]
struct Subject {
    #[serde(default)]
    digest: std::collections::BTreeMap<String, String>,
}

/// Verifies that an attestation covers a plan file and is signed with the key. `file` is the content of the plan file, `attestation` that of the file
/// with one or several attestations, of which one has to be valid; `shown` names both in errors.
///
/// # Errors
///
/// An error of class [`Stale`](Class::Stale) that says of each attestation why it proves nothing.
pub fn verify_attestation(
    file: &[u8],
    attestation: &str,
    key: &PublicKey,
    shown: &str,
) -> Result<(), Error> {
    let digest = Digest::hash_bytes(file);
    let envelopes =
        read_envelopes(attestation).map_err(|why| rejected_error(shown, &digest, [why]))?;
    let mut reasons = Vec::new();
    for (number, envelope) in (1..).zip(&envelopes) {
        match verify_one(&digest, envelope, key) {
            Ok(()) => return Ok(()),
            Err(why) if envelopes.len() == 1 => reasons.push(why),
            Err(why) => reasons.push(format!("attestation {number}: {why}")),
        }
    }
    Err(rejected_error(shown, &digest, reasons))
}

fn verify_one(digest: &Digest, envelope: &Envelope, key: &PublicKey) -> Result<(), String> {
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err(format!(
            "its payload has the type `{}`, expected `{PAYLOAD_TYPE}`",
            envelope.payload_type
        ));
    }
    // The payload is not trusted before its signature is verified.
    let signed = envelope.signed_bytes();
    if !envelope
        .signatures
        .iter()
        .any(|signature| key.verifies_signature(&signed, signature))
    {
        return Err(format!("it is not signed by {}", key.display_name()));
    }
    let statement: Statement = serde_json::from_slice(&envelope.payload).map_err(|error| {
        format!("it is signed, but its payload is not an in-toto statement: {error}")
    })?;
    if !STATEMENT_TYPES.contains(&statement.kind.as_str()) {
        let found = &statement.kind;
        return Err(format!(
            "it is signed, but has the type `{found}` instead of an in-toto statement"
        ));
    }
    let is_subject = |subject: &Subject| {
        subject.digest.get("sha256").map(String::as_str) == Some(digest.as_str())
    };
    if !statement.subject.iter().any(is_subject) {
        return Err("it is signed, but for another file".to_owned());
    }
    if !PREDICATE_TYPES.contains(&statement.predicate_type.as_str()) {
        return Err(format!(
            "it is signed, but its predicate has the type `{}`; accepted types are {}",
            statement.predicate_type,
            PREDICATE_TYPES
                .map(|known| format!("`{known}`"))
                .join(" and ")
        ));
    }
    Ok(())
}

fn rejected_error(
    shown: &str,
    digest: &Digest,
    reasons: impl IntoIterator<Item = String>,
) -> Error {
    let mut finding = Diagnostic::new(
        codes::PLAN_NOT_SIGNED,
        format!("{shown} did not attest the plan file"),
    )
    .note(format!("the plan file has the digest sha256:{digest}"));
    for reason in reasons {
        finding = finding.note(reason);
    }
    let finding = finding.help("sign the plan file after its review, and pass the signature file with `--attestation FILE`");
    Error::new(Class::Stale, finding)
}

#[cfg(test)]
mod tests;
