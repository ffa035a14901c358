//! The stack `Files`: 44 resources, converted by `import-template` from
//! `Files.template.json`.
//!
//! Crates: `infra-lib` (features `ec2`, `efs`, `iam`, `lambda`, `logs`), `serde_json`.

use infra_lib::cfn::{
    ec2::{
        self, flow_log, internet_gateway, route_table, security_group, subnet, vpc, vpc_endpoint,
    },
    efs::{self, access_point, file_system},
    iam::role,
    lambda::function,
    logs::log_group,
};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::intrinsics::{get_azs, select};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::LogGroup;
use infra_lib::{App, Duration, Output, RemovalPolicy, Stack, pseudo, sub, value};
use serde_json::json;

/// Adds the stack to the app.
pub fn files(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Files");

    // Resources
    let vpc8378_eb38 = ec2::CfnVpcProps::new()
        .cidr_block("10.0.0.0/16")
        .enable_dns_hostnames(true)
        .enable_dns_support(true)
        .tags([vpc::Tag::new("Name", "Files/Vpc")])
        .build(stack, "Vpc8378EB38");

    let vpc_igwd7_ba715_c = ec2::CfnInternetGatewayProps::new()
        .tags([internet_gateway::Tag::new("Name", "Files/Vpc")])
        .build(stack, "VpcIGWD7BA715C");

    let vpc_vpcgwbf912_b6_e = ec2::CfnVpcGatewayAttachmentProps::new(vpc8378_eb38.ref_())
        .internet_gateway_id(vpc_igwd7_ba715_c.ref_())
        .build(stack, "VpcVPCGWBF912B6E");

    let vpc_public_subnet1_subnet5_c2_d37_c4 = ec2::CfnSubnetProps::new(vpc8378_eb38.ref_())
        .availability_zone(select::<String>(0, get_azs("")))
        .map_public_ip_on_launch(false)
        .cidr_block("10.0.0.0/20")
        .tags([subnet::Tag::new("Name", "Files/Vpc/PublicSubnet1")])
        .build(stack, "VpcPublicSubnet1Subnet5C2D37C4");

    let vpc_public_subnet1_route_table6_c95_e38_e =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Files/Vpc/PublicSubnet1")])
            .build(stack, "VpcPublicSubnet1RouteTable6C95E38E");

    ec2::CfnSubnetRouteTableAssociationProps::new(
        vpc_public_subnet1_route_table6_c95_e38_e.ref_(),
        vpc_public_subnet1_subnet5_c2_d37_c4.ref_(),
    )
    .build(stack, "VpcPublicSubnet1RouteTableAssociation97140677");

    let vpc_public_subnet2_subnet691_e08_a3 = ec2::CfnSubnetProps::new(vpc8378_eb38.ref_())
        .availability_zone(select::<String>(1, get_azs("")))
        .map_public_ip_on_launch(false)
        .cidr_block("10.0.16.0/20")
        .tags([subnet::Tag::new("Name", "Files/Vpc/PublicSubnet2")])
        .build(stack, "VpcPublicSubnet2Subnet691E08A3");

    let vpc_public_subnet2_route_table94_f7_e489 =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Files/Vpc/PublicSubnet2")])
            .build(stack, "VpcPublicSubnet2RouteTable94F7E489");

    ec2::CfnSubnetRouteTableAssociationProps::new(
        vpc_public_subnet2_route_table94_f7_e489.ref_(),
        vpc_public_subnet2_subnet691_e08_a3.ref_(),
    )
    .build(stack, "VpcPublicSubnet2RouteTableAssociationDD5762D8");

    let vpc_private_subnet1_subnet536_b997_a = ec2::CfnSubnetProps::new(vpc8378_eb38.ref_())
        .availability_zone(select::<String>(0, get_azs("")))
        .map_public_ip_on_launch(false)
        .cidr_block("10.0.64.0/20")
        .tags([subnet::Tag::new("Name", "Files/Vpc/PrivateSubnet1")])
        .build(stack, "VpcPrivateSubnet1Subnet536B997A");

    let vpc_private_subnet1_route_table_b2_c5_b500 =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Files/Vpc/PrivateSubnet1")])
            .build(stack, "VpcPrivateSubnet1RouteTableB2C5B500");

    ec2::CfnSubnetRouteTableAssociationProps::new(
        vpc_private_subnet1_route_table_b2_c5_b500.ref_(),
        vpc_private_subnet1_subnet536_b997_a.ref_(),
    )
    .build(stack, "VpcPrivateSubnet1RouteTableAssociation70C59FA6");

    let vpc_private_subnet2_subnet3788_aaa1 = ec2::CfnSubnetProps::new(vpc8378_eb38.ref_())
        .availability_zone(select::<String>(1, get_azs("")))
        .map_public_ip_on_launch(false)
        .cidr_block("10.0.80.0/20")
        .tags([subnet::Tag::new("Name", "Files/Vpc/PrivateSubnet2")])
        .build(stack, "VpcPrivateSubnet2Subnet3788AAA1");

    let vpc_private_subnet2_route_table_a678073_b =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Files/Vpc/PrivateSubnet2")])
            .build(stack, "VpcPrivateSubnet2RouteTableA678073B");

    ec2::CfnSubnetRouteTableAssociationProps::new(
        vpc_private_subnet2_route_table_a678073_b.ref_(),
        vpc_private_subnet2_subnet3788_aaa1.ref_(),
    )
    .build(stack, "VpcPrivateSubnet2RouteTableAssociationA89CAD56");

    let vpc_isolated_subnet1_subnet_e48_c5737 = ec2::CfnSubnetProps::new(vpc8378_eb38.ref_())
        .availability_zone(select::<String>(0, get_azs("")))
        .map_public_ip_on_launch(false)
        .cidr_block("10.0.128.0/20")
        .tags([subnet::Tag::new("Name", "Files/Vpc/IsolatedSubnet1")])
        .build(stack, "VpcIsolatedSubnet1SubnetE48C5737");

    let vpc_isolated_subnet1_route_table4771_e3_e5 =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Files/Vpc/IsolatedSubnet1")])
            .build(stack, "VpcIsolatedSubnet1RouteTable4771E3E5");

    ec2::CfnSubnetRouteTableAssociationProps::new(
        vpc_isolated_subnet1_route_table4771_e3_e5.ref_(),
        vpc_isolated_subnet1_subnet_e48_c5737.ref_(),
    )
    .build(stack, "VpcIsolatedSubnet1RouteTableAssociationD300FCBB");

    let vpc_isolated_subnet2_subnet16364_b91 = ec2::CfnSubnetProps::new(vpc8378_eb38.ref_())
        .availability_zone(select::<String>(1, get_azs("")))
        .map_public_ip_on_launch(false)
        .cidr_block("10.0.144.0/20")
        .tags([subnet::Tag::new("Name", "Files/Vpc/IsolatedSubnet2")])
        .build(stack, "VpcIsolatedSubnet2Subnet16364B91");

    let vpc_isolated_subnet2_route_table1_d30_af7_d =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Files/Vpc/IsolatedSubnet2")])
            .build(stack, "VpcIsolatedSubnet2RouteTable1D30AF7D");

    ec2::CfnSubnetRouteTableAssociationProps::new(
        vpc_isolated_subnet2_route_table1_d30_af7_d.ref_(),
        vpc_isolated_subnet2_subnet16364_b91.ref_(),
    )
    .build(stack, "VpcIsolatedSubnet2RouteTableAssociationF7B18CCA");

    let vpc_public_subnet1_default_route3_da9_e72_a =
        ec2::CfnRouteProps::new(vpc_public_subnet1_route_table6_c95_e38_e.ref_())
            .gateway_id(vpc_igwd7_ba715_c.ref_())
            .destination_cidr_block("0.0.0.0/0")
            .build(stack, "VpcPublicSubnet1DefaultRoute3DA9E72A");
    vpc_public_subnet1_default_route3_da9_e72_a.depends_on(vpc_vpcgwbf912_b6_e);

    let vpc_public_subnet2_default_route97_f91067 =
        ec2::CfnRouteProps::new(vpc_public_subnet2_route_table94_f7_e489.ref_())
            .gateway_id(vpc_igwd7_ba715_c.ref_())
            .destination_cidr_block("0.0.0.0/0")
            .build(stack, "VpcPublicSubnet2DefaultRoute97F91067");
    vpc_public_subnet2_default_route97_f91067.depends_on(vpc_vpcgwbf912_b6_e);

    ec2::CfnVpcEndpointProps::new(vpc8378_eb38.ref_())
        .service_name(sub!["com.amazonaws.", pseudo::region(), ".s3"])
        .vpc_endpoint_type(vpc_endpoint::VpcEndpointType::GATEWAY)
        .route_table_ids([
            vpc_public_subnet1_route_table6_c95_e38_e.ref_(),
            vpc_public_subnet2_route_table94_f7_e489.ref_(),
            vpc_private_subnet1_route_table_b2_c5_b500.ref_(),
            vpc_private_subnet2_route_table_a678073_b.ref_(),
        ])
        .tags([vpc_endpoint::Tag::new("Name", "Files/Vpc")])
        .build(stack, "VpcS3A5408339");

    let vpc_flow_log_log_group7_b5_c56_b9 =
        LogGroup::builder().build(stack, "VpcFlowLogLogGroup7B5C56B9");
    vpc_flow_log_log_group7_b5_c56_b9
        .cfn()
        .modify(|props| props.tags([log_group::Tag::new("Name", "Files/Vpc")]));
    vpc_flow_log_log_group7_b5_c56_b9
        .cfn()
        .override_logical_id("VpcFlowLogLogGroup7B5C56B9");

    let vpc_flow_log_iam_role6_a475_d41 = Role::builder()
        .assumed_by(Principal::service("vpc-flow-logs.amazonaws.com").condition(
            "StringEquals",
            "aws:SourceAccount",
            pseudo::account_id(),
        ))
        .statement(
            Statement::allow()
                .actions([
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:PutLogEvents",
                ])
                .resource(vpc_flow_log_log_group7_b5_c56_b9.arn()),
        )
        .build(stack, "VpcFlowLogIAMRole6A475D41");
    vpc_flow_log_iam_role6_a475_d41
        .cfn()
        .modify(|props| props.tags([role::Tag::new("Name", "Files/Vpc")]));
    vpc_flow_log_iam_role6_a475_d41
        .cfn()
        .override_logical_id("VpcFlowLogIAMRole6A475D41");

    ec2::CfnFlowLogProps::new(vpc8378_eb38.ref_(), flow_log::ResourceType::VPC)
        .traffic_type(flow_log::TrafficType::ALL)
        .log_destination_type(flow_log::LogDestinationType::CLOUD_WATCH_LOGS)
        .log_group_name(vpc_flow_log_log_group7_b5_c56_b9.name())
        .deliver_logs_permission_arn(vpc_flow_log_iam_role6_a475_d41.arn())
        .tags([flow_log::Tag::new("Name", "Files/Vpc")])
        .build(stack, "VpcFlowLog8FF33A73");

    let files_efs_security_group332450_ab =
        ec2::CfnSecurityGroupProps::new("file system Files/Files")
            .vpc_id(vpc8378_eb38.ref_())
            .security_group_egress([security_group::Egress::new("icmp")
                .cidr_ip("255.255.255.255/32")
                .description("Disallow all traffic")
                .from_port(252)
                .to_port(86)])
            .tags([security_group::Tag::new("Name", "Files/Files")])
            .build(stack, "FilesEfsSecurityGroup332450AB");

    let files8_e6940_b8 = efs::CfnFileSystemProps::new()
        .encrypted(true)
        .backup_policy(file_system::BackupPolicy::new(
            file_system::BackupPolicyStatus::ENABLED,
        ))
        .file_system_policy(json!({
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Deny",
                    "Principal": { "AWS": "*" },
                    "Action": [
                        "elasticfilesystem:ClientMount",
                        "elasticfilesystem:ClientWrite",
                        "elasticfilesystem:ClientRootAccess"
                    ],
                    "Condition": { "Bool": { "aws:SecureTransport": "false" } }
                }
            ]
        }))
        .lifecycle_policies([
            file_system::LifecyclePolicy::new()
                .transition_to_ia(file_system::LifecyclePolicyTransitionToIa::AFTER_30_DAYS),
            file_system::LifecyclePolicy::new().transition_to_archive(
                file_system::LifecyclePolicyTransitionToArchive::AFTER_90_DAYS,
            ),
        ])
        .throughput_mode(file_system::ThroughputMode::ELASTIC)
        .file_system_tags([file_system::ElasticFileSystemTag::new(
            "Name",
            "Files/Files",
        )])
        .build(stack, "Files8E6940B8");
    files8_e6940_b8.apply_removal_policy(RemovalPolicy::Retain);

    let files_efs_mount_target1_ab817_c34 =
        efs::CfnMountTargetProps::new(efs::CfnMountTargetRequired {
            file_system_id: value(files8_e6940_b8.ref_()),
            security_groups: value([files_efs_security_group332450_ab.attr_group_id()]),
            subnet_id: value(vpc_isolated_subnet1_subnet_e48_c5737.ref_()),
        })
        .build(stack, "FilesEfsMountTarget1AB817C34");

    let files_efs_mount_target22_c8423_fa =
        efs::CfnMountTargetProps::new(efs::CfnMountTargetRequired {
            file_system_id: value(files8_e6940_b8.ref_()),
            security_groups: value([files_efs_security_group332450_ab.attr_group_id()]),
            subnet_id: value(vpc_isolated_subnet2_subnet16364_b91.ref_()),
        })
        .build(stack, "FilesEfsMountTarget22C8423FA");

    let models_c55_d3500 = efs::CfnAccessPointProps::new(files8_e6940_b8.ref_())
        .posix_user(access_point::PosixUser::new("1000", "1000"))
        .root_directory(
            access_point::RootDirectory::new()
                .path("/models")
                .creation_info(access_point::CreationInfo::new(
                    access_point::CreationInfoRequired {
                        owner_gid: value("1000"),
                        owner_uid: value("1000"),
                        permissions: value("750"),
                    },
                )),
        )
        .access_point_tags([access_point::AccessPointTag::new()
            .key("Name")
            .value("Files/Models")])
        .build(stack, "ModelsC55D3500");

    let train_security_group2_b5_ea6_a3 =
        ec2::CfnSecurityGroupProps::new("Files/Train/SecurityGroup")
            .vpc_id(vpc8378_eb38.ref_())
            .security_group_egress([security_group::Egress::new("icmp")
                .cidr_ip("255.255.255.255/32")
                .description("Disallow all traffic")
                .from_port(252)
                .to_port(86)])
            .build(stack, "TrainSecurityGroup2B5EA6A3");

    let train = Function::builder()
        .code(Code::inline(
            r"def handler(event, context):
    with open('/mnt/models/latest', 'w') as file:
        file.write(event['model'])",
        ))
        .runtime(Runtime::Python314)
        .handler("index.handler")
        .timeout(Duration::seconds(30))
        .build(stack, "Train");
    train.cfn().modify(|props| {
        props
            .vpc_config(
                function::VpcConfig::new()
                    .security_group_ids([train_security_group2_b5_ea6_a3.attr_group_id()])
                    .subnet_ids([
                        vpc_isolated_subnet1_subnet_e48_c5737.ref_(),
                        vpc_isolated_subnet2_subnet16364_b91.ref_(),
                    ]),
            )
            .file_system_configs([function::FileSystemConfig::new(
                models_c55_d3500.attr_arn(),
                "/mnt/models",
            )])
    });
    train.add_statement(
        Statement::allow()
            .actions([
                "ec2:CreateNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:DeleteNetworkInterface",
                "ec2:AssignPrivateIpAddresses",
                "ec2:UnassignPrivateIpAddresses",
            ])
            .resource("*"),
    );
    train.add_statement(
        Statement::allow()
            .actions([
                "elasticfilesystem:ClientMount",
                "elasticfilesystem:ClientWrite",
            ])
            .resource(files8_e6940_b8.attr_arn())
            .condition(
                "StringEquals",
                "elasticfilesystem:AccessPointArn",
                models_c55_d3500.attr_arn(),
            ),
    );
    train.cfn().depends_on(files_efs_mount_target1_ab817_c34);
    train.cfn().depends_on(files_efs_mount_target22_c8423_fa);

    ec2::CfnSecurityGroupIngressProps::new("tcp")
        .group_id(files_efs_security_group332450_ab.attr_group_id())
        .from_port(2049)
        .to_port(2049)
        .source_security_group_id(train_security_group2_b5_ea6_a3.attr_group_id())
        .description("from Train:2049")
        .build(
            stack,
            "FilesEfsSecurityGroupfromFilesTrainSecurityGroup37B6491520490A9080D7",
        );

    ec2::CfnSecurityGroupEgressProps::new(train_security_group2_b5_ea6_a3.attr_group_id(), "tcp")
        .from_port(2049)
        .to_port(2049)
        .destination_security_group_id(files_efs_security_group332450_ab.attr_group_id())
        .description("to EfsSecurityGroup:2049")
        .build(
            stack,
            "TrainSecurityGrouptoFilesEfsSecurityGroup70EBE784204902B3D954",
        );

    let predict_security_group7_e3_cb3_ab =
        ec2::CfnSecurityGroupProps::new("Files/Predict/SecurityGroup")
            .vpc_id(vpc8378_eb38.ref_())
            .security_group_egress([security_group::Egress::new("icmp")
                .cidr_ip("255.255.255.255/32")
                .description("Disallow all traffic")
                .from_port(252)
                .to_port(86)])
            .build(stack, "PredictSecurityGroup7E3CB3AB");

    let predict = Function::builder()
        .code(Code::inline(
            r"def handler(event, context):
    with open('/mnt/models/latest') as file:
        return file.read()",
        ))
        .runtime(Runtime::Python314)
        .handler("index.handler")
        .timeout(Duration::seconds(30))
        .build(stack, "Predict");
    predict.cfn().modify(|props| {
        props
            .vpc_config(
                function::VpcConfig::new()
                    .security_group_ids([predict_security_group7_e3_cb3_ab.attr_group_id()])
                    .subnet_ids([
                        vpc_isolated_subnet1_subnet_e48_c5737.ref_(),
                        vpc_isolated_subnet2_subnet16364_b91.ref_(),
                    ]),
            )
            .file_system_configs([function::FileSystemConfig::new(
                models_c55_d3500.attr_arn(),
                "/mnt/models",
            )])
    });
    predict.add_statement(
        Statement::allow()
            .actions([
                "ec2:CreateNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:DeleteNetworkInterface",
                "ec2:AssignPrivateIpAddresses",
                "ec2:UnassignPrivateIpAddresses",
            ])
            .resource("*"),
    );
    predict.add_statement(
        Statement::allow()
            .actions([
                "elasticfilesystem:ClientMount",
                "elasticfilesystem:ClientWrite",
            ])
            .resource(files8_e6940_b8.attr_arn())
            .condition(
                "StringEquals",
                "elasticfilesystem:AccessPointArn",
                models_c55_d3500.attr_arn(),
            ),
    );
    predict.cfn().depends_on(files_efs_mount_target1_ab817_c34);
    predict.cfn().depends_on(files_efs_mount_target22_c8423_fa);

    ec2::CfnSecurityGroupIngressProps::new("tcp")
        .group_id(files_efs_security_group332450_ab.attr_group_id())
        .from_port(2049)
        .to_port(2049)
        .source_security_group_id(predict_security_group7_e3_cb3_ab.attr_group_id())
        .description("from Predict:2049")
        .build(
            stack,
            "FilesEfsSecurityGroupfromFilesPredictSecurityGroup61D0D5A52049CCF4C116",
        );

    ec2::CfnSecurityGroupEgressProps::new(predict_security_group7_e3_cb3_ab.attr_group_id(), "tcp")
        .from_port(2049)
        .to_port(2049)
        .destination_security_group_id(files_efs_security_group332450_ab.attr_group_id())
        .description("to EfsSecurityGroup:2049")
        .build(
            stack,
            "PredictSecurityGrouptoFilesEfsSecurityGroup70EBE7842049B9C7A698",
        );

    // Outputs
    Output::new(stack, "FileSystem", files8_e6940_b8.ref_()).description("ID of the file system");

    stack
}
