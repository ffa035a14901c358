//! AWS Certificate Manager: TLS certificates that are renewed automatically. See [`Certificate`].

mod certificate;
#[cfg(feature = "cloudwatch")]
mod metrics;

pub(crate) use certificate::find_wrong_region;
pub use certificate::{Certificate, CertificateBuilder, CertificateProps};
