//! Defines everything that the infrastructure assumes about the service.
//!
//! Properties that the service declares are generated from `service/contract.json` at compile time; those of the image are in the `Dockerfile`, and a
//! test compares them.

use infra_lib::ecs::Migration;

include!(concat!(env!("OUT_DIR"), "/contract.rs"));

/// Path of the service's program in the image, which is also its entry point.
pub const BINARY: &str = "/notes";

/// User ID and group ID of the service's processes, which run without root permissions.
pub const USER: u32 = 65_532;

/// Seconds for the exit of the process, in addition to those for draining and finishing.
const END_SECS: u64 = 10;

/// Seconds between `SIGTERM` and `SIGKILL`, for the stop timeout of the container. Fargate permits at most 120.
pub const STOP_TIMEOUT_SECS: u64 = DRAIN_SECS + FINISH_SECS + END_SECS;

/// Name of the PostgreSQL database in which the service creates its tables.
pub const DATABASE_NAME: &str = "notes";

/// Folder of the site below which attachments are downloaded from their bucket, and prefix of the keys of its objects.
pub const FILES_PATH: &str = "/files/";

/// Number of proxies that append to `X-Forwarded-For`: CloudFront and the load balancer.
pub const TRUSTED_HOPS: u8 = 2;

/// Returns the steps of the migration task, each expanding or contracting the schema. Deployments read them from the template.
pub fn migration_steps() -> Migration {
    STEPS
        .iter()
        .fold(Migration::new(), |migration, (name, effect)| {
            migration.step(*name, *effect)
        })
}
