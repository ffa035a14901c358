//! Configures the keys that encrypt stored data: a customer managed key of KMS, or the keys of the AWS services.

use schemars::JsonSchema;
use serde::Deserialize;

/// The KMS keys that encrypt the database, attachments, images and logs of an environment.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Encryption {
    /// A customer managed key, which costs about a dollar a month plus a charge per request. Its policy and deletion can be controlled.
    CustomerKey,
    /// Keys that the AWS services manage, at no cost.
    AwsManaged,
}
