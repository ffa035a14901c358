//! Configuration of an environment, read from `config/<environment>.yaml`.

use infra_runtime::Configuration;
use schemars::JsonSchema;
use serde::Deserialize;

/// Configuration of an environment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the stack in CloudFormation.
    #[schemars(length(max = 128), regex(pattern = "^[a-zA-Z][-a-zA-Z0-9]*$"))]
    pub stack_name: String,
}

impl Configuration for Config {
    const FOLDER: &'static str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");
}
