//! Tests of clusters, task definitions, services and one-off tasks on Fargate.

use infra_lib::assertions::{Match, Template};
use infra_lib::core::render;
use infra_lib::ec2::{Connectable, Peer, Port, SecurityGroup, Vpc};
use infra_lib::ecr::Repository;
use infra_lib::ecs::{
    Capacity, CircuitBreaker, Cluster, ContainerDefinition, ContainerImage, ContainerInsights,
    ContainerUser, CpuArchitecture, Essential, ExecuteCommand, FargateService,
    FargateTaskDefinition, HealthCheck, LogMode, Migration, OneOffTask, RootFileSystem, StepEffect,
    TaskSize, TaskTarget, WithPort, WithoutPort, ZoneRebalancing,
};
use infra_lib::elbv2::{
    self, Action, ApplicationLoadBalancer, Listener, ListenerProtocol, TargetGroup, TargetType,
};
use infra_lib::events::{EventPattern, Rule};
use infra_lib::prelude::*;
use infra_lib::scheduler::{Schedule, ScheduleExpression};
use infra_lib::secretsmanager::Secret;
use infra_lib::{cidr, image_digest, task_size};
use serde_json::json;

const DIGEST: &str = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

fn image() -> ContainerImage {
    ContainerImage::from_registry_digest(format!("public.ecr.aws/notes/api@{DIGEST}"))
}

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

fn api() -> ContainerDefinition<WithPort> {
    ContainerDefinition::new("api", image()).port(8080)
}

