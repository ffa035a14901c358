//! AWS Certificate Manager: TLS certificates.
