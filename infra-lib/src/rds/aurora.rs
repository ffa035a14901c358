//! Engines of Aurora clusters.

use std::borrow::Cow;
use std::fmt;

use super::engine::{DatabaseEngine, Dialect};
use super::version::{MYSQL_LOGS, first_parts, versions};
use crate::Duration;

/// An engine that a [`DatabaseCluster`](super::DatabaseCluster) can have: [`AuroraPostgres`] or [`AuroraMysql`], or a
/// version of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no engine of a cluster",
    label = "an `AuroraPostgres`, an `AuroraMysql` or a version of them is needed here",
    note = "instances of PostgreSQL, MySQL and MariaDB are an `RdsInstance`"
)]
pub trait ClusterEngine<'app> {
    /// Returns the engine with its options.
    fn cluster_engine(self) -> DatabaseEngine;
}

/// A version of Aurora PostgreSQL, including the minor version, so that the reviewed version is deployed.
///
/// The constants are recent minor versions; use [`other`](Self::other) for the rest. See the [release
/// calendar](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html).
///
/// ```
/// use infra_lib::rds::AuroraPostgresVersion;
///
/// assert_eq!(AuroraPostgresVersion::V17_9.family(), "aurora-postgresql17");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct AuroraPostgresVersion(Cow<'static, str>);

versions! { AuroraPostgresVersion, "Aurora PostgreSQL":
    V15_17 = "15.17",
    V16_13 = "16.13",
    V17_7 = "17.7",
    V17_9 = "17.9",
    V18_4 = "18.4",
    V18_6 = "18.6",
}

impl AuroraPostgresVersion {
    /// Returns the parameter group family of the version, such as `aurora-postgresql17`.
    pub fn family(&self) -> String {
        format!("aurora-postgresql{}", first_parts(&self.0, 1))
    }
}

/// A version of Aurora MySQL, including the minor version, so that the reviewed version is deployed.
///
/// The constants are recent minor versions; use [`other`](Self::other) for the rest. See the [release
/// calendar](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html).
///
/// ```
/// use infra_lib::rds::AuroraMysqlVersion;
///
/// assert_eq!(AuroraMysqlVersion::V3_10_4.family(), "aurora-mysql8.0");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct AuroraMysqlVersion(Cow<'static, str>);

versions! { AuroraMysqlVersion, "Aurora MySQL":
    V3_10_4 = "8.0.mysql_aurora.3.10.4",
    V3_11_1 = "8.0.mysql_aurora.3.11.1",
    V3_12_0 = "8.0.mysql_aurora.3.12.0",
}

impl AuroraMysqlVersion {
    /// Returns the parameter group family of the version, such as `aurora-mysql8.0`.
    pub fn family(&self) -> String {
        format!("aurora-mysql{}", first_parts(&self.0, 2))
    }
}

/// A log of Aurora PostgreSQL that is exported on request.
///
/// See [Publishing Aurora PostgreSQL
/// logs](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.CloudWatch.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AuroraPostgresLog {
    /// Reasons why log-ins with IAM credentials failed.
    IamAuthenticationErrors,
    /// Events of the operating system and of Aurora.
    Instance,
}

/// A log of Aurora MySQL that is exported on request.
///
/// See [Publishing Aurora MySQL
/// logs](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AuroraMysqlLog {
    /// Log-ins and statements, if the parameter `server_audit_logging` is 1.
    Audit,
    /// Every statement, if the parameter `general_log` is 1.
    General,
    /// Reasons why log-ins with IAM credentials failed.
    IamAuthenticationErrors,
    /// Events of the operating system and of Aurora.
    Instance,
}

/// Aurora PostgreSQL with its options. A version alone is the engine without options.
///
/// ```
/// use infra_lib::rds::{AuroraPostgres, AuroraPostgresLog, AuroraPostgresVersion};
///
/// let engine = AuroraPostgres::new(AuroraPostgresVersion::V17_9).log(AuroraPostgresLog::IamAuthenticationErrors);
/// ```
#[derive(Clone, Debug)]
pub struct AuroraPostgres(DatabaseEngine);

impl AuroraPostgres {
    /// Creates the engine, which exports its log `postgresql`.
    pub fn new(version: AuroraPostgresVersion) -> Self {
        Self(DatabaseEngine {
            dialect: Dialect::Postgres,
            name: "aurora-postgresql",
            family: version.family(),
            version: version.0,
            logs: vec!["postgresql"],
            backtrack: None,
        })
    }

    /// Exports another log to CloudWatch Logs.
    pub fn log(mut self, log: AuroraPostgresLog) -> Self {
        self.0.logs.push(match log {
            AuroraPostgresLog::IamAuthenticationErrors => "iam-db-auth-error",
            AuroraPostgresLog::Instance => "instance",
        });
        self
    }
}

/// Aurora MySQL with its options. A version alone is the engine without options.
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::rds::{AuroraMysql, AuroraMysqlLog, AuroraMysqlVersion};
///
/// let engine = AuroraMysql::new(AuroraMysqlVersion::V3_10_4)
///     .backtrack(Duration::hours(24))
///     .log(AuroraMysqlLog::Audit);
/// ```
#[derive(Clone, Debug)]
pub struct AuroraMysql(DatabaseEngine);

impl AuroraMysql {
    /// Creates the engine, which exports its logs `error` and `slowquery`.
    pub fn new(version: AuroraMysqlVersion) -> Self {
        Self(DatabaseEngine {
            dialect: Dialect::AuroraMysql,
            name: "aurora-mysql",
            family: version.family(),
            version: version.0,
            logs: MYSQL_LOGS.to_vec(),
            backtrack: None,
        })
    }

    /// Exports another log to CloudWatch Logs.
    pub fn log(mut self, log: AuroraMysqlLog) -> Self {
        self.0.logs.push(match log {
            AuroraMysqlLog::Audit => "audit",
            AuroraMysqlLog::General => "general",
            AuroraMysqlLog::IamAuthenticationErrors => "iam-db-auth-error",
            AuroraMysqlLog::Instance => "instance",
        });
        self
    }

    /// Sets the time by which the cluster can be rewound without a restore: up to 72 hours, in whole seconds (`INF4227`
    /// otherwise). Default: not at all, as in CloudFormation. A cluster without it cannot get it later, except by a restore.
    ///
    /// See [Backtracking an Aurora DB
    /// cluster](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html).
    pub fn backtrack(mut self, window: Duration) -> Self {
        self.0.backtrack = Some(window);
        self
    }
}

impl ClusterEngine<'_> for AuroraPostgres {
    fn cluster_engine(self) -> DatabaseEngine {
        self.0
    }
}

impl ClusterEngine<'_> for AuroraMysql {
    fn cluster_engine(self) -> DatabaseEngine {
        self.0
    }
}

impl ClusterEngine<'_> for AuroraPostgresVersion {
    fn cluster_engine(self) -> DatabaseEngine {
        AuroraPostgres::new(self).0
    }
}

impl ClusterEngine<'_> for AuroraMysqlVersion {
    fn cluster_engine(self) -> DatabaseEngine {
        AuroraMysql::new(self).0
    }
}
