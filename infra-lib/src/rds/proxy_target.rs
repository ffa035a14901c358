//! Databases that can have a proxy.

use infra_cfn::rds::db_proxy::EngineFamily;

use super::engine::Dialect;
use super::proxy::{ProxiedDatabase, ProxiedId};
use super::{DatabaseCluster, RdsInstance};
use crate::ec2::Connectable;

/// A database of the app that a [`DatabaseProxy`](super::DatabaseProxy) can lead to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a proxy",
    label = "an `RdsInstance` or a `DatabaseCluster` is needed here"
)]
pub trait ProxyTarget<'app> {
    /// Returns the database with all that a proxy needs.
    fn proxy_target(self) -> ProxiedDatabase<'app>;
}

const fn family(dialect: Dialect) -> EngineFamily {
    match dialect {
        Dialect::Postgres => EngineFamily::POSTGRESQL,
        Dialect::Mysql | Dialect::AuroraMysql => EngineFamily::MYSQL,
    }
}

impl<'app> ProxyTarget<'app> for RdsInstance<'app> {
    fn proxy_target(self) -> ProxiedDatabase<'app> {
        ProxiedDatabase {
            family: family(self.dialect()),
            database: ProxiedId::Instance(self.instance_identifier().cast()),
            ready: *self.cfn(),
            secret: self.secret(),
            connections: self.connections(),
            port: self.port_number(),
        }
    }
}

impl<'app> ProxyTarget<'app> for DatabaseCluster<'app> {
    fn proxy_target(self) -> ProxiedDatabase<'app> {
        ProxiedDatabase {
            family: family(self.dialect()),
            database: ProxiedId::Cluster(self.cluster_identifier()),
            // A proxy has no target until the cluster has an instance.
            ready: *self.cfn_writer(),
            secret: self.secret(),
            connections: self.connections(),
            port: self.port_number(),
        }
    }
}
