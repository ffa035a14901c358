//! Puts tasks into subnets that are reachable from the internet.
use infra_lib::ec2::Vpc;
use infra_lib::ecs::{FargateService, WithPort};

fn service(vpc: Vpc<'_>) {
    let builder = FargateService::<'_, WithPort>::builder().subnets(vpc.public());
    drop(builder);
}

fn main() {
    let _ = service;
}
