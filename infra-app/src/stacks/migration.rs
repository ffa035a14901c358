//! Migration: the cluster, and the task that brings the database up to date before a version that needs it serves.

use infra_lib::App;
use infra_lib::ec2::Connectable;
use infra_lib::ecs::{Cluster, ContainerInsights, OneOffTask};

use super::container::{container, log_group};
use super::{Data, Foundation, Network};
use crate::Config;
use crate::service_contract as contract;

/// What runs before the service is touched.
#[derive(Clone, Copy, Debug)]
pub struct Migration<'app> {
    /// Where tasks run, those of the service too.
    pub cluster: Cluster<'app>,
}

impl<'app> Migration<'app> {
    /// Adds the stack. The service depends on it, so a migration that fails keeps the new version from being rolled out.
    pub fn build(
        app: &'app App,
        config: &Config,
        foundation: &Foundation<'app>,
        network: &Network<'app>,
        data: &Data<'app>,
    ) -> Self {
        let stack = config
            .stack("migration", "Cluster and migration task")
            .build(app, "Migration");
        // Container Insights has a log group that no stack deletes.
        let cluster = Cluster::builder()
            .container_insights(if config.is_disposable() {
                ContainerInsights::Disabled
            } else {
                ContainerInsights::Enabled
            })
            .build(stack, "Cluster");
        let task = OneOffTask::builder()
            .cluster(cluster)
            .size(config.service.size)
            .cpu_architecture(config.service.architecture.into())
            .container(container(
                "migration",
                contract::MIGRATE,
                config,
                foundation,
                data,
            ))
            .family(format!("{}migration", config.stack_prefix()))
            .log_group(log_group(stack, "Logs", config, foundation))
            .subnets(network.vpc.private())
            .migration(contract::migration())
            .build(stack, "Task");
        data.database.allow_from(&task);
        Self { cluster }
    }
}
