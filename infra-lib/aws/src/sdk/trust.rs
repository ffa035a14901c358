//! Loads the certificates of `AWS_CA_BUNDLE` and validates them first, because the HTTP client panics on invalid ones.

use std::path::Path;

use aws_smithy_http_client::tls::{TlsContext, TrustStore};
use infra_core::{Diagnostic, codes};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use super::error::ConnectError;

/// Returns a TLS context that trusts only the certificates in a file, as in the AWS CLI, or those of the system without a file.
pub(super) fn tls_context(bundle: Option<&Path>) -> Result<TlsContext, ConnectError> {
    let store = match bundle {
        None => TrustStore::default(),
        Some(path) => TrustStore::empty().with_pem_certificate(read_certificates(path)?),
    };
    TlsContext::builder()
        .with_trust_store(store)
        .build()
        .map_err(|error| {
            let said = format!("cannot prepare TLS: {error}");
            Diagnostic::new(codes::BAD_AWS_CONFIGURATION, said).into()
        })
}

/// Returns the content of the file if all of it consists of certificates.
fn read_certificates(path: &Path) -> Result<Vec<u8>, ConnectError> {
    let refuse = |cause: &dyn std::fmt::Display, help: &str| {
        let said = format!(
            "cannot read the certificates in `{}` (AWS_CA_BUNDLE): {cause}",
            path.display()
        );
        let finding = Diagnostic::new(codes::BAD_AWS_CONFIGURATION, said).help(help);
        ConnectError::from(finding)
    };
    let correct = "name an existing file, or unset AWS_CA_BUNDLE to use the system's certificates";
    let bytes = std::fs::read(path).map_err(|error| refuse(&error, correct))?;
    let form =
        "expected certificates in PEM format, each beginning with `-----BEGIN CERTIFICATE-----`";
    let mut count = 0;
    for (number, certificate) in (1..).zip(CertificateDer::pem_slice_iter(&bytes)) {
        let certificate = certificate.map_err(|error| {
            refuse(&format!("certificate {number} is not valid: {error}"), form)
        })?;
        webpki::anchor_from_trusted_cert(&certificate)
            .map_err(|_| refuse(&format!("certificate {number} is not valid"), form))?;
        count = number;
    }
    if count == 0 {
        return Err(refuse(&"the file contains no certificates", form));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::tls_context;

    fn rejection_message(content: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        std::fs::write(&path, content).unwrap();
        let said = tls_context(Some(&path)).unwrap_err().to_string();
        said.replace(&path.display().to_string(), "ca.pem")
    }

    #[test]
    fn names_missing_file() {
        let said = tls_context(Some(Path::new("missing.pem"))).unwrap_err();
        assert!(
            said.to_string()
                .starts_with("cannot read the certificates in `missing.pem` (AWS_CA_BUNDLE): ")
        );
    }

    #[test]
    fn rejects_file_without_certificates() {
        assert_eq!(
            rejection_message("hello"),
            "cannot read the certificates in `ca.pem` (AWS_CA_BUNDLE): the file contains no certificates"
        );
    }

    #[test]
    fn rejects_invalid_certificate_with_number() {
        let said =
            rejection_message("-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n");
        assert_eq!(
            said,
            "cannot read the certificates in `ca.pem` (AWS_CA_BUNDLE): certificate 1 is not valid"
        );
    }

    #[test]
    fn rejects_truncated_certificate() {
        let said = rejection_message("-----BEGIN CERTIFICATE-----\naGVsbG8=\n");
        assert!(said.contains("certificate 1 is not valid: "), "{said}");
    }
}
