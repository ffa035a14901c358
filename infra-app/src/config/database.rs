//! Configures the database of an environment.

use infra_lib::rds::{self, BackupRetention};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Switch, read};

/// Size, availability and protection of the database, which is Amazon RDS for PostgreSQL.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// Instance class of RDS, such as `db.t4g.micro`.
    #[schemars(regex(pattern = r"^db\.[a-z0-9]+\.[a-z0-9]+$"), extend("examples" = ["db.t4g.micro"]))]
    pub instance_class: String,
    /// Number of Availability Zones in which the database runs.
    pub availability: Availability,
    /// Initial storage in GiB.
    #[schemars(range(min = 20, max = 65_536))]
    pub storage_gib: u64,
    /// Maximum storage in GiB, up to which RDS extends it automatically.
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

/// The number of Availability Zones in which the database runs.
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

/// Protection of a resource against deletion.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// The resource cannot be deleted until protection is disabled.
    Enabled,
    /// The resource can be deleted.
    Disabled,
}
