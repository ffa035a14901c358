//! AWS KMS: encryption keys.
