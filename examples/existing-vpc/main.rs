//! An existing VPC: a load balancer in its private subnets, without owning the network.

use std::process::ExitCode;

use infra_lib::cidr;
use infra_lib::ec2::{Connectable, Peer, SubnetAttributes, Vpc, VpcAttributes};
use infra_lib::elbv2::{Action, ApplicationLoadBalancer, Listener, ListenerProtocol};
use infra_lib::prelude::*;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Internal");
    // The ids are placeholders: `aws ec2 describe-subnets` shows yours. Blocks and zones are optional, and checked if given.
    let vpc = Vpc::from_attributes(
        stack,
        "Vpc",
        VpcAttributes::new("vpc-0a1b2c3d4e5f60718")
            .cidr(cidr!("10.20.0.0/16"))
            .private([
                SubnetAttributes::new("subnet-0a1b2c3d4e5f60711")
                    .cidr(cidr!("10.20.1.0/24"))
                    .availability_zone("eu-central-1a"),
                SubnetAttributes::new("subnet-0a1b2c3d4e5f60712")
                    .cidr(cidr!("10.20.2.0/24"))
                    .availability_zone("eu-central-1b"),
            ]),
    );
    let balancer = ApplicationLoadBalancer::builder()
        .internal(vpc.private())
        .build(stack, "LoadBalancer");
    let listener = Listener::builder()
        .load_balancer(balancer)
        .protocol(ListenerProtocol::Http)
        .default_action(Action::fixed_text(200, "hello from inside"))
        .build(balancer, "Listener");
    listener.allow_from_peer(&Peer::cidr(cidr!("10.20.0.0/16")), "the VPC");
    Output::new(stack, "Host", balancer.dns_name()).description("Address inside the VPC");
}