fn task(stack: Stack<'_>, container: ContainerDefinition<WithPort>) -> FargateTaskDefinition<'_> {
    FargateTaskDefinition::builder()
        .size(task_size!(512 cpu, 1024 MiB))
        .container(container)
        .build(stack, "TaskDefinition")
}

fn service(stack: Stack<'_>) -> FargateService<'_> {
    FargateService::builder()
        .cluster(Cluster::builder().build(stack, "Cluster"))
        .task_definition(task(stack, api()))
        .subnets(vpc(stack).private())
        .build(stack, "Service")
}

/// Returns the findings with this module's codes about a stack that `build` fills, rendered as for users.
#[track_caller]
fn findings(build: impl for<'app> FnOnce(Stack<'app>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    let ours = synthesis
        .findings()
        .iter()
        .filter(|found| found.code.as_str().starts_with("INF42"));
    // Line numbers change as the tests grow.
    let lines = ours.map(render).collect::<Vec<_>>().join("\n");
    lines
        .lines()
        .filter(|line| !line.contains("tests/it"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

fn only<'t>(template: &'t Template, type_name: &str) -> &'t serde_json::Value {
    &template.only(type_name)["Properties"]
}

#[test]
fn renders_minimal_task_definition_with_strict_defaults() {
    let template = Template::of_stack(|stack| {
        task(stack, api());
    });
    insta::assert_snapshot!(pretty(template.json()));
}

#[test]
fn renders_minimal_service_with_rollback_and_private_address() {
    let template = Template::of_stack(|stack| {
        service(stack);
    });
    insta::assert_snapshot!(pretty(template.only("AWS::ECS::Service")));
    insta::assert_snapshot!(pretty(template.only("AWS::ECS::Cluster")));
    insta::assert_snapshot!(pretty(only(&template, "AWS::EC2::SecurityGroup")));
}

#[test]
fn uses_same_logical_ids_as_cdk() {
    let template = Template::of_stack(|stack| {
        service(stack).auto_scale(2, 4).on_cpu(60);
    });
    for id in [
        "ClusterEB0386A7",
        "ServiceD69D759B",
        "ServiceSecurityGroupC96ED6A7",
        "ServiceTaskCountTarget23E25614",
    ] {
        assert!(
            template.json()["Resources"].get(id).is_some(),
            "{id} is missing"
        );
    }
}

#[test]
fn renders_every_chosen_container_setting() {
    let template = Template::of_stack(|stack| {
        let container = api()
            .env("LOG_LEVEL", "info")
            .env("REGION", pseudo::region())
            .command(["serve", "--verbose"])
            .entry_point(["/notes"])
            .working_directory("/srv")
            .health_check(
                HealthCheck::command(["/notes", "health"]).interval(Duration::seconds(10)),
            )
            .user(ContainerUser::Named("notes".to_owned()))
            .tmpfs("/tmp", Size::mib(64))
            .scratch_volume("/var/cache")
            .open_files(4_096, 8_192)
            .stop_timeout(Duration::minutes(2))
            .log_mode(LogMode::Blocking);
        let proxy = ContainerDefinition::new("proxy", image())
            .essential(Essential::No)
            .user(ContainerUser::Root)
            .root_file_system(RootFileSystem::Writable);
        FargateTaskDefinition::builder()
            .size(task_size!(4096 cpu, 16 GiB))
            .container(container)
            .sidecar(proxy)
            .cpu_architecture(CpuArchitecture::X86_64)
            .family("notes")
            .ephemeral_storage(Size::gib(50))
            .build(stack, "TaskDefinition");
    });
    insta::assert_snapshot!(pretty(only(&template, "AWS::ECS::TaskDefinition")));
}

#[test]
fn limits_roles_of_minimal_task_to_logging() {
    let template = Template::of_stack(|stack| {
        task(stack, api());
    });
    let execution = template.resources("AWS::IAM::Role");
    let policies: Vec<_> = execution
        .iter()
        .map(|(_, role)| &role["Properties"]["Policies"])
        .collect();
    assert_eq!(policies.len(), 2);
    assert!(
        policies[0].is_null(),
        "the task role may do something: {}",
        policies[0]
    );
    let statements = policies[1][0]["PolicyDocument"]["Statement"]
        .as_array()
        .unwrap();
    assert_eq!(
        statements.len(),
        1,
        "logs only, for a public image without secrets: {statements:?}"
    );
    template.resource_count("AWS::IAM::Policy", 0);
    for (id, role) in execution {
        assert!(role["Properties"]["ManagedPolicyArns"].is_null(), "{id}");
    }
}

#[test]
fn limits_execution_role_to_used_repository_and_secrets() {
    let template = Template::of_stack(|stack| {
        let repository = Repository::builder().build(stack, "Images");
        Repository::builder().build(stack, "Others");
        let secret = Secret::builder().build(stack, "Jwt");
        Secret::builder().build(stack, "Unused");
        let digest = image_digest!(
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        );
        let image = ContainerImage::from_repository(&repository, digest);
        let container = ContainerDefinition::new("api", image.clone()).port(8080);
        FargateTaskDefinition::builder()
            .size(task_size!(256 cpu, 512 MiB))
            .container(container.secret("JWT_KEY", secret.text()))
            .sidecar(ContainerDefinition::new("warmer", image).secret("JWT_KEY", secret.text()))
            .build(stack, "TaskDefinition");
    });
    let (_, role) = template.resources("AWS::IAM::Role")[1];
    insta::assert_snapshot!(pretty(&role["Properties"]["Policies"]));
    let containers = &only(&template, "AWS::ECS::TaskDefinition")["ContainerDefinitions"];
    insta::assert_snapshot!(pretty(&json!([
        containers[0]["Image"],
        containers[0]["Secrets"]
    ])));
}

/// Builds a service and the target group of an internal load balancer; the listener can be added before or after.
fn balanced(stack: Stack<'_>, port: u16) -> (FargateService<'_>, TargetGroup<'_>) {
    let vpc = vpc(stack);
    let balancer = ApplicationLoadBalancer::builder()
        .internal(vpc.private())
        .build(stack, "Balancer");
    let group = TargetGroup::builder()
        .vpc(vpc)
        .port(port)
        .health_check(elbv2::HealthCheck::http("/healthz"))
        .build(stack, "Api");
    let service = FargateService::builder()
        .cluster(Cluster::builder().build(stack, "Cluster"))
        .task_definition(task(stack, api()))
        .subnets(vpc.private())
        .build(stack, "Service");
    service.load_balance(&group);
    Listener::builder()
        .load_balancer(balancer)
        .protocol(ListenerProtocol::Http)
        .default_action(Action::forward(&group))
        .build(balancer, "Http");
    (service, group)
}

#[test]
fn registers_container_and_waits_for_listener() {
    let template = Template::of_stack(|stack| {
        let (service, group) = balanced(stack, 8080);
        service
            .auto_scale(2, 10)
            .on_requests_per_target(&group, 500);
    });
    let service = template.only("AWS::ECS::Service");
    assert_eq!(service["Properties"]["HealthCheckGracePeriodSeconds"], 60);
    let registration = &service["Properties"]["LoadBalancers"];
    assert_eq!(
        (
            &registration[0]["ContainerName"],
            &registration[0]["ContainerPort"]
        ),
        (&json!("api"), &json!(8080))
    );
    let listener = template.resources("AWS::ElasticLoadBalancingV2::Listener")[0].0;
    let waits_for = service["DependsOn"].as_array().unwrap();
    assert!(waits_for.contains(&json!(listener)), "{waits_for:?}");
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 8080 }),
    );
    let policy = template.only("AWS::ApplicationAutoScaling::ScalingPolicy");
    insta::assert_snapshot!(pretty(
        &policy["Properties"]["TargetTrackingScalingPolicyConfiguration"]
    ));
}

