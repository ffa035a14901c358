//! Defines the network stack: public subnets for the load balancer, private ones for the service.

use infra_lib::cidr;
use infra_lib::ec2::{Nat, Vpc};
use infra_lib::prelude::*;

use crate::config::Config;

/// Adds the stack and returns its VPC.
pub fn build<'app>(app: &'app App, config: &Config) -> Vpc<'app> {
    let stack = config
        .stack("network", "Network of the service")
        .build(app, "Network");
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(Nat::Single)
        .build(stack, "Vpc")
}
