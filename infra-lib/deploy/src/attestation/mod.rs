//! Attestations of plan files, verified without network: an in-toto statement about the digest of the file, signed in a DSSE
//! envelope with a key whose public part is known.
//!
//! The envelope stands alone, or in a Sigstore bundle as `cosign attest-blob` and `gh attestation download` write it.
//! Certificates of Sigstore are not followed here: that takes its trusted root and the rules of its log, which `gh` and
//! `cosign` have.
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

/// Types of predicates that vouch for a plan file: the plan of this tool, and the provenance that
/// `actions/attest-build-provenance` states. Others may say anything about the file, such as that it is bad.
pub const PREDICATE_TYPES: [&str; 2] = [
    "https://github.com/infra-lib/infra-lib/attestations/plan/v1",
    "https://slsa.dev/provenance/v1",
];

const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
const STATEMENT_TYPES: [&str; 2] = [
    "https://in-toto.io/Statement/v1",
    "https://in-toto.io/Statement/v0.1",
];

/// A statement of in-toto; what its predicate says is not read.
#[derive(Debug, Deserialize)]
struct Statement {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<Subject>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
}

/// A file that a statement is about.
#[derive(Debug, Deserialize)]
struct Subject {
    #[serde(default)]
    digest: std::collections::BTreeMap<String, String>,
}

/// Verifies that an attestation vouches for a file with a signature of a key. `file` is the content of the plan file,
/// `attestation` that of the file with one or several attestations, and `shown` names both in errors.
///
/// # Errors
///
/// An error of class [`Stale`](Class::Stale) that says of each attestation why it proves nothing.
pub fn verify(file: &[u8], attestation: &str, key: &PublicKey, shown: &str) -> Result<(), Error> {
    let digest = Digest::of(file);
    let envelopes = read_envelopes(attestation).map_err(|why| refusal(shown, &digest, [why]))?;
    let mut reasons = Vec::new();
    for (number, envelope) in (1..).zip(&envelopes) {
        match verify_one(&digest, envelope, key) {
            Ok(()) => return Ok(()),
            Err(why) if envelopes.len() == 1 => reasons.push(why),
            Err(why) => reasons.push(format!("attestation {number}: {why}")),
        }
    }
    Err(refusal(shown, &digest, reasons))
}

fn verify_one(digest: &Digest, envelope: &Envelope, key: &PublicKey) -> Result<(), String> {
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err(format!(
            "its payload has the type `{}`, and not `{PAYLOAD_TYPE}`",
            envelope.payload_type
        ));
    }
    // Nothing of the payload is believed before.
    let signed = envelope.signed_bytes();
    if !envelope
        .signatures
        .iter()
        .any(|signature| key.verifies(&signed, signature))
    {
        return Err(format!("it has no signature of {}", key.shown()));
    }
    let statement: Statement = serde_json::from_slice(&envelope.payload).map_err(|error| {
        format!("it is signed, and its payload is no statement of in-toto: {error}")
    })?;
    if !STATEMENT_TYPES.contains(&statement.kind.as_str()) {
        let found = &statement.kind;
        return Err(format!(
            "it is signed, and is no statement of in-toto but `{found}`"
        ));
    }
    let is_subject = |subject: &Subject| {
        subject.digest.get("sha256").map(String::as_str) == Some(digest.as_str())
    };
    if !statement.subject.iter().any(is_subject) {
        return Err("it is signed, and is about another file".to_owned());
    }
    if !PREDICATE_TYPES.contains(&statement.predicate_type.as_str()) {
        return Err(format!(
            "it is signed, and its predicate has the type `{}`; accepted are {}",
            statement.predicate_type,
            PREDICATE_TYPES
                .map(|known| format!("`{known}`"))
                .join(" and ")
        ));
    }
    Ok(())
}

fn refusal(shown: &str, digest: &Digest, reasons: impl IntoIterator<Item = String>) -> Error {
    let mut finding = Diagnostic::new(
        codes::PLAN_NOT_SIGNED,
        format!("{shown} does not vouch for the plan file"),
    )
    .note(format!("the plan file has the digest sha256:{digest}"));
    for reason in reasons {
        finding = finding.note(reason);
    }
    let finding = finding.help("have the plan file signed after its review, and pass the file with the signature by `--attestation FILE`");
    Error::new(Class::Stale, finding)
}

#[cfg(test)]
mod tests;
