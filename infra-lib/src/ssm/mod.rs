//! AWS Systems Manager Parameter Store: plain text under a name. See [`StringParameter`].
//!
//! CloudFormation cannot create a `SecureString`, so a parameter that is created here is never secret. For secrets,
//! use [`secretsmanager`](crate::secretsmanager).

mod string_parameter;

pub use string_parameter::{StringParameter, StringParameterBuilder, StringParameterProps};
