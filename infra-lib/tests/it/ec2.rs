//! Tests of the constructs in `infra_lib::ec2`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cfn::ec2::CfnInstanceProps;
use infra_lib::ec2::{
    Cidr, CidrError, Connectable, Egress, FlowLogs, InterfaceEndpointService, IpProtocol, Ipv6Cidr,
    Nat, Peer, Port, SecurityGroup, SubnetAttributes, Tier, Vpc, VpcAttributes,
};
use infra_lib::logs::RetentionDays;
use infra_lib::{App, Construct, Data, Props, Stack, cidr, core};
use serde_json::json;

/// Returns the findings about a stack called `Stack`, rendered as for users.
fn findings(build: impl for<'app> FnOnce(Stack<'app>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    // Line numbers change with every edit of this file; the file name suffices to show that the place is in user code.
    let shown: String = app.synth().findings().iter().map(core::render).collect();
    shown.lines().map(without_line).collect()
}

fn without_line(line: &str) -> String {
    let file = "infra-lib/tests/it/ec2.rs";
    match line.find(file) {
        Some(at) => format!("{}:LINE\n", &line[..at + file.len()]),
        None => format!("{line}\n"),
    }
}

fn small(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .flow_logs(FlowLogs::none())
        .build(stack, "Vpc")
}

fn pretty(template: &Template) -> String {
    serde_json::to_string_pretty(template.json()).unwrap()
}

#[test]
fn renders_vpc_with_tiers_nat_endpoint_and_flow_logs() {
    let template = Template::of_stack(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
    });
    insta::assert_snapshot!(pretty(&template));
}

#[test]
fn routes_only_outbound_ipv6_in_dual_stack_vpc() {
    let template = Template::of_stack(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .nat(Nat::None)
            .ip_protocol(IpProtocol::DualStack)
            .flow_logs(FlowLogs::none())
            .build(stack, "Vpc");
    });
    template.resource_count("AWS::EC2::NatGateway", 0);
    template.has_properties(
        "AWS::EC2::VPCCidrBlock",
        json!({ "AmazonProvidedIpv6CidrBlock": true }),
    );
    template.has_resource(
        "AWS::EC2::Subnet",
        json!({
            "DependsOn": ["Vpcipv6cidr40D3CB78"],
            "Properties": {
                "AssignIpv6AddressOnCreation": true,
                "CidrBlock": "10.0.128.0/20",
                "Ipv6CidrBlock": { "Fn::Select": [16, { "Fn::Cidr": [
                    { "Fn::Select": [0, { "Fn::GetAtt": ["Vpc8378EB38", "Ipv6CidrBlocks"] }] }, 24, 64,
                ] }] },
            },
        }),
    );
    let v6 =
        json!({ "DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": Match::any() });
    template.has_properties("AWS::EC2::Route", v6);
    template.has_properties(
        "AWS::EC2::Route",
        json!({ "DestinationIpv6CidrBlock": "::/0", "GatewayId": Match::any() }),
    );
    template.resource_count("AWS::EC2::Route", 6);
}

#[test]
fn shares_single_nat_gateway_between_zones() {
    let template = Template::of_stack(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .availability_zones(3)
            .nat(Nat::Single)
            .build(stack, "Vpc");
    });
    template.resource_count("AWS::EC2::NatGateway", 1);
    template.resource_count("AWS::EC2::EIP", 1);
    let nat = json!({ "NatGatewayId": { "Ref": "VpcPublicSubnet1NATGateway4D7517AA" } });
    let routes = template.resources("AWS::EC2::Route");
    assert_eq!(
        routes
            .iter()
            .filter(|(_, route)| route["Properties"]["NatGatewayId"] == nat["NatGatewayId"])
            .count(),
        3
    );
}

#[test]
fn keeps_subnet_blocks_when_zone_is_added() {
    let blocks = |zones| {
        let template = Template::of_stack(|stack| {
            Vpc::builder()
                .cidr(cidr!("10.0.0.0/16"))
                .availability_zones(zones)
                .build(stack, "Vpc");
        });
        let subnets = template.resources("AWS::EC2::Subnet").into_iter();
        subnets
            .map(|(id, subnet)| (id.to_owned(), subnet["Properties"]["CidrBlock"].to_string()))
            .collect::<Vec<_>>()
    };
    let (two, four) = (blocks(2), blocks(4));
    assert!(
        two.iter().all(|subnet| four.contains(subnet)),
        "{two:?} {four:?}"
    );
}

#[test]
fn uses_chosen_zone_names_and_tier_sizes() {
    let template = Template::of_stack(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .availability_zone_names(["eu-west-1a", "eu-west-1b"])
            .subnet_mask(Tier::Public, 24)
            .build(stack, "Vpc");
    });
    template.has_properties(
        "AWS::EC2::Subnet",
        json!({ "AvailabilityZone": "eu-west-1b", "CidrBlock": "10.0.1.0/24" }),
    );
}

