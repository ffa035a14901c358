//! AWS Secrets Manager: generated secrets, and their use by containers.
//!
//! [`Secret`] generates a secret or imports one, and [`SecretField`] passes it to a container. No constructor accepts
//! the text of a secret, since it would be part of the template. [`Secret::rotate_with`] rotates a secret with a function
//! of the app; RDS rotates the passwords that it manages without one (the default of `rds::RdsInstance`).
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#secretsmanager).

mod field;
mod rotation;
mod secret;

pub use field::{IntoSecretField, SecretField};
pub use rotation::{RotationSchedule, SecretRotator};
pub use secret::{Characters, ImportedSecret, Secret, SecretBuilder, SecretProps};
