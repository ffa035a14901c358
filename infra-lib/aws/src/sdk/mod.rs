//! AWS over the SDK: one file a service, and one way in which an answer becomes an [`ApiError`].
//!
//! SDK waiters are not used: they wait 30 s at least between two looks. Words that this version does not know are kept as they are.

mod assume;
mod cloudcontrol;
mod cloudformation;
mod cloudfront;
mod connect;
mod credentials;
mod ec2;
mod ecr;
mod ecs;
mod elbv2;
mod error;
mod explain;
mod https;
mod iam;
mod kms;
mod logs;
mod mfa;
mod problem;
mod profile;
mod retry;
mod route53;
mod s3;
mod settings;
mod signed;
mod ssm;
mod time;
mod trust;
mod whole;

pub use connect::connect;
pub use error::ConnectError;
pub use https::{HttpsAnswer, HttpsClient};
pub use settings::{MfaDevice, Settings};

use crate::ApiError;

/// What the SDK answers an operation with, made an [`ApiError`] that names service and operation.
type Answer<T> = Result<T, ApiError>;

/// A text that the API leaves out where it is empty.
fn text(value: Option<String>) -> String {
    value.unwrap_or_default()
}

/// The words of the values of open enums.
fn words<T: AsRef<str>>(values: Option<Vec<T>>) -> Vec<String> {
    let values = values.unwrap_or_default();
    values.iter().map(|v| v.as_ref().to_owned()).collect()
}