#[test]
fn limits_flow_logs_to_rejected_traffic_and_retention() {
    let template = Template::of_stack(|stack| {
        let logs = FlowLogs::rejected().retention(RetentionDays::ONE_MONTH);
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .flow_logs(logs)
            .build(stack, "Vpc");
    });
    template.has_properties("AWS::EC2::FlowLog", json!({ "TrafficType": "REJECT" }));
    template.has_properties("AWS::Logs::LogGroup", json!({ "RetentionInDays": 30 }));
}

#[test]
fn opens_interface_endpoint_to_vpc_only() {
    let template = Template::of_stack(|stack| {
        small(stack).add_interface_endpoint(InterfaceEndpointService::ECR_API);
    });
    template.has_properties(
        "AWS::EC2::VPCEndpoint",
        json!({
            "ServiceName": { "Fn::Sub": "com.amazonaws.${AWS::Region}.ecr.api" },
            "VpcEndpointType": "Interface",
            "PrivateDnsEnabled": true,
            "SubnetIds": [{ "Ref": "VpcPrivateSubnet1Subnet536B997A" }, { "Ref": "VpcPrivateSubnet2Subnet3788AAA1" }],
            "SecurityGroupIds": [{ "Fn::GetAtt": [Match::any(), "GroupId"] }],
        }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({ "SecurityGroupIngress": [{
            "CidrIp": { "Fn::GetAtt": ["Vpc8378EB38", "CidrBlock"] },
            "Description": "from the VPC", "FromPort": 443, "IpProtocol": "tcp", "ToPort": 443,
        }] }),
    );
}

#[test]
fn denies_egress_of_security_group_by_default() {
    let template = Template::of_stack(|stack| {
        let vpc = small(stack);
        SecurityGroup::builder().vpc(vpc).build(stack, "Closed");
        let open = SecurityGroup::builder()
            .vpc(vpc)
            .description("narrow")
            .build(stack, "Narrow");
        let block = Peer::cidr(cidr!("192.0.2.0/24"));
        open.allow_egress(&block, Port::HTTPS, "partner");
        open.allow_egress(&block, Port::HTTPS, "partner");
        open.allow_ingress(
            &Peer::ipv6(Ipv6Cidr::parse("2001:db8::/32").unwrap()),
            Port::tcp_range(80, 90),
            "office",
        );
        SecurityGroup::builder()
            .vpc(vpc)
            .description("wide")
            .egress(Egress::AllowAll)
            .build(stack, "Wide");
    });
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({
            "GroupDescription": "Stack/Closed",
            "SecurityGroupEgress": [{
                "CidrIp": "255.255.255.255/32", "Description": "Disallow all traffic",
                "FromPort": 252, "IpProtocol": "icmp", "ToPort": 86,
            }],
            "SecurityGroupIngress": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({
            "GroupDescription": "narrow",
            "SecurityGroupEgress": [{
                "CidrIp": "192.0.2.0/24", "Description": "partner", "FromPort": 443, "IpProtocol": "tcp", "ToPort": 443,
            }],
            "SecurityGroupIngress": [{
                "CidrIpv6": "2001:db8::/32", "Description": "office", "FromPort": 80, "IpProtocol": "tcp", "ToPort": 90,
            }],
        }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({ "GroupDescription": "wide", "SecurityGroupEgress": Match::list_with(json!([{ "CidrIpv6": "::/0" }])) }),
    );
}

#[test]
fn writes_one_rule_per_side_of_connection() {
    let template = Template::of_stack(|stack| {
        let vpc = small(stack);
        let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
        let cache = SecurityGroup::builder().vpc(vpc).build(stack, "Cache");
        cache.allow_from_on(&api, Port::tcp(6379));
        api.allow_to(&cache, Port::tcp(6379));
    });
    template.resource_count("AWS::EC2::SecurityGroupIngress", 1);
    template.resource_count("AWS::EC2::SecurityGroupEgress", 1);
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "Description": "from Api:6379", "FromPort": 6379, "IpProtocol": "tcp", "ToPort": 6379 }),
    );
}

