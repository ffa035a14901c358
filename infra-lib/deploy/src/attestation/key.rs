//! Public keys for the verification of signatures.

use infra_core::{Diagnostic, codes};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{SignatureVerificationAlgorithm, SubjectPublicKeyInfoDer};
use webpki::{RawPublicKeyEntity, ring};

use crate::error::{Class, Error};

/// Accepted algorithms. Each curve has one digest, as in cosign, JWS and the defaults of OpenSSL.
static ALGORITHMS: [&dyn SignatureVerificationAlgorithm; 3] = [
    ring::ECDSA_P256_SHA256,
    ring::ECDSA_P384_SHA384,
    ring::ED25519,
];

/// Public key that attestations of plan files are verified with: ECDSA on P-256 or P-384, or Ed25519.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicKey {
    der: Vec<u8>,
    shown: String,
}

impl PublicKey {
    /// Parses a key in PEM format (`-----BEGIN PUBLIC KEY-----`), as `openssl pkey -pubout` and `cosign public-key` write it. `shown` is the file
    /// name in errors.
    ///
    /// # Errors
    ///
    /// When the text holds no public key, or one of another kind.
    pub fn parse_pem(pem: &str, shown: &str) -> Result<Self, Error> {
        let refused = |why: &str| {
            let finding = Diagnostic::new(
                codes::FILE_NOT_USABLE,
                format!("`{shown}` is not a supported public key: {why}"),
            )
            .expected("a public key in PEM form: ECDSA on P-256 or P-384, or Ed25519")
            .help("`openssl pkey -in KEY -pubout` writes the public key");
            Error::new(Class::Error, finding)
        };
        let der = SubjectPublicKeyInfoDer::from_pem_slice(pem.as_bytes())
            .map_err(|error| refused(&error.to_string()))?;
        let key = Self {
            der: der.as_ref().to_vec(),
            shown: format!("the key `{shown}`"),
        };
        // Verifying an invalid signature shows whether the algorithm of the key is supported.
        let known = ALGORITHMS.iter().any(|algorithm| {
            let der = SubjectPublicKeyInfoDer::from(key.der.as_slice());
            RawPublicKeyEntity::try_from(&der).is_ok_and(|entity| {
                entity.verify_signature(*algorithm, b"", b"")
                    == Err(webpki::Error::InvalidSignatureForPublicKey)
            })
        });
        if known {
            Ok(key)
        } else {
            Err(refused("unknown key type"))
        }
    }

    /// Returns the key as errors name it, such as ``the key `plan.pub` ``.
    pub(super) fn display_name(&self) -> &str {
        &self.shown
    }

    /// Returns true if the signature of these bytes was made with this key.
    pub(super) fn verifies_signature(&self, signed: &[u8], signature: &[u8]) -> bool {
        let der = SubjectPublicKeyInfoDer::from(self.der.as_slice());
        let Ok(entity) = RawPublicKeyEntity::try_from(&der) else {
            return false;
        };
        ALGORITHMS.iter().any(|algorithm| {
            entity
                .verify_signature(*algorithm, signed, signature)
                .is_ok()
        })
    }
}