#[test]
fn reports_target_group_port_unlike_container_port() {
    insta::assert_snapshot!(findings(|stack| {
        balanced(stack, 80);
    }));
}

#[test]
fn reports_target_group_of_instances() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let service = service(stack);
    let group = TargetGroup::builder()
        .vpc(vpc_of(stack))
        .port(8080)
        .target_type(TargetType::Instance)
        .health_check(elbv2::HealthCheck::http("/healthz"))
        .build(stack, "Api");
    service.load_balance(&group);
    let synthesis = app.synth();
    let findings = synthesis.findings();
    let found = findings.iter().find(|one| one.code.as_str() == "INF4119");
    let found = found.unwrap();
    assert_eq!(
        found.message,
        "a Fargate service cannot be registered in a target group of instances"
    );
    assert_eq!(
        found.help.as_deref(),
        Some("create it with `.target_type(TargetType::Ip)`")
    );
}

#[test]
fn reports_request_scaling_without_listener() {
    insta::assert_snapshot!(findings(|stack| {
        let service = service(stack);
        let group = TargetGroup::builder()
            .vpc(vpc_of(stack))
            .port(8080)
            .health_check(elbv2::HealthCheck::http("/healthz"))
            .build(stack, "Api");
        service
            .auto_scale(2, 10)
            .on_requests_per_target(&group, 500);
    }));
}

#[test]
fn allows_clients_on_container_port() {
    let template = Template::of_stack(|stack| {
        let service = service(stack);
        let client = SecurityGroup::builder()
            .vpc(vpc_of(stack))
            .build(stack, "Client");
        service.allow_from(&client);
        service.allow_from_peer(&Peer::any_ipv4(), "everybody");
        service.allow_to(&client, Port::POSTGRES);
    });
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 8080, "ToPort": 8080 }),
    );
}

fn vpc_of(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.1.0.0/16"))
        .build(stack, "Other")
}

#[test]
fn uses_spot_above_required_tasks() {
    let strategy = |capacity| {
        Template::of_stack(|stack| {
            FargateService::builder()
                .cluster(Cluster::builder().build(stack, "Cluster"))
                .task_definition(task(stack, api()))
                .subnets(vpc(stack).private())
                .capacity(capacity)
                .build(stack, "Service");
        })
        .only("AWS::ECS::Service")["Properties"]["CapacityProviderStrategy"]
            .clone()
    };
    assert_eq!(
        strategy(Capacity::FargateSpot),
        json!([{ "CapacityProvider": "FARGATE_SPOT", "Weight": 1 }])
    );
    assert_eq!(
        strategy(Capacity::SpotAbove { on_demand: 2 }),
        json!([{ "Base": 2, "CapacityProvider": "FARGATE", "Weight": 0 }, { "CapacityProvider": "FARGATE_SPOT", "Weight": 1 }])
    );
    assert!(strategy(Capacity::Fargate).is_null());
}