/// The rules of a connection between two stacks are added to the consumer, regardless of the caller and the order of the stacks.
#[test]
fn connects_stacks_without_dependency_cycle() {
    for consumer_first in [false, true] {
        for from_consumer in [false, true] {
            let app = App::new();
            let (network, web) = if consumer_first {
                let web = Stack::new(&app, "Web");
                (Stack::new(&app, "Network"), web)
            } else {
                (Stack::new(&app, "Network"), Stack::new(&app, "Web"))
            };
            let vpc = small(network);
            let database = SecurityGroup::builder().vpc(vpc).build(network, "Database");
            let api = SecurityGroup::builder().vpc(vpc).build(web, "Api");
            if from_consumer {
                api.allow_to(&database, Port::POSTGRES);
            } else {
                database.allow_from_on(&api, Port::POSTGRES);
            }
            let synthesis = app.synth();
            assert!(!synthesis.has_errors(), "{:?}", synthesis.findings());
            Template::of(&synthesis, "Network").resource_count("AWS::EC2::SecurityGroupIngress", 0);
            let template = Template::of(&synthesis, "Web");
            template.resource_count("AWS::EC2::SecurityGroupIngress", 1);
            template.resource_count("AWS::EC2::SecurityGroupEgress", 1);
        }
    }
}

#[test]
fn adds_rules_of_imported_group_as_resources() {
    let template = Template::of_stack(|stack| {
        let group = SecurityGroup::from_id(stack, "Proxy", "sg-0123456789abcdef0", Egress::DenyAll);
        group.allow_ingress(&Peer::any_ipv4(), Port::HTTPS, "world");
        group.allow_ingress(&Peer::prefix_list("pl-3b927c52"), Port::HTTPS, "cloudfront");
    });
    template.resource_count("AWS::EC2::SecurityGroup", 0);
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "GroupId": "sg-0123456789abcdef0", "CidrIp": "0.0.0.0/0" }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "SourcePrefixListId": "pl-3b927c52" }),
    );
}

#[test]
fn uses_given_subnets_of_imported_vpc() {
    let template = Template::of_stack(|stack| {
        let attributes = VpcAttributes::new("vpc-1")
            .cidr(cidr!("10.8.0.0/16"))
            .private(["subnet-1", "subnet-2"]);
        let vpc = Vpc::from_attributes(stack, "Vpc", attributes);
        vpc.add_interface_endpoint(InterfaceEndpointService::SQS);
    });
    template.has_properties(
        "AWS::EC2::VPCEndpoint",
        json!({ "SubnetIds": ["subnet-1", "subnet-2"], "VpcId": "vpc-1" }),
    );
}

#[test]
fn parses_and_validates_cidr_blocks() {
    assert_eq!(
        Cidr::parse("10.0.0.0/16").unwrap().to_string(),
        "10.0.0.0/16"
    );
    assert_eq!("0.0.0.0/0".parse(), Ok(Cidr::ANY));
    for (text, error) in [
        ("10.0.0.0", CidrError::MissingPrefix),
        ("10.0.0/16", CidrError::BadAddress),
        ("10.0.0.256/16", CidrError::BadAddress),
        ("010.0.0.0/16", CidrError::BadAddress),
        ("10.0.0.0.0/16", CidrError::BadAddress),
        ("10.0.0.0/33", CidrError::BadPrefix),
        ("10.0.0.0/", CidrError::BadPrefix),
        ("10.0.0.0/16 ", CidrError::BadPrefix),
        ("10.0.1.0/16", CidrError::HostBits),
        ("", CidrError::BadAddress),
    ] {
        assert_eq!(Cidr::parse(text), Err(error), "{text}");
    }
    assert_eq!(Ipv6Cidr::parse("2001:db8::1/32"), Err(CidrError::HostBits));
    assert!(cidr!("10.0.0.0/16").overlaps(cidr!("10.0.128.0/20")));
    assert!(!cidr!("10.0.0.0/17").overlaps(cidr!("10.0.128.0/20")));
    assert_eq!(
        cidr!("10.0.0.0/16").subnet(20, 15),
        Some(cidr!("10.0.240.0/20"))
    );
    assert_eq!(cidr!("10.0.0.0/16").subnet(20, 16), None);
    assert_eq!(
        cidr!("0.0.0.0/0").subnet(32, u32::MAX),
        Some(cidr!("255.255.255.255/32"))
    );
}

#[test]
fn rejects_vpc_block_larger_than_16() {
    insta::assert_snapshot!(findings(|stack| {
        Vpc::builder().cidr(cidr!("10.0.0.0/8")).build(stack, "Vpc");
    }));
}

#[test]
fn reports_block_too_small_for_tiers_with_help() {
    insta::assert_snapshot!(findings(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/24"))
            .availability_zones(3)
            .subnet_mask(Tier::Isolated, 27)
            .build(stack, "Vpc");
        Vpc::builder()
            .cidr(cidr!("10.1.0.0/26"))
            .build(stack, "Tiny");
    }));
}

#[test]
fn reports_unsuitable_number_of_zones() {
    insta::assert_snapshot!(findings(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .availability_zones(0)
            .build(stack, "None");
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .availability_zones(7)
            .build(stack, "Seven");
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .availability_zones(1)
            .build(stack, "One");
    }));
}

