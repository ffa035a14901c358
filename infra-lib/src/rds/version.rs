//! Versions of the engines of RDS instances.

use std::borrow::Cow;
use std::fmt;

use super::engine::{DatabaseEngine, Dialect};

/// A version of an engine that an [`RdsInstance`](super::RdsInstance) can have: PostgreSQL, MySQL or MariaDB.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no engine of an instance",
    label = "a `PostgresEngineVersion`, a `MysqlEngineVersion` or a `MariadbEngineVersion` is needed here",
    note = "clusters of Aurora are a `DatabaseCluster`"
)]
pub trait InstanceEngine {
    /// Returns the engine of this version.
    fn instance_engine(self) -> DatabaseEngine;
}

/// Declares the versions of an engine as constants.
macro_rules! versions {
    ($type:ident, $engine:literal: $($name:ident = $text:literal),* $(,)?) => {
        impl $type {
            $(#[doc = concat!($engine, " ", $text, ".")] pub const $name: Self = Self(Cow::Borrowed($text));)*

            /// Returns another version in the notation of these.
            pub fn other(version: impl Into<Cow<'static, str>>) -> Self {
                Self(version.into())
            }

            /// Returns the version in RDS's notation.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(super) use versions;

/// A version of PostgreSQL, including the minor version, so that the reviewed version is deployed.
///
/// The constants are recent minor versions of each supported major version; use [`other`](Self::other) for the rest,
/// such as `17.12`. See the [release
/// calendar](https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html).
///
/// ```
/// use infra_lib::rds::PostgresEngineVersion;
///
/// assert_eq!(PostgresEngineVersion::V17_11.family(), "postgres17");
/// assert_eq!(PostgresEngineVersion::other("19.1").family(), "postgres19");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct PostgresEngineVersion(Cow<'static, str>);

versions! { PostgresEngineVersion, "PostgreSQL":
    V15_19 = "15.19",
    V16_14 = "16.14",
    V16_15 = "16.15",
    V17_10 = "17.10",
    V17_11 = "17.11",
    V18_4 = "18.4",
    V18_6 = "18.6",
}

impl PostgresEngineVersion {
    /// Returns the parameter group family of the version, such as `postgres17`.
    pub fn family(&self) -> String {
        format!("postgres{}", first_parts(&self.0, 1))
    }
}

impl InstanceEngine for PostgresEngineVersion {
    fn instance_engine(self) -> DatabaseEngine {
        DatabaseEngine {
            dialect: Dialect::Postgres,
            name: "postgres",
            family: self.family(),
            version: self.0,
            logs: vec!["postgresql", "upgrade"],
            backtrack: None,
        }
    }
}

/// A version of MySQL, including the minor version, so that the reviewed version is deployed.
///
/// The constants are recent minor versions; use [`other`](Self::other) for the rest. See [MySQL on RDS
/// versions](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html).
///
/// ```
/// use infra_lib::rds::MysqlEngineVersion;
///
/// assert_eq!(MysqlEngineVersion::V8_4_10.family(), "mysql8.4");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct MysqlEngineVersion(Cow<'static, str>);

versions! { MysqlEngineVersion, "MySQL":
    V8_0_46 = "8.0.46",
    V8_4_9 = "8.4.9",
    V8_4_10 = "8.4.10",
}

impl MysqlEngineVersion {
    /// Returns the parameter group family of the version, such as `mysql8.4`.
    pub fn family(&self) -> String {
        format!("mysql{}", first_parts(&self.0, 2))
    }
}

impl InstanceEngine for MysqlEngineVersion {
    fn instance_engine(self) -> DatabaseEngine {
        DatabaseEngine {
            dialect: Dialect::Mysql,
            name: "mysql",
            family: self.family(),
            version: self.0,
            logs: MYSQL_LOGS.to_vec(),
            backtrack: None,
        }
    }
}

/// A version of MariaDB, including the minor version, so that the reviewed version is deployed.
///
/// The constants are recent minor versions; use [`other`](Self::other) for the rest. See [MariaDB on RDS
/// versions](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html).
///
/// ```
/// use infra_lib::rds::MariadbEngineVersion;
///
/// assert_eq!(MariadbEngineVersion::V11_4_10.family(), "mariadb11.4");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct MariadbEngineVersion(Cow<'static, str>);

versions! { MariadbEngineVersion, "MariaDB":
    V10_11_16 = "10.11.16",
    V11_4_10 = "11.4.10",
    V11_8_6 = "11.8.6",
}

impl MariadbEngineVersion {
    /// Returns the parameter group family of the version, such as `mariadb11.4`.
    pub fn family(&self) -> String {
        format!("mariadb{}", first_parts(&self.0, 2))
    }
}

impl InstanceEngine for MariadbEngineVersion {
    fn instance_engine(self) -> DatabaseEngine {
        DatabaseEngine {
            dialect: Dialect::Mysql,
            name: "mariadb",
            family: self.family(),
            version: self.0,
            logs: MYSQL_LOGS.to_vec(),
            backtrack: None,
        }
    }
}

/// Logs of MySQL that need no option and hold no statements but slow ones.
pub(super) const MYSQL_LOGS: [&str; 2] = ["error", "slowquery"];

/// Returns the first parts of a version, which make the name of its family.
pub(super) fn first_parts(version: &str, count: usize) -> String {
    version.split('.').take(count).collect::<Vec<_>>().join(".")
}
