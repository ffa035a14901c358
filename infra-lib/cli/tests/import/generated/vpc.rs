//! The stack `Vpc`: 11 resources, converted by `import-template` from
//! `vpc.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ec2`).

use infra_cfn::ec2::{self, eip, subnet, vpc};
use infra_core::intrinsics::{cidr, equals, fn_not, get_azs, join, select};
use infra_core::{
    App, Condition, Construct as _, Output, ParameterProps, ParameterType, Stack, StackProps,
    pseudo, sub,
};

/// Adds the stack to the app.
pub fn vpc(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("A network of two zones with public and private subnets")
        .build(app, "Vpc");

    // Parameters
    let vpc_cidr = ParameterProps::new(ParameterType::String)
        .default_value("10.0.0.0/16")
        .allowed_pattern(r"^(\d{1,3}\.){3}\d{1,3}/\d{1,2}$")
        .constraint_description("must be a block such as 10.0.0.0/16")
        .build(stack, "VpcCidr");
    let nat_gateways = ParameterProps::new(ParameterType::Number)
        .default_value("1")
        .allowed_values(["0", "1"])
        .build(stack, "NatGateways");

    // Conditions
    let has_nat = Condition::new(stack, "HasNat", fn_not(equals::<String>(nat_gateways, "0")));

    // Resources
    let vpc = ec2::CfnVpcProps::new()
        .cidr_block(vpc_cidr)
        .enable_dns_support(true)
        .enable_dns_hostnames(true)
        .tags([vpc::Tag::new("Name", pseudo::stack_name())])
        .build(stack, "VPC");

    let internet_gateway = ec2::CfnInternetGatewayProps::new().build(stack, "InternetGateway");

    let gateway_attachment = ec2::CfnVpcGatewayAttachmentProps::new(vpc.ref_())
        .internet_gateway_id(internet_gateway.ref_())
        .build(stack, "GatewayAttachment");

    let public_subnet_a = ec2::CfnSubnetProps::new(vpc.ref_())
        .availability_zone(select::<String>(0, get_azs("")))
        .cidr_block(select::<String>(0, cidr(vpc.attr_cidr_block(), 4, 8)))
        .map_public_ip_on_launch(true)
        .tags([subnet::Tag::new(
            "Name",
            sub![pseudo::stack_name(), "-public-a"],
        )])
        .build(stack, "PublicSubnetA");

    let public_subnet_b = ec2::CfnSubnetProps::new(vpc.ref_())
        .availability_zone(select::<String>(1, get_azs(pseudo::region())))
        .cidr_block(select::<String>(1, cidr(vpc.attr_cidr_block(), 4, 8)))
        .build(stack, "PublicSubnetB");

    ec2::CfnSubnetProps::new(vpc.ref_())
        .availability_zone(select::<String>(0, get_azs("")))
        .cidr_block(select::<String>(2, cidr(vpc.attr_cidr_block(), 4, 8)))
        .build(stack, "PrivateSubnetA");

    let public_routes = ec2::CfnRouteTableProps::new(vpc.ref_()).build(stack, "PublicRoutes");

    let public_default_route = ec2::CfnRouteProps::new(public_routes.ref_())
        .destination_cidr_block("0.0.0.0/0")
        .gateway_id(internet_gateway.ref_())
        .build(stack, "PublicDefaultRoute");
    public_default_route.depends_on(gateway_attachment);

    ec2::CfnSubnetRouteTableAssociationProps::new(public_routes.ref_(), public_subnet_a.ref_())
        .build(stack, "PublicRoutesOfA");

    let nat_address = ec2::CfnEipProps::new()
        .domain(eip::Domain::VPC)
        .build(stack, "NatAddress");
    nat_address.apply_condition(has_nat);
    nat_address.depends_on(gateway_attachment);

    let nat = ec2::CfnNatGatewayProps::new()
        .allocation_id(nat_address.attr_allocation_id())
        .subnet_id(public_subnet_a.ref_())
        .build(stack, "Nat");
    nat.apply_condition(has_nat);

    // Outputs
    Output::new(stack, "VPCOutput", vpc.ref_())
        .description("The network")
        .export(sub![pseudo::stack_name(), "-VPC"])
        .scope()
        .override_logical_id("VPC");
    Output::new(
        stack,
        "PublicSubnets",
        join(",", [public_subnet_a.ref_(), public_subnet_b.ref_()]),
    );
    Output::new(stack, "NatAddressOutput", nat_address.ref_())
        .condition(has_nat)
        .scope()
        .override_logical_id("NatAddress");

    stack
}
