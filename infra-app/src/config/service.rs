//! Configures the service of an environment.

use infra_lib::ecr::ImageDigest;
use infra_lib::ecs::{self, CpuArchitecture, TaskSize};
use schemars::JsonSchema;
use serde::Deserialize;

use super::read;

/// Image, size, number and capacity of the service's tasks on AWS Fargate.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceConfig {
    /// SHA-256 digest of the image, set by the release workflow: `--set service.image_digest=sha256:…`.
    #[serde(deserialize_with = "read::image_digest")]
    #[schemars(with = "String", regex(pattern = "^sha256:[0-9a-f]{64}$"))]
    pub image_digest: ImageDigest,
    /// CPU architecture that the image is built for: `arm64` or `x86-64`. Tasks fail to start if it differs from that of the image.
    pub architecture: Architecture,
    /// CPU and memory of a task, as one of the combinations that Fargate offers.
    #[serde(deserialize_with = "read::task_size")]
    #[schemars(with = "read::Size")]
    pub size: TaskSize,
    /// Minimum and maximum number of tasks, between which auto scaling follows CPU use and requests.
    pub tasks: TaskCount,
    /// Fargate capacity that tasks run on: `on-demand`, or `spot` at a lower price with interruptions.
    pub capacity: Capacity,
    /// Lowest level of log lines that are written: `error`, `warn`, `info`, `debug` or `trace`.
    #[schemars(regex(pattern = "^(error|warn|info|debug|trace)$"), extend("examples" = ["info"]))]
    pub log_level: String,
}

/// The number of tasks that run at the same time, fixed or scaled by load.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields, try_from = "Bounds")]
#[schemars(with = "Bounds")]
pub enum TaskCount {
    /// A fixed number of tasks, without auto scaling.
    Fixed(u32),
    /// A number that follows the load, between two bounds.
    Scaled {
        /// Minimum number of tasks, which keep running without load.
        min: u32,
        /// Maximum number of tasks, which limits the cost under load.
        max: u32,
    },
}

/// Minimum and maximum number of tasks. Two equal numbers disable auto scaling.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Bounds {
    /// Minimum number of tasks; two survive the loss of an Availability Zone.
    #[schemars(range(min = 1, max = 100))]
    min: u32,
    /// Maximum number of tasks, to which auto scaling adds tasks under load.
    #[schemars(range(min = 1, max = 100))]
    max: u32,
}

impl TryFrom<Bounds> for TaskCount {
    type Error = String;

    fn try_from(Bounds { min, max }: Bounds) -> Result<Self, String> {
        match min.cmp(&max) {
            std::cmp::Ordering::Less => Ok(Self::Scaled { min, max }),
            std::cmp::Ordering::Equal => Ok(Self::Fixed(min)),
            std::cmp::Ordering::Greater => Err(format!(
                "`min` is {min}, which is greater than `max`, {max}"
            )),
        }
    }
}

/// The CPU architecture that the image is built for, which tasks must match.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Architecture {
    /// ARM64, which runs on AWS Graviton.
    Arm64,
    /// x86-64, which runs on Intel and AMD.
    #[serde(rename = "x86-64")]
    X86_64,
}

impl From<Architecture> for CpuArchitecture {
    fn from(architecture: Architecture) -> Self {
        match architecture {
            Architecture::Arm64 => Self::Arm64,
            Architecture::X86_64 => Self::X86_64,
        }
    }
}

/// The Fargate capacity provider that tasks run on, a choice between price and interruptions.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// Fargate, without interruptions by AWS.
    OnDemand,
    /// Fargate Spot, which AWS can interrupt with two minutes' notice, at about a third of the price.
    Spot,
}

impl From<Capacity> for ecs::Capacity {
    fn from(capacity: Capacity) -> Self {
        match capacity {
            Capacity::OnDemand => Self::Fargate,
            Capacity::Spot => Self::FargateSpot,
        }
    }
}
