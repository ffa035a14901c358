//! Puts a service behind a load balancer although its container has no port.
use infra_lib::ecs::{
    Cluster, ContainerDefinition, ContainerImage, FargateService, FargateTaskDefinition,
};
use infra_lib::ec2::Vpc;
use infra_lib::elbv2::TargetGroup;
use infra_lib::{Stack, task_size};

fn service<'app>(
    stack: Stack<'app>,
    vpc: Vpc<'app>,
    cluster: Cluster<'app>,
    image: ContainerImage,
    targets: TargetGroup<'app>,
) {
    let task = FargateTaskDefinition::builder()
        .size(task_size!(256 cpu, 512 MiB))
        .container(ContainerDefinition::new("api", image))
        .build(stack, "TaskDefinition");
    let service = FargateService::builder()
        .cluster(cluster)
        .task_definition(task)
        .subnets(vpc.private())
        .build(stack, "Service");
    service.load_balance(&targets);
}

fn main() {
    let _ = service;
}
