//! What the infrastructure knows about the service it runs: the one place where the two meet.
//!
//! What the service says of itself comes from `service/contract.json`, which is read when this is compiled; what the image says stands in the
//! `Dockerfile`, with which a test compares it.

use infra_lib::ecs::Migration;

include!(concat!(env!("OUT_DIR"), "/contract.rs"));

/// The program in the image.
pub const BINARY: &str = "/notes";

/// User and group of its processes.
pub const USER: u32 = 65_532;

/// Beside those for draining and finishing, what the end of a process itself may take.
const END_SECS: u64 = 10;

/// How long ECS waits after `SIGTERM` before it kills.
pub const STOP_TIMEOUT_SECS: u64 = DRAIN_SECS + FINISH_SECS + END_SECS;

/// The database it creates its tables in.
pub const DATABASE_NAME: &str = "notes";

/// Folder of the site below which attachments are downloaded from their bucket, and prefix of the keys of its objects.
pub const FILES_PATH: &str = "/files/";

/// Proxies that append to `X-Forwarded-For` on the way to it: CloudFront and the load balancer.
pub const TRUSTED_HOPS: u8 = 2;

/// The steps that the migration task takes.
pub fn migration() -> Migration {
    STEPS
        .iter()
        .fold(Migration::new(), |migration, (name, effect)| {
            migration.step(*name, *effect)
        })
}