#[test]
fn reports_use_of_empty_or_single_zone_tier() {
    insta::assert_snapshot!(findings(|stack| {
        let vpc = Vpc::from_attributes(
            stack,
            "Vpc",
            VpcAttributes::new("vpc-1").public(["subnet-1"]),
        );
        let ids = vpc.isolated().ids();
        let mut props = Props::new();
        props.set::<String>("DBSubnetGroupDescription", "database");
        props.as_map_mut().insert("SubnetIds", Data::from(ids));
        core::add_resource(stack, "Group", "AWS::RDS::DBSubnetGroup", props);
        vpc.public().requires_two_zones(stack.scope(), "a database");
    }));
}

#[test]
fn reports_overlapping_or_outside_imported_subnets() {
    insta::assert_snapshot!(findings(|stack| {
        let attributes = VpcAttributes::new("vpc-1")
            .cidr(cidr!("10.0.0.0/16"))
            .private([
                SubnetAttributes::new("subnet-1").cidr(cidr!("10.0.0.0/20")),
                SubnetAttributes::new("subnet-2").cidr(cidr!("10.0.8.0/24")),
                SubnetAttributes::new("subnet-3").cidr(cidr!("10.9.0.0/24")),
            ]);
        let vpc = Vpc::from_attributes(stack, "Vpc", attributes);
        SecurityGroup::builder().vpc(vpc).build(stack, "Group");
    }));
}

#[test]
fn reports_services_unreachable_from_private_subnets() {
    insta::assert_snapshot!(findings(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .nat(Nat::None)
            .build(stack, "Vpc");
        let service = SecurityGroup::builder().vpc(vpc).build(stack, "Service");
        let needed = [
            InterfaceEndpointService::ECR_API,
            InterfaceEndpointService::ECR_DKR,
            InterfaceEndpointService::S3,
            InterfaceEndpointService::CLOUDWATCH_LOGS,
        ];
        vpc.private().requires_reach(service.scope(), &needed);
        vpc.add_interface_endpoint(InterfaceEndpointService::CLOUDWATCH_LOGS);
    }));
}

#[test]
fn accepts_private_subnets_with_required_endpoints() {
    assert_eq!(
        findings(|stack| {
            let vpc = Vpc::builder()
                .cidr(cidr!("10.0.0.0/16"))
                .nat(Nat::None)
                .build(stack, "Vpc");
            vpc.private().requires_reach(
                stack.scope(),
                &[InterfaceEndpointService::S3, InterfaceEndpointService::SSM],
            );
            vpc.add_interface_endpoint(InterfaceEndpointService::SSM);
        }),
        ""
    );
}

#[test]
fn reports_use_of_default_security_group() {
    insta::assert_snapshot!(findings(|stack| {
        let vpc = small(stack);
        CfnInstanceProps::new()
            .subnet_id(vpc.private().id_list().remove(0))
            .image_id("ami-0123456789abcdef0")
            .build(stack, "Bastion");
    }));
}

#[test]
fn reports_reversed_port_range() {
    insta::assert_snapshot!(findings(|stack| {
        let group = SecurityGroup::builder()
            .vpc(small(stack))
            .build(stack, "Group");
        group.allow_ingress(&Peer::any_ipv4(), Port::tcp_range(90, 80), "backwards");
    }));
}

#[test]
fn reports_connection_without_port() {
    insta::assert_snapshot!(findings(|stack| {
        let vpc = small(stack);
        let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
        let cache = SecurityGroup::builder().vpc(vpc).build(stack, "Cache");
        cache.allow_from(&api);
    }));
}

#[test]
fn reports_invalid_rule_description() {
    insta::assert_snapshot!(findings(|stack| {
        let group = SecurityGroup::builder()
            .vpc(small(stack))
            .build(stack, "Group");
        group.allow_ingress(&Peer::any_ipv4(), Port::HTTPS, "everyone's page");
    }));
}

#[test]
fn reports_duplicate_interface_endpoint() {
    insta::assert_snapshot!(findings(|stack| {
        let vpc = small(stack);
        vpc.add_interface_endpoint(InterfaceEndpointService::KMS);
        vpc.add_interface_endpoint(InterfaceEndpointService::KMS);
    }));
}

#[test]
fn reports_missing_block_of_imported_vpc() {
    insta::assert_snapshot!(findings(|stack| {
        let vpc = Vpc::from_attributes(
            stack,
            "Vpc",
            VpcAttributes::new("vpc-1").private(["subnet-1", "subnet-2"]),
        );
        vpc.add_interface_endpoint(InterfaceEndpointService::KMS);
    }));
}
