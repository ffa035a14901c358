//! AWS Certificate Manager: TLS certificates that are renewed automatically. See [`Certificate`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#certificatemanager).

mod certificate;
#[cfg(feature = "cloudwatch")]
mod metrics;

pub use certificate::{Certificate, CertificateBuilder, CertificateProps};
