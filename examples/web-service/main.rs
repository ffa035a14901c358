//! A web service: containers on Fargate in private subnets, behind a public load balancer with HTTPS.

use std::process::ExitCode;

use infra_lib::certificatemanager::Certificate;
use infra_lib::ec2::{Connectable, Nat, Peer, Vpc};
use infra_lib::ecs::{
    Cluster, ContainerDefinition, ContainerImage, FargateService, FargateTaskDefinition,
};
use infra_lib::elbv2::{
    Action, ApplicationLoadBalancer, HealthCheck, Listener, ListenerProtocol, TargetGroup,
};
use infra_lib::prelude::*;
use infra_lib::route53::{ARecord, AliasTarget, HostedZone};
use infra_lib::{cidr, task_size};

/// The image to run. Its digest is a placeholder for that of your own image.
const IMAGE: &str = "public.ecr.aws/example/web@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const DOMAIN: &str = "app.example.com";
const PORT: u16 = 8080;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let network = Stack::new(app, "Network");
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(Nat::Single)
        .build(network, "Vpc");

    let web = Stack::new(app, "Web");
    let balancer = ApplicationLoadBalancer::builder()
        .internet_facing(vpc.public())
        .build(web, "LoadBalancer");
    let targets = TargetGroup::builder()
        .vpc(vpc)
        .port(PORT)
        .health_check(HealthCheck::http("/healthz"))
        .build(web, "Targets");
    // The zone exists already; its id is a placeholder.
    let zone = HostedZone::from_attributes(web, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    let certificate = Certificate::builder()
        .domain_name(DOMAIN)
        .zone(&zone)
        .build(web, "Certificate");
    ARecord::builder()
        .zone(zone)
        .domain_name(DOMAIN)
        .target(AliasTarget::load_balancer(&balancer))
        .build(web, "Record");
    for (id, protocol, action) in [
        ("Http", ListenerProtocol::Http, Action::redirect_to_https()),
        (
            "Https",
            ListenerProtocol::https(certificate.arn()),
            Action::forward(&targets),
        ),
    ] {
        Listener::builder()
            .load_balancer(balancer)
            .protocol(protocol)
            .default_action(action)
            .build(balancer, id)
            .allow_from_peer(&Peer::any_ipv4(), "the internet");
    }

    let task = FargateTaskDefinition::builder()
        .size(task_size!(256 cpu, 512 MiB))
        .container(
            ContainerDefinition::new("web", ContainerImage::from_registry_digest(IMAGE)).port(PORT),
        )
        .build(web, "Task");
    let service = FargateService::builder()
        .cluster(Cluster::builder().build(web, "Cluster"))
        .task_definition(task)
        .subnets(vpc.private())
        .build(web, "Service");
    service.load_balance(&targets);
    service
        .auto_scale(2, 10)
        .on_requests_per_target(&targets, 1_000);
}
