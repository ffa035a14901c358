//! Engines of databases: what differs between PostgreSQL and MySQL.

use std::borrow::Cow;

use crate::core::Map;
use crate::{Data, Diagnostic, Duration, Scope, Value, codes};

/// An engine with its version and options, from [`InstanceEngine`](super::InstanceEngine) or
/// [`ClusterEngine`](super::ClusterEngine).
#[derive(Clone, Debug)]
pub struct DatabaseEngine {
    pub(super) dialect: Dialect,
    /// Name in RDS's notation, such as `aurora-mysql`.
    pub(super) name: &'static str,
    /// Version in RDS's notation.
    pub(super) version: Cow<'static, str>,
    /// Family of parameter groups.
    pub(super) family: String,
    /// Logs that are exported to CloudWatch Logs.
    pub(super) logs: Vec<&'static str>,
    /// Time by which Aurora MySQL can be rewound.
    pub(super) backtrack: Option<Duration>,
}

/// The protocol and the settings of an engine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Dialect {
    Postgres,
    /// MySQL and MariaDB on RDS.
    Mysql,
    /// Aurora MySQL, whose switches are words.
    AuroraMysql,
}

impl Dialect {
    /// Returns the port that the engine listens on by default.
    pub(super) const fn port(self) -> u16 {
        match self {
            Self::Postgres => 5_432,
            Self::Mysql | Self::AuroraMysql => 3_306,
        }
    }

    /// Returns the most characters of the name of a master user.
    pub(super) const fn longest_user(self) -> usize {
        match self {
            Self::Postgres => 63,
            Self::Mysql | Self::AuroraMysql => 16,
        }
    }

    /// Returns names of users that RDS does not accept.
    pub(super) const fn reserved_users(self) -> &'static [&'static str] {
        match self {
            Self::Postgres => &["admin", "rdsadmin", "rds_superuser"],
            Self::Mysql | Self::AuroraMysql => &["rdsadmin", "rdsrepladmin", "root"],
        }
    }

    /// Returns the parameter with which the server refuses connections without TLS, its value, and how clients
    /// connect.
    const fn forced_tls(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Postgres => ("rds.force_ssl", "1", "sslmode=verify-full"),
            Self::Mysql => (SECURE_TRANSPORT, "1", "--ssl-mode=VERIFY_IDENTITY"),
            Self::AuroraMysql => (SECURE_TRANSPORT, "ON", "--ssl-mode=VERIFY_IDENTITY"),
        }
    }

    /// Returns the chosen parameters, and the one that requires TLS; other values of that one are reported.
    pub(super) fn with_forced_tls(
        self,
        scope: Scope<'_>,
        chosen: Vec<(String, Value<String>)>,
    ) -> Data {
        let (parameter, required, client) = self.forced_tls();
        let mut parameters = Map::new();
        parameters.insert(parameter, required);
        for (name, value) in chosen {
            if name == parameter && value.as_literal() != Some(required) {
                scope.report(
                    Diagnostic::new(
                        codes::TLS_NOT_FORCED,
                        "the database would accept connections without TLS",
                    )
                    .property("Parameters")
                    .actual(format!(
                        "{parameter} = {}",
                        value.as_literal().unwrap_or("unknown")
                    ))
                    .expected(format!("{parameter} = {required}"))
                    .help(format!(
                        "remove the parameter: clients connect with `{client}`"
                    )),
                );
            }
            parameters.insert(name, value.into_data());
        }
        Data::Map(parameters)
    }
}

const SECURE_TRANSPORT: &str = "require_secure_transport";

/// Reports a port that RDS refuses (`INF4407`).
pub(super) fn check_port(scope: Scope<'_>, port: u16, dialect: Dialect) {
    if port < 1_150 {
        scope.report(
            Diagnostic::new(
                codes::DATABASE_PORT,
                format!("RDS rejects the port {port} for a database"),
            )
            .property("Port")
            .actual(port.to_string())
            .expected("1150 to 65535")
            .help(format!("omit the port to use {}", dialect.port())),
        );
    }
}
