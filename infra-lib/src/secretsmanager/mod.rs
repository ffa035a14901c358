//! AWS Secrets Manager: secrets that are generated where they are kept, and what containers are given of them.
//!
//! No constructor takes the text of a secret: it would stand in the template. Rotation by a schedule needs a Lambda
//! function, which this library never deploys behind your back; passwords of databases are rotated without one when
//! RDS manages them (`rds::RdsInstance` does by default).

mod field;
mod secret;

pub use field::{IntoSecretField, SecretField};
pub use secret::{Characters, ImportedSecret, Secret, SecretBuilder, SecretProps};
