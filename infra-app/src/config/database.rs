//! Configures the database of an environment: instance class, availability, storage, backups and protection against deletion.

use infra_lib::rds::{self, BackupRetention};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Switch, read};

/// Size, availability and protection of the database, an instance of Amazon RDS for PostgreSQL in isolated subnets.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// Instance class of RDS, which determines CPU and memory, such as `db.t4g.micro`.
    #[schemars(regex(pattern = r"^db\.[a-z0-9]+\.[a-z0-9]+$"), extend("examples" = ["db.t4g.micro"]))]
    pub instance_class: String,
    /// Number of Availability Zones in which the database runs: `single-az` or `multi-az`.
    pub availability: Availability,
    /// Initial storage in GiB, 20 to 65,536. An alarm is raised when less than a tenth of it is free.
    #[schemars(range(min = 20, max = 65_536))]
    pub storage_gib: u64,
    /// Maximum storage in GiB, 22 to 65,536, up to which RDS extends the storage automatically.
    #[schemars(range(min = 22, max = 65_536))]
    pub max_storage_gib: u64,
    /// Retention of automated backups in days; the database can be restored to any second in this period.
    #[serde(deserialize_with = "read::backup_retention")]
    #[schemars(with = "u32", range(min = 1, max = 35))]
    pub backup_retention_days: BackupRetention,
    /// Protection against deletion of the database and its stack, and of the load balancer.
    pub deletion_protection: Protection,
    /// Authentication with IAM credentials for people, for roles in the database that permit it; the service uses a password.
    pub iam_authentication: Switch,
}

/// The number of Availability Zones in which the database runs, known as Multi-AZ deployment in RDS.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Availability {
    /// One zone; if it fails, the database is restored by hand.
    SingleAz,
    /// Two zones; the standby takes over within two minutes.
    MultiAz,
}

impl From<Availability> for rds::Availability {
    fn from(availability: Availability) -> Self {
        match availability {
            Availability::SingleAz => Self::SingleAz,
            Availability::MultiAz => Self::MultiAz,
        }
    }
}

/// Protection of a resource against deletion, by CloudFormation as well as by other tools.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// The resource cannot be deleted until the protection is disabled.
    Enabled,
    /// The resource can be deleted.
    Disabled,
}