#[test]
fn renders_chosen_alarms_and_deployment_settings() {
    let template = Template::of_stack(|stack| {
        FargateService::builder()
            .cluster(
                Cluster::builder()
                    .container_insights(ContainerInsights::Enhanced)
                    .build(stack, "Cluster"),
            )
            .task_definition(task(stack, api()))
            .subnets(vpc(stack).private())
            .deployment_alarm("api-5xx")
            .deployment_alarm("api-latency")
            .circuit_breaker(CircuitBreaker::Stop)
            .min_healthy_percent(50)
            .max_healthy_percent(100)
            .zone_rebalancing(ZoneRebalancing::Disabled)
            .desired_count(4)
            .build(stack, "Service");
    });
    template.has_properties(
        "AWS::ECS::Service",
        json!({
            "AvailabilityZoneRebalancing": "DISABLED",
            "DeploymentConfiguration": Match::exact(json!({
                "Alarms": { "AlarmNames": ["api-5xx", "api-latency"], "Enable": true, "Rollback": true },
                "DeploymentCircuitBreaker": { "Enable": true, "Rollback": false },
                "MaximumPercent": 100,
                "MinimumHealthyPercent": 50,
            })),
            "DesiredCount": 4,
        }),
    );
    template.has_properties(
        "AWS::ECS::Cluster",
        json!({ "ClusterSettings": [{ "Value": "enhanced" }] }),
    );
}

#[test]
fn records_ecs_exec_in_one_log_group_of_cluster() {
    let template = Template::of_stack(|stack| {
        let cluster = Cluster::builder().build(stack, "Cluster");
        let subnets = vpc(stack).private();
        for id in ["One", "Two"] {
            let task = FargateTaskDefinition::builder()
                .size(task_size!(256 cpu, 512 MiB))
                .container(api().root_file_system(RootFileSystem::Writable))
                .build(stack, &format!("{id}Task"));
            FargateService::builder()
                .cluster(cluster)
                .task_definition(task)
                .subnets(subnets)
                .execute_command(ExecuteCommand::Enabled)
                .build(stack, id);
        }
    });
    template.resource_count("AWS::Logs::LogGroup", 4); // one for each task, one of the cluster, one for flow logs
    template.has_properties(
        "AWS::ECS::Cluster",
        json!({ "Configuration": { "ExecuteCommandConfiguration": { "Logging": "OVERRIDE", "LogConfiguration": Match::any() } } }),
    );
    template.has_properties("AWS::ECS::Service", json!({ "EnableExecuteCommand": true }));
}

#[test]
fn outputs_run_parameters_of_one_off_task() {
    let template = Template::of_stack(|stack| {
        OneOffTask::builder()
            .cluster(Cluster::builder().build(stack, "Cluster"))
            .size(task_size!(256 cpu, 512 MiB))
            .container(ContainerDefinition::new("migrate", image()).command(["migrate"]))
            .subnets(vpc(stack).private())
            .build(stack, "Migration");
    });
    insta::assert_snapshot!(pretty(&template.json()["Outputs"]));
    template.resource_count("AWS::ECS::Service", 0);
    template.resource_count("AWS::ECS::TaskDefinition", 1);
}

/// Builds a one-off task that migrates a database with these steps.
fn migrating(stack: Stack<'_>, migration: Migration) {
    OneOffTask::builder()
        .cluster(Cluster::builder().build(stack, "Cluster"))
        .size(task_size!(256 cpu, 512 MiB))
        .container(ContainerDefinition::new("migrate", image()))
        .subnets(vpc(stack).private())
        .migration(migration)
        .build(stack, "Migration");
}

