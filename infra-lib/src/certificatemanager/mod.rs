//! AWS Certificate Manager: TLS certificates that renew themselves.

mod certificate;

pub(crate) use certificate::wrong_region;
pub use certificate::{Certificate, CertificateBuilder, CertificateProps};
