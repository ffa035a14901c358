//! Whose keys encrypt what is stored.

use schemars::JsonSchema;
use serde::Deserialize;

/// Whose keys encrypt database, images and logs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Encryption {
    /// One of the account, about a dollar a month and more by request: its policy and its deletion are ours.
    CustomerKey,
    /// Those of the services, without cost.
    AwsManaged,
}
