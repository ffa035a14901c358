//! The stack `Fleet`: 13 resources, converted by `import-template` from
//! `Fleet.template.json`.
//!
//! Crates: `infra-lib` (features `autoscaling`, `cloudwatch`, `ec2`, `elasticloadbalancingv2`, `iam`), `serde_json`.

use infra_lib::cfn::{
    autoscaling::{self, auto_scaling_group, scaling_policy},
    ec2::{self, launch_template, security_group},
    elasticloadbalancingv2::{self, listener, load_balancer, target_group},
    iam,
};
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, TreatMissingData};
use infra_lib::iam::{Principal, Role};
use infra_lib::intrinsics::base64;
use infra_lib::{App, Stack, Value, pseudo, sub};
use serde_json::json;

/// Adds the stack to the app.
pub fn fleet(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Fleet");

    let load_balancer_security_group_a28_d6_dd7 =
        ec2::CfnSecurityGroupProps::new("load balancer Fleet/LoadBalancer")
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
            .build(stack, "LoadBalancerSecurityGroupA28D6DD7");

    let load_balancer_be9_eec3_a = elasticloadbalancingv2::CfnLoadBalancerProps::new()
        .type_(load_balancer::Type::APPLICATION)
        .scheme(load_balancer::Scheme::INTERNAL)
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
        .target_type(target_group::TargetType::INSTANCE)
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
        .health_check_path("/")
        .health_check_port("traffic-port")
        .health_check_interval_seconds(15)
        .health_check_timeout_seconds(5)
        .healthy_threshold_count(2)
        .unhealthy_threshold_count(3)
        .matcher(target_group::Matcher::new().http_code("200"))
        .build(stack, "Targets7ED976EF");

    let load_balancer_http_f4_a6_ac3_e = elasticloadbalancingv2::CfnListenerProps::new(
        [listener::Action::new(listener::ActionType::FORWARD)
            .target_group_arn(targets7_ed976_ef.ref_())],
        load_balancer_be9_eec3_a.ref_(),
    )
    .port(80)
    .protocol(listener::Protocol::HTTP)
    .build(stack, "LoadBalancerHttpF4A6AC3E");

    let servers_instance_security_group7_d4_b613_c =
        ec2::CfnSecurityGroupProps::new("Fleet/Servers/InstanceSecurityGroup")
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
                .description("HTTPS, for the APIs of AWS and packages")])
            .build(stack, "ServersInstanceSecurityGroup7D4B613C");

    let servers_instance_role7_ecf6_d97 = Role::builder()
        .assumed_by(Principal::service("ec2.amazonaws.com"))
        .managed_policy(
            sub![
                "arn:",
                pseudo::partition(),
                ":iam::aws:policy/AmazonSSMManagedInstanceCore"
            ]
            .cast(),
        )
        .build(stack, "ServersInstanceRole7ECF6D97");
    servers_instance_role7_ecf6_d97
        .cfn()
        .override_logical_id("ServersInstanceRole7ECF6D97");

    let servers_instance_profile1_cb45_d9_a =
        iam::CfnInstanceProfileProps::new([servers_instance_role7_ecf6_d97.role_name()])
            .build(stack, "ServersInstanceProfile1CB45D9A");

    let servers_launch_template_deb7_d567 = ec2::CfnLaunchTemplateProps::new(
        launch_template::LaunchTemplateData::new()
            .iam_instance_profile(
                launch_template::IamInstanceProfile::new()
                    .arn(servers_instance_profile1_cb45_d9_a.attr_arn()),
            )
            .security_group_ids([servers_instance_security_group7_d4_b613_c.attr_group_id()])
            .monitoring(launch_template::Monitoring::new().enabled(false))
            .image_id("{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}}")
            .instance_type("t4g.small")
            .metadata_options(
                launch_template::MetadataOptions::new()
                    .http_endpoint(launch_template::MetadataOptionsHttpEndpoint::ENABLED)
                    .http_tokens(launch_template::MetadataOptionsHttpTokens::REQUIRED),
            )
            .block_device_mappings([
                launch_template::BlockDeviceMapping::new()
                    .device_name("/dev/xvda")
                    .ebs(
                        launch_template::Ebs::new()
                            .volume_type(launch_template::EbsVolumeType::GP3)
                            .encrypted(true)
                            .delete_on_termination(true),
                    ),
            ])
            .user_data(base64(r"#!/bin/bash -e
cat > /etc/systemd/system/web.service <<'END'
[Unit]
After=network-online.target
[Service]
DynamicUser=yes
WorkingDirectory=/srv
ExecStart=/usr/bin/python3 -m http.server 8080
Restart=always
[Install]
WantedBy=multi-user.target
END
systemctl enable --now web
")),
    )
    .build(stack, "ServersLaunchTemplateDEB7D567");

    let servers_asgd114_e2_ee = autoscaling::CfnAutoScalingGroupProps::new("6", "2")
        .vpc_zone_identifier([
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
        ])
        .health_check_type("ELB")
        .health_check_grace_period(300)
        .default_instance_warmup(120)
        .launch_template(
            auto_scaling_group::LaunchTemplateSpecification::new(
                servers_launch_template_deb7_d567.attr_latest_version_number(),
            )
            .launch_template_id(servers_launch_template_deb7_d567.ref_()),
        )
        .metrics_collection([auto_scaling_group::MetricsCollection::new("1Minute")])
        .target_group_arns([targets7_ed976_ef.ref_()])
        .build(stack, "ServersASGD114E2EE");
    servers_asgd114_e2_ee.update_policy(json!({
        "AutoScalingRollingUpdate": {
            "MaxBatchSize": 1,
            "MinInstancesInService": 2,
            "SuspendProcesses": [
                "HealthCheck",
                "ReplaceUnhealthy",
                "AZRebalance",
                "AlarmNotification",
                "ScheduledActions",
                "InstanceRefresh"
            ],
            "PauseTime": "PT2M"
        },
        "AutoScalingScheduledAction": { "IgnoreUnmodifiedGroupSizeProperties": true }
    }));

    ec2::CfnSecurityGroupIngressProps::new("tcp")
        .group_id(servers_instance_security_group7_d4_b613_c.attr_group_id())
        .from_port(8080)
        .to_port(8080)
        .source_security_group_id(load_balancer_security_group_a28_d6_dd7.attr_group_id())
        .description("from LoadBalancer:8080")
        .build(
            stack,
            "ServersInstanceSecurityGroupfromFleetLoadBalancerSecurityGroup080FDE7D8080877BD965",
        );

    ec2::CfnSecurityGroupEgressProps::new(
        load_balancer_security_group_a28_d6_dd7.attr_group_id(),
        "tcp",
    )
    .from_port(8080)
    .to_port(8080)
    .destination_security_group_id(servers_instance_security_group7_d4_b613_c.attr_group_id())
    .description("to InstanceSecurityGroup:8080")
    .build(
        stack,
        "LoadBalancerSecurityGrouptoFleetServersInstanceSecurityGroupE6E593DC8080300FEA5A",
    );

    let servers_scaling_policy_requests78_f30864 = autoscaling::CfnScalingPolicyProps::new(
        servers_asgd114_e2_ee.ref_(),
    )
    .policy_type(scaling_policy::PolicyType::TARGET_TRACKING_SCALING)
    .target_tracking_configuration(
        scaling_policy::TargetTrackingConfiguration::new(1000.0)
            .predefined_metric_specification(
                scaling_policy::PredefinedMetricSpecification::new(scaling_policy::PredefinedMetricSpecificationPredefinedMetricType::ALB_REQUEST_COUNT_PER_TARGET)
                    .resource_label(sub![
                        load_balancer_be9_eec3_a.attr_load_balancer_full_name(),
                        "/",
                        targets7_ed976_ef.attr_target_group_full_name(),
                    ]),
            ),
    )
    .build(stack, "ServersScalingPolicyRequests78F30864");
    servers_scaling_policy_requests78_f30864.depends_on(load_balancer_http_f4_a6_ac3_e);

    Alarm::builder()
        .metric(
            Metric::new("AWS/AutoScaling", "GroupInServiceInstances")
                .dimension("AutoScalingGroupName", servers_asgd114_e2_ee.ref_()),
        )
        .comparison(Comparison::LessThanThreshold)
        .threshold(2.0)
        .evaluation_periods(3)
        .treat_missing_data(TreatMissingData::Breaching)
        .description("Fewer instances than the minimum are in service")
        .build(stack, "TooFewServers");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
