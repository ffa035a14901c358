//! The stack `Ecs`: 12 resources, converted by `import-template` from
//! `ecs.yaml`.
//!
//! Crates: `infra-lib` (features `applicationautoscaling`, `ec2`, `ecs`, `elasticloadbalancingv2`, `iam`, `logs`).

use infra_lib::cfn::{
    applicationautoscaling::{self, scalable_target},
    ec2::{self, security_group},
    ecs::{self, cluster, service, task_definition},
    elasticloadbalancingv2::{self, listener, load_balancer, target_group},
};
use infra_lib::iam::{Principal, Role};
use infra_lib::intrinsics::join;
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::{
    App, Output, ParameterProps, ParameterType, RemovalPolicy, Stack, StackProps, pseudo, sub,
    value,
};

/// Adds the stack to the app.
pub fn ecs(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("A service of containers behind a load balancer")
        .build(app, "Ecs");

    // Parameters
    let image = ParameterProps::new(ParameterType::String).build(stack, "Image");
    let count = ParameterProps::new(ParameterType::Number)
        .default_value("2")
        .build(stack, "Count");
    let vpc = ParameterProps::new(ParameterType::Other("AWS::EC2::VPC::Id".to_owned()))
        .build(stack, "Vpc");
    let subnets = ParameterProps::new(ParameterType::Other(
        "List<AWS::EC2::Subnet::Id>".to_owned(),
    ))
    .build(stack, "Subnets");

    // Resources
    let cluster = ecs::CfnClusterProps::new()
        .cluster_settings([cluster::ClusterSettings::new()
            .name("containerInsights")
            .value("enabled")])
        .build(stack, "Cluster");

    let logs = LogGroup::builder()
        .retention(RetentionDays::TWO_WEEKS)
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Logs");
    logs.cfn().override_logical_id("Logs");

    let execution_role = Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .managed_policy(
            sub![
                "arn:",
                pseudo::partition(),
                ":iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
            ]
            .cast(),
        )
        .build(stack, "ExecutionRole");
    execution_role.cfn().override_logical_id("ExecutionRole");

    let task = ecs::CfnTaskDefinitionProps::new()
        .family(pseudo::stack_name())
        .cpu("256")
        .memory("512")
        .network_mode(task_definition::NetworkMode::AWSVPC)
        .requires_compatibilities([task_definition::RequiresCompatibilities::FARGATE])
        .execution_role_arn(execution_role.arn())
        .runtime_platform(
            task_definition::RuntimePlatform::new()
                .cpu_architecture(task_definition::RuntimePlatformCpuArchitecture::ARM64)
                .operating_system_family(
                    task_definition::RuntimePlatformOperatingSystemFamily::LINUX,
                ),
        )
        .container_definitions([task_definition::ContainerDefinition::new(image, "web")
            .essential(true)
            .port_mappings([task_definition::PortMapping::new()
                .container_port(8080)
                .protocol(task_definition::PortMappingProtocol::TCP)])
            .health_check(
                task_definition::HealthCheck::new()
                    .command(["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"])
                    .interval(30),
            )
            .environment([
                task_definition::KeyValuePair::new()
                    .name("REGION")
                    .value(pseudo::region()),
                task_definition::KeyValuePair::new()
                    .name("STACK")
                    .value("fixed"),
            ])
            .log_configuration(task_definition::LogConfiguration::new("awslogs").options([
                ("awslogs-group", value::<String>(logs.name())),
                ("awslogs-region", pseudo::region()),
                ("awslogs-stream-prefix", value::<String>("web")),
            ]))])
        .build(stack, "Task");

    let load_balancer_access = ec2::CfnSecurityGroupProps::new("From the internet")
        .vpc_id(vpc.value())
        .security_group_ingress([security_group::Ingress::new("tcp")
            .from_port(80)
            .to_port(80)
            .cidr_ip("0.0.0.0/0")])
        .build(stack, "LoadBalancerAccess");

    let service_access = ec2::CfnSecurityGroupProps::new("From the load balancer")
        .vpc_id(vpc.value())
        .build(stack, "ServiceAccess");

    ec2::CfnSecurityGroupIngressProps::new("tcp")
        .group_id(service_access.attr_group_id())
        .source_security_group_id(load_balancer_access.attr_group_id())
        .from_port(8080)
        .to_port(8080)
        .build(stack, "ServiceIngress");

    let load_balancer = elasticloadbalancingv2::CfnLoadBalancerProps::new()
        .type_(load_balancer::Type::APPLICATION)
        .subnets(subnets.value())
        .security_groups([load_balancer_access.ref_()])
        .load_balancer_attributes([
            load_balancer::LoadBalancerAttribute::new()
                .key("idle_timeout.timeout_seconds")
                .value("60"),
            load_balancer::LoadBalancerAttribute::new()
                .key("deletion_protection.enabled")
                .value("false"),
        ])
        .build(stack, "LoadBalancer");

    let target_group = elasticloadbalancingv2::CfnTargetGroupProps::new()
        .vpc_id(vpc.value())
        .port(8080)
        .protocol(target_group::Protocol::HTTP)
        .target_type(target_group::TargetType::IP)
        .health_check_path("/")
        .matcher(target_group::Matcher::new().http_code("200-299"))
        .build(stack, "TargetGroup");

    let listener = elasticloadbalancingv2::CfnListenerProps::new(
        [listener::Action::new(listener::ActionType::FORWARD)
            .target_group_arn(target_group.ref_())],
        load_balancer.ref_(),
    )
    .port(80)
    .protocol(listener::Protocol::HTTP)
    .build(stack, "Listener");

    let service = ecs::CfnServiceProps::new()
        .cluster(cluster.ref_())
        .task_definition(task.ref_())
        .desired_count(count.value())
        .launch_type(service::LaunchType::FARGATE)
        .deployment_configuration(
            service::DeploymentConfiguration::new()
                .minimum_healthy_percent(100)
                .maximum_percent(200)
                .deployment_circuit_breaker(service::DeploymentCircuitBreaker::new(true, true)),
        )
        .network_configuration(
            service::NetworkConfiguration::new().awsvpc_configuration(
                service::AwsVpcConfiguration::new()
                    .subnets(subnets.value())
                    .security_groups([service_access.ref_()])
                    .assign_public_ip(service::AwsVpcConfigurationAssignPublicIp::DISABLED),
            ),
        )
        .load_balancers([service::LoadBalancer::new()
            .container_name("web")
            .container_port(8080)
            .target_group_arn(target_group.ref_())])
        .build(stack, "Service");
    service.depends_on(listener);

    applicationautoscaling::CfnScalableTargetProps::new(
        applicationautoscaling::CfnScalableTargetRequired {
            max_capacity: value(10),
            min_capacity: value(count.value()),
            resource_id: value(join(
                "/",
                [
                    value::<String>("service"),
                    value::<String>(cluster.ref_()),
                    value::<String>(service.attr_name()),
                ],
            )),
            scalable_dimension: value(
                scalable_target::ScalableDimension::ECS_SERVICE_DESIRED_COUNT,
            ),
            service_namespace: value(scalable_target::ServiceNamespace::ECS),
        },
    )
    .build(stack, "Scaling");

    // Outputs
    Output::new(
        stack,
        "Address",
        sub!["http://", load_balancer.attr_dns_name(), "/"],
    );

    stack
}
