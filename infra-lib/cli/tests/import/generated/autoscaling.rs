//! The stack `Autoscaling`: 4 resources, converted by `import-template` from
//! `autoscaling.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `autoscaling`, `ec2`), `serde_json`.

use infra_cfn::{
    autoscaling::{self, auto_scaling_group, scaling_policy},
    ec2::{self, launch_template},
};
use infra_core::intrinsics::{base64, equals, find_in_map, fn_if};
use infra_core::{
    App, Condition, Construct as _, Data, Mapping, Output, ParameterProps, ParameterType, Stack,
    StackProps, pseudo, sub, value,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn autoscaling(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Web servers in an Auto Scaling group that signals and is replaced in batches")
        .build(app, "Autoscaling");

    // Parameters
    let image_id = ParameterProps::new(ParameterType::Other(
        "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>".to_owned(),
    ))
    .default_value("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")
    .build(stack, "ImageId");
    let instance_type = ParameterProps::new(ParameterType::String)
        .default_value("t3.micro")
        .build(stack, "InstanceType");
    let subnets = ParameterProps::new(ParameterType::Other(
        "List<AWS::EC2::Subnet::Id>".to_owned(),
    ))
    .build(stack, "Subnets");
    let security_group = ParameterProps::new(ParameterType::Other(
        "AWS::EC2::SecurityGroup::Id".to_owned(),
    ))
    .build(stack, "SecurityGroup");
    let environment = ParameterProps::new(ParameterType::String)
        .allowed_values(["test", "production"])
        .default_value("test")
        .build(stack, "Environment");

    // Mappings
    let sizes = Mapping::new(
        stack,
        "Sizes",
        [
            (
                "test",
                vec![("Least", Data::from("1")), ("Most", Data::from(json!(2)))],
            ),
            (
                "production",
                vec![("Least", Data::from("2")), ("Most", Data::from(json!(6)))],
            ),
        ],
    );

    // Conditions
    let is_production = Condition::new(
        stack,
        "IsProduction",
        equals::<String>(environment, "production"),
    );

    // Resources
    let template = ec2::CfnLaunchTemplateProps::new(
        launch_template::LaunchTemplateData::new()
            .image_id(image_id)
            .instance_type(instance_type)
            .security_group_ids([security_group.value()])
            .metadata_options(
                launch_template::MetadataOptions::new()
                    .http_tokens(launch_template::MetadataOptionsHttpTokens::REQUIRED),
            )
            .block_device_mappings([launch_template::BlockDeviceMapping::new()
                .device_name("/dev/xvda")
                .ebs(
                    launch_template::Ebs::new()
                        .volume_size(20)
                        .volume_type(launch_template::EbsVolumeType::GP3)
                        .encrypted(true),
                )])
            .user_data(base64(sub![
                r"#!/bin/bash -xe
dnf install -y aws-cfn-bootstrap
/opt/aws/bin/cfn-init -v --stack ",
                pseudo::stack_name(),
                " --resource Template --region ",
                pseudo::region(),
                r#"
echo "literal ${HOME} stays"
/opt/aws/bin/cfn-signal -e $? --stack "#,
                pseudo::stack_name(),
                " --resource Servers --region ",
                pseudo::region(),
                "\n",
            ])),
    )
    .build(stack, "Template");
    template.scope().add_metadata(
        "AWS::CloudFormation::Init",
        json!({
            "config": {
                "packages": { "yum": { "httpd": [] } },
                "files": {
                    "/var/www/html/index.html": {
                        "content": { "Fn::Sub": "<h1>${AWS::StackName}</h1>" },
                        "mode": "000644"
                    }
                },
                "services": {
                    "systemd": { "httpd": { "enabled": true, "ensureRunning": true } }
                }
            }
        }),
    );

    let servers = autoscaling::CfnAutoScalingGroupProps::new(
        find_in_map::<String>(sizes, environment, "Most"),
        find_in_map::<String>(sizes, environment, "Least"),
    )
    .vpc_zone_identifier(subnets.value())
    .launch_template(
        auto_scaling_group::LaunchTemplateSpecification::new(template.attr_latest_version_number())
            .launch_template_id(template.ref_()),
    )
    .health_check_type(fn_if::<String>(is_production, "ELB", "EC2"))
    .health_check_grace_period(300)
    .tags([auto_scaling_group::TagProperty::new(
        auto_scaling_group::TagPropertyRequired {
            key: value("Name"),
            propagate_at_launch: value(true),
            value: value(sub!["web-", environment.value::<String>()]),
        },
    )])
    .build(stack, "Servers");
    servers.creation_policy(json!({ "ResourceSignal": { "Count": 1, "Timeout": "PT10M" } }));
    servers.update_policy(json!({
        "AutoScalingRollingUpdate": {
            "MinInstancesInService": 1,
            "MaxBatchSize": 1,
            "PauseTime": "PT10M",
            "WaitOnResourceSignals": true,
            "SuspendProcesses": ["HealthCheck", "ReplaceUnhealthy"]
        }
    }));

    autoscaling::CfnScalingPolicyProps::new(servers.ref_())
        .policy_type(scaling_policy::PolicyType::TARGET_TRACKING_SCALING)
        .target_tracking_configuration(
            scaling_policy::TargetTrackingConfiguration::new(60.0)
                .predefined_metric_specification(scaling_policy::PredefinedMetricSpecification::new(scaling_policy::PredefinedMetricSpecificationPredefinedMetricType::ASG_AVERAGE_CPU_UTILIZATION)),
        )
        .build(stack, "ByLoad");

    let at_night = autoscaling::CfnScheduledActionProps::new(servers.ref_())
        .min_size(1)
        .recurrence("0 22 * * *")
        .build(stack, "AtNight");
    at_night.apply_condition(is_production);

    // Outputs
    Output::new(stack, "Group", servers.ref_());

    stack
}
