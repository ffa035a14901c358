//! Defines the web stack: the service and the load balancer in front of it.

use infra_lib::ec2::{Connectable, Peer, Vpc};
use infra_lib::ecs::{
    Capacity, Cluster, ContainerDefinition, ContainerImage, FargateService, FargateTaskDefinition,
};
use infra_lib::elbv2::{
    Action, ApplicationLoadBalancer, HealthCheck, Listener, ListenerProtocol, TargetGroup,
};
use infra_lib::prelude::*;
use infra_lib::task_size;

use crate::config::Config;

/// Port that the container listens on.
const PORT: u16 = 8080;

/// Path that returns status 200 if the service is healthy.
const HEALTH: &str = "/healthz";

/// Adds the stack with load balancer, container service and auto scaling.
pub fn build<'app>(app: &'app App, config: &Config, vpc: Vpc<'app>) {
    let stack = config
        .stack("web", "Service and load balancer")
        .build(app, "Web");

    let balancer = ApplicationLoadBalancer::builder()
        .internet_facing(vpc.public())
        .build(stack, "LoadBalancer");
    let targets = TargetGroup::builder()
        .vpc(vpc)
        .port(PORT)
        .health_check(HealthCheck::http(HEALTH))
        .build(stack, "Targets");
    let https = ListenerProtocol::https(config.certificate_arn.as_str());
    for (id, protocol, action) in [
        ("Http", ListenerProtocol::Http, Action::redirect_to_https()),
        ("Https", https, Action::forward(&targets)),
    ] {
        Listener::builder()
            .load_balancer(balancer)
            .protocol(protocol)
            .default_action(action)
            .build(balancer, id)
            .allow_from_peer(&Peer::any_ipv4(), "browsers");
    }

    let image = ContainerImage::from_registry_digest(&config.image);
    let task = FargateTaskDefinition::builder()
        .size(task_size!(256 cpu, 512 MiB))
        .container(ContainerDefinition::new("web", image).port(PORT))
        .build(stack, "Task");
    // A preview tolerates the downtime when AWS reclaims its Spot task.
    let capacity = match config.preview {
        Some(_) => Capacity::FargateSpot,
        None => Capacity::Fargate,
    };
    let service = FargateService::builder()
        .capacity(capacity)
        .cluster(Cluster::builder().build(stack, "Cluster"))
        .task_definition(task)
        .subnets(vpc.private())
        .build(stack, "Service");
    service.load_balance(&targets);
    service
        .auto_scale(config.tasks.min, config.tasks.max)
        .on_requests_per_target(&targets, 1_000);

    Output::new(stack, "Address", balancer.dns_name());
    if config.preview.is_some() {
        // The pull request shows this address. The certificate is for another name, so browsers show a warning.
        Output::new(stack, "SiteUrl", sub!["https://", balancer.dns_name()]);
    }
}
