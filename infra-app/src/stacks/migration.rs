//! Defines the migration stack: the ECS cluster, and the task that migrates the database before a new version is deployed.

use infra_lib::App;
use infra_lib::ec2::Connectable;
use infra_lib::ecs::{Cluster, ContainerInsights, OneOffTask};

use super::container::{build_container, log_group};
use super::{Data, Foundation, Network};
use crate::Config;
use crate::service_contract as contract;

/// The resources that are deployed before the service: the cluster and the migration task in it.
#[derive(Clone, Copy, Debug)]
pub struct Migration<'app> {
    /// ECS cluster that runs the migration task and the tasks of the service.
    pub cluster: Cluster<'app>,
}

impl<'app> Migration<'app> {
    /// Adds the stack. The service depends on it, so that a failed migration prevents the deployment of a new version.
    pub fn build(
        app: &'app App,
        config: &Config,
        foundation: &Foundation<'app>,
        network: &Network<'app>,
        data: &Data<'app>,
    ) -> Self {
        let stack = config
            .stack_props("migration", "Cluster and migration task")
            .build(app, "Migration");
        // Container Insights creates a log group that no stack deletes.
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
            .container(build_container(
                "migration",
                contract::MIGRATE,
                config,
                foundation,
                data,
            ))
            .family(format!("{}migration", config.stack_prefix()))
            .log_group(log_group(stack, "Logs", config, foundation))
            .subnets(network.vpc.private())
            .migration(contract::migration_steps())
            .build(stack, "Task");
        data.database.allow_from(&task);
        Self { cluster }
    }
}
