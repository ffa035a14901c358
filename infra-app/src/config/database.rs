//! The database of an environment.

use infra_lib::rds::{self, BackupRetention};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Switch, read};

/// The database.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// The machine, as RDS writes it.
    #[schemars(regex(pattern = r"^db\.[a-z0-9]+\.[a-z0-9]+$"), extend("examples" = ["db.t4g.micro"]))]
    pub instance_class: String,
    /// In how many zones it runs.
    pub availability: Availability,
    /// Storage at first.
    #[schemars(range(min = 20, max = 65_536))]
    pub storage_gib: u64,
    /// Storage at most: it grows by itself when it gets scarce.
    #[schemars(range(min = 22, max = 65_536))]
    pub max_storage_gib: u64,
    /// For how many days one can go back to any second.
    #[serde(deserialize_with = "read::backup_retention")]
    #[schemars(with = "u32", range(min = 1, max = 35))]
    pub backup_retention_days: BackupRetention,
    /// Whether it can be deleted.
    pub deletion_protection: Protection,
    /// Whether people may log in with IAM credentials, where a role in the database lets them; the service has a password.
    pub iam_authentication: Switch,
}

/// In how many Availability Zones the database runs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Availability {
    /// One; when it fails, the database is restored by hand.
    SingleAz,
    /// Two; the second takes over within two minutes.
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

/// Whether something refuses to be deleted.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// It refuses.
    Enabled,
    /// It can be deleted.
    Disabled,
}