/// Deployments parse this format in `infra_template::migration`.
#[test]
fn writes_migration_steps_to_task_definition_metadata() {
    let template = Template::of_stack(|stack| {
        migrating(
            stack,
            Migration::new()
                .step("m0001_notes", StepEffect::Expands)
                .step("m0002_without_old_title", StepEffect::Contracts),
        );
    });
    template.has_resource(
        "AWS::ECS::TaskDefinition",
        json!({ "Metadata": { "infra:migration": { "Steps": [
            { "Name": "m0001_notes", "Effect": "expands" },
            { "Name": "m0002_without_old_title", "Effect": "contracts" },
        ] } } }),
    );
    let plain = Template::of_stack(|stack| {
        OneOffTask::builder()
            .cluster(Cluster::builder().build(stack, "Cluster"))
            .size(task_size!(256 cpu, 512 MiB))
            .container(ContainerDefinition::new("repair", image()))
            .subnets(vpc(stack).private())
            .build(stack, "Repair");
    });
    plain.has_resource(
        "AWS::ECS::TaskDefinition",
        json!({ "Metadata": { "infra:migration": Match::absent() } }),
    );
}

#[test]
fn reports_empty_and_duplicate_migration_steps() {
    let found = findings(|stack| {
        migrating(
            stack,
            Migration::new()
                .step("m0001_notes", StepEffect::Expands)
                .step("", StepEffect::Expands)
                .step("m0001_notes", StepEffect::Contracts),
        );
    });
    insta::assert_snapshot!(found);
    let found = findings(|stack| migrating(stack, Migration::new()));
    assert_eq!(found, "");
}

#[test]
fn omits_load_balancer_of_service_without_port() {
    let template = Template::of_stack(|stack| {
        let task: FargateTaskDefinition<'_, WithoutPort> = FargateTaskDefinition::builder()
            .size(TaskSize::try_new(256, 512).unwrap())
            .container(ContainerDefinition::new("worker", image()))
            .build(stack, "TaskDefinition");
        FargateService::builder()
            .cluster(Cluster::builder().build(stack, "Cluster"))
            .task_definition(task)
            .subnets(vpc(stack).private())
            .build(stack, "Worker");
    });
    template.has_properties(
        "AWS::ECS::Service",
        json!({ "LoadBalancers": Match::absent() }),
    );
}

#[test]
fn reports_image_without_digest() {
    let found = findings(|stack| {
        task(
            stack,
            ContainerDefinition::new("api", ContainerImage::from_registry_digest("nginx:latest"))
                .port(80),
        );
    });
    insta::assert_snapshot!(found);
}

#[test]
fn reports_duplicate_environment_variable() {
    let found = findings(|stack| {
        task(
            stack,
            api().env("LOG_LEVEL", "info").env("LOG_LEVEL", "debug"),
        );
    });
    insta::assert_snapshot!(found);
}

#[test]
fn reports_secret_in_plain_variable() {
    let found = findings(|stack| {
        let literal = "{{resolve:secretsmanager:database:SecretString:password}}";
        let deferred = infra_lib::intrinsics::dynamic_secret::<String>(
            sub!["notes-", pseudo::region()],
            Some("password"),
        );
        task(
            stack,
            api().env("DATABASE_PASSWORD", literal).env(
                "DATABASE_URL",
                sub!["postgres://api:", deferred, "@db/notes"],
            ),
        );
    });
    insta::assert_snapshot!(found);
}

#[test]
fn reports_settings_invalid_on_fargate() {
    let found = findings(|stack| {
        let check = HealthCheck::shell("true")
            .interval(Duration::seconds(1))
            .timeout(Duration::minutes(2))
            .retries(0)
            .start_period(Duration::minutes(10));
        let container = ContainerDefinition::new("api", image())
            .port(0)
            .health_check(check)
            .stop_timeout(Duration::minutes(5))
            .open_files(9_000, 8_000)
            .tmpfs("tmp", Size::mib(16));
        FargateTaskDefinition::builder()
            .size(task_size!(256 cpu, 512 MiB))
            .container(container)
            .ephemeral_storage(Size::gib(20))
            .build(stack, "TaskDefinition");
    });
    insta::assert_snapshot!(found);
}

#[test]
fn reports_invalid_and_duplicate_container_names() {
    let found = findings(|stack| {
        FargateTaskDefinition::builder()
            .size(task_size!(256 cpu, 512 MiB))
            .container(ContainerDefinition::new("notes api", image()))
            .sidecar(ContainerDefinition::new("proxy", image()))
            .sidecar(ContainerDefinition::new("proxy", image()))
            .build(stack, "TaskDefinition");
    });
    insta::assert_snapshot!(found);
}

