//! Deserializes values of the construct library from YAML scalars and maps.

use infra_lib::ec2::Cidr;
use infra_lib::ecr::{ImageDigest, RepositoryUri};
use infra_lib::ecs::TaskSize;
use infra_lib::rds::BackupRetention;
use schemars::JsonSchema;
use serde::de::{Deserialize, Deserializer, Error};

pub(super) fn cidr<'de, D: Deserializer<'de>>(from: D) -> Result<Cidr, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map_err(D::Error::custom)
}

pub(super) fn image_digest<'de, D: Deserializer<'de>>(from: D) -> Result<ImageDigest, D::Error> {
    let text = String::deserialize(from)?;
    ImageDigest::parse(&text).map_err(D::Error::custom)
}

pub(super) fn repository_uri<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<RepositoryUri, D::Error> {
    let text = String::deserialize(from)?;
    RepositoryUri::parse(&text).map_err(D::Error::custom)
}

pub(super) fn backup_retention<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<BackupRetention, D::Error> {
    let days = u32::deserialize(from)?;
    BackupRetention::parse(days).map_err(D::Error::custom)
}

/// CPU and memory of a task; only the combinations that Fargate offers are valid.
#[derive(serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Size {
    /// CPU units, of which 1024 are one vCPU.
    #[schemars(extend("enum" = [256, 512, 1024, 2048, 4096, 8192, 16384]))]
    cpu: u32,
    /// Memory in MiB, 512 to 122,880.
    #[schemars(range(min = 512, max = 122_880))]
    memory_mib: u32,
}

pub(super) fn task_size<'de, D: Deserializer<'de>>(from: D) -> Result<TaskSize, D::Error> {
    let size = Size::deserialize(from)?;
    TaskSize::try_new(size.cpu, size.memory_mib).map_err(D::Error::custom)
}
