//! Configuration of an environment, read from `config/<environment>.yaml`.

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
    /// Image of the service, identified by digest because a tag can be moved to another image.
    #[schemars(regex(pattern = "^[a-z0-9./_-]+@sha256:[0-9a-f]{64}$"))]
    pub image: String,
    /// ARN of the ACM certificate of the load balancer, in the region of the stacks.
    #[schemars(regex(pattern = "^arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]+$"))]
    pub certificate_arn: String,
    /// Number of tasks of the service.
    pub tasks: Tasks,
    /// The preview of a pull request, in the environment for previews: `--set preview.name=pr7 --set preview.expires=2026-12-31`.
    pub preview: Option<Preview>,
}

/// Number of tasks of a service.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tasks {
    /// Minimum number of tasks, without load.
    #[schemars(range(min = 1))]
    pub min: u32,
    /// Maximum number of tasks, under the highest load.
    #[schemars(range(min = 1))]
    pub max: u32,
}

impl Configuration for Config {
    const FOLDER: &'static str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");
}
