//! Puts tasks into subnets without a route to the internet.
use infra_lib::ec2::Vpc;
use infra_lib::ecs::{FargateService, WithPort};

fn service(vpc: Vpc<'_>) {
    let builder = FargateService::<'_, WithPort>::builder().subnets(vpc.isolated());
    drop(builder);
}

fn main() {
    let _ = service;
}
