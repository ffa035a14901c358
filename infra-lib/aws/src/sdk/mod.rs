//! The AWS SDK implementation of the traits: [`connect()`] returns a [`Cloud`](crate::Cloud), [`Settings`] configures it. Each service has a module.
//!
//! Waiters of the SDK are not used, because they wait at least 30 s between polls. Enumeration values unknown to this version are kept unchanged.

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
pub use https::{HttpsClient, HttpsResponse};
pub use settings::{MfaDevice, Settings};

use crate::ApiError;

/// The result of an operation. Errors name the service and operation.
type ApiResult<T> = Result<T, ApiError>;

/// Returns a text, which the API omits if it is empty.
fn text_or_empty(value: Option<String>) -> String {
    value.unwrap_or_default()
}

/// Returns the texts of open enumeration values.
fn enum_texts<T: AsRef<str>>(values: Option<Vec<T>>) -> Vec<String> {
    let values = values.unwrap_or_default();
    values.iter().map(|v| v.as_ref().to_owned()).collect()
}
