//! The stack `Web`: 18 resources, converted by `import-template` from
//! `Web.template.json`.
//!
//! Crates: `infra-lib` (features `applicationautoscaling`, `certificatemanager`, `ec2`, `ecs`, `elasticloadbalancingv2`, `iam`, `logs`, `route53`), `serde_json`.

use infra_lib::cfn::{
    applicationautoscaling::{self, scalable_target, scaling_policy},
    certificatemanager::{self, certificate},
    ec2::{self, security_group},
    ecs::{self, cluster, service, task_definition},
    elasticloadbalancingv2::{self, listener, load_balancer, target_group},
    route53::{self, record_set},
};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::logs::LogGroup;
use infra_lib::{App, Stack, Value, pseudo, sub, value};
use serde_json::json;

/// Adds the stack to the app.
pub fn web(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Web");

    let load_balancer_security_group_a28_d6_dd7 =
        ec2::CfnSecurityGroupProps::new("load balancer Web/LoadBalancer")
            .vpc_id(raw(json!({
                "Fn::GetStackOutput": {
                    "StackName": "Network",
                    "Region": { "Ref": "AWS::Region" },
                    "OutputName": "PublishOutputRefVpc8378EB385002A76F"
                }
            })))
            .security_group_egress([security_group::Egress::new("icmp")
                .cidr_ip("255.255.255.255/32")
                .description("Disallow all traffic")
                .from_port(252)
                .to_port(86)])
            .security_group_ingress([
                security_group::Ingress::new("tcp")
                    .from_port(80)
                    .to_port(80)
                    .cidr_ip("0.0.0.0/0")
                    .description("the internet"),
                security_group::Ingress::new("tcp")
                    .from_port(443)
                    .to_port(443)
                    .cidr_ip("0.0.0.0/0")
                    .description("the internet"),
            ])
            .build(stack, "LoadBalancerSecurityGroupA28D6DD7");

    let load_balancer_be9_eec3_a = elasticloadbalancingv2::CfnLoadBalancerProps::new()
        .type_(load_balancer::Type::APPLICATION)
        .scheme(load_balancer::Scheme::INTERNET_FACING)
        .subnets([
            raw(json!({
                "Fn::GetStackOutput": {
                    "StackName": "Network",
                    "Region": { "Ref": "AWS::Region" },
                    "OutputName": "PublishOutputRefVpcPublicSubnet1Subnet5C2D37C4F5EE3F2D"
                }
            })),
            raw(json!({
                "Fn::GetStackOutput": {
                    "StackName": "Network",
                    "Region": { "Ref": "AWS::Region" },
                    "OutputName": "PublishOutputRefVpcPublicSubnet2Subnet691E08A328131BFA"
                }
            })),
        ])
        .security_groups([load_balancer_security_group_a28_d6_dd7.attr_group_id()])
        .load_balancer_attributes([
            load_balancer::LoadBalancerAttribute::new()
                .key("deletion_protection.enabled")
                .value("true"),
            load_balancer::LoadBalancerAttribute::new()
                .key("idle_timeout.timeout_seconds")
                .value("60"),
            load_balancer::LoadBalancerAttribute::new()
                .key("routing.http.drop_invalid_header_fields.enabled")
                .value("true"),
            load_balancer::LoadBalancerAttribute::new()
                .key("routing.http2.enabled")
                .value("true"),
            load_balancer::LoadBalancerAttribute::new()
                .key("routing.http.desync_mitigation_mode")
                .value("defensive"),
            load_balancer::LoadBalancerAttribute::new()
                .key("routing.http.xff_header_processing.mode")
                .value("append"),
        ])
        .build(stack, "LoadBalancerBE9EEC3A");

    let targets7_ed976_ef = elasticloadbalancingv2::CfnTargetGroupProps::new()
        .vpc_id(raw(json!({
            "Fn::GetStackOutput": {
                "StackName": "Network",
                "Region": { "Ref": "AWS::Region" },
                "OutputName": "PublishOutputRefVpc8378EB385002A76F"
            }
        })))
        .target_type(target_group::TargetType::IP)
        .port(8080)
        .protocol(target_group::Protocol::HTTP)
        .protocol_version("HTTP1")
        .target_group_attributes([
            target_group::TargetGroupAttribute::new()
                .key("deregistration_delay.timeout_seconds")
                .value("30"),
            target_group::TargetGroupAttribute::new()
                .key("slow_start.duration_seconds")
                .value("0"),
            target_group::TargetGroupAttribute::new()
                .key("stickiness.enabled")
                .value("false"),
            target_group::TargetGroupAttribute::new()
                .key("stickiness.type")
                .value("lb_cookie"),
            target_group::TargetGroupAttribute::new()
                .key("stickiness.lb_cookie.duration_seconds")
                .value("86400"),
            target_group::TargetGroupAttribute::new()
                .key("load_balancing.algorithm.type")
                .value("round_robin"),
        ])
        .health_check_enabled(true)
        .health_check_protocol(target_group::HealthCheckProtocol::HTTP)
        .health_check_path("/healthz")
        .health_check_port("traffic-port")
        .health_check_interval_seconds(15)
        .health_check_timeout_seconds(5)
        .healthy_threshold_count(2)
        .unhealthy_threshold_count(3)
        .matcher(target_group::Matcher::new().http_code("200"))
        .build(stack, "Targets7ED976EF");

    let certificate4_e7_abb08 = certificatemanager::CfnCertificateProps::new("app.example.com")
        .validation_method("DNS")
        .domain_validation_options([certificate::DomainValidationOption::new()
            .domain_name("app.example.com")
            .hosted_zone_id("Z0123456789ABCDEFGHIJ")])
        .build(stack, "Certificate4E7ABB08");

    route53::CfnRecordSetProps::new("app.example.com.", "A")
        .hosted_zone_id("Z0123456789ABCDEFGHIJ")
        .alias_target(
            record_set::AliasTarget::new(
                load_balancer_be9_eec3_a.attr_dns_name(),
                load_balancer_be9_eec3_a.attr_canonical_hosted_zone_id(),
            )
            .evaluate_target_health(true),
        )
        .build(stack, "Record83264F3E");

    elasticloadbalancingv2::CfnListenerProps::new(
        [
            listener::Action::new(listener::ActionType::REDIRECT).redirect_config(
                listener::RedirectConfig::new(listener::RedirectConfigStatusCode::HTTP_301)
                    .protocol("HTTPS")
                    .port("443"),
            ),
        ],
        load_balancer_be9_eec3_a.ref_(),
    )
    .port(80)
    .protocol(listener::Protocol::HTTP)
    .build(stack, "LoadBalancerHttpF4A6AC3E");

    let load_balancer_https0_c5_c99_d2 = elasticloadbalancingv2::CfnListenerProps::new(
        [listener::Action::new(listener::ActionType::FORWARD)
            .target_group_arn(targets7_ed976_ef.ref_())],
        load_balancer_be9_eec3_a.ref_(),
    )
    .port(443)
    .protocol(listener::Protocol::HTTPS)
    .certificates([listener::Certificate::new().certificate_arn(certificate4_e7_abb08.ref_())])
    .ssl_policy("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09")
    .build(stack, "LoadBalancerHttps0C5C99D2");

    let task_task_role_e98524_a1 = Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com").condition(
            "StringEquals",
            "aws:SourceAccount",
            pseudo::account_id(),
        ))
        .description("what the containers of the task may do")
        .build(stack, "TaskTaskRoleE98524A1");
    task_task_role_e98524_a1
        .cfn()
        .override_logical_id("TaskTaskRoleE98524A1");

    let task_log_group1_b4092_c9 = LogGroup::builder().build(stack, "TaskLogGroup1B4092C9");
    task_log_group1_b4092_c9
        .cfn()
        .override_logical_id("TaskLogGroup1B4092C9");

    let task_execution_role_ef964934 = Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com").condition(
            "StringEquals",
            "aws:SourceAccount",
            pseudo::account_id(),
        ))
        .description("what ECS needs to start the task")
        .statement(
            Statement::allow()
                .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
                .resource(task_log_group1_b4092_c9.arn()),
        )
        .build(stack, "TaskExecutionRoleEF964934");
    task_execution_role_ef964934
        .cfn()
        .override_logical_id("TaskExecutionRoleEF964934");

    let task79114_b6_b = ecs::CfnTaskDefinitionProps::new()
        .container_definitions([
            task_definition::ContainerDefinition::new(
                "public.ecr.aws/example/web@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "web",
            )
            .essential(true)
            .linux_parameters(
                task_definition::LinuxParameters::new()
                    .init_process_enabled(true)
                    .capabilities(task_definition::KernelCapabilities::new().drop(["ALL"])),
            )
            .log_configuration(
                task_definition::LogConfiguration::new("awslogs")
                    .options([
                        ("awslogs-group", value::<String>(task_log_group1_b4092_c9.name())),
                        ("awslogs-region", pseudo::region()),
                        ("awslogs-stream-prefix", value::<String>("web")),
                        ("max-buffer-size", value::<String>("25m")),
                        ("mode", value::<String>("non-blocking")),
                    ]),
            )
            .readonly_root_filesystem(true)
            .stop_timeout(30)
            .user("65532:65532")
            .port_mappings([
                task_definition::PortMapping::new()
                    .container_port(8080)
                    .name("web")
                    .protocol(task_definition::PortMappingProtocol::TCP),
            ]),
        ])
        .cpu("256")
        .execution_role_arn(task_execution_role_ef964934.arn())
        .family("WebTask11BFE7F2")
        .memory("512")
        .network_mode(task_definition::NetworkMode::AWSVPC)
        .requires_compatibilities([task_definition::RequiresCompatibilities::FARGATE])
        .runtime_platform(
            task_definition::RuntimePlatform::new()
                .cpu_architecture(task_definition::RuntimePlatformCpuArchitecture::ARM64)
                .operating_system_family(task_definition::RuntimePlatformOperatingSystemFamily::LINUX),
        )
        .task_role_arn(task_task_role_e98524_a1.arn())
        .build(stack, "Task79114B6B");

    let cluster_eb0386_a7 = ecs::CfnClusterProps::new()
        .capacity_providers(["FARGATE", "FARGATE_SPOT"])
        .cluster_settings([cluster::ClusterSettings::new()
            .name("containerInsights")
            .value("enabled")])
        .build(stack, "ClusterEB0386A7");

    let service_security_group_c96_ed6_a7 =
        ec2::CfnSecurityGroupProps::new("Web/Service/SecurityGroup")
            .vpc_id(raw(json!({
                "Fn::GetStackOutput": {
                    "StackName": "Network",
                    "Region": { "Ref": "AWS::Region" },
                    "OutputName": "PublishOutputRefVpc8378EB385002A76F"
                }
            })))
            .security_group_egress([security_group::Egress::new("tcp")
                .from_port(443)
                .to_port(443)
                .cidr_ip("0.0.0.0/0")
                .description("HTTPS, for the APIs of AWS")])
            .build(stack, "ServiceSecurityGroupC96ED6A7");

    let service_d69_d759_b = ecs::CfnServiceProps::new()
        .availability_zone_rebalancing(service::AvailabilityZoneRebalancing::ENABLED)
        .cluster(cluster_eb0386_a7.ref_())
        .deployment_configuration(
            service::DeploymentConfiguration::new()
                .deployment_circuit_breaker(service::DeploymentCircuitBreaker::new(true, true))
                .maximum_percent(200)
                .minimum_healthy_percent(100),
        )
        .deployment_controller(
            service::DeploymentController::new().type_(service::DeploymentControllerType::ECS),
        )
        .enable_ecs_managed_tags(true)
        .network_configuration(
            service::NetworkConfiguration::new()
                .awsvpc_configuration(
                    service::AwsVpcConfiguration::new()
                        .assign_public_ip(service::AwsVpcConfigurationAssignPublicIp::DISABLED)
                        .security_groups([service_security_group_c96_ed6_a7.attr_group_id()])
                        .subnets([
                            raw(json!({
                                "Fn::GetStackOutput": {
                                    "StackName": "Network",
                                    "Region": { "Ref": "AWS::Region" },
                                    "OutputName": "PublishOutputRefVpcPrivateSubnet1Subnet536B997ACF478E51"
                                }
                            })),
                            raw(json!({
                                "Fn::GetStackOutput": {
                                    "StackName": "Network",
                                    "Region": { "Ref": "AWS::Region" },
                                    "OutputName": "PublishOutputRefVpcPrivateSubnet2Subnet3788AAA1CBFEB195"
                                }
                            })),
                        ]),
                ),
        )
        .platform_version("LATEST")
        .propagate_tags(service::PropagateTags::SERVICE)
        .task_definition(task79114_b6_b.ref_())
        .launch_type(service::LaunchType::FARGATE)
        .load_balancers([
            service::LoadBalancer::new()
                .container_name("web")
                .container_port(8080)
                .target_group_arn(targets7_ed976_ef.ref_()),
        ])
        .health_check_grace_period_seconds(60)
        .build(stack, "ServiceD69D759B");
    service_d69_d759_b.depends_on(load_balancer_https0_c5_c99_d2);

    ec2::CfnSecurityGroupIngressProps::new("tcp")
        .group_id(service_security_group_c96_ed6_a7.attr_group_id())
        .from_port(8080)
        .to_port(8080)
        .source_security_group_id(load_balancer_security_group_a28_d6_dd7.attr_group_id())
        .description("from LoadBalancer:8080")
        .build(
            stack,
            "ServiceSecurityGroupfromWebLoadBalancerSecurityGroup6CCECE0D80802A94D173",
        );

    ec2::CfnSecurityGroupEgressProps::new(
        load_balancer_security_group_a28_d6_dd7.attr_group_id(),
        "tcp",
    )
    .from_port(8080)
    .to_port(8080)
    .destination_security_group_id(service_security_group_c96_ed6_a7.attr_group_id())
    .description("to Service:8080")
    .build(
        stack,
        "LoadBalancerSecurityGrouptoWebServiceSecurityGroup713182038080880F0C74",
    );

    let service_task_count_target23_e25614 = applicationautoscaling::CfnScalableTargetProps::new(
        applicationautoscaling::CfnScalableTargetRequired {
            max_capacity: value(10),
            min_capacity: value(2),
            resource_id: value(sub![
                "service/",
                cluster_eb0386_a7.ref_(),
                "/",
                service_d69_d759_b.attr_name(),
            ]),
            scalable_dimension: value(
                scalable_target::ScalableDimension::ECS_SERVICE_DESIRED_COUNT,
            ),
            service_namespace: value(scalable_target::ServiceNamespace::ECS),
        },
    )
    .build(stack, "ServiceTaskCountTarget23E25614");

    applicationautoscaling::CfnScalingPolicyProps::new(
        "WebServiceTaskCountTargetRequestScaling294FFBF3",
        scaling_policy::PolicyType::TARGET_TRACKING_SCALING,
    )
    .scaling_target_id(service_task_count_target23_e25614.ref_())
    .target_tracking_scaling_policy_configuration(
        scaling_policy::TargetTrackingScalingPolicyConfiguration::new(1000.0)
            .predefined_metric_specification(
                scaling_policy::PredefinedMetricSpecification::new(scaling_policy::PredefinedMetricSpecificationPredefinedMetricType::ALB_REQUEST_COUNT_PER_TARGET)
                    .resource_label(sub![
                        load_balancer_be9_eec3_a.attr_load_balancer_full_name(),
                        "/",
                        targets7_ed976_ef.attr_target_group_full_name(),
                    ]),
            )
            .scale_in_cooldown(300)
            .scale_out_cooldown(60),
    )
    .build(stack, "ServiceTaskCountTargetRequestScalingBFFEE294");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
