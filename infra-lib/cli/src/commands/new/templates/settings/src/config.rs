//! Configuration of an environment, read from `config/<environment>.yaml`.

use infra_lib::RemovalPolicy;
use infra_runtime::Configuration;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::environment::Preview;

/// Configuration of an environment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the environment; the names of its stacks contain it.
    #[schemars(regex(pattern = "^[a-z][a-z0-9]{0,11}$"))]
    pub environment: String,
    /// Region of all stacks, such as `eu-west-1`.
    #[schemars(regex(pattern = "^[a-z]{2}(-[a-z]+)+-[0-9]$"))]
    pub region: String,
    /// Policy for stored data when its stack is deleted.
    pub data: DataPolicy,
    /// The preview of a pull request, in the environment for previews: `--set preview.name=pr7 --set preview.expires=2026-12-31`.
    pub preview: Option<Preview>,
}

/// Policy for stored data when its stack is deleted.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum DataPolicy {
    /// The data stays in the account, outside of any stack.
    Keep,
    /// The data is deleted too. A bucket must be empty before the deletion.
    Delete,
}

impl Configuration for Config {
    const FOLDER: &'static str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");
}

impl From<DataPolicy> for RemovalPolicy {
    fn from(policy: DataPolicy) -> Self {
        match policy {
            DataPolicy::Keep => Self::Retain,
            DataPolicy::Delete => Self::Destroy,
        }
    }
}
