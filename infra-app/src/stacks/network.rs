//! Defines the network stack: the VPC that load balancer, service and database share.

use infra_lib::App;
use infra_lib::ec2::{FlowLogs, Vpc};

use super::{Foundation, Images};
use crate::Config;

/// The network of an environment, which load balancer, service and database share.
#[derive(Clone, Copy, Debug)]
pub struct Network<'app> {
    /// VPC with public, private and isolated subnets in each configured Availability Zone.
    pub vpc: Vpc<'app>,
}

impl<'app> Network<'app> {
    /// Adds the stack with the VPC, its NAT gateways and its flow logs.
    pub fn build(app: &'app App, config: &Config, foundation: &Foundation<'app>) -> Self {
        let stack = config.stack_props("network", "VPC").build(app, "Network");
        // The permissions boundary of roles in this and later stacks is in the foundation stack.
        if let Images::Releases(repository) = &foundation.images {
            stack.depends_on(*repository);
        }
        let logs = FlowLogs::all().retention(config.log_retention.into());
        let logs = match &foundation.key {
            Some(key) => logs.encryption_key(key),
            None => logs,
        };
        let vpc = Vpc::builder()
            .cidr(config.network.cidr)
            .availability_zones(config.network.availability_zones)
            .nat(config.network.nat.into())
            .flow_logs(logs)
            .build(stack, "Vpc");
        Self { vpc }
    }
}
