//! Tests of the mistakes in `docs/mistakes.md` that synthesis finds; those that do not compile are in `tests/ui`.

use infra_lib::ec2::Vpc;
use infra_lib::ecs::{
    Cluster, ContainerDefinition, ContainerImage, FargateService, FargateTaskDefinition,
};
use infra_lib::elbv2::{HealthCheck, TargetGroup};
use infra_lib::rds::{Availability, InstanceClass, PostgresEngineVersion, RdsInstance, Storage};
use infra_lib::{App, Code, Duration, Size, Stack, cidr, codes, database_name, task_size};

/// Returns the codes of the errors that prevent the deployment of a stack.
fn errors(build: impl for<'app> FnOnce(Stack<'app>)) -> Vec<Code> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    let mut codes: Vec<Code> = synthesis
        .findings()
        .iter()
        .filter(|found| found.severity > infra_lib::Severity::Warning)
        .map(|found| found.code)
        .collect();
    codes.dedup();
    codes
}

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

#[test]
fn reports_two_constructs_with_same_id() {
    let found = errors(|stack| {
        infra_lib::cfn::sns::CfnTopicProps::new().build(stack, "Topic");
        infra_lib::cfn::sns::CfnTopicProps::new().build(stack, "Topic");
    });
    assert_eq!(found, [codes::DUPLICATE_CONSTRUCT_ID]);
}

#[test]
fn reports_deployment_that_cannot_replace_task() {
    let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let image = ContainerImage::from_registry_digest(format!("public.ecr.aws/x/y@sha256:{digest}"));
    let found = errors(|stack| {
        let task = FargateTaskDefinition::builder()
            .size(task_size!(256 cpu, 512 MiB))
            .container(ContainerDefinition::new("api", image).port(8080))
            .build(stack, "TaskDefinition");
        FargateService::builder()
            .cluster(Cluster::builder().build(stack, "Cluster"))
            .task_definition(task)
            .subnets(vpc(stack).private())
            .min_healthy_percent(100)
            .max_healthy_percent(100)
            .build(stack, "Service");
    });
    assert_eq!(found, [codes::DEPLOYMENT_STUCK]);
}

#[test]
fn reports_health_check_that_outlasts_interval() {
    let found = errors(|stack| {
        let check = HealthCheck::http("/healthz")
            .interval(Duration::seconds(10))
            .timeout(Duration::seconds(30));
        TargetGroup::builder()
            .vpc(vpc(stack))
            .port(8080)
            .health_check(check)
            .build(stack, "Api");
    });
    assert_eq!(found, [codes::HEALTH_CHECK_TIMEOUT]);
}

#[test]
fn reports_vpc_too_small_for_subnets() {
    let too_small = errors(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/30"))
            .build(stack, "Vpc");
    });
    assert!(too_small.contains(&codes::VPC_BLOCK_SIZE), "{too_small:?}");
    let full = errors(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/27"))
            .availability_zones(3)
            .build(stack, "Vpc");
    });
    assert!(full.contains(&codes::VPC_BLOCK_FULL), "{full:?}");
}

#[test]
fn reports_storage_that_cannot_grow() {
    let found = errors(|stack| {
        RdsInstance::builder()
            .subnets(vpc(stack).isolated())
            .version(PostgresEngineVersion::V17_11)
            .instance_class(InstanceClass::T4G_MICRO)
            .storage(Storage::gp3(Size::gib(100)).autoscale_to(Size::gib(50)))
            .availability(Availability::SingleAz)
            .database_name(database_name!("notes"))
            .build(stack, "Database");
    });
    assert_eq!(found, [codes::STORAGE_CANNOT_GROW]);
}
