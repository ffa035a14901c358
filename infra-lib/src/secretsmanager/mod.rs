//! AWS Secrets Manager: generated secrets, and their use by containers.
//!
//! [`Secret`] generates a secret or imports one, and [`SecretField`] passes it to a container. No constructor accepts
//! the text of a secret, since it would be part of the template. Rotation on a schedule needs a Lambda function,
//! which this library does not create; RDS rotates the passwords that it manages without one (the default of
//! `rds::RdsInstance`).

mod field;
mod secret;

pub use field::{IntoSecretField, SecretField};
pub use secret::{Characters, ImportedSecret, Secret, SecretBuilder, SecretProps};
