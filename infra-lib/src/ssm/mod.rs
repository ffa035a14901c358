//! AWS Systems Manager Parameter Store: plain texts under a name.
//!
//! CloudFormation cannot make a SecureString, so a parameter made here is never secret: see
//! [`secretsmanager`](crate::secretsmanager).

mod string_parameter;

pub use string_parameter::{StringParameter, StringParameterBuilder, StringParameterProps};
