//! The service of an environment.

use infra_lib::ecr::ImageDigest;
use infra_lib::ecs::{self, CpuArchitecture, TaskSize};
use schemars::JsonSchema;
use serde::Deserialize;

use super::read;

/// The service.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceConfig {
    /// The image, by digest. The release workflow gives it: `--set service.image_digest=sha256:…`.
    #[serde(deserialize_with = "read::image_digest")]
    #[schemars(with = "String", regex(pattern = "^sha256:[0-9a-f]{64}$"))]
    pub image_digest: ImageDigest,
    /// The processors that the image is built for.
    pub architecture: Architecture,
    /// CPU and memory of a task.
    #[serde(deserialize_with = "read::task_size")]
    #[schemars(with = "read::Size")]
    pub size: TaskSize,
    /// How many tasks run.
    pub tasks: TaskCount,
    /// What tasks run on.
    pub capacity: Capacity,
    /// Which log lines are written.
    #[schemars(regex(pattern = "^(error|warn|info|debug|trace)$"), extend("examples" = ["info"]))]
    pub log_level: String,
}

/// How many tasks run.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields, try_from = "Bounds")]
#[schemars(with = "Bounds")]
pub enum TaskCount {
    /// Always so many.
    Fixed(u32),
    /// As many as load asks for, between two bounds.
    Scaled {
        /// The fewest.
        min: u32,
        /// The most.
        max: u32,
    },
}

/// How many tasks run: at least and at most. Two equal numbers turn scaling off.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Bounds {
    /// The fewest; two survive the loss of a zone.
    #[schemars(range(min = 1, max = 100))]
    min: u32,
    /// The most.
    #[schemars(range(min = 1, max = 100))]
    max: u32,
}

impl TryFrom<Bounds> for TaskCount {
    type Error = String;

    fn try_from(Bounds { min, max }: Bounds) -> Result<Self, String> {
        match min.cmp(&max) {
            std::cmp::Ordering::Less => Ok(Self::Scaled { min, max }),
            std::cmp::Ordering::Equal => Ok(Self::Fixed(min)),
            std::cmp::Ordering::Greater => {
                Err(format!("`min` is {min}, which is more than `max`, {max}"))
            }
        }
    }
}

/// The processors that the image is built for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Architecture {
    /// Graviton.
    Arm64,
    /// Intel and AMD.
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

/// What tasks run on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// Machines that stay.
    OnDemand,
    /// Machines that AWS can take back with two minutes' notice, at about a third of the price.
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
