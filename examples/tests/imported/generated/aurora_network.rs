//! The stack `Network`: 27 resources, converted by `import-template` from
//! `Network.template.json`.
//!
//! Crates: `infra-lib` (features `ec2`, `iam`, `logs`).

use infra_lib::cfn::{
    ec2::{self, flow_log, internet_gateway, route_table, subnet, vpc, vpc_endpoint},
    iam::role,
    logs::log_group,
};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::intrinsics::{get_azs, select};
use infra_lib::logs::LogGroup;
use infra_lib::{App, Output, Stack, pseudo, sub};

/// Adds the stack to the app.
pub fn network(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Network");

    // Resources
    let vpc8378_eb38 = ec2::CfnVpcProps::new()
        .cidr_block("10.0.0.0/16")
        .enable_dns_hostnames(true)
        .enable_dns_support(true)
        .tags([vpc::Tag::new("Name", "Network/Vpc")])
        .build(stack, "Vpc8378EB38");

    let vpc_igwd7_ba715_c = ec2::CfnInternetGatewayProps::new()
        .tags([internet_gateway::Tag::new("Name", "Network/Vpc")])
        .build(stack, "VpcIGWD7BA715C");

    let vpc_vpcgwbf912_b6_e = ec2::CfnVpcGatewayAttachmentProps::new(vpc8378_eb38.ref_())
        .internet_gateway_id(vpc_igwd7_ba715_c.ref_())
        .build(stack, "VpcVPCGWBF912B6E");

    let vpc_public_subnet1_subnet5_c2_d37_c4 = ec2::CfnSubnetProps::new(vpc8378_eb38.ref_())
        .availability_zone(select::<String>(0, get_azs("")))
        .map_public_ip_on_launch(false)
        .cidr_block("10.0.0.0/20")
        .tags([subnet::Tag::new("Name", "Network/Vpc/PublicSubnet1")])
        .build(stack, "VpcPublicSubnet1Subnet5C2D37C4");

    let vpc_public_subnet1_route_table6_c95_e38_e =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Network/Vpc/PublicSubnet1")])
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
        .tags([subnet::Tag::new("Name", "Network/Vpc/PublicSubnet2")])
        .build(stack, "VpcPublicSubnet2Subnet691E08A3");

    let vpc_public_subnet2_route_table94_f7_e489 =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Network/Vpc/PublicSubnet2")])
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
        .tags([subnet::Tag::new("Name", "Network/Vpc/PrivateSubnet1")])
        .build(stack, "VpcPrivateSubnet1Subnet536B997A");

    let vpc_private_subnet1_route_table_b2_c5_b500 =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Network/Vpc/PrivateSubnet1")])
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
        .tags([subnet::Tag::new("Name", "Network/Vpc/PrivateSubnet2")])
        .build(stack, "VpcPrivateSubnet2Subnet3788AAA1");

    let vpc_private_subnet2_route_table_a678073_b =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Network/Vpc/PrivateSubnet2")])
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
        .tags([subnet::Tag::new("Name", "Network/Vpc/IsolatedSubnet1")])
        .build(stack, "VpcIsolatedSubnet1SubnetE48C5737");

    let vpc_isolated_subnet1_route_table4771_e3_e5 =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Network/Vpc/IsolatedSubnet1")])
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
        .tags([subnet::Tag::new("Name", "Network/Vpc/IsolatedSubnet2")])
        .build(stack, "VpcIsolatedSubnet2Subnet16364B91");

    let vpc_isolated_subnet2_route_table1_d30_af7_d =
        ec2::CfnRouteTableProps::new(vpc8378_eb38.ref_())
            .tags([route_table::Tag::new("Name", "Network/Vpc/IsolatedSubnet2")])
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
        .tags([vpc_endpoint::Tag::new("Name", "Network/Vpc")])
        .build(stack, "VpcS3A5408339");

    let vpc_flow_log_log_group7_b5_c56_b9 =
        LogGroup::builder().build(stack, "VpcFlowLogLogGroup7B5C56B9");
    vpc_flow_log_log_group7_b5_c56_b9
        .cfn()
        .modify(|props| props.tags([log_group::Tag::new("Name", "Network/Vpc")]));
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
        .modify(|props| props.tags([role::Tag::new("Name", "Network/Vpc")]));
    vpc_flow_log_iam_role6_a475_d41
        .cfn()
        .override_logical_id("VpcFlowLogIAMRole6A475D41");

    ec2::CfnFlowLogProps::new(vpc8378_eb38.ref_(), flow_log::ResourceType::VPC)
        .traffic_type(flow_log::TrafficType::ALL)
        .log_destination_type(flow_log::LogDestinationType::CLOUD_WATCH_LOGS)
        .log_group_name(vpc_flow_log_log_group7_b5_c56_b9.name())
        .deliver_logs_permission_arn(vpc_flow_log_iam_role6_a475_d41.arn())
        .tags([flow_log::Tag::new("Name", "Network/Vpc")])
        .build(stack, "VpcFlowLog8FF33A73");

    // Outputs
    Output::new(
        stack,
        "PublishOutputRefVpc8378EB385002A76F",
        vpc8378_eb38.ref_(),
    );
    Output::new(
        stack,
        "PublishOutputRefVpcIsolatedSubnet1SubnetE48C57370776373F",
        vpc_isolated_subnet1_subnet_e48_c5737.ref_(),
    );
    Output::new(
        stack,
        "PublishOutputRefVpcIsolatedSubnet2Subnet16364B913FABD1A1",
        vpc_isolated_subnet2_subnet16364_b91.ref_(),
    );

    stack
}