#[test]
fn reports_deployments_that_cannot_replace_tasks() {
    let check = |count, min, max| {
        findings(|stack| {
            FargateService::builder()
                .cluster(Cluster::builder().build(stack, "Cluster"))
                .task_definition(task(stack, api()))
                .subnets(vpc(stack).private())
                .desired_count(count)
                .min_healthy_percent(min)
                .max_healthy_percent(max)
                .build(stack, "Service");
        })
    };
    insta::assert_snapshot!(
        [check(2, 100, 100), check(1, 100, 150), check(2, 50, 100)].join("\n\n")
    );
    assert_eq!(check(1, 100, 200), "");
}

#[test]
fn reports_ecs_exec_with_read_only_file_system() {
    let found = findings(|stack| {
        FargateService::builder()
            .cluster(Cluster::builder().build(stack, "Cluster"))
            .task_definition(task(stack, api()))
            .subnets(vpc(stack).private())
            .execute_command(ExecuteCommand::Enabled)
            .build(stack, "Service");
    });
    insta::assert_snapshot!(found);
}

pub(crate) fn nightly_task(stack: Stack<'_>) -> TaskTarget<'_> {
    let cluster = Cluster::builder().build(stack, "Cluster");
    let vpc = vpc(stack);
    let task = OneOffTask::builder()
        .cluster(cluster)
        .size(task_size!(256 cpu, 512 MiB))
        .container(ContainerDefinition::new("report", image()))
        .subnets(vpc.private())
        .build(stack, "Report");
    TaskTarget::new(
        &cluster,
        &task.task_definition(),
        vpc.private(),
        &task.security_group(),
    )
    .count(2)
}

fn assert_starts_task(template: &Template, type_name: &str, target: serde_json::Value) {
    template.has_properties(type_name, target);
    let roles = template.resources("AWS::IAM::Role");
    let starter = roles
        .iter()
        .map(|(_, role)| &role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"])
        .find(|statements| statements[0]["Action"] == "ecs:RunTask")
        .expect("a role starts the task");
    assert!(starter[0]["Condition"]["ArnEquals"]["ecs:cluster"].is_object());
    assert_eq!(starter[1]["Action"], "iam:PassRole");
    assert_eq!(
        starter[1]["Condition"]["StringEquals"]["iam:PassedToService"],
        "ecs-tasks.amazonaws.com"
    );
    assert_eq!(starter[1]["Resource"].as_array().map(Vec::len), Some(2));
    assert_eq!(starter.as_array().map(Vec::len), Some(2));
}

#[test]
fn starts_task_from_rule_with_least_permissions() {
    let template = Template::of_stack(|stack| {
        Rule::on_event(EventPattern::new().source("shop.orders"))
            .target(nightly_task(stack))
            .build(stack, "Rule");
    });
    assert_starts_task(
        &template,
        "AWS::Events::Rule",
        json!({ "Targets": [{ "EcsParameters": {
            "LaunchType": "FARGATE",
            "TaskCount": 2,
            "TaskDefinitionArn": { "Ref": Match::any() },
            "NetworkConfiguration": { "AwsVpcConfiguration": {
                "AssignPublicIp": "DISABLED", "SecurityGroups": [Match::any()], "Subnets": Match::any(),
            } },
        } }] }),
    );
}

#[test]
fn starts_task_from_schedule_with_least_permissions() {
    let template = Template::of_stack(|stack| {
        let nightly = ScheduleExpression::cron("0 3 ? * * *");
        Schedule::of(nightly, nightly_task(stack)).build(stack, "Nightly");
    });
    assert_starts_task(
        &template,
        "AWS::Scheduler::Schedule",
        json!({ "Target": { "EcsParameters": {
            "LaunchType": "FARGATE",
            "TaskCount": 2,
            "NetworkConfiguration": { "AwsvpcConfiguration": { "AssignPublicIp": "DISABLED" } },
        } } }),
    );
}
